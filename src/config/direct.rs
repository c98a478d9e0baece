//! The configuration of hadolint as a configuration, without a file of ours in between.

use std::path::Path;
use std::sync::Arc;

use super::discover::ConfigError;
use super::extends::{Extending, home, parse, shown};
use super::layer::{Sheet, Written};
use super::peers::{self, Carried, Peer, render};
use crate::diagnostic::SyntaxError;
use crate::text::{SourceFile, Span, order};
use crate::yaml::{self, Document, NodeId};

impl Extending<'_> {
    /// The sheet of another tool's file. What has no counterpart is told in `notes`.
    pub(super) fn read_peer(
        &mut self,
        peer: Peer,
        path: &Path,
        notes: &mut Vec<String>,
    ) -> Option<Vec<Sheet>> {
        let source = self.source(path)?;
        let name = source.display_path();
        if peer != Peer::Hadolint {
            let message = format!(
                "{name} is a configuration of {}; `dockworthy migrate` makes a dockworthy.yaml of it",
                peer.as_str()
            );
            self.errors.push(ConfigError::of_file(shown(path), message));
            return None;
        }
        let carried = self.carry(path, &source)?;
        let document = yaml::parse(&source.text)
            .tree
            .documents
            .into_iter()
            .next()?;
        for (key, why) in &carried.left {
            let line = source.lines.line(locate(&document, key).start) + 1;
            notes.push(format!("{name}:{line}: `{key}` has no counterpart: {why}"));
        }
        let rendered = render(&[(name.clone(), carried.clone())]);
        let (mut layer, faults) = parse(&Arc::from(rendered.text), &home(path), self.rules);
        if let Some(fault) = faults.first() {
            let message = format!("{name}: cannot be carried over: {}", fault.message);
            self.errors.push(ConfigError::of_file(shown(path), message));
            return None;
        }
        layer.relocate(|key| {
            let from = carried.entries.iter().find(|entry| {
                let path = entry.path.join(".");
                path == key
                    || path
                        .strip_prefix(key)
                        .is_some_and(|rest| rest.starts_with('.'))
            });
            from.map_or(Span::empty(0), |entry| locate(&document, &entry.from))
        });
        Some(vec![Sheet::File(Arc::new(Written {
            path: path.into(),
            layer,
            lines: source.lines.clone(),
        }))])
    }

    /// What the file says, if hadolint would understand it.
    fn carry(&mut self, path: &Path, source: &SourceFile) -> Option<Carried> {
        let parsed = yaml::parse(&source.text);
        let mut faults = parsed.errors;
        let mut carried = None;
        if faults.is_empty() {
            match peers::read(Peer::Hadolint, path, &source.text, self.rules) {
                Ok(read) => carried = read,
                Err(message) => {
                    faults.push(SyntaxError::new("invalid-config", Span::empty(0), message))
                }
            }
        }
        let document = parsed.tree.documents.first()?;
        for (key, why) in carried.iter().flat_map(|carried| &carried.faults) {
            let message = format!("`{key}` {why}");
            faults.push(SyntaxError::new(
                "invalid-config",
                locate(document, key),
                message,
            ));
        }
        if faults.is_empty() {
            return carried;
        }
        order::sort_by_key(&mut faults, |fault| fault.span);
        self.errors.extend(
            faults
                .into_iter()
                .map(|fault| ConfigError::at(source, fault)),
        );
        None
    }
}

/// The place of a value, by its key with dots between the parts; of what holds it where there is none.
fn locate(document: &Document, key: &str) -> Span {
    let Some(root) = document.root else {
        return Span::empty(0);
    };
    let mut best = Span::empty(0);
    let mut node = root;
    // What is named there does not help to find it.
    let mut rest = key.split(" (").next().unwrap_or_default();
    while let Some((next, behind)) = step(document, node, rest) {
        best = document.span(next);
        node = next;
        rest = behind;
    }
    best
}

/// The value below a node that a key leads to, and the rest of the key.
fn step<'k>(document: &Document, node: NodeId, key: &'k str) -> Option<(NodeId, &'k str)> {
    if key.is_empty() {
        return None;
    }
    let node = document.resolve(node);
    if document.is_sequence(node) {
        let (number, rest) = key.split_once('.').unwrap_or((key, ""));
        let item = document.items(node).get(number.parse::<usize>().ok()?)?;
        return Some((*item, rest));
    }
    document.entries(node).iter().find_map(|entry| {
        let rest = key.strip_prefix(document.as_str(entry.key)?)?;
        let rest = rest.strip_prefix('.').or(rest.is_empty().then_some(""))?;
        Some((entry.value, rest))
    })
}
