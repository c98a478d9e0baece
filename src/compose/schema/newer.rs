//! What a file uses that an older Docker Compose does not know yet.

use std::collections::HashSet;

use super::{FILE, Map, Object, Shape};
use crate::text::{Span, order};
use crate::yaml::{Document, NodeId};

/// The version of Docker Compose, as three numbers.
pub type Version = [u32; 3];

/// How many entries may be looked at beyond the size of the document because merge keys bring them.
const EXTRA_ENTRIES: usize = 100_000;

/// Tags of Compose, and the version that first knew them (Docker's page "Merge").
const TAGS: [(&str, &str); 1] = [("!override", "2.24.4")];

/// Something that older versions do not know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Newer<'d> {
    /// The key or tag.
    pub name: &'d str,
    /// Where it stands.
    pub at: Span,
    /// The version that first knew it.
    pub since: &'static str,
    /// Whether older versions refuse the file because of it, instead of doing without.
    pub is_refused: bool,
}

/// The numbers of a version such as `2`, `2.20` or `v2.20.3`.
pub fn version(text: &str) -> Option<Version> {
    let text = text.strip_prefix('v').unwrap_or(text);
    let mut version = [0; 3];
    let mut places = version.iter_mut();
    for part in text.split('.') {
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        *places.next()? = part.parse().ok().filter(|_| is_number)?;
    }
    Some(version)
}

/// Every key and tag of a document that a version does not know, in the order of the file. Keys under a key that it
/// does not know are not named.
pub fn newer_than(document: &Document, oldest: Version) -> Vec<Newer<'_>> {
    let mut search = Search {
        document,
        oldest,
        found: Vec::new(),
        seen: HashSet::new(),
        left: document.len() + EXTRA_ENTRIES,
    };
    if let Some(root) = document.root {
        search.object(root, &FILE);
    }
    for node in document.ids() {
        search.tag(node);
    }
    let mut found = search.found;
    order::sort_by_key(&mut found, |newer| newer.at);
    found.dedup_by_key(|newer| newer.at);
    found
}

struct Search<'d> {
    document: &'d Document,
    oldest: Version,
    found: Vec<Newer<'d>>,
    /// Nodes that were looked at, with the part of the table that they were compared with.
    seen: HashSet<(NodeId, usize)>,
    left: usize,
}

impl<'d> Search<'d> {
    fn is_newer(&self, since: &str) -> bool {
        version(since).is_some_and(|since| since > self.oldest)
    }

    fn object(&mut self, mapping: NodeId, object: &'static Object) {
        let document = self.document;
        for merged in document.merged(mapping).entries {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            let entry = merged.entry;
            let Some(key) = document.as_str(entry.key).and_then(|name| object.key(name)) else {
                continue;
            };
            match key.since.filter(|since| self.is_newer(since)) {
                Some(since) => self.found.push(Newer {
                    name: key.name,
                    at: document.span(entry.key),
                    since,
                    is_refused: object.closed,
                }),
                None => self.value(entry.value, key.shape),
            }
        }
    }

    fn value(&mut self, node: NodeId, shape: &'static Shape) {
        let document = self.document;
        let node = document.resolve(node);
        if !self.seen.insert((node, std::ptr::from_ref(shape) as usize)) {
            return;
        }
        match (&shape.map, &shape.list) {
            (Some(Map::Object(object)), _) if document.is_mapping(node) => {
                self.object(node, object);
            }
            (Some(Map::Entries { values, .. }), _) if document.is_mapping(node) => {
                for merged in document.merged(node).entries {
                    if self.left == 0 {
                        return;
                    }
                    self.left -= 1;
                    self.value(merged.entry.value, values);
                }
            }
            (_, Some(list)) => {
                for item in document.items(node) {
                    self.value(*item, list.items);
                }
            }
            _ => {}
        }
    }

    fn tag(&mut self, node: NodeId) {
        let Some(tag) = self.document.tag(node) else {
            return;
        };
        let known = TAGS.iter().find(|(name, _)| *name == tag.text);
        if let Some((_, since)) = known.filter(|(_, since)| self.is_newer(since)) {
            self.found.push(Newer {
                name: tag.text,
                at: tag.span,
                since,
                is_refused: false,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_numbers() {
        assert_eq!(version("2"), Some([2, 0, 0]));
        assert_eq!(version("v2.20"), Some([2, 20, 0]));
        assert_eq!(version("2.20.3"), Some([2, 20, 3]));
        for text in ["", "2.", "2.x", "2.20.3.4", "2.20-rc1", "+2", "99999999999"] {
            assert_eq!(version(text), None, "{text}");
        }
    }

    #[test]
    fn every_version_of_the_table_is_one() {
        fn look(object: &'static Object, seen: &mut HashSet<usize>) {
            if !seen.insert(std::ptr::from_ref(object) as usize) {
                return;
            }
            for key in object.keys() {
                assert!(
                    key.since.is_none_or(|since| version(since).is_some()),
                    "{}",
                    key.name
                );
                let shapes = [
                    Some(key.shape),
                    key.shape.list.as_ref().map(|list| list.items),
                ];
                for shape in shapes.into_iter().flatten() {
                    shape
                        .object()
                        .into_iter()
                        .for_each(|object| look(object, seen));
                    shape
                        .inner_object()
                        .into_iter()
                        .for_each(|object| look(object, seen));
                }
            }
        }
        look(&FILE, &mut HashSet::new());
    }
}
