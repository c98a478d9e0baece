//! Parser directives: `# syntax=…`, `# escape=…` and `# check=…` at the top of a file.
//!
//! As BuildKit reads them (`frontend/dockerfile/parser/directives.go`): one a line, before anything else;
//! the first line that is none ends them. After a `#!` line BuildKit still looks for `syntax` and `check`,
//! but no longer for `escape`.

use nom::bytes::complete::{tag, take_while};
use nom::character::complete::satisfy;
use nom::combinator::{recognize, rest};
use nom::sequence::pair;
use nom::{IResult, Offset, Parser};

use crate::diagnostic::{Applicability, Fix, SyntaxError};
use crate::grammar::excerpt;
use crate::text::{Edit, Span, Spanned};

use super::ast::{Directive, DirectiveKind, Escape};

/// Reads directives until a line is none.
#[derive(Debug, Default)]
pub(super) struct DirectiveReader {
    state: State,
    /// The directives so far.
    pub found: Vec<Directive>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    #[default]
    Start,
    Open,
    AfterShebang,
    Done,
}

impl DirectiveReader {
    /// Whether the next line can still be a directive.
    pub(super) fn is_open(&self) -> bool {
        self.state != State::Done
    }

    /// Reads a line, given without the white space before it; `start` is its place in the file. A line
    /// that is no directive ends them.
    pub(super) fn read(&mut self, text: &str, start: usize, line: u32) -> Option<Directive> {
        if self.state == State::Start {
            if text.starts_with("#!") {
                self.state = State::AfterShebang;
                return None;
            }
            self.state = State::Open;
        }
        let found = key_and_value(text).ok().and_then(|(_, (key, value))| {
            let kind = [
                DirectiveKind::Syntax,
                DirectiveKind::Escape,
                DirectiveKind::Check,
            ]
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(key))?;
            Some((kind, key, value))
        });
        let Some((kind, key, value)) = found else {
            self.state = State::Done;
            return None;
        };
        if kind == DirectiveKind::Escape && self.state == State::AfterShebang {
            return None;
        }
        let at = |part: &str| {
            let begin = start + text.offset(part);
            Span::from_range(begin..begin + part.len())
        };
        let value_span = at(value);
        Some(Directive {
            kind,
            name: Spanned::new(key.into(), at(key)),
            value: Spanned::new(value.into(), value_span),
            span: Span::new(at(text).start, value_span.end),
            counts: self.found.iter().all(|earlier| earlier.kind != kind),
            line,
        })
    }
}

/// The escape character that a directive's value stands for.
pub(super) fn escape(value: &str) -> Option<Escape> {
    match value {
        "\\" => Some(Escape::Backslash),
        "`" => Some(Escape::Backtick),
        _ => None,
    }
}

/// The error for an escape character that is none.
pub(super) fn invalid_escape(directive: &Directive) -> SyntaxError {
    let value = excerpt(directive.value.value.trim());
    let message = format!("`{value}` cannot be the escape character");
    let span = directive.value.span;
    SyntaxError::new("invalid-escape-directive", span, message)
        .with_help("write `# escape=\\` or, for Windows paths, ``# escape=` ``")
        .with_fix(Fix::new(
            "use the backtick; every `\\` then stands for itself",
            Applicability::Unsafe,
            vec![Edit::replace(span, "`")],
        ))
}

/// White space as Go's `\s` has it.
fn is_space(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\x0c' | '\r' | ' ')
}

fn key_and_value(line: &str) -> IResult<&str, (&str, &str)> {
    let (line, _) = tag("#").parse(line)?;
    let (line, _) = take_while(char::is_whitespace).parse(line)?;
    let (line, key) = recognize(pair(
        satisfy(|c| c.is_ascii_alphabetic()),
        take_while(|c: char| c.is_ascii_alphanumeric()),
    ))
    .parse(line)?;
    let (line, _) = take_while(is_space).parse(line)?;
    let (line, _) = tag("=").parse(line)?;
    let (line, value) = rest.parse(line)?;
    let trimmed = value.trim_matches(is_space);
    if !trimmed.is_empty() {
        return Ok((line, (key, trimmed)));
    }
    // Only spaces: the last of them is the value.
    match value.len().checked_sub(1).and_then(|at| value.get(at..)) {
        Some(last) => Ok((line, (key, last))),
        None => Err(nom::Err::Error(nom::error::Error::new(
            line,
            nom::error::ErrorKind::Eof,
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Vec<(DirectiveKind, String, bool)> {
        let mut reader = DirectiveReader::default();
        for line in lines {
            if !reader.is_open() {
                break;
            }
            if let Some(directive) = reader.read(line, 0, 1) {
                reader.found.push(directive);
            }
        }
        reader
            .found
            .into_iter()
            .map(|d| (d.kind, d.value.value.into(), d.counts))
            .collect()
    }

    #[test]
    fn names_are_read_in_any_case_and_spacing() {
        assert_eq!(
            read(&["#SYNTAX = docker/dockerfile:1 ", "# escape=`"]),
            [
                (DirectiveKind::Syntax, "docker/dockerfile:1".into(), true),
                (DirectiveKind::Escape, "`".into(), true)
            ]
        );
    }

    #[test]
    fn the_first_other_line_ends_them() {
        assert_eq!(read(&["# note", "# escape=`"]), []);
        assert_eq!(read(&["", "# escape=`"]), []);
        assert_eq!(read(&["# sytnax=x", "# escape=`"]), []);
    }

    #[test]
    fn a_repeated_directive_does_not_count() {
        let found = read(&["# check=skip=all", "# check=error=true"]);
        assert_eq!((found[0].2, found[1].2), (true, false));
    }

    #[test]
    fn after_a_shebang_the_escape_character_stays() {
        let found = read(&["#!/usr/bin/env x", "# escape=`", "# syntax=a"]);
        assert_eq!(found, [(DirectiveKind::Syntax, "a".into(), true)]);
    }

    #[test]
    fn a_directive_without_value_is_a_comment() {
        assert_eq!(read(&["# escape="]), []);
        assert_eq!(read(&["# escape=  "])[0].1, " ");
    }
}
