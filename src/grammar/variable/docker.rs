//! Docker's dialect, after BuildKit's `frontend/dockerfile/shell/lex.go`.
//!
//! One pass from left to right. A word inside braces is read by the same rules as the whole text, quotes and
//! escapes included, so only reading it tells where it ends.

use std::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::one_of;
use nom::combinator::{recognize, value};
use nom::{IResult, Parser};

use super::{
    MAX_DEPTH, Modifier, Operator, Pieces, Reference, Template, VariableError, VariableErrorKind,
    Word,
};
use crate::text::order;

pub(super) fn parse(text: &str, escape: u8, quotes: bool) -> Template {
    let mut lexer = Lexer {
        text,
        at: 0,
        escape,
        quotes,
        depth: 0,
        stopped: false,
        errors: Vec::new(),
    };
    let (pieces, _) = lexer.word(None, false);
    // An error inside a word is found before the one of its braces.
    order::sort_by_key(&mut lexer.errors, |error| error.range.start);
    Template {
        pieces: pieces.pieces,
        errors: lexer.errors,
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    escape: u8,
    quotes: bool,
    /// How many braces are open.
    depth: usize,
    /// Whether an error took the rest of the text, so that what is still open is its consequence.
    stopped: bool,
    errors: Vec<VariableError>,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Moves over one character of any length.
    fn skip_char(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    fn error(&mut self, kind: VariableErrorKind, range: Range<usize>) {
        self.errors.push(VariableError { kind, range });
    }

    /// An error that the end of the text makes: only the innermost counts.
    fn stop(&mut self, kind: VariableErrorKind, range: Range<usize>) {
        if !self.stopped {
            self.stopped = true;
            self.error(kind, range);
        }
        self.at = self.text.len();
    }

    /// Reads up to `stop` and over it, or to the end. Says whether `stop` was there. With `raw`, escape
    /// characters stay in the text, since they mean something in a pattern.
    fn word(&mut self, stop: Option<u8>, raw: bool) -> (Pieces, bool) {
        let mut pieces = Pieces::default();
        loop {
            let plain = self
                .rest()
                .bytes()
                .position(|byte| {
                    byte == b'$'
                        || Some(byte) == stop
                        || byte == self.escape
                        || self.quotes && (byte == b'\'' || byte == b'"')
                })
                .unwrap_or(self.rest().len());
            pieces.literal(self.at..self.at + plain);
            self.at += plain;
            let Some(byte) = self.peek() else {
                return (pieces, stop.is_none());
            };
            if Some(byte) == stop {
                self.at += 1;
                return (pieces, true);
            }
            match byte {
                b'$' => self.dollar(&mut pieces),
                b'\'' if self.quotes => self.single_quote(&mut pieces),
                b'"' if self.quotes => self.double_quote(&mut pieces, raw),
                _ => {
                    let start = self.at;
                    self.at += 1;
                    let escaped = self.at;
                    self.skip_char();
                    pieces.literal(if raw { start } else { escaped }..self.at);
                }
            }
        }
    }

    fn single_quote(&mut self, pieces: &mut Pieces) {
        let start = self.at;
        match memchr::memchr(b'\'', &self.text.as_bytes()[start + 1..]) {
            Some(len) => {
                pieces.literal(start + 1..start + 1 + len);
                self.at = start + 1 + len + 1;
            }
            None => {
                pieces.literal(start + 1..self.text.len());
                self.stop(VariableErrorKind::UnclosedQuote, start..start + 1);
            }
        }
    }

    fn double_quote(&mut self, pieces: &mut Pieces, raw: bool) {
        let start = self.at;
        self.at += 1;
        loop {
            let plain = self
                .rest()
                .bytes()
                .position(|byte| byte == b'"' || byte == b'$' || byte == self.escape)
                .unwrap_or(self.rest().len());
            pieces.literal(self.at..self.at + plain);
            self.at += plain;
            match self.peek() {
                None => return self.stop(VariableErrorKind::UnclosedQuote, start..start + 1),
                Some(b'"') => {
                    self.at += 1;
                    return;
                }
                Some(b'$') => self.dollar(pieces),
                Some(_) => {
                    let escape = self.at;
                    self.at += 1;
                    match self.peek() {
                        Some(next) if next == b'"' || next == b'$' || next == self.escape => {
                            self.at += 1;
                            pieces.literal(if raw { escape } else { escape + 1 }..self.at);
                        }
                        // Before anything else the escape character is an ordinary one.
                        _ => pieces.literal(escape..self.at),
                    }
                }
            }
        }
    }

    fn dollar(&mut self, pieces: &mut Pieces) {
        let start = self.at;
        self.at += 1;
        if self.peek() == Some(b'{') {
            self.at += 1;
            if let Some(reference) = self.braced(start) {
                pieces.reference(reference);
            }
            return;
        }
        let name = self.name();
        if name.is_empty() {
            pieces.literal(start..start + 1);
        } else {
            pieces.reference(Reference {
                range: start..name.end,
                name,
                modifier: None,
            });
        }
    }

    fn name(&mut self) -> Range<usize> {
        let start = self.at;
        let (_, found) = name(self.rest()).unwrap_or_default();
        self.at += found.len();
        start..self.at
    }

    /// The inside of braces; `start` is the dollar.
    fn braced(&mut self, start: usize) -> Option<Reference> {
        match self.peek() {
            None => {
                self.stop(VariableErrorKind::Unclosed, start..self.at);
                return None;
            }
            Some(b'{' | b'}' | b':') => {
                self.at += 1;
                self.error(VariableErrorKind::BadName, start..self.at);
                return None;
            }
            Some(_) => {}
        }
        let name = self.name();
        let open = start..name.end;
        let mut reference = Reference {
            range: open.clone(),
            name,
            modifier: None,
        };
        match self.peek() {
            None => {
                self.stop(VariableErrorKind::Unclosed, open);
                return Some(reference);
            }
            Some(b'}') => {
                self.at += 1;
                reference.range.end = self.at;
                return Some(reference);
            }
            Some(_) => {}
        }
        let at = self.at;
        let Ok((_, (operator, len))) = operator(self.rest()) else {
            let kind = if reference.name.is_empty() {
                VariableErrorKind::BadName
            } else {
                VariableErrorKind::UnsupportedModifier
            };
            self.at += super::unsupported(self.rest());
            self.error(kind, start..self.at);
            return None;
        };
        self.at += len;
        if self.depth == MAX_DEPTH {
            self.stop(VariableErrorKind::TooDeep, start..self.at);
            return Some(reference);
        }
        self.depth += 1;
        let modifier = self.modifier(operator, at..at + len, open);
        self.depth -= 1;
        reference.range.end = self.at;
        reference.modifier = Some(Box::new(modifier));
        Some(reference)
    }

    fn modifier(&mut self, operator: Operator, at: Range<usize>, open: Range<usize>) -> Modifier {
        let replaces = matches!(operator, Operator::ReplaceFirst | Operator::ReplaceAll);
        let raw = !matches!(
            operator,
            Operator::DefaultIfEmpty
                | Operator::DefaultIfUnset
                | Operator::AlternativeIfFilled
                | Operator::AlternativeIfSet
                | Operator::RequiredFilled
                | Operator::Required
        );
        let (word, closed) = self.nested(if replaces { b'/' } else { b'}' }, raw);
        if !closed {
            let kind = if replaces {
                VariableErrorKind::MissingSlash
            } else {
                VariableErrorKind::Unclosed
            };
            self.stop(kind, open.clone());
        }
        let replacement = (replaces && closed).then(|| {
            let (replacement, closed) = self.nested(b'}', true);
            if !closed {
                self.stop(VariableErrorKind::Unclosed, open);
            }
            replacement
        });
        Modifier {
            operator,
            at,
            word,
            replacement,
        }
    }

    fn nested(&mut self, stop: u8, raw: bool) -> (Word, bool) {
        let start = self.at;
        let (pieces, closed) = self.word(Some(stop), raw);
        let end = if closed { self.at - 1 } else { self.at };
        let word = Word {
            range: start..end,
            pieces: pieces.pieces,
        };
        (word, closed)
    }
}

/// A run of digits, one special parameter, or letters, digits and underscores; possibly nothing.
fn name(input: &str) -> IResult<&str, &str> {
    alt((
        take_while1(|c: char| c.is_ascii_digit()),
        recognize(one_of("@*#?-$!")),
        take_while(|c: char| c.is_alphanumeric() || c == '_'),
    ))
    .parse(input)
}

/// The operator and its length. BuildKit takes a colon before `#` and `%` too, and ignores it.
fn operator(input: &str) -> IResult<&str, (Operator, usize)> {
    let (rest, operator) = alt((
        value(Operator::DefaultIfEmpty, tag(":-")),
        value(Operator::DefaultIfUnset, tag("-")),
        value(Operator::AlternativeIfFilled, tag(":+")),
        value(Operator::AlternativeIfSet, tag("+")),
        value(Operator::RequiredFilled, tag(":?")),
        value(Operator::Required, tag("?")),
        value(Operator::TrimLongestPrefix, alt((tag("##"), tag(":##")))),
        value(Operator::TrimPrefix, alt((tag("#"), tag(":#")))),
        value(Operator::TrimLongestSuffix, alt((tag("%%"), tag(":%%")))),
        value(Operator::TrimSuffix, alt((tag("%"), tag(":%")))),
        value(Operator::ReplaceAll, tag("//")),
        value(Operator::ReplaceFirst, tag("/")),
    ))
    .parse(input)?;
    Ok((rest, (operator, input.len() - rest.len())))
}
