//! Workflow commands of GitHub Actions, which turn into annotations on the lines of a pull request.
//!
//! The form is that of "Workflow commands for GitHub Actions" and of `packages/core/src/command.ts` in
//! `actions/toolkit`, which says what is escaped. The runner (`ActionCommandManager.cs` in
//! `actions/runner`) drops columns when a command spans lines, so they are only given on one line.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::place::place;
use super::{Report, clean};
use crate::diagnostic::Severity;

/// Writes one command for each diagnostic and each problem.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in report.shown() {
        let finding = &diagnostic.finding;
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let (path, range) = place(report.sources, finding.at);
        let (start, end) = (range.start, range.end);
        // A range that ends with a line break does not reach into the next line.
        let with_break = end.column == 1 && end.line > start.line;
        let end_line = end.line - u32::from(with_break);
        let mut line = format!(
            "::{command} file={},line={},endLine={end_line}",
            property(&path),
            start.line,
        );
        if end_line == start.line {
            // Writing into a string cannot fail.
            let _ = write!(line, ",col={}", start.column);
            if !with_break {
                let _ = write!(line, ",endColumn={}", end.column);
            }
        }
        let title = format!("dockworthy: {}", diagnostic.rule);
        let mut message = clean::lines(&finding.message, true).into_owned();
        if let Some(help) = &finding.help {
            message.push_str("\nhelp: ");
            message.push_str(&clean::lines(help, true));
        }
        writeln!(out, "{line},title={}::{}", property(&title), data(&message))?;
    }
    for problem in report.problems {
        let file = problem
            .path
            .as_ref()
            .map_or_else(String::new, |path| format!(" file={}", property(path)));
        let message = clean::lines(&problem.message, true);
        writeln!(out, "::error{file}::{}", data(&message))?;
    }
    Ok(())
}

/// A text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(&clean::one_line(text, true))
        .replace(':', "%3A")
        .replace(',', "%2C")
}
