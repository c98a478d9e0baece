//! Anchors of YAML and their aliases.
//!
//! An alias means the nearest anchor of its name before it. Compose also finds one of an earlier document.

use std::collections::HashMap;

use super::occurrence::{Entity, Form, NameKind, Names, Occurrence, Part, Role};
use crate::text::Span;
use crate::text::span::offset;
use crate::yaml::{Document, Kind, NodeId, Yaml};

/// Reads the anchors and aliases of all documents.
pub(super) fn read(yaml: &Yaml, names: &mut Names<'_>) {
    // The last anchor of each name in the documents so far.
    let mut earlier: HashMap<&str, (usize, Span)> = HashMap::new();
    for (number, document) in yaml.documents.iter().enumerate() {
        let mut by_node: HashMap<NodeId, (usize, Span)> = HashMap::new();
        for (index, anchor) in document.anchors.iter().enumerate() {
            let span = behind_sign(anchor.span);
            let Some(name) = names.text.get(span.range()) else {
                continue;
            };
            let entity = names.entity(Entity {
                kind: NameKind::Anchor,
                part: Part::Document(offset(number)),
                number: offset(index),
                name: name.into(),
            });
            names.declare(entity, span, document.full_span(anchor.node));
            by_node.insert(anchor.node, (entity, span));
        }
        aliases(document, &by_node, &earlier, names);
        for anchor in &document.anchors {
            if let Some((name, _)) = document.anchor(anchor.node)
                && let Some(known) = by_node.get(&anchor.node)
            {
                earlier.insert(name, *known);
            }
        }
    }
}

fn aliases(
    document: &Document,
    by_node: &HashMap<NodeId, (usize, Span)>,
    earlier: &HashMap<&str, (usize, Span)>,
    names: &mut Names<'_>,
) {
    for node in document.ids() {
        let Kind::Alias(alias) = document.kind(node) else {
            continue;
        };
        let meant = match alias.target {
            Some(target) => by_node.get(&target),
            None => earlier.get(alias.name),
        };
        if let Some((entity, declared)) = meant {
            let span = behind_sign(document.span(node));
            names.add(Occurrence {
                span,
                entity: *entity,
                role: Role::Use,
                form: Form::Exact,
                full: span,
                leads: Some(*declared),
            });
        }
    }
}

/// A name without its `&` or `*`.
fn behind_sign(span: Span) -> Span {
    Span::new((span.start + 1).min(span.end), span.end)
}
