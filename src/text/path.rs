//! Paths by their names alone.
//!
//! Not for: what is on the disk (`workspace::fs`).

use std::path::{Component, Path, PathBuf};

/// The path without `.` and, as far as names allow, without `..`. The disk is not asked, so behind a
/// symbolic link the result may lead elsewhere: good for printing and for telling names apart, not for
/// deciding what may be read (`workspace::fs` can).
pub fn lexical(path: &Path) -> PathBuf {
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
