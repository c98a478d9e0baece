//! Which configuration is in force for a file: the nearest one upward, as far as the root of the repository.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Config;
use crate::diagnostic::SyntaxError;
use crate::engine::meta::Rule;
use crate::text::{FileId, SourceFile};
use crate::workspace::fs::{Entry, FileSystem, reason};

/// The names a configuration may have, first come first served, in a folder or in its `.config/`.
pub const NAMES: [&str; 3] = [
    "dockworthy.yaml",
    ".dockworthy.yaml",
    ".config/dockworthy.yaml",
];

/// Finds and reads configurations, each once.
pub struct Configs<'f> {
    fs: &'f dyn FileSystem,
    rules: &'static [Rule],
    fixed: Option<Arc<Config>>,
    by_folder: HashMap<PathBuf, Arc<Config>>,
    by_file: HashMap<PathBuf, Arc<Config>>,
    default: Arc<Config>,
    /// Stands in for a configuration with a fault.
    broken: Arc<Config>,
    /// Every fault met so far. With one of them, the run must not go on.
    pub errors: Vec<ConfigError>,
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

impl<'f> Configs<'f> {
    /// Will look for configurations beside and above each file.
    pub fn new(fs: &'f dyn FileSystem, rules: &'static [Rule]) -> Configs<'f> {
        Configs {
            fs,
            rules,
            fixed: None,
            by_folder: HashMap::new(),
            by_file: HashMap::new(),
            default: Arc::new(Config::default()),
            broken: Arc::new(Config::default()),
            errors: Vec::new(),
        }
    }

    /// Uses this file for everything (`--config`).
    pub fn use_file(&mut self, path: &Path) {
        self.fixed = Some(self.read(path));
    }

    /// Uses the defaults for everything (`--no-config`).
    pub fn use_none(&mut self) {
        self.fixed = Some(self.default.clone());
    }

    /// The configuration for a file. A fault is noted in `errors`, and the defaults stand in.
    pub fn for_file(&mut self, path: &Path) -> Arc<Config> {
        if let Some(fixed) = &self.fixed {
            return fixed.clone();
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let folder = std::path::absolute(if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        });
        match folder {
            Ok(folder) => self.for_folder(&folder),
            Err(_) => self.default.clone(),
        }
    }

    /// Whether this only stands in for a configuration that has a fault.
    pub fn is_broken(&self, config: &Arc<Config>) -> bool {
        Arc::ptr_eq(config, &self.broken)
    }

    fn for_folder(&mut self, folder: &Path) -> Arc<Config> {
        let mut passed = Vec::new();
        let mut found = None;
        for folder in folder.ancestors() {
            if let Some(known) = self.by_folder.get(folder) {
                found = Some(known.clone());
                break;
            }
            passed.push(folder.to_path_buf());
            let named = NAMES
                .iter()
                .map(|name| folder.join(name))
                .find(|path| matches!(self.fs.entry(path), Ok(Entry::File)));
            if let Some(path) = named {
                found = Some(self.read(&path));
                break;
            }
            if self.fs.entry(&folder.join(".git")).is_ok() {
                break;
            }
        }
        let config = found.unwrap_or_else(|| self.default.clone());
        for folder in passed {
            self.by_folder.insert(folder, config.clone());
        }
        config
    }

    fn read(&mut self, path: &Path) -> Arc<Config> {
        if let Some(known) = self.by_file.get(path) {
            return known.clone();
        }
        let config = match self.fs.read(path) {
            Ok(bytes) => {
                let source = SourceFile::from_bytes(FileId::default(), shown(path), bytes);
                self.parsed(path, source)
            }
            Err(error) => {
                let message = format!(
                    "cannot read the configuration {}: {}",
                    shown(path).display(),
                    reason(&error)
                );
                let source = SourceFile::from_text(FileId::default(), shown(path), "");
                self.errors.push(ConfigError {
                    source,
                    error: None,
                    message,
                });
                None
            }
        };
        let config = config.unwrap_or_else(|| self.broken.clone());
        self.by_file.insert(path.to_path_buf(), config.clone());
        config
    }

    fn parsed(&mut self, path: &Path, source: SourceFile) -> Option<Arc<Config>> {
        match super::parse(&source.text, &home(path), self.rules) {
            Ok(config) => Some(Arc::new(Config {
                path: Some(path.to_path_buf()),
                ..config
            })),
            Err(errors) => {
                for error in errors {
                    let message = one_line(&source, &error);
                    self.errors.push(ConfigError {
                        source: source.clone(),
                        error: Some(error),
                        message,
                    });
                }
                None
            }
        }
    }
}

/// The folder that the patterns of a configuration belong to.
fn home(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(Path::new(""));
    let folder = if folder.ends_with(".config") {
        folder.parent().unwrap_or(folder)
    } else {
        folder
    };
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf())
}

/// The path relative to the working directory, where it lies below.
fn shown(path: &Path) -> PathBuf {
    let relative = std::env::current_dir()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf));
    relative.unwrap_or_else(|| path.to_path_buf())
}

fn one_line(source: &SourceFile, error: &SyntaxError) -> String {
    let at = source.lines.position(
        error.span.start,
        crate::text::lines::Unit::Utf32,
        &source.text,
    );
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
