//! The façade: from texts to diagnostics. The command line, editors and tests all come through here.

mod builts;
mod env_files;
mod inline;
pub mod survey;
mod unit;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use crate::diagnostic::{Diagnostic, Problem, SyntaxError};
use crate::engine::fix;
use crate::engine::ruleset::Ruleset;
use crate::engine::walk::{self, InternalError};
use crate::text::span::offset;
use crate::text::{FileId, SourceFile, Sources, order};
use crate::workers::parallel;
use crate::workspace::beside::{Beside, Folders};
use crate::workspace::kind::Kind;
use crate::workspace::projects::Places;

pub use builts::Builts;
pub use unit::{
    Elsewhere, Linked, Member, Surveyed, SurveyedBuild, Unit, UnitLinted, lint_all_among,
    lint_among, lint_unit, load_unit, root_alone, survey_unit,
};

/// What linting one file came to.
#[derive(Clone, Debug, Default)]
pub struct Linted {
    /// The findings, suppressed ones marked, sorted by position and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// Every place that does not follow the grammar, whichever rules are on.
    pub syntax_errors: Vec<SyntaxError>,
    /// What went wrong inside dockworthy.
    pub internal: Vec<InternalError>,
}

impl Linted {
    /// The form that fixing works on.
    pub fn into_fixable(self) -> fix::Linted {
        let diagnostics = self
            .diagnostics
            .into_iter()
            .filter(|d| d.suppressed.is_none())
            .collect();
        fix::Linted {
            diagnostics,
            syntax_errors: self.syntax_errors.len(),
        }
    }
}

/// A file to lint, and what is known of its surroundings.
#[derive(Clone, Debug)]
pub struct Input {
    /// The file.
    pub source: SourceFile,
    /// What it is.
    pub kind: Kind,
    /// What stands beside it, for a file on a disk; see [`surroundings`].
    pub beside: Option<Beside>,
}

impl Input {
    /// A file that stands alone.
    pub fn alone(source: SourceFile, kind: Kind) -> Input {
        Input {
            source,
            kind,
            beside: None,
        }
    }

    /// The same, borrowed.
    pub fn subject(&self) -> Subject<'_> {
        Subject {
            source: &self.source,
            kind: self.kind,
            beside: self.beside.as_ref(),
        }
    }
}

/// An [`Input`] that somebody else holds.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'s> {
    /// The file.
    pub source: &'s SourceFile,
    /// What it is.
    pub kind: Kind,
    /// What stands beside it.
    pub beside: Option<&'s Beside>,
}

/// What is to be known of the surroundings of a file, if anything.
pub fn surroundings(source: &SourceFile, kind: Kind, folders: &Folders<'_>) -> Option<Beside> {
    match kind {
        Kind::Dockerfile => folders.beside(&source.path),
        Kind::Compose | Kind::Dockerignore | Kind::Env | Kind::Config => None,
    }
}

/// Lints one file that stands alone; see [`lint_subject`].
pub fn lint(source: &SourceFile, kind: Kind, ruleset: &Ruleset, today: Option<&str>) -> Linted {
    let subject = Subject {
        source,
        kind,
        beside: None,
    };
    lint_subject(subject, ruleset, today)
}

/// Lints one file. Kinds that are not linted have no findings. `today` (`YYYY-MM-DD`) decides about expired
/// suppressions.
pub fn lint_subject(subject: Subject<'_>, ruleset: &Ruleset, today: Option<&str>) -> Linted {
    let Subject {
        source,
        kind,
        beside,
    } = subject;
    if kind == Kind::Compose {
        let member = Member { subject, ruleset };
        let roots = [root_alone(&source.path)];
        let mut linted = lint_unit(&[member], &roots, None, today);
        return linted.members.pop().unwrap_or_default();
    }
    let linted = catch_unwind(AssertUnwindSafe(|| {
        let walk = match kind {
            Kind::Dockerfile if source.is_wide() => walk::bytes(source, ruleset),
            Kind::Dockerfile => walk::dockerfile(source, ruleset, beside),
            _ => return Linted::default(),
        };
        unit::finish(source, ruleset, walk, today)
    }));
    linted.unwrap_or_else(|panic| {
        let error = InternalError {
            place: "the parser",
            message: walk::panic_message(&*panic),
        };
        Linted {
            internal: vec![error],
            ..Linted::default()
        }
    })
}

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// All findings, sorted by file, position and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts of the files with findings.
    pub sources: Sources,
    /// What could not be read, and what went wrong inside dockworthy.
    pub problems: Vec<Problem>,
    /// How many files were linted.
    pub files: usize,
}

