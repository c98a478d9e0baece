//! What of a run is shown: everything, or what changed since a revision or is staged.
//!
//! A finding is shown when it stands in a file that changed. Files beside it are linted with it all the same, so that
//! what changed is seen in its project.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::Stop;
use super::super::args::Check;
use super::super::git::{Lines, Range, Repository, StagedFile};
use crate::check::{Outcome, Unit};
use crate::diagnostic::Diagnostic;
use crate::text::source::printed;
use crate::text::{Location, Sources, order};
use crate::workspace::discover::Found;
use crate::workspace::fs::{Entry, FileSystem, Name};
use crate::workspace::kind::kind_by_name;

/// The files that findings are shown in.
pub(super) struct Scope {
    repository: Repository,
    /// By their paths, free of symbolic links.
    changed: HashMap<PathBuf, Lines>,
    /// What is staged and not so in the folders, by such paths; `None` where the folders count.
    staged: Option<HashMap<PathBuf, StagedFile>>,
    /// For the sentence that nothing changed.
    description: String,
}

impl Scope {
    /// What the flags ask for; `None` when everything is shown.
    pub(super) fn of(args: &Check) -> Result<Option<Scope>, Stop> {
        let flag = match (&args.since, args.staged) {
            (Some(_), _) => "--since",
            (None, true) => "--staged",
            (None, false) => return Ok(None),
        };
        let repository = open(args, flag)?;
        let (range, description) = match &args.since {
            Some(revision) => (
                Range::Since(repository.begin(revision)?),
                format!("has changed since {revision}"),
            ),
            None => (Range::Staged, "is staged".to_owned()),
        };
        let mut lines = match args.changed_lines {
            true => repository.lines(&range)?,
            false => HashMap::new(),
        };
        let mut changed = HashMap::new();
        for path in repository.changed(&range)? {
            let lines = lines.remove(&path).unwrap_or(Lines::All);
            changed.insert(repository.root.join(path), lines);
        }
        let staged = match range {
            Range::Staged => {
                let files = repository.staged_otherwise()?.into_iter();
                let files = files.map(|(path, file)| (repository.root.join(path), file));
                Some(files.collect())
            }
            Range::Since(_) => None,
        };
        Ok(Some(Scope {
            repository,
            changed,
            staged,
            description,
        }))
    }

    /// The files as they are staged.
    pub(super) fn index<'s>(&'s self, disk: &'s dyn FileSystem) -> Option<Index<'s>> {
        Some(Index {
            disk,
            repository: &self.repository,
            staged: self.staged.as_ref()?,
        })
    }

    /// Files that are staged and no longer in their folders, as far as paths of a run lead to them.
    pub(super) fn gone(&self, paths: &[PathBuf]) -> Vec<PathBuf> {
        let Ok(here) = std::env::current_dir().and_then(std::fs::canonicalize) else {
            return Vec::new();
        };
        let staged = self.staged.iter().flatten();
        let gone = staged.filter(|(path, file)| file.is_gone && kind_by_name(path).is_some());
        let roots: Vec<PathBuf> = paths.iter().filter_map(|path| canonical(path)).collect();
        let below = gone.filter(|(path, _)| roots.iter().any(|root| path.starts_with(root)));
        let mut gone: Vec<PathBuf> = below
            .map(|(path, _)| path.strip_prefix(&here).unwrap_or(path).to_owned())
            .collect();
        order::sort(&mut gone);
        gone
    }

    /// For each file whether it changed.
    pub(super) fn changed(&self, found: &[Found]) -> Vec<bool> {
        let changed = |found: &Found| self.lines(&found.path).is_some();
        found.iter().map(changed).collect()
    }

    /// Leaves out units that cannot have a finding to show.
    pub(super) fn narrow(units: &mut Vec<Unit>, changed: &[bool]) {
        units.retain(|unit| {
            let mut files = unit.files.iter();
            !unit.roots.is_empty() || files.any(|id| changed[id.0 as usize])
        });
    }

    /// Takes away what is not to be shown.
    pub(super) fn apply(&self, outcome: &mut Outcome, found: &[Found], changed: &[bool]) {
        let Outcome {
            diagnostics,
            sources,
            problems,
            files,
        } = outcome;
        diagnostics.retain(|diagnostic| self.shows(diagnostic, sources));
        let others = found.iter().zip(changed).filter(|(_, changed)| !**changed);
        let others: Vec<String> = others.map(|(found, _)| printed(&found.path)).collect();
        problems.retain(|problem| {
            let path = problem.path.as_ref();
            path.is_none_or(|path| others.binary_search(path).is_err())
        });
        *files = changed.iter().filter(|changed| **changed).count();
    }

