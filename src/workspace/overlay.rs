//! Texts that an editor holds, over the files of a disk: what is open counts, whatever was saved.
//!
//! Not for: documents without a path, such as untitled ones. An open text need not be on the disk; then its folders
//! are there as well. Paths are compared by [`lexical`], and by what symbolic links lead to.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::fs::{Entry, FileSystem, Name, lexical, not_a_file, too_large};
use crate::text::source::MAX_BYTES;

/// A tree of files with open texts over it.
///
/// Texts are opened and closed through a shared reference, so that whoever looks at the tree may go on to hold it.
#[derive(Debug)]
pub struct Overlay<F> {
    below: F,
    open: RwLock<Open>,
}

/// The open texts.
#[derive(Debug, Default)]
struct Open {
    texts: BTreeMap<PathBuf, Arc<str>>,
    /// Their paths, by the paths that these lead to.
    targets: HashMap<PathBuf, PathBuf>,
}

impl Open {
    /// Whether an open text lies below a folder.
    fn has_below(&self, folder: &Path) -> bool {
        let behind = self.texts.range(folder.to_path_buf()..);
        let mut paths = behind.map(|(path, _)| path);
        paths.any(|path| path != folder && path.starts_with(folder))
    }
}

impl<F: FileSystem> Overlay<F> {
    /// Nothing is open yet.
    pub fn new(below: F) -> Overlay<F> {
        Overlay {
            below,
            open: RwLock::default(),
        }
    }

    /// The tree without the open texts.
    pub fn below(&self) -> &F {
        &self.below
    }

    /// Opens a text at `path`, or gives the open one another text.
    pub fn open(&self, path: &Path, text: impl Into<Arc<str>>) {
        let path = lexical(path);
        let is_new = !self.reading().texts.contains_key(&path);
        let target = is_new.then(|| self.target(&path));
        let mut open = self.writing();
        if let Some(target) = target {
            open.targets.insert(target, path.clone());
        }
        open.texts.insert(path, text.into());
    }

    /// Closes the text at `path`; from now on the disk counts.
    pub fn close(&self, path: &Path) {
        let path = lexical(path);
        let mut open = self.writing();
        open.texts.remove(&path);
        open.targets.retain(|_, known| *known != path);
    }

    /// The open text at `path`, or at what it leads to.
    pub fn text(&self, path: &Path) -> Option<Arc<str>> {
        let open = self.reading();
        if let Some(text) = open.texts.get(&lexical(path)) {
            return Some(text.clone());
        }
        if open.texts.is_empty() {
            return None;
        }
        let target = self.below.canonical(path).ok()?;
        open.texts.get(open.targets.get(&target)?).cloned()
    }

    /// The paths of the open texts, sorted.
    pub fn open_paths(&self) -> Vec<PathBuf> {
        self.reading().texts.keys().cloned().collect()
    }

    fn reading(&self) -> RwLockReadGuard<'_, Open> {
        self.open.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn writing(&self) -> RwLockWriteGuard<'_, Open> {
        self.open.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// What `path` leads to, as far as the disk knows; the rest of it as it is written.
    fn target(&self, path: &Path) -> PathBuf {
        let path = lexical(path);
        let known = path.ancestors().find_map(|folder| {
            let target = self.below.canonical(folder).ok()?;
            let rest = path.strip_prefix(folder).ok()?;
            Some(match rest.as_os_str().is_empty() {
                true => target,
                false => target.join(rest),
            })
        });
        known.unwrap_or(path)
    }
}

impl<F: FileSystem> FileSystem for Overlay<F> {
    fn entry(&self, path: &Path) -> io::Result<Entry> {
        let wanted = lexical(path);
        let open = self.reading();
        if open.texts.contains_key(&wanted) {
            return Ok(Entry::File);
        }
        match self.below.entry(path) {
            Err(error) if is_absent(&error) && open.has_below(&wanted) => Ok(Entry::Folder),
            found => found,
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.text(path) {
            Some(text) if text.len() > MAX_BYTES => Err(too_large()),
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => match self.below.read(path) {
                Err(error) if is_absent(&error) && self.reading().has_below(&lexical(path)) => {
                    Err(not_a_file(Entry::Folder))
                }
                read => read,
            },
        }
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        match self.below.canonical(path) {
            Err(error) if is_absent(&error) => {
                self.entry(path)?;
                Ok(self.target(path))
            }
            found => found,
        }
    }

    fn names(&self, folder: &Path, limit: usize) -> io::Result<Option<Arc<[Name]>>> {
        let wanted = lexical(folder);
        let open = self.reading();
        let mut names = match self.below.names(folder, limit) {
            Ok(Some(names)) => names.to_vec(),
            Err(error) if is_absent(&error) && open.has_below(&wanted) => Vec::new(),
            other => return other,
        };
        for path in open.texts.keys() {
            let Ok(below) = path.strip_prefix(&wanted) else {
                continue;
            };
            let mut parts = below.components();
            let first = parts.next().and_then(|part| part.as_os_str().to_str());
            let Some(text) = first else {
                continue;
            };
            if let Err(at) = names.binary_search_by(|known| (*known.text).cmp(text)) {
                let name = Name {
                    text: text.into(),
                    is_folder: parts.next().is_some(),
                    is_link: false,
                };
                names.insert(at, name);
            }
        }
        Ok((names.len() <= limit).then(|| names.into()))
    }
}

/// Whether an error says that there is nothing at a path.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::fs::{Disk, Memory, reason};

