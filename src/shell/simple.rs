//! Reading simple commands: assignments, words, redirections.

use std::sync::{Arc, OnceLock};

use super::ast::{
    Array, ArrayElement, Assignment, AssignmentValue, Command, Descriptor, Function, Heredoc,
    Redirect, RedirectOperator, SimpleCommand,
};
use super::heredoc::{Pending, delimiter};
use super::lex::{is_name, is_name_start};
use super::parse::Parser;
use super::parts::Until;
use super::slice::Text;
use super::word::{Word, WordPart};
use crate::text::{Span, Spanned};

/// How far to look for the `]` of `name[…]=`.
const MAX_SUBSCRIPT_BYTES: usize = 256;

impl Parser<'_> {
    /// Reads a simple command or the definition of a function; `None` if nothing stands here.
    pub(super) fn simple_command(&mut self) -> Option<Command> {
        let first_word = self.words.len();
        let first_heredoc = self.pending.len();
        let mut command = SimpleCommand::default();
        let mut takes_assignments = true;
        loop {
            self.heed_limits();
            self.skip_blanks();
            let Some(byte) = self.peek() else { break };
            match byte {
                b'\n' | b';' | b'|' | b')' => break,
                b'(' => {
                    let has_only_name = self.words.len() == first_word + 1
                        && command.assignments.is_empty()
                        && command.redirects.is_empty();
                    if has_only_name && self.accept_parentheses() {
                        self.word_ranges.truncate(first_word);
                        let name = self.words.pop()?;
                        let text = Text::from(name.text().unwrap_or_default());
                        return Some(self.function_body(Spanned::new(text, name.span), false));
                    }
                    break;
                }
                b'&' if self.peek_at(1) != b'>' => break,
                b'<' | b'>' | b'&' | b'0'..=b'9' | b'{' => {
                    if let Some(redirect) = self.redirect() {
                        command.redirects.push(redirect);
                        continue;
                    }
                }
                _ => {}
            }
            if takes_assignments && let Some(assignment) = self.assignment() {
                command.assignments.push(assignment);
                continue;
            }
            let start = self.pos;
            match self.plain_word_len() {
                Some(0) => break,
                Some(len) => {
                    let word = self.plain_word(len);
                    self.words.push(word);
                }
                None => {
                    let Some(word) = self.word() else { break };
                    self.words.push(word);
                }
            }
            self.word_ranges.push(start..self.pos);
            if self.words.len() == first_word + 1 {
                takes_assignments = matches!(
                    self.words[first_word].literal(),
                    Some("export" | "readonly" | "local" | "declare" | "typeset")
                );
            }
        }
        command.words = self.words.drain(first_word..).collect();
        // A vector grows to four at once, and these are large.
        command.assignments.shrink_to_fit();
        command.redirects.shrink_to_fit();
        command.span = span_of(&command)?;
        self.count_node();
        command.find_program(&mut self.shared.programs);
        self.read_inner_script(&mut command, first_word);
        if self.pending.len() > first_heredoc {
            self.mark_heredoc_script(&command, first_heredoc);
        }
        self.word_ranges.truncate(first_word);
        command.is_flat = is_flat(&command);
        Some(Command::Simple(command))
    }

    /// Reads `( )` behind the name of a function.
    fn accept_parentheses(&mut self) -> bool {
        let rest = &self.bytes[self.pos + 1..self.end];
        let blanks = rest
            .iter()
            .take_while(|&&byte| matches!(byte, b' ' | b'\t'))
            .count();
        let found = rest.get(blanks) == Some(&b')');
        if found {
            self.pos += blanks + 2;
        }
        found
    }

    /// Reads the body of a function whose name and parentheses were read.
    pub(super) fn function_body(&mut self, name: Spanned<Text>, keyword: bool) -> Command {
        let after_name = self.pos;
        let mut end = self.file_end();
        let mut body = None;
        if self.enter(after_name) {
            self.skip_lines();
            body = self.command();
            if body.is_none() {
                let message = format!("function `{}` has no body", shorten(&name.value));
                self.unclosed(after_name.saturating_sub(1)..after_name, message);
            }
            self.leave();
        }
        if let Some(body) = &body {
            end = end.max(body.span().end);
        }
        let span = Span::new(name.span.start, end);
        Command::Function(Box::new(Function {
            name,
            keyword,
            body,
            span,
        }))
    }

    /// Reads an assignment, if one stands here.
    fn assignment(&mut self) -> Option<Assignment> {
        let name_len = self.assigned_name_len()?;
        let start = self.file_start();
        let name = self.take_name(name_len);
        let subscript = (self.peek() == Some(b'[')).then(|| Box::new(self.subscript()));
        let append = self.peek() == Some(b'+');
        self.pos = (self.pos + 1 + usize::from(append)).min(self.end);
        self.count_node();
        let value = if self.peek() == Some(b'(') {
            AssignmentValue::Array(self.array())
        } else {
            AssignmentValue::Word(self.unquoted_word(Until::Blank))
        };
        let span = self.span_from(start);
        Some(Assignment {
            name,
            subscript,
            append,
            value,
            span,
        })
    }

    /// The length of the name in front of `=`, `+=` or a subscript with one of them behind it.
    fn assigned_name_len(&self) -> Option<usize> {
        if !is_name_start(self.peek()?) {
            return None;
        }
        let rest = self.rest();
        let len = rest.iter().take_while(|&&byte| is_name(byte)).count();
        let after = match rest.get(len) {
            Some(b'[') => len + subscript_len(&rest[len..])?,
            _ => len,
        };
        match (rest.get(after), rest.get(after + 1)) {
            (Some(b'='), _) | (Some(b'+'), Some(b'=')) => Some(len),
            _ => None,
        }
    }

    fn array(&mut self) -> Array {
        let start = self.file_start();
        let open = self.pos;
        let mut elements = Vec::new();
        self.pos += 1;
        loop {
            self.heed_limits();
            self.skip_lines();
            match self.peek() {
                None => {
                    self.error_at_end(open..open + 1, "`(` of an array is never closed");
                    break;
                }
                Some(b')') => {
                    self.pos += 1;
                    break;
                }
                Some(_) => {}
            }
            let subscript = self.element_has_subscript().then(|| {
                let subscript = self.subscript();
                let append = self.peek() == Some(b'+');
                self.pos = (self.pos + 1 + usize::from(append)).min(self.end);
                subscript
            });
            let value = match subscript {
                Some(_) => Some(self.unquoted_word(Until::Blank)),
                None => self.word(),
            };
            match value {
                Some(value) => elements.push(ArrayElement { subscript, value }),
                None => {
                    let character = char::from(self.bytes[self.pos]);
                    let message = format!("`{character}` is unexpected in an array");
                    self.error(self.pos..self.pos + 1, message);
                    self.pos += 1;
                }
            }
        }
        elements.shrink_to_fit();
        let span = self.span_from(start);
        Array { elements, span }
    }

    fn element_has_subscript(&self) -> bool {
        let rest = self.rest();
        rest.first() == Some(&b'[')
            && subscript_len(rest)
                .is_some_and(|len| rest[len..].starts_with(b"=") || rest[len..].starts_with(b"+="))
    }

    /// Reads the redirections behind a compound command.
    pub(super) fn redirects(&mut self) -> Vec<Redirect> {
        let mut redirects = Vec::new();
        loop {
            self.heed_limits();
            self.skip_blanks();
            match self.redirect() {
                Some(redirect) => redirects.push(redirect),
                None => {
                    redirects.shrink_to_fit();
                    return redirects;
                }
            }
        }
    }

    /// Reads a redirection, if one stands here.
    fn redirect(&mut self) -> Option<Redirect> {
        let descriptor_len = self.descriptor_len()?;
        let (operator, operator_len) = self.redirect_operator(descriptor_len)?;
        let start = self.file_start();
        let descriptor = (descriptor_len > 0).then(|| {
            let from = self.pos;
            let span = self.take(descriptor_len);
            let text = &self.text[from..self.pos];
            let value = match text
                .strip_prefix('{')
                .and_then(|text| text.strip_suffix('}'))
            {
                Some(name) => Descriptor::Variable(name.into()),
                None => Descriptor::Number(text.parse().unwrap_or(u32::MAX)),
            };
            Spanned::new(value, span)
        });
        let operator_at = self.pos;
        let operator_span = self.take(operator_len);
        let operator_end = self.pos;
        let end = self.file_end();
        self.skip_blanks();
        let target_at = self.pos;
        // Digits in front of another operator belong to that one.
        let is_missing = self
            .descriptor_len()
            .is_some_and(|len| len > 0 && self.redirect_operator(len).is_some());
        let target = if is_missing { None } else { self.word() };
        let span = Span::new(start, target.as_ref().map_or(end, |word| word.span.end));
        let target = target.unwrap_or_else(|| {
            let text = operator.as_str();
            let what = match operator {
                RedirectOperator::Heredoc | RedirectOperator::HeredocStripped => "delimiter",
                _ => "target",
            };
            self.error(operator_at..operator_end, format!("`{text}` has no {what}"));
            Word::new(Default::default(), Span::empty(end))
        });
        self.count_node();
        let is_heredoc = matches!(
            operator,
            RedirectOperator::Heredoc | RedirectOperator::HeredocStripped
        );
        let heredoc = (is_heredoc && self.pos > target_at).then(|| {
            let (delimiter, quoted) = delimiter(&self.text[target_at..self.pos]);
            let strip_tabs = operator == RedirectOperator::HeredocStripped;
            let body = Arc::new(OnceLock::new());
            self.pending.push(Pending {
                delimiter: delimiter.clone(),
                quoted,
                strip_tabs,
                shell: None,
                body: Arc::clone(&body),
            });
            Box::new(Heredoc {
                delimiter,
                quoted,
                strip_tabs,
                body,
            })
        });
        Some(Redirect {
            descriptor,
            operator: Spanned::new(operator, operator_span),
            target,
            heredoc,
            span,
        })
    }

    /// The length of `2` or `{name}` in front of a redirection operator; `None` if none follows.
    fn descriptor_len(&self) -> Option<usize> {
        let rest = self.rest();
        let len = match rest.first()? {
            b'<' | b'>' => return Some(0),
            b'&' => return (rest.get(1) == Some(&b'>')).then_some(0),
            b'0'..=b'9' => rest.iter().take_while(|byte| byte.is_ascii_digit()).count(),
            b'{' => {
                let name = rest[1..].iter().take_while(|&&byte| is_name(byte)).count();
                let is_closed = rest.get(name + 1) == Some(&b'}');
                if name == 0 || !is_closed || !is_name_start(rest[1]) {
                    return None;
                }
                name + 2
            }
            _ => return None,
        };
        matches!(rest.get(len), Some(b'<' | b'>')).then_some(len)
    }

    /// The operator `ahead` bytes from here; `None` for `<(` and `>(`, which begin a word.
    fn redirect_operator(&self, ahead: usize) -> Option<(RedirectOperator, usize)> {
        let bytes = [
            self.peek_at(ahead),
            self.peek_at(ahead + 1),
            self.peek_at(ahead + 2),
        ];
        Some(match bytes {
            [b'<' | b'>', b'(', _] => return None,
            [b'&', b'>', b'>'] => (RedirectOperator::AppendOutputAndError, 3),
            [b'&', b'>', _] => (RedirectOperator::OutputAndError, 2),
            [b'<', b'<', b'<'] => (RedirectOperator::HereString, 3),
            [b'<', b'<', b'-'] => (RedirectOperator::HeredocStripped, 3),
            [b'<', b'<', _] => (RedirectOperator::Heredoc, 2),
            [b'<', b'&', _] => (RedirectOperator::DuplicateInput, 2),
            [b'<', b'>', _] => (RedirectOperator::ReadWrite, 2),
            [b'<', ..] => (RedirectOperator::Input, 1),
            [b'>', b'>', _] => (RedirectOperator::Append, 2),
            [b'>', b'&', _] => (RedirectOperator::DuplicateOutput, 2),
            [b'>', b'|', _] => (RedirectOperator::Clobber, 2),
            [b'>', ..] => (RedirectOperator::Output, 1),
            _ => return None,
        })
    }
}

