//! The lines of the sources that a diagnostic shows, cut to what fits a screen.
//!
//! An [`Excerpt`] is a small text of its own: a few windows of a few lines, free of characters that steer a
//! terminal, with the marked ranges as ranges of that text. Building it costs the same whatever the size
//! of the file or of the line, so rendering is linear in the number of diagnostics.
//!
//! Not for: drawing. Invariants: windows lie one behind the other in [`Excerpt::text`]; each line of it
//! ends in `\n`; each mark lies inside one window.

use std::ops::Range;

use super::clean;
use super::place::{Position, position};
use crate::diagnostic::Finding;
use crate::text::span::offset;
use crate::text::{Location, SourceFile, Sources, Span, order};

/// The most marks of one diagnostic; further labels are counted, not shown.
const MOST_MARKS: usize = 8;

/// The most lines that a mark spans; of a longer one only the first line is marked.
const MOST_LINES: u32 = 6;

/// Lines shown before and behind marked ones.
const CONTEXT: u32 = 1;

/// The least room for a source line, in columns.
const NARROWEST: usize = 40;

/// What a diagnostic shows of its sources.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    /// The text of all windows.
    pub(super) text: String,
    /// The one with the finding first, then those in the same file, then others.
    pub(super) windows: Vec<Window>,
    /// The finding's own range and its labels.
    pub(super) marks: Vec<Mark>,
    /// How many labels there was no room for.
    pub(super) left_out: usize,
}

/// Consecutive lines of one file.
#[derive(Debug)]
pub(super) struct Window {
    /// The file's path, clean.
    pub(super) path: String,
    /// The number of its first line, from 0.
    pub(super) first_line: u32,
    /// How many lines there are.
    pub(super) lines: u32,
    /// Where in [`Excerpt::text`] they stand.
    pub(super) range: Range<usize>,
}

/// A marked range.
#[derive(Debug)]
pub(super) struct Mark {
    /// Where in [`Excerpt::text`] it stands.
    pub(super) range: Range<usize>,
    /// Where it begins in the file.
    pub(super) position: Position,
    /// What is there to see, clean.
    pub(super) text: Option<String>,
    /// Whether it is the finding's own range.
    pub(super) is_finding: bool,
}

/// How wide and with which characters an excerpt is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Columns of the whole screen.
    pub(super) width: usize,
    /// Whether there is more to draw with than ASCII.
    pub(super) unicode: bool,
}

/// A range to mark, in terms of its file.
struct Wanted<'a> {
    file: &'a SourceFile,
    /// Cut to its first line if it has too many, and to the lines' content.
    span: Span,
    first_line: u32,
    last_line: u32,
    position: Position,
    text: Option<String>,
    is_finding: bool,
}

impl Excerpt {
    /// The excerpt for a finding and its labels.
    pub(super) fn new(finding: &Finding, sources: &Sources, room: Room) -> Excerpt {
        let mut own = Wanted::new(finding.at, None, sources, room);
        let mut others = Vec::new();
        let mut left_out = 0;
        for label in &finding.labels {
            let text = clean::one_line(&label.text, room.unicode).into_owned();
            match &mut own {
                Some(own) if label.at == finding.at && own.text.is_none() => own.text = Some(text),
                _ if others.len() + 1 < MOST_MARKS => {
                    others.extend(Wanted::new(label.at, Some(text), sources, room));
                }
                _ => left_out += 1,
            }
        }
        if let Some(own) = &mut own {
            own.is_finding = true;
        }
        let home = finding.at.file;
        let mut wanted: Vec<Wanted<'_>> = own.into_iter().chain(others).collect();
        order::sort_by_key(&mut wanted, |mark| {
            (
                mark.file.id != home,
                mark.file.id,
                mark.span,
                !mark.is_finding,
            )
        });
        let mut groups = grouped(wanted, room);
        // The place of the finding comes first, then what explains it.
        order::sort_by_key(&mut groups, |group| {
            !group.iter().any(|mark| mark.is_finding)
        });
        let mut excerpt = Excerpt {
            left_out,
            ..Excerpt::default()
        };
        for group in &groups {
            excerpt.push(group, room);
        }
        excerpt
    }

