//! Which files a run looks at: those that were named, and those found by walking through named folders.
//!
//! Not for: reading files. The only place that names the `ignore` crate. The result depends on the tree
//! alone, never on the order in which threads met its parts.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, WalkBuilder, WalkState};

use super::fs::{Disk, Entry, FileSystem, cannot_read, lexical, special};
use super::kind::{Kind, kind_by_name, kind_of_found, kind_of_named};
use crate::diagnostic::Problem;
use crate::text::source::printed;
use crate::text::{order, path};

/// Hidden folders that are looked into.
const HIDDEN_BUT_OURS: &[&str] = &[".devcontainer", ".github"];

/// How to walk.
#[derive(Clone, Debug)]
pub struct Options {
    /// What is left out of walks; a file that was named itself is always taken.
    pub excludes: Vec<Exclude>,
    /// Whether git's ignore files count (`.gitignore`, `.git/info/exclude` and the user's own).
    pub ignore_files: bool,
    /// Threads that walk; 0 lets the walker choose.
    pub jobs: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            excludes: Vec::new(),
            ignore_files: true,
            jobs: 0,
        }
    }
}

/// Patterns that keep files and folders out of walks, read as git reads a `.gitignore`: without a slash
/// a pattern means a name at any depth, with one it means a path below the pattern's folder.
#[derive(Clone, Debug)]
pub struct Exclude {
    matcher: Gitignore,
}

impl Exclude {
    /// Patterns that belong to `folder`, a path that begins as the run's root does: a pattern with a slash
    /// means a path below it.
    ///
    /// # Errors
    /// When a pattern is malformed; the message names it.
    pub fn new<'p>(
        folder: &Path,
        patterns: impl IntoIterator<Item = &'p str>,
    ) -> Result<Exclude, String> {
        let mut builder = GitignoreBuilder::new(folder);
        for pattern in patterns {
            builder
                .add_line(None, pattern)
                .map_err(|error| format!("`{pattern}` is not a glob: {error}"))?;
        }
        let matcher = builder.build().map_err(|error| error.to_string())?;
        Ok(Exclude { matcher })
    }

    /// Whether a file, or a folder that it is in, is left out. The path may be relative to the working
    /// directory.
    pub fn matches_file(&self, path: &Path) -> bool {
        if self.matcher.is_empty() {
            return false;
        }
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let folder = self.matcher.path();
        // The matcher must not be asked about paths outside its folder.
        path.starts_with(folder)
            && self
                .matcher
                .matched_path_or_any_parents(&path, false)
                .is_ignore()
    }

    fn matches(&self, path: &Path, is_folder: bool) -> bool {
        self.matcher.matched(path, is_folder).is_ignore()
    }
}

/// What the text of a `.gitignore` says of a file below its folder, given by its path from there: nothing, or whether
/// the file is ignored. Malformed lines count for nothing.
pub fn ignored_by(text: &str, path: &Path) -> Option<bool> {
    let mut builder = GitignoreBuilder::new("");
    for line in text.lines() {
        // The others still count.
        let _ = builder.add_line(None, line);
    }
    let matcher = builder.build().ok()?;
    let found = matcher.matched_path_or_any_parents(path, false);
    (!found.is_none()).then(|| found.is_ignore())
}

/// A file to look at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// The path as the user will see it: as it was named, or below the folder that was named.
    pub path: PathBuf,
    /// What its name says it is; only a named file can have a name that says nothing.
    pub kind: Option<Kind>,
    /// Whether the user named it.
    pub named: bool,
    /// Whether another file says what it is: a Compose file that includes, extends or builds it.
    pub pointed: bool,
}

impl Found {
    /// What the file is once its text is known. `None`: it is not ours after all; for a named file that
    /// is worth a [`Problem`].
    pub fn kind_of(&self, text: &str) -> Option<Kind> {
        if self.pointed {
            self.kind
        } else if self.named {
            kind_of_named(&self.path, text)
        } else {
            kind_of_found(&self.path, text)
        }
    }
}

