//! `--add-ignores`: comments in the files for all findings that would fail the run.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::super::{Stop, complain, write};
use super::Run;
use super::baselines::plural;
use super::finish::fails;
use super::fixing::{Changes, difference};
use crate::check::{self, Input, Outcome};
use crate::config::FailOn;
use crate::diagnostic::Problem;
use crate::engine::suppress::add::{Wanted, to_compose, to_dockerfile};
use crate::text::source::printed;
use crate::text::{Edit, FileId, SourceFile, apply, order};
use crate::workspace::kind::Kind;

/// How often comments are added and looked at again. Each time a finding may turn out to need another place.
const MAX_ROUNDS: usize = 6;

/// What is to be ignored in one file.
struct Draft {
    input: Input,
    /// How many places do not follow the grammar as the file is.
    syntax_errors: usize,
    wanted: BTreeSet<Wanted>,
    /// What no comment helps.
    hopeless: BTreeSet<(u32, &'static str)>,
    edits: Vec<Edit>,
    text: String,
    /// Whether nothing can be added.
    is_refused: bool,
}

impl Run<'_> {
    /// Adds comments until nothing fails the run that a comment can help, and writes them, unless only the difference
    /// is wanted. `outcome` is that of a run over the files as they are, `again` that of one over changed texts.
    pub(super) fn add_ignores(
        &self,
        outcome: &Outcome,
        fail_on: &[Option<FailOn>],
        again: impl Fn(&Changes) -> Result<Outcome, Stop>,
    ) -> Result<Changes, Stop> {
        let paths = self.found.iter().enumerate();
        let numbers: HashMap<&Path, u32> = paths
            .map(|(number, found)| (found.path.as_path(), crate::text::span::offset(number)))
            .collect();
        let mut drafts: BTreeMap<u32, Draft> = BTreeMap::new();
        let mut changes = Changes::default();
        let mut next = self.failing(outcome, fail_on, &numbers);
        for _ in 0..MAX_ROUNDS {
            if !self.take_in(&next, &mut drafts) {
                break;
            }
            changes.texts.clear();
            for (number, draft) in &mut drafts {
                self.rewrite(draft);
                if !draft.edits.is_empty() {
                    changes.texts.insert(*number, draft.text.clone());
                }
            }
            next = self.failing(&again(&changes)?, fail_on, &numbers);
        }
        self.ignore_in_env_files(outcome, fail_on, &numbers, &mut changes);
        self.keep(drafts, &mut changes);
        Ok(changes)
    }

