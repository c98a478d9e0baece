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
use super::tree::{Entry, EntryTag, Node, Source, Tree, tag};
use super::value::{
    Extension, Field, Flag, List, Name, Origin, Pair, Pairs, PairsForm, Scalar, Setting, Text,
    Typed,
};
use crate::grammar::duration::Duration;
use crate::text::{CookedBuilder, Located, Location};

/// How many entries and items of a document are read. Compose refuses a file in which it would visit more
/// than 100,000 nodes, those that aliases repeat counted each time (compose-go `loader/reset.go`).
pub const MAX_VISITS: usize = 100_000;

/// Reads a tree.
pub(super) struct Reader<'t> {
    tree: &'t Tree<'t>,
    left: Cell<usize>,
}

/// An entry of a mapping.
#[derive(Clone, Copy)]
pub(super) struct Slot<'t> {
    /// The key.
    pub name: &'t str,
    pub key: Location,
    /// The value; an alias is followed already.
    pub node: Node,
    /// Where the value stands.
    pub at: Location,
    /// Through what the entry or its value came.
    pub via: Option<Location>,
}

impl Slot<'_> {
    /// From the key to the end of the value, where both stand together.
    pub fn whole(&self) -> Location {
        Location {
            file: self.key.file,
            span: self.key.span.cover(self.at.span),
        }
    }

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

impl<'t> Reader<'t> {
    pub fn new(tree: &'t Tree<'t>) -> Reader<'t> {
        Reader {
            tree,
            left: Cell::new(MAX_VISITS),
        }
    }

    /// Whether the tree is so large, or its aliases multiply it so much, that the rest was left out.
    pub fn is_exhausted(&self) -> bool {
        self.left.get() == 0
    }

    fn spend(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    /// Where the value of a node stands.
    pub fn at(&self, node: Node) -> Location {
        self.tree.at(node)
    }

    /// The entries of a mapping with its merge keys taken in; none for other nodes. Entries without a
    /// value are among them, entries that are reset are not.
    pub fn slots(&self, mapping: Node) -> Vec<Slot<'t>> {
        let tree = self.tree;
        if self.is_exhausted() {
            return Vec::new();
        }
        let (number, id) = match mapping {
            Node::Written { source, id } => (source, id),
            Node::Map(number) => return self.made_slots(&tree.maps[number as usize].entries),
            Node::List(_) | Node::Made(_) => return Vec::new(),
        };
        let &Source { document, file, .. } = tree.source(number);
        let place = |id| Location {
            file,
            span: document.span(id),
        };
        let merged = document.merged(id);
        let mut slots = Vec::with_capacity(merged.entries.len());
        for merged in merged.entries {
            let entry = merged.entry;
            let Some(name) = document.as_str(entry.key) else {
                continue;
            };
            if tag(document, entry.value) == EntryTag::Reset {
                continue;
            }
            if !self.spend() {
                break;
            }
            let value = document.resolve(entry.value);
            let alias = (value != entry.value).then_some(entry.value);
            slots.push(Slot {
                name,
                key: place(entry.key),
                node: Node::Written {
                    source: number,
                    id: value,
                },
                at: place(value),
                via: merged.via.or(alias).map(place),
            });
        }
        slots
    }

    fn made_slots(&self, entries: &'t [Entry<'t>]) -> Vec<Slot<'t>> {
        let kept = entries.iter().filter(|entry| entry.tag != EntryTag::Reset);
        kept.take_while(|_| self.spend())
            .map(|entry| Slot {
                name: &entry.name,
                key: entry.key,
                node: entry.node,
                at: self.at(entry.node),
                via: entry.via,
            })
            .collect()
    }

    /// The entry of a mapping with this key.
    pub fn slot(&self, mapping: Node, name: &str) -> Option<Slot<'t>> {
        let slots = self.slots(mapping);
        slots.into_iter().rfind(|slot| slot.name == name)
    }

    /// The items of a list, aliases followed; none for other nodes.
    pub fn items(&self, list: Node) -> Vec<Node> {
        let items = self.tree.items(list).into_iter();
        items.take_while(|_| self.spend()).collect()
    }

    pub fn is_mapping(&self, node: Node) -> bool {
        self.tree.is_map(node)
    }

    pub fn is_list(&self, node: Node) -> bool {
        self.tree.is_list(node)
    }

    /// The scalar of a node that has a value.
    pub fn scalar(&self, node: Node) -> Option<Scalar> {
        self.tree.scalar(node)
    }

    /// The scalar of a node with its place.
    pub fn text(&self, node: Node) -> Option<Text> {
        Some(Located {
            value: self.scalar(node)?,
            at: self.at(node),
        })
    }

    /// A part of a scalar with its place. The range is in bytes of [`Scalar::text`].
    pub fn part(&self, scalar: &Scalar, range: std::ops::Range<usize>) -> Text {
        scalar.part_text(range)
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
    pub fn list<T>(&self, slot: &Slot<'_>, read: impl Fn(Node) -> Option<T>) -> List<T> {
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
            pairs.items = items.filter_map(|node| self.tree.pair(node)).collect();
            return pairs;
        }
        for slot in self.slots(slot.node) {
            let value = self.text(slot.node);
            if value.is_none() && (self.is_mapping(slot.node) || self.is_list(slot.node)) {
                continue;
            }
            let at = match slot.via {
                None => slot.whole(),
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
            value: Scalar::verbatim(builder.finish(at.span.start), at.file),
            at,
        }
    }
}
