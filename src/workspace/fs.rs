//! Where files are read: the only door to the disk.
//!
//! Not for: finding files ([`discover`](super::discover)) or writing them. What is read is a regular file
//! of at most [`MAX_BYTES`] bytes; anything else is an error that says what it was. Paths are never turned
//! into text and back, so a name that is no Unicode is as good as any.

use std::collections::BTreeMap;
use std::fs::{FileType, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::text::order;
pub use crate::text::path::lexical;
use crate::text::source::{MAX_BYTES, printed};

/// What a path leads to, symbolic links followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entry {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// Something that is never read, with a word for it: `a FIFO`.
    Other(&'static str),
}

/// A name in a folder.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Name {
    /// The name.
    pub text: Box<str>,
    /// Whether it is a folder; not so for a symbolic link to one.
    pub is_folder: bool,
    /// Whether it is a symbolic link.
    pub is_link: bool,
}

/// The most names of a folder that are looked at. In a larger one nothing is known.
pub const MAX_NAMES: usize = 4096;

/// A tree of files: the disk, or texts that an editor or a test holds.
pub trait FileSystem: Send + Sync {
    /// What `path` leads to.
    ///
    /// # Errors
    /// When there is nothing, or it may not be looked at, or symbolic links go round in a circle.
    fn entry(&self, path: &Path) -> io::Result<Entry>;

    /// The bytes of a regular file of at most [`MAX_BYTES`] bytes.
    ///
    /// # Errors
    /// As [`FileSystem::entry`], and when it is no regular file or too large. [`reason`] puts the error
    /// into words.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The one absolute path of what `path` leads to, free of symbolic links and dots: the way to see
    /// whether a path stays inside a folder.
    ///
    /// # Errors
    /// As [`FileSystem::entry`].
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;

    /// The names in a folder, sorted, without those that are no Unicode; nothing for more than `limit`.
    ///
    /// # Errors
    /// As [`FileSystem::entry`], and when it is no folder.
    fn names(&self, folder: &Path, limit: usize) -> io::Result<Option<Arc<[Name]>>>;
}

/// The disk, seen from a folder that relative paths begin at.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The disk seen from `root`; the empty path means the working directory of the process.
    pub fn new(root: impl Into<PathBuf>) -> Disk {
        Disk { root: root.into() }
    }

    /// A path that may be empty, which the system does not take for the working directory.
    fn folder(&self, path: &Path) -> PathBuf {
        let path = self.root.join(path);
        if path.as_os_str().is_empty() {
            PathBuf::from(".")
        } else {
            path
        }
    }
}

impl FileSystem for Disk {
    fn entry(&self, path: &Path) -> io::Result<Entry> {
        Ok(entry_of(&std::fs::metadata(self.folder(path))?))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let path = self.root.join(path);
        // Asked before opening, because opening a FIFO waits for a writer and opening a device may do
        // anything; and again afterwards, because the path may lead elsewhere by then.
        must_be_readable(&std::fs::metadata(&path)?)?;
        let file = std::fs::File::open(&path)?;
        let metadata = file.metadata()?;
        must_be_readable(&metadata)?;
        // Files of `/proc` have no length; of one that grows, what was there when it was opened is read.
        let (room, limit) = match usize::try_from(metadata.len()) {
            Ok(0) | Err(_) => (0, MAX_BYTES as u64 + 1),
            Ok(length) => (length, metadata.len()),
        };
        let mut bytes = Vec::with_capacity(room);
        file.take(limit).read_to_end(&mut bytes)?;
        if bytes.len() > MAX_BYTES {
            return Err(too_large());
        }
        Ok(bytes)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        std::fs::canonicalize(self.folder(path))
    }

    fn names(&self, folder: &Path, limit: usize) -> io::Result<Option<Arc<[Name]>>> {
        let mut names = Vec::new();
        for (count, entry) in std::fs::read_dir(self.folder(folder))?.enumerate() {
            if count == limit {
                return Ok(None);
            }
            let entry = entry?;
            if let Ok(text) = entry.file_name().into_string() {
                let file_type = entry.file_type()?;
                names.push(Name {
                    text: text.into(),
                    is_folder: file_type.is_dir(),
                    is_link: file_type.is_symlink(),
                });
            }
        }
        order::sort(&mut names);
        Ok(Some(names.into()))
    }
}

fn must_be_readable(metadata: &Metadata) -> io::Result<()> {
    match entry_of(metadata) {
        Entry::File if metadata.len() > MAX_BYTES as u64 => Err(too_large()),
        Entry::File => Ok(()),
        other => Err(not_a_file(other)),
    }
}

fn entry_of(metadata: &Metadata) -> Entry {
    if metadata.is_file() {
        Entry::File
    } else if metadata.is_dir() {
        Entry::Folder
    } else {
        Entry::Other(special(metadata.file_type()))
    }
}

/// The word for a file that is neither regular nor a folder.
#[cfg(unix)]
pub(super) fn special(file_type: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;

    if file_type.is_fifo() {
        "a FIFO"
    } else if file_type.is_socket() {
        "a socket"
    } else if file_type.is_block_device() || file_type.is_char_device() {
        "a device"
    } else {
        "a special file"
    }
}

