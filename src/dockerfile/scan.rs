//! From bytes to logical lines, as BuildKit's parser joins them.
//!
//! Knows lines, line continuations, comments, blank lines and parser directives
//! (`frontend/dockerfile/parser/parser.go` and `directives.go` in BuildKit). Does not know any
//! instruction; heredoc bodies are taken line by line by whoever knows that one is open.

use std::ops::Range;

use crate::diagnostic::{Applicability, Fix, SyntaxError};
use crate::text::span::offset;
use crate::text::{Cooked, CookedBuilder, Edit, Span};

use super::ast::{Comment, Directive, DirectiveKind, Escape, Lines};
use super::directive::{self, DirectiveReader};

/// The longest line that BuildKit's scanner takes, in bytes without the `\n`.
pub const MAX_LINE: usize = 65_535;

/// A physical line.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawLine<'t> {
    /// Its text without the line break; every `\r` at its end counts as part of the break.
    pub text: &'t str,
    /// Where it begins.
    pub start: usize,
    /// Where the next line begins.
    pub next: usize,
    /// Counted from 1.
    pub number: u32,
}

impl RawLine<'_> {
    /// One past the last byte of the text.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The text without the line break.
    pub(super) fn span(&self) -> Span {
        Span::from_range(self.start..self.end())
    }
}

/// The lines of one instruction, joined.
#[derive(Debug)]
pub(super) struct Logical<'t> {
    /// The text with line continuations, comments and blank lines taken out.
    pub text: Cooked<'t>,
    /// From the first byte that is no white space to the end of the last line.
    pub span: Span,
    /// First and last line.
    pub lines: Lines,
    /// Blank lines inside.
    pub blank_lines: Vec<Span>,
    /// The comments between the instruction before and this one.
    pub comments_before: Range<u32>,
    /// The comments between its lines.
    pub comments_inside: Range<u32>,
}

