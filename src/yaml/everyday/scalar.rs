//! Scalars: on one line, and block scalars.

use std::iter::repeat_n;

use super::super::ScalarStyle;
use super::super::cooked::double_quoted;
use super::{Reader, ends_indicator};
use crate::text::Span;
use crate::text::span::offset;

/// A scalar that was read.
struct Scalar {
    style: ScalarStyle,
    /// With its quotes.
    span: Span,
    /// Whether its value is something other than what stands between the quotes.
    escaped: bool,
}

impl Reader<'_> {
    /// Whether what stands here up to the next colon is the key of an entry.
    pub(super) fn is_key(&mut self) -> bool {
        let start = self.at;
        let scalar = self.scalar_at(false);
        self.blanks();
        let is_key = scalar.is_some() && self.is_indicator(b':');
        self.at = start;
        is_key
    }

    /// Reads a scalar on one line; `flow` when it stands between brackets.
    pub(super) fn scalar(&mut self, flow: bool) -> Option<()> {
        let scalar = self.scalar_at(flow)?;
        self.add(&scalar);
        Some(())
    }

    fn scalar_at(&mut self, flow: bool) -> Option<Scalar> {
        match self.byte()? {
            b'"' => self.quoted(ScalarStyle::DoubleQuoted),
            b'\'' => self.quoted(ScalarStyle::SingleQuoted),
            _ => self.plain(flow),
        }
    }

    fn quoted(&mut self, style: ScalarStyle) -> Option<Scalar> {
        let start = self.at;
        let quote = self.bytes[start];
        let mut escaped = false;
        self.at += 1;
        loop {
            match self.byte()? {
                b'\r' | b'\n' => return None,
                b'\\' if quote == b'"' => {
                    if !matches!(self.after()?, b'"' | b'\\' | b'/' | b'n' | b't' | b'r') {
                        return None;
                    }
                    escaped = true;
                    self.at += 2;
                }
                byte if byte == quote => {
                    if quote == b'"' || self.after() != Some(quote) {
                        break;
                    }
                    escaped = true;
                    self.at += 2;
                }
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(Scalar {
            style,
            span: Span::new(offset(start), offset(self.at)),
            escaped,
        })
    }

    fn plain(&mut self, flow: bool) -> Option<Scalar> {
        let start = self.at;
        let first = self.byte()?;
        let indicator = matches!(first, b'-' | b'?' | b':');
        let glued = self.after().is_some_and(|next| !ends_plain(next, flow));
        if NEVER_FIRST.contains(&first) || indicator && (!glued || flow && first != b'-') {
            return None;
        }
        // Behind the last byte that is not a blank.
        let mut end = start;
        while let Some(byte) = self.byte() {
            match byte {
                b'\r' | b'\n' => break,
                b'\t' => return None,
                b' ' => {
                    self.at += 1;
                    continue;
                }
                b'#' if end < self.at => break,
                b':' if self.after().is_none_or(|next| ends_plain(next, flow)) => break,
                b',' | b'[' | b']' | b'{' | b'}' if flow => break,
                _ => {}
            }
            self.at += 1;
            end = self.at;
        }
        self.at = end;
        Some(Scalar {
            style: ScalarStyle::Plain,
            span: Span::new(offset(start), offset(end)),
            escaped: false,
        })
    }

    /// Adds a scalar, with the anchor in front of it.
    fn add(&mut self, scalar: &Scalar) {
        let Scalar { style, span, .. } = *scalar;
        let properties = self.properties();
        let inside = match style {
            ScalarStyle::Plain => span,
            _ => Span::new(span.start + 1, span.end - 1),
        };
        if !scalar.escaped {
            self.builder.verbatim(style, span, inside, properties);
        } else if style == ScalarStyle::DoubleQuoted {
            let cooked = double_quoted(self.text, span);
            self.builder.spelled(style, span, cooked.text(), properties);
        } else {
            let value = inside.text(self.text).replace("''", "'");
            self.builder.spelled(style, span, &value, properties);
        }
        self.place_anchor();
    }
}

/// Characters that no plain scalar begins with.
const NEVER_FIRST: &[u8] = b",[]{}#&*!|>'\"%@`\t";

/// Whether a byte behind a `:`, `-` or `?` makes an indicator of that.
fn ends_plain(next: u8, flow: bool) -> bool {
    ends_indicator(next)
        || next == b'\t'
        || flow && matches!(next, b',' | b'[' | b']' | b'{' | b'}')
}

/// What becomes of the line breaks at the end of a block scalar.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    /// One is kept.
    Clip,
    /// None is kept: `|-`.
    Strip,
    /// All are kept: `|+`.
    Keep,
}

