//! Reading compound commands.

use std::ops::Range;

use super::Dialect;
use super::ast::{
    ArithmeticFor, Arm, ArmEnd, Branch, Case, Command, CompoundCommand, CompoundKind, Coprocess,
    For, If, List, While,
};
use super::few::Few;
use super::lex::Keyword;
use super::list::{Closer, SEPARATOR_HELP};
use super::parse::Parser;
use super::simple::shorten;
use super::slice::Text;
use crate::text::{Span, Spanned};

impl Parser<'_> {
    /// Reads any command; `None` if none begins here.
    pub(super) fn command(&mut self) -> Option<Command> {
        if self.peek()? == b'(' {
            return Some(self.parentheses());
        }
        let Some(keyword) = self.keyword() else {
            return self.simple_command();
        };
        let range = self.pos..self.pos + keyword.as_str().len();
        match keyword {
            Keyword::CloseBrace
            | Keyword::Do
            | Keyword::Done
            | Keyword::Elif
            | Keyword::Else
            | Keyword::Esac
            | Keyword::Fi
            | Keyword::Then => None,
            Keyword::Not => {
                self.error(range, "`!` stands after `|`");
                self.skip_keyword(keyword);
                self.skip_blanks();
                self.nested_command()
            }
            Keyword::In => {
                self.error(range, "`in` is unexpected here");
                self.simple_command()
            }
            Keyword::Time => self.simple_command(),
            Keyword::Select if !self.is_select_loop() => self.simple_command(),
            Keyword::Coproc if self.shared.dialect == Dialect::Posix => self.simple_command(),
            Keyword::Coproc => Some(self.coprocess()),
            Keyword::Function => self.function(),
            _ => Some(self.compound(range, |parser, range| match keyword {
                Keyword::OpenBrace => parser.group(range),
                Keyword::OpenConditional => parser.conditional_command(range),
                Keyword::Case => parser.case(range),
                Keyword::For => parser.for_loop(range, false),
                Keyword::Select => parser.for_loop(range, true),
                Keyword::Until => parser.while_loop(range, true),
                Keyword::While => parser.while_loop(range, false),
                _ => parser.if_command(range),
            })),
        }
    }

    /// Whether the word `select` here is the reserved word. A POSIX shell does not know it, but then
    /// nothing else of a loop follows.
    fn is_select_loop(&self) -> bool {
        if self.shared.dialect != Dialect::Posix {
            return true;
        }
        let rest = &self.text[self.pos..self.end];
        let mut words = rest.split_ascii_whitespace().skip(2);
        words.next() == Some("in")
    }

    /// Reads a command one level down.
    fn nested_command(&mut self) -> Option<Command> {
        if !self.enter(self.pos) {
            return None;
        }
        let command = self.command();
        self.leave();
        command
    }

    /// Reads a compound command whose first word stands at `opening`, and its redirections.
    fn compound(
        &mut self,
        opening: Range<usize>,
        read: impl FnOnce(&mut Self, Range<usize>) -> CompoundKind,
    ) -> Command {
        let start = self.file_start();
        self.count_node();
        let kind = if self.enter(opening.start) {
            self.pos = opening.end.min(self.end);
            let kind = read(self, opening);
            self.leave();
            kind
        } else {
            CompoundKind::Group(self.no_commands())
        };
        let end = self.file_end();
        let redirects = self.redirects();
        let end = redirects.last().map_or(end, |last| last.span.end);
        Command::Compound(Box::new(CompoundCommand {
            kind,
            redirects,
            span: Span::new(start, end),
        }))
    }

    /// Reads `( … )` or `(( … ))`.
    fn parentheses(&mut self) -> Command {
        let open = self.pos;
        if self.peek_at(1) == b'('
            && let Some(end) = self.arithmetic_end(open + 2)
        {
            return self.compound(open..open, |parser, _| {
                CompoundKind::Arithmetic(parser.arithmetic(2, end, 2))
            });
        }
        self.compound(open..open + 1, |parser, opening| {
            let list = parser.parenthesized(opening.clone());
            parser.check_not_empty(&list, opening, "`(`");
            CompoundKind::Subshell(list)
        })
    }

    fn group(&mut self, opening: Range<usize>) -> CompoundKind {
        CompoundKind::Group(self.braced_list(opening))
    }

    /// Reads commands and the `}` behind them.
    fn braced_list(&mut self, opening: Range<usize>) -> List {
        let list = self.list_until(&[Closer::CloseBrace]);
        if self.accept_keyword(Keyword::CloseBrace) {
            self.check_not_empty(&list, opening, "`{`");
        } else {
            let help = "`}` closes a group only after `;` or a line break";
            self.unclosed_with_help(opening, "`{` is never closed", Some(help));
        }
        list
    }

    fn if_command(&mut self, opening: Range<usize>) -> CompoundKind {
        let mut branches = Vec::new();
        let mut otherwise = None;
        let mut head = opening.clone();
        loop {
            let closers = [Closer::Then, Closer::Elif, Closer::Else, Closer::Fi];
            let condition = self.list_until(&closers);
            let then = self.pos..self.pos + 4;
            let mut body = self.no_commands();
            if self.accept_keyword(Keyword::Then) {
                let text = self.text[head.clone()].to_owned();
                self.check_not_empty(&condition, head, &format!("`{text}`"));
                body = self.list_until(&[Closer::Elif, Closer::Else, Closer::Fi]);
                self.check_not_empty(&body, then, "`then`");
            } else {
                let message = format!("`{}` has no `then`", &self.text[head.clone()]);
                self.missing(head, message);
            }
            branches.push(Branch { condition, body });
            head = self.pos..self.pos + 4;
            if !self.accept_keyword(Keyword::Elif) {
                break;
            }
        }
        if self.accept_keyword(Keyword::Else) {
            let list = self.list_until(&[Closer::Fi]);
            self.check_not_empty(&list, head, "`else`");
            otherwise = Some(list);
        }
        if !self.accept_keyword(Keyword::Fi) {
            self.unclosed_with_help(opening, "`if` has no `fi`", Some(SEPARATOR_HELP));
        }
        CompoundKind::If(If {
            branches,
            otherwise,
        })
    }

    fn while_loop(&mut self, opening: Range<usize>, until: bool) -> CompoundKind {
        let condition = self.list_until(&[Closer::Do, Closer::Done]);
        let text = if until { "`until`" } else { "`while`" };
        if self.keyword() == Some(Keyword::Do) {
            self.check_not_empty(&condition, opening.clone(), text);
        }
        let body = self.do_group(opening, text);
        CompoundKind::While(While {
            until,
            condition,
            body,
        })
    }

    /// Reads `do … done`; `of` says which loop it belongs to.
    fn do_group(&mut self, opening: Range<usize>, of: &str) -> List {
        let range = self.pos..self.pos + 2;
        if !self.accept_keyword(Keyword::Do) {
            let message = format!("{of} has no `do`");
            self.missing(opening, message);
            // The body is still worth reading if its end is there.
            self.accept_keyword(Keyword::Done);
            return self.no_commands();
        }
        let list = self.list_until(&[Closer::Done]);
        if self.accept_keyword(Keyword::Done) {
            self.check_not_empty(&list, range, "`do`");
        } else {
            let message = format!("{of} has no `done`");
            self.unclosed_with_help(opening, message, Some(SEPARATOR_HELP));
        }
        list
    }

    fn for_loop(&mut self, opening: Range<usize>, select: bool) -> CompoundKind {
        let text = if select { "`select`" } else { "`for`" };
        self.skip_blanks();
        if !select && self.looking_at("((") {
            let open = self.pos..self.pos + 2;
            let Some(end) = self.arithmetic_end(open.end) else {
                self.pos = self.end;
                self.error_at_end(open, "`((` is never closed");
                let header = self.arithmetic(0, self.end, 0);
                let body = self.no_commands();
                return CompoundKind::ArithmeticFor(ArithmeticFor { header, body });
            };
            let header = self.arithmetic(2, end, 2);
            let body = self.loop_body(opening, text);
            return CompoundKind::ArithmeticFor(ArithmeticFor { header, body });
        }
        let name_at = self.pos;
        let variable = match self.word() {
            Some(word) => {
                let text = match word.text() {
                    Some(text) => text.into(),
                    None => self.text_of(name_at..self.pos),
                };
                Spanned::new(text, word.span)
            }
            None => {
                self.error(opening.clone(), format!("{text} has no variable"));
                Spanned::new(self.text_of(0..0), self.here())
            }
        };
        self.skip_lines();
        let words = self.accept_in().then(|| self.words_of_list());
        let body = self.loop_body(opening, text);
        CompoundKind::For(For {
            select,
            variable,
            words,
            body,
        })
    }

    /// Reads `in`.
    fn accept_in(&mut self) -> bool {
        let found = self.looking_at("in") && self.is_token_end(2);
        if found {
            self.pos += 2;
        }
        found
    }

    fn words_of_list(&mut self) -> Vec<super::word::Word> {
        let mut words = Vec::new();
        loop {
            self.skip_blanks();
            match self.peek() {
                None | Some(b';' | b'\n') => return words,
                Some(_) => {}
            }
            let at = self.pos;
            match self.word() {
                Some(word) => words.push(word),
                None => {
                    let character = char::from(self.bytes[at]);
                    let message = format!("`{character}` is unexpected in the words of a loop");
                    self.error(at..at + 1, message);
                    self.quietly(Self::skip_command);
                    return words;
                }
            }
        }
    }

    /// Reads the body of a `for` loop with the separator in front of it.
    fn loop_body(&mut self, opening: Range<usize>, of: &str) -> List {
        self.skip_blanks();
        if self.peek() == Some(b';') && !matches!(self.peek_at(1), b';' | b'&') {
            self.pos += 1;
        }
        self.skip_lines();
        if self.keyword() == Some(Keyword::OpenBrace) {
            let brace = self.pos..self.pos + 1;
            self.pos += 1;
            return self.braced_list(brace);
        }
        if self.keyword() == Some(Keyword::Do) {
            return self.do_group(opening, of);
        }
        // Read on to the end of the loop, so that one missing word is one error.
        let message = format!("{of} has no `do`");
        self.missing(opening, message);
        let list = self.list_until(&[Closer::Do, Closer::Done]);
        if self.accept_keyword(Keyword::Do) {
            let list = self.list_until(&[Closer::Done]);
            self.accept_keyword(Keyword::Done);
            return list;
        }
        self.accept_keyword(Keyword::Done);
        list
    }

    fn case(&mut self, opening: Range<usize>) -> CompoundKind {
        self.skip_blanks();
        let subject = match self.word() {
            Some(word) => word,
            None => {
                self.error(opening.clone(), "`case` has no word");
                self.no_word()
            }
        };
        self.skip_lines();
        let mut arms = Vec::new();
        if !self.accept_in() {
            self.missing(opening, "`case` has no `in`");
            let at = self.file_start();
            let body = self.list_until(&[Closer::Esac]);
            self.accept_keyword(Keyword::Esac);
            arms.push(Arm {
                patterns: Few::new(),
                end: None,
                span: self.span_from(at),
                body,
            });
            return CompoundKind::Case(Case { subject, arms });
        }
        loop {
            self.skip_lines();
            if self.accept_keyword(Keyword::Esac) {
                break;
            }
            if self.at_end() || self.at_wanted_closer() {
                self.unclosed_with_help(
                    opening,
                    "`case` has no `esac`",
                    Some("end the last arm with `;;` or a line break, then write `esac`"),
                );
                break;
            }
            let arm = self.arm();
            arms.push(arm);
        }
        CompoundKind::Case(Case { subject, arms })
    }

    fn arm(&mut self) -> Arm {
        let start = self.file_start();
        let at = self.pos;
        let mut patterns = Few::new();
        if self.peek() == Some(b'(') {
            self.pos += 1;
        }
        loop {
            self.skip_blanks();
            match self.word() {
                Some(word) => patterns.push(word),
                None => {
                    self.error(at..at + 1, "an arm of `case` has no pattern");
                    break;
                }
            }
            self.skip_blanks();
            if self.peek() != Some(b'|') {
                break;
            }
            self.pos += 1;
        }
        if self.peek() == Some(b')') {
            self.pos += 1;
        } else {
            let len = self.text[at..self.pos].trim_end().len();
            let pattern = shorten(&self.text[at..at + len]);
            let message = format!("pattern `{pattern}` has no `)` after it");
            self.error(at..at + len.max(1), message);
            self.quietly(Self::skip_command);
            if self.peek() == Some(b')') {
                self.pos += 1;
            }
        }
        let mut end = self.file_end();
        let body = self.list_until(&[Closer::ArmEnd, Closer::Esac]);
        if !body.items.is_empty() {
            end = end.max(body.span.end);
        }
        let found = match (self.peek(), self.peek_at(1), self.peek_at(2)) {
            (Some(b';'), b';', b'&') => Some((ArmEnd::Continue, 3)),
            (Some(b';'), b';', _) => Some((ArmEnd::Break, 2)),
            (Some(b';'), b'&', _) => Some((ArmEnd::FallThrough, 2)),
            (Some(b';'), b'|', _) => Some((ArmEnd::Continue, 2)),
            _ => None,
        };
        let arm_end = found.map(|(value, len)| Spanned::new(value, self.take(len)));
        if let Some(arm_end) = arm_end {
            end = end.max(arm_end.span.end);
        }
        if self.pos == at {
            self.pos += 1;
        }
        Arm {
            patterns,
            body,
            end: arm_end,
            span: Span::new(start, end),
        }
    }

    /// Reads `function name …`.
    fn function(&mut self) -> Option<Command> {
        let at = self.pos;
        let start = self.file_start();
        self.skip_keyword(Keyword::Function);
        self.skip_blanks();
        let name_at = self.pos;
        let word = self.word();
        let name = word.map(|word| {
            let text = word.text().unwrap_or(&self.text[name_at..self.pos]);
            Spanned::new(Text::from(text), word.span)
        });
        self.skip_blanks();
        let has_parentheses = self.peek() == Some(b'(') && self.peek_at(1) == b')';
        if has_parentheses {
            self.pos += 2;
        }
        let has_body = has_parentheses
            || self.peek() == Some(b'\n')
            || self.peek() == Some(b'(')
            || self.keyword().is_some();
        match name {
            Some(name) if has_body || self.shared.dialect != Dialect::Posix => {
                match self.function_body(name, true) {
                    Command::Function(mut function) => {
                        function.span.start = start;
                        Some(Command::Function(function))
                    }
                    command => Some(command),
                }
            }
            // To a POSIX shell it is a command like any other.
            _ => {
                self.pos = at;
                self.simple_command()
            }
        }
    }

    /// Reads `coproc [name] command`.
    fn coprocess(&mut self) -> Command {
        let start = self.file_start();
        let at = self.pos;
        self.skip_keyword(Keyword::Coproc);
        let mut end = self.file_end();
        self.skip_blanks();
        let name_at = self.pos;
        let len = self.name_len();
        let mut name = None;
        if len > 0 && self.keyword().is_none() {
            let read = self.take_name(len);
            self.skip_blanks();
            let is_compound = self.peek() == Some(b'(') || self.keyword().is_some();
            if is_compound && self.pos > name_at + len {
                name = Some(read);
            } else {
                self.pos = name_at;
            }
        }
        let command = self.nested_command();
        match &command {
            Some(command) => end = end.max(command.span().end),
            None => self.error(at..at + 6, "`coproc` has no command after it"),
        }
        Command::Coprocess(Box::new(Coprocess {
            name,
            command,
            span: Span::new(start, end),
        }))
    }
}
