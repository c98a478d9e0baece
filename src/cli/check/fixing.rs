//! Fixing the files of a run: each until it is stable, written or shown as a difference.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU32;

use super::super::args::Check;
use super::super::write;
use super::Run;
use super::finish::style;
use crate::check::{self, Elsewhere, Input, Member, Subject, Unit, lint_unit};
use crate::diagnostic::{Applicability, Problem};
use crate::engine::fix::{self, Fixed};
use crate::engine::ruleset::Ruleset;
use crate::report::diff::{Change, write_diff};
use crate::text::source::printed;
use crate::text::{FileId, SourceFile, order};
use crate::workspace::kind::Kind;

/// What fixing did or would do.
#[derive(Default)]
pub(super) struct Changes {
    /// Texts that were or would be written, by the number of the file.
    pub texts: BTreeMap<u32, String>,
    /// All changes as unified diffs, by path.
    pub diffs: Vec<(PathBuf, Vec<u8>)>,
    /// How many findings were fixed.
    pub fixed: usize,
    /// In how many files.
    pub files: usize,
    pub problems: Vec<Problem>,
}

/// A file that is fixed and not yet written.
pub(super) struct Draft {
    pub input: Input,
    pub fixed: Fixed,
}

/// Which files a fix may change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Only the one that it is about.
    Alone,
    /// Those beside it as well.
    Beside,
}

impl Run<'_> {
    /// Fixes every file, and writes those that change unless only the difference is wanted. Files with fixes that
    /// reach into another file wait until their folder is known.
    pub(super) fn fix(&self) -> Changes {
        let mut changes = Changes::default();
        let mut waiting: BTreeMap<PathBuf, Vec<Draft>> = BTreeMap::new();
        self.progress.begin("fixed", self.rulesets.len());
        for (index, ruleset) in self.rulesets.iter().enumerate() {
            self.progress.next();
            if self.changed.is_some_and(|changed| !changed[index]) {
                continue;
            }
            let id = FileId(crate::text::span::offset(index));
            // What cannot be read is told by the run that follows.
            let Ok(input) = self.read(id) else {
                continue;
            };
            if !input.source.damage.is_empty() {
                continue;
            }
            let fixed = match input.kind {
                Kind::Compose => self.fix_in_project(&input, &changes),
                _ => self.fix_one(&input, ruleset, Reach::Beside),
            };
            let draft = Draft { input, fixed };
            if draft.fixed.companions.is_empty() {
                self.put(draft, &mut changes);
            } else {
                let folder = draft.input.source.path.parent().unwrap_or(Path::new(""));
                waiting.entry(folder.to_owned()).or_default().push(draft);
            }
        }
        for (folder, drafts) in waiting {
            self.fix_folder(&folder, drafts, &mut changes);
        }
        self.progress.clear();
        order::sort(&mut changes.diffs);
        changes
    }

    pub(super) fn fix_one(&self, input: &Input, ruleset: &Ruleset, reach: Reach) -> Fixed {
        fix_source(self.args, input.subject(), ruleset, &self.today, reach)
    }

    /// Writes a fixed file, and says whether it has been written if it had to be.
    pub(super) fn put(&self, draft: Draft, changes: &mut Changes) -> bool {
        let Draft { input, fixed } = draft;
        let source = &input.source;
        if fixed.text != *source.text {
            if self.args.diff {
                let diff = difference(self.args, &source.path, Some(&source.text), &fixed.text);
                changes.diffs.push((source.path.clone(), diff));
            } else if let Err(error) = write::replace(&source.path, fixed.text.as_bytes()) {
                changes.problems.push(cannot_write(&source.path, &error));
                return false;
            }
            changes.files += 1;
            changes.texts.insert(source.id.0, fixed.text);
        }
        changes.fixed += fixed.applied.values().sum::<usize>();
        true
    }

    /// Fixes a Compose file, with the other files of its project as they are by now.
    fn fix_in_project(&self, input: &Input, changes: &Changes) -> Fixed {
        let file = &input.source;
        let alone = Unit::default();
        let has = |unit: &&Unit| unit.files.contains(&file.id);
        let unit = self.units.iter().find(has).unwrap_or(&alone);
        let inputs: Vec<Input> = unit
            .files
            .iter()
            .filter(|id| **id != file.id)
            .filter_map(|id| self.read_changed(*id, changes).ok())
            .filter(|input| input.kind == Kind::Compose)
            .collect();
        let next = AtomicU32::new(crate::text::span::offset(self.rulesets.len()));
        let elsewhere = Elsewhere {
            places: self.places,
            next: &next,
        };
        fix::fix(&file.text, threshold(self.args), |text| {
            let source = SourceFile::from_text(file.id, file.path.clone(), text);
            let subject = Subject {
                source: &source,
                ..input.subject()
            };
            let subjects = std::iter::once(subject).chain(inputs.iter().map(Input::subject));
            let members: Vec<Member<'_>> = subjects
                .map(|subject| Member {
                    subject,
                    ruleset: &self.rulesets[subject.source.id.0 as usize],
                })
                .collect();
            let linted = lint_unit(&members, &unit.roots, Some(elsewhere), Some(&self.today));
            let own = linted.members.into_iter().next();
            own.unwrap_or_default().into_fixable()
        })
    }
}

pub(super) fn cannot_write(path: &Path, error: &std::io::Error) -> Problem {
    Problem {
        path: Some(printed(path)),
        message: format!("cannot write the fixed file: {error}"),
    }
}

fn threshold(args: &Check) -> Applicability {
    if args.unsafe_fixes {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    }
}

pub(super) fn fix_source(
    args: &Check,
    subject: Subject<'_>,
    ruleset: &Ruleset,
    today: &str,
    reach: Reach,
) -> Fixed {
    let file = subject.source;
    fix::fix(&file.text, threshold(args), |text| {
        let source = SourceFile::from_text(file.id, file.path.clone(), text);
        let subject = Subject {
            source: &source,
            ..subject
        };
        let mut linted = check::lint_subject(subject, ruleset, Some(today)).into_fixable();
        if reach == Reach::Alone {
            for diagnostic in &mut linted.diagnostics {
                let fixes = &mut diagnostic.finding.fixes;
                fixes.retain(|fix| fix.companion.is_none());
            }
        }
        linted
    })
}

pub(super) fn fixed_line(findings: usize, files: usize) -> String {
    let plural = |number: usize, noun: &str| {
        format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
    };
    format!(
        "fixed {} in {}",
        plural(findings, "finding"),
        plural(files, "file")
    )
}

/// What fixing changes in a file, as a unified diff: for reading on a terminal, for applying elsewhere.
pub(super) fn difference(args: &Check, path: &Path, old: Option<&str>, new: &str) -> Vec<u8> {
    let change = Change {
        path,
        old: old.map(str::as_bytes),
        new: new.as_bytes(),
    };
    let style = style(args, &std::io::stdout());
    let screen = (style.color || std::io::stdout().is_terminal()).then_some(&style);
    let mut diff = Vec::new();
    write_diff(&change, screen, &mut diff).expect("writing to memory does not fail");
    diff
}