impl Reader<'_> {
    /// Reads a block scalar, whose lines stand deeper than `column`.
    pub(super) fn block_scalar(&mut self, column: usize) -> Option<()> {
        let header = self.at;
        let folded = self.byte()? == b'>';
        let chomping = self.block_header()?;
        let indent = self.block_indent(column)?;
        let mut value = String::new();
        let mut end = self.at;
        // Line breaks that wait for the next line with text.
        let mut breaks = 0;
        while let Some(depth) = self.block_line(column, indent, &mut breaks)? {
            let deeper = depth > indent || self.byte() == Some(b'\t');
            match (folded, breaks) {
                (true, _) if deeper => return None,
                (true, 1) => value.push(' '),
                (true, 2..) => value.extend(repeat_n('\n', breaks - 1)),
                _ => value.extend(repeat_n('\n', breaks)),
            }
            self.at -= depth - indent;
            let start = self.at;
            end = self.line_end();
            value.push_str(&self.text[start..end]);
            self.at = end;
            // At the end of the file, readers differ about the line break that is not there.
            self.byte()?;
            self.line_break();
            breaks = 1;
        }
        value.extend(repeat_n(
            '\n',
            match chomping {
                Chomping::Strip => 0,
                Chomping::Clip => 1,
                Chomping::Keep => breaks,
            },
        ));
        let style = if folded {
            ScalarStyle::Folded
        } else {
            ScalarStyle::Literal
        };
        let span = Span::new(offset(header), offset(end));
        let properties = self.properties();
        self.builder.spelled(style, span, &value, properties);
        self.place_anchor();
        Some(())
    }

    /// Reads `|` or `>` with the end of its line.
    fn block_header(&mut self) -> Option<Chomping> {
        self.at += 1;
        let chomping = match self.byte()? {
            b'-' => Chomping::Strip,
            b'+' => Chomping::Keep,
            _ => Chomping::Clip,
        };
        self.at += usize::from(chomping != Chomping::Clip);
        let ends = matches!(self.byte()?, b'\r' | b'\n');
        self.line_break();
        ends.then_some(chomping)
    }

    /// How many blanks the first line of a block scalar begins with; it must have text.
    fn block_indent(&mut self, column: usize) -> Option<usize> {
        let line = self.at;
        self.blanks();
        let indent = self.at - line;
        let text = !matches!(self.byte()?, b'\r' | b'\n');
        self.at = line;
        (text && indent > column).then_some(indent)
    }

    /// Goes to the text of the next line of a block scalar and gives its depth; nothing behind the last one. Counts
    /// the lines without text in between.
    #[expect(clippy::option_option, reason = "the outer one gives the file up")]
    fn block_line(
        &mut self,
        column: usize,
        indent: usize,
        breaks: &mut usize,
    ) -> Option<Option<usize>> {
        loop {
            let line = self.at;
            self.blanks();
            let depth = self.at - line;
            match self.byte() {
                None => return (depth == 0).then_some(None),
                // Blanks behind the indentation count.
                Some(b'\r' | b'\n') if depth > indent => return None,
                Some(b'\r' | b'\n') => {
                    self.line_break();
                    *breaks += 1;
                }
                Some(_) if depth >= indent => return Some(Some(depth)),
                Some(_) => {
                    self.at = line;
                    return (depth <= column).then_some(None);
                }
            }
        }
    }
}
