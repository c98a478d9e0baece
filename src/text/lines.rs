//! From byte offsets to lines and columns, and back.
//!
//! A line ends at `\n`, at `\r\n` or at a lone `\r`, as the Language Server Protocol counts. A byte
//! order mark belongs to no column: line 0 begins behind it. Numbers here count from 0; printing adds 1.

use super::Span;
use super::span::offset;

/// A position in lines and columns, both counted from 0. What a column counts is said by whoever made it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default)]
pub struct LineColumn {
    /// Line, from 0.
    pub line: u32,
    /// Column, from 0, in the unit asked for.
    pub column: u32,
}

/// The unit that a column counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Bytes (LSP's `utf-8`).
    Utf8,
    /// UTF-16 code units (LSP's default).
    Utf16,
    /// Characters, that is Unicode scalar values (LSP's `utf-32`; the columns of text output).
    Utf32,
}

/// Where each line of a text begins. [`LineIndex::position`] takes `O(log lines)` plus at most two
/// kilobytes of counting, however long the line; in an ASCII file it counts nothing.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    starts: Vec<u32>,
    end: u32,
    ascii: bool,
    /// For each block of [`BLOCK`] bytes, how much stands before it; empty for an ASCII text.
    blocks: Vec<Count>,
}

/// Bytes between two counts that [`LineIndex`] keeps, so that a column far into a long line is near one.
const BLOCK: usize = 1024;

/// How much a stretch of text holds.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    /// Characters.
    characters: u32,
    /// Characters that take two UTF-16 code units.
    wide: u32,
}

impl Count {
    /// Counts the characters that begin in `bytes`, a piece of a UTF-8 text.
    fn of(bytes: &[u8]) -> Count {
        Count {
            // A continuation byte is 0b10xxxxxx; a character of four bytes begins with 0b11110xxx.
            characters: offset(bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()),
            wide: offset(bytes.iter().filter(|byte| **byte >= 0xf0).count()),
        }
    }
}

impl std::ops::Add for Count {
    type Output = Count;

    fn add(self, other: Count) -> Count {
        Count {
            characters: self.characters + other.characters,
            wide: self.wide + other.wide,
        }
    }
}

impl std::ops::Sub for Count {
    type Output = Count;

    fn sub(self, other: Count) -> Count {
        Count {
            characters: self.characters - other.characters,
            wide: self.wide - other.wide,
        }
    }
}

impl LineIndex {
    /// Reads the line starts of `text`.
    pub fn new(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 32 + 1);
        starts.push(offset(bom_len(text)));
        // Few files have anything but line feeds, which are faster to find alone.
        if memchr::memchr(b'\r', bytes).is_none() {
            let feeds = memchr::memchr_iter(b'\n', bytes);
            starts.extend(feeds.map(|at| offset(at + 1)));
        } else {
            for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
                if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                    starts.push(offset(at + 1));
                }
            }
        }
        let ascii = text.is_ascii();
        let mut blocks = Vec::new();
        if !ascii {
            let mut before = Count::default();
            for block in bytes.chunks(BLOCK) {
                blocks.push(before);
                before = before + Count::of(block);
            }
            blocks.push(before);
        }
        LineIndex {
            starts,
            end: offset(bytes.len()),
            ascii,
            blocks,
        }
    }

    /// What stands before the byte at `at`, which begins a character.
    fn before(&self, at: u32, text: &str) -> Count {
        let block = at as usize / BLOCK;
        let rest = text.as_bytes().get(block * BLOCK..at as usize);
        self.blocks.get(block).copied().unwrap_or_default() + Count::of(rest.unwrap_or_default())
    }

    /// How many lines there are; a text that ends in a line break has an empty last line.
    pub fn len(&self) -> u32 {
        offset(self.starts.len())
    }

    /// Always false: even the empty text has one line.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The line, from 0, that holds the byte at `at`. The line break belongs to the line that it ends.
    pub fn line(&self, at: u32) -> u32 {
        offset(
            self.starts
                .partition_point(|start| *start <= at)
                .saturating_sub(1),
        )
    }

    /// The bytes of a line with its line break; the empty span at the end for a line that is not there.
    pub fn line_span(&self, line: u32) -> Span {
        let start = self.starts.get(line as usize).copied().unwrap_or(self.end);
        let end = self
            .starts
            .get(line as usize + 1)
            .copied()
            .unwrap_or(self.end);
        Span::new(start, end)
    }

    /// The bytes of a line without its line break. `text` must be the text this index was made from.
    pub fn content_span(&self, line: u32, text: &str) -> Span {
        let whole = self.line_span(line);
        let content = whole.text(text).trim_end_matches(['\n', '\r']);
        Span::new(whole.start, whole.start + offset(content.len()))
    }

    /// Line and column of a byte offset, the column in `unit`. Offsets past the end mean the end; one
    /// inside a character means that character. `text` must be the text this index was made from.
    pub fn position(&self, at: u32, unit: Unit, text: &str) -> LineColumn {
        let at = at.min(self.end);
        let line = self.line(at);
        let start = self.line_span(line).start.min(at);
        let column = if self.ascii || unit == Unit::Utf8 {
            at - start
        } else {
            let mut end = at as usize;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            // Most lines are far shorter than a block: then what stands in them is counted, and nothing else.
            let here = match text.as_bytes().get(start as usize..end) {
                Some(bytes) if bytes.len() <= BLOCK => Count::of(bytes),
                _ => self.before(offset(end), text) - self.before(start, text),
            };
            match unit {
                Unit::Utf16 => here.characters + here.wide,
                Unit::Utf8 | Unit::Utf32 => here.characters,
            }
        };
        LineColumn { line, column }
    }

    /// The byte offset of a position. A column past the end of its line means the line's end before the
    /// line break; a line past the last means the end of the text; a column inside a character means its
    /// start.
    pub fn offset(&self, position: LineColumn, unit: Unit, text: &str) -> u32 {
        if position.line >= self.len() {
            return self.end;
        }
        let span = self.content_span(position.line, text);
        let line = span.text(text);
        let mut seen = 0;
        for (at, character) in line.char_indices() {
            let width = match unit {
                Unit::Utf8 => character.len_utf8(),
                Unit::Utf16 => character.len_utf16(),
                Unit::Utf32 => 1,
            };
            if seen + width > position.column as usize {
                return span.start + offset(at);
            }
            seen += width;
        }
        span.end
    }
}