/// What there is to look at.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Discovery {
    /// The files, sorted by path, each once.
    pub files: Vec<Found>,
    /// Paths that do not exist and folders that cannot be read: the run is incomplete.
    pub problems: Vec<Problem>,
    /// What has a name of ours and was passed over on a walk, because it is no regular file. Worth a
    /// word; the run is complete without it.
    pub skipped: Vec<Problem>,
}

/// Finds the files that `paths` name or contain. Relative paths begin at `root`, the working directory.
pub fn discover(root: &Path, paths: &[PathBuf], options: &Options) -> Discovery {
    discover_and_tell(root, paths, options, &|_| {})
}

/// The same. `tell` is called for whatever a walk meets, with whether it is one of ours.
pub fn discover_and_tell(
    root: &Path,
    paths: &[PathBuf],
    options: &Options,
    tell: &(dyn Fn(bool) + Sync),
) -> Discovery {
    let disk = Disk::new(root);
    let mut found = Findings::default();
    for path in paths {
        match disk.entry(path) {
            Ok(Entry::File) => found.add(root, path, true),
            Ok(Entry::Folder) => walk(root, path, options, tell, &mut found),
            Ok(Entry::Other(word)) => found.problems.push(Problem {
                path: Some(printed(path)),
                message: format!("{word} is not read; `-` reads standard input"),
            }),
            Err(error) => found.problems.push(cannot_read(path, &error)),
        }
    }
    found.resolve_links(&disk);
    found.into_discovery()
}

/// What was met so far.
#[derive(Default)]
struct Findings {
    /// By the absolute path without dots, so that two ways to name a file are one.
    files: HashMap<OsString, Found>,
    /// Symbolic links with a name of ours, and the folder whose walk met them.
    links: Vec<(PathBuf, PathBuf)>,
    problems: Vec<Problem>,
    skipped: Vec<Problem>,
}

impl Findings {
    fn add(&mut self, root: &Path, path: &Path, named: bool) {
        let shown = lexical(path);
        let kind = kind_by_name(&shown);
        let key = match root.as_os_str().is_empty() {
            true => shown.clone(),
            false => lexical(&root.join(path)),
        };
        let found = self.files.entry(key.into()).or_insert_with(|| Found {
            path: shown.clone(),
            kind,
            named,
            pointed: false,
        });
        found.named |= named;
        if found.path.is_absolute() && shown.is_relative() {
            found.path = shown;
        }
    }

    fn skip(&mut self, path: &Path, why: impl Into<String>) {
        self.skipped.push(Problem {
            path: Some(printed(&lexical(path))),
            message: why.into(),
        });
    }

    /// Takes a symbolic link that a walk met if it leads to a file which is inside the walked folder and
    /// not looked at anyway. Links to folders are not walked, so that loops have no way in.
    fn resolve_links(&mut self, disk: &Disk) {
        let links = std::mem::take(&mut self.links);
        if links.is_empty() {
            return;
        }
        let mut known: HashSet<PathBuf> = self
            .files
            .values()
            .filter_map(|found| disk.canonical(&found.path).ok())
            .collect();
        for (link, folder) in links {
            match disk.entry(&link) {
                Ok(Entry::File) => {}
                Ok(Entry::Folder) => continue,
                Ok(Entry::Other(word)) => {
                    self.skip(&link, format!("skipped: it leads to {word}"));
                    continue;
                }
                Err(_) => {
                    self.skip(&link, "skipped: the symbolic link leads nowhere");
                    continue;
                }
            }
            let (Ok(target), Ok(folder)) = (disk.canonical(&link), disk.canonical(&folder)) else {
                continue;
            };
            if !target.starts_with(&folder) {
                self.skip(&link, "skipped: the symbolic link leads out of the folder");
            } else if known.insert(target) {
                self.add(Path::new(""), &link, false);
            }
        }
    }

    fn into_discovery(self) -> Discovery {
        let mut files: Vec<Found> = self.files.into_values().collect();
        order::sort_by(&mut files, |a, b| path::compare(&a.path, &b.path));
        let mut discovery = Discovery {
            files,
            problems: self.problems,
            skipped: self.skipped,
        };
        for list in [&mut discovery.problems, &mut discovery.skipped] {
            order::sort(list);
            list.dedup();
        }
        discovery
    }
}

