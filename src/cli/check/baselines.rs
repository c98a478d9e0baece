//! The baselines of a run: which file counts for which findings, and what becomes of it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::args::Check;
use super::super::{Stop, complain, write};
use crate::baseline::matching::{Matched, Seen, matched};
use crate::baseline::{Baseline, Entry as Accepted, Mark, NAME};
use crate::check::Outcome;
use crate::diagnostic::{SuppressedBy, Suppression};
use crate::engine::ruleset::Ruleset;
use crate::text::path::lexical;
use crate::text::source::printed;
use crate::workspace::discover::Found;
use crate::workspace::fs::{Disk, Entry, FileSystem, reason};
use crate::workspace::kind::{Kind, kind_by_name};

/// The baselines that count in a run.
pub(super) struct Baselines {
    used: Vec<Used>,
    /// For each file of the run which of them counts.
    of_file: Vec<Option<usize>>,
    /// Which counts for what is only read.
    otherwise: Option<usize>,
}

/// One of them.
struct Used {
    /// As the user knows it.
    path: PathBuf,
    /// Its folder, absolute: what its paths begin at.
    folder: PathBuf,
    baseline: Baseline,
}

/// What a run looked at.
#[derive(Clone, Copy)]
pub(super) struct Range<'l> {
    pub found: &'l [Found],
    pub rulesets: &'l [Arc<Ruleset>],
    /// The paths of the command line.
    pub paths: &'l [PathBuf],
    /// Whether findings were left out, so that what is missing says nothing.
    pub is_narrowed: bool,
}

impl Baselines {
    /// Reads the baselines that the flags, the configurations (`configured`, for each file) and the folders name.
    pub(super) fn open(
        args: &Check,
        disk: &Disk,
        configured: &[Option<PathBuf>],
    ) -> Result<Baselines, Stop> {
        let mut baselines = Baselines {
            used: Vec::new(),
            of_file: Vec::with_capacity(configured.len()),
            otherwise: None,
        };
        let otherwise = match &args.baseline {
            Some(path) => Some(path.clone()),
            None if args.no_config => None,
            None => nearest(disk),
        };
        let otherwise = otherwise.or_else(|| args.write_baseline.then(|| PathBuf::from(NAME)));
        if let Some(path) = otherwise
            && (configured.is_empty()
                || configured.iter().any(Option::is_none)
                || args.baseline.is_some())
        {
            baselines.otherwise = Some(baselines.add(&path, args, disk)?);
        }
        for path in configured {
            let used = match path {
                Some(path) if args.baseline.is_none() => Some(baselines.add(path, args, disk)?),
                _ => baselines.otherwise,
            };
            baselines.of_file.push(used);
        }
        Ok(baselines)
    }

    fn add(&mut self, path: &Path, args: &Check, disk: &Disk) -> Result<usize, Stop> {
        // A configuration names its own by its whole path, which is more than anybody wants to read.
        let here = std::env::current_dir().unwrap_or_default();
        let path = path.strip_prefix(here).unwrap_or(path);
        if let Some(known) = self.used.iter().position(|used| used.path == path) {
            return Ok(known);
        }
        let shown = printed(path);
        let baseline = match disk.read(path) {
            Ok(bytes) => {
                let text = String::from_utf8(bytes)
                    .map_err(|_| Stop(format!("{shown}: the baseline is no UTF-8; {REMEDY}")))?;
                Baseline::parse(&text).map_err(|fault| {
                    let crate::baseline::Fault { line, message } = fault;
                    Stop(format!(
                        "{shown}:{line}: broken baseline: {message}; {REMEDY}"
                    ))
                })?
            }
            Err(error) if args.write_baseline && error.kind() == std::io::ErrorKind::NotFound => {
                Baseline::default()
            }
            Err(error) => {
                return Err(Stop(format!(
                    "cannot read the baseline {shown}: {}; `--write-baseline` makes one",
                    reason(&error)
                )));
            }
        };
        let folder = absolute(path.parent().unwrap_or(Path::new("")))?;
        self.used.push(Used {
            path: path.to_owned(),
            folder,
            baseline,
        });
        Ok(self.used.len() - 1)
    }

    /// Marks the findings that are accepted.
    pub(super) fn mark(&self, outcome: &mut Outcome, disk: &Disk) -> Result<(), Stop> {
        for (number, used) in self.used.iter().enumerate() {
            let known = {
                let findings = self.findings(number, outcome)?;
                let matched = used.matched(disk, &findings);
                let known = findings.indices.iter().zip(matched.known);
                let known = known.filter(|(_, known)| *known);
                known.map(|(index, _)| *index).collect::<Vec<usize>>()
            };
            for index in known {
                outcome.diagnostics[index].suppressed = Some(accepted());
            }
        }
        Ok(())
    }

