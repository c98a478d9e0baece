//! `--add-ignores` in files with variables, which are not linted by themselves: each round of comments elsewhere leaves
//! what stands there as it is, so that one is enough.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::super::write;
use super::Run;
use super::finish::fails;
use super::fixing::{Changes, difference};
use crate::check::Outcome;
use crate::compose::dotenv::{self, Format};
use crate::config::FailOn;
use crate::diagnostic::Problem;
use crate::engine::suppress::add::{Wanted, to_env_file};
use crate::text::source::printed;
use crate::text::{FileId, apply};
use crate::workspace::kind::{Kind, kind_of_named};

impl Run<'_> {
    /// Ignores what would fail the run and stands in a file with variables. `numbers` are those of the files that are
    /// linted.
    pub(super) fn ignore_in_env_files(
        &self,
        outcome: &Outcome,
        fail_on: &[Option<FailOn>],
        numbers: &HashMap<&Path, u32>,
        changes: &mut Changes,
    ) {
        let mut wanted: BTreeMap<FileId, BTreeSet<Wanted>> = BTreeMap::new();
        for diagnostic in &outcome.diagnostics {
            let at = diagnostic.finding.at;
            let Some(source) = outcome.sources.get(at.file) else {
                continue;
            };
            let kind = kind_of_named(&source.path, &source.text);
            let is_linted = matches!(kind, Some(Kind::Dockerfile | Kind::Compose));
            let is_known = numbers.contains_key(&*source.path);
            if !is_known && !is_linted && fails(self.args, fail_on, diagnostic) {
                wanted.entry(at.file).or_default().insert(Wanted {
                    at: at.span.start,
                    rule: diagnostic.rule,
                    in_file: false,
                });
            }
        }
        for (file, wanted) in wanted {
            let Some(source) = outcome.sources.get(file) else {
                continue;
            };
            let text = &source.text;
            let places: Vec<Wanted> = wanted.iter().copied().collect();
            let edits = to_env_file(text, &places, self.args.reason.as_deref());
            let Ok(changed) = apply(text, &edits) else {
                continue;
            };
            if !source.damage.is_empty() || !is_the_same(text, &changed) {
                continue;
            }
            if self.args.diff {
                let diff = difference(self.args, &source.path, Some(text), &changed);
                changes.diffs.push((source.path.clone(), diff));
            } else if let Err(error) = write::replace(&source.path, changed.as_bytes()) {
                changes.problems.push(Problem {
                    path: Some(printed(&source.path)),
                    message: format!("cannot write the comments: {error}"),
                });
                continue;
            }
            changes.fixed += wanted.len();
            changes.files += 1;
        }
    }
}

/// Whether two texts set the same variables to the same values, and are wrong in as many places.
fn is_the_same(before: &str, after: &str) -> bool {
    let (before, after) = [before, after]
        .map(|text| dotenv::parse(text, Format::Dotenv))
        .into();
    let values = |entry: &dotenv::Entry| {
        let value = entry
            .value
            .as_ref()
            .map(|value| value.text.text().to_owned());
        (entry.name.clone(), value)
    };
    before.errors.len() == after.errors.len()
        && before
            .tree
            .iter()
            .map(values)
            .eq(after.tree.iter().map(values))
}
