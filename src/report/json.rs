//! One JSON object with everything a run found, for programs.
//!
//! The object's shape is a contract: within a `version`, members are only added. Each diagnostic stands on
//! a line of its own, so that the file can be read by line and differences between two are small. Nothing
//! is cut or replaced; what a terminal must not see is escaped (`\u001b`), which JSON readers undo.

use std::io::{self, Write};

use super::object::{self, Object};
use super::place::{Position, Range, position};
use super::{Report, Summary};
use crate::diagnostic::{Companion, Diagnostic, Fix, Label, Problem};
use crate::text::source::printed;
use crate::text::{Edit, FileId, SourceFile, Sources, Span};

/// The version of the object's shape.
const VERSION: u32 = 1;

/// Writes the object.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut text = Vec::new();
    let mut whole = Object::begin(&mut text);
    whole.number("version", VERSION);
    whole.member("tool", |into| {
        let mut tool = Object::begin(into);
        tool.text("name", env!("CARGO_PKG_NAME"));
        tool.text("version", env!("CARGO_PKG_VERSION"));
        tool.end();
    });
    whole.member("summary", |into| summary(&report.summary, into));
    // The object goes on, so its brace stays open.
    out.write_all(&text)?;
    out.write_all(b",\n\"diagnostics\":")?;
    write_diagnostics(report, &mut text, out)?;
    out.write_all(b",\n\"problems\":")?;
    write_lines(report.problems, &mut text, out, problem)?;
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
    let sources = report.sources;
    if report.diagnostics.len() < MANY {
        return write_lines(report.diagnostics, text, out, |item, into| {
            diagnostic(item, sources, into);
        });
    }
    let (first, second) = report.diagnostics.split_at(report.diagnostics.len() / 2);
    let in_words = |diagnostics: &[Diagnostic]| -> Vec<u8> {
        let mut text = Vec::new();
        for item in diagnostics {
            text.extend_from_slice(b",\n");
            diagnostic(item, sources, &mut text);
        }
        text
    };
    let (first, second) = std::thread::scope(|scope| {
        let second = scope.spawn(|| in_words(second));
        let first = in_words(first);
        let second = second.join();
        (
            first,
            second.map_err(|_| io::Error::other("a thread failed")),
        )
    });
    // The first line has no comma in front of it.
    out.write_all(b"[")?;
    out.write_all(first.get(1..).unwrap_or_default())?;
    drop(first);
    out.write_all(&second?)?;
    out.write_all(b"]")
}

/// Writes an array with one item a line; `text` is room to work in.
fn write_lines<T>(
    items: &[T],
    text: &mut Vec<u8>,
    out: &mut dyn Write,
    write: impl Fn(&T, &mut Vec<u8>),
) -> io::Result<()> {
    out.write_all(b"[")?;
    for (index, item) in items.iter().enumerate() {
        text.clear();
        text.extend_from_slice(if index == 0 { b"\n" } else { b",\n" });
        write(item, text);
        out.write_all(text)?;
    }
    out.write_all(b"]")
}

fn summary(summary: &Summary, into: &mut Vec<u8>) {
    let mut object = Object::begin(into);
    object.number("files", summary.files);
    object.number("errors", summary.errors);
    object.number("warnings", summary.warnings);
    object.number("infos", summary.infos);
    object.number("fixable", summary.fixable);
    object.number("suppressed", summary.suppressed);
    object.end();
}

fn problem(problem: &Problem, into: &mut Vec<u8>) {
    let mut object = Object::begin(into);
    object.optional("path", problem.path.as_deref());
    object.text("message", &problem.message);
    object.end();
}

fn diagnostic(diagnostic: &Diagnostic, sources: &Sources, into: &mut Vec<u8>) {
    let finding = &diagnostic.finding;
    let own = Place::of(finding.at.file, sources);
    let mut object = Object::begin(into);
    object.text("rule", diagnostic.rule);
    object.list("aliases", diagnostic.aliases, |alias, into| {
        object::string(alias, into);
    });
    object.text("severity", diagnostic.severity.as_str());
    object.text("category", diagnostic.category);
    object.text("confidence", diagnostic.confidence.as_str());
    own.write(finding.at.span, &mut object, |object| {
        object.text("message", &finding.message);
        object.optional("help", finding.help.as_deref());
    });
    object.list("labels", &finding.labels, |label: &Label, into| {
        let mut object = Object::begin(into);
        let other = (label.at.file != finding.at.file).then(|| Place::of(label.at.file, sources));
        let place = other.as_ref().unwrap_or(&own);
        place.write(label.at.span, &mut object, |_| {});
        object.text("message", &label.text);
        object.end();
    });
    object.text("url", &diagnostic.url);
    object.text("fingerprint", &diagnostic.fingerprint);
    object.member("suppressed", |into| match &diagnostic.suppressed {
        Some(suppression) => {
            let mut object = Object::begin(into);
            object.text("by", suppression.by.as_str());
            object.optional("reason", suppression.reason.as_deref());
            object.end();
        }
        None => object::null(into),
    });
    object.list("fixes", &finding.fixes, |item, into| fix(item, &own, into));
    object.end();
}

fn fix(fix: &Fix, own: &Place<'_>, into: &mut Vec<u8>) {
    let mut object = Object::begin(into);
    object.text("title", &fix.title);
    object.text("applicability", fix.applicability.as_str());
    let edits = fix.edits.iter().map(Change::Edit);
    let companion = fix.companion.as_ref().filter(|_| own.file.is_some());
    let all = edits.chain(companion.map(Change::Companion));
    object.list("edits", all, |change, into| {
        let mut object = Object::begin(into);
        match change {
            Change::Edit(edit) => {
                own.write(edit.span, &mut object, |_| {});
                object.text("text", &edit.text);
            }
            Change::Companion(companion) => {
                let beside = own
                    .file
                    .map(|file| file.path.with_file_name(&*companion.name));
                object.text("path", &printed(&beside.unwrap_or_default()));
                let end = companion.end.unwrap_or_default();
                let end = Position {
                    line: end.at.line + 1,
                    column: end.at.column + 1,
                    offset: end.offset,
                };
                object.member("range", |into| write_range(Range { start: end, end }, into));
                object.text("text", &companion.text());
            }
        }
        object.end();
    });
    object.end();
}

/// What a fix changes.
enum Change<'d> {
    Edit(&'d Edit),
    Companion(&'d Companion),
}

/// A file that findings stand in. One that is not among the sources has no name and no lines; the engine makes none.
struct Place<'s> {
    file: Option<&'s SourceFile>,
    path: String,
}

impl<'s> Place<'s> {
    fn of(file: FileId, sources: &'s Sources) -> Place<'s> {
        let file = sources.get(file).map(|file| &**file);
        Place {
            path: file.map(SourceFile::display_path).unwrap_or_default(),
            file,
        }
    }

    /// Writes the path, other members, and a range of the file.
    fn write(&self, span: Span, object: &mut Object<'_>, between: impl Fn(&mut Object<'_>)) {
        object.text("path", &self.path);
        between(object);
        let range = self.file.map(|file| Range {
            start: position(file, span.start),
            end: position(file, span.end),
        });
        object.member("range", |into| write_range(range.unwrap_or_default(), into));
    }
}

fn write_range(range: Range, into: &mut Vec<u8>) {
    let mut object = Object::begin(into);
    for (name, position) in [("start", range.start), ("end", range.end)] {
        object.member(name, |into| {
            let mut object = Object::begin(into);
            object.number("line", position.line);
            object.number("column", position.column);
            object.number("offset", position.offset);
            object.end();
        });
    }
    object.end();
}