/// Something with a name of ours that a walk met, or an error.
enum Met {
    File(PathBuf),
    Link(PathBuf),
    Special(PathBuf, &'static str),
    Error(ignore::Error),
}

/// Walks through one folder, in parallel.
fn walk(
    root: &Path,
    folder: &Path,
    options: &Options,
    tell: &(dyn Fn(bool) + Sync),
    found: &mut Findings,
) {
    // Without its dots in the middle, which would hide a path from patterns that are anchored.
    let start: PathBuf = root.join(folder).components().collect();
    let mut builder = WalkBuilder::new(&start);
    builder
        .standard_filters(false)
        .parents(options.ignore_files)
        .git_ignore(options.ignore_files)
        .git_exclude(options.ignore_files)
        .git_global(options.ignore_files)
        // A checkout without its `.git`, as in a container, has the same ignore files.
        .require_git(false)
        .follow_links(false)
        .threads(options.jobs);
    let excludes = options.excludes.clone();
    builder.filter_entry(move |entry| is_walked(entry, &excludes));

    let met = Mutex::new(Vec::new());
    builder.build_parallel().run(|| {
        Box::new(|entry| {
            let one = match entry {
                Ok(entry) => of_interest(entry),
                Err(error) => Some(Met::Error(error)),
            };
            tell(matches!(one, Some(Met::File(_))));
            if let Some(one) = one {
                met.lock().unwrap_or_else(PoisonError::into_inner).push(one);
            }
            WalkState::Continue
        })
    });

    let shown = |path: &Path| -> PathBuf {
        let below = path.strip_prefix(&start).unwrap_or(path);
        folder.join(below)
    };
    let met = met.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.files.reserve(met.len());
    for one in met {
        match one {
            Met::File(path) => found.add(root, &shown(&path), false),
            Met::Link(path) => found.links.push((shown(&path), folder.to_path_buf())),
            Met::Special(path, word) => {
                found.skip(&shown(&path), format!("skipped: it is {word}"));
            }
            Met::Error(error) => {
                if let Some((path, error)) = io_error(&error) {
                    let path = path.map_or_else(|| folder.to_path_buf(), shown);
                    found.problems.push(cannot_read(&lexical(&path), error));
                }
            }
        }
    }
    order::sort(&mut found.links);
}

/// Whether a walk goes into a folder, or looks at a file.
fn is_walked(entry: &DirEntry, excludes: &[Exclude]) -> bool {
    if entry.depth() == 0 {
        return true;
    }
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    let name = entry.file_name().to_string_lossy();
    if name.starts_with('.') && !(is_folder && HIDDEN_BUT_OURS.contains(&&*name)) {
        return false;
    }
    !excludes
        .iter()
        .any(|exclude| exclude.matches(entry.path(), is_folder))
}

/// What a walk met, if its name says that it is a Dockerfile or a Compose file.
fn of_interest(entry: DirEntry) -> Option<Met> {
    if entry.depth() == 0
        || !matches!(
            kind_by_name(entry.path())?,
            Kind::Dockerfile | Kind::Compose
        )
    {
        return None;
    }
    let file_type: FileType = entry.file_type()?;
    let path = entry.into_path();
    if file_type.is_dir() {
        None
    } else if file_type.is_file() {
        Some(Met::File(path))
    } else if file_type.is_symlink() {
        Some(Met::Link(path))
    } else {
        Some(Met::Special(path, special(file_type)))
    }
}

/// The I/O error in an error of the walker, with its path. Malformed ignore files are git's business.
fn io_error(error: &ignore::Error) -> Option<(Option<&Path>, &io::Error)> {
    match error {
        ignore::Error::Io(error) => Some((None, error)),
        ignore::Error::WithPath { path, err } => {
            io_error(err).map(|(inner, error)| (inner.or(Some(path)), error))
        }
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            io_error(err)
        }
        ignore::Error::Partial(errors) => errors.iter().find_map(io_error),
        _ => None,
    }
}
