//! Paths, one component at a time.

use std::path::Path;

use super::{Completion, CompletionKind, Cursor};
use crate::text::path::lexical;
use crate::workspace::fs::{Entry, FileSystem};

/// The most names of a folder that are looked at.
const MOST: usize = 2_000;

/// What `typed` may go on with, from a folder. Absolute paths are about another computer as often as not, and
/// nothing is said of them.
pub(super) fn paths(
    files: &dyn FileSystem,
    folder: &Path,
    typed: &str,
    cursor: Cursor<'_>,
) -> Vec<Completion> {
    if typed.starts_with(['/', '~']) || typed.contains(['$', '\\', '\0']) || typed.contains("://") {
        return Vec::new();
    }
    let (above, name) = typed.rsplit_once('/').unwrap_or(("", typed));
    let folder = lexical(&folder.join(above));
    let Ok(Some(names)) = files.names(&folder, MOST) else {
        return Vec::new();
    };
    let span = cursor.word(name, is_plain);
    let named = names.iter().filter(|found| {
        found.text.chars().all(is_plain) && &*found.text != ".git" && !found.text.starts_with('-')
    });
    named
        .map(|found| {
            let is_folder = found.is_folder
                || found.is_link
                    && files.entry(&folder.join(&*found.text)).ok() == Some(Entry::Folder);
            match is_folder {
                true => Completion::new(format!("{}/", found.text), CompletionKind::Folder, span),
                false => Completion::new(found.text.clone(), CompletionKind::File, span),
            }
        })
        .collect()
}

/// Whether a character of a name needs no quotes in either language.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | '@' | '=')
}
