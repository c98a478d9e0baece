//! The command line program.

use std::process::ExitCode;

/// For systems whose own allocator is slow (Cargo.toml).
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(dockworthy::cli::run(std::env::args_os()).code())
}
