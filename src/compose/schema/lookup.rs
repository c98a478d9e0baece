//! What the table says of a node of a document: for completion and hover.
//!
//! Not for: nodes that only an alias or a merge key brings to their place. A node is judged by where it is
//! written.

use super::{FILE, Key, Map, Object, Shape};
use crate::yaml::{Document, NodeId, Place};

/// A node's place in the specification.
#[derive(Clone, Copy, Debug)]
pub struct Position {
    /// The key of the specification that the node is, or whose value it is or stands in. `None` for the file
    /// as a whole and for keys that the specification does not know.
    pub key: Option<&'static Key>,
    /// The object that has this key, or ought to have it.
    pub owner: &'static Object,
    /// What may stand in the node's place; `None` for keys, and for the file as a whole.
    pub shape: Option<&'static Shape>,
}

/// The place of a node; `None` where the specification says nothing, such as below an `x-` key.
pub fn position(document: &Document, node: NodeId) -> Option<Position> {
    let way: Vec<NodeId> = document.ancestors(node).collect();
    let mut position = Position {
        key: None,
        owner: &FILE,
        shape: None,
    };
    // From the root's child down; the root is the file.
    for node in way.into_iter().rev().skip(1) {
        position = match document.place(node) {
            Place::Root => return None,
            Place::Item(_) => Position {
                shape: Some(position.shape?.list.as_ref()?.items),
                ..position
            },
            Place::Key(_) => position.key_named(document.as_str(node)?),
            Place::Value(_) => position.value_of(document.as_str(document.key_of(node)?)?)?,
        };
    }
    Some(position)
}

/// What may stand under these keys, from the root of a file on; `None` where the specification says nothing.
pub fn shape_at<'p>(path: impl Iterator<Item = &'p str>) -> Option<&'static Shape> {
    let mut position = Position {
        key: None,
        owner: &FILE,
        shape: None,
    };
    for name in path {
        position = position.value_of(name)?;
    }
    position.shape
}

impl Position {
    /// The object that a mapping in this place is, if it is one.
    pub fn object(&self) -> Option<&'static Object> {
        match self.shape {
            None if self.key.is_none() => Some(self.owner),
            None => None,
            Some(shape) => shape.object(),
        }
    }

    /// A key of the mapping that stands here. Where the user chooses the keys, the place is that of the
    /// mapping.
    fn key_named(self, name: &str) -> Position {
        let (key, owner) = match self.object() {
            Some(object) => (object.key(name), object),
            None => (self.key, self.owner),
        };
        Position {
            key,
            owner,
            shape: None,
        }
    }

    /// The value under a key of the mapping that stands here.
    fn value_of(self, name: &str) -> Option<Position> {
        if let Some(owner) = self.object() {
            let key = owner.key(name)?;
            return Some(Position {
                key: Some(key),
                owner,
                shape: Some(key.shape),
            });
        }
        match &self.shape?.map {
            Some(Map::Entries { values, .. }) => Some(Position {
                shape: Some(values),
                ..self
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// The key and its owner at the first place where `needle` stands.
    fn check(text: &str, needle: &str) -> Option<(Option<&'static str>, &'static str)> {
        let yaml = crate::yaml::parse(&Arc::from(text)).tree;
        let at = u32::try_from(text.find(needle).expect("needle")).expect("small");
        let (document, node) = yaml.node_at(at).expect("node");
        let position = position(document, node)?;
        Some((position.key.map(|key| key.name), position.owner.name))
    }

    #[test]
    fn nodes_have_a_place() {
        let text = "services:\n  web:\n    build: {args: {A: b}}\n    ports:\n      - target: 80\n      - \"81\"\n    foo: 1\n";
        for (needle, key, owner) in [
            ("services", Some("services"), "a Compose file"),
            ("web", Some("services"), "a Compose file"),
            ("build", Some("build"), "a service"),
            ("args", Some("args"), "`build`"),
            ("A", Some("args"), "`build`"),
            ("b}", Some("args"), "`build`"),
            ("target", Some("target"), "a port"),
            ("80", Some("target"), "a port"),
            ("\"81\"", Some("ports"), "a service"),
            ("foo", None, "a service"),
        ] {
            assert_eq!(check(text, needle), Some((key, owner)), "{needle}");
        }
    }

    #[test]
    fn what_the_specification_ignores_has_none() {
        assert_eq!(check("x-a: {b: c}\n", "c}"), None);
        assert_eq!(check("services: {a: {foo: bar}}\n", "bar"), None);
    }

    #[test]
    fn mappings_know_their_object() {
        let text = "services: {web: {build: {}}}\n";
        let yaml = crate::yaml::parse(&Arc::from(text)).tree;
        let document = &yaml.documents[0];
        let object = |path: &[&str]| {
            let node = document.find(path).expect("node");
            position(document, node).and_then(|position| position.object())
        };
        assert_eq!(
            object(&[]).map(|object| object.name),
            Some("a Compose file")
        );
        assert_eq!(object(&["services"]).map(|object| object.name), None);
        assert_eq!(
            object(&["services", "web"]).map(|object| object.name),
            Some("a service")
        );
        assert_eq!(
            object(&["services", "web", "build"]).map(|object| object.name),
            Some("`build`")
        );
    }
}
