//! Keys without a value that merging leaves.
//!
//! In a file that is merged over another one, such a key keeps what stands there. Where nothing does, Compose refuses
//! it as it does in a single file.

use crate::compose::schema::{self, Map, Object, Shape};
use crate::compose::tree::{Entry, EntryTag, Node, NodeKind, Tree};
use crate::compose::validate::no_value;
use crate::diagnostic::SyntaxError;
use crate::text::{FileId, Location};

/// How deep mappings are looked into. The specification's go less deep.
const MAX_DEPTH: usize = 12;

/// The keys without a value in a merged project that must have one, of those whose places are asked for.
pub(super) fn left_empty(
    tree: &Tree<'_>,
    root: Node,
    is_asked: impl Fn(Location) -> bool,
) -> Vec<(FileId, SyntaxError)> {
    let mut search = Search {
        tree,
        is_asked,
        found: Vec::new(),
    };
    search.object(root, &schema::FILE, 0);
    search.found
}

struct Search<'t, 'd, A> {
    tree: &'t Tree<'d>,
    is_asked: A,
    found: Vec<(FileId, SyntaxError)>,
}

impl<A: Fn(Location) -> bool> Search<'_, '_, A> {
    fn object(&mut self, node: Node, object: &'static Object, depth: usize) {
        for entry in self.tree.entries(node) {
            if let Some(key) = object.key(&entry.name) {
                self.value(&entry, key.shape, depth + 1);
            }
        }
    }

    fn value(&mut self, entry: &Entry<'_>, shape: &'static Shape, depth: usize) {
        if depth > MAX_DEPTH || entry.tag != EntryTag::None {
            return;
        }
        if self.tree.kind(entry.node) == NodeKind::Null {
            if !shape.null && self.tree.is_written_null(entry.node) && (self.is_asked)(entry.key) {
                let error = no_value(&entry.name, shape, entry.key.span);
                self.found.push((entry.key.file, error));
            }
            return;
        }
        match &shape.map {
            Some(Map::Object(object)) => self.object(entry.node, object, depth),
            Some(Map::Entries { values, .. }) => {
                for entry in self.tree.entries(entry.node) {
                    self.value(&entry, values, depth + 1);
                }
            }
            Some(Map::Anything) | None => {}
        }
    }
}
