//! Reading lists and pipelines, and finding back after an error.

use std::ops::Range;

use super::Dialect;
use super::ast::{List, ListItem, ListOperator, PipeOperator, Pipeline};
use super::few::Few;
use super::lex::Keyword;
use super::parse::Parser;
use crate::text::{Span, Spanned};

/// What ends the list inside a construct.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Closer {
    Then,
    Elif,
    Else,
    Fi,
    Do,
    Done,
    Esac,
    CloseBrace,
    CloseParen,
    /// `;;`, `;&`, `;;&`, `;|`
    ArmEnd,
}

impl Closer {
    fn bit(self) -> u16 {
        1 << self as u16
    }

    fn from_keyword(keyword: Keyword) -> Option<Closer> {
        Some(match keyword {
            Keyword::Then => Closer::Then,
            Keyword::Elif => Closer::Elif,
            Keyword::Else => Closer::Else,
            Keyword::Fi => Closer::Fi,
            Keyword::Do => Closer::Do,
            Keyword::Done => Closer::Done,
            Keyword::Esac => Closer::Esac,
            Keyword::CloseBrace => Closer::CloseBrace,
            _ => return None,
        })
    }

    /// As it is written, and what it belongs to.
    fn text_and_opening(self) -> (&'static str, &'static str) {
        match self {
            Closer::Then => ("then", "if"),
            Closer::Elif => ("elif", "if"),
            Closer::Else => ("else", "if"),
            Closer::Fi => ("fi", "if"),
            Closer::Do => ("do", "for` or `while"),
            Closer::Done => ("done", "do"),
            Closer::Esac => ("esac", "case"),
            Closer::CloseBrace => ("}", "{"),
            Closer::CloseParen => (")", "("),
            Closer::ArmEnd => (";;", "case"),
        }
    }
}

/// An operator between commands, and where it stands in the text.
struct Operator {
    range: Range<usize>,
    kind: Spanned<ListOperator>,
}

/// Marks the items whose chain `&` ends.
fn mark_background(items: &mut [ListItem]) {
    let mut is_background = false;
    for item in items.iter_mut().rev() {
        if !item.is_chained() {
            let operator = item.operator.map(|operator| operator.value);
            is_background = operator == Some(ListOperator::Background);
        }
        item.is_background = is_background;
    }
}

