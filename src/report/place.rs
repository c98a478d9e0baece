//! Locations as people and programs read them: path, line, column.

use serde::Serialize;

use crate::text::lines::Unit;
use crate::text::{LineColumn, Location, SourceFile, Sources, Span};

/// A position: line and column from 1, the column in characters; the offset in bytes from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub(super) struct Position {
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) offset: u32,
}

/// Where a range begins and where it ends; the end is just behind the last character.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub(super) struct Range {
    pub(super) start: Position,
    pub(super) end: Position,
}

/// The position of a byte of `file`.
pub(super) fn position(file: &SourceFile, offset: u32) -> Position {
    let at = file.lines.position(offset, Unit::Utf32, &file.text);
    Position {
        line: at.line + 1,
        column: at.column + 1,
        offset,
    }
}

/// A range of `file`.
pub(super) fn range(file: &SourceFile, at: Location) -> Range {
    Range {
        start: position(file, at.span.start),
        end: position(file, at.span.end),
    }
}

/// The same with columns that count something else than characters, from 0 like lines.
pub(super) fn range_in(file: &SourceFile, span: Span, unit: Unit) -> (LineColumn, LineColumn) {
    let position = |offset| file.lines.position(offset, unit, &file.text);
    (position(span.start), position(span.end))
}

/// Path and range of a location. A file that is not among the sources has no name and no lines; the
/// engine makes none.
pub(super) fn place(sources: &Sources, at: Location) -> (String, Range) {
    sources.get(at.file).map_or_else(Default::default, |file| {
        (file.display_path(), range(file, at))
    })
}
