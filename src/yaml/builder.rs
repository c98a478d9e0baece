//! Puts a document together from what the event parser says.
//!
//! Not for: finding errors in the syntax (`parse`) or in the finished tree (`check`).
//!
//! Invariant: whatever the order of calls and wherever they stop, [`Builder::finish`] gives a tree in which
//! children lie inside their parents, keys have values and every index is valid.

use std::sync::Arc;

use super::cooked::double_quoted;
use super::layout::line_at;
use super::node::{CollectionStyle, CoreTag, Node, Place, Properties, Repr};
use super::{Anchor, Document, Entry, NodeId, ScalarStyle};
use crate::text::Span;
use crate::text::span::offset;

/// A document under construction.
pub(super) struct Builder {
    document: Document,
    /// The collections that are open, outermost first.
    open: Vec<Open>,
    /// The children of all open collections so far, outermost first.
    children: Vec<NodeId>,
    /// Anchors by the number the event parser gave them, ascending.
    targets: Vec<(usize, NodeId)>,
    /// Where the last token ended. Indicators such as `:` and `-` do not count.
    last: u32,
}

#[derive(Clone, Copy)]
struct Open {
    id: NodeId,
    mapping: bool,
    style: CollectionStyle,
    /// Where in `children` its children begin.
    first: usize,
}

/// A scalar as the event parser gives it.
pub(super) struct RawScalar<'e> {
    pub value: &'e str,
    pub style: ScalarStyle,
    /// As the event parser measures: a block scalar without its header, an absent value anywhere.
    pub span: Span,
}

/// What the event parser says about the properties of a node along with the node itself.
#[derive(Clone, Copy, Default)]
pub(super) struct RawProperties {
    pub tag: Option<(Span, CoreTag)>,
    /// The number of the node's anchor; 0 for none.
    pub anchor: usize,
}

impl Builder {
    /// A document whose part of the file begins at `start`.
    pub fn new(text: &Arc<str>, start: u32) -> Builder {
        let rest = text.get(start as usize..).unwrap_or_default();
        let byte_order_mark = if rest.starts_with('\u{feff}') { 3 } else { 0 };
        Builder {
            document: Document {
                text: Arc::clone(text),
                nodes: Vec::new(),
                items: Vec::new(),
                entries: Vec::new(),
                values: String::new(),
                properties: Vec::new(),
                root: None,
                comments: Vec::new(),
                anchors: Vec::new(),
                span: Span::empty(start),
            },
            open: Vec::new(),
            children: Vec::new(),
            targets: Vec::new(),
            last: start + byte_order_mark,
        }
    }

