//! The XML of JUnit, for CI systems that show test results.
//!
//! The form is that of `junit-10.xsd` in `jenkinsci/xunit-plugin`: a suite for each file, a test for each
//! finding. An error or a warning is a failed test; what is only worth knowing fails no run, so it is a
//! skipped one; what the run could not do is an error. A run without any of these has one test that
//! succeeds, because Jenkins takes a report without tests for a broken one. Suppressed findings are left
//! out: a skipped test is not the same.

use std::io::{self, Write};

use super::place::Range;
use super::{Report, xml};
use crate::diagnostic::{Diagnostic, Problem, Severity};
use crate::text::SourceFile;

/// Writes the document.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let placed: Vec<_> = report.placed().collect();
    let errors = report.problems.len();
    let is_clean = placed.is_empty() && errors == 0;
    let all = Numbers::of(placed.iter().map(|(diagnostic, ..)| *diagnostic));
    let tests = all.tests + errors + usize::from(is_clean);
    writeln!(
        out,
        "{}\n<testsuites name=\"dockworthy\" tests=\"{tests}\" failures=\"{}\" errors=\"{errors}\">",
        xml::DECLARATION,
        all.failures,
    )?;
    for group in placed.chunk_by(|a, b| a.1.id == b.1.id) {
        write_suite(group, out)?;
    }
    if is_clean {
        writeln!(
            out,
            "  <testsuite name=\"dockworthy\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">\n    \
             <testcase name=\"no findings\" classname=\"dockworthy\"/>\n  </testsuite>"
        )?;
    }
    if errors > 0 {
        write_problems(report.problems, out)?;
    }
    writeln!(out, "</testsuites>")
}

/// How many tests of which outcome a suite has.
#[derive(Default)]
struct Numbers {
    tests: usize,
    failures: usize,
    skipped: usize,
}

impl Numbers {
    fn of<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>) -> Numbers {
        let mut numbers = Numbers::default();
        for diagnostic in diagnostics {
            numbers.tests += 1;
            match diagnostic.severity {
                Severity::Error | Severity::Warning => numbers.failures += 1,
                Severity::Info => numbers.skipped += 1,
            }
        }
        numbers
    }
}

/// Writes the findings of one file.
fn write_suite(group: &[(&Diagnostic, &SourceFile, Range)], out: &mut dyn Write) -> io::Result<()> {
    let path = group.first().map(|(_, file, _)| file.display_path());
    let name = xml::attribute(&path.unwrap_or_default());
    let numbers = Numbers::of(group.iter().map(|(diagnostic, ..)| *diagnostic));
    writeln!(
        out,
        "  <testsuite name=\"{name}\" file=\"{name}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">",
        numbers.tests, numbers.failures, numbers.skipped,
    )?;
    for (diagnostic, _, range) in group {
        let (start, end) = (range.start, range.end);
        let rule = xml::attribute(diagnostic.rule);
        let severity = diagnostic.severity.as_str();
        let tag = match diagnostic.severity {
            Severity::Error | Severity::Warning => "failure",
            Severity::Info => "skipped",
        };
        let mut text = format!(
            "{name}:{}:{} to {}:{}: {severity}[{rule}]",
            start.line, start.column, end.line, end.column
        );
        for (word, said) in [
            ("help", diagnostic.finding.help.as_deref().unwrap_or("")),
            ("see", &diagnostic.url),
        ] {
            if !said.is_empty() {
                text.push_str(&format!("\n{word}: {}", xml::content(said)));
            }
        }
        writeln!(
            out,
            "    <testcase name=\"{rule} at {}:{}\" classname=\"{name}\">\n      \
             <{tag} type=\"{severity}\" message=\"{}\">{text}</{tag}>\n    </testcase>",
            start.line,
            start.column,
            xml::attribute(&diagnostic.finding.message),
        )?;
    }
    writeln!(out, "  </testsuite>")
}

/// Writes what the run could not do.
fn write_problems(problems: &[Problem], out: &mut dyn Write) -> io::Result<()> {
    let errors = problems.len();
    writeln!(
        out,
        "  <testsuite name=\"dockworthy\" tests=\"{errors}\" failures=\"0\" errors=\"{errors}\" skipped=\"0\">"
    )?;
    for problem in problems {
        let name = xml::attribute(problem.path.as_deref().unwrap_or("dockworthy"));
        let message = xml::attribute(&problem.message);
        writeln!(
            out,
            "    <testcase name=\"{name}\" classname=\"dockworthy\">\n      \
             <error type=\"problem\" message=\"{message}\"/>\n    </testcase>"
        )?;
    }
    writeln!(out, "  </testsuite>")
}
