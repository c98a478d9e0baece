//! Reading words: literals, quotes, patterns, brace expansions.
//!
//! Two loops read all text there is: [`Parser::unquoted`] where quotes and patterns mean something, and
//! [`Parser::quoted`] where they do not. Expansions are in the file of that name.

use super::ast::List;
use super::braces::Braces;
use super::few::Few;
use super::lex::{
    CLASS, IN_BRACES, IN_OPERAND, IN_QUOTED_OPERAND, IN_QUOTES, IN_STRIPPED, IN_WORD, is_name,
};
use super::parse::Parser;
use super::slice::Text;
use super::word::{Brace, DoubleQuoted, ExtendedGlob, Glob, ProcessSubstitution, Word, WordPart};
use crate::text::Spanned;

/// How far to look for the `)` of an extended pattern.
const MAX_PATTERN_BYTES: usize = 256;

/// Where unquoted text ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// At a blank or the character of an operator.
    Blank,
    /// At `}`.
    Brace,
    /// At `/` or `}`.
    Slash,
    /// At `]`.
    Bracket,
    /// At `]`, or at `}` where that is missing.
    BracketOrBrace,
    /// At `|` or `)` of an extended pattern.
    Alternative,
    /// At a blank outside parentheses: the regular expression behind `=~`.
    Regex,
}

/// Where text in double quotes, or text that is read like it, ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum QuotedUntil {
    /// At `"`.
    Quote,
    /// At `}`.
    Brace,
    /// At `:` or `}`: an arithmetic expression of `${x:offset:length}`.
    Colon,
    /// At the end: an arithmetic expression.
    End,
    /// At the end of a heredoc.
    Heredoc,
    /// At the end of a heredoc whose lines lose their tabs.
    StrippedHeredoc,
}

/// Parts read so far and the literal text that is being read.
#[derive(Default)]
pub(super) struct Run {
    pub(super) parts: Few<WordPart>,
    /// Where the literal begins in the text.
    start: usize,
    /// Which of its text is not in `resolved` yet.
    from: usize,
    /// Its beginning, if that is not as it stands in the text.
    resolved: String,
}

impl Run {
    fn at(pos: usize) -> Run {
        Run {
            start: pos,
            from: pos,
            ..Run::default()
        }
    }

    /// Whether the byte in front of `pos` is plain text of the literal.
    fn is_literal_before(&self, pos: usize) -> bool {
        self.from < pos
    }
}