    /// The sentence for a run in which no file changed.
    pub(super) fn nothing(&self) -> String {
        format!("no Dockerfile or Compose file {}", self.description)
    }

    fn lines(&self, path: &Path) -> Option<&Lines> {
        self.changed.get(&canonical(path)?)
    }

    fn shows(&self, diagnostic: &Diagnostic, sources: &Sources) -> bool {
        let finding = &diagnostic.finding;
        let lines = |at: Location| {
            let source = sources.get(at.file)?;
            Some((source, self.lines(&source.path)?))
        };
        let touches = |at: Location| {
            let Some((source, lines)) = lines(at) else {
                return false;
            };
            let Lines::Some(changed) = lines else {
                return true;
            };
            // Git ends lines at `\n` only.
            let line = |at: u32| {
                let before = source.text.as_bytes().get(..at as usize);
                before.map_or(0, |before| memchr::memchr_iter(b'\n', before).count()) + 1
            };
            let (first, last) = (line(at.span.start), line(at.span.end.max(at.span.start)));
            changed
                .iter()
                .any(|range| first <= *range.end() && *range.start() <= last)
        };
        let mut labels = finding.labels.iter();
        lines(finding.at).is_some()
            && (touches(finding.at) || labels.any(|label| touches(label.at)))
    }
}

/// The repository of the working directory, or else of the first path; all paths must lie in it.
fn open(args: &Check, flag: &'static str) -> Result<Repository, Stop> {
    let repository = Repository::open(Path::new(""), flag).or_else(|error| {
        let first = args
            .paths
            .first()
            .map(PathBuf::as_path)
            .unwrap_or(Path::new(""));
        let folder = match first.is_dir() {
            true => first,
            false => first.parent().unwrap_or(Path::new("")),
        };
        if folder.as_os_str().is_empty() || folder == Path::new(".") || !folder.is_dir() {
            return Err(error);
        }
        Repository::open(folder, flag)
    })?;
    for path in &args.paths {
        let outside = std::fs::canonicalize(path).ok();
        if outside.is_some_and(|path| !path.starts_with(&repository.root)) {
            return Err(Stop(format!(
                "`{flag}`: {} lies outside the repository {}",
                printed(path),
                printed(&repository.root)
            )));
        }
    }
    Ok(repository)
}

/// The path of a file with its folder free of symbolic links; the file itself may be one.
fn canonical(path: &Path) -> Option<PathBuf> {
    let Some(name) = path.file_name() else {
        return std::fs::canonicalize(path).ok();
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let folder = match folder.as_os_str().is_empty() {
        true => std::fs::canonicalize("."),
        false => std::fs::canonicalize(folder),
    };
    match folder {
        Ok(folder) => Some(folder.join(name)),
        // The folder went with the file.
        Err(_) => std::path::absolute(path).ok(),
    }
}

/// The files of a repository as they are staged: those of the disk, but for what git holds in another state.
pub(super) struct Index<'s> {
    disk: &'s dyn FileSystem,
    repository: &'s Repository,
    staged: &'s HashMap<PathBuf, StagedFile>,
}

impl Index<'_> {
    fn staged(&self, path: &Path) -> Option<&StagedFile> {
        match self.staged.is_empty() {
            true => None,
            false => self.staged.get(&canonical(path)?),
        }
    }
}

impl FileSystem for Index<'_> {
    fn entry(&self, path: &Path) -> io::Result<Entry> {
        match self.staged(path) {
            Some(_) => Ok(Entry::File),
            None => self.disk.entry(path),
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.staged(path) {
            Some(file) => self.repository.content(&file.blob),
            None => self.disk.read(path),
        }
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        match self.staged(path) {
            Some(file) if file.is_gone => {
                canonical(path).ok_or_else(|| io::ErrorKind::NotFound.into())
            }
            _ => self.disk.canonical(path),
        }
    }

    fn names(&self, folder: &Path, limit: usize) -> io::Result<Option<Arc<[Name]>>> {
        let Some(names) = self.disk.names(folder, limit)? else {
            return Ok(None);
        };
        let gone = self.staged.iter().filter(|(_, file)| file.is_gone);
        let mut gone = gone.map(|(path, _)| path).peekable();
        if gone.peek().is_none() {
            return Ok(Some(names));
        }
        let here = self.disk.canonical(folder)?;
        let mut names = names.to_vec();
        let below = gone.filter(|path| path.parent() == Some(&here));
        names.extend(below.filter_map(|path| {
            Some(Name {
                text: path.file_name()?.to_str()?.into(),
                is_folder: false,
                is_link: false,
            })
        }));
        order::sort(&mut names);
        names.dedup();
        Ok((names.len() <= limit).then(|| names.into()))
    }
}