    /// Adds a window with the lines of `group`, which is not empty and stays in one file.
    fn push(&mut self, group: &[Wanted<'_>], room: Room) {
        let Some(first) = group.first() else { return };
        let file = first.file;
        let last_line = group.iter().map(|mark| mark.last_line).max();
        let last_line = last_line.unwrap_or(first.last_line);
        let from = first.first_line.saturating_sub(CONTEXT);
        // An empty last line, behind the final line break, is shown only if it is marked.
        let last_of_file = file.lines.len().saturating_sub(1);
        let last_of_file = if file.lines.line_span(last_of_file).is_empty() {
            last_of_file.saturating_sub(1)
        } else {
            last_of_file
        };
        let to = (last_line + CONTEXT).min(last_of_file.max(last_line));

        let columns = room.columns(to);
        let start = self.text.len();
        let mut places: Vec<Range<usize>> = group.iter().map(|_| start..start).collect();
        for line in from..=to {
            let content = file.lines.content_span(line, &file.text);
            let on_line = |mark: &&Wanted<'_>| mark.first_line <= line && line <= mark.last_line;
            let focus = group
                .iter()
                .filter(on_line)
                .map(|mark| mark.on(content))
                .reduce(Span::cover);
            let cut = Cut::new(&file.text, content, focus, columns);
            let map = cut.push(&mut self.text, &file.text, room.unicode);
            for (mark, place) in group.iter().zip(&mut places) {
                if mark.first_line == line {
                    *place = map.at(mark.span.start)..map.at(mark.span.end);
                } else if mark.first_line < line && line <= mark.last_line {
                    place.end = map.at(mark.span.end);
                }
            }
        }
        self.windows.push(Window {
            path: clean::one_line(&file.display_path(), room.unicode).into_owned(),
            first_line: from,
            lines: to + 1 - from,
            range: start..self.text.len(),
        });
        self.marks
            .extend(group.iter().zip(places).map(|(mark, range)| Mark {
                range,
                position: mark.position,
                text: mark.text.clone(),
                is_finding: mark.is_finding,
            }));
    }

    /// The window that a range of [`Excerpt::text`] lies in.
    pub(super) fn window(&self, range: &Range<usize>) -> Option<&Window> {
        self.windows
            .iter()
            .find(|window| window.range.start <= range.start && range.end <= window.range.end)
    }
}

impl<'a> Wanted<'a> {
    /// `None` when the file is not among the sources.
    fn new(
        at: Location,
        text: Option<String>,
        sources: &'a Sources,
        room: Room,
    ) -> Option<Wanted<'a>> {
        let file = &**sources.get(at.file)?;
        let lines = &file.lines;
        let first_line = lines.line(at.span.start);
        // A range that ends with a line break does not reach into the next line.
        let last_byte = at.span.end.saturating_sub(1).max(at.span.start);
        let mut last_line = lines.line(last_byte);
        let mut text = text;
        if last_line - first_line >= MOST_LINES {
            let until = format!(
                "{} to line {}",
                clean::ellipsis(room.unicode),
                last_line + 1
            );
            text = Some(text.map_or(until.clone(), |text| format!("{text} ({until})")));
            last_line = first_line;
        }
        let head = lines.content_span(first_line, &file.text);
        let tail = lines.content_span(last_line, &file.text);
        let start = at.span.start.clamp(head.start, head.end);
        Some(Wanted {
            file,
            span: Span::new(start, at.span.end.clamp(tail.start, tail.end)),
            first_line,
            last_line,
            position: position(file, at.span.start),
            text,
            is_finding: false,
        })
    }

    /// The part of the mark on a line.
    fn on(&self, content: Span) -> Span {
        Span::new(
            self.span.start.clamp(content.start, content.end),
            self.span.end.clamp(content.start, content.end),
        )
    }
}

