//! Logging commands of Azure Pipelines, which become issues of a run.
//!
//! The form is that of "Logging commands" in Azure Pipelines' documentation; what is escaped is said by
//! `CommandStringConvertor` in `microsoft/azure-pipelines-agent`. The agent knows errors and warnings and
//! refuses every other type (`TaskCommandExtension.cs`), so what is only worth knowing is a warning whose
//! message begins with `info`. There is a column, but no end.

use std::io::{self, Write};

use super::{Report, clean};
use crate::diagnostic::Severity;

/// Writes one command for each diagnostic and each problem.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (diagnostic, file, range) in report.placed() {
        let finding = &diagnostic.finding;
        let (kind, word) = match diagnostic.severity {
            Severity::Error => ("error", ""),
            Severity::Warning => ("warning", ""),
            Severity::Info => ("warning", "info: "),
        };
        let mut message = format!("{word}{}", clean::lines(&finding.message, true));
        if let Some(help) = &finding.help {
            message.push_str("\nhelp: ");
            message.push_str(&clean::lines(help, true));
        }
        writeln!(
            out,
            "##vso[task.logissue type={kind};sourcepath={};linenumber={};columnnumber={};code={};]{}",
            property(&file.display_path()),
            range.start.line,
            range.start.column,
            property(diagnostic.rule),
            escaped(&message),
        )?;
    }
    for problem in report.problems {
        let path = problem.path.as_ref().map_or_else(String::new, |path| {
            format!(";sourcepath={}", property(path))
        });
        let message = clean::lines(&problem.message, true);
        let message = escaped(&message);
        writeln!(out, "##vso[task.logissue type=error{path};]{message}")?;
    }
    Ok(())
}

/// The value of a property.
fn property(text: &str) -> String {
    escaped(&clean::one_line(text, true))
}

/// What the agent undoes in properties and messages.
fn escaped(text: &str) -> String {
    text.replace('%', "%AZP25")
        .replace(';', "%3B")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
        .replace(']', "%5D")
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(
            escaped("100%;a]\r\nb%3B"),
            "100%AZP25%3Ba%5D%0D%0Ab%AZP253B"
        );
    }
}