    /// The findings that would fail the run, by the number of their file: where and which.
    fn failing(
        &self,
        outcome: &Outcome,
        fail_on: &[Option<FailOn>],
        numbers: &HashMap<&Path, u32>,
    ) -> BTreeMap<u32, Vec<(u32, &'static str)>> {
        let mut failing: BTreeMap<u32, Vec<(u32, &'static str)>> = BTreeMap::new();
        for diagnostic in outcome
            .diagnostics
            .iter()
            .filter(|d| fails(self.args, fail_on, d))
        {
            let at = diagnostic.finding.at;
            let source = outcome.sources.get(at.file);
            if let Some(number) = source.and_then(|source| numbers.get(source.path.as_path())) {
                failing
                    .entry(*number)
                    .or_default()
                    .push((at.span.start, diagnostic.rule));
            }
        }
        failing
    }

    /// Notes what is still found. What was to be ignored where it stands is then ignored in its file. Says whether
    /// anything is to be done.
    fn take_in(
        &self,
        failing: &BTreeMap<u32, Vec<(u32, &'static str)>>,
        drafts: &mut BTreeMap<u32, Draft>,
    ) -> bool {
        let mut is_news = false;
        for (number, findings) in failing {
            if !drafts.contains_key(number) {
                match self.draft(FileId(*number)) {
                    Some(draft) => drafts.insert(*number, draft),
                    None => continue,
                };
            }
            let Some(draft) = drafts.get_mut(number).filter(|draft| !draft.is_refused) else {
                continue;
            };
            let places = findings.iter().map(|(at, rule)| Wanted {
                at: before_edits(&draft.edits, *at),
                rule,
                in_file: false,
            });
            // One place may have several findings of a rule.
            for here in order::set(places) {
                let in_file = Wanted {
                    in_file: true,
                    ..here
                };
                if draft.wanted.remove(&here) {
                    is_news |= draft.wanted.insert(in_file);
                } else if draft.wanted.remove(&in_file) {
                    is_news |= draft.hopeless.insert((here.at, here.rule));
                } else if !draft.hopeless.contains(&(here.at, here.rule)) {
                    is_news |= draft.wanted.insert(here);
                }
            }
        }
        is_news
    }

    fn draft(&self, id: FileId) -> Option<Draft> {
        let input = self.read(id).ok()?;
        let is_sound = input.source.damage.is_empty();
        let errors = self.syntax_errors(&input);
        Some(Draft {
            syntax_errors: errors,
            wanted: BTreeSet::new(),
            hopeless: BTreeSet::new(),
            edits: Vec::new(),
            text: String::new(),
            is_refused: !is_sound || !matches!(input.kind, Kind::Dockerfile | Kind::Compose),
            input,
        })
    }

    fn syntax_errors(&self, input: &Input) -> usize {
        let ruleset = &self.rulesets[input.source.id.0 as usize];
        check::lint_subject(input.subject(), ruleset, None)
            .syntax_errors
            .len()
    }

    /// Works out the text with all comments. Where these would do harm, everything is ignored for the file.
    fn rewrite(&self, draft: &mut Draft) {
        if draft.is_refused || self.try_rewrite(draft) {
            return;
        }
        let wanted = std::mem::take(&mut draft.wanted).into_iter();
        draft.wanted = wanted
            .map(|wanted| Wanted {
                in_file: true,
                ..wanted
            })
            .collect();
        if !self.try_rewrite(draft) {
            draft.is_refused = true;
            draft.edits.clear();
        }
    }

    /// Works out the text, and says whether it follows the grammar as much as before.
    fn try_rewrite(&self, draft: &mut Draft) -> bool {
        let source = &draft.input.source;
        let wanted: Vec<Wanted> = draft.wanted.iter().copied().collect();
        let reason = self.args.reason.as_deref();
        draft.edits = match draft.input.kind {
            Kind::Compose => to_compose(&source.text, &wanted, reason),
            _ => to_dockerfile(&source.text, &wanted, reason),
        };
        let Ok(text) = apply(&source.text, &draft.edits) else {
            return false;
        };
        let mut changed = draft.input.clone();
        changed.source = SourceFile::from_text(source.id, source.path.clone(), &*text);
        draft.text = text;
        self.syntax_errors(&changed) <= draft.syntax_errors
    }

    /// Writes what was worked out, or shows it.
    fn keep(&self, drafts: BTreeMap<u32, Draft>, changes: &mut Changes) {
        for (number, draft) in drafts {
            if draft.edits.is_empty() {
                continue;
            }
            let source = &draft.input.source;
            if self.args.diff {
                let diff = difference(self.args, &source.path, Some(&source.text), &draft.text);
                changes.diffs.push((source.path.clone(), diff));
            } else if let Err(error) = write::replace(&source.path, draft.text.as_bytes()) {
                changes.texts.remove(&number);
                changes.problems.push(Problem {
                    path: Some(printed(&source.path)),
                    message: format!("cannot write the comments: {error}"),
                });
                continue;
            }
            changes.fixed += draft.wanted.len();
            changes.files += 1;
        }
        order::sort(&mut changes.diffs);
        if changes.fixed > 0 && !self.args.diff && !self.args.quiet {
            complain(&format!(
                "ignored {} in {}",
                plural(changes.fixed, "finding"),
                plural(changes.files, "file")
            ));
        }
    }
}

/// Where a place of the changed text was before.
fn before_edits(edits: &[Edit], at: u32) -> u32 {
    let mut shift = 0;
    for edit in edits {
        let length = crate::text::span::offset(edit.text.len());
        if edit.span.start + shift + length > at {
            // A place within a comment that was added is that of the comment.
            return at.min(edit.span.start + shift) - shift;
        }
        shift += length;
    }
    at - shift
}

#[cfg(test)]
mod tests {
    use super::before_edits;
    use crate::text::Edit;

    #[test]
    fn places_are_found_again() {
        let edits = [Edit::insert(2, "xyz"), Edit::insert(4, "u")];
        let places: Vec<u32> = (0..10).map(|at| before_edits(&edits, at)).collect();
        assert_eq!(places, [0, 1, 2, 2, 2, 2, 3, 4, 4, 5]);
    }
}
