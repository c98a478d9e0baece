//! Reading what the shell matches against file names or makes several words of: `*`, `[…]`, `@(…)`, `{a,b}`,
//! and the tilde.

use super::braces::Braces;
use super::few::Few;
use super::lex::{META, is, is_name};
use super::parse::Parser;
use super::parts::{Run, Until};
use super::word::{Brace, ExtendedGlob, Glob, WordPart};
use crate::text::Spanned;

/// How far to look for the `)` of an extended pattern.
const MAX_PATTERN_BYTES: usize = 256;

impl Parser<'_> {
    pub(super) fn tilde(&mut self, run: &mut Run) {
        if self.peek() != Some(b'~') {
            return;
        }
        let rest = &self.bytes[self.pos + 1..self.end];
        let is_user = |byte: &u8| is_name(*byte) || matches!(byte, b'-' | b'+' | b'.');
        let user = rest.iter().take_while(|byte| is_user(byte)).count();
        let ends = match rest.get(user) {
            None => true,
            Some(byte) => matches!(byte, b'/' | b':' | b'}') || is(*byte, META),
        };
        if ends {
            let from = self.pos;
            let span = self.take(user + 1);
            let text = self.text_of(from..self.pos);
            self.push(run, WordPart::Tilde(Spanned::new(text, span)));
        }
    }

    pub(super) fn glob(&mut self, run: &mut Run, glob: Glob, len: usize) {
        self.flush(run, self.pos);
        let span = self.take(len);
        self.push(run, WordPart::Glob(Spanned::new(glob, span)));
    }

    /// The length of the bracket expression that begins here.
    pub(super) fn bracket_len(&mut self) -> Option<usize> {
        if self.pos < self.no_bracket_before {
            return None;
        }
        let rest = self.rest();
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
                Some(&byte) if is(byte, META) => break,
                Some(_) => at += 1,
            }
        }
        self.no_bracket_before = self.pos + at;
        None
    }

    /// Whether the parenthesis that comes next is that of an extended pattern. In `${x#*(}` it is text; in an
    /// ordinary word it could be nothing else.
    pub(super) fn closes_glob(&self, until: Until) -> bool {
        if !matches!(until, Until::Brace | Until::Slash) {
            return true;
        }
        let rest = self.rest();
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

    pub(super) fn is_glob_operator_before(&self, run: &Run) -> bool {
        run.from < self.pos && matches!(self.bytes[self.pos - 1], b'+' | b'@' | b'!')
    }

    /// Reads `@(…|…)`.
    pub(super) fn extended_glob(&mut self) -> WordPart {
        let start = self.file_start();
        let open = self.pos;
        let operator = char::from(self.bytes[open]);
        let mut patterns = Few::new();
        self.pos += 2;
        if self.enter(open) {
            loop {
                self.heed_limits();
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

    pub(super) fn brace(&mut self, run: &mut Run, braces: &mut Braces) {
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
