//! Nodes of one or several YAML documents, and the collections that merging makes of them.
//!
//! Nothing that stands in a file is copied: a merged mapping is a list of entries that point to nodes of their
//! documents, or to other merged collections. So every value keeps its place, and merging costs what the files have
//! in common.
//!
//! Not for: which values are merged how (`merge`) and what they mean (`reader`).
//!
//! Invariant: a [`Node`] is only used with the tree that it came from.

use std::borrow::Cow;
use std::sync::Arc;

use super::environment::Environment;
use super::value::{Pair, Scalar};
use crate::text::{FileId, Located, Location};
use crate::yaml::{Document, NodeId, Resolved};

/// A node of a [`Tree`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Node {
    /// One that stands in a document; an alias is followed already.
    Written {
        /// Which document.
        source: u32,
        /// The node in it.
        id: NodeId,
    },
    /// A mapping made of others.
    Map(u32),
    /// A list made of others.
    List(u32),
    /// A scalar that is a part of another, or that the specification puts in place of one.
    Made(u32),
}

/// A document that nodes stand in.
pub(super) struct Source<'d> {
    pub document: &'d Document,
    /// The file of the document.
    pub file: FileId,
    /// The values of variables, where they are known.
    pub environment: Option<Arc<Environment>>,
}

/// A mapping that was made.
pub(super) struct MadeMap<'d> {
    /// The place that stands for it: that of the mapping it began with.
    pub at: Location,
    pub entries: Vec<Entry<'d>>,
}

/// A list that was made.
pub(super) struct MadeList {
    pub at: Location,
    pub items: Vec<Node>,
}

/// An entry of a mapping, merge keys taken in.
#[derive(Clone, Debug)]
pub(super) struct Entry<'d> {
    pub name: Cow<'d, str>,
    pub key: Location,
    pub node: Node,
    /// The alias or the merged mapping through which the entry or its value came here.
    pub via: Option<Location>,
    pub tag: EntryTag,
}

/// What a value's tag asks merging for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum EntryTag {
    /// Nothing.
    None,
    /// `!reset`: what stood here before goes, and so does this.
    Reset,
    /// `!override`: what stood here before goes.
    Override,
}

/// What a node is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum NodeKind {
    Null,
    Scalar,
    List,
    Map,
}

/// Documents and what was made of them.
#[derive(Default)]
pub(super) struct Tree<'d> {
    pub sources: Vec<Source<'d>>,
    pub maps: Vec<MadeMap<'d>>,
    pub lists: Vec<MadeList>,
    /// `None` for nothing: a key without a value.
    pub made: Vec<(Option<Scalar>, Location)>,
}

/// A number as an index of one of the tree's vectors.
fn index(count: usize) -> u32 {
    crate::text::span::offset(count)
}

impl<'d> Tree<'d> {
    /// A tree of one document, whose variables are not known.
    pub fn of(document: &'d Document, file: FileId) -> Tree<'d> {
        let mut tree = Tree::default();
        tree.add(Source {
            document,
            file,
            environment: None,
        });
        tree
    }

    /// Takes in a document, and gives its root.
    pub fn add(&mut self, source: Source<'d>) -> Option<Node> {
        let root = source.document.root;
        let number = index(self.sources.len());
        self.sources.push(source);
        root.map(|root| self.written(number, root))
    }

    /// A node of a document; an alias is followed.
    pub fn written(&self, source: u32, id: NodeId) -> Node {
        let id = self.sources[source as usize].document.resolve(id);
        Node::Written { source, id }
    }

    pub fn make_map(&mut self, at: Location, entries: Vec<Entry<'d>>) -> Node {
        self.maps.push(MadeMap { at, entries });
        Node::Map(index(self.maps.len() - 1))
    }

    pub fn make_list(&mut self, at: Location, items: Vec<Node>) -> Node {
        self.lists.push(MadeList { at, items });
        Node::List(index(self.lists.len() - 1))
    }

    pub fn make_scalar(&mut self, at: Location, scalar: Option<Scalar>) -> Node {
        self.made.push((scalar, at));
        Node::Made(index(self.made.len() - 1))
    }

    /// The document of a written node, and what is known of it.
    pub fn source(&self, number: u32) -> &Source<'d> {
        &self.sources[number as usize]
    }

    /// Where the value of a node stands.
    pub fn at(&self, node: Node) -> Location {
        match node {
            Node::Written { source, id } => {
                let source = self.source(source);
                Location {
                    file: source.file,
                    span: source.document.span(id),
                }
            }
            Node::Map(number) => self.maps[number as usize].at,
            Node::List(number) => self.lists[number as usize].at,
            Node::Made(number) => self.made[number as usize].1,
        }
    }

    pub fn kind(&self, node: Node) -> NodeKind {
        match node {
            Node::Written { source, id } => {
                let document = self.source(source).document;
                if document.is_mapping(id) {
                    NodeKind::Map
                } else if document.is_sequence(id) {
                    NodeKind::List
                } else {
                    match document.scalar(id).map(|scalar| scalar.resolve()) {
                        Some(Resolved::Null) | None => NodeKind::Null,
                        Some(_) => NodeKind::Scalar,
                    }
                }
            }
            Node::Map(_) => NodeKind::Map,
            Node::List(_) => NodeKind::List,
            Node::Made(number) => match self.made[number as usize].0 {
                Some(_) => NodeKind::Scalar,
                None => NodeKind::Null,
            },
        }
    }

