//! Finds values in a YAML tree: the tools with which every object of a Compose file is lowered.
//!
//! Aliases are followed and merge keys taken in, so that a value's place is where it is really written.
//! Nothing here fails: what has the wrong kind is left out, and `validate` says so.
//!
//! Not for: what keys mean; each object reads its own.
//!
//! Invariant: a document costs at most [`MAX_VISITS`] visits, however its aliases multiply.

use std::cell::Cell;

use super::cast;
use super::value::{
    Extension, Field, Flag, List, Name, Origin, Pair, Pairs, PairsForm, Scalar, Setting, Text,
    Typed,
};
use crate::grammar::duration::Duration;
use crate::text::{CookedBuilder, FileId, Located, Location, Span};
use crate::yaml::{Document, Kind, NodeId, Resolved};

/// How many entries and items of a document are read. Compose refuses a file in which it would visit more
/// than 100,000 nodes, those that aliases repeat counted each time (compose-go `loader/reset.go`).
pub const MAX_VISITS: usize = 100_000;

/// Reads one document.
pub(super) struct Reader<'d> {
    document: &'d Document,
    file: FileId,
    left: Cell<usize>,
}

/// An entry of a mapping.
#[derive(Clone, Copy)]
pub(super) struct Slot<'d> {
    /// The key.
    pub name: &'d str,
    pub key: Location,
    /// The value; an alias is followed already.
    pub node: NodeId,
    /// Where the value stands.
    pub at: Location,
    /// Through what the entry or its value came.
    pub via: Option<Location>,
}

impl<'d> Slot<'d> {
    /// A value with the places of this entry.
    pub fn field<T>(&self, value: T) -> Box<Field<T>> {
        Box::new(Field {
            key: self.key,
            at: self.at,
            via: self.via,
            value,
        })
    }

    fn origin(&self) -> Option<Box<Origin>> {
        Some(Box::new(Origin {
            key: self.key,
            at: self.at,
            via: self.via,
        }))
    }

    /// A list with the places of this entry.
    pub fn list<T>(&self, items: Vec<T>) -> List<T> {
        List {
            origin: self.origin(),
            items,
        }
    }

    /// The name as something that is declared.
    pub fn declared(&self) -> Name {
        Located {
            value: self.name.into(),
            at: self.key,
        }
    }

    /// The entry as an extension.
    pub fn extension(&self) -> Extension {
        Extension {
            name: self.declared(),
            at: self.at,
        }
    }
}

impl<'d> Reader<'d> {
    pub fn new(document: &'d Document, file: FileId) -> Reader<'d> {
        Reader {
            document,
            file,
            left: Cell::new(MAX_VISITS),
        }
    }

    /// Whether the document is so large, or its aliases multiply it so much, that the rest was left out.
    pub fn is_exhausted(&self) -> bool {
        self.left.get() == 0
    }

    fn spend(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    pub fn location(&self, span: Span) -> Location {
        Location {
            file: self.file,
            span,
        }
    }

    /// Where the value of a node stands.
    pub fn at(&self, node: NodeId) -> Location {
        self.location(self.document.span(node))
    }

    /// Where the items of a list or the node itself stand, aliases followed.
    fn resolved(&self, node: NodeId) -> NodeId {
        self.document.resolve(node)
    }

    /// Whether the node is to be left out of a file that stands alone.
    fn is_reset(&self, node: NodeId) -> bool {
        self.document
            .tag(node)
            .is_some_and(|tag| tag.text == "!reset")
    }

    /// The entries of a mapping with its merge keys taken in; none for other nodes. Entries without a
    /// value are among them, entries that are reset are not.
    pub fn slots(&self, mapping: NodeId) -> Vec<Slot<'d>> {
        let document = self.document;
        if self.is_exhausted() {
            return Vec::new();
        }
        let merged = document.merged(mapping);
        let mut slots = Vec::with_capacity(merged.entries.len());
        for merged in merged.entries {
            let entry = merged.entry;
            let Some(name) = document.as_str(entry.key) else {
                continue;
            };
            if self.is_reset(entry.value) {
                continue;
            }
            if !self.spend() {
                break;
            }
            let node = self.resolved(entry.value);
            let alias = (node != entry.value).then_some(entry.value);
            slots.push(Slot {
                name,
                key: self.at(entry.key),
                node,
                at: self.at(node),
                via: merged.via.or(alias).map(|via| self.at(via)),
            });
        }
        slots
    }

    /// The entry of a mapping with this key.
    pub fn slot(&self, mapping: NodeId, name: &str) -> Option<Slot<'d>> {
        let slots = self.slots(mapping);
        slots.into_iter().rfind(|slot| slot.name == name)
    }

    /// The items of a list, aliases followed; none for other nodes.
    pub fn items(&self, list: NodeId) -> Vec<NodeId> {
        let items = self.document.items(list).iter();
        items
            .filter(|item| !self.is_reset(**item))
            .take_while(|_| self.spend())
            .map(|item| self.resolved(*item))
            .collect()
    }

    pub fn is_mapping(&self, node: NodeId) -> bool {
        self.document.is_mapping(node)
    }

