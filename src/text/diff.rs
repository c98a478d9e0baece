//! Which lines of two texts differ.

use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, myers};

/// The lines of a text with their ends. Only a line feed ends a line here, as git counts.
pub fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n').collect()
}

/// What has to be done to lines to make others of them, with the fewest changes, from the first line to the last.
///
/// The difference as such is [`similar`]'s, without the choice among its algorithms, which are all in the program once
/// somebody may choose.
pub fn line_changes(old: &[&[u8]], new: &[&[u8]]) -> Vec<DiffOp> {
    let mut changes = Compact::new(Replace::new(Capture::new()), old, new);
    let done = myers::diff(&mut changes, old, 0..old.len(), new, 0..new.len());
    let Ok(()) = done;
    changes.into_inner().into_inner().into_ops()
}
