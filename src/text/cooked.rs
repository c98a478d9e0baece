//! Text that differs from the file, with a map back to it.
//!
//! A RUN body with its continuations joined, a YAML scalar with its escapes resolved, an indented heredoc
//! with its tabs stripped: the program that reads it sees one text, the user sees another. [`Cooked`] holds
//! the first and maps every range of it to a [`Span`] of the second, so that a parser written for the
//! first gives exact ranges in the second.

use std::borrow::Cow;
use std::ops::{Deref, Range};

use super::Span;
use super::span::offset;

/// A text and its map back to the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cooked<'a> {
    text: Cow<'a, str>,
    /// Never empty.
    segments: Segments,
}

/// Stretches, sorted by `cooked`, without gaps: each reaches to the start of the next. Nearly every text has only one,
/// which needs no vector of its own.
#[derive(Clone, Debug)]
enum Segments {
    One(Segment),
    Many(Vec<Segment>),
}

impl Default for Segments {
    fn default() -> Segments {
        Segments::Many(Vec::new())
    }
}

impl PartialEq for Segments {
    fn eq(&self, other: &Segments) -> bool {
        **self == **other
    }
}

impl Eq for Segments {}

impl Deref for Segments {
    type Target = [Segment];

    fn deref(&self) -> &[Segment] {
        match self {
            Segments::One(only) => std::slice::from_ref(only),
            Segments::Many(all) => all,
        }
    }
}

impl Segments {
    fn push(&mut self, segment: Segment) {
        match self {
            Segments::One(only) => *self = Segments::Many(vec![*only, segment]),
            Segments::Many(all) if all.is_empty() => *self = Segments::One(segment),
            Segments::Many(all) => all.push(segment),
        }
    }

    fn last_mut(&mut self) -> Option<&mut Segment> {
        match self {
            Segments::One(only) => Some(only),
            Segments::Many(all) => all.last_mut(),
        }
    }

    /// The same, with a place for a text that is empty.
    fn or_empty_at(self, place: u32) -> Segments {
        if !self.is_empty() {
            return self;
        }
        Segments::One(Segment {
            cooked: 0,
            len: 0,
            source: Span::empty(place),
        })
    }
}

/// A stretch of cooked text and the bytes of the file that it came from.
///
/// When both are equally long they are the same bytes, and an offset inside one is an offset inside the
/// other. Otherwise the stretch stands for its bytes as a whole (an escape, say).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    cooked: u32,
    len: u32,
    source: Span,
}

impl Segment {
    fn is_verbatim(self) -> bool {
        self.len == self.source.len()
    }
}

impl<'a> Cooked<'a> {
    /// A part of the file as it stands: `text` are the bytes of the file from `start` on.
    pub fn verbatim(text: &'a str, start: u32) -> Cooked<'a> {
        let len = offset(text.len());
        let segment = Segment {
            cooked: 0,
            len,
            source: Span::new(start, start + len),
        };
        Cooked {
            text: Cow::Borrowed(text),
            segments: Segments::One(segment),
        }
    }

    /// The text as the program sees it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same with its own copy of the text.
    pub fn into_owned(self) -> Cooked<'static> {
        Cooked {
            text: Cow::Owned(self.text.into_owned()),
            segments: self.segments,
        }
    }

