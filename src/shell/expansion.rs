//! Reading expansions: what begins with `$` or a backtick.

use std::ops::Range;

use super::Dialect;
use super::ast::List;
use super::lex::{is_name, is_name_start};
use super::list::Closer;
use super::parse::Parser;
use super::parts::{QuotedUntil, Until};
use super::slice::Text;
use super::word::{
    Arithmetic, CommandSubstitution, Conditionally, Operation, Parameter, ReplaceScope, Word,
    WordPart,
};
use crate::text::{CookedBuilder, Span, Spanned};

impl Parser<'_> {
    /// Whether the `$` here begins an expansion. A `$` before anything else is text.
    pub(super) fn is_expansion(&self) -> bool {
        match self.peek_at(1) {
            b'(' | b'{' => true,
            b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!' => true,
            b'[' => self.shared.dialect != Dialect::Posix && self.old_arithmetic_end().is_some(),
            byte => is_name(byte),
        }
    }

    /// Reads the expansion that [`Parser::is_expansion`] found.
    pub(super) fn expansion(&mut self, quoted: bool) -> WordPart {
        match (self.peek_at(1), self.peek_at(2)) {
            (b'(', b'(') => match self.arithmetic_end(self.pos + 3) {
                Some(end) => WordPart::Arithmetic(Box::new(self.arithmetic(3, end, 2))),
                None => self.command_substitution(),
            },
            (b'(', _) => self.command_substitution(),
            (b'{', _) => WordPart::Parameter(Box::new(self.braced_parameter(quoted))),
            (b'[', _) => {
                let end = self.old_arithmetic_end().unwrap_or(self.end);
                WordPart::Arithmetic(Box::new(self.arithmetic(2, end, 1)))
            }
            (first, _) => {
                let start = self.file_start();
                self.pos += 1;
                let len = if is_name_start(first) {
                    self.name_len()
                } else {
                    1
                };
                let name = self.take_name(len);
                let span = self.span_from(start);
                WordPart::Parameter(Box::new(Parameter {
                    name,
                    subscript: None,
                    braced: false,
                    indirect: false,
                    operation: None,
                    span,
                }))
            }
        }
    }

    /// The length of the run of name characters here.
    pub(super) fn name_len(&self) -> usize {
        let rest = &self.bytes[self.pos..self.end];
        rest.iter().take_while(|&&byte| is_name(byte)).count()
    }

    /// Reads `len` bytes as a name.
    pub(super) fn take_name(&mut self, len: usize) -> Spanned<Text> {
        let from = self.pos;
        let span = self.take(len);
        Spanned::new(self.text_of(from..self.pos), span)
    }

    fn command_substitution(&mut self) -> WordPart {
        let start = self.file_start();
        let open = self.pos;
        self.pos += 2;
        let body = self.parenthesized(open..open + 2);
        let span = self.span_from(start);
        WordPart::CommandSubstitution(Box::new(CommandSubstitution {
            body,
            backquoted: false,
            span,
        }))
    }

    /// Reads commands and the `)` behind them; `open` is what they belong to.
    pub(super) fn parenthesized(&mut self, open: Range<usize>) -> List {
        if !self.enter(open.start) {
            return self.no_commands();
        }
        let list = self.list_until(&[Closer::CloseParen]);
        if self.peek() == Some(b')') {
            self.pos += 1;
        } else {
            let opening = &self.text[open.clone()];
            let message = format!("`{opening}` is never closed");
            self.unclosed(open, message);
        }
        self.leave();
        list
    }

    /// Reads commands between backticks.
    pub(super) fn backquoted(&mut self, in_quotes: bool) -> WordPart {
        let start = self.file_start();
        let open = self.pos;
        let (inside, escapes) = self.backquoted_end(open + 1, in_quotes);
        let is_closed = inside < self.end;
        if !is_closed {
            self.error_at_end(open..open + 1, "backtick is never closed");
        }
        self.pos = open + 1;
        let mut body = self.no_commands();
        if self.enter(open) {
            body = if !is_closed {
                self.quietly(|parser| parser.within(inside, Parser::whole_list))
            } else if escapes.is_empty() {
                self.within(inside, Parser::whole_list)
            } else {
                let mut builder = CookedBuilder::with_capacity(inside - open);
                let mut from = open + 1;
                for backslash in escapes {
                    builder.append(self.cooked, from..backslash);
                    from = backslash + 1;
                }
                builder.append(self.cooked, from..inside);
                let inner = builder.finish(start);
                self.pos = inside;
                self.inner_list(&inner)
            };
            self.leave();
            self.pos = inside + usize::from(is_closed);
            self.pos = self.pos.min(self.end);
        }
        let span = self.span_from(start);
        WordPart::CommandSubstitution(Box::new(CommandSubstitution {
            body,
            backquoted: true,
            span,
        }))
    }

    /// Where the closing backtick stands (the end if there is none), and which backslashes before it go
    /// away before the commands are read.
    fn backquoted_end(&self, from: usize, in_quotes: bool) -> (usize, Vec<usize>) {
        let mut escapes = Vec::new();
        let mut at = from;
        while at < self.end {
            let rest = &self.bytes[at..self.end];
            let Some(len) = memchr::memchr2(b'`', b'\\', rest) else {
                break;
            };
            at += len;
            if self.bytes[at] == b'`' {
                return (at, escapes);
            }
            match self.bytes[at..self.end].get(1) {
                Some(b'`' | b'$' | b'\\') => escapes.push(at),
                Some(b'"') if in_quotes => escapes.push(at),
                _ => {}
            }
            at += 2;
        }
        (self.end, escapes)
    }

    /// Reads an arithmetic expression up to `end`, with `open` bytes before and `close` bytes behind it.
    pub(super) fn arithmetic(&mut self, open: usize, end: usize, close: usize) -> Arithmetic {
        let start = self.file_start();
        let at = self.pos;
        self.pos += open;
        let mut expression = self.no_word();
        if self.enter(at) {
            expression = self.within(end, |parser| parser.quoted_word(QuotedUntil::End));
            self.leave();
            self.pos = (self.pos + close).min(self.end);
        }
        let span = self.span_from(start);
        Arithmetic { expression, span }
    }

    /// Where `))` ends the arithmetic expression that begins at `from`. `None` if the parentheses do not
    /// come out, so that it must be commands in two pairs of parentheses.
    pub(super) fn arithmetic_end(&mut self, from: usize) -> Option<usize> {
        let mut at = from;
        let mut depth = 0u32;
        let found = loop {
            match self.bytes[at.min(self.end)..self.end].first() {
                None => break None,
                Some(b'\\') => at += 1,
                Some(&quote @ (b'"' | b'\'')) => {
                    let rest = &self.bytes[at + 1..self.end];
                    at += memchr::memchr(quote, rest).map_or(0, |len| len + 1);
                }
                Some(b'(') => depth += 1,
                Some(b')') if depth > 0 => depth -= 1,
                Some(b')') => {
                    let is_double = self.bytes[at..self.end].get(1) == Some(&b')');
                    break is_double.then_some(at);
                }
                Some(_) => {}
            }
            at += 1;
        };
        if self.may_look_ahead(at - from) {
            found
        } else {
            None
        }
    }

    fn old_arithmetic_end(&self) -> Option<usize> {
        // Only on the same line: in `$[` a missing bracket is likelier than a long expression.
        let rest = &self.bytes[self.pos..self.end];
        let rest = &rest[..rest.len().min(256)];
        let mut depth = 0u32;
        for (len, &byte) in rest.iter().enumerate().skip(1) {
            match byte {
                b'[' => depth += 1,
                b']' if depth == 1 => return Some(self.pos + len),
                b']' => depth -= 1,
                b'\n' => return None,
                _ => {}
            }
        }
        None
    }

    fn braced_parameter(&mut self, quoted: bool) -> Parameter {
        let start = self.file_start();
        let open = self.pos;
        self.pos += 2;
        let mut parameter = Parameter {
            name: Spanned::new(self.text_of(0..0), self.here()),
            subscript: None,
            braced: true,
            indirect: false,
            operation: None,
            span: Span::default(),
        };
        if self.enter(open) {
            self.parameter(&mut parameter, quoted);
            if self.peek() == Some(b'}') {
                self.pos += 1;
            } else {
                self.error_at_end(open..open + 2, "`${` is never closed");
            }
            self.leave();
        }
        parameter.span = self.span_from(start);
        parameter
    }

    /// Reads what is between `${` and `}`.
    fn parameter(&mut self, parameter: &mut Parameter, quoted: bool) {
        let has_length = self.peek() == Some(b'#')
            && match self.peek_at(1) {
                b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!' => self.peek_at(2) == b'}',
                byte => is_name(byte),
            };
        if has_length {
            self.pos += 1;
        } else if self.peek() == Some(b'!')
            && (is_name(self.peek_at(1))
                || (matches!(self.peek_at(1), b'@' | b'*' | b'#' | b'?')
                    && self.peek_at(2) == b'}'))
        {
            parameter.indirect = true;
            self.pos += 1;
        }
        let len = match self.peek() {
            Some(byte) if is_name_start(byte) => self.name_len(),
            Some(byte) if byte.is_ascii_digit() => {
                let rest = &self.bytes[self.pos..self.end];
                rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
            }
            Some(b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!') => 1,
            _ => 0,
        };
        parameter.name = self.take_name(len);
        if len > 0 && self.peek() == Some(b'[') {
            self.pos += 1;
            let subscript = self.unquoted_word(Until::BracketOrBrace);
            if self.peek() == Some(b']') {
                self.pos += 1;
            }
            parameter.subscript = Some(Box::new(subscript));
        }
        let operation = if self.peek() == Some(b'}') {
            match (has_length, len) {
                (true, _) => Some(Operation::Length),
                (false, 0) => Some(Operation::Unknown),
                (false, _) => None,
            }
        } else if len == 0 || has_length {
            Some(self.unknown_operation(quoted))
        } else {
            Some(self.operation(parameter.indirect, quoted))
        };
        parameter.operation = operation.map(Box::new);
    }

    fn operation(&mut self, indirect: bool, quoted: bool) -> Operation {
        let (first, second) = (self.peek_at(0), self.peek_at(1));
        match (first, second) {
            (b':', b'-' | b'=' | b'?' | b'+') => {
                self.pos += 2;
                self.conditional_operation(second, true, quoted)
            }
            (b'-' | b'=' | b'?' | b'+', _) => {
                self.pos += 1;
                self.conditional_operation(first, false, quoted)
            }
            (b':', _) => {
                self.pos += 1;
                let offset = self.quoted_word(QuotedUntil::Colon);
                let length = (self.peek() == Some(b':')).then(|| {
                    self.pos += 1;
                    self.quoted_word(QuotedUntil::Brace)
                });
                Operation::Substring { offset, length }
            }
            (b'#' | b'%', _) => {
                let longest = first == second;
                self.pos += 1 + usize::from(longest);
                Operation::Trim {
                    suffix: first == b'%',
                    longest,
                    pattern: self.unquoted_word(Until::Brace),
                }
            }
            (b'/', _) => {
                let (scope, len) = match second {
                    b'/' => (ReplaceScope::All, 2),
                    b'#' => (ReplaceScope::Prefix, 2),
                    b'%' => (ReplaceScope::Suffix, 2),
                    _ => (ReplaceScope::First, 1),
                };
                self.pos += len;
                let pattern = self.unquoted_word(Until::Slash);
                let replacement = (self.peek() == Some(b'/')).then(|| {
                    self.pos += 1;
                    self.operand(quoted)
                });
                Operation::Replace {
                    scope,
                    pattern,
                    replacement,
                }
            }
            (b'^' | b',' | b'~', _) => {
                let all = first == second;
                self.pos += 1 + usize::from(all);
                Operation::ChangeCase {
                    operator: char::from(first),
                    all,
                    pattern: self.unquoted_word(Until::Brace),
                }
            }
            (b'@' | b'*', b'}') if indirect => {
                self.pos += 1;
                Operation::Names
            }
            (b'@', letter) if letter.is_ascii_alphabetic() && self.peek_at(2) == b'}' => {
                self.pos += 2;
                Operation::Transform(char::from(letter))
            }
            _ => self.unknown_operation(quoted),
        }
    }

    fn conditional_operation(&mut self, action: u8, or_empty: bool, quoted: bool) -> Operation {
        let action = match action {
            b'-' => Conditionally::Default,
            b'=' => Conditionally::Assign,
            b'?' => Conditionally::Fail,
            _ => Conditionally::Alternative,
        };
        Operation::Conditional {
            action,
            or_empty,
            word: self.operand(quoted),
        }
    }

    /// Reads the rest up to `}`, whatever it is.
    fn unknown_operation(&mut self, quoted: bool) -> Operation {
        self.operand(quoted);
        Operation::Unknown
    }

    fn operand(&mut self, quoted: bool) -> Word {
        if quoted {
            self.quoted_word(QuotedUntil::Brace)
        } else {
            self.unquoted_word(Until::Brace)
        }
    }

    /// An expression of `[…]` in front of `=`.
    pub(super) fn subscript(&mut self) -> Word {
        let open = self.pos;
        self.pos += 1;
        if !self.enter(open) {
            return self.no_word();
        }
        let word = self.unquoted_word(Until::Bracket);
        if self.peek() == Some(b']') {
            self.pos += 1;
        }
        self.leave();
        word
    }
}
