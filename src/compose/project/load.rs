//! What loading a project needs from outside: files by their paths.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Loaded;
use crate::text::SourceFile;

/// Gives the files that a project leads to. Paths are as those of the root files are given, without dots.
pub trait Loader {
    /// A Compose file.
    ///
    /// # Errors
    /// When there is none, or it may not be read.
    fn compose(&self, path: &Path) -> Result<Arc<Loaded>, Missing>;

    /// A file with variables.
    ///
    /// # Errors
    /// As [`Loader::compose`].
    fn text(&self, path: &Path) -> Result<Arc<SourceFile>, Missing>;

    /// Whether a path is a file, or a folder.
    ///
    /// # Errors
    /// As [`Loader::compose`].
    fn readable(&self, path: &Path) -> Result<Readable, Missing>;

    /// Whether git is told to ignore a file.
    fn is_ignored(&self, _path: &Path) -> bool {
        false
    }

    /// Whether `git add` takes a file that git does not track.
    fn is_open_to_git(&self, _path: &Path) -> bool {
        false
    }

    /// Whether git tracks a file as it stands; `None` where that is not known.
    fn tracked(&self, path: &Path) -> Option<bool> {
        let _ = path;
        None
    }
}

/// What a path is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Readable {
    /// A regular file.
    File,
    /// A folder.
    Folder,
}

/// Why a file is not to be had.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Missing {
    /// There is nothing at the path.
    NotFound,
    /// It is a folder.
    Folder,
    /// It cannot be told: it lies outside the workspace, is no regular file, or may not be read.
    Unknown,
}

/// The files that a project begins with.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Root {
    /// The base and the files that are merged over it, in their order.
    pub files: Vec<PathBuf>,
    /// The folder that relative paths begin at.
    pub directory: PathBuf,
    /// The files with the project's variables, in their order; a variable that is in an earlier one is not taken
    /// from a later one.
    pub env_files: Vec<PathBuf>,
    /// Whether these are all files that Compose would take: it finds the base by its name, or the user named them.
    pub is_certain: bool,
    /// Whether other files of a Compose name stand beside them, which the user may merge over them by hand.
    pub has_variants: bool,
    /// The files in the folder of which Compose takes one by its name; nothing where the user named the files.
    pub siblings: Siblings,
}

/// The files of a folder that have names which Compose looks for, in the order in which it does.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Siblings {
    /// Bases: `compose.yaml` and the like. The first one wins.
    pub bases: Vec<&'static str>,
    /// Files that it merges over the base: `compose.override.yaml` and the like. The first one wins.
    pub overrides: Vec<&'static str>,
}

/// The files of a project that are all in memory.
impl Loader for BTreeMap<PathBuf, Arc<Loaded>> {
    fn compose(&self, path: &Path) -> Result<Arc<Loaded>, Missing> {
        self.get(path).cloned().ok_or(Missing::Unknown)
    }

    fn text(&self, _: &Path) -> Result<Arc<SourceFile>, Missing> {
        Err(Missing::Unknown)
    }

    fn readable(&self, path: &Path) -> Result<Readable, Missing> {
        match self.contains_key(path) {
            true => Ok(Readable::File),
            false => Err(Missing::Unknown),
        }
    }
}