    /// The bytes of the file that a range of the cooked text came from, from the first byte of its first
    /// character to the last byte of its last. What was dropped in between (a continuation) lies inside
    /// the result; what was dropped at its edges does not.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.start_of(range.start);
        if range.is_empty() {
            Span::empty(start)
        } else {
            Span::new(start, self.end_of(range.end))
        }
    }

    /// The file offset at which the cooked byte at `at` begins. The end of the text maps to the end of
    /// what it came from.
    pub fn start_of(&self, at: usize) -> u32 {
        let at = offset(at);
        let index = self
            .segments
            .partition_point(|segment| segment.cooked <= at);
        let Some(segment) = index
            .checked_sub(1)
            .and_then(|index| self.segments.get(index))
        else {
            return self
                .segments
                .first()
                .map_or(0, |segment| segment.source.start);
        };
        let inside = at - segment.cooked;
        if inside >= segment.len {
            segment.source.end
        } else if segment.is_verbatim() {
            segment.source.start + inside
        } else {
            segment.source.start
        }
    }

    /// The file offset just behind the cooked byte before `at`.
    pub fn end_of(&self, at: usize) -> u32 {
        let at = offset(at);
        let index = self.segments.partition_point(|segment| segment.cooked < at);
        let Some(segment) = index
            .checked_sub(1)
            .and_then(|index| self.segments.get(index))
        else {
            return self
                .segments
                .first()
                .map_or(0, |segment| segment.source.start);
        };
        let inside = at - segment.cooked;
        if segment.is_verbatim() && inside < segment.len {
            segment.source.start + inside
        } else {
            segment.source.end
        }
    }

    /// A part of this text, with its own map. `range` must lie on character boundaries of the cooked text;
    /// otherwise the result is empty.
    pub fn slice(&self, range: Range<usize>) -> Cooked<'_> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let (start, end) = (offset(range.start), offset(range.start + text.len()));
        let first = self
            .segments
            .partition_point(|segment| segment.cooked + segment.len <= start);
        let mut segments = Segments::default();
        for segment in &self.segments[first..] {
            if segment.cooked >= end {
                break;
            }
            let from = segment.cooked.max(start);
            let to = (segment.cooked + segment.len).min(end);
            let source = if segment.is_verbatim() {
                Span::new(
                    segment.source.start + (from - segment.cooked),
                    segment.source.start + (to - segment.cooked),
                )
            } else {
                segment.source
            };
            segments.push(Segment {
                cooked: from - start,
                len: to - from,
                source,
            });
        }
        if segments.is_empty() {
            segments = segments.or_empty_at(self.start_of(range.start));
        }
        Cooked {
            text: Cow::Borrowed(text),
            segments,
        }
    }

    /// Whether the text is one unbroken stretch of the file.
    pub fn is_verbatim(&self) -> bool {
        matches!(*self.segments, [only] if only.is_verbatim())
    }

    /// The same map for a reader that goes through the text from left to right.
    pub fn mapper(&self) -> Mapper<'_> {
        Mapper {
            segments: &self.segments,
            index: 0,
            verbatim: None,
        }
    }
}

/// Maps offsets like [`Cooked::start_of`] and [`Cooked::end_of`], but remembers where the last one was:
/// neighbouring offsets cost no search.
#[derive(Clone, Debug)]
pub struct Mapper<'a> {
    segments: &'a [Segment],
    /// The segment of the last answer.
    index: usize,
    /// That segment, if it is verbatim.
    verbatim: Option<Segment>,
}

impl Mapper<'_> {
    /// The file offset at which the cooked byte at `at` begins.
    pub fn start_of(&mut self, at: usize) -> u32 {
        let at = offset(at);
        if let Some(segment) = self.verbatim
            && segment.cooked <= at
            && at < segment.cooked + segment.len
        {
            return segment.source.start + (at - segment.cooked);
        }
        let Some(segment) = self.seek(|segment| segment.cooked <= at) else {
            return self.first();
        };
        let inside = at - segment.cooked;
        if inside >= segment.len {
            segment.source.end
        } else if segment.is_verbatim() {
            segment.source.start + inside
        } else {
            segment.source.start
        }
    }

    /// The file offset just behind the cooked byte before `at`.
    pub fn end_of(&mut self, at: usize) -> u32 {
        let at = offset(at);
        if let Some(segment) = self.verbatim
            && segment.cooked < at
            && at <= segment.cooked + segment.len
        {
            return segment.source.start + (at - segment.cooked);
        }
        let Some(segment) = self.seek(|segment| segment.cooked < at) else {
            return self.first();
        };
        let inside = at - segment.cooked;
        if segment.is_verbatim() && inside < segment.len {
            segment.source.start + inside
        } else {
            segment.source.end
        }
    }

    fn first(&self) -> u32 {
        self.segments.first().map_or(0, |first| first.source.start)
    }

    /// The last segment for which `begins` holds, looked for near the last answer first.
    fn seek(&mut self, begins: impl Fn(&Segment) -> bool) -> Option<Segment> {
        let is_last = |index: usize| {
            self.segments.get(index).is_some_and(&begins)
                && !self.segments.get(index + 1).is_some_and(&begins)
        };
        let index = self.index;
        let near = [Some(index), Some(index + 1), index.checked_sub(1)];
        let found = near.into_iter().flatten().find(|&index| is_last(index));
        self.index = match found {
            Some(index) => index,
            None => self.segments.partition_point(&begins).checked_sub(1)?,
        };
        let segment = self.segments.get(self.index).copied()?;
        self.verbatim = segment.is_verbatim().then_some(segment);
        Some(segment)
    }
}

