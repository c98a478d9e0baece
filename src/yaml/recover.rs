//! Reading a YAML file to its end, whatever is wrong with it.
//!
//! The event parser stops at the first error. What is in its way is then replaced by blanks, which keeps
//! every offset true, and the file is read again.
//!
//! Invariant: each reading has fewer characters to read than the one before, and there are at most
//! [`MAX_TRIES`] of them, so that no input costs more than a fixed multiple of its size.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use super::builder::{snap, snapped};
use super::check::check;
use super::diagnose::{Diagnosis, Fill, diagnose, is_blank};
use super::layout::{is_break, line_at, next_line, previous_line};
use super::parse::{Attempt, read};
use super::problem::{Failure, Problem};
use super::{Comment, Yaml, everyday, strict};
use crate::diagnostic::{Parse, SyntaxError};
use crate::text::span::offset;
use crate::text::{Span, order};

/// How often a file is read again after an error.
const MAX_TRIES: usize = 8;

/// How many bytes are read again in all, so that large files are read again less often.
const MAX_BYTES_AGAIN: usize = 8_000_000;

/// Reads a YAML file. What cannot be read is reported and left out; [`Yaml::skipped`] tells where.
pub fn parse(text: &Arc<str>) -> Parse<Yaml> {
    let mut recovery = Recovery {
        text,
        buffer: with_plain_breaks(text),
        errors: Vec::new(),
        removed: Vec::new(),
        comments: Vec::new(),
    };
    let exotic = matches!(recovery.buffer, Cow::Owned(_));
    let mut tries = MAX_TRIES;
    let mut bytes_again = MAX_BYTES_AGAIN.max(text.len());
    let mut everyday = (!exotic).then(|| everyday::read(text)).flatten();
    let mut attempt = loop {
        let attempt = match everyday.take() {
            Some(document) => Attempt::whole(document),
            None => read(text, &recovery.buffer),
        };
        let Some(failure) = &attempt.failure else {
            break attempt;
        };
        let diagnosis = diagnose(&recovery.buffer, failure);
        let harmless = diagnosis.error.is_none();
        let fill = diagnosis.fill;
        let removed = recovery.report(diagnosis, failure);
        match removed {
            Some(removed) if tries > 0 && bytes_again >= text.len() => {
                recovery.replace(removed.span, fill);
                if fill == Fill::Blanks && !harmless {
                    recovery.removed.push(removed);
                }
            }
            _ => {
                if harmless {
                    let span = Span::empty(failure.at);
                    let message = "the file is not read beyond this place";
                    recovery
                        .errors
                        .push(SyntaxError::new("invalid-yaml", span, message));
                }
                recovery.removed.push(Removed {
                    span: Span::new(failure.at, offset(text.len())),
                    wide: true,
                });
                break attempt;
            }
        }
        tries -= usize::from(!harmless);
        bytes_again -= text.len();
    };
    put_back(&mut attempt, &recovery.comments);
    let removed = recovery.removed.iter();
    let mut skipped: Vec<Span> = removed.map(|removed| snapped(text, removed.span)).collect();
    order::sort(&mut skipped);
    for document in &attempt.documents {
        strict::check(document, &mut attempt.strict);
    }
    let mut errors = recovery.errors;
    let lines: Vec<Span> = errors
        .iter()
        .map(|error| line_at(text, error.span.start))
        .collect();
    let told = lines.iter().chain(&skipped);
    let news = |strict: &SyntaxError| !told.clone().any(|span| span.touches(strict.span.start));
    attempt.strict.retain(news);
    errors.append(&mut attempt.strict);
    if exotic {
        attempt.documents.iter_mut().for_each(snap);
        for error in &mut errors {
            error.span = snapped(text, error.span);
            for (label, _) in &mut error.labels {
                *label = snapped(text, *label);
            }
        }
    }
    let mut anchors = HashSet::new();
    for document in &attempt.documents {
        check(document, &anchors, &mut errors, &mut skipped);
        let names = document.anchors.iter();
        anchors.extend(names.map(|anchor| document.anchor_name(anchor.span)));
    }
    order::sort(&mut skipped);
    order::sort_by_key(&mut errors, |error| error.span);
    Parse {
        tree: Yaml {
            documents: attempt.documents,
            skipped,
        },
        errors,
    }
}

/// The text with U+0085, U+2028 and U+2029 replaced by line feeds and blanks, if it has any: they end a line
/// for Docker Compose, but not for the event parser.
fn with_plain_breaks(text: &str) -> Cow<'_, str> {
    let has =
        |character: &str| memchr::memmem::find(text.as_bytes(), character.as_bytes()).is_some();
    if text.is_ascii() || !EXOTIC_BREAKS.iter().any(|(character, _)| has(character)) {
        return Cow::Borrowed(text);
    }
    let mut buffer = text.to_owned();
    for (character, blanks) in EXOTIC_BREAKS {
        buffer = buffer.replace(character, blanks);
    }
    Cow::Owned(buffer)
}