/// Reads a file line by line.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    directives: DirectiveReader,
    /// The escape character in force.
    pub escape: Escape,
    /// The comments read so far.
    pub comments: Vec<Comment>,
    /// What was wrong so far.
    pub errors: Vec<SyntaxError>,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Scanner<'t> {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Scanner {
            text,
            at,
            line: 0,
            directives: DirectiveReader::default(),
            escape: Escape::default(),
            comments: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// The next physical line, whatever it is.
    pub(super) fn raw_line(&mut self) -> Option<RawLine<'t>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let (content, len) = match memchr::memchr(b'\n', rest.as_bytes()) {
            Some(at) => (&rest[..at], at + 1),
            None => (rest, rest.len()),
        };
        self.line += 1;
        let line = RawLine {
            text: match content.as_bytes() {
                [.., b'\r'] => content.trim_end_matches('\r'),
                _ => content,
            },
            start: self.at,
            next: self.at + len,
            number: self.line,
        };
        self.at += len;
        if content.len() > MAX_LINE {
            let message = format!(
                "line {} has {} bytes; BuildKit reads lines of up to {MAX_LINE}",
                line.number,
                content.len()
            );
            self.errors.push(
                SyntaxError::new("overlong-line", line.span(), message)
                    .with_help("break the line, or copy the content from a file"),
            );
        }
        Some(line)
    }

    /// Where the next line begins and how many lines were read, to come back to.
    pub(super) fn position(&self) -> (usize, u32) {
        (self.at, self.line)
    }

    /// Goes back (or on) to a position.
    pub(super) fn seek(&mut self, (at, line): (usize, u32)) {
        self.at = at;
        self.line = line;
    }

    /// The directives read so far.
    pub(super) fn into_parts(self) -> (Vec<Directive>, Vec<Comment>, Vec<SyntaxError>, Escape) {
        (
            self.directives.found,
            self.comments,
            self.errors,
            self.escape,
        )
    }

    /// The next instruction's lines. Directives, comments and blank lines before it are dealt with.
    pub(super) fn logical_line(&mut self) -> Option<Logical<'t>> {
        let comments_before = offset(self.comments.len());
        loop {
            let line = self.raw_line()?;
            let text = without_indent(line.text);
            if self.directives.is_open() && self.directive(line, text) {
                continue;
            }
            if text.is_empty() {
                continue;
            }
            let indent = line.text.len() - text.len();
            if text.starts_with('#') {
                self.comment(line, indent, false);
                continue;
            }
            return Some(self.join(line, indent, comments_before));
        }
    }

    /// Reads a possible directive; true when the line is one.
    fn directive(&mut self, line: RawLine<'t>, text: &str) -> bool {
        let indent = line.text.len() - text.len();
        let Some(mut directive) = self.directives.read(text, line.start + indent, line.number)
        else {
            return false;
        };
        if directive.counts {
            if directive.kind == DirectiveKind::Escape {
                match directive::escape(&directive.value.value) {
                    Some(escape) => self.escape = escape,
                    None => {
                        directive.counts = false;
                        self.errors.push(directive::invalid_escape(&directive));
                    }
                }
            }
        } else {
            let message = format!("`{}` is given twice", directive.kind.as_str());
            let first = self
                .directives
                .found
                .iter()
                .find(|first| first.kind == directive.kind);
            let whole_line = Span::from_range(line.start..line.next);
            let mut error = SyntaxError::new("duplicate-parser-directive", directive.span, message)
                .with_help("keep one of them")
                .with_fix(Fix::new(
                    "remove the repeated directive",
                    Applicability::Safe,
                    vec![Edit::delete(whole_line)],
                ));
            if let Some(first) = first {
                error = error.with_label(first.span, "given here first");
            }
            self.errors.push(error);
        }
        self.directives.found.push(directive);
        true
    }

    fn comment(&mut self, line: RawLine<'t>, indent: usize, inside: bool) {
        let text = &line.text[indent..];
        self.comments.push(Comment {
            text: text[1..].trim().into(),
            span: Span::from_range(line.start + indent..line.end()),
            line: line.number,
            inside,
        });
    }

    /// Joins the lines of an instruction that begins with `first`.
    fn join(&mut self, first: RawLine<'t>, indent: usize, comments_before: u32) -> Logical<'t> {
        let escape = self.escape.as_char();
        let start = first.start + indent;
        let text = &first.text[indent..];
        let comments = offset(self.comments.len());
        let mut logical = Logical {
            text: Cooked::verbatim(text, offset(start)),
            span: Span::from_range(start..first.end()),
            lines: Lines {
                first: first.number,
                last: first.number,
            },
            blank_lines: Vec::new(),
            comments_before: comments_before..comments,
            comments_inside: comments..comments,
        };
        let Some(kept) = without_continuation(text, escape) else {
            return logical;
        };
        let mut builder = CookedBuilder::with_capacity(text.len() * 4);
        builder.verbatim(kept, offset(start));
        let mut last = first;
        while let Some(line) = self.raw_line() {
            last = line;
            let text = without_indent(line.text);
            if text.starts_with('#') {
                self.comment(line, line.text.len() - text.len(), true);
                continue;
            }
            if text.is_empty() {
                logical
                    .blank_lines
                    .push(Span::from_range(line.start..line.next));
                continue;
            }
            match without_continuation(line.text, escape) {
                Some(kept) => builder.verbatim(kept, offset(line.start)),
                None => {
                    builder.verbatim(line.text, offset(line.start));
                    break;
                }
            }
        }
        logical.text = builder.finish(offset(start + kept.len()));
        logical.span.end = offset(last.end());
        if let Some(blank) = logical.blank_lines.last_mut() {
            blank.end = blank.end.min(logical.span.end);
        }
        logical.lines.last = last.number;
        logical.comments_inside.end = offset(self.comments.len());
        logical
    }
}

