//! `dockworthy completions SHELL`: a script that completes commands, flags and their values.

use clap::CommandFactory;

use super::args::{Args, Completions};
use super::{Status, Stop, output};

pub(super) fn run(args: &Completions) -> Result<Status, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "dockworthy", &mut script);
    output::stdout(&script).map_err(|error| Stop::writing("to standard output", &error))?;
    Ok(Status::Clean)
}
