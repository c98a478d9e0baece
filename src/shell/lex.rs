//! Bytes, blanks, comments, line breaks and reserved words.
//!
//! A shell has no fixed tokens: what a character means depends on where it stands. So this is not a lexer
//! that runs ahead, only the pieces that the parser asks for.

use super::parse::Parser;
use crate::text::Spanned;

/// Bytes that may end or change a word outside quotes.
pub(super) const IN_WORD: u8 = 1;
/// The same where a brace expansion may be open.
pub(super) const IN_BRACES: u8 = 2;
/// Bytes that mean something in an unquoted `${…}` operand, a subscript or an extended pattern.
pub(super) const IN_OPERAND: u8 = 4;
/// Bytes that mean something in double quotes.
pub(super) const IN_QUOTES: u8 = 8;
/// Bytes that mean something in a `${…}` operand in double quotes.
pub(super) const IN_QUOTED_OPERAND: u8 = 16;
/// Bytes that mean something in a heredoc whose tabs are stripped.
pub(super) const IN_STRIPPED: u8 = 32;
/// Bytes that separate tokens: blanks, line breaks and the characters of operators.
pub(super) const META: u8 = 64;

/// What each byte may mean.
pub(super) const CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    table = mark(table, b" \t\r\n;&|<>()'\"`\\$*?[{", IN_WORD);
    table = mark(table, b" \t\r\n;&|<>()'\"`\\$*?[{},.", IN_BRACES);
    table = mark(table, b"|<>()'\"`\\$*?[]}/", IN_OPERAND);
    table = mark(table, b"\"`\\$", IN_QUOTES);
    table = mark(table, b"\"`\\$}:", IN_QUOTED_OPERAND);
    table = mark(table, b"\"`\\$\n", IN_STRIPPED);
    mark(table, b" \t\r\n;&|<>()", META)
}

const fn mark(mut table: [u8; 256], bytes: &[u8], class: u8) -> [u8; 256] {
    let mut index = 0;
    while index < bytes.len() {
        table[bytes[index] as usize] |= class;
        index += 1;
    }
    table
}

/// Whether a byte is of one of these classes.
pub(super) fn is(byte: u8, class: u8) -> bool {
    CLASS[byte as usize] & class != 0
}

/// Whether a byte may stand in a name.
pub(super) fn is_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

/// Whether a byte may begin a name.
pub(super) fn is_name_start(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphabetic()
}

/// The words that mean something at the start of a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Keyword {
    Not,
    OpenBrace,
    CloseBrace,
    OpenConditional,
    Case,
    Coproc,
    Do,
    Done,
    Elif,
    Else,
    Esac,
    Fi,
    For,
    Function,
    If,
    In,
    Select,
    Then,
    Time,
    Until,
    While,
}

impl Keyword {
    fn from_text(text: &[u8]) -> Option<Keyword> {
        Some(match text {
            b"!" => Keyword::Not,
            b"{" => Keyword::OpenBrace,
            b"}" => Keyword::CloseBrace,
            b"[[" => Keyword::OpenConditional,
            b"case" => Keyword::Case,
            b"coproc" => Keyword::Coproc,
            b"do" => Keyword::Do,
            b"done" => Keyword::Done,
            b"elif" => Keyword::Elif,
            b"else" => Keyword::Else,
            b"esac" => Keyword::Esac,
            b"fi" => Keyword::Fi,
            b"for" => Keyword::For,
            b"function" => Keyword::Function,
            b"if" => Keyword::If,
            b"in" => Keyword::In,
            b"select" => Keyword::Select,
            b"then" => Keyword::Then,
            b"time" => Keyword::Time,
            b"until" => Keyword::Until,
            b"while" => Keyword::While,
            _ => return None,
        })
    }

    /// The longest of them.
    const MAX_LEN: usize = 8;

    /// As it is written.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Keyword::Not => "!",
            Keyword::OpenBrace => "{",
            Keyword::CloseBrace => "}",
            Keyword::OpenConditional => "[[",
            Keyword::Case => "case",
            Keyword::Coproc => "coproc",
            Keyword::Do => "do",
            Keyword::Done => "done",
            Keyword::Elif => "elif",
            Keyword::Else => "else",
            Keyword::Esac => "esac",
            Keyword::Fi => "fi",
            Keyword::For => "for",
            Keyword::Function => "function",
            Keyword::If => "if",
            Keyword::In => "in",
            Keyword::Select => "select",
            Keyword::Then => "then",
            Keyword::Time => "time",
            Keyword::Until => "until",
            Keyword::While => "while",
        }
    }
}

