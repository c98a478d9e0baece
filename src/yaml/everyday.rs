//! Reads the YAML that nearly all Compose files are written in, without the event parser.
//!
//! That is one document of mappings and sequences by indentation, scalars that begin and end on one line, block
//! scalars, flow collections, anchors, aliases and comments. Everything else (tags, texts over several lines,
//! directives, further documents, tabs between tokens and whatever looks like a mistake) gives up the file, and
//! `parse` reads it from its start. This costs a fraction of what the event parser does.
//!
//! Not for: errors. Where YAML leaves a doubt, this reader gives up.
//!
//! Invariant: [`read`] gives nothing, or the tree that `parse` gives; the tests compare the two on every Compose
//! file that they have and on thousands of damaged ones.

use std::cmp::Ordering;
use std::sync::Arc;

use memchr::memchr2;

use super::builder::{Builder, RawProperties};
use super::parse::MAX_NODES;
use super::{CollectionStyle, Comment, Document, ScalarStyle};
use crate::text::Span;
use crate::text::span::offset;

mod flow;
mod scalar;
#[cfg(test)]
mod tests;

/// How many collections may be open at once.
const MAX_DEPTH: usize = 40;

/// How many anchors there may be. Each alias looks through them.
const MAX_ANCHORS: usize = 100;

/// Reads a file that is one everyday document.
pub(super) fn read(text: &Arc<str>) -> Option<Document> {
    if !is_readable(text) {
        return None;
    }
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        builder: Builder::new(text, 0),
        comments: Vec::new(),
        open: Vec::new(),
        awaited: Some(Awaited::Root),
        anchor: None,
        anchors: Vec::new(),
    };
    reader.document()?;
    if reader.builder.len() > MAX_NODES {
        return None;
    }
    let mut document = reader.builder.finish(offset(text.len()));
    document.comments = reader.comments;
    Some(document)
}

/// Whether all characters of a text are printable ones, blanks, tabs and ends of lines that every reader of YAML
/// takes for one.
fn is_readable(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return true;
    }
    text.char_indices().all(|(at, character)| match character {
        ' '..='~' | '\n' | '\t' => true,
        '\r' => bytes.get(at + 1) == Some(&b'\n'),
        '\u{2028}' | '\u{2029}' | '\u{feff}' => false,
        _ => matches!(character, '\u{a0}'..='\u{fffd}' | '\u{10000}'..),
    })
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// The byte that is read next.
    at: usize,
    builder: Builder,
    comments: Vec<Comment>,
    /// The block collections that are open, outermost first.
    open: Vec<Level>,
    /// The node that has to come on the next line with content.
    awaited: Option<Awaited>,
    /// The anchor that stands in front of the next node.
    anchor: Option<Span>,
    /// The anchors so far; the number of one is one more than its index.
    anchors: Vec<Span>,
}

/// A block collection that is open.
#[derive(Clone, Copy)]
struct Level {
    mapping: bool,
    /// Where its keys or dashes stand on their lines, in bytes.
    column: usize,
}

/// What the last line left open.
#[derive(Clone, Copy)]
enum Awaited {
    /// The outermost node.
    Root,
    /// The value of the innermost mapping's last key, whose `:` ends here; nothing, if no node follows.
    Value(u32),
    /// The item behind a dash at the end of a line.
    Item,
}

