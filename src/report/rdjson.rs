//! reviewdog's diagnostic format (`proto/rdf/reviewdog.proto` in `reviewdog/reviewdog`), which puts
//! findings and suggestions into reviews.
//!
//! Columns count bytes from 1. A suggestion is one range and one text, so the edits of a fix become one
//! that also repeats what stands between them; a fix that reaches into another file, that needs a value
//! from the user or that spans too much is none. Labels have no place: reviewdog refuses a report with a
//! field that its version does not know, and related locations are a late one. Neither have suppressed
//! findings and what the run could not do.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::harmless::write_lines;
use super::place::range_in;
use crate::diagnostic::{Applicability, Diagnostic, Fix, Severity};
use crate::text::lines::Unit;
use crate::text::{self, SourceFile, Span};

/// The most bytes that a suggestion replaces.
const WIDEST: u32 = 10_000;

/// Writes the object.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "{{\"source\":{{\"name\":\"dockworthy\",\"url\":\"{}\"}},\n\"diagnostics\":",
        env!("CARGO_PKG_REPOSITORY"),
    )?;
    let diagnostics = report
        .placed()
        .map(|(diagnostic, file, _)| RdDiagnostic::new(diagnostic, file));
    write_lines(diagnostics, &mut Vec::new(), out)?;
    out.write_all(b"}\n")
}

#[derive(Serialize)]
struct RdDiagnostic<'a> {
    message: &'a str,
    location: Location,
    severity: &'a str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

impl<'a> RdDiagnostic<'a> {
    fn new(diagnostic: &'a Diagnostic, file: &SourceFile) -> RdDiagnostic<'a> {
        let finding = &diagnostic.finding;
        let fixes = finding.fixes.iter();
        RdDiagnostic {
            message: &finding.message,
            location: Location {
                path: file.display_path(),
                range: Range::new(file, finding.at.span),
            },
            severity: match diagnostic.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info => "INFO",
            },
            code: Code {
                value: diagnostic.rule,
                url: &diagnostic.url,
            },
            suggestions: fixes.filter_map(|fix| Suggestion::new(fix, file)).collect(),
        }
    }
}

impl Range {
    fn new(file: &SourceFile, span: Span) -> Range {
        let (start, end) = range_in(file, span, Unit::Utf8);
        let position = |at: text::LineColumn| Position {
            line: at.line + 1,
            column: at.column + 1,
        };
        Range {
            start: position(start),
            end: position(end),
        }
    }
}

impl Suggestion {
    /// A fix as one replacement, where it can be one.
    fn new(fix: &Fix, file: &SourceFile) -> Option<Suggestion> {
        if fix.applicability < Applicability::Unsafe || fix.companion.is_some() {
            return None;
        }
        let start = fix.edits.first()?.span.start;
        let end = fix.edits.iter().map(|edit| edit.span.end).max()?;
        if end - start > WIDEST {
            return None;
        }
        let span = Span::new(start, end);
        let old = file.text.get(span.range())?;
        let moved = fix.edits.iter().map(|edit| text::Edit {
            span: Span::new(edit.span.start - start, edit.span.end - start),
            text: edit.text.clone(),
        });
        let moved: Vec<text::Edit> = moved.collect();
        Some(Suggestion {
            range: Range::new(file, span),
            text: text::apply(old, &moved).ok()?,
        })
    }
}
