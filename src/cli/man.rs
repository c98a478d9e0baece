//! `dockworthy man [COMMAND]`: a manual page, as troff reads it.

use clap::CommandFactory;

use super::args::{Args, Man};
use super::{Status, Stop, output};

pub(super) fn run(args: &Man) -> Result<Status, Stop> {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    if let Some(name) = &args.command {
        let known: Vec<&str> = command
            .get_subcommands()
            .map(clap::Command::get_name)
            .collect();
        let Some(wanted) = command.find_subcommand(name) else {
            let known = known.join(", ");
            return Err(Stop(format!(
                "no command is called `{name}`; commands are {known}"
            )));
        };
        command = wanted.clone();
    }
    let title = command
        .get_display_name()
        .unwrap_or("dockworthy")
        .to_uppercase();
    let page = clap_mangen::Man::new(command)
        .title(title)
        // A day would make two builds of one source differ; an empty one would be swallowed.
        .date(" ")
        .source(concat!("dockworthy ", env!("CARGO_PKG_VERSION")))
        .manual("User Commands");
    let mut text = Vec::new();
    // Writing into memory cannot fail.
    let _ = page.render(&mut text);
    output::stdout(&text).map_err(|error| Stop::writing("to standard output", &error))?;
    Ok(Status::Clean)
}
