//! Byte ranges, and values that know where they stand.

use std::ops::Range;

/// A range of bytes in one file on disk: `start` inclusive, `end` exclusive, `start <= end`, both on
/// character boundaries of the file's text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`; an `end` before `start` gives the empty span at `start`.
    pub fn new(start: u32, end: u32) -> Span {
        Span {
            start,
            end: end.max(start),
        }
    }

    /// The empty span at `offset`.
    pub fn empty(offset: u32) -> Span {
        Span {
            start: offset,
            end: offset,
        }
    }

    /// The span of a range of byte offsets.
    ///
    /// Offsets beyond `u32::MAX` are clamped; no accepted file is that large.
    pub fn from_range(range: Range<usize>) -> Span {
        Span::new(offset(range.start), offset(range.end))
    }

    /// Length in bytes.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte at `offset` is inside, or `offset` is the very end.
    pub fn touches(self, offset: u32) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The same range as `usize`, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text of the span, or the empty text when the span does not fit `text`.
    pub fn text(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A byte offset as `u32`, clamped to `u32::MAX`.
pub fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// Which file of a run: an index into [`Sources`](super::Sources).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct FileId(pub u32);

/// A span in a certain file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The bytes in it.
    pub span: Span,
}

/// A value and the bytes it was read from, where the file is clear from the context (syntax trees).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub struct Spanned<T> {
    /// The value as the program understands it, after unquoting and joining.
    pub value: T,
    /// Where it stands in the file, quotes included.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub fn new(value: T, span: Span) -> Spanned<T> {
        Spanned { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned {
            value: f(self.value),
            span: self.span,
        }
    }

    /// The same value, now saying which file it stands in.
    pub fn located(self, file: FileId) -> Located<T> {
        Located {
            value: self.value,
            at: Location {
                file,
                span: self.span,
            },
        }
    }
}

/// A value and where it came from, where several files were merged into one model.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// File and bytes that it was read from.
    pub at: Location,
}

/// A place: a span in a file that is known otherwise, or a location anywhere.
pub trait At {
    /// The full location; `file` is that of a bare span.
    fn location(self, file: FileId) -> Location;
}

impl At for Span {
    fn location(self, file: FileId) -> Location {
        Location { file, span: self }
    }
}

impl At for Location {
    fn location(self, _: FileId) -> Location {
        self
    }
}