    pub fn is_list(&self, node: NodeId) -> bool {
        self.document.is_sequence(node)
    }

    /// The scalar of a node that has a value.
    pub fn scalar(&self, node: NodeId) -> Option<Scalar> {
        let Kind::Scalar(scalar) = self.document.kind(node) else {
            return None;
        };
        let resolved = scalar.resolve();
        if resolved == Resolved::Null {
            return None;
        }
        let raw = self.document.cooked(node)?.into_owned();
        Some(Scalar::new(raw, scalar.style, resolved))
    }

    /// The scalar of a node with its place.
    pub fn text(&self, node: NodeId) -> Option<Text> {
        Some(Located {
            value: self.scalar(node)?,
            at: self.at(node),
        })
    }

    /// A part of a scalar with its place. The range is in bytes of [`Scalar::text`].
    pub fn part(&self, scalar: &Scalar, range: std::ops::Range<usize>) -> Text {
        Located {
            at: self.location(scalar.span_of(range.clone())),
            value: scalar.part(range),
        }
    }

    /// The scalar of an entry.
    pub fn scalar_field(&self, slot: &Slot<'_>) -> Setting<Scalar> {
        Some(slot.field(self.scalar(slot.node)?))
    }

    /// The scalar of an entry as a value of some type.
    pub fn typed_field<T>(
        &self,
        slot: &Slot<'_>,
        read: impl FnOnce(&Scalar) -> Option<T>,
    ) -> Setting<Typed<T>> {
        Some(slot.field(Typed::new(self.scalar(slot.node)?, read)))
    }

    pub fn flag(&self, slot: &Slot<'_>) -> Option<Flag> {
        self.typed_field(slot, cast::boolean)
    }

    pub fn integer(&self, slot: &Slot<'_>) -> Setting<Typed<i64>> {
        self.typed_field(slot, cast::integer)
    }

    pub fn float(&self, slot: &Slot<'_>) -> Setting<Typed<f64>> {
        self.typed_field(slot, cast::float)
    }

    pub fn bytes(&self, slot: &Slot<'_>) -> Setting<Typed<i64>> {
        self.typed_field(slot, cast::bytes)
    }

    pub fn duration(&self, slot: &Slot<'_>) -> Setting<Typed<Duration>> {
        self.typed_field(slot, cast::duration)
    }

    /// The items of an entry's list; a value that is no list is the only item.
    pub fn list<T>(&self, slot: &Slot<'_>, read: impl Fn(NodeId) -> Option<T>) -> List<T> {
        let items = if self.is_list(slot.node) {
            self.items(slot.node).into_iter().filter_map(read).collect()
        } else {
            read(slot.node).into_iter().collect()
        };
        slot.list(items)
    }

    /// The texts of an entry's list; a text that is no list is the only item.
    pub fn texts(&self, slot: &Slot<'_>) -> List<Text> {
        self.list(slot, |node| self.text(node))
    }

    /// Keys and values of an entry, in either form.
    pub fn pairs(&self, slot: &Slot<'_>) -> Pairs {
        let mut pairs = Pairs {
            origin: slot.origin(),
            ..Pairs::default()
        };
        if self.is_list(slot.node) {
            pairs.form = PairsForm::List;
            let items = self.items(slot.node).into_iter();
            pairs.items = items
                .filter_map(|node| Some(self.pair(&self.text(node)?)))
                .collect();
            return pairs;
        }
        for slot in self.slots(slot.node) {
            let value = self.text(slot.node);
            if value.is_none() && (self.is_mapping(slot.node) || self.is_list(slot.node)) {
                continue;
            }
            let at = match slot.via {
                None => self.location(slot.key.span.cover(slot.at.span)),
                Some(_) => slot.at,
            };
            pairs.items.push(Pair {
                name: self.plain(slot.name, slot.key),
                value,
                at,
                via: slot.via,
            });
        }
        pairs
    }

    /// `KEY=VALUE` or `KEY`, cut at the first `=` that is in no reference.
    fn pair(&self, item: &Text) -> Pair {
        let raw = item.value.raw();
        let piece = |range: std::ops::Range<usize>| {
            let part = raw.slice(range.clone()).into_owned();
            Located {
                at: self.location(raw.span(range)),
                value: Scalar::new(part, item.value.style(), Resolved::Str),
            }
        };
        let end = raw.text().len();
        let equals = equals_sign(raw.text());
        Pair {
            name: piece(0..equals.unwrap_or(end)),
            value: equals.map(|at| piece(at + 1..end)),
            at: item.at,
            via: None,
        }
    }

    /// A text that no variable is replaced in, such as a key.
    pub fn plain(&self, text: &str, at: Location) -> Text {
        // A key may hold a dollar, which is only a dollar there.
        let mut builder = CookedBuilder::with_capacity(text.len());
        if at.span.len() as usize == text.len() {
            builder.verbatim(text, at.span.start);
        } else {
            builder.replaced(text, at.span);
        }
        Located {
            value: Scalar::verbatim(builder.finish(at.span.start)),
            at,
        }
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
