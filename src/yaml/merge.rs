//! Mappings with their merge keys taken in.
//!
//! `<<: *base` gives a mapping the entries of another one; `<<: [*a, *b]` of several, of which the first
//! wins. The mapping's own keys win over all. Nothing is copied here: an entry that came through a merge key
//! is the entry that stands under the anchor.
//!
//! Not for: Compose's `extends` and overrides, which merge deeply.

use std::collections::HashSet;

use super::{Document, Entry, Kind, NodeId, ScalarStyle};
use crate::yaml::node::CoreTag;

/// How many mappings one view takes in before it gives up. Real files have a handful.
const MAX_MAPPINGS: usize = 256;

/// How many entries one view holds at most.
const MAX_ENTRIES: usize = 100_000;

/// A mapping as it is read with its `<<` keys taken in.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Merged {
    /// The mapping's own entries first, then those of the merged mappings that are not overridden. The
    /// `<<` entries themselves are not among them. Own entries are all there, even duplicates.
    pub entries: Vec<MergedEntry>,
    /// Whether there was more than the visit budget allows, so that entries may be missing.
    pub truncated: bool,
}

/// An entry of a mapping or of what it merges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MergedEntry {
    /// Key and value, where they are written.
    pub entry: Entry,
    /// The node under the mapping's own `<<` through which the entry came: an alias, nearly always.
    /// `None` for the mapping's own entries.
    pub via: Option<NodeId>,
}

impl Document {
    /// Whether a key is a merge key: a plain `<<` without a tag other than `!!merge`.
    pub fn is_merge_key(&self, key: NodeId) -> bool {
        // Nearly every key is longer.
        if !self.is_scalar_of_length(key, "<<".len()) {
            return false;
        }
        let Kind::Scalar(scalar) = self.kind(key) else {
            return false;
        };
        scalar.value == "<<"
            && match self.tag(key) {
                None => scalar.style == ScalarStyle::Plain,
                Some(tag) => tag.core == CoreTag::Merge,
            }
    }

    /// The mapping with its merge keys taken in. Follows an alias.
    pub fn merged(&self, mapping: NodeId) -> Merged {
        let mut merged = Merged::default();
        let own = self.entries(mapping);
        let through_none = |entry: &Entry| MergedEntry {
            entry: *entry,
            via: None,
        };
        merged.entries.extend(own.iter().map(through_none));
        let is_kept = |merged: &MergedEntry| !self.is_merge_key(merged.entry.key);
        merged.entries.retain(is_kept);
        if merged.entries.len() == own.len() {
            return merged;
        }
        let mut pending = Vec::new();
        for entry in own.iter().rev() {
            if self.is_merge_key(entry.key) {
                self.push_sources(entry.value, None, &mut pending);
            }
        }

        let mut keys: HashSet<&str> = merged
            .entries
            .iter()
            .filter_map(|e| self.as_str(e.entry.key))
            .collect();
        let mut seen = HashSet::from([self.resolve(mapping)]);
        while let Some((source, via)) = pending.pop() {
            if !seen.insert(self.resolve(source)) {
                continue;
            }
            if seen.len() > MAX_MAPPINGS {
                merged.truncated = true;
                break;
            }
            let entries = self.entries(source);
            for entry in entries {
                if self.is_merge_key(entry.key) {
                    continue;
                }
                if merged.entries.len() >= MAX_ENTRIES {
                    merged.truncated = true;
                    return merged;
                }
                if self.as_str(entry.key).is_none_or(|key| keys.insert(key)) {
                    merged.entries.push(MergedEntry {
                        entry: *entry,
                        via: Some(via),
                    });
                }
            }
            for entry in entries.iter().rev() {
                if self.is_merge_key(entry.key) {
                    self.push_sources(entry.value, Some(via), &mut pending);
                }
            }
        }
        merged
    }

    /// The value of a key, merge keys taken in, and the node under `<<` that it came through. Follows an
    /// alias.
    pub fn get_merged(&self, mapping: NodeId, key: &str) -> Option<MergedEntry> {
        if let Some(entry) = self.entry(mapping, key)
            && !self.is_merge_key(entry.key)
        {
            return Some(MergedEntry { entry, via: None });
        }
        let merged = self.merged(mapping).entries.into_iter();
        merged
            .filter(|merged| merged.via.is_some())
            .find(|merged| self.as_str(merged.entry.key) == Some(key))
    }

    /// Puts the mappings that a merge key names on the stack, so that the first is on top.
    fn push_sources(
        &self,
        value: NodeId,
        via: Option<NodeId>,
        pending: &mut Vec<(NodeId, NodeId)>,
    ) {
        if self.is_mapping(value) {
            pending.push((value, via.unwrap_or(value)));
        }
        for item in self.items(value).iter().rev() {
            pending.push((*item, via.unwrap_or(*item)));
        }
    }
}
