//! The XML of Checkstyle, which many tools read that know no other linter.
//!
//! Its elements and attributes are those of `XMLLogger.java` in `checkstyle/checkstyle`. It has no place for
//! ends, fixes and suppressions. `source` is the rule's id behind `dockworthy.`, because readers take the
//! part before the last dot for a package.

use std::io::{self, Write};

use super::place::Range;
use super::{Report, xml};
use crate::diagnostic::{Diagnostic, Problem};
use crate::text::SourceFile;

/// The version of Checkstyle whose output other linters imitate.
const VERSION: &str = "4.3";

/// Writes the document.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{}\n<checkstyle version=\"{VERSION}\">",
        xml::DECLARATION
    )?;
    let placed: Vec<_> = report.placed().collect();
    for group in placed.chunk_by(|a, b| a.1.id == b.1.id) {
        write_file(group, out)?;
    }
    for problem in report.problems {
        write_problem(problem, out)?;
    }
    writeln!(out, "</checkstyle>")
}

fn write_file(group: &[(&Diagnostic, &SourceFile, Range)], out: &mut dyn Write) -> io::Result<()> {
    let name = group.first().map(|(_, file, _)| file.display_path());
    let name = xml::attribute(&name.unwrap_or_default());
    writeln!(out, "  <file name=\"{name}\">")?;
    for (diagnostic, _, range) in group {
        writeln!(
            out,
            "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"dockworthy.{}\"/>",
            range.start.line,
            range.start.column,
            diagnostic.severity.as_str(),
            xml::attribute(&diagnostic.finding.message),
            xml::attribute(diagnostic.rule),
        )?;
    }
    writeln!(out, "  </file>")
}

fn write_problem(problem: &Problem, out: &mut dyn Write) -> io::Result<()> {
    let name = xml::attribute(problem.path.as_deref().unwrap_or("dockworthy"));
    let message = xml::attribute(&problem.message);
    writeln!(
        out,
        "  <file name=\"{name}\">\n    <error severity=\"error\" message=\"{message}\" source=\"dockworthy\"/>\n  </file>"
    )
}
