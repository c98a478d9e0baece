//! Reading `[[ … ]]`.

use std::ops::Range;

use super::ast::{CompoundKind, Conditional, ConditionalKind};
use super::parse::Parser;
use super::parts::Until;
use super::word::Word;
use crate::text::{Span, Spanned};

impl Parser<'_> {
    /// Reads the expression behind `[[` and the `]]`.
    pub(super) fn conditional_command(&mut self, opening: Range<usize>) -> CompoundKind {
        let span = self.span_of(opening.clone());
        let mut expression = self.alternatives();
        if !self.at_conditional_end() && !self.at_end() {
            self.unexpected_token("is unexpected in `[[`");
            self.quietly(Self::skip_conditional);
        }
        if self.at_conditional_end() {
            self.pos += 2;
        } else {
            self.unclosed(opening, "`[[` is never closed");
        }
        expression.span = Span::new(span.start, self.file_end());
        CompoundKind::Conditional(expression)
    }

    fn skip_conditional(&mut self) {
        loop {
            self.skip_blanks();
            if self.at_end() || self.peek() == Some(b'\n') || self.at_conditional_end() {
                return;
            }
            if self.word().is_none() {
                self.pos += 1;
            }
        }
    }

    fn at_conditional_end(&self) -> bool {
        self.looking_at("]]") && self.is_token_end(2)
    }

    /// Reads expressions joined by `||`.
    fn alternatives(&mut self) -> Conditional {
        let mut all = vec![self.conjunction()];
        loop {
            self.skip_lines();
            if !self.looking_at("||") {
                break;
            }
            let operator = self.pos..self.pos + 2;
            self.pos += 2;
            all.push(self.conjunction());
            self.check_operand(operator, all.last());
        }
        joined(all, ConditionalKind::Or)
    }

    /// Reads expressions joined by `&&`.
    fn conjunction(&mut self) -> Conditional {
        let mut all = vec![self.negation()];
        loop {
            self.skip_lines();
            if !self.looking_at("&&") {
                break;
            }
            let operator = self.pos..self.pos + 2;
            self.pos += 2;
            all.push(self.negation());
            self.check_operand(operator, all.last());
        }
        joined(all, ConditionalKind::And)
    }

    fn check_operand(&mut self, operator: Range<usize>, operand: Option<&Conditional>) {
        if operand.is_some_and(|operand| operand.kind == ConditionalKind::Missing) {
            let text = self.text[operator.clone()].to_owned();
            self.error(operator, format!("`{text}` has nothing after it in `[[`"));
        }
    }

    fn negation(&mut self) -> Conditional {
        let mut is_negated = false;
        let mut start = None;
        loop {
            self.skip_lines();
            if self.peek() != Some(b'!') || !self.is_token_end(1) {
                break;
            }
            start = start.or(Some(self.file_start()));
            self.pos += 1;
            is_negated = !is_negated;
        }
        let inner = self.primary();
        let Some(start) = start else { return inner };
        let span = Span::new(start, inner.span.end);
        if is_negated {
            let kind = ConditionalKind::Not(Box::new(inner));
            Conditional { kind, span }
        } else {
            Conditional { span, ..inner }
        }
    }

    fn primary(&mut self) -> Conditional {
        self.count_node();
        let start = self.file_start();
        if self.peek() == Some(b'(') {
            return self.group_expression(start);
        }
        let at = self.pos;
        if self.at_conditional_end() {
            return self.missing_operand();
        }
        let Some(word) = self.word() else {
            return self.missing_operand();
        };
        let is_unary = is_unary_operator(&self.text[at..self.pos]);
        self.skip_blanks();
        if is_unary
            && !self.at_conditional_end()
            && self.binary_operator().is_none()
            && let Some(operand) = self.word()
        {
            let text = word.text().unwrap_or_default().into();
            let operator = Spanned::new(text, word.span);
            let span = word.span.cover(operand.span);
            let kind = ConditionalKind::Unary { operator, operand };
            return Conditional { kind, span };
        }
        let is_over = self.at_conditional_end()
            || self.peek() == Some(b')')
            || self.looking_at("&&")
            || self.looking_at("||");
        if is_unary && is_over {
            let text = &self.text[at..at + 2];
            self.error(at..at + 2, format!("`{text}` has no operand"));
        }
        let Some(len) = self.binary_operator() else {
            let span = word.span;
            let kind = ConditionalKind::Word(word);
            return Conditional { kind, span };
        };
        let operator_at = self.pos;
        let operator = self.take_name(len);
        self.skip_blanks();
        let right = if &*operator.value == "=~" {
            let right = self.unquoted_word(Until::Regex);
            (!right.parts.is_empty()).then_some(right)
        } else if self.at_conditional_end() {
            None
        } else {
            self.word()
        };
        let right = right.unwrap_or_else(|| {
            let message = format!("`{}` has no right side", operator.value);
            self.error(operator_at..operator_at + len, message);
            Word::new(Default::default(), Span::empty(operator.span.end))
        });
        let span = word.span.cover(operator.span).cover(right.span);
        let kind = ConditionalKind::Binary {
            left: word,
            operator,
            right,
        };
        Conditional { kind, span }
    }

    fn missing_operand(&mut self) -> Conditional {
        // bash takes `[[ ]]` for false.
        let span = self.here();
        Conditional {
            kind: ConditionalKind::Missing,
            span,
        }
    }

    fn group_expression(&mut self, start: u32) -> Conditional {
        let open = self.pos;
        self.pos += 1;
        let mut inner = Conditional {
            kind: ConditionalKind::Missing,
            span: Span::empty(start),
        };
        if self.enter(open) {
            inner = self.alternatives();
            self.leave();
            if self.peek() == Some(b')') {
                self.pos += 1;
            } else {
                self.unclosed(open..open + 1, "`(` in `[[` is never closed");
            }
        }
        let span = self.span_from(start);
        Conditional {
            kind: ConditionalKind::Group(Box::new(inner)),
            span,
        }
    }

    /// The length of the binary operator that stands here.
    fn binary_operator(&self) -> Option<usize> {
        let rest = &self.bytes[self.pos..self.end];
        match rest.first()? {
            b'<' | b'>' => Some(1),
            b'=' | b'!' | b'-' => {
                let len = rest
                    .iter()
                    .take(4)
                    .position(|&byte| super::lex::is(byte, super::lex::META))
                    .unwrap_or(rest.len().min(4));
                let is_operator = matches!(
                    &rest[..len],
                    b"=" | b"=="
                        | b"!="
                        | b"=~"
                        | b"-eq"
                        | b"-ne"
                        | b"-lt"
                        | b"-le"
                        | b"-gt"
                        | b"-ge"
                        | b"-nt"
                        | b"-ot"
                        | b"-ef"
                );
                is_operator.then_some(len)
            }
            _ => None,
        }
    }
}

/// Whether a word is a unary operator of `test`.
fn is_unary_operator(word: &str) -> bool {
    matches!(word.as_bytes(), [b'-', letter] if letter.is_ascii_alphabetic())
}

/// One expression as it is, several as one.
fn joined(mut all: Vec<Conditional>, kind: fn(Vec<Conditional>) -> ConditionalKind) -> Conditional {
    match (all.len(), all.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            all.extend(last);
            let span = match (all.first(), all.last()) {
                (Some(first), Some(last)) => first.span.cover(last.span),
                _ => Span::default(),
            };
            Conditional {
                kind: kind(all),
                span,
            }
        }
    }
}
