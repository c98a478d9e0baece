//! Paths by their names alone.
//!
//! Not for: what is on the disk (`workspace::fs`).

use std::cmp::Ordering;
use std::path::{Component, Path, PathBuf};

/// The path without `.` and, as far as names allow, without `..`. The disk is not asked, so behind a
/// symbolic link the result may lead elsewhere: good for printing and for telling names apart, not for
/// deciding what may be read (`workspace::fs` can).
pub fn lexical(path: &Path) -> PathBuf {
    if is_lexical(path) {
        return path.to_path_buf();
    }
    if let Some(text) = path.to_str().filter(|text| is_plain(text)) {
        return lexical_text(text).into();
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

/// Whether slashes are all that parts a path on any system.
fn is_plain(path: &str) -> bool {
    !cfg!(windows) && !path.contains('\\')
}

/// The same for a path that only slashes part.
fn lexical_text(path: &str) -> String {
    let mut result = String::with_capacity(path.len());
    if path.starts_with('/') {
        result.push('/');
    }
    let is_absolute = !result.is_empty();
    // How much of the result stays, whatever follows.
    let mut fixed = result.len();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if result.len() > fixed => {
                let parent = result[fixed..].rfind('/');
                result.truncate(fixed + parent.unwrap_or(0));
            }
            ".." if is_absolute => {}
            part => {
                if !result.is_empty() && !result.ends_with('/') {
                    result.push('/');
                }
                result.push_str(part);
                if part == ".." {
                    fixed = result.len();
                }
            }
        }
    }
    result
}

/// Which of two paths comes first: part by part, as [`Path`] itself compares those that are [`lexical`].
pub fn compare(a: &Path, b: &Path) -> Ordering {
    if cfg!(windows) {
        return a.cmp(b);
    }
    let left = a.as_os_str().as_encoded_bytes();
    let right = b.as_os_str().as_encoded_bytes();
    // Paths of one tree begin alike: eight bytes at a time.
    let mut eights = left.chunks_exact(8).zip(right.chunks_exact(8));
    let alike = 8 * eights
        .by_ref()
        .take_while(|(left, right)| left == right)
        .count();
    let (left, right) = (&left[alike..], &right[alike..]);
    let mut both = left.iter().zip(right);
    let Some((left, right)) = both.find(|(left, right)| left != right) else {
        return left.len().cmp(&right.len());
    };
    // What ends a part is before everything that goes on.
    let is_end = |byte: &u8| *byte == b'/';
    is_end(right).cmp(&is_end(left)).then(left.cmp(right))
}

/// Whether a path surely has nothing to take away, as nearly every one.
fn is_lexical(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    let below_root = bytes.strip_prefix(b"/").unwrap_or(bytes);
    let mut parts = below_root.split(|byte| *byte == b'/');
    parts.all(|part| !matches!(part, b"" | b"." | b"..")) && !bytes.contains(&b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All paths of so many of these parts.
    fn paths(parts: usize) -> Vec<String> {
        let mut paths = vec![String::new()];
        for _ in 0..parts {
            let longer = paths.iter().flat_map(|path| {
                let parts = ["/", "a", ".", "..", "a/", "./", "../", "b!/", "\\"];
                parts.map(|part| format!("{path}{part}"))
            });
            paths = longer.collect();
        }
        paths
    }

    #[test]
    fn paths_lose_their_dots() {
        for (path, clean) in [
            ("", ""),
            (".", ""),
            ("./a/../b/", "b"),
            ("../../a/../b", "../../b"),
            ("a/../..", ".."),
            ("/../a", "/a"),
            ("/a/b/../../..", "/"),
            ("a//b", "a/b"),
        ] {
            assert_eq!(lexical(Path::new(path)), Path::new(clean), "{path}");
        }
    }

    #[test]
    fn texts_and_paths_are_cleaned_alike() {
        for path in (1..6).flat_map(paths) {
            if is_plain(&path) {
                let parts = Path::new(&path).components();
                let mut result = PathBuf::new();
                for part in parts {
                    match part {
                        Component::ParentDir => match result.components().next_back() {
                            Some(Component::Normal(_)) => _ = result.pop(),
                            Some(Component::RootDir) => {}
                            _ => result.push(".."),
                        },
                        Component::CurDir => {}
                        part => result.push(part),
                    }
                }
                assert_eq!(
                    lexical(Path::new(&path)).to_str(),
                    result.to_str(),
                    "{path}"
                );
            }
        }
    }

    #[test]
    fn paths_come_in_the_order_of_their_parts() {
        let paths: Vec<PathBuf> = paths(4)
            .iter()
            .map(|path| lexical(Path::new(path)))
            .collect();
        for a in paths.iter().step_by(7) {
            for b in paths.iter().step_by(11) {
                assert_eq!(compare(a, b), a.cmp(b), "{a:?} {b:?}");
            }
        }
    }
}