    /// Whether a node is nothing because the file says so, and not because an alias leads nowhere.
    pub fn is_written_null(&self, node: Node) -> bool {
        let Node::Written { source, id } = node else {
            return false;
        };
        let scalar = self.source(source).document.scalar(id);
        scalar.is_some_and(|scalar| scalar.resolve() == Resolved::Null)
    }

    pub fn is_map(&self, node: Node) -> bool {
        match node {
            Node::Written { source, id } => self.source(source).document.is_mapping(id),
            Node::Map(_) => true,
            Node::List(_) | Node::Made(_) => false,
        }
    }

    pub fn is_list(&self, node: Node) -> bool {
        match node {
            Node::Written { source, id } => self.source(source).document.is_sequence(id),
            Node::List(_) => true,
            Node::Map(_) | Node::Made(_) => false,
        }
    }

    /// The entries of a mapping with its merge keys taken in, those that are reset among them; none for other
    /// nodes.
    pub fn entries(&self, node: Node) -> Vec<Entry<'d>> {
        let (number, id) = match node {
            Node::Written { source, id } => (source, id),
            Node::Map(number) => return self.maps[number as usize].entries.clone(),
            Node::List(_) | Node::Made(_) => return Vec::new(),
        };
        let source = self.source(number);
        let document = source.document;
        let place = |id: NodeId| Location {
            file: source.file,
            span: document.span(id),
        };
        let merged = document.merged(id).entries.into_iter();
        merged
            .filter_map(|merged| {
                let value = document.resolve(merged.entry.value);
                let alias = (value != merged.entry.value).then_some(merged.entry.value);
                Some(Entry {
                    name: Cow::Borrowed(document.as_str(merged.entry.key)?),
                    key: place(merged.entry.key),
                    node: Node::Written {
                        source: number,
                        id: value,
                    },
                    via: merged.via.or(alias).map(place),
                    tag: tag(document, merged.entry.value),
                })
            })
            .collect()
    }

    /// The entry of a mapping with this name, unless it is reset; the last one where there are several.
    pub fn entry(&self, node: Node, name: &str) -> Option<Entry<'d>> {
        let mut entries = self.entries(node).into_iter();
        entries.rfind(|entry| entry.name == name && entry.tag != EntryTag::Reset)
    }

    /// The items of a list, aliases followed, without those that are reset; none for other nodes.
    pub fn items(&self, node: Node) -> Vec<Node> {
        match node {
            Node::Written { source, id } => {
                let document = self.source(source).document;
                let items = document.items(id).iter();
                items
                    .filter(|item| tag(document, **item) != EntryTag::Reset)
                    .map(|item| self.written(source, *item))
                    .collect()
            }
            Node::List(number) => self.lists[number as usize].items.clone(),
            Node::Map(_) | Node::Made(_) => Vec::new(),
        }
    }

    /// The scalar of a node that has a value, its variables replaced as far as they are known.
    pub fn scalar(&self, node: Node) -> Option<Scalar> {
        match node {
            Node::Written { source, id } => {
                let source = self.source(source);
                let scalar = source.document.scalar(id)?;
                let resolved = scalar.resolve();
                if resolved == Resolved::Null {
                    return None;
                }
                let raw = source.document.cooked(id)?.into_owned();
                Some(Scalar::read(
                    raw,
                    scalar.style,
                    resolved,
                    source.file,
                    source.environment.as_deref(),
                ))
            }
            Node::Made(number) => self.made[number as usize].0.clone(),
            Node::Map(_) | Node::List(_) => None,
        }
    }

    /// An item `KEY=VALUE` or `KEY`, cut at the first `=` that is in no reference.
    pub fn pair(&self, item: Node) -> Option<Pair> {
        let scalar = self.scalar(item)?;
        let environment = match item {
            Node::Written { source, .. } => self.source(source).environment.as_deref(),
            _ => None,
        };
        let raw = scalar.raw();
        let piece = |range: std::ops::Range<usize>| {
            let part = raw.slice(range.clone()).into_owned();
            let at = Location {
                file: scalar.file(),
                span: raw.span(range),
            };
            let value = Scalar::read(part, scalar.style(), Resolved::Str, at.file, environment);
            Located { value, at }
        };
        let end = raw.text().len();
        let equals = equals_sign(raw.text());
        Some(Pair {
            name: piece(0..equals.unwrap_or(end)),
            value: equals.map(|at| piece(at + 1..end)),
            at: self.at(item),
            via: None,
        })
    }
}

/// What the tag in front of a value asks for.
pub(super) fn tag(document: &Document, id: NodeId) -> EntryTag {
    match document.tag(id).map(|tag| tag.text) {
        Some("!reset") => EntryTag::Reset,
        Some("!override") => EntryTag::Override,
        _ => EntryTag::None,
    }
}

/// The first `=` outside `${…}`.
fn equals_sign(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut previous = 0;
    text.bytes().position(|byte| {
        if byte == b'{' && (depth > 0 || previous == b'$') {
            depth += 1;
        } else if byte == b'}' {
            depth = depth.saturating_sub(1);
        }
        previous = byte;
        byte == b'=' && depth == 0
    })
}
