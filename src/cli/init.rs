//! `dockworthy init`: a configuration to begin with, which changes nothing.

use std::io::ErrorKind;

use super::args::Init;
use super::{Status, Stop, output, write};
use crate::config::discover::NAMES;
use crate::engine::meta::REPOSITORY;
use crate::text::path::lexical;
use crate::text::source::printed;

/// What is written. Lines that begin with `#` and something else than one blank are settings in comments.
const TEXT: &str = include_str!("init.yaml");

pub(super) fn run(args: &Init) -> Result<Status, Stop> {
    let folder = lexical(&args.folder);
    let path = folder.join(NAMES[0]);
    let other = NAMES[1..]
        .iter()
        .map(|name| folder.join(name))
        .find(|path| path.exists());
    if let Some(other) = other.filter(|_| !args.force) {
        return Err(Stop(format!(
            "there is {} already; `--force` writes {} beside it, which then counts instead",
            printed(&other),
            NAMES[0]
        )));
    }
    let text = TEXT.replace("{repository}", REPOSITORY);
    write_new(&path, &text, args.force)?;
    let message = format!("wrote {}\n", printed(&path));
    output::stdout(message.as_bytes())
        .map_err(|error| Stop::writing("to standard output", &error))?;
    Ok(Status::Clean)
}

/// Writes a file that must not be there yet, unless that does not matter.
pub(super) fn write_new(path: &std::path::Path, text: &str, force: bool) -> Result<(), Stop> {
    let made = match write::make(path, text.as_bytes()) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && force => {
            write::replace(path, text.as_bytes())
        }
        made => made,
    };
    made.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Stop(format!(
            "{} is there already; `--force` overwrites it",
            printed(path)
        )),
        _ => Stop(format!("cannot write {}: {error}", printed(path))),
    })
}