    /// Says what is mended, or writes the baselines, whose findings then are accepted.
    pub(super) fn settle(
        &self,
        args: &Check,
        disk: &Disk,
        outcome: &mut Outcome,
        looked: Range<'_>,
    ) -> Result<(), Stop> {
        for (number, used) in self.used.iter().enumerate() {
            let findings = self.findings(number, outcome)?;
            let matched = used.matched(disk, &findings);
            let mended = used.mended(number, self, disk, outcome, looked, &matched)?;
            if !args.write_baseline {
                used.tell(args, &matched, &mended);
                continue;
            }
            used.write(&matched, &mended, &findings)?;
            if !args.quiet {
                let count = plural(findings.indices.len(), "finding");
                complain(&format!("wrote {count} to {}", printed(&used.path)));
            }
            let indices = findings.indices;
            for index in indices {
                outcome.diagnostics[index].suppressed = Some(accepted());
            }
        }
        Ok(())
    }

    /// The findings that one of the baselines is about: those that nothing else silences.
    fn findings(&self, number: usize, outcome: &Outcome) -> Result<Findings, Stop> {
        let mut findings = Findings::default();
        for (index, diagnostic) in outcome.diagnostics.iter().enumerate() {
            let file = diagnostic.finding.at.file;
            let counts = self.of_file.get(file.0 as usize).copied();
            let silenced = diagnostic.suppressed.as_ref();
            let is_open = silenced.is_none_or(|why| why.by == SuppressedBy::Baseline);
            if counts.unwrap_or(self.otherwise) != Some(number) || !is_open {
                continue;
            }
            let Some(source) = outcome.sources.get(file) else {
                continue;
            };
            let path = match findings.paths.get(&file.0) {
                Some(path) => path.clone(),
                None => {
                    let path: Arc<str> = relative(&self.used[number].folder, &source.path)?.into();
                    findings.paths.insert(file.0, path.clone());
                    path
                }
            };
            findings.indices.push(index);
            let message = diagnostic.finding.message.clone();
            let mark = Mark::of(diagnostic, source);
            findings.all.push((path, diagnostic.rule, mark, message));
        }
        Ok(findings)
    }
}

/// Findings of a run that a baseline is about.
#[derive(Default)]
struct Findings {
    /// Their numbers in the outcome.
    indices: Vec<usize>,
    /// The path of each as the baseline knows it, its rule, its mark and its message.
    all: Vec<(Arc<str>, &'static str, Mark, String)>,
    paths: HashMap<u32, Arc<str>>,
}

impl Findings {
    fn seen(&self) -> Vec<Seen<'_>> {
        let all = self.all.iter();
        all.map(|(path, rule, mark, message)| Seen {
            path,
            rule,
            mark: *mark,
            message,
        })
        .collect()
    }
}

/// Whether a rule has run, or there is no such rule any more.
fn runs(ruleset: &Ruleset, rule: &str) -> bool {
    let rules = ruleset.named(rule);
    rules.is_empty() || rules.iter().any(|rule| ruleset.active(*rule).is_some())
}

fn accepted() -> Suppression {
    Suppression {
        by: SuppressedBy::Baseline,
        reason: None,
    }
}

/// What to do about a broken baseline.
const REMEDY: &str = "mend it, or delete it and run with `--write-baseline`";

impl Used {
    fn matched(&self, disk: &Disk, findings: &Findings) -> Matched {
        matched(&self.baseline, &findings.seen(), |path| {
            self.is_gone(disk, path)
        })
    }

    fn is_gone(&self, disk: &Disk, path: &str) -> bool {
        let entry = disk.entry(&self.folder.join(path));
        entry.is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
    }