    /// How many collections are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.document.nodes.len()
    }

    /// Where the last token ended.
    pub fn last(&self) -> u32 {
        self.last
    }

    /// Notes that a token ends at `end`.
    pub fn advance(&mut self, end: u32) {
        self.last = self.last.max(end);
    }

    /// The bracket or brace of the innermost open flow collection.
    pub fn flow_opener(&self) -> Option<u32> {
        let brackets = self.open.iter().rev().map(|open| self.span(open.id));
        let mut brackets = brackets.filter(|span| {
            matches!(
                Span::new(span.start, span.start + 1).text(&self.document.text),
                "[" | "{"
            )
        });
        brackets.next().map(|span| span.start)
    }

    fn span(&self, id: NodeId) -> Span {
        self.document.nodes[id.index()].span
    }

    /// Adds a scalar. `buffer` is the text that the event parser read.
    pub fn scalar(&mut self, buffer: &str, raw: &RawScalar<'_>, properties: RawProperties) {
        let span = self.scalar_span(buffer, raw, properties);
        let style = raw.style;
        let repaired = style == ScalarStyle::DoubleQuoted
            && span.text(buffer) != span.text(&self.document.text);
        let repaired = repaired.then(|| double_quoted(&self.document.text, span));
        let value = match &repaired {
            Some(cooked) => cooked.text(),
            None if span.is_empty() => "",
            None => raw.value,
        };
        let begins = match style {
            ScalarStyle::Plain => span.start,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => span.start + 1,
            ScalarStyle::Literal | ScalarStyle::Folded => raw.span.start,
        };
        let len = offset(value.len());
        let as_written = Span::new(begins, begins.saturating_add(len));
        let boundaries = self.document.text.get(as_written.range()).is_some();
        if boundaries && repaired.is_none() && as_written.text(buffer) == value {
            self.verbatim(style, span, as_written, properties);
        } else {
            self.spelled(style, span, value, properties);
        }
    }

    /// Adds a scalar at `span` whose value stands in the file at `text`.
    pub fn verbatim(
        &mut self,
        style: ScalarStyle,
        span: Span,
        text: Span,
        properties: RawProperties,
    ) {
        let owned = false;
        self.advance(span.end);
        self.push(Repr::Scalar { style, owned, text }, span, properties);
    }

    /// Adds a scalar at `span` whose value is not what stands in the file.
    pub fn spelled(
        &mut self,
        style: ScalarStyle,
        span: Span,
        value: &str,
        properties: RawProperties,
    ) {
        let start = offset(self.document.values.len());
        self.document.values.push_str(value);
        let text = Span::new(start, offset(self.document.values.len()));
        let owned = true;
        self.advance(span.end);
        self.push(Repr::Scalar { style, owned, text }, span, properties);
    }

    fn scalar_span(&self, buffer: &str, raw: &RawScalar<'_>, properties: RawProperties) -> Span {
        match raw.style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let before = Span::new(self.last, raw.span.start).text(buffer);
                let header = skip_to(buffer, self.last, b"|>")
                    .or_else(|| before.rfind(['|', '>']).map(|at| self.last + offset(at)))
                    .unwrap_or(raw.span.start);
                block_scalar_span(buffer, header, raw)
            }
            ScalarStyle::Plain if raw.span.is_empty() => {
                let bare = properties.tag.is_none() && properties.anchor == 0;
                Span::empty(match self.place() {
                    Place::Value(_) if bare => {
                        self.own_colon(buffer).map_or(self.last, |colon| colon + 1)
                    }
                    // An absent key is said to stand where its `:` is, wherever its `?` may be.
                    Place::Key(_) if bare => skip_to(buffer, self.last, b"?")
                        .filter(|mark| *mark < raw.span.start)
                        .map_or(raw.span.start, |mark| mark + 1),
                    _ => raw.span.start,
                })
            }
            _ => raw.span,
        }
    }

    /// The colon behind the key that was added last.
    fn own_colon(&self, buffer: &str) -> Option<u32> {
        let open = self.open.last()?;
        let colon = skip_to(buffer, self.last, b":")?;
        let next = buffer.as_bytes().get(colon as usize + 1);
        let flow = open.style == CollectionStyle::Flow;
        let ends_key =
            next.is_none_or(|next| next.is_ascii_whitespace() || flow && b",]}".contains(next));
        let between = Span::new(self.last, colon).text(buffer);
        let column = |at: u32| at - line_at(buffer, at).start;
        let same_column = || column(colon) == column(self.span(open.id).start);
        // On a later line it may belong to the next entry, to a mapping around or to the next document.
        let ours = flow
            || !between.contains(['\n', '\r'])
            || same_column() && !between.contains(['?', '-']);
        (ends_key && ours).then_some(colon)
    }

    /// Adds an alias; `anchor` is the number of the anchor that it names, if there is one.
    pub fn alias(&mut self, span: Span, anchor: Option<usize>) {
        let target = anchor.and_then(|anchor| {
            let found = self
                .targets
                .binary_search_by_key(&anchor, |(number, _)| *number);
            found.ok().map(|index| self.targets[index].1)
        });
        let cyclic = target.is_some_and(|target| self.open.iter().any(|open| open.id == target));
        self.advance(span.end);
        self.push(
            Repr::Alias { target, cyclic },
            span,
            RawProperties::default(),
        );
    }

    /// Opens a sequence or mapping; `span` is its bracket, or empty.
    pub fn begin(
        &mut self,
        buffer: &str,
        mapping: bool,
        style: CollectionStyle,
        span: Span,
        properties: RawProperties,
    ) {
        let span = match style {
            CollectionStyle::Flow => {
                self.advance(span.end);
                span
            }
            // A sequence at its key's own indentation is said to begin at its first item.
            CollectionStyle::Block if !mapping && !matches!(self.place(), Place::Item(_)) => {
                skip_to(buffer, self.last, b"-").map_or(span, Span::empty)
            }
            CollectionStyle::Block => span,
        };
        let range = Span::empty(0);
        let repr = if mapping {
            Repr::Mapping { style, range }
        } else {
            Repr::Sequence { style, range }
        };
        let id = self.push(repr, span, properties);
        self.open.push(Open {
            id,
            mapping,
            style,
            first: self.children.len(),
        });
    }

    /// Closes the innermost collection; `end` is its closing bracket, or empty.
    pub fn end(&mut self, end: Span) {
        let Some(open) = self.open.pop() else {
            return;
        };
        if open.style == CollectionStyle::Flow && !end.is_empty() {
            self.advance(end.end);
        }
        self.close(&open);
    }

    fn close(&mut self, open: &Open) {
        if open.mapping && (self.children.len() - open.first) % 2 == 1 {
            // The parse stopped between a key and its value.
            self.open.push(*open);
            let style = ScalarStyle::Plain;
            let text = Span::empty(self.last);
            let owned = false;
            self.push(
                Repr::Scalar { style, owned, text },
                text,
                RawProperties::default(),
            );
            self.open.pop();
        }
        let children = self.children.drain(open.first..);
        let document = &mut self.document;
        let first_child = children.as_slice().first().copied();
        let style = open.style;
        let repr = if open.mapping {
            let start = offset(document.entries.len());
            let pairs = children.as_slice().chunks_exact(2);
            document.entries.extend(pairs.map(|pair| Entry {
                key: pair[0],
                value: pair[1],
            }));
            let range = Span::new(start, offset(document.entries.len()));
            Repr::Mapping { style, range }
        } else {
            let start = offset(document.items.len());
            document.items.extend(children.as_slice());
            let range = Span::new(start, offset(document.items.len()));
            Repr::Sequence { style, range }
        };
        drop(children);
        let first = first_child.map_or(u32::MAX, |child| document.full_span(child).start);
        let node = &mut document.nodes[open.id.index()];
        node.repr = repr;
        let start = node.span.start.min(first);
        node.span = Span::new(start, self.last.max(node.span.end));
        // A sequence of which nothing but the beginning could be read ends where it begins.
        self.last = node.span.end;
    }

    /// Where the next node will stand.
    fn place(&self) -> Place {
        let Some(open) = self.open.last() else {
            return Place::Root;
        };
        let before = offset(self.children.len() - open.first);
        match (open.mapping, before % 2) {
            (false, _) => Place::Item(before),
            (true, 0) => Place::Key(before / 2),
            (true, _) => Place::Value(before / 2),
        }
    }

    fn push(&mut self, repr: Repr, span: Span, properties: RawProperties) -> NodeId {
        let id = NodeId(offset(self.document.nodes.len()));
        let place = self.place();
        let mut index = 0;
        if properties.tag.is_some() || properties.anchor != 0 {
            self.document.properties.push(Properties {
                tag: properties.tag,
                anchor: None,
            });
            index = offset(self.document.properties.len());
        }
        if properties.anchor != 0 {
            self.targets.push((properties.anchor, id));
        }
        match self.open.last() {
            Some(_) => self.children.push(id),
            None => self.document.root = Some(id),
        }
        self.document.nodes.push(Node {
            repr,
            span,
            parent: self.open.last().map(|open| open.id),
            place,
            properties: index,
        });
        id
    }

    /// Adds the place of the anchor of the node that was added last.
    pub fn anchor(&mut self, span: Span) {
        let document = &mut self.document;
        let Some(node) = document.nodes.last() else {
            return;
        };
        let index = node.properties as usize;
        let properties = index
            .checked_sub(1)
            .and_then(|index| document.properties.get_mut(index));
        if let Some(properties) = properties {
            properties.anchor = Some(span);
            let node = NodeId(offset(document.nodes.len() - 1));
            document.anchors.push(Anchor { node, span });
        }
    }

    /// The document, whose part of the file ends at `end`; closes what is open.
    pub fn finish(mut self, end: u32) -> Document {
        while let Some(open) = self.open.pop() {
            self.close(&open);
        }
        let mut document = self.document;
        document.span = Span::new(document.span.start, end);
        if let [only] = document.nodes.as_slice()
            && only.span.is_empty()
            && only.properties == 0
        {
            // `---` with nothing behind it.
            document.root = None;
            document.nodes.clear();
        }
        document
    }
}

