//! Reading quotes: `'…'`, `"…"`, `$'…'`, the backslash.
//!
//! A quote that is never closed swallows the rest of the text in a real shell. Here it ends with its line,
//! so that the lines behind it are read as what they were meant to be.

use super::parse::Parser;
use super::parts::{QuotedUntil, Run};
use super::slice::Text;
use super::word::{DoubleQuoted, WordPart};
use crate::text::Spanned;

impl Parser<'_> {
    pub(super) fn single_quoted(&mut self) -> WordPart {
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
    pub(super) fn double_quoted(&mut self, localized: bool) -> WordPart {
        let start = self.file_start();
        let open = self.pos;
        self.pos += 1 + usize::from(localized);
        let rest = self.rest();
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

    pub(super) fn ansi_quoted(&mut self) -> WordPart {
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

    pub(super) fn backslash(&mut self, run: &mut Run) {
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

    pub(super) fn quoted_backslash(&mut self, run: &mut Run, until: QuotedUntil) {
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

    pub(super) fn strip_tabs(&mut self, run: &mut Run) {
        let rest = self.rest();
        let tabs = rest.iter().take_while(|&&byte| byte == b'\t').count();
        if tabs > 0 {
            self.drop_bytes(run, tabs);
        }
    }
}
