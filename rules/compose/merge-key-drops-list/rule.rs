//! Flags lists and mappings that replace what a merge key brings under the same key.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::yaml::{Document, Entry, NodeId, Yaml};

/// How many entries of merged mappings are looked at in a file.
const MAX_ENTRIES: usize = 100_000;

/// Keys whose loss makes a container weaker or unlimited.
const HARDENING: [&str; 6] = [
    "cap_drop",
    "deploy",
    "logging",
    "networks",
    "security_opt",
    "ulimits",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.yaml(check);
}

fn check(yaml: &Yaml, cx: &mut Context<'_, ()>) {
    let mut left = MAX_ENTRIES;
    for document in yaml.documents.iter().filter(|one| !one.anchors.is_empty()) {
        for node in document.ids() {
            if document.resolve(node) == node && document.is_mapping(node) {
                mapping(document, node, &mut left, cx);
            }
        }
    }
}

fn mapping(document: &Document, node: NodeId, left: &mut usize, cx: &mut Context<'_, ()>) {
    let entries = document.entries(node);
    let (merges, own): (Vec<Entry>, Vec<Entry>) = entries
        .iter()
        .partition(|entry| document.is_merge_key(entry.key));
    if merges.is_empty() {
        return;
    }
    let mut brought: HashMap<&str, Entry> = HashMap::new();
    for merge in merges {
        let list = document.items(merge.value);
        let sources = if document.is_sequence(merge.value) {
            list
        } else {
            std::slice::from_ref(&merge.value)
        };
        for source in sources {
            let merged = document.merged(*source).entries;
            *left = left.saturating_sub(merged.len());
            if *left == 0 {
                return;
            }
            for one in merged {
                if let Some(name) = document.as_str(one.entry.key) {
                    brought.entry(name).or_insert(one.entry);
                }
            }
        }
    }
    for entry in own {
        let Some(name) = document.as_str(entry.key) else {
            continue;
        };
        let Some(other) = brought.get(name) else {
            continue;
        };
        if document.tag(entry.value).is_some() || !loses(document, entry.value, other.value) {
            continue;
        }
        let message = format!("this replaces `{}` of the merged mapping", excerpt(name));
        let finding = cx.report(document.span(entry.key), message);
        finding
            .label(document.span(other.key), "all of this is lost")
            .help("repeat what is still wanted, or use `extends`, which merges deeply");
        if !HARDENING.contains(&name) {
            finding.severity(Severity::Info);
        }
    }
}

/// Whether something of the other value is not in the own one. Values of different kinds are no slip.
fn loses(document: &Document, own: NodeId, other: NodeId) -> bool {
    if document.resolve(own) == document.resolve(other) {
        return false;
    }
    if document.is_mapping(own) && document.is_mapping(other) {
        let entries = document.entries(own);
        if entries.is_empty() || entries.iter().any(|entry| document.is_merge_key(entry.key)) {
            return false;
        }
        let names: HashSet<&str> = entries
            .iter()
            .filter_map(|entry| document.as_str(entry.key))
            .collect();
        let mut others = document.entries(other).iter();
        return others.any(|entry| {
            let name = document.as_str(entry.key);
            name.is_some_and(|name| !names.contains(name))
        });
    }
    if document.is_sequence(own) && document.is_sequence(other) {
        let items = document.items(own);
        let texts: HashSet<&str> = items
            .iter()
            .filter_map(|item| document.as_str(*item))
            .collect();
        let mut others = document.items(other).iter();
        return !items.is_empty()
            && others.any(|item| {
                let text = document.as_str(*item);
                text.is_some_and(|text| !texts.contains(text))
            });
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn lists_and_mappings_are_compared() {
        compose(
            "merge-key-drops-list",
            r#"
x-a: &a
  cap_drop: [ALL]
  environment: {A: "1", B: "2"}
  volumes: ["a:/a"]
  command: [a]
services:
  one:
    <<: *a
    cap_drop: ["NET_RAW"]
#   ^^^^^^^^ warning: this replaces `cap_drop`
    environment: {A: "2"}
#   ^^^^^^^^^^^ info: this replaces `environment`
    command: a
  two:
    <<: [*a]
    cap_drop: [NET_RAW, ALL]
    environment: {A: "2", B: "3"}
    volumes: []
  three:
    <<: *a
    cap_drop: !override [NET_RAW]
"#,
        );
    }
}
