//! The tree: documents, nodes and the questions one asks of them.
//!
//! Nodes live in one vector per document and are named by [`NodeId`]; children and texts live in vectors of
//! their own, so that a node is small and a document costs a handful of allocations. A scalar whose value
//! stands in the file as it is borrows it from there.
//!
//! Not for: building trees (`parse`), merge keys (`merge`) or what a scalar means (`scalar`).
//!
//! Invariant: a [`NodeId`] is only used with the document it came from; following aliases and children from
//! any node ends, because an alias to one of its own ancestors is not followed.

use std::sync::Arc;

use super::Comment;
use super::scalar::Scalar;
use crate::text::Span;
use crate::text::span::offset;

/// All documents of one YAML file, in their order. There is always at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Yaml {
    /// The documents; a file without any content is one document without a root.
    pub documents: Vec<Document>,
    /// The parts of the file that are not in the tree because they could not be read, and the aliases of anchors in
    /// earlier documents, which are not followed; empty for other files without syntax errors. Where something is
    /// skipped, what seems to be missing may be there.
    pub skipped: Vec<Span>,
}

/// One YAML document: what stands between `---` lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The text of the whole file; every span is a range of it.
    pub(super) text: Arc<str>,
    pub(super) nodes: Vec<Node>,
    /// The items of all sequences; each sequence has a contiguous part.
    pub(super) items: Vec<NodeId>,
    /// The entries of all mappings; each mapping has a contiguous part.
    pub(super) entries: Vec<Entry>,
    /// The values of all scalars that do not stand in the file as they are, one after another.
    pub(super) values: String,
    pub(super) properties: Vec<Properties>,
    /// The outermost node; `None` when the document holds nothing but comments.
    pub root: Option<NodeId>,
    /// All comments, in the order of the file.
    pub comments: Vec<Comment>,
    /// All anchors, in the order of the file. A name may occur more than once.
    pub anchors: Vec<Anchor>,
    /// The part of the file that belongs to this document; the documents together cover the file.
    pub span: Span,
}

/// A node of a [`Document`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The number of the node in its document, counted from 0 in the order of the file.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A key and its value in a mapping.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Entry {
    /// The key; nearly always a scalar.
    pub key: NodeId,
    /// The value; an empty plain scalar where the file has none.
    pub value: NodeId,
}

/// A node as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub repr: Repr,
    pub span: Span,
    pub parent: Option<NodeId>,
    pub place: Place,
    /// One more than the index into [`Document::properties`]; 0 for a node without tag and anchor.
    pub properties: u32,
}

/// What a node is, with indices instead of references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repr {
    /// `text` is a range of the file, or of [`Document::values`] when `owned`.
    Scalar {
        style: ScalarStyle,
        owned: bool,
        text: Span,
    },
    /// `range` is a part of [`Document::items`].
    Sequence { style: CollectionStyle, range: Span },
    /// `range` is a part of [`Document::entries`].
    Mapping { style: CollectionStyle, range: Span },
    /// `cyclic` when the target holds the alias itself.
    Alias {
        target: Option<NodeId>,
        cyclic: bool,
    },
}

/// The tag and the anchor in front of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Properties {
    pub tag: Option<(Span, CoreTag)>,
    /// With the `&`.
    pub anchor: Option<Span>,
}

/// Where a node stands in its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is the root of the document.
    Root,
    /// It is this item of a sequence, counted from 0.
    Item(u32),
    /// It is the key of this entry of a mapping, counted from 0.
    Key(u32),
    /// It is the value of this entry of a mapping, counted from 0.
    Value(u32),
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScalarStyle {
    /// Without quotes. The only style that can be a number, a boolean or null.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|` and indented lines.
    Literal,
    /// `>` and indented lines.
    Folded,
}

/// How a sequence or mapping is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CollectionStyle {
    /// By indentation.
    Block,
    /// With brackets or braces.
    Flow,
}

/// The tags that YAML itself defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CoreTag {
    /// `!!str`, and `!` alone.
    Str,
    /// `!!int`
    Int,
    /// `!!float`
    Float,
    /// `!!bool`
    Bool,
    /// `!!null`
    Null,
    /// `!!seq`
    Seq,
    /// `!!map`
    Map,
    /// `!!binary`
    Binary,
    /// `!!timestamp`
    Timestamp,
    /// `!!merge`
    Merge,
    /// Any other.
    Other,
}

/// An explicit tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'d> {
    /// The tag as it is written: `!reset`, `!!str`, `!<tag:yaml.org,2002:str>`.
    pub text: &'d str,
    /// Where it is written.
    pub span: Span,
    /// Which of YAML's own tags it is, however it is spelt.
    pub core: CoreTag,
}

/// A name given to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The node.
    pub node: NodeId,
    /// The anchor with its `&`.
    pub span: Span,
}

