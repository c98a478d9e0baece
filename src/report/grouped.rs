//! One line for each diagnostic below the name of its file, for people who work file by file.

use std::io::{self, Write};

use super::concise::heading;
use super::place::place;
use super::{Report, Style, clean, summary};
use crate::diagnostic::Diagnostic;

/// Writes a block for each file, then the summary.
pub(super) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let shown: Vec<&Diagnostic> = report.shown().collect();
    // Diagnostics are sorted by path, so those of a file stand together.
    for group in shown.chunk_by(|a, b| a.finding.at.file == b.finding.at.file) {
        write_group(group, report, style, out)?;
    }
    if report.quiet {
        return Ok(());
    }
    writeln!(out, "{}", summary::line(report))
}

/// Writes the diagnostics of one file and an empty line.
fn write_group(
    group: &[&Diagnostic],
    report: &Report<'_>,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut path = String::new();
    let mut lines = Vec::with_capacity(group.len());
    for diagnostic in group {
        let (name, range) = place(report.sources, diagnostic.finding.at);
        path = name;
        lines.push((
            format!("{}:{}", range.start.line, range.start.column),
            diagnostic,
        ));
    }
    let path = clean::one_line(&path, style.unicode);
    if style.color {
        writeln!(out, "\x1b[1m{path}\x1b[0m")?;
    } else {
        writeln!(out, "{path}")?;
    }
    let width = lines.iter().map(|(at, _)| at.len()).max();
    let width = width.unwrap_or_default();
    for (at, diagnostic) in lines {
        writeln!(
            out,
            "  {at:width$}  {} {}",
            heading(diagnostic, style),
            clean::one_line(&diagnostic.finding.message, style.unicode),
        )?;
    }
    writeln!(out)
}