impl Parser<'_> {
    /// Reads a word; `None` if none begins here.
    pub(super) fn word(&mut self) -> Option<Word> {
        match self.plain_word_len() {
            Some(0) => None,
            Some(len) => Some(self.plain_word(len)),
            None => {
                let start = self.pos;
                let file_start = self.file_start();
                let parts = self.unquoted(Until::Blank);
                (self.pos > start).then(|| self.finish_word(parts, file_start))
            }
        }
    }

    /// The length of the word here if nothing in it is quoted or expanded; 0 if none begins here.
    #[inline]
    pub(super) fn plain_word_len(&self) -> Option<usize> {
        let rest = &self.bytes[self.pos..self.end];
        let len = rest
            .iter()
            .position(|&byte| CLASS[byte as usize] & IN_WORD != 0)
            .unwrap_or(rest.len());
        let is_plain = match rest.get(len) {
            Some(byte) => matches!(byte, b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b')'),
            None => true,
        };
        (is_plain && rest.first() != Some(&b'~')).then_some(len)
    }

    /// Reads a word whose length [`Parser::plain_word_len`] gave.
    #[inline]
    pub(super) fn plain_word(&mut self, len: usize) -> Word {
        self.count_node();
        let start = self.pos;
        let span = self.take(len);
        Word::plain(self.text_of(start..self.pos), span)
    }

    /// Makes a word of what was read since `start`, a place in the file.
    pub(super) fn finish_word(&mut self, parts: Few<WordPart>, start: u32) -> Word {
        self.count_node();
        let span = self.span_from(start);
        Word::new(parts, span)
    }

    /// Reads text outside quotes as a word, which may be empty.
    pub(super) fn unquoted_word(&mut self, until: Until) -> Word {
        let start = self.file_start();
        let parts = self.unquoted(until);
        self.finish_word(parts, start)
    }

    /// Reads text in double quotes, or like it, as a word, which may be empty.
    pub(super) fn quoted_word(&mut self, until: QuotedUntil) -> Word {
        let start = self.file_start();
        let parts = self.quoted(until);
        self.finish_word(parts, start)
    }

    /// Reads text outside quotes.
    pub(super) fn unquoted(&mut self, until: Until) -> Few<WordPart> {
        let mut run = Run::at(self.pos);
        let mut braces = Braces::default();
        let mut depth = 0u32;
        self.tilde(&mut run);
        loop {
            let class = match until {
                Until::Blank if braces.are_open() => IN_BRACES,
                Until::Blank | Until::Regex => IN_WORD,
                _ => IN_OPERAND,
            };
            self.skip_plain(class);
            let Some(byte) = self.peek() else { break };
            match (until, byte) {
                (Until::Blank, b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b')') => break,
                (Until::Blank | Until::Regex, b'\r') if self.is_line_end() => break,
                (Until::Brace | Until::BracketOrBrace, b'}')
                | (Until::Slash, b'}' | b'/')
                | (Until::Alternative, b'|' | b')') => break,
                (Until::Bracket | Until::BracketOrBrace, b']') if depth == 0 => break,
                (Until::Bracket | Until::BracketOrBrace, b']') => {
                    depth -= 1;
                    self.pos += 1;
                }
                (Until::Bracket | Until::BracketOrBrace, b'[') => {
                    depth += 1;
                    self.pos += 1;
                }
                (Until::Regex, _) if self.is_regex_end(byte, depth) => break,
                (Until::Regex, b'(') => {
                    depth += 1;
                    self.pos += 1;
                }
                (Until::Regex, b')') => {
                    depth -= 1;
                    self.pos += 1;
                }
                (_, b'\'') => {
                    self.flush(&mut run, self.pos);
                    let part = self.single_quoted();
                    self.push(&mut run, part);
                }
                (_, b'"') => {
                    self.flush(&mut run, self.pos);
                    let part = self.double_quoted(false);
                    self.push(&mut run, part);
                }
                (_, b'`') => {
                    self.flush(&mut run, self.pos);
                    let part = self.backquoted(false);
                    self.push(&mut run, part);
                }
                (_, b'$') => self.unquoted_dollar(&mut run),
                (_, b'\\') => self.backslash(&mut run),
                (Until::Regex, _) => self.pos += 1,
                (_, b'<' | b'>') if self.peek_at(1) == b'(' => {
                    self.flush(&mut run, self.pos);
                    let part = self.process_substitution();
                    self.push(&mut run, part);
                }
                (Until::Blank, b'<' | b'>') => break,
                (_, b'*' | b'?') if self.peek_at(1) == b'(' && self.closes_glob(until) => {
                    self.flush(&mut run, self.pos);
                    let part = self.extended_glob();
                    self.push(&mut run, part);
                }
                (_, b'*') => self.glob(&mut run, Glob::Star, 1),
                (_, b'?') => self.glob(&mut run, Glob::Question, 1),
                (_, b'[') => match self.bracket_len() {
                    Some(len) => {
                        let text = self.text_of(self.pos..self.pos + len);
                        self.glob(&mut run, Glob::Bracket(text), len);
                    }
                    None => self.pos += 1,
                },
                (_, b'(') if self.is_glob_operator_before(&run) && self.closes_glob(until) => {
                    self.pos -= 1;
                    self.flush(&mut run, self.pos);
                    let part = self.extended_glob();
                    self.push(&mut run, part);
                }
                (Until::Blank, b'(') => break,
                (Until::Blank, b'{' | b'}' | b',' | b'.') => self.brace(&mut run, &mut braces),
                _ => self.pos += 1,
            }
        }
        self.flush(&mut run, self.pos);
        braces.finish(&mut run.parts);
        run.parts
    }

    /// Reads text in double quotes, or like it. The closing quote is left to the caller.
    pub(super) fn quoted(&mut self, until: QuotedUntil) -> Few<WordPart> {
        let mut run = Run::at(self.pos);
        let class = match until {
            QuotedUntil::Quote | QuotedUntil::End | QuotedUntil::Heredoc => IN_QUOTES,
            QuotedUntil::Brace | QuotedUntil::Colon => IN_QUOTED_OPERAND,
            QuotedUntil::StrippedHeredoc => {
                self.strip_tabs(&mut run);
                IN_STRIPPED
            }
        };
        let is_heredoc = matches!(until, QuotedUntil::Heredoc | QuotedUntil::StrippedHeredoc);
        loop {
            self.skip_plain(class);
            let Some(byte) = self.peek() else { break };
            match (until, byte) {
                (QuotedUntil::Quote, b'"')
                | (QuotedUntil::Brace, b'}')
                | (QuotedUntil::Colon, b':' | b'}') => break,
                (_, b'"') if !is_heredoc => {
                    self.flush(&mut run, self.pos);
                    let part = self.double_quoted(false);
                    self.push(&mut run, part);
                }
                (_, b'`') => {
                    self.flush(&mut run, self.pos);
                    let part = self.backquoted(!is_heredoc);
                    self.push(&mut run, part);
                }
                (_, b'$') if self.is_expansion(true) => {
                    self.flush(&mut run, self.pos);
                    let part = self.expansion(true);
                    self.push(&mut run, part);
                }
                (_, b'\\') => self.quoted_backslash(&mut run, until),
                (QuotedUntil::StrippedHeredoc, b'\n') => {
                    self.pos += 1;
                    self.strip_tabs(&mut run);
                }
                _ => self.pos += 1,
            }
        }
        self.flush(&mut run, self.pos);
        run.parts
    }

    fn skip_plain(&mut self, class: u8) {
        let rest = &self.bytes[self.pos..self.end];
        self.pos += rest
            .iter()
            .position(|&byte| CLASS[byte as usize] & class != 0)
            .unwrap_or(rest.len());
    }

    /// Ends the literal at `upto`.
    fn flush(&mut self, run: &mut Run, upto: usize) {
        if upto > run.from || !run.resolved.is_empty() {
            let text = if run.resolved.is_empty() {
                self.text_of(run.from..upto)
            } else {
                run.resolved.push_str(&self.text[run.from..upto]);
                std::mem::take(&mut run.resolved).into()
            };
            let span = self.span_of(run.start..upto);
            run.parts.push(WordPart::Literal(Spanned::new(text, span)));
            self.count_node();
        }
        run.start = upto;
        run.from = upto;
    }

    /// Appends a part that was just read.
    fn push(&mut self, run: &mut Run, part: WordPart) {
        run.parts.push(part);
        run.start = self.pos;
        run.from = self.pos;
        self.count_node();
    }

    /// Leaves out `bytes` bytes of the literal.
    fn drop_bytes(&mut self, run: &mut Run, bytes: usize) {
        run.resolved.push_str(&self.text[run.from..self.pos]);
        self.pos += bytes;
        run.from = self.pos;
        if run.resolved.is_empty() {
            run.start = self.pos;
        }
    }

    /// The length in bytes of the character at `ahead` bytes from here.
    fn char_len(&self, ahead: usize) -> usize {
        let rest = self.text.get(self.pos + ahead..self.end);
        rest.and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8)
    }

    fn tilde(&mut self, run: &mut Run) {
        if self.peek() != Some(b'~') {
            return;
        }
        let rest = &self.bytes[self.pos + 1..self.end];
        let is_user = |byte: &u8| is_name(*byte) || matches!(byte, b'-' | b'+' | b'.');
        let user = rest.iter().take_while(|byte| is_user(byte)).count();
        let ends = match rest.get(user) {
            None => true,
            Some(byte) => {
                matches!(byte, b'/' | b':' | b'}') || super::lex::is(*byte, super::lex::META)
            }
        };
        if ends {
            let from = self.pos;
            let span = self.take(user + 1);
            let text = self.text_of(from..self.pos);
            self.push(run, WordPart::Tilde(Spanned::new(text, span)));
        }
    }

    fn single_quoted(&mut self) -> WordPart {
        let start = self.file_start();
        let open = self.pos;
        let rest = &self.bytes[open + 1..self.end];
        let (text_end, end) = match memchr::memchr(b'\'', rest) {
            Some(len) => (open + 1 + len, open + 2 + len),
            None => {
                self.error_at_end(open..open + 1, "`'` is never closed");
                let line = self.line_end(open);
                (line, line)
            }
        };
        self.pos = end;
        let text = self.text_of(open + 1..text_end);
        WordPart::SingleQuoted(Spanned::new(text, self.span_from(start)))
    }

    /// Where the line that `at` is in ends.
    fn line_end(&self, at: usize) -> usize {
        let rest = &self.bytes[at..self.end];
        memchr::memchr(b'\n', rest).map_or(self.end, |len| at + len)
    }

    /// Reads `"…"`, or `$"…"` if `localized`.
    fn double_quoted(&mut self, localized: bool) -> WordPart {
        let start = self.file_start();
        let open = self.pos;
        self.pos += 1 + usize::from(localized);
        let rest = &self.bytes[self.pos..self.end];
        let parts = if memchr::memchr(b'"', rest).is_some() {
            let parts = self.quoted(QuotedUntil::Quote);
            if self.peek() == Some(b'"') {
                self.pos += 1;
            } else {
                self.error_at_end(open..open + 1, "`\"` is never closed");
            }
            parts
        } else {
            self.error_at_end(open..open + 1, "`\"` is never closed");
            let line = self.line_end(open);
            self.within(line, |parser| parser.quoted(QuotedUntil::Quote))
        };
        let span = self.span_from(start);
        WordPart::DoubleQuoted(Box::new(DoubleQuoted::new(parts, localized, span)))
    }

    fn ansi_quoted(&mut self) -> WordPart {
        let start = self.file_start();
        let open = self.pos;
        let mut at = open + 2;
        loop {
            let rest = &self.bytes[at.min(self.end)..self.end];
            match memchr::memchr2(b'\'', b'\\', rest) {
                Some(len) if rest[len] == b'\\' => at += len + 2,
                Some(len) => {
                    at += len;
                    break;
                }
                None => {
                    self.error_at_end(open..open + 2, "`$'` is never closed");
                    at = self.line_end(open);
                    break;
                }
            }
        }
        let value = super::escape::ansi(&self.text[open + 2..at]);
        self.pos = (at + 1).min(self.end);
        let span = self.span_from(start);
        WordPart::AnsiQuoted(Spanned::new(value.map(Text::from), span))
    }

    fn unquoted_dollar(&mut self, run: &mut Run) {
        match self.peek_at(1) {
            b'\'' => {
                self.flush(run, self.pos);
                let part = self.ansi_quoted();
                self.push(run, part);
            }
            b'"' => {
                self.flush(run, self.pos);
                let part = self.double_quoted(true);
                self.push(run, part);
            }
            _ if self.is_expansion(false) => {
                self.flush(run, self.pos);
                let part = self.expansion(false);
                self.push(run, part);
            }
            _ => self.pos += 1,
        }
    }

    fn backslash(&mut self, run: &mut Run) {
        let joined = self.continuation_len();
        if joined > 0 {
            self.drop_bytes(run, joined);
            return;
        }
        let Some(value) = self.text[self.pos + 1..self.end].chars().next() else {
            // A backslash at the very end stands for itself.
            self.pos += 1;
            return;
        };
        self.flush(run, self.pos);
        let span = self.take(1 + value.len_utf8());
        self.push(run, WordPart::Escaped(Spanned::new(value, span)));
    }

    fn quoted_backslash(&mut self, run: &mut Run, until: QuotedUntil) {
        let joined = self.continuation_len();
        if joined > 0 {
            self.drop_bytes(run, joined);
            return;
        }
        let quotes = match self.peek_at(1) {
            b'$' | b'`' | b'\\' => true,
            b'"' => !matches!(until, QuotedUntil::Heredoc | QuotedUntil::StrippedHeredoc),
            b'}' => until == QuotedUntil::Brace,
            _ => false,
        };
        if quotes {
            run.resolved.push_str(&self.text[run.from..self.pos]);
            run.from = self.pos + 1;
        }
        self.pos += 1 + self.char_len(1);
    }

    fn strip_tabs(&mut self, run: &mut Run) {
        let rest = &self.bytes[self.pos..self.end];
        let tabs = rest.iter().take_while(|&&byte| byte == b'\t').count();
        if tabs > 0 {
            self.drop_bytes(run, tabs);
        }
    }

    fn glob(&mut self, run: &mut Run, glob: Glob, len: usize) {
        self.flush(run, self.pos);
        let span = self.take(len);
        self.push(run, WordPart::Glob(Spanned::new(glob, span)));
    }

    /// The length of the bracket expression that begins here.
    fn bracket_len(&mut self) -> Option<usize> {
        if self.pos < self.no_bracket_before {
            return None;
        }
        let rest = &self.bytes[self.pos..self.end];
        let mut at = 1;
        if matches!(rest.get(at), Some(b'!' | b'^')) {
            at += 1;
        }
        if rest.get(at) == Some(&b']') {
            at += 1;
        }
        loop {
            match rest.get(at) {
                Some(b']') => return Some(at + 1),
                Some(b'[') if rest.get(at + 1) == Some(&b':') => {
                    let name = rest[at + 2..]
                        .iter()
                        .take_while(|byte| byte.is_ascii_lowercase())
                        .count();
                    at += 2 + name;
                    if rest[at..].starts_with(b":]") {
                        at += 2;
                    }
                }
                Some(b'\'' | b'"' | b'`' | b'$' | b'\\' | b'/' | b'}') | None => break,
                Some(&byte) if super::lex::is(byte, super::lex::META) => break,
                Some(_) => at += 1,
            }
        }
        self.no_bracket_before = self.pos + at;
        None
    }

    /// Whether the parenthesis that comes next is that of an extended pattern. In `${x#*(}` it is text; in an
    /// ordinary word it could be nothing else.
    fn closes_glob(&self, until: Until) -> bool {
        if !matches!(until, Until::Brace | Until::Slash) {
            return true;
        }
        let rest = &self.bytes[self.pos..self.end];
        let mut depth = 0u32;
        for byte in rest.iter().take(MAX_PATTERN_BYTES) {
            match byte {
                b'(' => depth += 1,
                b')' if depth <= 1 => return depth == 1,
                b')' => depth -= 1,
                b'}' | b'\n' => return false,
                _ => {}
            }
        }
        false
    }

    fn is_glob_operator_before(&self, run: &Run) -> bool {
        run.is_literal_before(self.pos) && matches!(self.bytes[self.pos - 1], b'+' | b'@' | b'!')
    }

    /// Reads `@(…|…)`.
    fn extended_glob(&mut self) -> WordPart {
        let start = self.file_start();
        let open = self.pos;
        let operator = char::from(self.bytes[open]);
        let mut patterns = Few::new();
        self.pos += 2;
        if self.enter(open) {
            loop {
                patterns.push(self.unquoted_word(Until::Alternative));
                match self.peek() {
                    Some(b'|') => self.pos += 1,
                    Some(_) => {
                        self.pos += 1;
                        break;
                    }
                    None => {
                        self.error_at_end(open..open + 2, format!("`{operator}(` is never closed"));
                        break;
                    }
                }
            }
            self.leave();
        }
        let span = self.span_from(start);
        WordPart::ExtendedGlob(Box::new(ExtendedGlob {
            operator,
            patterns,
            span,
        }))
    }

    fn process_substitution(&mut self) -> WordPart {
        let start = self.file_start();
        let open = self.pos;
        let output = self.bytes[open] == b'>';
        self.pos += 2;
        let body: List = self.parenthesized(open..open + 2);
        let span = self.span_from(start);
        WordPart::ProcessSubstitution(Box::new(ProcessSubstitution { body, output, span }))
    }

    fn is_regex_end(&self, byte: u8, depth: u32) -> bool {
        match byte {
            b'\n' => true,
            b' ' | b'\t' | b')' | b';' => depth == 0,
            b'&' | b'|' => depth == 0 && self.peek_at(1) == byte,
            _ => false,
        }
    }

    fn brace(&mut self, run: &mut Run, braces: &mut Braces) {
        let (brace, len) = match (self.bytes[self.pos], self.peek_at(1)) {
            (b'{', b'}') => {
                self.pos += 2;
                return;
            }
            (b'{', _) => (Brace::Open, 1),
            (b'}', _) => (Brace::Close, 1),
            (b',', _) => (Brace::Comma, 1),
            (b'.', b'.') => (Brace::Range, 2),
            _ => {
                self.pos += 1;
                return;
            }
        };
        self.flush(run, self.pos);
        let at = self.pos;
        let index = run.parts.len();
        match brace {
            Brace::Open => braces.open(index, at + 1),
            Brace::Close => braces.close(index, self.text, at),
            Brace::Comma => braces.comma(index),
            Brace::Range => braces.range(index),
        }
        let span = self.take(len);
        self.push(run, WordPart::Brace(Spanned::new(brace, span)));
    }
}
