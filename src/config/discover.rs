//! Which configuration is in force for a file: the nearest one upward, as far as the root of the repository.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::Config;
use super::extends::{Extending, absolute, home};
use super::layer::Stack;
use super::peers::Peer;
use crate::diagnostic::SyntaxError;
use crate::engine::meta::Rule;
use crate::text::lines::Unit;
use crate::text::{FileId, SourceFile};
use crate::workspace::fs::{Entry, FileSystem};

/// The names a configuration may have, first come first served, in a folder or in its `.config/`.
pub const NAMES: [&str; 4] = [
    "dockworthy.yaml",
    ".dockworthy.yaml",
    ".config/dockworthy.yaml",
    ".config/.dockworthy.yaml",
];

/// Finds and reads configurations, each once.
pub struct Configs<'f> {
    fs: &'f dyn FileSystem,
    rules: &'static [Rule],
    /// The first one is empty: the defaults; so is the second, which stands in for what has a fault.
    stacks: Vec<Stack>,
    fixed: Option<Number>,
    by_folder: HashMap<OsString, Number>,
    by_file: HashMap<PathBuf, Number>,
    /// The working directory, once it was asked for.
    here: Option<PathBuf>,
    /// Every fault met so far. With one of them, the run must not go on.
    pub errors: Vec<ConfigError>,
    /// What a configuration of another tool says that has no counterpart.
    pub notes: Vec<String>,
}

/// The number of a stack.
type Number = usize;

/// The stack of files without a configuration.
const DEFAULT: Number = 0;

/// The stack of files whose configuration has a fault.
const BROKEN: Number = 1;

/// The folder, from the root of the disk, that the patterns and paths of a configuration belong to.
pub fn folder_of(path: &Path) -> PathBuf {
    home(path)
}

/// A configuration that can't be used.
#[derive(Clone, Debug)]
pub struct ConfigError {
    /// The file as it was read, for showing the place.
    pub source: SourceFile,
    /// What is wrong with it; `None` when it could not be read at all, as `message` says.
    pub error: Option<SyntaxError>,
    /// One line for the user: place, fault and remedy.
    pub message: String,
}

impl ConfigError {
    /// A fault of a file as a whole.
    pub(super) fn of_file(shown: PathBuf, message: String) -> ConfigError {
        ConfigError {
            source: SourceFile::from_text(FileId::default(), shown, ""),
            error: None,
            message,
        }
    }

    /// A fault at a place of a file.
    pub(super) fn at(source: &SourceFile, error: SyntaxError) -> ConfigError {
        let message = one_line(source, &error);
        ConfigError {
            source: source.clone(),
            error: Some(error),
            message,
        }
    }
}

impl<'f> Configs<'f> {
    /// Will look for configurations beside and above each file.
    pub fn new(fs: &'f dyn FileSystem, rules: &'static [Rule]) -> Configs<'f> {
        Configs {
            fs,
            rules,
            stacks: vec![Stack::new(Vec::new()), Stack::new(Vec::new())],
            fixed: None,
            by_folder: HashMap::new(),
            by_file: HashMap::new(),
            here: None,
            errors: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Uses this file for everything (`--config`): a configuration, or one of hadolint.
    pub fn use_file(&mut self, path: &Path) {
        self.fixed = Some(self.read(&absolute(path)));
    }

    /// Uses the defaults for everything (`--no-config`).
    pub fn use_none(&mut self) {
        self.fixed = Some(DEFAULT);
    }

    /// The configuration for a file. A fault is noted in `errors`, and the defaults stand in.
    pub fn for_file(&mut self, path: &Path) -> Arc<Config> {
        let number = self.stack(path.parent().unwrap_or(Path::new("")));
        self.stacks[number].for_file(path)
    }

    /// Whether the defaults only stand in for a configuration of the file that has a fault.
    pub fn is_broken_for(&mut self, path: &Path) -> bool {
        self.stack(path.parent().unwrap_or(Path::new(""))) == BROKEN
    }

    /// The configuration for the files of a folder that no override is for. Faults as with [`Configs::for_file`].
    pub fn for_folder(&mut self, folder: &Path) -> Arc<Config> {
        let number = self.stack(folder);
        self.stacks[number].plain.clone()
    }

    fn stack(&mut self, folder: &Path) -> Number {
        if let Some(fixed) = self.fixed {
            return fixed;
        }
        if let Some(known) = self.by_folder.get(folder.as_os_str()) {
            return *known;
        }
        let mut parts = folder.components();
        let is_below = parts.all(|part| matches!(part, Component::Normal(_)));
        let stack = match is_below {
            // What is below the working directory is looked at by the paths that everybody else uses.
            true => {
                let here = self
                    .here
                    .get_or_insert_with(|| absolute(Path::new("")))
                    .clone();
                self.look_up(folder.ancestors().chain(here.ancestors().skip(1)))
            }
            false => self.look_up(absolute(folder).ancestors()),
        };
        self.by_folder.insert(folder.as_os_str().to_owned(), stack);
        stack
    }

    /// What is found in the first of some folders that decides; each is the one above the one before.
    fn look_up<'p>(&mut self, folders: impl Iterator<Item = &'p Path>) -> Number {
        let mut passed = Vec::new();
        let mut found = None;
        for folder in folders {
            if let Some(known) = self.by_folder.get(folder.as_os_str()) {
                found = Some(*known);
                break;
            }
            passed.push(folder.as_os_str().to_owned());
            let named = NAMES
                .iter()
                .map(|name| folder.join(name))
                .find(|path| matches!(self.fs.entry(path), Ok(Entry::File)));
            if let Some(path) = named {
                found = Some(self.read(&absolute(&path)));
                break;
            }
            if self.fs.entry(&folder.join(".git")).is_ok() {
                break;
            }
        }
        let stack = found.unwrap_or(DEFAULT);
        for folder in passed {
            self.by_folder.insert(folder, stack);
        }
        stack
    }

    fn read(&mut self, path: &Path) -> Number {
        if let Some(known) = self.by_file.get(path) {
            return *known;
        }
        let mut extending = Extending {
            fs: self.fs,
            rules: self.rules,
            errors: &mut self.errors,
            open: Vec::new(),
        };
        let sheets = match Peer::of_file(path) {
            Some(peer) => extending.read_peer(peer, path, &mut self.notes),
            None => extending.read(path),
        };
        let number = match sheets {
            Some(sheets) => {
                self.stacks.push(Stack::new(sheets));
                self.stacks.len() - 1
            }
            None => BROKEN,
        };
        self.by_file.insert(path.to_path_buf(), number);
        number
    }
}

fn one_line(source: &SourceFile, error: &SyntaxError) -> String {
    let at = source
        .lines
        .position(error.span.start, Unit::Utf32, &source.text);
    let help = error
        .help
        .as_ref()
        .map(|help| format!("; {help}"))
        .unwrap_or_default();
    format!(
        "{}:{}:{}: {}{help}",
        source.display_path(),
        at.line + 1,
        at.column + 1,
        error.message
    )
}