impl Parser<'_> {
    /// Skips blanks, joined lines and a comment.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            let rest = &self.bytes[self.pos..self.end];
            self.pos += rest
                .iter()
                .take_while(|&&byte| byte == b' ' || byte == b'\t')
                .count();
            let Some(byte) = self.peek() else { return };
            match byte {
                b'\r' if self.is_line_end() => self.pos += 1,
                b'\\' if self.continuation_len() > 0 => self.pos += self.continuation_len(),
                b'#' if self.is_word_start() => self.comment(),
                _ => return,
            }
        }
    }

    /// Skips blanks, comments and line breaks.
    pub(super) fn skip_lines(&mut self) {
        loop {
            self.skip_blanks();
            if self.peek() != Some(b'\n') {
                return;
            }
            self.line_break();
        }
    }

    /// Reads a line break, and the heredocs that begin behind it.
    pub(super) fn line_break(&mut self) {
        self.pos += 1;
        self.forget_errors_of_line();
        if !self.pending.is_empty() {
            self.heredoc_bodies();
        }
    }

    /// Whether a token may begin here. Joined lines and blanks were skipped, so the byte in front decides.
    fn is_word_start(&self) -> bool {
        match self.pos.checked_sub(1) {
            Some(before) => {
                let byte = self.bytes[before];
                is(byte, META) || byte == b'`'
            }
            None => true,
        }
    }

    /// Whether only a carriage return stands between here and the end of the line. Files with such line
    /// ends would fail in a real shell, but that is the file's trouble, not the syntax's.
    pub(super) fn is_line_end(&self) -> bool {
        match self.peek() {
            None | Some(b'\n') => true,
            Some(b'\r') => matches!(self.peek_at(1), b'\n') || self.pos + 1 >= self.end,
            Some(_) => false,
        }
    }

    /// The length of a backslash and a line break, which join two lines; 0 if there is none here.
    pub(super) fn continuation_len(&self) -> usize {
        match (self.peek(), self.peek_at(1), self.peek_at(2)) {
            (Some(b'\\'), b'\n', _) => 2,
            (Some(b'\\'), b'\r', b'\n') => 3,
            _ => 0,
        }
    }

    fn comment(&mut self) {
        let start = self.file_start();
        let from = self.pos;
        let rest = &self.bytes[self.pos..self.end];
        self.pos += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let len = self.text[from + 1..self.pos].trim_end_matches('\r').len();
        let text = self.text_of(from + 1..from + 1 + len);
        let span = self.span_from(start);
        self.shared.comments.push(Spanned::new(text, span));
        self.count_node();
    }

    /// The reserved word that stands here. Whether it means anything is up to the caller.
    pub(super) fn keyword(&self) -> Option<Keyword> {
        let begins_one = matches!(
            (self.peek()?, self.peek_at(1)),
            (b'!' | b'[' | b'{' | b'}', _)
                | (b'c', b'a' | b'o')
                | (b'd', b'o')
                | (b'e', b'l' | b's')
                | (b'f', b'i' | b'o' | b'u')
                | (b'i', b'f' | b'n')
                | (b's', b'e')
                | (b't', b'h' | b'i')
                | (b'u', b'n')
                | (b'w', b'h')
        );
        if !begins_one {
            return None;
        }
        let rest = &self.bytes[self.pos..self.end];
        let longest = &rest[..rest.len().min(Keyword::MAX_LEN + 1)];
        let len = longest
            .iter()
            .position(|&byte| is(byte, META) || byte == b'\\')
            .unwrap_or(longest.len());
        let keyword = Keyword::from_text(&longest[..len])?;
        // `fi\⏎` is a word of its own only if the next line does not go on with it.
        let joined = match &rest[len..] {
            [b'\\', b'\n', next, ..] | [b'\\', b'\r', b'\n', next, ..] => !is(*next, META),
            [b'\\', b'\n'] | [b'\\', b'\r', b'\n'] | [] => false,
            [next, ..] => !is(*next, META),
        };
        (!joined).then_some(keyword)
    }

    /// Reads a reserved word that [`Parser::keyword`] found.
    pub(super) fn skip_keyword(&mut self, keyword: Keyword) {
        self.pos += keyword.as_str().len();
    }

    /// Reads `keyword` if it comes next.
    pub(super) fn accept_keyword(&mut self, keyword: Keyword) -> bool {
        let found = self.keyword() == Some(keyword);
        if found {
            self.skip_keyword(keyword);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_found_by_their_own_text() {
        let all = [
            "!", "{", "}", "[[", "case", "coproc", "do", "done", "elif", "else", "esac", "fi",
            "in", "for", "function", "if", "select", "then", "time", "until", "while",
        ];
        for text in all {
            let keyword = Keyword::from_text(text.as_bytes()).unwrap();
            assert_eq!(keyword.as_str(), text);
            assert!(text.len() <= Keyword::MAX_LEN);
        }
    }
}
