//! The white space of Compose files: mappings and lists are indented by what they stand in.
//!
//! Only the first column of lines changes. Scalars of several lines and what stands in brackets move as a whole, by as
//! much as the line that they begin in. Lists that are not indented below their key stay so. Whatever is changed must
//! read as before, which is tried: otherwise it stays.

use super::{Line, Style, end, lines};
use crate::ide::document::ComposeText;
use crate::text::span::offset;
use crate::text::{Edit, Span, apply, order};
use crate::yaml::{
    CollectionStyle, Document as Yaml, Entry, Kind as YamlKind, NodeId, ScalarStyle,
    Yaml as Documents,
};

/// How deep nodes may be nested that are indented anew.
const DEEPEST: u32 = 64;

/// The changes to a Compose file, or to its lines that a range touches.
pub(super) fn edits(
    text: &str,
    compose: &ComposeText,
    style: Style,
    range: Option<Span>,
) -> Vec<Edit> {
    let yaml = &compose.loaded.yaml;
    if !compose.errors.is_empty() || !yaml.skipped.is_empty() {
        return Vec::new();
    }
    let lines = lines(text);
    let mut layout = Layout {
        text,
        lines: &lines,
        unit: style.unit(),
        columns: vec![None; lines.len()],
        scalars: Vec::new(),
    };
    for document in &yaml.documents {
        if let Some(root) = document.root {
            layout.node(document, root, None, 0);
        }
    }
    order::sort(&mut layout.scalars);
    let is_wanted = |edit: &Edit| {
        range.is_none_or(|range| edit.span.start <= range.end && range.start <= edit.span.end)
    };
    let mut moved = layout.moved();
    moved.retain(is_wanted);
    let mut trimmed = match style.trims {
        true => layout.trimmed(),
        false => Vec::new(),
    };
    let end = end(text, &lines, style);
    if let Some(end) = &end {
        trimmed.retain(|edit| end.span.is_empty() || edit.span.start < end.span.start);
    }
    trimmed.extend(end);
    trimmed.retain(is_wanted);
    let all: Vec<Edit> = moved.into_iter().chain(trimmed.iter().cloned()).collect();
    for edits in [all, trimmed] {
        if reads_alike(text, yaml, &edits) {
            return edits;
        }
    }
    Vec::new()
}

/// Whether a text reads the same once it is changed.
fn reads_alike(text: &str, yaml: &Documents, edits: &[Edit]) -> bool {
    let Ok(changed) = apply(text, edits) else {
        return false;
    };
    let parsed = crate::yaml::parse(&changed.into());
    parsed.errors.is_empty() && are_alike(yaml, &parsed.tree)
}

/// Whether two files have the same nodes, written in the same styles, with the same comments.
fn are_alike(one: &Documents, other: &Documents) -> bool {
    let documents = one.documents.iter().zip(&other.documents);
    one.documents.len() == other.documents.len()
        && documents.into_iter().all(|(one, other)| {
            let comments = |yaml: &Yaml| -> Vec<String> {
                let comments = yaml.comments.iter();
                let text = |comment| yaml.comment_text(comment).trim_end().to_owned();
                comments.map(|comment| text(*comment)).collect()
            };
            one.len() == other.len()
                && one.root == other.root
                && comments(one) == comments(other)
                && one.ids().all(|id| {
                    one.kind(id) == other.kind(id)
                        && one.collection_style(id) == other.collection_style(id)
                        && one.tag(id).map(|tag| tag.text) == other.tag(id).map(|tag| tag.text)
                        && one.anchor(id).map(|(name, _)| name)
                            == other.anchor(id).map(|(name, _)| name)
                })
        })
}

/// What a node stands in.
#[derive(Clone, Copy)]
struct Parent {
    /// The column of its key or dash, as it was.
    old: u32,
    /// The same, as it will be.
    new: u32,
    /// Whether it is an item of a list.
    is_list: bool,
}

/// Where lines begin, and where they are to begin.
struct Layout<'t> {
    text: &'t str,
    lines: &'t [Line],
    unit: u32,
    /// For lines that were dealt with: their column, as it will be.
    columns: Vec<Option<u32>>,
    /// The scalars of several lines.
    scalars: Vec<Span>,
}

