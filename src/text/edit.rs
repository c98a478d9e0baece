//! Changes to a text, as data.

use std::collections::HashSet;

use super::lines::{LineColumn, Unit};
use super::span::offset;
use super::{LineIndex, Span};
use crate::text::order;

/// Replaces the bytes of `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// What goes away; empty for an insertion.
    pub span: Span,
    /// What comes in its place; empty for a deletion.
    pub text: String,
}

impl Edit {
    /// Puts `text` in front of the byte at `at`.
    pub fn insert(at: u32, text: impl Into<String>) -> Edit {
        Edit {
            span: Span::empty(at),
            text: text.into(),
        }
    }

    /// Puts a line above the one in which `at` lies, with the indentation of that line and the line end of the
    /// line before it. `at` must be the first byte that is not blank in its line.
    pub fn insert_line(text: &str, at: u32, line: &str) -> Edit {
        let head = Span::new(0, at).text(text);
        let (above, indentation) = head.split_at(head.rfind('\n').map_or(0, |end| end + 1));
        let end = if above.ends_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        let indentation = if indentation.trim_start().is_empty() {
            indentation
        } else {
            ""
        };
        Edit::insert(at, format!("{line}{end}{indentation}"))
    }

    /// Removes `span`.
    pub fn delete(span: Span) -> Edit {
        Edit {
            span,
            text: String::new(),
        }
    }

    /// Removes the lines that `span` lies on, with one line break.
    pub fn delete_lines(text: &str, span: Span) -> Edit {
        let bytes = text.as_bytes();
        let (mut start, mut end) = (span.start, span.end);
        while start > 0
            && bytes
                .get(start as usize - 1)
                .is_some_and(|byte| *byte != b'\n')
        {
            start -= 1;
        }
        while bytes.get(end as usize).is_some_and(|byte| *byte != b'\n') {
            end += 1;
        }
        if bytes.get(end as usize).is_some() {
            end += 1;
        } else if start > 0 {
            start -= 1;
            if start > 0 && bytes.get(start as usize - 1) == Some(&b'\r') {
                start -= 1;
            }
        }
        Edit::delete(Span::new(start, end))
    }

    /// Puts `text` in place of `span`.
    pub fn replace(span: Span, text: impl Into<String>) -> Edit {
        Edit {
            span,
            text: text.into(),
        }
    }
}

/// Where a text ends, and how: what is to be known to add lines to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextEnd {
    /// Its length in bytes.
    pub offset: u32,
    /// Line and column of its end, in characters.
    pub at: LineColumn,
    /// Whether its last line has no line end.
    pub is_open: bool,
    /// Whether its lines end with `\r\n`.
    pub has_returns: bool,
}

impl TextEnd {
    /// The end of `text`.
    pub fn of(text: &str) -> TextEnd {
        let lines = LineIndex::new(text);
        let offset = offset(text.len());
        TextEnd {
            offset,
            at: lines.position(offset, Unit::Utf32, text),
            is_open: !text.is_empty() && !text.ends_with('\n'),
            has_returns: text.find('\n').is_some_and(|at| text[..at].ends_with('\r')),
        }
    }

    /// What `lines` are in a text with this end, put behind it.
    pub fn lines(self, lines: &[Box<str>]) -> String {
        let end = if self.has_returns { "\r\n" } else { "\n" };
        let mut text = String::new();
        if self.is_open && !lines.is_empty() {
            text.push_str(end);
        }
        for line in lines {
            text.push_str(line);
            text.push_str(end);
        }
        text
    }
}

/// `text` with `lines` behind it, as far as it does not have them.
pub fn with_lines(text: &str, lines: &[Box<str>]) -> String {
    let known: HashSet<&str> = text.lines().map(str::trim).collect();
    let mut new: Vec<Box<str>> = Vec::new();
    for line in lines {
        if !known.contains(line.trim()) && !new.contains(line) {
            new.push(line.clone());
        }
    }
    format!("{text}{}", TextEnd::of(text).lines(&new))
}

