//! What stands beside a Dockerfile: the names in its folder, and the ignore files that may apply to it.
//!
//! A folder is looked at once, however many Dockerfiles are in it, and nothing below it is. Which folder is
//! the build context is not decided here.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::fs::{FileSystem, MAX_NAMES, Name};

/// The surroundings of one file.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The names in a Dockerfile's folder, sorted.
    pub names: Arc<[Name]>,
    /// The folder's `.dockerignore`.
    pub ignore: Option<Arc<IgnoreText>>,
    /// The ignore file that is this Dockerfile's alone: `web.Dockerfile.dockerignore`.
    pub own_ignore: Option<Arc<IgnoreText>>,
}

impl Beside {
    /// The surroundings of the file called `own`, once the file called `name` says `text`.
    pub fn with_file(&self, own: &str, name: &str, text: &str) -> Beside {
        let mut new = self.clone();
        let found = |known: &Name| (*known.text).cmp(name);
        if let Err(at) = self.names.binary_search_by(found) {
            let mut names = self.names.to_vec();
            names.insert(
                at,
                Name {
                    text: name.into(),
                    is_folder: false,
                    is_link: false,
                },
            );
            new.names = names.into();
        }
        let ignore = || {
            Some(Arc::new(IgnoreText {
                name: name.into(),
                text: Some(text.into()),
            }))
        };
        if name == ".dockerignore" {
            new.ignore = ignore();
        } else if name.strip_suffix(".dockerignore") == Some(own) {
            new.own_ignore = ignore();
        }
        new
    }
}

/// What stands at a path below a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Below {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// Nothing.
    Nothing,
}

/// An ignore file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoreText {
    /// Its name.
    pub name: Box<str>,
    /// What it says; `None` when it cannot be read, or may not be, because it lies elsewhere.
    pub text: Option<Box<str>>,
}

/// The folders that were looked at.
pub struct Folders<'f> {
    files: &'f dyn FileSystem,
    known: Mutex<HashMap<OsString, Option<Folder>>>,
}

#[derive(Clone)]
struct Folder {
    names: Arc<[Name]>,
    ignore: Option<Arc<IgnoreText>>,
}

impl<'f> Folders<'f> {
    /// No folder yet.
    pub fn new(files: &'f dyn FileSystem) -> Folders<'f> {
        Folders {
            files,
            known: Mutex::new(HashMap::new()),
        }
    }

    /// What stands beside the file at `path`. `None` when its folder cannot be listed or is very large.
    pub fn beside(&self, path: &Path) -> Option<Beside> {
        let parent = path.parent()?;
        let folder = self.folder(parent)?;
        let own = format!("{}.dockerignore", path.file_name()?.to_str()?);
        Some(Beside {
            own_ignore: self.ignore_file(parent, &folder.names, &own).map(Arc::new),
            names: folder.names,
            ignore: folder.ignore,
        })
    }

    /// What stands in a build context, and the ignore files for a Dockerfile that is built in it, which may lie
    /// elsewhere. `None` when the folder cannot be listed or is very large.
    pub fn of_context(&self, context: &Path, dockerfile: &Path) -> Option<Beside> {
        let folder = self.folder(context)?;
        let place = dockerfile.parent()?;
        let own = format!("{}.dockerignore", dockerfile.file_name()?.to_str()?);
        let beside = self.folder(place)?;
        Some(Beside {
            own_ignore: self.ignore_file(place, &beside.names, &own).map(Arc::new),
            names: folder.names,
            ignore: folder.ignore,
        })
    }

    /// The names in a folder, sorted; `None` when it cannot be listed or is very large.
    pub fn names(&self, path: &Path) -> Option<Arc<[Name]>> {
        Some(self.folder(path)?.names)
    }

    /// What stands at a path below a folder, name by name. `None` when that is not known: behind a link, in a folder
    /// that cannot be listed, and in an empty one, which may be filled later.
    pub fn below(&self, folder: &Path, path: &str) -> Option<Below> {
        let mut here = folder.to_path_buf();
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            let names = self.names(&here)?;
            if names.is_empty() {
                return None;
            }
            let found = names.binary_search_by(|known| (*known.text).cmp(part));
            let found = match found {
                Ok(at) => &names[at],
                Err(_) => return Some(Below::Nothing),
            };
            let is_last = parts.peek().is_none();
            match (found.is_link, found.is_folder) {
                (true, _) => return None,
                (_, true) => here.push(part),
                (_, false) if is_last => return Some(Below::File),
                (_, false) => return Some(Below::Nothing),
            }
        }
        Some(Below::Folder)
    }

