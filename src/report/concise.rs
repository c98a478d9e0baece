//! One line for each diagnostic, as compilers write them: editors and CI systems find their way by it.

use std::io::{self, Write};

use super::place::place;
use super::{Report, Style, clean};
use crate::diagnostic::{Diagnostic, Severity};

/// Writes `path:line:column: severity[rule] message`, one a line.
pub(super) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in report.shown() {
        let finding = &diagnostic.finding;
        let (path, range) = place(report.sources, finding.at);
        writeln!(
            out,
            "{}:{}:{}: {} {}",
            clean::one_line(&path, style.unicode),
            range.start.line,
            range.start.column,
            heading(diagnostic, style),
            clean::one_line(&finding.message, style.unicode),
        )?;
    }
    Ok(())
}

/// `severity[rule]`, coloured and linked as `style` allows.
pub(super) fn heading(diagnostic: &Diagnostic, style: &Style) -> String {
    let severity = diagnostic.severity.as_str();
    let text = format!("{severity}[{}]", diagnostic.rule);
    let text = if style.color {
        let color = match diagnostic.severity {
            Severity::Error => 31,
            Severity::Warning => 33,
            Severity::Info => 36,
        };
        format!("\x1b[1;{color}m{text}\x1b[0m")
    } else {
        text
    };
    let url = &diagnostic.url;
    // What is no plain address could end the sequence early.
    if style.hyperlinks && !url.is_empty() && url.bytes().all(|byte| byte.is_ascii_graphic()) {
        format!("\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\")
    } else {
        text
    }
}