/// Each with an equally long text that the event parser takes for a line break.
const EXOTIC_BREAKS: [(&str, &str); 3] = [
    ("\u{85}", " \n"),
    ("\u{2028}", "  \n"),
    ("\u{2029}", "  \n"),
];

struct Recovery<'t> {
    text: &'t str,
    /// The text, as long as the file, with what was in the way blanked out.
    buffer: Cow<'t, str>,
    errors: Vec<SyntaxError>,
    removed: Vec<Removed>,
    /// Comments that were blanked out only because they stand too close to a value.
    comments: Vec<Comment>,
}

/// A part of the file that was blanked out.
#[derive(Clone, Copy)]
struct Removed {
    span: Span,
    /// Whether more than the mistake itself was.
    wide: bool,
}

impl Recovery<'_> {
    /// Keeps the error and says which bytes to blank out: those that the diagnosis names, or when nothing
    /// is left there the line of the failure, or a line near it.
    fn report(&mut self, diagnosis: Diagnosis, failure: &Failure) -> Option<Removed> {
        let buffer = &self.buffer;
        let line = line_at(buffer, failure.at);
        match diagnosis.error {
            Some(error) if !self.is_consequence(&error) => {
                let error = self.exotic_break(&error).unwrap_or(error);
                self.errors.push(error);
            }
            Some(_) => {}
            None if failure.problem == Problem::CommentTooClose => self.comments.push(Comment {
                span: diagnosis.blank?,
                own_line: false,
            }),
            None => {}
        }
        let blank = diagnosis.blank?;
        if diagnosis.fill != Fill::Blanks {
            let (span, wide) = (blank, false);
            return Some(Removed { span, wide });
        }
        let near = [
            Some(blank),
            Some(line),
            previous_line(buffer, line),
            next_line(buffer, line),
        ];
        let mut near = near.into_iter().flatten();
        let span = near.find(|span| !is_blank(buffer, *span))?;
        let lines = span.text(buffer).contains(['\n', '\r']);
        let wide = diagnosis.wide && lines || span != blank;
        Some(Removed { span, wide })
    }

    /// The same error in other words when its line begins behind a character that few editors show as the
    /// end of a line.
    fn exotic_break(&self, error: &SyntaxError) -> Option<SyntaxError> {
        let line = line_at(&self.buffer, error.span.start);
        let before = Span::new(0, line.start).text(self.text);
        let last = before.chars().next_back().filter(|last| !last.is_ascii())?;
        let span = Span::new(line.start - offset(last.len_utf8()), line.start);
        let message = format!("U+{:04X} ends the line for Docker Compose", u32::from(last));
        let error = SyntaxError::new("invalid-yaml", span, message);
        Some(error.with_help("remove the character; few editors show it"))
    }

    /// Whether an error follows from one before: it is on a line with an error, or nothing is left between
    /// it and lines that were taken out.
    fn is_consequence(&self, error: &SyntaxError) -> bool {
        let line = line_at(&self.buffer, error.span.start);
        let start = line.start;
        let on_line = |other: &SyntaxError| line_at(&self.buffer, other.span.start) == line;
        let follows = |removed: &Removed| {
            let gap = Span::new(removed.span.end.min(start), start);
            removed.wide && removed.span.start <= start && is_blank(&self.buffer, gap)
        };
        self.errors.iter().any(on_line) || self.removed.iter().any(follows)
    }

    fn replace(&mut self, span: Span, fill: Fill) {
        let part = |start: u32, end: u32| Span::new(start, end).text(&self.buffer);
        let mut buffer = String::with_capacity(self.buffer.len());
        buffer.push_str(part(0, span.start));
        let inside = part(span.start, span.end);
        match fill {
            Fill::Tabs => buffer.push_str(&inside.replace('\t', " ")),
            Fill::Letters => buffer.extend(inside.bytes().map(|_| 'x')),
            Fill::Commas => buffer.extend(inside.bytes().map(|_| ',')),
            Fill::Blanks => buffer.extend(inside.bytes().map(|byte| {
                if is_break(byte) {
                    char::from(byte)
                } else {
                    ' '
                }
            })),
        }
        buffer.push_str(part(span.end, offset(self.buffer.len())));
        self.buffer = Cow::Owned(buffer);
    }
}

fn put_back(attempt: &mut Attempt, comments: &[Comment]) {
    for comment in comments {
        let documents = attempt.documents.iter_mut();
        let mut documents = documents.filter(|document| document.span.start <= comment.span.start);
        if let Some(document) = documents.next_back() {
            let later = |other: &Comment| other.span.start < comment.span.start;
            let index = document.comments.partition_point(later);
            let free = |other: Option<&Comment>| {
                other.is_none_or(|other| {
                    other.span.end <= comment.span.start || comment.span.end <= other.span.start
                })
            };
            let before = index
                .checked_sub(1)
                .and_then(|at| document.comments.get(at));
            if free(before) && free(document.comments.get(index)) {
                document.comments.insert(index, *comment);
            }
        }
    }
}