/// Builds a [`Cooked`] from left to right.
#[derive(Clone, Debug, Default)]
pub struct CookedBuilder {
    text: String,
    segments: Segments,
}

impl CookedBuilder {
    /// An empty text with room for `bytes`.
    pub fn with_capacity(bytes: usize) -> CookedBuilder {
        CookedBuilder {
            text: String::with_capacity(bytes),
            segments: Segments::default(),
        }
    }

    /// Appends bytes of the file as they stand at `start`.
    pub fn verbatim(&mut self, text: &str, start: u32) {
        let len = offset(text.len());
        let source = Span::new(start, start + len);
        match self.segments.last_mut() {
            Some(last) if last.is_verbatim() && last.source.end == start && last.len > 0 => {
                last.len += len;
                last.source.end = source.end;
            }
            _ if len == 0 => {}
            _ => self.segments.push(Segment {
                cooked: offset(self.text.len()),
                len,
                source,
            }),
        }
        self.text.push_str(text);
    }

    /// Appends text that stands for `source` as a whole: an escape, a folded line break, or (with an
    /// empty `source`) text that is nowhere in the file.
    pub fn replaced(&mut self, text: &str, source: Span) {
        if text.is_empty() {
            return;
        }
        let (cooked, len) = (offset(self.text.len()), offset(text.len()));
        if len == source.len() && len > 1 {
            // Equally long by chance: split, so that no offset is mapped into the middle.
            let mut first = text.char_indices().map(|(at, _)| at).skip(1);
            let cut = first.next().unwrap_or(text.len());
            let cut_len = offset(cut);
            self.segments.push(Segment {
                cooked,
                len: cut_len,
                source,
            });
            if cut_len == len {
                // One character for as many bytes: mapping inside it is impossible anyway.
                self.text.push_str(text);
                return;
            }
            self.segments.push(Segment {
                cooked: cooked + cut_len,
                len: len - cut_len,
                source,
            });
        } else {
            self.segments.push(Segment {
                cooked,
                len,
                source,
            });
        }
        self.text.push_str(text);
    }

    /// Appends a part of another text with its map. `range` must lie on character boundaries of `from`;
    /// otherwise nothing is appended.
    pub fn append(&mut self, from: &Cooked<'_>, range: Range<usize>) {
        let Some(text) = from.text.get(range.clone()) else {
            return;
        };
        let (start, end) = (offset(range.start), offset(range.end));
        let first = from
            .segments
            .partition_point(|segment| segment.cooked + segment.len <= start);
        for segment in &from.segments[first..] {
            if segment.cooked >= end {
                break;
            }
            let from = segment.cooked.max(start);
            let to = (segment.cooked + segment.len).min(end);
            let piece = Span::new(from - start, to - start).text(text);
            if segment.is_verbatim() {
                self.verbatim(piece, segment.source.start + (from - segment.cooked));
            } else {
                self.replaced(piece, segment.source);
            }
        }
    }

    /// Appends a part of another cooked text, with its map.
    pub fn cooked(&mut self, part: &Cooked<'_>) {
        let base = offset(self.text.len());
        for segment in part.segments.iter().filter(|segment| segment.len > 0) {
            self.segments.push(Segment {
                cooked: base + segment.cooked,
                ..*segment
            });
        }
        self.text.push_str(&part.text);
    }

