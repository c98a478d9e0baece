//! A logical line while it is taken apart: from pieces of its text to words and spans.
//!
//! Grammars work on slices of the line's text; where a slice stands in the line, and from there in the
//! file, is worked out here.

use nom::Offset;

use crate::diagnostic::SyntaxError;
use crate::grammar::variable::{self, Dialect, Piece, VariableErrorKind};
use crate::text::span::offset;
use crate::text::{Cooked, Span, Spanned};

use super::super::ast::Escape;
use super::super::word::Word;

/// A logical line and what was wrong with it so far.
pub(super) struct Reader<'l, 'e> {
    line: &'l Cooked<'l>,
    /// Where the line begins, when it is one stretch of the file.
    verbatim: Option<u32>,
    /// The escape character in force.
    pub escape: Escape,
    /// What was wrong.
    pub errors: &'e mut Vec<SyntaxError>,
}

impl<'l, 'e> Reader<'l, 'e> {
    pub(super) fn new(
        line: &'l Cooked<'l>,
        escape: Escape,
        errors: &'e mut Vec<SyntaxError>,
    ) -> Reader<'l, 'e> {
        Reader {
            line,
            verbatim: line.is_verbatim().then(|| line.start_of(0)),
            escape,
            errors,
        }
    }

    /// The whole line.
    pub(super) fn text(&self) -> &'l str {
        self.line.text()
    }

    /// Where a slice of the line begins in it.
    pub(super) fn place(&self, part: &str) -> usize {
        self.line.text().offset(part)
    }

    /// Where a slice of the line stands in the file.
    pub(super) fn span(&self, part: &str) -> Span {
        let start = self.place(part);
        match self.verbatim {
            Some(base) => {
                let start = base + offset(start);
                Span::new(start, start + offset(part.len()))
            }
            None => self.line.span(start..start + part.len()),
        }
    }

    /// A slice of the line with its map to the file.
    pub(super) fn cooked(&self, part: &'l str) -> Cooked<'l> {
        let start = self.place(part);
        match self.verbatim {
            Some(base) => Cooked::verbatim(part, base + offset(start)),
            None => self.line.slice(start..start + part.len()),
        }
    }

    /// The file offset of a byte of the line.
    pub(super) fn file_offset(&self, at: usize) -> u32 {
        match self.verbatim {
            Some(base) => base + offset(at),
            None => self.line.start_of(at),
        }
    }

    /// A slice of the line as a plain value.
    pub(super) fn spanned(&self, part: &str) -> Spanned<Box<str>> {
        Spanned::new(part.into(), self.span(part))
    }

    /// A slice of the line as a word in which nothing is special.
    pub(super) fn plain(&self, part: &'l str) -> Word {
        match self.verbatim {
            Some(base) => Word::verbatim(part, base + offset(self.place(part))),
            None => Word::plain(self.cooked(part), self.span(part)),
        }
    }

    /// A slice of the line as a word with quotes, escapes and variables. Reports what is wrong in it.
    pub(super) fn lexed(&mut self, part: &'l str) -> Word {
        let word = self.plain(part);
        self.lex(word)
    }

    /// Reads quotes, escapes and variables in a word, as BuildKit's `shell/lex.go`.
    pub(super) fn lex(&mut self, word: Word) -> Word {
        let escape = match self.escape {
            Escape::Backslash => b'\\',
            Escape::Backtick => b'`',
        };
        let is_special = |byte: u8| matches!(byte, b'$' | b'"' | b'\'') || byte == escape;
        if !word.raw.bytes().any(is_special) {
            return word;
        }
        let template = variable::parse(&word.raw, Dialect::docker(escape));
        for error in &template.errors {
            let error = variable_error(error, &word.raw, word.span_of(error.range.clone()));
            self.errors.push(error);
        }
        match template.pieces.as_slice() {
            [Piece::Literal(range)] if *range == (0..word.raw.len()) => word,
            _ => word.with_template(template),
        }
    }

    /// Notes an error.
    pub(super) fn error(&mut self, error: SyntaxError) {
        self.errors.push(error);
    }
}

/// An error of the variable grammar as one of the file. `text` is what was parsed.
pub(super) fn variable_error(
    error: &variable::VariableError,
    text: &str,
    span: Span,
) -> SyntaxError {
    let message = error.message(text);
    match error.kind {
        VariableErrorKind::UnclosedQuote => SyntaxError::new("unterminated-quote", span, message)
            .with_help("close the quote, or put the escape character before it"),
        VariableErrorKind::UnsupportedModifier => SyntaxError::new(
            "invalid-variable-substitution",
            span,
            message,
        )
        .with_help(
            "BuildKit knows `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/` and `//`",
        ),
        VariableErrorKind::Unclosed
        | VariableErrorKind::BadName
        | VariableErrorKind::MissingSlash
        | VariableErrorKind::TooDeep => {
            SyntaxError::new("invalid-variable-substitution", span, message)
                .with_help("write `${NAME}`, or put the escape character before the `$`")
        }
    }
}
