//! One JSON object with everything a run found, for programs.
//!
//! The object's shape is a contract: within a `version`, members are only added. Each diagnostic stands on
//! a line of its own, so that the file can be read by line and differences between two are small. Nothing
//! is cut or replaced; [`harmless`](super::harmless) says how what a terminal must not see is written.

use std::io::{self, Write};

use serde::Serialize;

use super::harmless::{serialize, write_lines, write_number, write_string};
use super::place::{Position, Range, range};
use super::statistics::{self, Count};
use super::{Report, Summary};
use crate::diagnostic::{self, Fix, Problem};
use crate::text::source::printed;
use crate::text::{FileId, Location, SourceFile, Sources};
use crate::workers;

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
    write_diagnostics(report, out)?;
    out.write_all(b",\n\"problems\":")?;
    let problems = report.problems.iter().map(JsonProblem::new);
    write_lines(problems, &mut text, out)?;
    out.write_all(b"}\n")
}

/// How many diagnostics make a second thread worth its while.
const MANY: usize = 512;

/// How many diagnostics are put into words before they are written.
const GATHERED: usize = 2048;

/// Writes the array of diagnostics, of which many are put into words by two threads.
fn write_diagnostics(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut first = Objects::new(report.sources);
    let mut second = Objects::new(report.sources);
    out.write_all(b"[")?;
    // The first line has no comma in front of it.
    let mut left_out = 1;
    for diagnostics in report.diagnostics.chunks(GATHERED) {
        let middle = match diagnostics.len() {
            few if few < MANY => few,
            many => many / 2,
        };
        let (early, late) = diagnostics.split_at(middle);
        if late.is_empty() {
            first.lines(early);
            second.lines(late);
        } else {
            workers::both(|| first.lines(early), || second.lines(late));
        }
        out.write_all(first.text.get(left_out..).unwrap_or_default())?;
        out.write_all(&second.text)?;
        left_out = 0;
    }
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

/// Diagnostics as objects. There are so many of them that they are written by hand, member by member.
pub(super) struct Objects<'s> {
    sources: &'s Sources,
    /// The file that was named last, and its path as it is written.
    last: Option<(&'s SourceFile, Vec<u8>)>,
    /// What was written so far.
    pub(super) text: Vec<u8>,
}

impl<'s> Objects<'s> {
    /// Nothing so far.
    pub(super) fn new(sources: &'s Sources) -> Objects<'s> {
        Objects {
            sources,
            last: None,
            text: Vec::new(),
        }
    }

    /// Writes diagnostics in place of what was written so far, each on a line with a comma in front of it.
    fn lines(&mut self, diagnostics: &[diagnostic::Diagnostic]) {
        self.text.clear();
        for diagnostic in diagnostics {
            self.raw(",\n{");
            self.members(diagnostic);
            self.raw("}");
        }
    }

    /// Writes all members of a diagnostic.
    pub(super) fn members(&mut self, diagnostic: &diagnostic::Diagnostic) {
        let finding = &diagnostic.finding;
        self.member("\"rule\":", diagnostic.rule);
        self.array(",\"aliases\":[", &diagnostic.names(), |objects, alias| {
            write_string(alias, &mut objects.text);
        });
        self.member(",\"severity\":", diagnostic.severity.as_str());
        self.member(",\"category\":", diagnostic.category);
        self.member(",\"confidence\":", diagnostic.confidence.as_str());
        self.raw(",");
        let place = self.path(finding.at);
        self.member(",\"message\":", &finding.message);
        self.optional(",\"help\":", finding.help.as_deref());
        self.raw(",");
        self.range(place);
        self.array(",\"labels\":[", &finding.labels, |objects, label| {
            objects.raw("{");
            let place = objects.path(label.at);
            objects.raw(",");
            objects.range(place);
            objects.member(",\"message\":", &label.text);
            objects.raw("}");
        });
        self.member(",\"url\":", &diagnostic.url);
        self.member(",\"fingerprint\":", &diagnostic.fingerprint);
        match &diagnostic.suppressed {
            Some(suppression) => {
                self.member(",\"suppressed\":{\"by\":", suppression.by.as_str());
                self.optional(",\"reason\":", suppression.reason.as_deref());
                self.raw("}");
            }
            None => self.raw(",\"suppressed\":null"),
        }
        self.array(",\"fixes\":[", &finding.fixes, |objects, fix| {
            objects.fix(fix, finding.at.file);
        });
    }

    fn fix(&mut self, fix: &Fix, file: FileId) {
        self.member("{\"title\":", &fix.title);
        self.member(",\"applicability\":", fix.applicability.as_str());
        self.array(",\"edits\":[", &fix.edits, |objects, edit| {
            let span = edit.span;
            objects.raw("{");
            let place = objects.path(Location { file, span });
            objects.raw(",");
            objects.range(place);
            objects.member(",\"text\":", &edit.text);
            objects.raw("}");
        });
        if let Some(companion) = &fix.companion
            && let Some(source) = self.sources.get(file)
        {
            // The array goes on.
            self.text.pop();
            self.raw(if fix.edits.is_empty() { "{" } else { ",{" });
            let path = printed(&source.path.with_file_name(&*companion.name));
            self.member("\"path\":", &path);
            let end = companion.end.unwrap_or_default();
            let end = Position {
                line: end.at.line + 1,
                column: end.at.column + 1,
                offset: end.offset,
            };
            self.raw(",");
            self.range(Range { start: end, end });
            self.member(",\"text\":", &companion.text());
            self.raw("}]");
        }
        self.raw("}");
    }

    fn raw(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
    }

    fn member(&mut self, name: &str, value: &str) {
        self.raw(name);
        write_string(value, &mut self.text);
    }

    fn optional(&mut self, name: &str, value: Option<&str>) {
        self.raw(name);
        match value {
            Some(value) => write_string(value, &mut self.text),
            None => self.raw("null"),
        }
    }

    fn array<T>(&mut self, begin: &str, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.raw(begin);
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.raw(",");
            }
            write(self, item);
        }
        self.raw("]");
    }

    /// Writes the path of a place, and says where in the file it is.
    fn path(&mut self, at: Location) -> Range {
        self.raw("\"path\":");
        let Some(file) = self.sources.get(at.file) else {
            self.raw("\"\"");
            return Range::default();
        };
        let path = match self.last.take() {
            Some((last, path)) if std::ptr::eq(last, &**file) => path,
            _ => {
                let mut path = Vec::new();
                write_string(&file.display_path(), &mut path);
                path
            }
        };
        self.text.extend_from_slice(&path);
        self.last = Some((file, path));
        range(file, at)
    }

    fn range(&mut self, range: Range) {
        self.raw("\"range\":{\"start\":{\"line\":");
        self.position(range.start);
        self.raw("},\"end\":{\"line\":");
        self.position(range.end);
        self.raw("}}");
    }

    fn position(&mut self, position: Position) {
        write_number(position.line, &mut self.text);
        self.raw(",\"column\":");
        write_number(position.column, &mut self.text);
        self.raw(",\"offset\":");
        write_number(position.offset, &mut self.text);
    }
}
