//! How often each rule speaks, for `--statistics`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{Report, Style, clean, summary};
use crate::diagnostic::{Applicability, Severity};
use crate::text::order;

/// How often a rule speaks; what is suppressed does not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub(super) struct Count {
    /// The rule's id.
    rule: &'static str,
    /// The highest severity among its findings.
    #[serde(serialize_with = "as_word")]
    severity: Severity,
    /// How many findings there are.
    count: usize,
    /// How many of them `--fix` makes go away.
    fixable: usize,
    /// How many more `--unsafe-fixes` makes go away.
    #[serde(rename = "unsafe")]
    by_unsafe_fixes: usize,
}

fn as_word<S: serde::Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.as_str())
}

/// The counts of all rules that speak, the most frequent first, then by rule.
pub(super) fn counts(report: &Report<'_>) -> Vec<Count> {
    let mut by_rule: BTreeMap<&str, Count> = BTreeMap::new();
    for diagnostic in report.shown() {
        let count = by_rule.entry(diagnostic.rule).or_insert(Count {
            rule: diagnostic.rule,
            severity: diagnostic.severity,
            count: 0,
            fixable: 0,
            by_unsafe_fixes: 0,
        });
        count.severity = count.severity.max(diagnostic.severity);
        count.count += 1;
        match summary::best_fix(diagnostic) {
            Some(Applicability::Safe) => count.fixable += 1,
            Some(Applicability::Unsafe) => count.by_unsafe_fixes += 1,
            Some(Applicability::Manual) | None => {}
        }
    }
    let mut counts: Vec<Count> = by_rule.into_values().collect();
    // The sort is stable, so rules with the same count stay in the order of their ids.
    order::sort_by_key(&mut counts, |count| std::cmp::Reverse(count.count));
    counts
}

/// The counts, where they are asked for.
pub(super) fn if_wanted(report: &Report<'_>) -> Option<Vec<Count>> {
    report.statistics.then(|| counts(report))
}

/// Writes the counts as a table, then the summary.
pub(super) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let counts = counts(report);
    if !counts.is_empty() {
        let width = counts.iter().map(|count| count.rule.len()).max();
        let width = width.unwrap_or_default().max("rule".len());
        let (bold, plain) = if style.color {
            ("\x1b[1m", "\x1b[0m")
        } else {
            ("", "")
        };
        writeln!(
            out,
            "{bold}findings  fixable  unsafe  severity  {:width$}  what is wrong{plain}",
            "rule"
        )?;
        for count in &counts {
            let line = format!(
                "{:8}  {:7}  {:6}  {:8}  {:width$}  {}",
                count.count,
                count.fixable,
                count.by_unsafe_fixes,
                count.severity.as_str(),
                count.rule,
                (report.about)(count.rule).map_or("", |about| about.summary),
            );
            writeln!(out, "{}", clean::one_line(line.trim_end(), style.unicode))?;
        }
        if !report.quiet {
            writeln!(out)?;
        }
    }
    if report.quiet {
        return Ok(());
    }
    writeln!(out, "{}", summary::line(report))
}
