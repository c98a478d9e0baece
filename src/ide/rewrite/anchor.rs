//! Anchors: what several services say alike is said once, under a name.

use super::{Here, Rewrite};
use crate::text::{Edit, Span};
use crate::yaml::{Kind as YamlKind, NodeId};

/// How deep values are compared.
const DEEPEST: usize = 32;

/// The name for a mapping that other services have word for word under the same key.
pub(super) fn rewrite(here: &Here<'_>, id: NodeId) -> Option<Rewrite> {
    let yaml = here.yaml;
    let keys = here.keys(id)?;
    let ["services", _, key] = keys[..] else {
        return None;
    };
    let is_free = yaml
        .anchors
        .iter()
        .all(|anchor| yaml.anchor(anchor.node).is_none_or(|(name, _)| name != key));
    if !yaml.is_mapping(id) || !is_free || !can_have_name(here, id) {
        return None;
    }
    let services = yaml.find(&["services"])?;
    let mut alike: Vec<NodeId> = Vec::new();
    for service in yaml.entries(services) {
        // What stands under an alias is said once already.
        if let YamlKind::Alias(_) = yaml.kind(service.value) {
            continue;
        }
        let entries = yaml.entries(service.value).iter();
        let mut own = entries.filter(|entry| yaml.as_str(entry.key) == Some(key));
        let Some(value) = own.next().map(|entry| entry.value) else {
            continue;
        };
        if yaml.is_mapping(value) && can_have_name(here, value) && are_alike(here, id, value, 0) {
            alike.push(value);
        }
    }
    let (first, others) = alike.split_first()?;
    if others.is_empty() || !alike.contains(&id) {
        return None;
    }
    let colon = |value: NodeId| {
        let end = yaml.full_span(yaml.key_of(value)?).end;
        let rest = here.text.get(end as usize..)?;
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let colon = end + crate::text::span::offset(blanks);
        rest[blanks..].starts_with(':').then_some(colon + 1)
    };
    let mut edits = vec![Edit::insert(colon(*first)?, format!(" &{key}"))];
    for other in others {
        let span = Span::new(colon(*other)?, yaml.full_span(*other).end);
        let has_comment = yaml
            .comments
            .iter()
            .any(|comment| span.contains(comment.span));
        if has_comment {
            return None;
        }
        edits.push(Edit::replace(span, format!(" *{key}")));
    }
    Some(Rewrite {
        title: format!("Give `{key}` a name, for {} services", alike.len()),
        is_extraction: true,
        edits,
    })
}

/// Whether an anchor may stand before a value, and nothing in it is named or has a tag.
fn can_have_name(here: &Here<'_>, id: NodeId) -> bool {
    let yaml = here.yaml;
    let span = yaml.full_span(id);
    let first = yaml.ids().skip(id.index());
    let mut inside = first.take_while(|inner| span.contains(yaml.full_span(*inner)));
    inside.all(|inner| {
        let is_alias = matches!(yaml.kind(inner), YamlKind::Alias(_));
        !is_alias && yaml.tag(inner).is_none() && yaml.anchor(inner).is_none()
    })
}

/// Whether two nodes are read alike, with their keys in the same order.
fn are_alike(here: &Here<'_>, one: NodeId, other: NodeId, depth: usize) -> bool {
    let yaml = here.yaml;
    if depth > DEEPEST {
        return false;
    }
    let alike = |one, other| are_alike(here, one, other, depth + 1);
    match (yaml.kind(one), yaml.kind(other)) {
        (YamlKind::Scalar(one), YamlKind::Scalar(other)) => {
            one.value == other.value && one.resolve() == other.resolve()
        }
        (YamlKind::Sequence(ones), YamlKind::Sequence(others)) => {
            let mut pairs = ones.iter().zip(others);
            ones.len() == others.len() && pairs.all(|(one, other)| alike(*one, *other))
        }
        (YamlKind::Mapping(ones), YamlKind::Mapping(others)) => {
            let mut pairs = ones.iter().zip(others);
            ones.len() == others.len()
                && pairs
                    .all(|(one, other)| alike(one.key, other.key) && alike(one.value, other.value))
        }
        _ => false,
    }
}
