//! What stands beside a Dockerfile: the names in its folder, and the ignore files that may apply to it.
//!
//! A folder is looked at once, however many Dockerfiles are in it, and nothing below it is. Which folder is
//! the build context is not decided here.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::fs::{FileSystem, Name};

/// The most names of a folder that are looked at. In a larger one nothing is known.
const MAX_NAMES: usize = 4096;

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
    known: Mutex<HashMap<PathBuf, Option<Folder>>>,
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

    fn folder(&self, path: &Path) -> Option<Folder> {
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(path) {
            return known.clone();
        }
        // Two threads may both look; they see the same.
        let names = self.files.names(path, MAX_NAMES).ok().flatten();
        let folder = names.map(|names| Folder {
            ignore: self
                .ignore_file(path, &names, ".dockerignore")
                .map(Arc::new),
            names: names.into(),
        });
        lock().insert(path.to_path_buf(), folder.clone());
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
