//! Layers of tokens, made flat.

use super::{Token, TokenKind};
use crate::text::{Span, order};

/// Tokens painted over one another.
pub(super) struct Paint<'t> {
    text: &'t str,
    range: Option<Span>,
    layers: Vec<(Span, TokenKind)>,
}

impl<'t> Paint<'t> {
    /// Nothing painted yet. What does not touch the range is left out.
    pub(super) fn new(text: &'t str, range: Option<Span>) -> Paint<'t> {
        Paint {
            text,
            range,
            layers: Vec::new(),
        }
    }

    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Whether nothing of a span is wanted.
    pub(super) fn is_outside(&self, span: Span) -> bool {
        let is_apart = |range: Span| span.end < range.start || range.end < span.start;
        self.range.is_some_and(is_apart)
    }

    /// Paints over what was painted before.
    pub(super) fn add(&mut self, span: Span, kind: TokenKind) {
        if !span.is_empty() && !self.is_outside(span) {
            self.layers.push((span, kind));
        }
    }

    /// The tokens as they are seen from above, each on one line, without blanks around.
    pub(super) fn finish(self) -> Vec<Token> {
        let Paint {
            text,
            range,
            layers,
        } = self;
        // At each border those that begin and end; of those that are open the last painted one is seen.
        let mut borders: Vec<(u32, bool, usize)> = Vec::with_capacity(2 * layers.len());
        for (number, (span, _)) in layers.iter().enumerate() {
            borders.push((span.start, true, number));
            borders.push((span.end, false, number));
        }
        order::sort(&mut borders);
        let mut open = std::collections::BTreeSet::new();
        let mut tokens: Vec<Token> = Vec::new();
        let mut last = 0;
        let mut seen: Option<usize> = None;
        for (at, begins, number) in borders {
            if let Some(top) = seen.filter(|_| at > last) {
                push(text, Span::new(last, at), layers[top].1, &mut tokens);
            }
            last = at;
            if begins {
                open.insert(number);
            } else {
                open.remove(&number);
            }
            seen = open.last().copied();
        }
        if let Some(range) = range {
            tokens.retain(|token| token.span.start < range.end && range.start < token.span.end);
        }
        tokens
    }
}

/// Adds the lines of a span, trimmed, without the character that continues a line.
fn push(text: &str, span: Span, kind: TokenKind, tokens: &mut Vec<Token>) {
    let mut start = span.range().start;
    for line in span.text(text).split_inclusive(['\n', '\r']) {
        let shown = line.trim_end();
        let shown = if line.len() > shown.len() && line.ends_with(['\n', '\r']) {
            shown.trim_end_matches('\\').trim_end()
        } else {
            shown
        };
        let blanks = shown.len() - shown.trim_start().len();
        if blanks < shown.len() {
            tokens.push(Token {
                span: Span::from_range(start + blanks..start + shown.len()),
                kind,
            });
        }
        start += line.len();
    }
}