/// Reads and lints many files with `threads` threads: file `n` under `rulesets[n]`, those of a unit together. `read`
/// gives the text of a file, what it is and what stands beside it; its error is the whole sentence for the user. The
/// order of the outcome is that of the files, whatever the threads do.
///
/// # Panics
/// Only when `read` does.
pub fn run(
    rulesets: &[Arc<Ruleset>],
    units: &[Unit],
    places: &Places<'_>,
    threads: usize,
    today: Option<&str>,
    read: impl Fn(FileId) -> Result<Input, Problem> + Sync,
) -> Outcome {
    let next_id = AtomicU32::new(offset(rulesets.len()));
    let elsewhere = Elsewhere {
        places,
        next: &next_id,
    };
    let ruleset = |id: FileId| &*rulesets[id.0 as usize];
    let results = parallel(units.len(), threads, |number| {
        let unit = &units[number];
        let mut done = Done::default();
        let mut inputs = Vec::with_capacity(unit.files.len());
        for id in &unit.files {
            match read(*id) {
                Ok(input) if input.kind == Kind::Compose => inputs.push((*id, input)),
                Ok(input) => {
                    let linted = lint_subject(input.subject(), ruleset(*id), today);
                    done.add(*id, input.source, linted);
                }
                Err(problem) => done.files.push((*id, Err(problem))),
            }
        }
        if inputs.is_empty() {
            return done;
        }
        let members: Vec<Member<'_>> = inputs
            .iter()
            .map(|(id, input)| Member {
                subject: input.subject(),
                ruleset: ruleset(*id),
            })
            .collect();
        let linted = lint_unit(&members, &unit.roots, Some(elsewhere), today);
        drop(members);
        let mut others = linted.sources;
        for ((id, input), linted) in inputs.into_iter().zip(linted.members) {
            if linted.diagnostics.is_empty() && linted.internal.is_empty() {
                others.push(input.source);
                done.files.push((id, Ok(linted)));
            } else {
                done.add(id, input.source, linted);
            }
        }
        for (source, linted) in linted.others {
            done.others.push((source.path.clone(), linted.diagnostics));
            others.push(source);
        }
        for (source, said) in linted.about_comments {
            done.about_comments.push((source.path.clone(), said));
            others.push(source);
        }
        done.keep(others);
        done
    });
    let mut outcome = Outcome::default();
    let mut files = Vec::new();
    let mut others = Vec::new();
    let mut about_comments: BTreeMap<PathBuf, Vec<Vec<Diagnostic>>> = BTreeMap::new();
    for done in results {
        files.extend(done.files);
        others.extend(done.others);
        for (path, said) in done.about_comments {
            about_comments.entry(path).or_default().push(said);
        }
        for source in done.sources {
            outcome.sources.insert(source);
        }
    }
    order::sort_by_key(&mut files, |(id, _)| *id);
    for (id, result) in files {
        match result {
            Ok(linted) => outcome.add(id, linted),
            Err(problem) => outcome.problems.push(problem),
        }
    }
    let agreed = about_comments
        .into_iter()
        .map(|(path, said)| (path, env_files::agreed(said)));
    others.extend(agreed.filter(|(_, said)| !said.is_empty()));
    outcome.add_others(others);
    outcome
}

/// What linting one unit brought.
#[derive(Default)]
struct Done {
    files: Vec<(FileId, Result<Linted, Problem>)>,
    /// Findings in files that are only read, by their paths.
    others: Vec<(PathBuf, Vec<Diagnostic>)>,
    /// What there is to say of the comments in files with variables, by their paths.
    about_comments: Vec<(PathBuf, Vec<Diagnostic>)>,
    /// The files that findings are in or point to.
    sources: Vec<SourceFile>,
}

impl Done {
    fn add(&mut self, id: FileId, source: SourceFile, linted: Linted) {
        // A file without findings is not needed for the report.
        if !linted.diagnostics.is_empty() || !linted.internal.is_empty() {
            self.sources.push(source);
        }
        self.files.push((id, Ok(linted)));
    }

    /// Keeps those of the files that findings are in or point to.
    fn keep(&mut self, sources: Vec<SourceFile>) {
        let linted = self
            .files
            .iter()
            .filter_map(|(_, linted)| linted.as_ref().ok());
        let own = linted.flat_map(|linted| &linted.diagnostics);
        let others = self.others.iter().chain(&self.about_comments);
        let all = own.chain(others.flat_map(|(_, diagnostics)| diagnostics));
        let mut wanted = HashSet::new();
        for diagnostic in all {
            let finding = &diagnostic.finding;
            wanted.insert(finding.at.file);
            wanted.extend(finding.labels.iter().map(|label| label.at.file));
        }
        let needed = sources
            .into_iter()
            .filter(|source| wanted.contains(&source.id));
        self.sources.extend(needed);
    }
}

impl Outcome {
    fn add(&mut self, id: FileId, linted: Linted) {
        self.files += 1;
        for error in linted.internal {
            let message = format!(
                "internal error in {}: {}; please report it",
                error.place, error.message
            );
            let path = self.sources.get(id).map(|source| source.display_path());
            self.problems.push(Problem { path, message });
        }
        self.diagnostics.extend(linted.diagnostics);
    }

    /// Adds findings in files that were only read. What two projects find in one file is one.
    fn add_others(&mut self, mut others: Vec<(PathBuf, Vec<Diagnostic>)>) {
        if others.is_empty() {
            return;
        }
        order::sort_by(&mut others, |a, b| a.0.cmp(&b.0));
        let mut seen = HashSet::new();
        for (path, diagnostics) in others {
            let mut is_new = |d: &Diagnostic| {
                let finding = &d.finding;
                seen.insert((
                    path.clone(),
                    d.rule,
                    finding.at.span,
                    finding.message.clone(),
                ))
            };
            self.diagnostics
                .extend(diagnostics.into_iter().filter(|d| is_new(d)));
        }
        let sources = &self.sources;
        let path = |file: FileId| sources.get(file).map(|source| &*source.path);
        let file = |d: &Diagnostic| d.finding.at.file;
        // Paths are slow to compare: once for each file is enough. Nearly all are in their order by now.
        let mut files: Vec<FileId> = self.diagnostics.iter().map(file).collect();
        files.dedup();
        order::sort_by(&mut files, |a, b| path(*a).cmp(&path(*b)));
        let mut places: HashMap<FileId, usize> = HashMap::with_capacity(files.len());
        for (number, file) in files.iter().enumerate() {
            let same = number.checked_sub(1).map(|before| files[before]);
            let same = same.filter(|before| path(*before) == path(*file));
            let place = same.and_then(|before| places.get(&before).copied());
            places.insert(*file, place.unwrap_or(number));
        }
        self.diagnostics
            .sort_by_cached_key(|d| (places.get(&file(d)).copied(), d.finding.at.span, d.rule));
    }
}
