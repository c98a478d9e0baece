//! Reading the lines of heredocs.

use std::sync::{Arc, OnceLock};

use super::Dialect;
use super::ast::HeredocBody;
use super::few::Few;
use super::list::Closer;
use super::parse::Parser;
use super::parts::QuotedUntil;
use super::slice::Text;
use super::word::{Word, WordPart};
use crate::text::Spanned;

/// A heredoc whose operator was read and whose lines were not.
pub(super) struct Pending {
    pub(super) delimiter: Box<str>,
    pub(super) quoted: bool,
    pub(super) strip_tabs: bool,
    /// The shell that reads the body as a script, if one does.
    pub(super) shell: Option<Dialect>,
    /// Where the tree waits for the body.
    pub(super) body: Arc<OnceLock<HeredocBody>>,
}

/// The delimiter that a word stands for, and whether any of it is quoted. Nothing in it is expanded.
pub(super) fn delimiter(word: &str) -> (Box<str>, bool) {
    let mut text = String::with_capacity(word.len());
    let mut quote = None;
    let mut quoted = false;
    let mut characters = word.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (None, '\'' | '"') => {
                quote = Some(character);
                quoted = true;
            }
            (Some(open), _) if open == character => quote = None,
            (None | Some('"'), '\\') => {
                quoted = true;
                text.extend(characters.next());
            }
            _ => text.push(character),
        }
    }
    (text.into_boxed_str(), quoted)
}

impl Parser<'_> {
    /// Reads the bodies of all heredocs whose operators stood on the line that just ended.
    pub(super) fn heredoc_bodies(&mut self) {
        for pending in std::mem::take(&mut self.pending) {
            let from = self.pos;
            let (body_end, next) = self.delimiter_line(&pending);
            let terminated = next.is_some();
            let text = match (pending.quoted, pending.strip_tabs) {
                (true, false) => self.verbatim_lines(body_end),
                (true, true) => self.stripped_lines(body_end),
                (false, false) => {
                    self.within(body_end, |parser| parser.quoted_word(QuotedUntil::Heredoc))
                }
                (false, true) => self.within(body_end, |parser| {
                    parser.quoted_word(QuotedUntil::StrippedHeredoc)
                }),
            };
            let script = self.heredoc_script(&pending, from..body_end, &text, terminated);
            // Filled only here, so it is empty.
            let _ = pending.body.set(HeredocBody {
                text,
                terminated,
                script,
            });
            self.pos = next.unwrap_or(body_end).min(self.end);
        }
    }

    /// Where the body that begins here ends, and where the line behind its delimiter begins, if the
    /// delimiter is there.
    fn delimiter_line(&self, pending: &Pending) -> (usize, Option<usize>) {
        let delimiter = pending.delimiter.as_bytes();
        let mut at = self.pos;
        while at < self.end {
            let rest = &self.bytes[at..self.end];
            let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let mut line = &rest[..len];
            if pending.strip_tabs {
                let tabs = line.iter().take_while(|&&byte| byte == b'\t').count();
                line = &line[tabs..];
            }
            let behind = line.strip_prefix(delimiter);
            if matches!(behind, Some(b"" | b"\r")) {
                return (at, Some((at + len + 1).min(self.end)));
            }
            // bash takes the delimiter in front of the parenthesis of `$(…)`, too.
            if let Some([b')', ..]) = behind
                && self.wants(Closer::CloseParen)
            {
                return (at, Some(at + len - line.len() + delimiter.len()));
            }
            at += len + 1;
        }
        (self.end, None)
    }

    fn verbatim_lines(&mut self, end: usize) -> Word {
        let from = self.pos;
        let span = self.take(end - from);
        self.literal_word(self.text_of(from..end), span)
    }

    fn stripped_lines(&mut self, end: usize) -> Word {
        let from = self.pos;
        let mut text = String::with_capacity(end - from);
        for line in self.text[from..end].split_inclusive('\n') {
            text.push_str(line.trim_start_matches('\t'));
        }
        let span = self.take(end - from);
        self.literal_word(text.into(), span)
    }

    fn literal_word(&mut self, text: Text, span: crate::text::Span) -> Word {
        self.count_node();
        let mut parts = Few::new();
        if !text.is_empty() {
            parts.push(WordPart::Literal(Spanned::new(text, span)));
        }
        Word::new(parts, span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delimiter_loses_its_quotes() {
        let cases = [
            ("EOF", "EOF", false),
            ("'EOF'", "EOF", true),
            ("\"E\"OF", "EOF", true),
            ("\\EOF", "EOF", true),
            ("$x", "$x", false),
            ("'a\\b'", "a\\b", true),
            ("'open", "open", true),
        ];
        for (word, text, quoted) in cases {
            assert_eq!(delimiter(word), (Box::from(text), quoted), "{word}");
        }
    }
}
