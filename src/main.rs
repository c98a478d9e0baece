//! The command line program.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(dockworthy::cli::run(std::env::args_os()).code())
}