/// The length of `[…]` at the start of the text, brackets inside it counted.
fn subscript_len(text: &[u8]) -> Option<usize> {
    let mut depth = 0u32;
    for (at, byte) in text.iter().take(MAX_SUBSCRIPT_BYTES).enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' if depth == 1 => return Some(at + 1),
            b']' => depth -= 1,
            b'\n' => return None,
            _ => {}
        }
    }
    None
}

/// Whether nothing in a command can hold other commands.
fn is_flat(command: &SimpleCommand) -> bool {
    command.inner.is_none()
        && command.words.iter().all(|word| is_flat_word(&word.parts))
        && command.assignments.iter().all(|assignment| {
            let value = assignment.word();
            assignment.subscript.is_none() && value.is_some_and(|word| is_flat_word(&word.parts))
        })
        && command
            .redirects
            .iter()
            .all(|redirect| redirect.heredoc.is_none() && is_flat_word(&redirect.target.parts))
}

fn is_flat_word(parts: &[WordPart]) -> bool {
    parts.iter().all(|part| match part {
        WordPart::Literal(_)
        | WordPart::Escaped(_)
        | WordPart::SingleQuoted(_)
        | WordPart::AnsiQuoted(_)
        | WordPart::Glob(_)
        | WordPart::Brace(_)
        | WordPart::Tilde(_) => true,
        WordPart::Parameter(parameter) => {
            parameter.operation.is_none() && parameter.subscript.is_none()
        }
        WordPart::DoubleQuoted(quoted) => is_flat_word(&quoted.parts),
        WordPart::CommandSubstitution(_)
        | WordPart::ProcessSubstitution(_)
        | WordPart::Arithmetic(_)
        | WordPart::ExtendedGlob(_) => false,
    })
}

/// The place of everything in a command; `None` if there is nothing.
fn span_of(command: &SimpleCommand) -> Option<Span> {
    let ends = |spans: [Option<Span>; 2]| match spans {
        [Some(first), Some(last)] => Some(first.cover(last)),
        _ => None,
    };
    let assignments = &command.assignments;
    let words = &command.words;
    let redirects = &command.redirects;
    let spans = [
        ends([
            assignments.first().map(|a| a.span),
            assignments.last().map(|a| a.span),
        ]),
        ends([words.first().map(|w| w.span), words.last().map(|w| w.span)]),
        ends([
            redirects.first().map(|r| r.span),
            redirects.last().map(|r| r.span),
        ]),
    ];
    spans.into_iter().flatten().reduce(Span::cover)
}

/// A name that fits into a message.
pub(super) fn shorten(name: &str) -> String {
    name.chars().take(40).collect()
}
