//! Paths by their names alone.
//!
//! Not for: what is on the disk (`workspace::fs`).

use std::path::{Component, Path, PathBuf};

/// The path without `.` and, as far as names allow, without `..`. The disk is not asked, so behind a
/// symbolic link the result may lead elsewhere: good for printing and for telling names apart, not for
/// deciding what may be read (`workspace::fs` can).
pub fn lexical(path: &Path) -> PathBuf {
    if is_lexical(path) {
        return path.to_path_buf();
    }
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match result.components().next_back() {
                Some(Component::Normal(_)) => {
                    result.pop();
                }
                Some(Component::RootDir | Component::Prefix(_)) => {}
                Some(Component::ParentDir | Component::CurDir) | None => result.push(".."),
            },
            Component::Normal(_) | Component::RootDir | Component::Prefix(_) => {
                result.push(component);
            }
        }
    }
    result
}

/// Whether a path surely has nothing to take away, as nearly every one.
fn is_lexical(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    let below_root = bytes.strip_prefix(b"/").unwrap_or(bytes);
    let mut parts = below_root.split(|byte| *byte == b'/');
    parts.all(|part| !matches!(part, b"" | b"." | b"..")) && !bytes.contains(&b'\\')
}