/// What stays of a line that is continued; nothing when it is not. The escape character counts when only
/// spaces and tabs follow and no other escape character stands before it.
fn without_continuation(line: &str, escape: char) -> Option<&str> {
    let bytes = line.as_bytes();
    let last = bytes
        .iter()
        .rposition(|byte| !matches!(byte, b' ' | b'\t'))?;
    let is_escape = |at: usize| char::from(bytes[at]) == escape;
    let is_escaped = || last.checked_sub(1).is_some_and(is_escape);
    (is_escape(last) && !is_escaped()).then(|| &line[..last])
}

/// A line without the white space in front. Nearly always it is of blanks and tabs, if there is any.
fn without_indent(line: &str) -> &str {
    let blanks = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    line[blanks.count()..].trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text and line numbers of each logical line.
    fn read(text: &str) -> Vec<(String, u32, u32)> {
        let mut scanner = Scanner::new(text);
        let mut found = Vec::new();
        while let Some(logical) = scanner.logical_line() {
            found.push((
                logical.text.text().to_owned(),
                logical.lines.first,
                logical.lines.last,
            ));
        }
        found
    }

    fn line(text: &str, first: u32, last: u32) -> (String, u32, u32) {
        (text.to_owned(), first, last)
    }

    #[test]
    fn lines_are_joined_without_the_break() {
        assert_eq!(read("RUN a \\\n  b\n"), [line("RUN a   b", 1, 2)]);
        assert_eq!(read("RUN a \\ \t\r\n  b\r\n"), [line("RUN a   b", 1, 2)]);
    }

    #[test]
    fn a_doubled_escape_character_joins_nothing() {
        assert_eq!(read("A x\\\\\nB"), [line("A x\\\\", 1, 1), line("B", 2, 2)]);
        assert_eq!(
            read("A x\\\\\\\nB"),
            [line("A x\\\\\\", 1, 1), line("B", 2, 2)]
        );
    }

    #[test]
    fn comment_inside_continuation_is_skipped() {
        let text = "RUN a \\\n # c \\\n\n b\nRUN d";
        assert_eq!(read(text), [line("RUN a  b", 1, 4), line("RUN d", 5, 5)]);
        let mut scanner = Scanner::new(text);
        let logical = scanner.logical_line().unwrap();
        assert_eq!(logical.blank_lines, [Span::new(15, 16)]);
        assert_eq!(
            (logical.comments_before, logical.comments_inside),
            (0..0, 0..1)
        );
        assert_eq!(&*scanner.comments[0].text, "c \\");
        assert_eq!(scanner.comments[0].span, Span::new(9, 14));
    }

    #[test]
    fn a_continuation_may_end_with_the_file() {
        assert_eq!(read("RUN a \\"), [line("RUN a ", 1, 1)]);
        assert_eq!(read("RUN a \\\n# c\n"), [line("RUN a ", 1, 2)]);
        assert_eq!(read("\\\n"), [line("", 1, 1)]);
    }

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_first_line() {
        let mut scanner = Scanner::new("\u{feff}# escape=`\nRUN a `\nb");
        let logical = scanner.logical_line().unwrap();
        assert_eq!(logical.text.text(), "RUN a b");
        assert_eq!(logical.span, Span::new(14, 23));
    }

    #[test]
    fn a_line_longer_than_the_scanner_takes_is_reported_and_read() {
        let text = format!("RUN {}\nRUN b", "a".repeat(MAX_LINE));
        let mut scanner = Scanner::new(&text);
        while scanner.logical_line().is_some() {}
        assert_eq!(scanner.errors.len(), 1);
        assert_eq!(scanner.errors[0].rule, "overlong-line");
        let text = format!("RUN {}\r\nRUN b", "a".repeat(MAX_LINE - 5));
        let mut scanner = Scanner::new(&text);
        while scanner.logical_line().is_some() {}
        assert_eq!(scanner.errors, []);
    }
}
