//! The last line for people: how much was found and what to do next.

use super::{Report, count};
use crate::diagnostic::{Applicability, Diagnostic};

/// The line, without its end.
pub(super) fn line(report: &Report<'_>) -> String {
    let summary = &report.summary;
    let found: Vec<String> = [
        (summary.errors, "error"),
        (summary.warnings, "warning"),
        (summary.infos, "info"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, noun)| count(number, noun))
    .collect();
    let nothing = found.is_empty();
    let mut text = if nothing {
        "No findings".to_owned()
    } else {
        format!("Found {}", found.join(", "))
    };
    text.push_str(&format!(" in {}", count(summary.files, "file")));
    if summary.suppressed > 0 {
        text.push_str(&format!(" ({} suppressed)", summary.suppressed));
    }
    let by_unsafe_fixes = report
        .shown()
        .filter(|diagnostic| best_fix(diagnostic) == Some(Applicability::Unsafe))
        .count();
    match (summary.fixable, by_unsafe_fixes) {
        (0, 0) if nothing => {}
        (0, 0) => text.push_str("; `dockworthy explain RULE` says more about a rule"),
        (0, more) => text.push_str(&format!("; {more} fixable with `--unsafe-fixes`")),
        (fixable, 0) => text.push_str(&format!("; {fixable} fixable with `--fix`")),
        (fixable, more) => text.push_str(&format!(
            "; {fixable} fixable with `--fix`, {more} more with `--unsafe-fixes`"
        )),
    }
    if !report.problems.is_empty() {
        let problems = count(report.problems.len(), "problem");
        text.push_str(&format!("; the run is incomplete ({problems})"));
    }
    text
}

/// How readily the most harmless fix of a diagnostic may be applied.
pub(super) fn best_fix(diagnostic: &Diagnostic) -> Option<Applicability> {
    let fixes = diagnostic.finding.fixes.iter();
    fixes.map(|fix| fix.applicability).max()
}
