//! Comments in files with variables: what they silence there and in findings that point there, and what they are good
//! for.

use std::collections::BTreeMap;

use super::unit::finish_part;
use crate::compose::dotenv::{self, Format};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::engine::context::RawFinding;
use crate::engine::ruleset::Ruleset;
use crate::engine::suppress::env_file::in_env_file;
use crate::engine::suppress::silence::Silences;
use crate::engine::walk::{self, Walk};
use crate::text::{FileId, Location, SourceFile};

/// Silences the findings of a unit that stand in a file with variables, or have a label there, as its comments say.
/// Gives what is to be said of these comments; `None` where there is none. `is_complete` says that every rule could
/// see all that the file is for.
pub(super) fn silence(
    source: &SourceFile,
    ruleset: &Ruleset,
    today: Option<&str>,
    is_complete: bool,
    walks: &mut [Walk],
    others: &mut BTreeMap<FileId, Walk>,
) -> Option<Vec<Diagnostic>> {
    let comments = in_env_file(&source.text, ruleset.comments());
    if comments.is_empty() {
        return None;
    }
    let all = walks.iter_mut().chain(others.values_mut());
    let pointing = all.flat_map(|walk| &mut walk.findings);
    let (mut pointing, here): (Vec<&mut RawFinding>, Vec<RawFinding>) = pointing
        .filter_map(|raw| {
            let at = place_in(raw, source.id)?;
            let mut here = raw.clone();
            here.finding.at = at;
            here.finding.also_suppress_at.clear();
            Some((raw, here))
        })
        .unzip();
    let silences = Silences::new(&comments, ruleset, today);
    let mut silenced = silences.find(&here);
    for (raw, by) in pointing.iter_mut().zip(&silenced.by) {
        raw.suppressed.clone_from(by);
    }
    if ruleset.table().suppression.is_empty() {
        return None;
    }
    let is_sound = dotenv::parse(&source.text, Format::Dotenv)
        .errors
        .is_empty();
    let uses = silences.uses(&mut silenced, is_complete && is_sound);
    let mut walk = walk::suppressions(source, ruleset, &uses);
    walk.ignore_comments = comments.clone();
    // Files with variables are read, and not fixed.
    let fixes = walk
        .findings
        .iter_mut()
        .flat_map(|raw| &mut raw.finding.fixes);
    fixes.for_each(|fix| fix.applicability = Applicability::Manual);
    let linted = finish_part(source, ruleset, walk, today);
    Some(linted.diagnostics)
}

/// Where a finding is about a file: its own place, or that of a label.
fn place_in(raw: &RawFinding, file: FileId) -> Option<Location> {
    let labels = raw.finding.labels.iter().map(|label| label.at);
    let mut places = std::iter::once(raw.finding.at).chain(labels);
    places.find(|at| at.file == file)
}

/// What several units say of the comments in one file: only that which all of them say.
pub(super) fn agreed(mut verdicts: Vec<Vec<Diagnostic>>) -> Vec<Diagnostic> {
    let Some(mut first) = verdicts.pop() else {
        return Vec::new();
    };
    first.retain(|said| {
        verdicts.iter().all(|other| {
            other.iter().any(|also| {
                also.rule == said.rule
                    && also.finding.at.span == said.finding.at.span
                    && also.finding.message == said.finding.message
            })
        })
    });
    first
}
