//! The text of a scalar with a map back to the file.
//!
//! What stands between a scalar's characters in the file are escapes, doubled quotes, folded line breaks
//! and indentation. The map is made by going over the source again; where the two would not agree (which
//! happens only where a syntax error was blanked out) the value as a whole stands for the scalar as a
//! whole.
//!
//! Invariant: the text of the result is the value of the scalar.

use super::layout::is_break;
use super::node::Repr;
use super::{Document, NodeId, ScalarStyle};
use crate::text::span::offset;
use crate::text::{Cooked, CookedBuilder, Span};

impl Document {
    /// The value of a scalar, with the place in the file of each of its characters. Follows an alias; then
    /// the places are those under the anchor. `None` for nodes that are no scalars.
    pub fn cooked(&self, id: NodeId) -> Option<Cooked<'_>> {
        let id = self.resolve(id);
        let node = self.nodes[id.index()];
        let Repr::Scalar { style, owned, text } = node.repr else {
            return None;
        };
        if !owned {
            return Some(Cooked::verbatim(text.text(&self.text), text.start));
        }
        let value = text.text(&self.values);
        let source = Source {
            text: &self.text,
            span: node.span,
        };
        let cooked = match style {
            ScalarStyle::Plain => source.folded(value, 0),
            ScalarStyle::SingleQuoted => source.single_quoted(),
            ScalarStyle::DoubleQuoted => source.double_quoted(),
            ScalarStyle::Literal | ScalarStyle::Folded => source.block(value),
        };
        if cooked.text() == value {
            return Some(cooked);
        }
        let mut builder = CookedBuilder::with_capacity(value.len());
        builder.replaced(value, node.span);
        Some(builder.finish(node.span.start))
    }
}

/// The value of a double-quoted scalar, escapes that are none taken as the character behind the backslash.
pub(super) fn double_quoted(text: &str, span: Span) -> Cooked<'static> {
    Source { text, span }.double_quoted()
}

/// The source of one scalar.
struct Source<'d> {
    text: &'d str,
    span: Span,
}

