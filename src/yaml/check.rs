//! What is wrong with a tree whose syntax is right: duplicate keys and aliases that lead nowhere.
//!
//! Compose refuses all of it. It compares keys by their text, so that `1` and `"1"` are the same key
//! (go-yaml, `uniqueKeys`), and knows anchors from their definition on, in later documents of the file as well
//! (found by experiment with Compose 5.6.1).
//!
//! Invariant: linear in the number of nodes, up to the look for a similar name.

use std::collections::{HashMap, HashSet};

use super::diagnose::shown;
use super::node::Repr;
use super::{Document, NodeId};
use crate::diagnostic::SyntaxError;
use crate::text::Span;
use crate::text::span::offset;

/// To how many values a document may grow when every alias is replaced by what it stands for. No file
/// written by a person comes near; Compose runs out of memory somewhere above.
pub const MAX_EXPANDED: u64 = 4_000_000;

/// Up to how many keys each key is compared with each other.
const SMALL_MAPPING: usize = 8;

/// For how many aliases a similar name is looked for, and among how many anchors.
const MAX_SUGGESTIONS: usize = 20;
const MAX_NAMES: usize = 1000;

/// Everything wrong with a document's keys and aliases. `earlier` are the names of the anchors in the documents
/// before; aliases of these, whose values are not in the tree, are added to `unread`.
pub(super) fn check(
    document: &Document,
    earlier: &HashSet<&str>,
    errors: &mut Vec<SyntaxError>,
    unread: &mut Vec<Span>,
) {
    let mut undefined = 0;
    for id in document.ids() {
        match document.nodes[id.index()].repr {
            Repr::Mapping { .. } => duplicate_keys(document, id, errors),
            Repr::Alias { target: None, .. }
                if earlier.contains(document.anchor_name(document.span(id))) =>
            {
                unread.push(document.span(id));
            }
            Repr::Alias { target: None, .. } => {
                undefined += 1;
                errors.push(undefined_alias(document, id, undefined <= MAX_SUGGESTIONS));
            }
            Repr::Alias {
                target: Some(target),
                cyclic: true,
            } => errors.push(cycle(document, id, target)),
            Repr::Alias { .. } | Repr::Sequence { .. } | Repr::Scalar { .. } => {}
        }
    }
    if !document.anchors.is_empty() {
        errors.extend(expansion(document));
    }
}

fn duplicate_keys(document: &Document, mapping: NodeId, errors: &mut Vec<SyntaxError>) {
    let entries = document.entries(mapping);
    let mut report = |first: NodeId, second: NodeId, text: &str| {
        let message = format!("the key {} is defined twice in this mapping", shown(text));
        let error = SyntaxError::new("duplicate-mapping-key", document.span(second), message)
            .with_label(document.span(first), "first defined here")
            .with_help("remove one of the two, or give it another name");
        errors.push(error);
    };
    if entries.len() <= SMALL_MAPPING {
        for (index, entry) in entries.iter().enumerate() {
            let Some(text) = key_text(document, entry.key) else {
                continue;
            };
            let mut earlier = entries[..index].iter().map(|entry| entry.key);
            if let Some(first) = earlier.find(|key| key_text(document, *key) == Some(text)) {
                report(first, entry.key, text.1);
            }
        }
        return;
    }
    let mut seen = HashMap::with_capacity(entries.len());
    for entry in entries {
        let Some(text) = key_text(document, entry.key) else {
            continue;
        };
        let first = *seen.entry(text).or_insert(entry.key);
        if first != entry.key {
            report(first, entry.key, text.1);
        }
    }
}

/// What a key is compared by: whether it is an alias, and its text. `None` for keys that are collections,
/// which Compose refuses for another reason.
fn key_text(document: &Document, key: NodeId) -> Option<(bool, &str)> {
    match document.nodes[key.index()].repr {
        Repr::Scalar { .. } => Some((false, document.as_str(key)?)),
        Repr::Alias { .. } => Some((true, document.anchor_name(document.span(key)))),
        Repr::Sequence { .. } | Repr::Mapping { .. } => None,
    }
}

fn undefined_alias(document: &Document, alias: NodeId, suggest: bool) -> SyntaxError {
    let span = document.span(alias);
    let name = document.anchor_name(span);
    let message = format!("no anchor {} stands above", shown(&format!("&{name}")));
    let error = SyntaxError::new("undefined-alias", span, message);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !name.chars().all(plain) {
        return error.with_help("put the value in quotes if it is text; `*` begins an alias");
    }
    if !suggest {
        return error;
    }
    let anchors = document.anchors.iter().take(MAX_NAMES);
    let mut later = anchors
        .clone()
        .filter(|anchor| anchor.span.start > span.start);
    if let Some(anchor) = later.find(|anchor| document.anchor_name(anchor.span) == name) {
        return error
            .with_label(anchor.span, "the anchor is defined only here")
            .with_help("define an anchor above its first use");
    }
    let above = anchors.filter(|anchor| anchor.span.start < span.start);
    let near = above
        .map(|anchor| (anchor, document.anchor_name(anchor.span)))
        .filter(|(_, other)| other.len() <= 2 * name.len() + 8)
        .map(|(anchor, other)| (strsim::damerau_levenshtein(name, other), anchor.span, other))
        .filter(|(distance, _, _)| *distance <= name.chars().count().div_ceil(3).max(1))
        .min_by_key(|(distance, span, _)| (*distance, span.start));
    match near {
        Some((_, anchor, other)) => error
            .with_label(anchor, "a similar anchor")
            .with_help(format!("did you mean `*{other}`?")),
        None => error.with_help("an anchor must stand in the same file, above its use"),
    }
}

fn cycle(document: &Document, alias: NodeId, target: NodeId) -> SyntaxError {
    let span = document.span(alias);
    let message = format!(
        "the alias {} stands inside the value it names",
        shown(span.text(document.text()))
    );
    let anchor = document
        .anchor(target)
        .map_or(Span::empty(span.start), |(_, anchor)| anchor);
    SyntaxError::new("alias-cycle", span, message)
        .with_label(anchor, "the value that is named begins here")
        .with_help("move what both need into an anchor of its own above")
}

/// The first alias with which the document grows past the limit.
///
/// A node's descendants are the nodes behind it up to its end, and an alias stands behind the whole of what
/// it names, so running totals are all that is needed.
fn expansion(document: &Document) -> Option<SyntaxError> {
    let count = document.nodes.len();
    let mut ends: Vec<usize> = (1..=count).collect();
    for index in (0..count).rev() {
        if let Some(parent) = document.nodes[index].parent {
            ends[parent.index()] = ends[parent.index()].max(ends[index]);
        }
    }
    // How many values the nodes before this one expand to.
    let mut totals: Vec<u64> = Vec::with_capacity(count + 1);
    totals.push(0);
    for (index, node) in document.nodes.iter().enumerate() {
        let values = match node.repr {
            Repr::Alias {
                target: Some(target),
                cyclic: false,
            } => totals[ends[target.index()]] - totals[target.index()],
            _ => 1,
        };
        let total = totals[index].saturating_add(values);
        if total > MAX_EXPANDED {
            let span = document.span(NodeId(offset(index)));
            let message = format!("aliases make more than {MAX_EXPANDED} values of this document");
            let error = SyntaxError::new("alias-expansion-limit", span, message);
            return Some(error.with_help("no Compose file needs aliases of aliases this often"));
        }
        totals.push(total);
    }
    None
}