/// The length in bytes of the UTF-8 byte order mark that `text` begins with: 3 or 0.
pub fn bom_len(text: &str) -> usize {
    if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, byte: u32, unit: Unit) -> (u32, u32) {
        let position = LineIndex::new(text).position(byte, unit, text);
        (position.line, position.column)
    }

    #[test]
    fn lines_end_at_every_kind_of_break() {
        let text = "a\nb\r\nc\rd";
        let lines = LineIndex::new(text);
        let content: Vec<&str> = (0..lines.len())
            .map(|n| lines.content_span(n, text).text(text))
            .collect();
        assert_eq!(content, ["a", "b", "c", "d"]);
    }

    #[test]
    fn a_final_line_break_opens_an_empty_line() {
        let lines = LineIndex::new("a\n");
        assert_eq!(lines.len(), 2);
        assert!(lines.line_span(1).is_empty());
    }

    #[test]
    fn columns_count_in_the_unit_asked_for() {
        let text = "x\né🎉z";
        assert_eq!(at(text, 8, Unit::Utf8), (1, 6));
        assert_eq!(at(text, 8, Unit::Utf16), (1, 3));
        assert_eq!(at(text, 8, Unit::Utf32), (1, 2));
    }

    #[test]
    fn columns_far_into_a_long_line_are_exact() {
        let text = format!("x\n{}", "aé🎉".repeat(2000));
        let lines = LineIndex::new(&text);
        for (seen, (byte, _)) in text.char_indices().skip(2).enumerate().step_by(7) {
            let before = &text[2..byte];
            let column = |unit| lines.position(offset(byte), unit, &text).column as usize;
            assert_eq!(column(Unit::Utf32), seen);
            assert_eq!(column(Unit::Utf16), before.encode_utf16().count());
            assert_eq!(column(Unit::Utf8), before.len());
        }
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        let text = "\u{feff}FROM a";
        assert_eq!(at(text, 3, Unit::Utf32), (0, 0));
        assert_eq!(at(text, 8, Unit::Utf16), (0, 5));
        assert_eq!(at(text, 0, Unit::Utf8), (0, 0));
    }

    #[test]
    fn positions_go_back_to_offsets() {
        let text = "ab\r\né🎉\n";
        let lines = LineIndex::new(text);
        for unit in [Unit::Utf8, Unit::Utf16, Unit::Utf32] {
            for (byte, _) in text
                .char_indices()
                .filter(|(_, c)| *c != '\n' && *c != '\r')
            {
                let byte = offset(byte);
                let position = lines.position(byte, unit, text);
                assert_eq!(lines.offset(position, unit, text), byte, "{unit:?} {byte}");
            }
        }
    }

    #[test]
    fn positions_outside_the_text_are_clamped() {
        let text = "ab\ncd";
        let lines = LineIndex::new(text);
        assert_eq!(
            lines.offset(
                LineColumn {
                    line: 0,
                    column: 99
                },
                Unit::Utf16,
                text
            ),
            2
        );
        assert_eq!(
            lines.offset(LineColumn { line: 9, column: 0 }, Unit::Utf16, text),
            5
        );
        assert_eq!(
            lines.position(99, Unit::Utf32, text),
            LineColumn { line: 1, column: 2 }
        );
    }

    #[test]
    fn an_offset_inside_a_character_means_that_character() {
        assert_eq!(at("é", 1, Unit::Utf32), (0, 0));
        let text = "🎉";
        assert_eq!(
            LineIndex::new(text).offset(LineColumn { line: 0, column: 1 }, Unit::Utf16, text),
            0
        );
    }
}