    fn folder(&self, path: &Path) -> Option<Folder> {
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(path.as_os_str()) {
            return known.clone();
        }
        // Two threads may both look; they see the same.
        let names = self.files.names(path, MAX_NAMES).ok().flatten();
        let folder = names.map(|names| Folder {
            ignore: self
                .ignore_file(path, &names, ".dockerignore")
                .map(Arc::new),
            names,
        });
        lock().insert(path.as_os_str().to_owned(), folder.clone());
        folder
    }

    /// The ignore file with a name, if it is among the names.
    fn ignore_file(&self, folder: &Path, names: &[Name], name: &str) -> Option<IgnoreText> {
        let at = names
            .binary_search_by(|known| (*known.text).cmp(name))
            .ok()?;
        let found = &names[at];
        let path = folder.join(name);
        let text = (!found.is_folder && (!found.is_link || self.is_inside(&path, folder)))
            .then(|| self.files.read(&path).ok())
            .flatten()
            .and_then(|bytes| String::from_utf8(bytes).ok());
        Some(IgnoreText {
            name: name.into(),
            text: text.map(String::into_boxed_str),
        })
    }

    /// Whether a path leads to something inside the folder or the working directory, links followed.
    fn is_inside(&self, path: &Path, folder: &Path) -> bool {
        let Ok(target) = self.files.canonical(path) else {
            return false;
        };
        [folder, Path::new("")]
            .into_iter()
            .filter_map(|folder| self.files.canonical(folder).ok())
            .any(|folder| target.starts_with(folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::fs::Memory;

    #[test]
    fn names_and_ignore_files_are_found() {
        let files: Memory = [
            ("api/Dockerfile", "FROM a"),
            ("api/web.Dockerfile", "FROM a"),
            ("api/.dockerignore", "a"),
            ("api/web.Dockerfile.dockerignore", "b"),
            ("api/src/main.c", ""),
            ("apis/x", ""),
        ]
        .into_iter()
        .collect();
        let folders = Folders::new(&files);
        let beside = folders.beside(Path::new("api/Dockerfile")).unwrap();
        let names: Vec<_> = beside
            .names
            .iter()
            .map(|name| (&*name.text, name.is_folder))
            .collect();
        assert_eq!(
            names,
            [
                (".dockerignore", false),
                ("Dockerfile", false),
                ("src", true),
                ("web.Dockerfile", false),
                ("web.Dockerfile.dockerignore", false),
            ]
        );
        let text = |ignore: &Option<Arc<IgnoreText>>| ignore.as_ref()?.text.clone();
        assert_eq!(text(&beside.ignore).as_deref(), Some("a"));
        assert_eq!(beside.own_ignore, None);
        let beside = folders.beside(Path::new("api/web.Dockerfile")).unwrap();
        assert_eq!(text(&beside.own_ignore).as_deref(), Some("b"));
        assert!(folders.beside(Path::new("web/Dockerfile")).is_none());
    }

    #[test]
    fn a_path_is_followed_name_by_name() {
        let files: Memory = [("a/b/c", ""), ("a/d", "")].into_iter().collect();
        let folders = Folders::new(&files);
        let below = |path: &str| folders.below(Path::new("a"), path);
        assert_eq!(below("b"), Some(Below::Folder));
        assert_eq!(below("b/c"), Some(Below::File));
        assert_eq!(below("b/e"), Some(Below::Nothing));
        assert_eq!(below("e/f"), Some(Below::Nothing));
        assert_eq!(below("d/f"), Some(Below::Nothing));
        assert_eq!(folders.below(Path::new("x"), "b"), None);
    }

    #[test]
    fn a_file_is_imagined() {
        let files: Memory = [("Dockerfile", "FROM a"), ("b", "")].into_iter().collect();
        let beside = Folders::new(&files).beside(Path::new("Dockerfile"));
        let beside = beside
            .unwrap()
            .with_file("Dockerfile", ".dockerignore", "b");
        assert_eq!(&*beside.names[0].text, ".dockerignore");
        assert_eq!(beside.ignore.unwrap().text.as_deref(), Some("b"));
        assert_eq!(beside.own_ignore, None);
    }
}
