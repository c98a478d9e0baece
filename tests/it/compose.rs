//! Compose files: against what `docker compose config` says of real and made-up ones, and in detail.

mod errors;
mod fixes;
mod hostile;
mod lowering;
mod reference;

use std::path::Path;
use std::sync::Arc;

use dockworthy::compose::{self, File};
use dockworthy::diagnostic::SyntaxError;
use dockworthy::text::{FileId, Location};
use dockworthy::yaml;

/// What a text says, whether it is in order or not.
fn lower(text: &str) -> File {
    let text: Arc<str> = text.into();
    File::lower(&yaml::parse(&text).tree, FileId(0))
}

/// Everything that is wrong with a text, YAML's errors first.
fn all_errors(text: &str, name: &str) -> Vec<SyntaxError> {
    let text: Arc<str> = text.into();
    let parsed = yaml::parse(&text);
    let mut errors = parsed.errors;
    errors.extend(compose::read(&parsed.tree, FileId(0), Path::new(name)).errors);
    errors
}

/// The bytes at a place.
fn at(text: &str, location: Location) -> &str {
    location.span.text(text)
}