/// The word for a file that is neither regular nor a folder.
#[cfg(not(unix))]
pub(super) fn special(_: FileType) -> &'static str {
    "a special file"
}

pub(super) fn not_a_file(entry: Entry) -> io::Error {
    let word = match entry {
        Entry::File | Entry::Folder => "a folder",
        Entry::Other(word) => word,
    };
    io::Error::other(format!("it is {word}, not a regular file"))
}

pub(super) fn too_large() -> io::Error {
    io::Error::new(
        io::ErrorKind::FileTooLarge,
        format!("it is larger than {} MB", MAX_BYTES / 1_000_000),
    )
}

/// An error of this module in words, without the number that the system gives it.
pub fn reason(error: &io::Error) -> String {
    if error.get_ref().is_some() {
        return error.to_string();
    }
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is not a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// The problem of a path that cannot be read.
pub fn cannot_read(path: &Path, error: &io::Error) -> Problem {
    Problem {
        path: Some(printed(path)),
        message: format!("cannot read: {}", reason(error)),
    }
}

/// Files that are nowhere on the disk. Paths are compared by [`lexical`]; folders are there as soon as a
/// file is in them.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Memory {
    /// Puts a file at `path`, in place of what was there.
    pub fn insert(&mut self, path: impl AsRef<Path>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(lexical(path.as_ref()), bytes.into());
    }

    /// Takes the file at `path` away.
    pub fn remove(&mut self, path: impl AsRef<Path>) {
        self.files.remove(&lexical(path.as_ref()));
    }
}

impl<P: AsRef<Path>, B: Into<Vec<u8>>> FromIterator<(P, B)> for Memory {
    fn from_iter<T: IntoIterator<Item = (P, B)>>(files: T) -> Memory {
        let mut memory = Memory::default();
        for (path, bytes) in files {
            memory.insert(path, bytes);
        }
        memory
    }
}

impl FileSystem for Memory {
    fn entry(&self, path: &Path) -> io::Result<Entry> {
        let path = lexical(path);
        let next = self.files.range(path.clone()..).next();
        match next {
            Some((found, _)) if *found == path => Ok(Entry::File),
            Some((found, _)) if found.starts_with(&path) => Ok(Entry::Folder),
            Some(_) | None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.entry(path)? {
            Entry::File => {}
            other => return Err(not_a_file(other)),
        }
        let bytes = self.files.get(&lexical(path)).cloned().unwrap_or_default();
        if bytes.len() > MAX_BYTES {
            return Err(too_large());
        }
        Ok(bytes)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.entry(path)?;
        Ok(Path::new("/").join(lexical(path)))
    }

    fn names(&self, folder: &Path, limit: usize) -> io::Result<Option<Arc<[Name]>>> {
        let folder = lexical(folder);
        let mut names: Vec<Name> = Vec::new();
        for path in self.files.keys() {
            let Ok(below) = path.strip_prefix(&folder) else {
                continue;
            };
            let mut parts = below.components();
            let first = parts.next().and_then(|part| part.as_os_str().to_str());
            if let Some(text) = first
                && names.last().is_none_or(|last| *last.text != *text)
            {
                names.push(Name {
                    text: text.into(),
                    is_folder: parts.next().is_some(),
                    is_link: false,
                });
            }
        }
        if names.is_empty() {
            return Err(io::ErrorKind::NotFound.into());
        }
        order::sort(&mut names);
        Ok((names.len() <= limit).then(|| names.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory() -> Memory {
        [("api/Dockerfile", "FROM a"), ("compose.yaml", "services:")]
            .into_iter()
            .collect()
    }

    #[test]
    fn dots_leave_a_path() {
        for (path, expected) in [
            ("./a/./b", "a/b"),
            ("a/../b", "b"),
            ("../a/../../b", "../../b"),
            ("/../a", "/a"),
            (".", ""),
        ] {
            assert_eq!(lexical(Path::new(path)), Path::new(expected), "{path}");
        }
    }

    #[test]
    fn memory_holds_files_and_their_folders() {
        let files = memory();
        let entry = |path: &str| files.entry(Path::new(path)).ok();
        assert_eq!(entry("./api/../api/Dockerfile"), Some(Entry::File));
        assert_eq!(entry("api"), Some(Entry::Folder));
        assert_eq!(entry("ap"), None);
        assert_eq!(
            files.read(Path::new("api/Dockerfile")).unwrap(),
            b"FROM a".to_vec()
        );
    }

    #[test]
    fn a_file_that_is_too_large_is_refused_by_name_of_the_limit() {
        let mut files = Memory::default();
        files.insert("big", vec![b'#'; MAX_BYTES + 1]);
        let error = files.read(Path::new("big")).unwrap_err();
        assert_eq!(reason(&error), "it is larger than 20 MB");
        files.insert("big", vec![b'#'; MAX_BYTES]);
        assert!(files.read(Path::new("big")).is_ok());
    }

    #[test]
    fn errors_are_put_into_words() {
        let error = memory().read(Path::new("web")).unwrap_err();
        let problem = cannot_read(Path::new("web"), &error);
        assert_eq!(problem.message, "cannot read: no such file or folder");
        let error = memory().read(Path::new("api")).unwrap_err();
        assert_eq!(reason(&error), "it is a folder, not a regular file");
    }
}
