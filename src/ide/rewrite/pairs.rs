//! Keys and values: a list of `KEY=VALUE` as a mapping, and back.

use super::{Here, Rewrite, scalar};
use crate::text::{Edit, Span};
use crate::yaml::{Kind as YamlKind, NodeId, Resolved};

/// Whether keys lead to pairs that may be written in both ways, and whether one without a value has a meaning there.
fn are_pairs(keys: &[&str]) -> Option<bool> {
    match keys {
        ["services" | "jobs", _, "environment"] | ["services" | "jobs", _, "build", "args"] => {
            Some(true)
        }
        ["services" | "jobs", _, "labels" | "annotations" | "sysctls"]
        | ["services" | "jobs", _, "build" | "deploy", "labels"]
        | ["networks" | "volumes" | "secrets" | "configs", _, "labels"] => Some(false),
        _ => None,
    }
}

/// The pairs of a node as a mapping or a list, whichever they are not.
pub(super) fn rewrite(here: &Here<'_>, id: NodeId) -> Option<Rewrite> {
    let keys = here.keys(id)?;
    let may_be_bare = are_pairs(&keys)?;
    let name = keys.last()?;
    if here.yaml.tag(id).is_some() || here.yaml.anchor(id).is_some() {
        return None;
    }
    let (edits, what) = match here.yaml.kind(id) {
        YamlKind::Sequence(items) if !items.is_empty() => {
            (as_mapping(here, id, items, may_be_bare)?, "a mapping")
        }
        YamlKind::Mapping(entries) if !entries.is_empty() => {
            (as_list(here, id, may_be_bare)?, "a list")
        }
        _ => return None,
    };
    Some(Rewrite {
        title: format!("Write `{name}` as {what}"),
        is_extraction: false,
        edits,
    })
}

/// The edits of the brackets around a collection.
fn brackets(here: &Here<'_>, id: NodeId, open: &str, close: &str) -> Vec<Edit> {
    let span = here.yaml.span(id);
    match here.is_flow(id) {
        true => vec![
            Edit::replace(Span::new(span.start, span.start + 1), open),
            Edit::replace(Span::new(span.end - 1, span.end), close),
        ],
        false => Vec::new(),
    }
}

fn as_mapping(
    here: &Here<'_>,
    id: NodeId,
    items: &[NodeId],
    may_be_bare: bool,
) -> Option<Vec<Edit>> {
    let mut edits = brackets(here, id, "{", "}");
    let key = here.yaml.key_of(id)?;
    let outer = here.column(here.yaml.full_span(key).start);
    let mut known: Vec<&str> = Vec::new();
    for item in items {
        let text = here.plain_text(*item)?;
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        let is_name = !name.is_empty() && !name.contains(['$', ' ', '\t']);
        if !is_name || known.contains(&name) || value.is_none() && !may_be_bare {
            return None;
        }
        known.push(name);
        let value = value.map_or(String::new(), |value| format!(" {}", scalar(value)));
        let mut entry = format!("{}:{value}", scalar(name));
        let mut span = here.yaml.full_span(*item);
        if here.is_flow(id) {
            // Without a blank the colon would belong to the name.
            if value.is_empty() {
                entry.push(' ');
            }
        } else {
            let before = here.text.get(..span.start as usize)?;
            let dash = before.trim_end_matches(' ').strip_suffix('-')?.len();
            span = Span::from_range(dash..span.end as usize);
            if here.column(span.start)? <= outer? {
                entry.insert_str(0, "  ");
            }
        }
        edits.push(Edit::replace(span, entry));
    }
    Some(edits)
}

fn as_list(here: &Here<'_>, id: NodeId, may_be_bare: bool) -> Option<Vec<Edit>> {
    let mut edits = brackets(here, id, "[", "]");
    for entry in here.yaml.entries(id) {
        let name = here.plain_text(entry.key)?;
        if name.is_empty() || name == "<<" || name.contains(['$', '=', ' ', '\t']) {
            return None;
        }
        let value = here.plain_text(entry.value)?;
        let YamlKind::Scalar(written) = here.yaml.kind(entry.value) else {
            return None;
        };
        if written.is_timestamp() {
            return None;
        }
        let item = match written.resolve() {
            Resolved::Null if may_be_bare => scalar(name),
            Resolved::Null | Resolved::Float(_) => return None,
            Resolved::Int(number) if number.to_string() != value => return None,
            Resolved::Bool(_) | Resolved::Int(_) | Resolved::Str => {
                scalar(&format!("{name}={value}"))
            }
        };
        let span = here.yaml.entry_span(*entry);
        let dash = if here.is_flow(id) { "" } else { "- " };
        edits.push(Edit::replace(span, format!("{dash}{item}")));
    }
    Some(edits)
}
