//! Reading words: literals, quotes, patterns, brace expansions.
//!
//! Two loops read all text there is: [`Parser::unquoted`] where quotes and patterns mean something, and
//! [`Parser::quoted`] where they do not. Expansions are in the file of that name.

use super::ast::List;
use super::braces::Braces;
use super::few::Few;
use super::lex::{
    CLASS, IN_BRACES, IN_OPERAND, IN_QUOTED_OPERAND, IN_QUOTES, IN_STRIPPED, IN_WORD,
};
use super::parse::Parser;
use super::word::{Glob, ProcessSubstitution, Word, WordPart};
use crate::text::Spanned;

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
    pub(super) from: usize,
    /// Its beginning, if that is not as it stands in the text.
    pub(super) resolved: String,
}

impl Run {
    fn at(pos: usize) -> Run {
        Run {
            start: pos,
            from: pos,
            ..Run::default()
        }
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
        let rest = self.rest();
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
            self.heed_limits();
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
                (_, b'\'') => self.insert(&mut run, |parser| parser.single_quoted()),
                (_, b'"') => self.insert(&mut run, |parser| parser.double_quoted(false)),
                (_, b'`') => self.insert(&mut run, |parser| parser.backquoted(false)),
                (_, b'$') => self.unquoted_dollar(&mut run),
                (_, b'\\') => self.backslash(&mut run),
                (Until::Regex, _) => self.pos += 1,
                (_, b'<' | b'>') if self.peek_at(1) == b'(' => {
                    self.insert(&mut run, |parser| parser.process_substitution())
                }
                (Until::Blank, b'<' | b'>') => break,
                (_, b'*' | b'?') if self.peek_at(1) == b'(' && self.closes_glob(until) => {
                    self.insert(&mut run, |parser| parser.extended_glob())
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
            self.heed_limits();
            self.skip_plain(class);
            let Some(byte) = self.peek() else { break };
            match (until, byte) {
                (QuotedUntil::Quote, b'"')
                | (QuotedUntil::Brace, b'}')
                | (QuotedUntil::Colon, b':' | b'}') => break,
                (_, b'"') if !is_heredoc => {
                    self.insert(&mut run, |parser| parser.double_quoted(false))
                }
                (_, b'`') => self.insert(&mut run, |parser| parser.backquoted(!is_heredoc)),
                (_, b'$') if self.is_expansion() => {
                    self.insert(&mut run, |parser| parser.expansion(true))
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
        let rest = self.rest();
        self.pos += rest
            .iter()
            .position(|&byte| CLASS[byte as usize] & class != 0)
            .unwrap_or(rest.len());
    }

    /// Ends the literal at `upto`.
    pub(super) fn flush(&mut self, run: &mut Run, upto: usize) {
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

    /// Ends the literal and reads another part.
    fn insert(&mut self, run: &mut Run, read: impl FnOnce(&mut Self) -> WordPart) {
        self.flush(run, self.pos);
        let part = read(self);
        self.push(run, part);
    }

    /// Appends a part that was just read.
    pub(super) fn push(&mut self, run: &mut Run, part: WordPart) {
        run.parts.push(part);
        run.start = self.pos;
        run.from = self.pos;
        self.count_node();
    }

    /// Leaves out `bytes` bytes of the literal.
    pub(super) fn drop_bytes(&mut self, run: &mut Run, bytes: usize) {
        run.resolved.push_str(&self.text[run.from..self.pos]);
        self.pos += bytes;
        run.from = self.pos;
        if run.resolved.is_empty() {
            run.start = self.pos;
        }
    }

    /// The length in bytes of the character at `ahead` bytes from here.
    pub(super) fn char_len(&self, ahead: usize) -> usize {
        let rest = self.text.get(self.pos + ahead..self.end);
        rest.and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8)
    }

    fn unquoted_dollar(&mut self, run: &mut Run) {
        match self.peek_at(1) {
            b'\'' => self.insert(run, |parser| parser.ansi_quoted()),
            b'"' => self.insert(run, |parser| parser.double_quoted(true)),
            _ if self.is_expansion() => self.insert(run, |parser| parser.expansion(false)),
            _ => self.pos += 1,
        }
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
}