    fn overlay() -> Overlay<Memory> {
        let disk = [("w/api/Dockerfile", "FROM a"), ("w/compose.yaml", "old")];
        Overlay::new(disk.into_iter().collect())
    }

    fn read(files: &impl FileSystem, path: &str) -> Result<String, String> {
        let bytes = files.read(Path::new(path));
        bytes
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .map_err(|error| reason(&error))
    }

    #[test]
    fn an_open_text_wins_over_the_disk_until_it_is_closed() {
        let files = overlay();
        files.open(Path::new("w/./compose.yaml"), "new");
        assert_eq!(read(&files, "w/api/../compose.yaml").as_deref(), Ok("new"));
        files.open(Path::new("w/compose.yaml"), "newer");
        assert_eq!(read(&files, "w/compose.yaml").as_deref(), Ok("newer"));
        assert_eq!(files.open_paths(), [PathBuf::from("w/compose.yaml")]);
        files.close(Path::new("w/compose.yaml"));
        assert_eq!(read(&files, "w/compose.yaml").as_deref(), Ok("old"));
    }

    #[test]
    fn a_text_that_is_not_on_the_disk_is_there_with_its_folders() {
        let files = overlay();
        files.open(Path::new("w/new/web/Dockerfile"), "FROM b");
        let entry = |path: &str| files.entry(Path::new(path)).ok();
        assert_eq!(entry("w/new/web/Dockerfile"), Some(Entry::File));
        assert_eq!(entry("w/new"), Some(Entry::Folder));
        assert_eq!(entry("w/ne"), None);
        let canonical = |path: &str| files.canonical(Path::new(path)).ok();
        let there = PathBuf::from("/w/new/web/Dockerfile");
        assert_eq!(canonical("w/new/web/Dockerfile"), Some(there));
        assert_eq!(canonical("w/new/Dockerfile"), None);
        assert_eq!(
            read(&files, "w/new").unwrap_err(),
            "it is a folder, not a regular file"
        );
    }

    #[test]
    fn names_are_those_of_both() {
        let files = overlay();
        files.open(Path::new("w/.env"), "A=1");
        files.open(Path::new("w/compose.yaml"), "new");
        files.open(Path::new("w/new/Dockerfile"), "FROM b");
        let names = |folder: &str, limit: usize| {
            let names = files.names(Path::new(folder), limit).ok()??;
            let one =
                |name: &Name| format!("{}{}", name.text, if name.is_folder { "/" } else { "" });
            Some(names.iter().map(one).collect::<Vec<_>>())
        };
        let all = [".env", "api/", "compose.yaml", "new/"].map(str::to_owned);
        assert_eq!(names("w", 4).as_deref(), Some(&all[..]));
        assert_eq!(names("w", 3), None);
        assert_eq!(names("w/new", 9), Some(vec!["Dockerfile".to_owned()]));
        assert_eq!(names("w/x", 9), None);
    }

    #[test]
    fn a_text_that_is_too_large_is_refused() {
        let files = overlay();
        files.open(Path::new("w/x"), "#".repeat(MAX_BYTES + 1));
        assert_eq!(read(&files, "w/x").unwrap_err(), "it is larger than 20 MB");
    }

    #[cfg(unix)]
    #[test]
    fn a_text_that_is_opened_through_a_link_is_read_through_its_target() {
        let name = format!("dockworthy-overlay-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(folder.join("real")).unwrap();
        std::fs::write(folder.join("real/Dockerfile"), "FROM disk").unwrap();
        let link = folder.join("link");
        let _ = std::fs::remove_file(&link);
        std::os::unix::fs::symlink("real", &link).unwrap();
        let files = Overlay::new(Disk::new(&folder));
        files.open(Path::new("link/Dockerfile"), "FROM open");
        assert_eq!(read(&files, "real/Dockerfile").as_deref(), Ok("FROM open"));
        files.close(Path::new("link/Dockerfile"));
        assert_eq!(read(&files, "real/Dockerfile").as_deref(), Ok("FROM disk"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