impl Source<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The end of the line break at `at`.
    fn after_break(&self, at: usize) -> usize {
        let crlf = self.byte(at) == Some(b'\r') && self.byte(at + 1) == Some(b'\n');
        at + if crlf { 2 } else { 1 }
    }

    /// Blanks from `at` on.
    fn skip_blanks(&self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        at + rest
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count()
    }

    /// Adds the line folding that begins at `at` (a line break, or the blanks before one) and gives the
    /// place of the next character: one break is a blank, and of several the first is dropped.
    fn fold(&self, builder: &mut CookedBuilder, at: usize) -> usize {
        let first = self.skip_blanks(at);
        let mut place = self.after_break(first);
        let mut breaks = 0;
        loop {
            let next = self.skip_blanks(place);
            if !self.byte(next).is_some_and(is_break) {
                if breaks == 0 {
                    builder.replaced(" ", Span::from_range(at..next));
                }
                return next;
            }
            let end = self.after_break(next);
            builder.replaced("\n", Span::from_range(next..end));
            breaks += 1;
            place = end;
        }
    }

    /// Whether a line break comes next, after nothing but blanks.
    fn at_line_end(&self, at: usize) -> bool {
        self.byte(self.skip_blanks(at)).is_some_and(is_break)
    }

    /// A plain scalar of several lines, or the inside of quotes (`margin` bytes on each side) without any
    /// escape.
    fn folded(&self, value: &str, margin: u32) -> Cooked<'static> {
        let mut builder = CookedBuilder::with_capacity(value.len());
        let mut at = (self.span.start + margin) as usize;
        let end = (self.span.end - margin) as usize;
        while at < end {
            if self.at_line_end(at) {
                at = self.fold(&mut builder, at);
                continue;
            }
            let next = self.run(at, end, |_| false);
            builder.verbatim(&self.text[at..next], offset(at));
            at = next;
        }
        builder.finish(self.span.start)
    }

    /// The end of the characters from `at` on that stand for themselves.
    fn run(&self, at: usize, end: usize, is_special: impl Fn(u8) -> bool) -> usize {
        let mut next = at;
        while next < end {
            let byte = self.text.as_bytes()[next];
            let blank = matches!(byte, b' ' | b'\t');
            if is_break(byte) || is_special(byte) || blank && self.at_line_end(next) {
                break;
            }
            // A blank run that does not end the line is one step, or long runs would be looked at often.
            next = if blank {
                self.skip_blanks(next).min(end)
            } else {
                next + 1
            };
        }
        next
    }

    fn single_quoted(&self) -> Cooked<'static> {
        let mut builder = CookedBuilder::with_capacity(self.span.len() as usize);
        let mut at = self.span.start as usize + 1;
        let end = (self.span.end as usize).saturating_sub(1);
        while at < end {
            if self.at_line_end(at) {
                at = self.fold(&mut builder, at);
            } else if self.byte(at) == Some(b'\'') {
                builder.replaced("'", Span::from_range(at..at + 2));
                at += 2;
            } else {
                let next = self.run(at, end, |byte| byte == b'\'');
                builder.verbatim(&self.text[at..next], offset(at));
                at = next;
            }
        }
        builder.finish(self.span.start)
    }

    fn double_quoted(&self) -> Cooked<'static> {
        let mut builder = CookedBuilder::with_capacity(self.span.len() as usize);
        let mut at = self.span.start as usize + 1;
        let end = (self.span.end as usize).saturating_sub(1);
        while at < end {
            if self.at_line_end(at) {
                at = self.fold(&mut builder, at);
            } else if self.byte(at) == Some(b'\\') {
                at = self.escape(&mut builder, at);
            } else {
                let next = self.run(at, end, |byte| byte == b'\\');
                builder.verbatim(&self.text[at..next], offset(at));
                at = next;
            }
        }
        builder.finish(self.span.start)
    }

    /// Adds what the escape at `at` stands for and gives its end. What is no escape stands for the character
    /// behind the backslash.
    fn escape(&self, builder: &mut CookedBuilder, at: usize) -> usize {
        let rest = self.text.get(at + 1..).unwrap_or_default();
        let Some(letter) = rest.chars().next() else {
            return at + 1;
        };
        if matches!(letter, '\n' | '\r') {
            return self.joined(builder, at);
        }
        let mut end = at + 1 + letter.len_utf8();
        let character = match letter {
            '0' => '\0',
            'a' => '\x07',
            'b' => '\x08',
            't' => '\t',
            'n' => '\n',
            'v' => '\x0b',
            'f' => '\x0c',
            'r' => '\r',
            'e' => '\x1b',
            'N' => '\u{85}',
            '_' => '\u{a0}',
            'L' => '\u{2028}',
            'P' => '\u{2029}',
            'x' | 'u' | 'U' => match self.code(at) {
                Some((character, after)) => {
                    end = after;
                    character
                }
                None => letter,
            },
            other => other,
        };
        builder.replaced(
            character.encode_utf8(&mut [0; 4]),
            Span::from_range(at..end),
        );
        end
    }

    /// The character that a numeric escape at `at` stands for, and its end. Two escapes may stand for one
    /// character, as in JSON.
    fn code(&self, at: usize) -> Option<(char, usize)> {
        let digits = match self.byte(at + 1)? {
            b'x' => 2,
            b'u' => 4,
            _ => 8,
        };
        let end = at + 2 + digits;
        let number = |end: usize| u32::from_str_radix(self.text.get(end - digits..end)?, 16).ok();
        let first = number(end)?;
        if let Some(character) = char::from_u32(first) {
            return Some((character, end));
        }
        let last = end + 2 + digits;
        let high = first.checked_sub(0xd800).filter(|high| *high < 0x400)?;
        let low = number(last)?
            .checked_sub(0xdc00)
            .filter(|low| *low < 0x400)?;
        let both = char::from_u32(0x10000 + (high << 10) + low)?;
        Some((both, last))
    }

    /// A backslash at the end of a line joins it with the next; empty lines in between are line breaks.
    fn joined(&self, builder: &mut CookedBuilder, at: usize) -> usize {
        let mut place = self.after_break(at + 1);
        loop {
            let next = self.skip_blanks(place);
            if !self.byte(next).is_some_and(is_break) {
                return next;
            }
            let end = self.after_break(next);
            builder.replaced("\n", Span::from_range(next..end));
            place = end;
        }
    }

    /// A block scalar. What becomes of its line breaks is read off the value, line by line.
    fn block(&self, value: &str) -> Cooked<'static> {
        let mut builder = CookedBuilder::with_capacity(value.len());
        let bytes = self.text.as_bytes();
        let header = &bytes[self.span.range()];
        let header_len = header.iter().position(|byte| is_break(*byte));
        let Some(header_len) = header_len else {
            return builder.finish(self.span.end);
        };
        let first = self.after_break(self.span.start as usize + header_len);
        let end = self.span.end as usize;
        let indent = self.block_indent(value, first, end);
        let mut at = first;
        let mut rest = value;
        // Line breaks since the last line with content.
        let mut breaks: Vec<Span> = Vec::new();
        while at < end {
            let line = &self.text[at..];
            let line = &line[..line.find(['\n', '\r']).unwrap_or(line.len())];
            let line_end = at + line.len();
            let after = if line_end < bytes.len() {
                self.after_break(line_end)
            } else {
                line_end
            };
            let content = line.get(indent..).filter(|content| !content.is_empty());
            if let Some(content) = content {
                rest = between(&mut builder, rest, &breaks, at + indent);
                breaks.clear();
                let Some(next) = rest.strip_prefix(content) else {
                    break;
                };
                builder.verbatim(content, offset(at + indent));
                rest = next;
            }
            breaks.push(Span::from_range(line_end..after));
            at = after;
        }
        // What is left are line breaks at the end, of which chomping leaves the first ones.
        while !rest.is_empty() && at < bytes.len() && breaks.len() < rest.len() {
            let next = self.skip_blanks(at);
            if !self.byte(next).is_some_and(is_break) {
                break;
            }
            let after = self.after_break(next);
            breaks.push(Span::from_range(next..after));
            at = after;
        }
        for (text, place) in rest.chars().zip(&breaks) {
            builder.replaced(text.encode_utf8(&mut [0; 4]), *place);
        }
        builder.finish(self.span.end)
    }

    /// How many bytes of each line are indentation: what the first line with a character has more than in
    /// the value.
    fn block_indent(&self, value: &str, first: usize, end: usize) -> usize {
        let blanks = |line: &str| line.bytes().take_while(|byte| *byte == b' ').count();
        let has_text = |line: &&str| !line.trim().is_empty();
        let source = self.text.get(first..end).unwrap_or_default();
        let source = source.split(['\n', '\r']).find(has_text).map_or(0, blanks);
        let value = value.split('\n').find(has_text).map_or(0, blanks);
        source.saturating_sub(value)
    }
}

/// Adds what the value has for the line breaks between two lines with content and gives the rest of the
/// value: as many line breaks, or one less, or a blank for a single one.
fn between<'v>(
    builder: &mut CookedBuilder,
    value: &'v str,
    breaks: &[Span],
    next: usize,
) -> &'v str {
    let kept = value.bytes().take_while(|byte| *byte == b'\n').count();
    let dropped = breaks.len().saturating_sub(kept);
    if let ([only], 0) = (breaks, kept)
        && let Some(rest) = value.strip_prefix(' ')
    {
        builder.replaced(" ", Span::new(only.start, offset(next)));
        return rest;
    }
    for place in &breaks[dropped..] {
        builder.replaced("\n", *place);
    }
    &value[kept.min(breaks.len())..]
}
