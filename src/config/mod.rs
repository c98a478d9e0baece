//! `dockworthy.yaml`: from its text to [`Settings`], with every fault at its exact place.
//!
//! The file is read through our own YAML tree rather than a deserialiser, because a deserialiser does not
//! know where an unknown rule or a wrong option stands. Finding the file is `discover`'s work.
//!
//! Invariant: a configuration with a fault is never used in part; there is no silent default.

mod direct;
pub mod discover;
mod extends;
mod keys;
mod layer;
pub mod peers;
pub mod projects;
mod reader;
pub mod schema;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::Severity;
use crate::engine::settings::Settings;
use crate::workspace::discover::Exclude;

/// The keys of the file, in the order of the documentation, with what each does.
pub const KEYS: [(&str, &str); 17] = [
    (
        "extends",
        "presets and files that this one adds to; what is said later wins",
    ),
    ("presets", "named sets of rules; `recommended` when absent"),
    ("rules", "a level for a rule, or a level and options"),
    (
        "overrides",
        "presets and rules for some files; the last one that matches wins",
    ),
    (
        "ignore",
        "findings that are suppressed at some paths or in some services, with a reason",
    ),
    (
        "registries",
        "registries that images may (`allow`) or must not (`deny`) come from",
    ),
    (
        "images",
        "images that may (`allow`) or must not (`deny`) be used",
    ),
    (
        "downloads",
        "hosts that may (`allow`) or must not (`deny`) be downloaded from",
    ),
    (
        "labels",
        "labels of an image and what their values are; a `?` behind the type makes a label optional",
    ),
    (
        "suppressions",
        "what comments that suppress findings have to be like",
    ),
    (
        "compose",
        "which Compose files make a project, where its variables come from, and the oldest Compose that reads them",
    ),
    ("shell", "whether ShellCheck is asked about scripts as well"),
    (
        "engine",
        "what builds and runs the images: docker or podman",
    ),
    (
        "exclude",
        "globs of files and folders that are not looked into, relative to this file",
    ),
    (
        "fail-on",
        "the least severity that fails a run: error, warning, info or never",
    ),
    (
        "baseline",
        "a file of known findings, relative to this file",
    ),
    (
        "required-version",
        "the versions of dockworthy that may use this file, such as `>=0.2`",
    ),
];

/// The configuration of a file: what all that it comes from says together.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The file that was found; `None` for the defaults.
    pub path: Option<PathBuf>,
    /// That file and all that it extends, the lowest first.
    pub files: Vec<PathBuf>,
    /// What is configured for rules.
    pub settings: Settings,
    /// What is not looked into.
    pub exclude: Vec<Exclude>,
    /// The least severity that fails a run, where it is given.
    pub fail_on: Option<FailOn>,
    /// The file of known findings, where one is given.
    pub baseline: Option<PathBuf>,
    /// Which Compose files make a project.
    pub compose: ComposeFiles,
    /// What has the last word on a key, by the key's path, such as `rules.latest-tag`; all of it for keys that add up.
    pub said: BTreeMap<String, Vec<Said>>,
}

impl Config {
    /// Whether a file that a walk met is left out.
    pub fn excludes(&self, path: &Path) -> bool {
        self.exclude
            .iter()
            .any(|exclude| exclude.matches_file(path))
    }
}

/// Which Compose files make a project, and where its variables come from. Paths are absolute.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ComposeFiles {
    /// The files of each project, in their order.
    pub projects: Option<Vec<Vec<PathBuf>>>,
    /// The files with variables, in their order.
    pub env_files: Option<Vec<PathBuf>>,
}

impl ComposeFiles {
    fn put(&mut self, over: &ComposeFiles) {
        let over = over.clone();
        self.projects = over.projects.or(self.projects.take());
        self.env_files = over.env_files.or(self.env_files.take());
    }
}

/// A value as it is written, and where.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    /// The value.
    pub value: Value,
    /// Where its key stands, or for one of several entries the entry.
    pub origin: Origin,
}

/// The line of a file that says something.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Origin {
    /// The file.
    pub file: Arc<Path>,
    /// The line, counted from 1.
    pub line: u32,
}

/// The least severity that fails a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FailOn {
    /// No finding does.
    Never,
    /// Findings of this severity and above.
    AtLeast(Severity),
}

impl FailOn {
    /// The threshold that a word names.
    pub fn parse(word: &str) -> Option<FailOn> {
        if word == "never" {
            Some(FailOn::Never)
        } else {
            Severity::parse(word).map(FailOn::AtLeast)
        }
    }

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            FailOn::Never => "never",
            FailOn::AtLeast(severity) => severity.as_str(),
        }
    }

    /// Whether a finding of this severity fails a run.
    pub fn fails(self, severity: Severity) -> bool {
        matches!(self, FailOn::AtLeast(least) if severity >= least)
    }
}