    /// For each entry whether what is left of it is mended: its rule ran over its file, or the file is gone.
    fn mended(
        &self,
        number: usize,
        all: &Baselines,
        disk: &Disk,
        outcome: &Outcome,
        looked: Range<'_>,
        matched: &Matched,
    ) -> Result<Vec<bool>, Stop> {
        let entries = self.baseline.entries();
        let mut mended = vec![false; entries.len()];
        if looked.is_narrowed || matched.left.iter().all(|left| *left == 0) {
            return Ok(mended);
        }
        let mut linted: HashMap<String, &Ruleset> = HashMap::new();
        let problems = outcome.problems.iter();
        let unread: HashSet<&str> = problems
            .filter_map(|problem| problem.path.as_deref())
            .collect();
        for (index, found) in looked.found.iter().enumerate() {
            let is_read = !unread.contains(&*printed(&found.path));
            if is_read && all.of_file[index] == Some(number) {
                linted.insert(
                    relative(&self.folder, &found.path)?,
                    &looked.rulesets[index],
                );
            }
        }
        let mut roots = Vec::new();
        for path in looked.paths {
            roots.push(absolute(path)?);
        }
        for (index, entry) in entries
            .iter()
            .enumerate()
            .filter(|(index, _)| matched.left[*index] > 0)
        {
            mended[index] = match linted.get(&entry.path) {
                Some(ruleset) => runs(ruleset, &entry.rule),
                None => {
                    let path = lexical(&self.folder.join(&entry.path));
                    // Files with variables are read with the Compose files of the folder.
                    let is_read = outcome.problems.is_empty()
                        && kind_by_name(&path) == Some(Kind::Env)
                        && linted.values().any(|ruleset| runs(ruleset, &entry.rule));
                    roots.iter().any(|root| path.starts_with(root))
                        && (is_read || self.is_gone(disk, &entry.path))
                }
            };
        }
        Ok(mended)
    }

    /// Says how much of the baseline is no longer needed.
    fn tell(&self, args: &Check, matched: &Matched, mended: &[bool]) {
        let left = matched
            .left
            .iter()
            .zip(mended)
            .filter(|(_, mended)| **mended);
        let count: usize = left.map(|(left, _)| left).sum();
        if count > 0 && !args.quiet {
            let (are, them) = match count {
                1 => ("is", "it"),
                _ => ("are", "them"),
            };
            let (findings, path) = (plural(count, "finding"), printed(&self.path));
            complain(&format!(
                "{findings} of {path} {are} fixed; `--write-baseline` removes {them}"
            ));
        }
    }

    /// Writes the findings of this run, and what the run says nothing about.
    fn write(&self, matched: &Matched, mended: &[bool], findings: &Findings) -> Result<(), Stop> {
        let mut counts: HashMap<(&str, &str, Mark), Accepted> = HashMap::new();
        for seen in findings.seen() {
            let key = (seen.path, seen.rule, seen.mark);
            let accepted = counts.entry(key).or_insert_with(|| Accepted {
                path: seen.path.to_owned(),
                rule: seen.rule.to_owned(),
                message: seen.message.to_owned(),
                mark: seen.mark,
                count: 0,
            });
            accepted.count += 1;
        }
        let entries = self
            .baseline
            .entries()
            .iter()
            .zip(matched.left.iter().zip(mended));
        let kept = entries.filter(|(_, (left, mended))| **left > 0 && !**mended);
        let kept = kept.map(|(entry, (left, _))| Accepted {
            count: *left,
            ..entry.clone()
        });
        let baseline = Baseline::new(counts.into_values().chain(kept));
        let text = baseline.to_string();
        write::create(&self.path, text.as_bytes()).map_err(|error| {
            Stop::writing(&format!("the baseline {}", printed(&self.path)), &error)
        })
    }
}

/// The baseline in the working directory, or in the nearest folder above it within the repository.
fn nearest(disk: &Disk) -> Option<PathBuf> {
    let is_file = |path: &Path| matches!(disk.entry(path), Ok(Entry::File));
    if is_file(Path::new(NAME)) {
        return Some(PathBuf::from(NAME));
    }
    let here = std::env::current_dir().ok()?;
    for folder in here.ancestors() {
        let path = folder.join(NAME);
        if is_file(&path) {
            return Some(path);
        }
        if disk.entry(&folder.join(".git")).is_ok() {
            return None;
        }
    }
    None
}

fn absolute(path: &Path) -> Result<PathBuf, Stop> {
    let here = std::env::current_dir()
        .map_err(|error| Stop(format!("cannot tell the working directory: {error}")))?;
    Ok(lexical(&here.join(path)))
}

/// A file as seen from a folder, with `/` between names.
fn relative(folder: &Path, file: &Path) -> Result<String, Stop> {
    let file = absolute(file)?;
    let (mut from, mut to) = (folder.components().peekable(), file.components().peekable());
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.map(|_| "..".to_owned());
    let down = to.map(|part| part.as_os_str().to_string_lossy().into_owned());
    Ok(up.chain(down).collect::<Vec<_>>().join("/"))
}

pub(super) fn plural(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
