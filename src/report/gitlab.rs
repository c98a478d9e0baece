//! GitLab's code quality report: a JSON array of issues, read from a job's artifacts.
//!
//! GitLab takes a subset of Code Climate's issues ("Code Quality report format" in its documentation and
//! `app/validators/json_schemas/codeclimate.json` in its source). Begin and end have columns, in
//! characters from 1; the end is just behind the last one. There is no place for what the run could not do,
//! for fixes and for suppressions.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::harmless::write_lines;
use super::place::Range;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::SourceFile;

/// Writes the array.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let issues = report.placed().map(|(diagnostic, file, range)| Issue {
        description: &diagnostic.finding.message,
        check_name: diagnostic.rule,
        fingerprint: &diagnostic.fingerprint,
        severity: severity(diagnostic),
        location: Location::new(file, range),
    });
    write_lines(issues, &mut Vec::new(), out)?;
    writeln!(out)
}

/// The word for a severity: of `info`, `minor`, `major`, `critical` and `blocker`, what is not ours to
/// decide is left out at both ends.
pub(super) fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Info => "info",
    }
}

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'a str,
    location: Location,
}

/// Where an issue is.
#[derive(Serialize)]
pub(super) struct Location {
    path: String,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

impl Location {
    /// A range of a file.
    pub(super) fn new(file: &SourceFile, range: Range) -> Location {
        let position = |at: super::place::Position| Position {
            line: at.line,
            column: at.column,
        };
        Location {
            path: file.display_path(),
            positions: Positions {
                begin: position(range.start),
                end: position(range.end),
            },
        }
    }
}