impl Layout<'_> {
    fn line_of(&self, at: u32) -> usize {
        let behind = self.lines.partition_point(|line| line.start <= at);
        behind.saturating_sub(1)
    }

    /// The column of a byte in its line, in bytes.
    fn column(&self, at: u32) -> u32 {
        let line = self.lines.get(self.line_of(at));
        at - line.map_or(0, |line| line.start.min(at))
    }

    /// Whether a byte is the first of its line that is no blank.
    fn is_first(&self, at: u32) -> bool {
        let line = self.lines.get(self.line_of(at));
        line.is_some_and(|line| line.content == at)
    }

    /// How many columns a line moves to the right.
    fn shift(&self, line: usize) -> i64 {
        let old = self.lines.get(line).map(|line| line.indentation().len());
        let new = self.columns.get(line).copied().flatten();
        match (old, new) {
            (Some(old), Some(new)) => i64::from(new) - i64::from(old),
            _ => 0,
        }
    }

    fn set(&mut self, at: u32, column: u32) {
        let line = self.line_of(at);
        if let Some(slot) = self.columns.get_mut(line) {
            *slot = Some(column);
        }
    }

    fn node(&mut self, yaml: &Yaml, id: NodeId, parent: Option<Parent>, depth: u32) {
        if depth > DEEPEST {
            return;
        }
        let is_block = yaml.collection_style(id) == Some(CollectionStyle::Block);
        match yaml.kind(id) {
            YamlKind::Mapping(entries) if is_block => {
                self.mapping(yaml, entries, parent, depth);
            }
            YamlKind::Sequence(items) if is_block => {
                self.sequence(yaml, id, items, parent, depth);
            }
            _ => self.leaf(yaml, id, parent),
        }
    }

    /// The column that a collection gets whose first key or dash is at a byte.
    fn target(&self, at: u32, parent: Option<Parent>, is_list: bool) -> u32 {
        let Some(parent) = parent else {
            return 0;
        };
        let old = self.column(at);
        match self.is_first(at) {
            true if is_list && !parent.is_list && old == parent.old => parent.new,
            true => parent.new + self.unit,
            // Behind the dash of the item that it is.
            false => parent.new + old.saturating_sub(parent.old),
        }
    }

    fn mapping(&mut self, yaml: &Yaml, entries: &[Entry], parent: Option<Parent>, depth: u32) {
        let Some(first) = entries.first() else {
            return;
        };
        let start = yaml.full_span(first.key).start;
        let parent = Parent {
            old: self.column(start),
            new: self.target(start, parent, false),
            is_list: false,
        };
        for entry in entries {
            let at = yaml.full_span(entry.key).start;
            if self.is_first(at) {
                self.set(at, parent.new);
            }
            self.node(yaml, entry.value, Some(parent), depth + 1);
        }
    }

    fn sequence(
        &mut self,
        yaml: &Yaml,
        id: NodeId,
        items: &[NodeId],
        parent: Option<Parent>,
        depth: u32,
    ) {
        let start = yaml.span(id).start;
        let parent = Parent {
            old: self.column(start),
            new: self.target(start, parent, true),
            is_list: true,
        };
        let mut behind = self.line_of(start);
        for item in items {
            let last = self.line_of(yaml.full_span(*item).start);
            let dash = (behind..=last).rev().find_map(|line| {
                let line = self.lines.get(line)?;
                let is_dash = self.text[line.content as usize..].starts_with('-');
                let is_here = line.indentation().len() == parent.old;
                (is_dash && is_here).then_some(line.content)
            });
            if let Some(dash) = dash {
                self.set(dash, parent.new);
            }
            self.node(yaml, *item, Some(parent), depth + 1);
            behind = last;
        }
    }

    /// A scalar, or something in brackets: its lines go with the first of them.
    fn leaf(&mut self, yaml: &Yaml, id: NodeId, parent: Option<Parent>) {
        let span = yaml.span(id);
        let start = yaml.full_span(id).start;
        let (first, last) = (self.line_of(start), self.line_of(span.end));
        if !span.is_empty()
            && self.is_first(start)
            && let Some(parent) = parent
        {
            self.set(start, parent.new + self.unit);
        }
        if let YamlKind::Scalar(scalar) = yaml.kind(id) {
            let is_block = matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded);
            if is_block || last > first {
                // Empty lines behind a block may be its own.
                let behind = self.lines.iter().skip(last + 1);
                let empty = behind.take_while(|line| is_block && line.is_blank());
                let end = empty.last().map_or(span.end, |line| line.end);
                self.scalars.push(Span::new(span.start, end));
            }
        }
        let shift = self.shift(first);
        for line in first + 1..=last {
            let old = i64::from(self.lines[line].indentation().len());
            let new = u32::try_from((old + shift).max(0)).unwrap_or_default();
            self.columns[line] = Some(new);
        }
    }

    /// The changes of where lines begin. Comments go with what they stand above, or behind.
    fn moved(&mut self) -> Vec<Edit> {
        let indentation = |line: &Line| line.indentation().len();
        for index in (0..self.lines.len()).rev() {
            let line = self.lines[index];
            let is_comment = self.text[line.content as usize..line.end as usize].starts_with('#');
            if self.columns[index].is_some() || !is_comment {
                continue;
            }
            let mut below = (index + 1..self.lines.len()).filter(|at| self.columns[*at].is_some());
            let mut above = (0..index).rev().filter(|at| self.columns[*at].is_some());
            let has_place = |at: &usize| indentation(&self.lines[*at]) == indentation(&line);
            let next = below.next();
            let place = next
                .filter(has_place)
                .or_else(|| above.find(has_place))
                .or(next);
            self.columns[index] = place.map(|at| {
                let column = i64::from(indentation(&line)) + self.shift(at);
                u32::try_from(column.max(0)).unwrap_or_default()
            });
        }
        let lines = self.lines.iter().zip(&self.columns);
        let edits = lines.filter_map(|(line, column)| {
            let (old, new) = (line.indentation(), (*column)?);
            if line.is_blank() && !self.is_in_scalar(line.start) || old.len() == new {
                return None;
            }
            Some(match new > old.len() {
                true if old.is_empty() && line.is_blank() => return None,
                true => Edit::insert(line.start, " ".repeat((new - old.len()) as usize)),
                false => Edit::delete(Span::new(line.start, line.start + old.len() - new)),
            })
        });
        edits.collect()
    }

    /// Whether a byte lies in a scalar of several lines.
    fn is_in_scalar(&self, at: u32) -> bool {
        let behind = self.scalars.partition_point(|span| span.start <= at);
        behind
            .checked_sub(1)
            .and_then(|index| self.scalars.get(index))
            .is_some_and(|span| at <= span.end)
    }

    /// The blanks at the ends of lines that belong to no scalar.
    fn trimmed(&self) -> Vec<Edit> {
        let tails = self.lines.iter().map(|line| line.tail());
        let tails = tails.filter(|tail| {
            let is_free = !self.is_in_scalar(tail.start);
            !tail.is_empty() && is_free && offset(self.text.len()) >= tail.end
        });
        tails.map(Edit::delete).collect()
    }
}
