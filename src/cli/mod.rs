//! The command line: arguments, and one file per command.
//!
//! Only this module writes files, and only it and `main` print. What a command does lives elsewhere; here it
//! is put together, and errors become sentences and exit codes.

pub mod args;
mod check;
mod completions;
mod config;
mod explain;
mod files;
mod git;
mod ignored;
mod init;
mod lsp;
mod man;
mod migrate;
mod output;
mod progress;
mod rules;
mod shellcheck;
mod words;
mod write;

use std::ffi::OsString;
use std::io::Write;

use clap::Parser;

use args::{Args, Command};

/// What the process says to its caller.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// No finding at or above the threshold.
    Clean,
    /// Findings at or above the threshold.
    Findings,
    /// The run could not do all its work.
    Trouble,
}

impl Status {
    /// The exit code: 0, 1 or 2.
    pub fn code(self) -> u8 {
        match self {
            Status::Clean => 0,
            Status::Findings => 1,
            Status::Trouble => 2,
        }
    }
}

/// A run that ended before its work was done, with the sentence for the user; empty for a closed pipe.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Stop(String);

impl Stop {
    fn writing(what: &str, error: &std::io::Error) -> Stop {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            // Whoever read the output has had enough; that is no fault.
            return Stop(String::new());
        }
        Stop(format!("cannot write {what}: {error}"))
    }
}

/// Runs the program with the arguments of the process, the program's name first.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Status {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            // Help and version are errors to clap, but not to the user.
            let printed = error.print();
            return if error.use_stderr() || printed.is_err() {
                Status::Trouble
            } else {
                Status::Clean
            };
        }
    };
    let result = match args.command {
        None => check::run(&args.check),
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Explain(args)) => explain::run(&args),
        Some(Command::Rules(args)) => rules::run(&args),
        Some(Command::Files(args)) => files::run(&args),
        Some(Command::Config(args)) => config::run(&args),
        Some(Command::Init(args)) => init::run(&args),
        Some(Command::Migrate(args)) => migrate::run(&args),
        Some(Command::Lsp(_)) => lsp::run(),
        Some(Command::Completions(args)) => completions::run(&args),
        Some(Command::Man(args)) => man::run(&args),
    };
    result.unwrap_or_else(|Stop(message)| {
        if message.is_empty() {
            return Status::Clean;
        }
        complain(&message);
        Status::Trouble
    })
}

/// Prints trouble on standard error, each line of it with the program's name.
fn complain(message: &str) {
    let mut stderr = std::io::stderr().lock();
    for line in message.lines() {
        // When even standard error is closed there is nobody left to tell.
        let _ = writeln!(stderr, "dockworthy: {}", crate::report::one_line(line));
    }
}