/// Moves every place inside a character of the text to its start. The event parser may have read something
/// else there that is equally long.
pub(super) fn snap(document: &mut Document) {
    let text = Arc::clone(&document.text);
    for node in &mut document.nodes {
        node.span = snapped(&text, node.span);
    }
    for comment in &mut document.comments {
        comment.span = snapped(&text, comment.span);
    }
    document.span = snapped(&text, document.span);
}

/// The same span with ends inside a character moved to its start.
pub(super) fn snapped(text: &str, span: Span) -> Span {
    let floor = |at: u32| {
        let mut at = at;
        while !text.is_char_boundary(at as usize) {
            at -= 1;
        }
        at
    };
    Span::new(floor(span.start), floor(span.end))
}

/// Where the first of the `wanted` bytes stands behind `from` when only blanks, line breaks, comments,
/// tags, anchors and the indicators `:`, `-` and `?` stand before it.
pub(super) fn skip_to(text: &str, from: u32, wanted: &[u8]) -> Option<u32> {
    let bytes = text.as_bytes();
    let mut at = from as usize;
    loop {
        let byte = *bytes.get(at)?;
        if wanted.contains(&byte) {
            return Some(offset(at));
        }
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b':' | b'-' | b'?' => at += 1,
            b'#' => {
                at += bytes[at..]
                    .iter()
                    .position(|byte| matches!(byte, b'\n' | b'\r'))?
            }
            b'&' | b'!' => at += bytes[at..].iter().position(u8::is_ascii_whitespace)?,
            _ => return None,
        }
    }
}

/// From the header of a block scalar to the end of its last line that is not blank.
fn block_scalar_span(text: &str, header: u32, raw: &RawScalar<'_>) -> Span {
    let bytes = text.as_bytes();
    let header_len = text.get(header as usize..).map_or(0, |rest| {
        rest.bytes()
            .take_while(|byte| matches!(byte, b'|' | b'>' | b'+' | b'-' | b'0'..=b'9'))
            .count()
    });
    let header_end = header + offset(header_len);
    if raw.value.trim_end_matches('\n').is_empty() || raw.span.end <= header_end {
        return Span::new(header, header_end);
    }
    let content = Span::new(header_end, raw.span.end).text(text);
    let mut end = header_end as usize + content.trim_end().len();
    while bytes
        .get(end)
        .is_some_and(|byte| !matches!(byte, b'\n' | b'\r'))
    {
        end += 1;
    }
    Span::new(header, offset(end).min(raw.span.end.max(header_end)))
}
