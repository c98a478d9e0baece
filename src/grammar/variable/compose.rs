//! Compose's dialect, after compose-go's `template/template.go`.
//!
//! compose-go finds a braced reference with an expression whose word is greedy and stays on its line, then
//! cuts the match where braces balance. Two consequences are kept here on purpose: the reference must close
//! on its line, and where braces never balance it reaches to the last `}` of the line.

use std::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n};
use nom::combinator::{recognize, value};
use nom::{IResult, Parser};

use super::{
    MAX_DEPTH, Modifier, Operator, Piece, Pieces, Reference, Template, VariableError,
    VariableErrorKind, Word,
};
use crate::text::order;

pub(super) fn parse(text: &str) -> Template {
    let mut errors = Vec::new();
    let pieces = Scanner::new(text, 0..text.len()).pieces(0, &mut errors);
    order::sort_by_key(&mut errors, |error| error.range.start);
    Template { pieces, errors }
}

/// Reads one level of a text: the whole, or one word.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    /// End of the line that was looked at last, and the last `}` before it.
    line_end: usize,
    last_brace: Option<usize>,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, range: Range<usize>) -> Scanner<'t> {
        Scanner {
            text,
            at: range.start,
            end: range.end,
            line_end: range.start,
            last_brace: None,
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn pieces(&mut self, depth: usize, errors: &mut Vec<VariableError>) -> Vec<Piece> {
        let mut pieces = Pieces::default();
        while let Some(plain) = memchr::memchr(b'$', self.rest().as_bytes()) {
            let start = self.at + plain;
            pieces.literal(self.at..start);
            self.at = start + 1;
            match self.rest().bytes().next() {
                Some(b'$') => {
                    pieces.literal(self.at..self.at + 1);
                    self.at += 1;
                }
                Some(b'{') => {
                    self.at += 1;
                    match self.braced(start, depth, errors) {
                        Ok(reference) => pieces.reference(reference),
                        Err(kind) => errors.push(VariableError {
                            kind,
                            range: start..self.at,
                        }),
                    }
                }
                _ => {
                    let len = name(self.rest()).map_or(0, |(_, name)| name.len());
                    let name = self.at..self.at + len;
                    self.at = name.end;
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
            }
        }
        pieces.literal(self.at..self.end);
        pieces.pieces
    }

    /// The inside of braces; `start` is the dollar. On an error, `self.at` is behind what is wrong.
    fn braced(
        &mut self,
        start: usize,
        depth: usize,
        errors: &mut Vec<VariableError>,
    ) -> Result<Reference, VariableErrorKind> {
        let Ok((rest, found)) = name(self.rest()) else {
            return Err(match self.rest().chars().next() {
                None => VariableErrorKind::Unclosed,
                Some(next) => {
                    // A dollar may begin a reference of its own.
                    self.at += if next == '$' { 0 } else { next.len_utf8() };
                    VariableErrorKind::BadName
                }
            });
        };
        let name = self.at..self.at + found.len();
        self.at = name.end;
        if rest.starts_with('}') {
            self.at += 1;
            return Ok(Reference {
                range: start..self.at,
                name,
                modifier: None,
            });
        }
        let Ok((after, operator)) = operator(rest) else {
            if rest.is_empty() {
                return Err(VariableErrorKind::Unclosed);
            }
            self.at += super::unsupported(rest);
            return Err(VariableErrorKind::UnsupportedModifier);
        };
        let Some(close) = self.close(start) else {
            return Err(VariableErrorKind::Unclosed);
        };
        let at = self.at..self.at + (rest.len() - after.len());
        let word = at.end..close;
        self.at = close + 1;
        if depth == MAX_DEPTH {
            return Err(VariableErrorKind::TooDeep);
        }
        let pieces = Scanner::new(self.text, word.clone()).pieces(depth + 1, errors);
        Ok(Reference {
            range: start..self.at,
            name,
            modifier: Some(Box::new(Modifier {
                operator,
                at,
                word: Word {
                    range: word,
                    pieces,
                },
                replacement: None,
            })),
        })
    }

    /// The brace that closes the reference at `start`: the balancing one, else the last of the line.
    fn close(&mut self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if self.line_end <= start {
            let line = &bytes[start..self.end];
            let line = &line[..memchr::memchr(b'\n', line).unwrap_or(line.len())];
            self.line_end = start + line.len();
            self.last_brace = memchr::memrchr(b'}', line).map(|brace| start + brace);
        }
        let last = self.last_brace.filter(|&brace| brace >= self.at)?;
        let mut open = 0_usize;
        let mut at = start;
        while at <= last {
            match bytes[at] {
                b'}' => {
                    open = open.saturating_sub(1);
                    if open == 0 {
                        return Some(at);
                    }
                }
                b'{' => {
                    open += 1;
                    // compose-go does not look at the character behind an opening brace.
                    at += 1;
                }
                _ => {}
            }
            at += 1;
        }
        Some(last)
    }
}

/// A letter or underscore, then letters, digits and underscores, all ASCII.
fn name(input: &str) -> IResult<&str, &str> {
    recognize((
        take_while_m_n(1, 1, |c: char| c.is_ascii_alphabetic() || c == '_'),
        take_while(|c: char| c.is_ascii_alphanumeric() || c == '_'),
    ))
    .parse(input)
}

fn operator(input: &str) -> IResult<&str, Operator> {
    alt((
        value(Operator::DefaultIfEmpty, tag(":-")),
        value(Operator::DefaultIfUnset, tag("-")),
        value(Operator::RequiredFilled, tag(":?")),
        value(Operator::Required, tag("?")),
        value(Operator::AlternativeIfFilled, tag(":+")),
        value(Operator::AlternativeIfSet, tag("+")),
    ))
    .parse(input)
}
