//! A file system whose folders are listed once: for a run in which nothing changes.
//!
//! Nothing is asked for that is not in a listing: most of what a run looks for beside its files is not there.
//!
//! Not for: the texts of files, each of which is read where it is needed.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::fs::{Entry, FileSystem, Name};

/// The longest path in bytes that listings are asked about: no system has longer ones (`PATH_MAX` of Linux), and each
/// folder of a path is looked up.
const MAX_PATH: usize = 4096;

/// A file system and the listings that were made of its folders, by the paths that they were asked for.
pub struct Listed<'f> {
    files: &'f dyn FileSystem,
    listings: Mutex<HashMap<String, Arc<[Name]>>>,
}

impl<'f> Listed<'f> {
    /// No listing yet.
    pub fn new(files: &'f dyn FileSystem) -> Listed<'f> {
        Listed {
            files,
            listings: Mutex::default(),
        }
    }

    /// Forgets all listings, because files have changed.
    pub fn forget(&self) {
        self.known().clear();
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, Arc<[Name]>>> {
        self.listings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a listing says of the last name of a path; nothing where no listing tells. A name is not there either where
    /// the folder that it would be in is not.
    fn listed(&self, path: &Path) -> Option<Listing> {
        let path = path.to_str().filter(|path| path.len() <= MAX_PATH)?;
        let (folder, name) = match path.rsplit_once(std::path::is_separator) {
            Some(("", _)) => return None,
            Some(parts) => parts,
            None => ("", path),
        };
        if matches!(name, "" | "." | "..") {
            return None;
        }
        let names = self.known().get(folder).cloned();
        let Some(names) = names else {
            let above = self.listed(Path::new(folder))?;
            return matches!(above, Listing::Nothing).then_some(Listing::Nothing);
        };
        let found = names.binary_search_by(|known| (*known.text).cmp(name));
        Some(match found {
            Err(_) => Listing::Nothing,
            Ok(at) if names[at].is_folder => Listing::Folder,
            Ok(_) => Listing::Other,
        })
    }
}

/// What a listing says of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listing {
    Nothing,
    Folder,
    /// A file, a link, or something that is never read.
    Other,
}

impl FileSystem for Listed<'_> {
    fn entry(&self, path: &Path) -> io::Result<Entry> {
        match self.listed(path) {
            Some(Listing::Nothing) => Err(io::ErrorKind::NotFound.into()),
            Some(Listing::Folder) => Ok(Entry::Folder),
            Some(Listing::Other) | None => self.files.entry(path),
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.listed(path) {
            Some(Listing::Nothing) => Err(io::ErrorKind::NotFound.into()),
            _ => self.files.read(path),
        }
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.files.canonical(path)
    }

    fn names(&self, folder: &Path, limit: usize) -> io::Result<Option<Arc<[Name]>>> {
        let key = folder.to_str();
        let known = key.and_then(|key| self.known().get(key).cloned());
        if let Some(names) = known {
            return Ok((names.len() <= limit).then_some(names));
        }
        // Two threads may both look; they see the same.
        let names = self.files.names(folder, limit)?;
        if let (Some(key), Some(names)) = (key, &names) {
            self.known().insert(key.to_owned(), names.clone());
        }
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::fs::Memory;

    #[test]
    fn what_is_not_listed_is_not_there() {
        let files: Memory = [("a/b/c", ""), ("a/d", "")].into_iter().collect();
        let listed = Listed::new(&files);
        let kind = |path: &str| listed.entry(Path::new(path)).map_err(|error| error.kind());
        assert_eq!(kind("a/b"), Ok(Entry::Folder));
        let names = listed.names(Path::new("a"), 9);
        assert_eq!(names.unwrap().map(|names| names.len()), Some(2));
        assert!(listed.names(Path::new("a"), 1).unwrap().is_none());
        assert_eq!(kind("a/b"), Ok(Entry::Folder));
        assert_eq!(kind("a/d"), Ok(Entry::File));
        assert_eq!(kind("a/b/c"), Ok(Entry::File));
        for absent in ["a/x", "a/x/y/z", "a/b/x"] {
            assert_eq!(kind(absent), Err(io::ErrorKind::NotFound), "{absent}");
        }
    }

    #[test]
    fn endless_paths_are_left_to_the_system() {
        let files = Memory::default();
        let listed = Listed::new(&files);
        let path = "a/".repeat(500_000);
        assert!(listed.entry(Path::new(&path)).is_err());
    }

    #[test]
    fn what_is_new_is_seen_once_listings_are_forgotten() {
        let empty = Memory::default();
        let files: Memory = [("a/b", "")].into_iter().collect();
        let mut listed = Listed::new(&files);
        listed.names(Path::new("a"), 9).unwrap();
        listed.files = &empty;
        assert!(listed.entry(Path::new("a/c")).is_err());
        listed.forget();
        assert!(listed.names(Path::new("a"), 9).is_err());
    }
}
