//! The façade: from texts to diagnostics. The command line, editors and tests all come through here.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::compose::neighbours;
use crate::diagnostic::{Diagnostic, Problem, SyntaxError};
use crate::engine::fix;
use crate::engine::ruleset::Ruleset;
use crate::engine::settle::settle;
use crate::engine::suppress::silence::Silences;
use crate::engine::walk::{self, InternalError};
use crate::text::span::offset;
use crate::text::{FileId, SourceFile, Sources};
use crate::workspace::beside::{Beside, Folders};
use crate::workspace::kind::Kind;

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
        Kind::Compose if !source.is_wide() => {
            // A panic comes again when the file is linted, and is reported then.
            let wanted = || neighbours::wanted(&source.text, &source.path);
            let wanted = catch_unwind(AssertUnwindSafe(wanted)).unwrap_or_default();
            (!wanted.is_empty()).then(|| folders.led_to(&source.path, &wanted))
        }
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
    let linted = catch_unwind(AssertUnwindSafe(|| {
        let mut walk = match kind {
            Kind::Dockerfile | Kind::Compose if source.is_wide() => walk::bytes(source, ruleset),
            Kind::Dockerfile => walk::dockerfile(source, ruleset, beside),
            Kind::Compose => walk::compose(source, ruleset, beside),
            Kind::Dockerignore | Kind::Env | Kind::Config => return Linted::default(),
        };
        walk.syntax_errors.sort_by_key(|error| error.span);
        let silences = Silences::new(&walk.ignore_comments, ruleset, today);
        let mut silenced = silences.find(&walk.findings);
        if !walk.ignore_comments.is_empty() && !ruleset.table().suppression.is_empty() {
            let is_complete = walk.syntax_errors.is_empty() && walk.internal.is_empty();
            let uses = silences.uses(&mut silenced, is_complete);
            let more = walk::suppressions(source, ruleset, &uses);
            silenced.by.extend(silences.find(&more.findings).by);
            walk.findings.extend(more.findings);
            walk.internal.extend(more.internal);
        }
        let diagnostics = settle(walk.findings, silenced.by, ruleset, source);
        Linted {
            diagnostics,
            syntax_errors: walk.syntax_errors,
            internal: walk.internal,
        }
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

/// How much stack a worker gets, in bytes. The parsers' depth limits need far less.
const STACK: usize = 8 << 20;

/// Reads and lints many files with `threads` threads: file `n` under `rulesets[n]`. `read` gives the text of a
/// file, what it is and what stands beside it; its error is the whole sentence for the user. The order of the outcome is that of the
/// files, whatever the threads do.
///
/// # Panics
/// Only when `read` does.
pub fn run(
    rulesets: &[Arc<Ruleset>],
    threads: usize,
    today: Option<&str>,
    read: impl Fn(FileId) -> Result<Input, Problem> + Sync,
) -> Outcome {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(ruleset) = rulesets.get(index) else {
                return done;
            };
            let result = read(FileId(offset(index))).map(|input| {
                let linted = lint_subject(input.subject(), ruleset, today);
                // A file without findings is not needed for the report.
                let keep = !linted.diagnostics.is_empty() || !linted.internal.is_empty();
                (keep.then_some(input.source), linted)
            });
            done.push((index, result));
        }
    };
    let threads = threads.clamp(1, rulesets.len().max(1));
    let mut results = std::thread::scope(|scope| {
        let start = |_| {
            std::thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, work)
        };
        let workers: Vec<_> = (1..threads)
            .filter_map(|number| start(number).ok())
            .collect();
        // This thread works too, so that a system which gives no more threads still gets its answer.
        let mut results = work();
        for worker in workers {
            results.extend(
                worker
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            );
        }
        results
    });
    results.sort_by_key(|(index, _)| *index);
    let mut outcome = Outcome::default();
    for (_, result) in results {
        match result {
            Ok((source, linted)) => outcome.add(source, linted),
            Err(problem) => outcome.problems.push(problem),
        }
    }
    outcome
}

impl Outcome {
    fn add(&mut self, source: Option<SourceFile>, linted: Linted) {
        self.files += 1;
        let Some(source) = source else { return };
        for error in linted.internal {
            let message = format!(
                "internal error in {}: {}; please report it",
                error.place, error.message
            );
            self.problems.push(Problem {
                path: Some(source.display_path()),
                message,
            });
        }
        self.diagnostics.extend(linted.diagnostics);
        self.sources.insert(source);
    }
}
