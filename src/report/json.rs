//! One JSON object with everything a run found, for programs.
//!
//! The object's shape is a contract: within a `version`, members are only added. Each diagnostic stands on
//! a line of its own, so that the file can be read by line and differences between two are small. Nothing
//! is cut or replaced; [`harmless`](super::harmless) says how what a terminal must not see is written.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::harmless::{serialize, write_lines};
use super::place::{Position, Range, place};
use super::statistics::{self, Count};
use super::{Report, Summary};
use crate::diagnostic::{self, Problem};
use crate::text::source::printed;
use crate::text::{Location, Sources};

/// The version of the object's shape.
pub(super) const VERSION: u32 = 1;

/// Writes the object.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let head = Head {
        version: VERSION,
        tool: Tool::OURS,
        summary: report.summary,
        statistics: statistics::if_wanted(report),
    };
    let mut text = Vec::new();
    serialize(&head, &mut text)?;
    // The object goes on, so its brace stays open.
    text.pop();
    out.write_all(&text)?;
    out.write_all(b",\n\"diagnostics\":")?;
    write_diagnostics(report, &mut text, out)?;
    out.write_all(b",\n\"problems\":")?;
    let problems = report.problems.iter().map(JsonProblem::new);
    write_lines(problems, &mut text, out)?;
    out.write_all(b"}\n")
}

/// How many diagnostics make a second thread worth its while.
const MANY: usize = 512;

/// Writes the array of diagnostics, of which many are put into words by two threads.
fn write_diagnostics(
    report: &Report<'_>,
    text: &mut Vec<u8>,
    out: &mut dyn Write,
) -> io::Result<()> {
    if report.diagnostics.len() < MANY {
        let diagnostics = report.diagnostics.iter();
        let diagnostics = diagnostics.map(|diagnostic| Diagnostic::new(diagnostic, report.sources));
        return write_lines(diagnostics, text, out);
    }
    let (first, second) = report.diagnostics.split_at(report.diagnostics.len() / 2);
    let in_words = |diagnostics: &[diagnostic::Diagnostic]| -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        for diagnostic in diagnostics {
            text.extend_from_slice(b",\n");
            serialize(&Diagnostic::new(diagnostic, report.sources), &mut text)?;
        }
        Ok(text)
    };
    let (first, second) = std::thread::scope(|scope| {
        let second = scope.spawn(|| in_words(second));
        let first = in_words(first);
        let failed = || Err(io::Error::other("a thread failed"));
        (first, second.join().unwrap_or_else(|_| failed()))
    });
    // The first line has no comma in front of it.
    out.write_all(b"[")?;
    let first = first?;
    out.write_all(first.get(1..).unwrap_or_default())?;
    drop(first);
    out.write_all(&second?)?;
    out.write_all(b"]")
}

#[derive(Serialize)]
struct Head {
    version: u32,
    tool: Tool,
    summary: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<Vec<Count>>,
}

/// The program that wrote the object.
#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    /// This program.
    pub(super) const OURS: Tool = Tool {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
    };
}

/// A problem as an object.
#[derive(Serialize)]
pub(super) struct JsonProblem<'a> {
    path: Option<&'a str>,
    message: &'a str,
}

impl JsonProblem<'_> {
    /// The object for a problem.
    pub(super) fn new(problem: &Problem) -> JsonProblem<'_> {
        JsonProblem {
            path: problem.path.as_deref(),
            message: &problem.message,
        }
    }
}

/// A diagnostic as an object.
#[derive(Serialize)]
pub(super) struct Diagnostic<'a> {
    rule: &'a str,
    aliases: Vec<&'a str>,
    severity: &'a str,
    category: &'a str,
    confidence: &'a str,
    path: String,
    message: &'a str,
    help: Option<&'a str>,
    range: Range,
    labels: Vec<Label<'a>>,
    url: &'a str,
    fingerprint: &'a str,
    suppressed: Option<Suppression<'a>>,
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    path: String,
    range: Range,
    message: &'a str,
}

#[derive(Serialize)]
struct Suppression<'a> {
    by: &'a str,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    applicability: &'a str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    path: String,
    range: Range,
    text: Cow<'a, str>,
}

impl<'a> Diagnostic<'a> {
    /// The object for a diagnostic.
    pub(super) fn new(diagnostic: &'a diagnostic::Diagnostic, sources: &Sources) -> Diagnostic<'a> {
        let finding = &diagnostic.finding;
        let (path, place_of_finding) = place(sources, finding.at);
        let labels = finding.labels.iter().map(|label| {
            let (path, range) = place(sources, label.at);
            Label {
                path,
                range,
                message: &label.text,
            }
        });
        let edit = |edit: &'a crate::text::Edit| {
            let file = finding.at.file;
            let span = edit.span;
            let (path, range) = place(sources, Location { file, span });
            Edit {
                path,
                range,
                text: Cow::Borrowed(&*edit.text),
            }
        };
        let companion = |companion: &diagnostic::Companion| {
            let file = sources.get(finding.at.file)?;
            let end = companion.end.unwrap_or_default();
            let end = Position {
                line: end.at.line + 1,
                column: end.at.column + 1,
                offset: end.offset,
            };
            Some(Edit {
                path: printed(&file.path.with_file_name(&*companion.name)),
                range: Range { start: end, end },
                text: companion.text().into(),
            })
        };
        let fixes = finding.fixes.iter().map(|fix| Fix {
            title: &fix.title,
            applicability: fix.applicability.as_str(),
            edits: (fix.edits.iter().map(edit))
                .chain(fix.companion.as_ref().and_then(companion))
                .collect(),
        });
        let suppressed = diagnostic
            .suppressed
            .as_ref()
            .map(|suppression| Suppression {
                by: suppression.by.as_str(),
                reason: suppression.reason.as_deref(),
            });
        Diagnostic {
            rule: diagnostic.rule,
            aliases: diagnostic.names(),
            severity: diagnostic.severity.as_str(),
            category: diagnostic.category,
            confidence: diagnostic.confidence.as_str(),
            message: &finding.message,
            help: finding.help.as_deref(),
            range: place_of_finding,
            labels: labels.collect(),
            url: &diagnostic.url,
            fingerprint: &diagnostic.fingerprint,
            suppressed,
            fixes: fixes.collect(),
            path,
        }
    }
}