/// A reference to an anchored node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alias<'d> {
    /// The name, without `*`.
    pub name: &'d str,
    /// The node that it stands for; `None` when no anchor of that name stands above it in the document. Compose
    /// also follows those to earlier documents of the file.
    pub target: Option<NodeId>,
    /// Whether the target holds the alias itself. Such an alias is never followed.
    pub cyclic: bool,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind<'d> {
    /// A text, number, boolean or nothing.
    Scalar(Scalar<'d>),
    /// A list.
    Sequence(&'d [NodeId]),
    /// Keys and values, in the order of the file, duplicates and `<<` included.
    Mapping(&'d [Entry]),
    /// A reference to a node that was given a name.
    Alias(Alias<'d>),
}

impl Yaml {
    /// The document and the deepest node at a byte offset of the file; see [`Document::node_at`].
    pub fn node_at(&self, offset: u32) -> Option<(&Document, NodeId)> {
        let index = self
            .documents
            .partition_point(|document| document.span.start <= offset);
        let document = self.documents.get(index.checked_sub(1)?)?;
        Some((document, document.node_at(offset)?))
    }
}

impl Document {
    /// The text of the whole file that the document is a part of.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many nodes the document has. Aliases count as one.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the document has no node at all.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// All nodes, in the order in which they begin in the file.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (0..offset(self.nodes.len())).map(NodeId)
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// What the node is. Aliases are not followed.
    pub fn kind(&self, id: NodeId) -> Kind<'_> {
        let node = self.node(id);
        match node.repr {
            Repr::Scalar { style, owned, text } => Kind::Scalar(Scalar {
                value: text.text(if owned { &self.values } else { &self.text }),
                style,
                tag: self.tag(id).map(|tag| tag.core),
            }),
            Repr::Sequence { range, .. } => Kind::Sequence(&self.items[range.range()]),
            Repr::Mapping { range, .. } => Kind::Mapping(&self.entries[range.range()]),
            Repr::Alias { target, cyclic } => Kind::Alias(Alias {
                name: self.anchor_name(node.span),
                target,
                cyclic,
            }),
        }
    }

    /// Where the value stands: quotes and brackets included, tag and anchor not. A block scalar reaches from
    /// its `|` or `>` to the end of its last line's text; a value that is not there is the empty span
    /// behind its `:` or `-`.
    pub fn span(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    /// The same with the node's tag and anchor.
    pub fn full_span(&self, id: NodeId) -> Span {
        let span = self.span(id);
        let Some(properties) = self.properties(id) else {
            return span;
        };
        let tag = properties.tag.map(|(tag, _)| tag);
        [tag, properties.anchor]
            .into_iter()
            .flatten()
            .fold(span, Span::cover)
    }

    /// From the start of the key to the end of the value.
    pub fn entry_span(&self, entry: Entry) -> Span {
        self.full_span(entry.key).cover(self.full_span(entry.value))
    }

    fn properties(&self, id: NodeId) -> Option<Properties> {
        let index = self.node(id).properties.checked_sub(1)?;
        self.properties.get(index as usize).copied()
    }

    /// The explicit tag of the node itself, not of what an alias stands for.
    pub fn tag(&self, id: NodeId) -> Option<Tag<'_>> {
        let (span, core) = self.properties(id)?.tag?;
        Some(Tag {
            text: span.text(&self.text),
            span,
            core,
        })
    }

    /// The name that the node is given with `&`, and the place of the anchor with its `&`.
    pub fn anchor(&self, id: NodeId) -> Option<(&str, Span)> {
        let span = self.properties(id)?.anchor?;
        Some((self.anchor_name(span), span))
    }

    /// The name of an anchor or alias without its `&` or `*`.
    pub(super) fn anchor_name(&self, span: Span) -> &str {
        span.text(&self.text).get(1..).unwrap_or_default()
    }

    /// Whether a sequence or mapping is written by indentation or with brackets; `None` for others.
    pub fn collection_style(&self, id: NodeId) -> Option<CollectionStyle> {
        match self.node(id).repr {
            Repr::Sequence { style, .. } | Repr::Mapping { style, .. } => Some(style),
            Repr::Scalar { .. } | Repr::Alias { .. } => None,
        }
    }

    /// The node itself, or what it stands for when it is an alias. An alias that is not defined, or that
    /// would lead to a node it is part of, stands for itself; so a walk that resolves every node ends.
    /// It can still be exponentially long: do not walk without a budget what aliases share.
    pub fn resolve(&self, id: NodeId) -> NodeId {
        match self.node(id).repr {
            Repr::Alias {
                target: Some(target),
                cyclic: false,
            } => target,
            _ => id,
        }
    }

    /// The entries of a mapping, duplicates and `<<` included; nothing for other nodes. Follows an alias.
    pub fn entries(&self, id: NodeId) -> &[Entry] {
        match self.node(self.resolve(id)).repr {
            Repr::Mapping { range, .. } => &self.entries[range.range()],
            _ => &[],
        }
    }

    /// The items of a sequence; nothing for other nodes. Follows an alias.
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        match self.node(self.resolve(id)).repr {
            Repr::Sequence { range, .. } => &self.items[range.range()],
            _ => &[],
        }
    }

    /// Whether the node is a mapping, or an alias of one.
    pub fn is_mapping(&self, id: NodeId) -> bool {
        matches!(self.node(self.resolve(id)).repr, Repr::Mapping { .. })
    }

    /// Whether the node is a sequence, or an alias of one.
    pub fn is_sequence(&self, id: NodeId) -> bool {
        matches!(self.node(self.resolve(id)).repr, Repr::Sequence { .. })
    }

    /// The scalar that the node is or stands for.
    pub fn scalar(&self, id: NodeId) -> Option<Scalar<'_>> {
        match self.kind(self.resolve(id)) {
            Kind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// Whether the node itself is a scalar whose value has so many bytes.
    pub(super) fn is_scalar_of_length(&self, id: NodeId, length: usize) -> bool {
        matches!(self.node(id).repr, Repr::Scalar { text, .. } if text.len() as usize == length)
    }

    /// The text of a scalar, whatever its type: `8080` is `"8080"`. Follows an alias.
    pub fn as_str(&self, id: NodeId) -> Option<&str> {
        Some(self.scalar(id)?.value)
    }

    /// The first entry with this key, without looking into merge keys. Follows an alias.
    pub fn entry(&self, mapping: NodeId, key: &str) -> Option<Entry> {
        let mut entries = self.entries(mapping).iter().copied();
        entries.find(|entry| self.as_str(entry.key) == Some(key))
    }

    /// The value of the first entry with this key, without looking into merge keys. Follows an alias.
    pub fn get(&self, mapping: NodeId, key: &str) -> Option<NodeId> {
        Some(self.entry(mapping, key)?.value)
    }

    /// The node that a path of keys leads to from the root.
    pub fn find(&self, path: &[&str]) -> Option<NodeId> {
        path.iter()
            .try_fold(self.root?, |node, key| self.get(node, key))
    }

    /// The mapping or sequence that holds the node.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent
    }

    /// Where in its parent the node stands.
    pub fn place(&self, id: NodeId) -> Place {
        self.node(id).place
    }

    /// The key of a node that is the value of an entry.
    pub fn key_of(&self, id: NodeId) -> Option<NodeId> {
        let Place::Value(index) = self.place(id) else {
            return None;
        };
        let entry = self.entries(self.parent(id)?).get(index as usize)?;
        Some(entry.key)
    }

    /// The node, its parent, and so on up to the root.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(id), |id| self.parent(*id))
    }

    /// The way from the root to the node, such as `services.web.ports[0]`; empty for the root. A key has
    /// the path of its value, and a key that is no scalar is shown as `?`.
    pub fn path(&self, id: NodeId) -> String {
        let way: Vec<NodeId> = self.ancestors(id).collect();
        let mut path = String::new();
        for id in way.into_iter().rev() {
            match self.place(id) {
                Place::Root => {}
                Place::Item(index) => {
                    path.push_str(&format!("[{index}]"));
                }
                Place::Key(index) | Place::Value(index) => {
                    let entries = self.parent(id).map_or(&[][..], |id| self.entries(id));
                    let key = entries
                        .get(index as usize)
                        .and_then(|entry| self.as_str(entry.key));
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(key.unwrap_or("?"));
                }
            }
        }
        path
    }

    /// The deepest node that holds the byte offset or ends at it, tags and anchors included. Between two
    /// entries that is the collection around them; outside the root it is `None`.
    pub fn node_at(&self, offset: u32) -> Option<NodeId> {
        let mut id = self
            .root
            .filter(|root| self.full_span(*root).touches(offset))?;
        while let Some(child) = self.child_at(id, offset) {
            id = child;
        }
        Some(id)
    }

    fn child_at(&self, id: NodeId, offset: u32) -> Option<NodeId> {
        let begins = |id: NodeId| self.full_span(id).start <= offset;
        let touches = |id: &NodeId| self.full_span(*id).touches(offset);
        match self.kind(id) {
            Kind::Sequence(items) => {
                let index = items.partition_point(|item| begins(*item)).checked_sub(1)?;
                Some(items[index]).filter(touches)
            }
            Kind::Mapping(entries) => {
                let index = entries
                    .partition_point(|entry| begins(entry.key))
                    .checked_sub(1)?;
                let entry = entries[index];
                [entry.value, entry.key]
                    .into_iter()
                    .filter(|id| begins(*id))
                    .find(touches)
            }
            Kind::Scalar(_) | Kind::Alias(_) => None,
        }
    }
}