/// Groups marks, sorted by file and place, that one window can show.
fn grouped(wanted: Vec<Wanted<'_>>, room: Room) -> Vec<Vec<Wanted<'_>>> {
    let mut groups: Vec<Vec<Wanted<'_>>> = Vec::new();
    for mark in wanted {
        match groups.last_mut() {
            Some(group) if fits(group, &mark, room) => group.push(mark),
            _ => groups.push(vec![mark]),
        }
    }
    groups
}

/// Whether a window with the marks of `group` can show `next` too: it is near, and on no line do marks
/// overlap or stand further apart than the screen is wide.
fn fits(group: &[Wanted<'_>], next: &Wanted<'_>, room: Room) -> bool {
    let file = next.file;
    let columns = room.columns(next.last_line);
    let content = file.lines.content_span(next.first_line, &file.text);
    let near = |mark: &Wanted<'_>| next.first_line <= mark.last_line + 2 * CONTEXT + 1;
    let harmless = |mark: &Wanted<'_>| {
        if mark.last_line < next.first_line {
            return true;
        }
        let single = mark.first_line == mark.last_line && next.first_line == next.last_line;
        let overlap = next.span.start < mark.span.end || next.span.start == mark.span.start;
        // Where a mark of several lines ends, the renderer has no room for another.
        let clash = if single {
            overlap
        } else {
            mark.last_line == next.last_line || mark.last_line == next.first_line
        };
        let apart = next.span.start - mark.on(content).start.min(next.span.start);
        !clash && (content.len() <= columns || apart <= columns / 2)
    };
    group.iter().all(|mark| mark.file.id == file.id)
        && group.iter().any(near)
        && group.iter().all(harmless)
}

impl Room {
    /// Columns for the text of a line whose number is at most `line` + 1.
    fn columns(self, line: u32) -> u32 {
        let digits = (line + 1).to_string().len();
        // Besides the number there are a rule, a gutter for marks of several lines, and ellipses.
        let columns = self.width.saturating_sub(digits + 12).max(NARROWEST);
        offset(columns)
    }
}

/// The part of a line that is shown.
struct Cut {
    shown: Span,
    left: bool,
    right: bool,
}

impl Cut {
    /// The part of `content` around `focus` that takes about `columns`.
    fn new(text: &str, content: Span, focus: Option<Span>, columns: u32) -> Cut {
        // No character takes more columns than bytes, but for the tab.
        let shown = if content.len() <= columns {
            content
        } else {
            let focus = focus.map_or(content.start, |focus| focus.start);
            let mut start = back(text, content, focus, columns / 4);
            let (end, left_over) = forth(text, content, start, columns);
            if left_over > 0 {
                start = back(text, content, start, left_over);
            }
            Span::new(start, end)
        };
        Cut {
            shown,
            left: shown.start > content.start,
            right: shown.end < content.end,
        }
    }

    /// Appends the line to the excerpt's text and says where its parts came to stand.
    fn push<'t>(&self, into: &mut String, text: &'t str, unicode: bool) -> Placed<'t> {
        if self.left {
            into.push_str(clean::ellipsis(unicode));
        }
        let placed = Placed {
            start: into.len(),
            shown: self.shown,
            text: self.shown.text(text),
            unicode,
        };
        clean::push_source(into, placed.text, unicode);
        if self.right {
            into.push_str(clean::ellipsis(unicode));
        }
        into.push('\n');
        placed
    }
}

/// A part of a source line in the excerpt's text.
struct Placed<'t> {
    start: usize,
    shown: Span,
    text: &'t str,
    unicode: bool,
}

impl Placed<'_> {
    /// Where a byte of the file stands in the excerpt's text; what is not shown is at the nearest end.
    fn at(&self, offset: u32) -> usize {
        let inside = offset.clamp(self.shown.start, self.shown.end) - self.shown.start;
        let before = self.text.get(..inside as usize).unwrap_or_default();
        self.start + clean::source_len(before, self.unicode)
    }
}

/// The place about `columns` before `from`, or the line's start where that is as near.
fn back(text: &str, content: Span, from: u32, columns: u32) -> u32 {
    let mut left = columns;
    let mut at = from;
    for character in Span::new(content.start, from).text(text).chars().rev() {
        let Some(rest) = left.checked_sub(width(character)) else {
            break;
        };
        left = rest;
        at -= offset(character.len_utf8());
    }
    // An ellipsis in place of a few characters saves nothing.
    if at - content.start <= 4 {
        content.start
    } else {
        at
    }
}

/// The place about `columns` behind `from`, and the columns that the line did not need.
fn forth(text: &str, content: Span, from: u32, columns: u32) -> (u32, u32) {
    let mut left = columns;
    let mut at = from;
    for character in Span::new(from, content.end).text(text).chars() {
        let Some(rest) = left.checked_sub(width(character)) else {
            return (at, 0);
        };
        left = rest;
        at += offset(character.len_utf8());
    }
    (at, left)
}

/// The most columns that a character takes; nothing here depends on the exact number.
fn width(character: char) -> u32 {
    match character {
        '\t' => 4,
        // Hangul Jamo; all wide characters come behind.
        '\u{1100}'.. => 2,
        _ => 1,
    }
}