impl Reader<'_> {
    fn document(&mut self) -> Option<()> {
        while let Some(column) = self.next_line() {
            let dash = self.is_indicator(b'-');
            if column == 0 && !self.begins_content()? {
                continue;
            }
            match self.awaited.take() {
                Some(awaited) if self.belongs(awaited, column, dash)? => {}
                _ => {
                    self.leave(column, dash)?;
                    if dash {
                        self.item(column)?;
                    } else {
                        self.entry(column)?;
                    }
                    continue;
                }
            }
            if dash {
                self.sequence(column)?;
            } else if self.is_key() {
                self.mapping(column)?;
            } else {
                let inside = self.open.last()?.column;
                self.node(inside)?;
            }
        }
        match self.awaited {
            Some(Awaited::Root | Awaited::Item) => return None,
            Some(Awaited::Value(colon)) => self.nothing(colon)?,
            None => {}
        }
        Some(())
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn after(&self) -> Option<u8> {
        self.bytes.get(self.at + 1).copied()
    }

    /// Whether an indicator stands here, with a blank or the end of the line behind it.
    fn is_indicator(&self, indicator: u8) -> bool {
        self.byte() == Some(indicator) && self.after().is_none_or(ends_indicator)
    }

    /// Goes to the content of the next line that has any, and gives its column. Nothing at the end of the file.
    fn next_line(&mut self) -> Option<usize> {
        loop {
            let line = self.at;
            self.blanks();
            match self.byte()? {
                b'#' => self.comment(true),
                b'\r' | b'\n' => self.line_break(),
                _ => return Some(self.at - line),
            }
        }
    }

    fn blanks(&mut self) {
        while self.byte() == Some(b' ') {
            self.at += 1;
        }
    }

    fn line_break(&mut self) {
        if self.byte() == Some(b'\r') {
            self.at += 1;
        }
        self.at += 1;
    }

    /// Where the line ends, without its line break.
    fn line_end(&self) -> usize {
        let rest = &self.bytes[self.at..];
        self.at + memchr2(b'\r', b'\n', rest).unwrap_or(rest.len())
    }

    /// Reads a comment with the end of its line.
    fn comment(&mut self, own_line: bool) {
        let end = self.line_end();
        let span = Span::new(offset(self.at), offset(end));
        self.comments.push(Comment { span, own_line });
        self.at = end;
        if self.at < self.bytes.len() {
            self.line_break();
        }
    }

    /// Reads the end of a line behind a token: blanks, perhaps a comment, the line break.
    fn rest_of_line(&mut self) -> Option<()> {
        self.blanks();
        match self.byte() {
            None => {}
            Some(b'\r' | b'\n') => self.line_break(),
            Some(b'#') if self.bytes[self.at - 1] == b' ' => self.comment(false),
            Some(_) => return None,
        }
        Some(())
    }

    /// Whether a line that is not indented is one of the document and no `---` in front of it.
    fn begins_content(&mut self) -> Option<bool> {
        let rest = &self.bytes[self.at..];
        if rest.starts_with(b"...") {
            return None;
        }
        if !rest.starts_with(b"---") {
            return Some(true);
        }
        if !matches!(self.awaited, Some(Awaited::Root)) || self.builder.last() > 0 {
            return None;
        }
        self.at += 3;
        self.builder.advance(offset(self.at));
        self.rest_of_line()?;
        Some(false)
    }

    /// Whether the node at `column` is the awaited one. An absent value is added if it is not.
    fn belongs(&mut self, awaited: Awaited, column: usize, dash: bool) -> Option<bool> {
        let inside = self.open.last().map(|level| level.column);
        match awaited {
            Awaited::Root => Some(true),
            Awaited::Value(_) if inside.is_some_and(|inside| column > inside) => Some(true),
            Awaited::Value(_) if dash && inside == Some(column) => Some(true),
            Awaited::Value(colon) => {
                self.nothing(colon)?;
                Some(false)
            }
            Awaited::Item => inside.is_some_and(|inside| column > inside).then_some(true),
        }
    }

    /// Adds the value that is absent behind a `:`.
    fn nothing(&mut self, colon: u32) -> Option<()> {
        if self.anchor.is_some() {
            return None;
        }
        let span = Span::empty(colon);
        let properties = RawProperties::default();
        self.builder
            .verbatim(ScalarStyle::Plain, span, span, properties);
        Some(())
    }

    /// Closes what ends above a line with content at `column`, so that its entry or item can follow.
    fn leave(&mut self, column: usize, dash: bool) -> Option<()> {
        loop {
            let level = *self.open.last()?;
            match level.column.cmp(&column) {
                Ordering::Less => return None,
                Ordering::Equal if level.mapping != dash => return Some(()),
                Ordering::Equal if level.mapping => return None,
                _ => {
                    self.open.pop();
                    self.builder.end(Span::empty(0));
                }
            }
        }
    }

    fn begin(&mut self, mapping: bool, column: usize) -> Option<()> {
        if self.open.len() >= MAX_DEPTH {
            return None;
        }
        let here = Span::empty(offset(self.at));
        let properties = self.properties();
        self.builder
            .begin(self.text, mapping, CollectionStyle::Block, here, properties);
        self.place_anchor();
        self.open.push(Level { mapping, column });
        Some(())
    }

    /// Reads the first item of a sequence and opens that.
    fn sequence(&mut self, column: usize) -> Option<()> {
        self.begin(false, column)?;
        self.item(column)
    }

    /// Reads the first entry of a mapping and opens that.
    fn mapping(&mut self, column: usize) -> Option<()> {
        self.begin(true, column)?;
        self.entry(column)
    }

    /// Reads a dash and what is on its line.
    fn item(&mut self, column: usize) -> Option<()> {
        let dash = self.at;
        self.at += 1;
        self.blanks();
        let inner = column + self.at - dash;
        match self.byte() {
            None | Some(b'\r' | b'\n' | b'#') => {
                self.awaited = Some(Awaited::Item);
                self.rest_of_line()
            }
            Some(b'-') if self.is_indicator(b'-') => self.sequence(inner),
            Some(_) if self.is_key() => self.mapping(inner),
            Some(_) => self.value(Awaited::Item, column),
        }
    }

    /// Reads a key and what is on its line.
    fn entry(&mut self, column: usize) -> Option<()> {
        self.scalar(false)?;
        self.blanks();
        if !self.is_indicator(b':') {
            return None;
        }
        self.at += 1;
        let colon = offset(self.at);
        self.blanks();
        self.value(Awaited::Value(colon), column)
    }

    /// Reads the node behind a dash or a colon, which `awaited` stands for when it is not on the line. It is
    /// part of the collection at `column`.
    fn value(&mut self, awaited: Awaited, column: usize) -> Option<()> {
        if self.byte() == Some(b'&') {
            if self.anchors.len() >= MAX_ANCHORS {
                return None;
            }
            self.anchor = Some(self.name()?);
            self.blanks();
            // What can be an entry with an anchor at its key is left to others.
            if self.is_key() {
                return None;
            }
        }
        match self.byte() {
            None | Some(b'\r' | b'\n' | b'#') => {
                self.awaited = Some(awaited);
                self.rest_of_line()
            }
            Some(b'|' | b'>') => self.block_scalar(column),
            Some(_) => self.node(column),
        }
    }

    /// Reads an alias, a flow collection or a scalar, and the end of its line. It is part of the collection at
    /// `column`.
    fn node(&mut self, column: usize) -> Option<()> {
        match self.byte()? {
            b'*' => self.alias()?,
            b'[' | b'{' => self.flow(column, 0)?,
            _ => self.scalar(false)?,
        }
        self.rest_of_line()
    }

    /// Reads the name of an anchor or alias with the character in front.
    fn name(&mut self) -> Option<Span> {
        let start = self.at;
        self.at += 1;
        while self.byte().is_some_and(is_name) {
            self.at += 1;
        }
        let ends = self
            .byte()
            .is_none_or(|next| ends_indicator(next) || next == b',' || next == b']');
        (ends && self.at > start + 1).then(|| Span::new(offset(start), offset(self.at)))
    }

    fn alias(&mut self) -> Option<()> {
        let span = self.name()?;
        let name = |span: Span| &span.text(self.text)[1..];
        let mut anchors = self.anchors.iter();
        let number = anchors.rposition(|anchor| name(*anchor) == name(span));
        if self.anchor.is_some() {
            return None;
        }
        self.builder.alias(span, number.map(|index| index + 1));
        Some(())
    }

    /// What stands in front of the node that is added next.
    fn properties(&mut self) -> RawProperties {
        if let Some(anchor) = self.anchor {
            self.anchors.push(anchor);
            return RawProperties {
                tag: None,
                anchor: self.anchors.len(),
            };
        }
        RawProperties::default()
    }

    /// Gives the node that was added last its anchor, if it has one.
    fn place_anchor(&mut self) {
        if let Some(anchor) = self.anchor.take() {
            self.builder.anchor(anchor);
        }
    }
}

fn ends_indicator(byte: u8) -> bool {
    matches!(byte, b' ' | b'\r' | b'\n')
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}