impl Parser<'_> {
    /// Reads commands up to the end of the text.
    pub(super) fn whole_list(&mut self) -> List {
        self.list_until(&[])
    }

    /// Reads commands up to one of these closers, or to one that a construct around this one waits for,
    /// or to the end. The closer is left to the caller.
    pub(super) fn list_until(&mut self, closers: &[Closer]) -> List {
        let outer = self.wanted;
        self.wanted |= closers.iter().fold(0, |bits, closer| bits | closer.bit());
        self.count_node();
        let first_item = self.items.len();
        let start = self.here();
        let mut before: Option<Operator> = None;
        loop {
            self.heed_limits();
            self.skip_lines();
            let wants_command = before
                .as_ref()
                .is_some_and(|operator| operator.kind.value.joins());
            let closer = self.closer();
            let is_over = self.at_end() || closer.is_some_and(|closer| self.wants(closer));
            if is_over {
                if let Some(operator) = before.filter(|_| wants_command) {
                    self.missing_command(operator);
                }
                break;
            }
            if let Some(closer) = closer {
                self.stray_closer(closer);
                before = None;
                continue;
            }
            if let Some(operator) = self.operator() {
                if wants_command {
                    if let Some(before) = before.take() {
                        self.missing_command(before);
                    }
                } else {
                    let text = operator.kind.value.as_str();
                    let message = format!("`{text}` has no command before it");
                    self.error(operator.range, message);
                }
                continue;
            }
            if self.peek() == Some(b'|') {
                self.error(self.pos..self.pos + 1, "`|` has no command before it");
                self.pos += 1;
                continue;
            }
            let pipeline = self.pipeline();
            before = self.operator_behind_command();
            self.items.push(ListItem {
                pipeline,
                operator: before.as_ref().map(|operator| operator.kind),
                is_background: false,
            });
        }
        mark_background(&mut self.items[first_item..]);
        self.wanted = outer;
        let mut list = List {
            items: Few::of(self.items.drain(first_item..)),
            span: Span::default(),
        };
        list.span = match (list.items.first(), list.items.last()) {
            (Some(first), Some(last)) => {
                let end = last.operator.map_or(last.pipeline.span, |last| last.span);
                first.pipeline.span.cover(end)
            }
            _ => start,
        };
        list
    }

    /// The closer that stands here.
    fn closer(&self) -> Option<Closer> {
        match (self.peek()?, self.peek_at(1)) {
            (b')', _) => Some(Closer::CloseParen),
            (b';', b';' | b'&') => Some(Closer::ArmEnd),
            (b';', b'|') if self.wants(Closer::ArmEnd) => Some(Closer::ArmEnd),
            _ => Closer::from_keyword(self.keyword()?),
        }
    }

    /// Whether a closer stands here that some construct waits for.
    pub(super) fn at_wanted_closer(&self) -> bool {
        self.closer().is_some_and(|closer| self.wants(closer))
    }

    /// Whether a construct around this place waits for a closer.
    pub(super) fn wants(&self, closer: Closer) -> bool {
        self.wanted & closer.bit() != 0
    }

    fn stray_closer(&mut self, closer: Closer) {
        let (text, opening) = closer.text_and_opening();
        let range = self.pos..self.pos + text.len();
        let message = match closer {
            Closer::ArmEnd => {
                let text = self.text[range.clone()].to_owned();
                format!("`{text}` stands outside of `case`")
            }
            _ => format!("`{text}` has no `{opening}` before it"),
        };
        self.error(range.clone(), message);
        self.pos = range.end;
        // What stands behind it would be wrong only because of it.
        self.skip_blanks();
        while self.operator().is_some() {
            self.skip_blanks();
        }
    }

    /// Reads an operator that ends a pipeline.
    fn operator(&mut self) -> Option<Operator> {
        let (value, len) = match (self.peek()?, self.peek_at(1)) {
            (b'\n', _) => (ListOperator::Newline, 1),
            (b'&', b'&') => (ListOperator::And, 2),
            (b'|', b'|') => (ListOperator::Or, 2),
            (b'&', b'>') => return None,
            (b'&', _) => (ListOperator::Background, 1),
            (b';', b';' | b'&') => return None,
            (b';', b'|') if self.wants(Closer::ArmEnd) => return None,
            (b';', _) => (ListOperator::Semicolon, 1),
            _ => return None,
        };
        let range = self.pos..self.pos + len;
        let span = if value == ListOperator::Newline {
            let span = self.span_of(range.clone());
            self.line_break();
            span
        } else {
            self.take(len)
        };
        let kind = Spanned::new(value, span);
        Some(Operator { range, kind })
    }

    /// Reads the operator behind a command, past whatever has no business there.
    fn operator_behind_command(&mut self) -> Option<Operator> {
        self.skip_blanks();
        if let Some(operator) = self.operator() {
            return Some(operator);
        }
        if self.at_end() || self.closer().is_some() {
            return None;
        }
        self.unexpected_token("is unexpected here");
        self.quietly(Parser::skip_command);
        self.operator()
    }

    /// Goes on to where the next command may begin.
    pub(super) fn skip_command(&mut self) {
        loop {
            self.heed_limits();
            self.skip_blanks();
            match self.peek() {
                None | Some(b'\n' | b';' | b'&' | b'|' | b')') => return,
                Some(b'(') => {
                    let open = self.pos;
                    self.pos += 1;
                    self.parenthesized(open..open + 1);
                }
                Some(_) => {
                    if self.word().is_none() {
                        self.pos += 1;
                    }
                }
            }
        }
    }

    fn missing_command(&mut self, operator: Operator) {
        let text = operator.kind.value.as_str();
        let message = format!("`{text}` has no command after it");
        self.unclosed(operator.range, message);
    }

    /// Reports that the token here `is` wrong.
    pub(super) fn unexpected_token(&mut self, is: &str) {
        let rest = self.rest_text();
        let is_more = |character: char| {
            u8::try_from(character).map_or(true, |byte| !super::lex::is(byte, super::lex::META))
        };
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let more = rest[first..].chars().take(40).take_while(|&c| is_more(c));
        let len = match self.peek() {
            Some(byte) if super::lex::is(byte, super::lex::META) => 1,
            _ => first + more.map(char::len_utf8).sum::<usize>(),
        };
        let range = self.pos..self.pos + len;
        let message = format!("`{}` {is}", &rest[..len]);
        self.error(range, message);
    }

    /// Reports that a reserved word is missing that `opening` needs.
    pub(super) fn missing(&mut self, opening: Range<usize>, message: impl Into<String>) {
        self.unclosed_with_help(opening, message, Some(SEPARATOR_HELP));
    }

    /// Reports that a construct holds no command, unless an error explains that.
    pub(super) fn check_not_empty(&mut self, list: &List, opening: Range<usize>, what: &str) {
        if list.items.is_empty() {
            self.error(opening, format!("{what} is followed by no command"));
        }
    }

    fn pipeline(&mut self) -> Pipeline {
        let mut pipeline = Pipeline {
            time: None,
            negation: None,
            commands: Default::default(),
            pipes: Vec::new(),
            span: Span::default(),
        };
        let mut prefix: Option<Span> = None;
        let mut prefix_range = None;
        let mut is_negated = false;
        loop {
            let start = self.file_start();
            let at = self.pos;
            match self.keyword() {
                Some(Keyword::Not) => {
                    self.skip_keyword(Keyword::Not);
                    prefix_range = Some(at..self.pos);
                    is_negated = !is_negated;
                    let span = self.span_from(start);
                    pipeline.negation = Some(span);
                    prefix = Some(prefix.unwrap_or(span).cover(span));
                }
                Some(Keyword::Time) if self.is_time_reserved() => {
                    self.skip_keyword(Keyword::Time);
                    prefix_range = Some(at..self.pos);
                    let mut end = self.pos;
                    self.skip_blanks();
                    if self.looking_at("-p") && self.is_token_end(2) {
                        self.pos += 2;
                        end = self.pos;
                    }
                    let end = self.span_of(end..end);
                    let span = Span::new(start, end.end);
                    pipeline.time = Some(span);
                    prefix = Some(prefix.unwrap_or(span).cover(span));
                }
                _ => break,
            }
            self.skip_blanks();
        }
        if !is_negated {
            pipeline.negation = None;
        }
        let mut pipe: Option<Range<usize>> = None;
        loop {
            self.heed_limits();
            match self.command() {
                Some(command) => {
                    pipeline.commands.push(command);
                    prefix_range = None;
                }
                None => {
                    if let Some(range) = prefix_range.take() {
                        // bash takes a lone `!` or `time` for a command.
                        let is_over = matches!(self.peek(), None | Some(b'\n' | b';'));
                        if !is_over || self.closer().is_some() {
                            let text = &self.text[range.clone()];
                            let message = format!("`{text}` has no command after it");
                            self.error(range, message);
                        }
                    }
                    if let Some(pipe) = pipe {
                        let text = &self.text[pipe.clone()];
                        let message = format!("`{text}` has no command after it");
                        self.unclosed(pipe, message);
                        pipeline.pipes.pop();
                    }
                    break;
                }
            }
            self.skip_blanks();
            let (value, len) = match (self.peek(), self.peek_at(1)) {
                (Some(b'|'), b'|') => break,
                (Some(b'|'), b'&') => (PipeOperator::OutputAndError, 2),
                (Some(b'|'), _) => (PipeOperator::Output, 1),
                _ => break,
            };
            pipe = Some(self.pos..self.pos + len);
            let span = self.take(len);
            pipeline.pipes.push(Spanned::new(value, span));
            self.skip_lines();
        }
        let commands = match (pipeline.commands.first(), pipeline.commands.last()) {
            (Some(first), Some(last)) => Some(first.span().cover(last.span())),
            _ => None,
        };
        pipeline.span = match (prefix, commands) {
            (Some(prefix), Some(commands)) => prefix.cover(commands),
            (Some(span), None) | (None, Some(span)) => span,
            (None, None) => self.here(),
        };
        pipeline
    }

    /// Whether the word `time` here is the reserved word. To a POSIX shell it is a program, but then no
    /// compound command can follow.
    fn is_time_reserved(&self) -> bool {
        if self.shared.dialect != Dialect::Posix {
            return true;
        }
        let rest = self.rest_text()["time".len()..].trim_start_matches([' ', '\t']);
        let word = rest
            .split([' ', '\t', '\n', ';'])
            .next()
            .unwrap_or_default();
        word.starts_with('(')
            || matches!(word, "{" | "if" | "while" | "until" | "for" | "case" | "[[")
    }

    /// Whether no word goes on `ahead` bytes from here.
    pub(super) fn is_token_end(&self, ahead: usize) -> bool {
        self.pos + ahead >= self.end
            || super::lex::is(self.bytes[self.pos + ahead], super::lex::META)
    }
}

/// What to do about a reserved word that is not found.
pub(super) const SEPARATOR_HELP: &str =
    "reserved words count only at the start of a command, after `;` or a line break";

impl ListOperator {
    /// Whether a command must follow.
    fn joins(self) -> bool {
        matches!(self, ListOperator::And | ListOperator::Or)
    }
}