    /// Length of what was built so far, in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing was built so far.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The finished text. `fallback` is the place of a text that is empty.
    pub fn finish(self, fallback: u32) -> Cooked<'static> {
        Cooked {
            text: Cow::Owned(self.text),
            segments: self.segments.or_empty_at(fallback),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ab\⏎cd` joined to `abcd`, at offset 10 of its file.
    fn joined() -> Cooked<'static> {
        let mut builder = CookedBuilder::default();
        builder.verbatim("ab", 10);
        builder.verbatim("cd", 14);
        builder.finish(10)
    }

    #[test]
    fn a_range_across_a_continuation_covers_it() {
        let cooked = joined();
        assert_eq!(cooked.text(), "abcd");
        assert_eq!(cooked.span(1..3), Span::new(11, 15));
    }

    #[test]
    fn a_range_that_ends_at_a_continuation_stops_before_it() {
        let cooked = joined();
        assert_eq!(cooked.span(0..2), Span::new(10, 12));
        assert_eq!(cooked.span(2..4), Span::new(14, 16));
        assert_eq!(cooked.span(4..4), Span::empty(16));
    }

    #[test]
    fn an_escape_maps_as_a_whole() {
        let mut builder = CookedBuilder::default();
        builder.verbatim("a", 5);
        builder.replaced("\n", Span::new(6, 8));
        builder.verbatim("b", 8);
        let cooked = builder.finish(5);
        assert_eq!(cooked.text(), "a\nb");
        assert_eq!(cooked.span(1..2), Span::new(6, 8));
        assert_eq!(cooked.span(0..2), Span::new(5, 8));
        assert_eq!(cooked.span(2..3), Span::new(8, 9));
    }

    #[test]
    fn a_part_of_a_cooked_text_keeps_its_map() {
        let mut builder = CookedBuilder::default();
        builder.replaced("x", Span::new(0, 3));
        builder.cooked(&joined().slice(1..3));
        let cooked = builder.finish(0);
        assert_eq!(cooked.text(), "xbc");
        assert_eq!(cooked.span(1..3), Span::new(11, 15));
        assert_eq!(cooked.span(0..1), Span::new(0, 3));
    }

    #[test]
    fn replaced_text_of_equal_length_still_maps_as_a_whole() {
        let mut builder = CookedBuilder::default();
        builder.replaced("xy", Span::new(3, 5));
        let cooked = builder.finish(3);
        assert_eq!(cooked.span(0..1), Span::new(3, 5));
        assert_eq!(cooked.span(1..2), Span::new(3, 5));
    }

    #[test]
    fn slices_map_like_the_whole() {
        let cooked = joined();
        for start in 0..=4 {
            for end in start..=4 {
                let slice = cooked.slice(start..end);
                assert_eq!(slice.text(), &cooked.text()[start..end]);
                assert_eq!(
                    slice.span(0..end - start),
                    cooked.span(start..end),
                    "{start}..{end}"
                );
            }
        }
    }

    #[test]
    fn a_mapper_answers_like_the_text_in_any_order() {
        let cooked = joined();
        let mut mapper = cooked.mapper();
        for at in [0, 1, 2, 3, 4, 0, 4, 2, 1, 3, 9] {
            assert_eq!(mapper.start_of(at), cooked.start_of(at), "start of {at}");
            assert_eq!(mapper.end_of(at), cooked.end_of(at), "end of {at}");
        }
    }

    #[test]
    fn appended_parts_keep_their_map() {
        let cooked = joined();
        let mut builder = CookedBuilder::default();
        builder.append(&cooked, 3..4);
        builder.append(&cooked, 0..3);
        let both = builder.finish(0);
        assert_eq!(both.text(), "dabc");
        assert_eq!(both.span(0..1), Span::new(15, 16));
        assert_eq!(both.span(1..3), Span::new(10, 12));
        assert_eq!(both.span(3..4), Span::new(14, 15));
    }

    #[test]
    fn verbatim_text_is_borrowed_and_shifted() {
        let cooked = Cooked::verbatim("abc", 7);
        assert!(cooked.is_verbatim());
        assert_eq!(cooked.span(1..3), Span::new(8, 10));
    }

    #[test]
    fn an_empty_text_stands_at_its_fallback() {
        assert_eq!(
            CookedBuilder::default().finish(9).span(0..0),
            Span::empty(9)
        );
    }
}
