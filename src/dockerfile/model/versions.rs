//! A map that remembers all its past: setting a key gives a new version, and old ones stay as they were.
//!
//! A file of 100,000 instructions has as many states, which share nearly everything. Keys are small numbers
//! given out in order; a version is a tree of 16-way nodes over them, and setting a key copies the nodes on
//! the way to it.

const WIDTH: usize = 16;
const BITS: u32 = 4;

/// All versions of a map.
#[derive(Clone, Debug)]
pub(super) struct Versions {
    /// Node 0 is the empty one. A leaf holds values plus 1, an inner node the numbers of nodes.
    nodes: Vec<[u32; WIDTH]>,
    /// Levels of nodes.
    height: u32,
    /// Nodes from here on belong to the version that is being made, and may still be changed.
    fresh: usize,
}

/// One version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Version(u32);

impl Versions {
    /// A map for keys below `keys`.
    pub(super) fn new(keys: usize) -> Versions {
        let mut height = 1;
        while keys > WIDTH.saturating_pow(height) {
            height += 1;
        }
        Versions {
            nodes: vec![[0; WIDTH]],
            height,
            fresh: 1,
        }
    }

    /// The value of a key in a version.
    pub(super) fn get(&self, version: Version, key: u32) -> Option<u32> {
        let mut node = version.0;
        for level in (0..self.height).rev() {
            node = self.nodes[node as usize][slot(key, level)];
        }
        node.checked_sub(1)
    }

    /// From here on, versions so far stay as they are.
    pub(super) fn freeze(&mut self) {
        self.fresh = self.nodes.len();
    }

    /// The version with another value for a key. Versions made since [`Versions::freeze`] may change too.
    /// A key beyond those promised is not taken.
    pub(super) fn set(&mut self, version: Version, key: u32, value: u32) -> Version {
        if key as usize >= WIDTH.saturating_pow(self.height) {
            return version;
        }
        let root = self.own(version.0);
        let mut node = root;
        for level in (1..self.height).rev() {
            let slot = slot(key, level);
            let child = self.own(self.nodes[node as usize][slot]);
            self.nodes[node as usize][slot] = child;
            node = child;
        }
        self.nodes[node as usize][slot(key, 0)] = value + 1;
        Version(root)
    }

    /// A node with this content that may be changed.
    fn own(&mut self, node: u32) -> u32 {
        if node as usize >= self.fresh {
            return node;
        }
        let copy = self.nodes[node as usize];
        self.nodes.push(copy);
        crate::text::span::offset(self.nodes.len() - 1)
    }

    /// All values of a version, in the order of their keys.
    pub(super) fn values(&self, version: Version) -> impl Iterator<Item = u32> {
        let mut stack = vec![(version.0, self.height)];
        std::iter::from_fn(move || {
            loop {
                match stack.pop()? {
                    (value, 0) => return value.checked_sub(1),
                    (node, level) => {
                        let children = self.nodes[node as usize].iter().rev();
                        let filled = children.filter(|child| **child > 0);
                        stack.extend(filled.map(|child| (*child, level - 1)));
                    }
                }
            }
        })
    }
}

fn slot(key: u32, level: u32) -> usize {
    (key >> (level * BITS)) as usize % WIDTH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_versions_stay() {
        let mut versions = Versions::new(1000);
        let empty = Version::default();
        let one = versions.set(empty, 7, 70);
        versions.freeze();
        let two = versions.set(one, 7, 71);
        let three = versions.set(two, 999, 5);
        versions.freeze();
        let other = versions.set(one, 300, 3);
        assert_eq!(versions.get(empty, 7), None);
        assert_eq!(versions.get(one, 7), Some(70));
        assert_eq!(versions.get(three, 7), Some(71));
        assert_eq!(versions.get(three, 999), Some(5));
        assert_eq!(versions.get(other, 999), None);
        let values = |version| versions.values(version).collect::<Vec<_>>();
        assert_eq!(values(three), [71, 5]);
        assert_eq!(values(other), [70, 3]);
        assert!(values(empty).is_empty());
    }

    #[test]
    fn a_key_beyond_the_promised_ones_is_not_taken() {
        let mut versions = Versions::new(16);
        let version = versions.set(Version::default(), 16, 1);
        assert_eq!(version, Version::default());
    }
}
