//! Which braces of a word are a brace expansion.
//!
//! bash expands `{a,b}` and `{1..9}`; any other brace is text. That is known only at the closing brace, so
//! the parser notes every delimiter as if it counted and this turns the others back into text.

use super::few::Few;
use super::slice::Text;
use super::word::WordPart;
use crate::text::{Span, Spanned, order};

/// The delimiters of the word that is being read, as indices of its parts.
#[derive(Default)]
pub(super) struct Braces {
    open: Vec<Open>,
    /// Those that turned out to be text.
    text: Vec<usize>,
}

/// A `{` that waits for its `}`.
struct Open {
    index: usize,
    /// Where the text behind it begins.
    inside: usize,
    commas: Vec<usize>,
    ranges: Vec<usize>,
}

impl Braces {
    /// Whether a comma would mean something.
    pub(super) fn are_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Notes `{`, which becomes the part `index`; `inside` is where the text behind it begins.
    pub(super) fn open(&mut self, index: usize, inside: usize) {
        self.open.push(Open {
            index,
            inside,
            commas: Vec::new(),
            ranges: Vec::new(),
        });
    }

    /// Notes `,`.
    pub(super) fn comma(&mut self, index: usize) {
        if let Some(open) = self.open.last_mut() {
            open.commas.push(index);
        }
    }

    /// Notes `..`.
    pub(super) fn range(&mut self, index: usize) {
        if let Some(open) = self.open.last_mut() {
            open.ranges.push(index);
        }
    }

    /// Notes `}`, which stands at `end` in `text`.
    pub(super) fn close(&mut self, index: usize, text: &str, end: usize) {
        let Some(open) = self.open.pop() else { return };
        if !open.commas.is_empty() {
            self.text.extend(open.ranges);
        } else if open.ranges.is_empty() || !is_range(text.get(open.inside..end).unwrap_or("")) {
            self.text.push(index);
            self.text.push(open.index);
            self.text.extend(open.ranges);
        }
    }

    /// Turns the delimiters that delimit nothing into literals, joined with their neighbours.
    pub(super) fn finish(mut self, parts: &mut Few<WordPart>) {
        for open in self.open {
            self.text.push(open.index);
            self.text.extend(open.commas);
            self.text.extend(open.ranges);
        }
        if self.text.is_empty() {
            return;
        }
        order::sort(&mut self.text);
        let mut text = self.text.into_iter().peekable();
        let mut joined = Few::new();
        let mut literal: Option<(String, Span)> = None;
        for (index, part) in std::mem::take(parts).into_iter().enumerate() {
            match part {
                WordPart::Brace(brace) if text.next_if_eq(&index).is_some() => {
                    append(&mut literal, brace.value.as_str().into(), brace.span);
                }
                WordPart::Literal(part) => append(&mut literal, part.value, part.span),
                part => {
                    joined.extend(literal.take().map(to_part));
                    joined.push(part);
                }
            }
        }
        joined.extend(literal.map(to_part));
        *parts = joined;
    }
}

fn append(literal: &mut Option<(String, Span)>, text: Text, span: Span) {
    match literal {
        Some((before, place)) => {
            before.push_str(&text);
            *place = place.cover(span);
        }
        None => *literal = Some((text.as_str().to_owned(), span)),
    }
}

fn to_part((text, span): (String, Span)) -> WordPart {
    WordPart::Literal(Spanned::new(text.into(), span))
}

/// Whether the text between braces is a sequence: two numbers or two letters, perhaps with a step.
fn is_range(text: &str) -> bool {
    let is_number = |piece: &str| piece.parse::<i64>().is_ok();
    let is_letter = |piece: &str| matches!(piece.as_bytes(), [b'a'..=b'z' | b'A'..=b'Z']);
    let mut pieces = text.split("..");
    let (first, last, step) = (pieces.next(), pieces.next(), pieces.next());
    let (Some(first), Some(last), None) = (first, last, pieces.next()) else {
        return false;
    };
    step.is_none_or(is_number)
        && ((is_number(first) && is_number(last)) || (is_letter(first) && is_letter(last)))
}