/// Why edits could not be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// Two edits change the same bytes, or insert at the same place.
    Overlap,
    /// An edit reaches outside the text or into a character.
    OutOfBounds,
}

impl std::fmt::Display for EditError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            EditError::Overlap => "two edits change the same text",
            EditError::OutOfBounds => "an edit reaches outside the text",
        })
    }
}

impl std::error::Error for EditError {}

/// The text with all edits applied at once; their order does not matter.
///
/// # Errors
/// [`EditError`] when edits overlap or do not fit; the text is then left as it was.
pub fn apply<'e>(
    text: &str,
    edits: impl IntoIterator<Item = &'e Edit>,
) -> Result<String, EditError> {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    order::sort_by_key(&mut edits, |edit| edit.span);
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    let mut last: Option<Span> = None;
    for edit in edits {
        if last.is_some_and(|last| edit.span.start < last.end || edit.span == last) {
            return Err(EditError::Overlap);
        }
        let range = edit.span.range();
        let kept = text.get(done..range.start).ok_or(EditError::OutOfBounds)?;
        if text.get(range.clone()).is_none() {
            return Err(EditError::OutOfBounds);
        }
        result.push_str(kept);
        result.push_str(&edit.text);
        done = range.end;
        last = Some(edit.span);
    }
    result.push_str(&text[done..]);
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_in_any_order() {
        let edits = [
            Edit::delete(Span::new(4, 6)),
            Edit::insert(0, ">"),
            Edit::replace(Span::new(1, 2), "XX"),
        ];
        assert_eq!(apply("abcdefg", &edits), Ok(">aXXcdg".to_owned()));
    }

    #[test]
    fn lines_are_deleted_with_one_break() {
        for (text, expected) in [
            ("a\n  XX \nb", "a\nb"),
            ("a\r\nXX\r\nb", "a\r\nb"),
            ("a\r\nXX", "a"),
            ("XX\n", ""),
            ("XX", ""),
        ] {
            let at = u32::try_from(text.find('X').unwrap()).unwrap();
            let edit = Edit::delete_lines(text, Span::new(at, at + 2));
            assert_eq!(apply(text, &[edit]).as_deref(), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn lines_are_added_once_in_the_manner_of_the_text() {
        let lines = ["b".into(), "c".into(), "b".into()];
        for (text, expected) in [
            ("", "b\nc\n"),
            ("a", "a\nb\nc\n"),
            ("a\r\n", "a\r\nb\r\nc\r\n"),
            ("a\n\n c \n", "a\n\n c \nb\n"),
            ("b\nc", "b\nc"),
        ] {
            assert_eq!(with_lines(text, &lines), expected, "{text:?}");
        }
        let end = TextEnd::of("a\né");
        assert_eq!((end.offset, end.at.line, end.at.column), (4, 1, 1));
    }

    #[test]
    fn overlapping_edits_are_refused() {
        let edits = [Edit::delete(Span::new(0, 3)), Edit::insert(2, "x")];
        assert_eq!(apply("abcd", &edits), Err(EditError::Overlap));
        let edits = [Edit::insert(2, "x"), Edit::insert(2, "y")];
        assert_eq!(apply("abcd", &edits), Err(EditError::Overlap));
    }

    #[test]
    fn an_insertion_may_touch_a_deletion() {
        let edits = [Edit::insert(3, "x"), Edit::delete(Span::new(0, 3))];
        assert_eq!(apply("abcd", &edits), Ok("xd".to_owned()));
    }

    #[test]
    fn edits_outside_the_text_are_refused() {
        assert_eq!(
            apply("é", &[Edit::delete(Span::new(1, 2))]),
            Err(EditError::OutOfBounds)
        );
        assert_eq!(
            apply("a", &[Edit::insert(5, "x")]),
            Err(EditError::OutOfBounds)
        );
    }
}
