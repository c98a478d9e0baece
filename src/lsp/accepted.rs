//! Findings that a baseline accepts: they are not shown, as the command line does not count them.
//!
//! Looked up file by file; that a file was renamed since is seen by the command line only.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::baseline::matching::{Seen, matched};
use crate::baseline::{Baseline, Entry as Known, Mark, NAME};
use crate::diagnostic::{Diagnostic, SuppressedBy, Suppression};
use crate::text::SourceFile;
use crate::text::source::printed;
use crate::workspace::fs::{Entry, FileSystem};

/// Baselines, each read once.
pub struct Accepted<'f> {
    files: &'f dyn FileSystem,
    /// The baseline that is nearest to a folder.
    nearest: HashMap<PathBuf, Option<PathBuf>>,
    /// What a baseline says of each file, by its path from the baseline's folder.
    read: HashMap<PathBuf, HashMap<String, Baseline>>,
}

impl<'f> Accepted<'f> {
    /// No baseline yet.
    pub fn new(files: &'f dyn FileSystem) -> Accepted<'f> {
        Accepted {
            files,
            nearest: HashMap::new(),
            read: HashMap::new(),
        }
    }

    /// Whether a file is a baseline.
    pub fn knows(&self, path: &Path) -> bool {
        path.file_name().is_some_and(|name| name == NAME) || self.read.contains_key(path)
    }

    /// Marks the findings of a file that are accepted; `configured` is the baseline that its configuration names.
    pub fn mark(
        &mut self,
        diagnostics: &mut [Diagnostic],
        source: &SourceFile,
        configured: Option<&Path>,
    ) {
        let folder = source.path.parent().unwrap_or(Path::new(""));
        let baseline = match configured {
            Some(path) => Some(path.to_path_buf()),
            None => self.nearest(folder),
        };
        let Some(baseline) = baseline else {
            return;
        };
        let home = baseline.parent().unwrap_or(Path::new("")).to_path_buf();
        let Ok(path) = source.path.strip_prefix(&home).map(printed) else {
            return;
        };
        let Some(known) = self.read(&baseline).get(&path) else {
            return;
        };
        let open: Vec<usize> = (0..diagnostics.len())
            .filter(|index| diagnostics[*index].suppressed.is_none())
            .collect();
        let seen: Vec<Seen<'_>> = open
            .iter()
            .map(|index| Seen {
                path: &path,
                rule: diagnostics[*index].rule,
                mark: Mark::of(&diagnostics[*index], source),
                message: &diagnostics[*index].finding.message,
            })
            .collect();
        let accepted = matched(known, &seen, |_| false).known;
        for (index, _) in open.into_iter().zip(accepted).filter(|(_, known)| *known) {
            diagnostics[index].suppressed = Some(Suppression {
                by: SuppressedBy::Baseline,
                reason: None,
            });
        }
    }

    /// The baseline in a folder or above it, as far as the root of the repository.
    fn nearest(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(known) = self.nearest.get(folder) {
            return known.clone();
        }
        let is_there = |path: &Path| self.files.entry(path).is_ok();
        let mut found = None;
        for above in folder.ancestors() {
            let path = above.join(NAME);
            if matches!(self.files.entry(&path), Ok(Entry::File)) {
                found = Some(path);
                break;
            }
            if is_there(&above.join(".git")) {
                break;
            }
        }
        self.nearest.insert(folder.to_path_buf(), found.clone());
        found
    }

    /// What a baseline says; nothing if it cannot be used, which the command line tells.
    fn read(&mut self, path: &Path) -> &HashMap<String, Baseline> {
        let files = self.files;
        self.read.entry(path.to_path_buf()).or_insert_with(|| {
            let bytes = files.read(path).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            let baseline = Baseline::parse(&text).unwrap_or_default();
            let mut by_file: HashMap<String, Vec<Known>> = HashMap::new();
            for entry in baseline.entries() {
                let entries = by_file.entry(entry.path.clone()).or_default();
                entries.push(entry.clone());
            }
            let split = by_file.into_iter();
            split
                .map(|(path, entries)| (path, Baseline::new(entries)))
                .collect()
        })
    }
}
