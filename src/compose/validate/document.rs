//! The document as a whole: empty, not a mapping, the old format without `services`; and what counts
//! anywhere in it, also in what Compose ignores: keys that are no text, and malformed variables.

use super::{Place, Validator};
use crate::compose::interpolate;
use crate::compose::schema;
use crate::diagnostic::{Applicability, Fix, Severity, SyntaxError};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};
use crate::yaml::node::CoreTag;
use crate::yaml::{self, CollectionStyle, Entry, Kind, NodeId, Resolved, Tag, Yaml};

/// Keys in which a dollar that Compose must not touch is usual.
const LITERAL_KEYS: &[&str] = &[
    "annotations",
    "command",
    "content",
    "dockerfile_inline",
    "entrypoint",
    "healthcheck",
    "labels",
];

/// Tags of Compose (compose-go `loader/reset.go`, `override/merge.go`).
const COMPOSE_TAGS: &[&str] = &["!override", "!reset"];

/// How many malformed variables of one text are reported.
const MAX_ERRORS_IN_TEXT: usize = 10;

/// Reports a file without any content.
pub(super) fn is_empty(yaml: &Yaml, errors: &mut Vec<SyntaxError>) -> bool {
    let empty = yaml
        .documents
        .iter()
        .all(|document| document.root.is_none());
    if empty && yaml.skipped.is_empty() {
        let error = SyntaxError::new("empty-compose-file", Span::empty(0), "file is empty");
        errors.push(error.with_help("declare at least one service under `services`"));
    }
    empty
}

impl Validator<'_> {
    pub(super) fn document(&mut self) {
        self.every_node();
        let Some(root) = self.document.root else {
            if !self.damaged() {
                let span = Span::empty(self.document.span.start);
                let message = "document behind `---` is empty";
                let error = SyntaxError::new("top-level-not-mapping", span, message);
                self.push(error.with_help("remove the `---`"));
            }
            return;
        };
        let target = self.document.resolve(root);
        if !self.document.is_mapping(target) {
            if !self.damaged() {
                let found = match self.document.kind(target) {
                    Kind::Scalar(scalar) if scalar.resolve() == Resolved::Null => "empty",
                    kind => super::scalar::found(kind),
                };
                let message = format!("file must be a mapping, not {found}");
                let span = first_line(self.document.text(), self.document.span(root));
                self.error("top-level-not-mapping", span, message);
            }
            return;
        }
        if !self.damaged() && self.legacy(target) {
            return;
        }
        let place = Place {
            name: "file",
            item: false,
            owner: self.document.span,
            entry: None,
            around: &[],
            quiet: false,
        };
        self.object(target, &schema::FILE, &place);
    }

    fn damaged(&self) -> bool {
        !self.skipped.is_empty()
    }

    /// Keys and variables of all nodes.
    fn every_node(&mut self) {
        for node in self.document.ids() {
            if let Some(tag) = self.document.tag(node)
                && tag.core == CoreTag::Other
                && !COMPOSE_TAGS.contains(&tag.text)
            {
                self.unknown_tag(tag);
            }
            match (self.document.kind(node), self.document.place(node)) {
                (kind, yaml::Place::Key(_)) => self.key(node, kind),
                (Kind::Scalar(scalar), _) if scalar.value.contains('$') => self.variables(node),
                _ => {}
            }
        }
    }

    /// Compose passes over tags that it does not know.
    fn unknown_tag(&mut self, tag: Tag<'_>) {
        let message = format!(
            "nobody knows the tag `{}`, so that it does nothing",
            excerpt(tag.text)
        );
        let mut error = SyntaxError::new("unknown-yaml-tag", tag.span, message)
            .with_severity(Severity::Warning);
        let name = tag.text.to_ascii_lowercase();
        let near = COMPOSE_TAGS
            .iter()
            .find(|known| name.len() < 32 && strsim::damerau_levenshtein(known, &name) <= 2);
        error = match near {
            Some(known) => error.with_help(format!("did you mean `{known}`?")),
            None => error.with_help("remove it"),
        };
        self.remarks.push(error);
    }

    /// Only text is a key.
    fn key(&mut self, node: NodeId, kind: Kind<'_>) {
        let span = self.document.full_span(node);
        let scalar = match kind {
            Kind::Scalar(scalar) => scalar,
            Kind::Alias(_) => match self.document.scalar(node) {
                Some(scalar) => scalar,
                None => return,
            },
            Kind::Sequence(_) | Kind::Mapping(_) => {
                let message = format!("key is {}, not a string", super::scalar::found(kind));
                let span = first_line(self.document.text(), span);
                return self.error("non-string-key", span, message);
            }
        };
        if self.document.is_merge_key(node) {
            return self.merge_source(node);
        }
        let found = match scalar.resolve() {
            Resolved::Str if scalar.is_timestamp() => "a date",
            Resolved::Str => return,
            Resolved::Null if self.damaged() => return,
            Resolved::Null => "empty",
            _ => super::scalar::found(kind),
        };
        let message = format!("key `{}` is {found}, not a string", excerpt(scalar.value));
        let mut error = SyntaxError::new("non-string-key", span, message);
        if !scalar.value.is_empty() && self.document.span(node) == span {
            let quoted = format!("\"{}\"", scalar.value);
            let edits = vec![self.replace(node, &quoted)];
            error = error
                .with_help(format!("write `{}`", excerpt(&quoted)))
                .with_fix(Fix::new("quote the key", Applicability::Safe, edits));
        }
        self.push(error);
    }

    /// What `<<` merges has to be a mapping, or a list of mappings.
    fn merge_source(&mut self, key: NodeId) {
        let yaml::Place::Key(index) = self.document.place(key) else {
            return;
        };
        let entries = self
            .document
            .parent(key)
            .map(|id| self.document.entries(id));
        let Some(entry) = entries
            .and_then(|entries| entries.get(index as usize))
            .copied()
        else {
            return;
        };
        let value = self.document.resolve(entry.value);
        let wrong = |node: NodeId| {
            let target = self.document.resolve(node);
            let mergeable = self.document.is_mapping(target) || self.is_unresolved(target);
            (!mergeable).then_some((node, target))
        };
        let found = match self.document.kind(value) {
            Kind::Sequence(items) => items.iter().find_map(|item| wrong(*item)),
            _ => wrong(entry.value),
        };
        if let Some((node, target)) = found
            && !self.damaged()
        {
            let found = super::scalar::found(self.document.kind(target));
            let message = format!("`<<` must be a mapping or a list of mappings, not {found}");
            let span = first_line(self.document.text(), self.document.full_span(node));
            let span = if span.is_empty() {
                self.document.span(key)
            } else {
                span
            };
            self.error("invalid-type", span, message);
        }
    }

    /// Whether the node is an alias that leads nowhere, which is YAML's own error.
    fn is_unresolved(&self, node: NodeId) -> bool {
        matches!(self.document.kind(node), Kind::Alias(_))
    }

    /// References to variables that Compose refuses.
    fn variables(&mut self, node: NodeId) {
        let Some(cooked) = self.document.cooked(node) else {
            return;
        };
        let errors = interpolate::errors(&cooked);
        if errors.is_empty() {
            return;
        }
        let literal = self.document.ancestors(node).any(|ancestor| {
            let key = self.document.key_of(ancestor);
            key.and_then(|key| self.document.as_str(key))
                .is_some_and(|key| LITERAL_KEYS.contains(&key))
        });
        for (span, _, message) in errors.into_iter().take(MAX_ERRORS_IN_TEXT) {
            let mut error = SyntaxError::new("invalid-interpolation", span, message)
                .with_help("write `$$` for a dollar that Compose must leave alone");
            if literal {
                let edits = vec![Edit::insert(span.start, "$")];
                error = error.with_fix(Fix::new("double the `$`", Applicability::Safe, edits));
            }
            self.push(error);
        }
    }

    /// The first file format had services at the top level. One finding says so for all of them.
    fn legacy(&mut self, root: NodeId) -> bool {
        let entries = self.document.entries(root);
        let name = |entry: &Entry| self.document.as_str(entry.key).unwrap_or_default();
        let mut services: Vec<Entry> = Vec::new();
        for entry in entries {
            if matches!(name(entry), "services" | "include" | "jobs") {
                return false;
            }
            if schema::FILE.key(name(entry)).is_some() || name(entry).starts_with("x-") {
                continue;
            }
            if !self.is_service_like(entry.value) {
                return false;
            }
            services.push(*entry);
        }
        let Some(first) = services.first() else {
            return false;
        };
        let span = self.document.span(first.key);
        let message = "services stand at the top level, as in the first file format";
        let mut error = SyntaxError::new("legacy-v1-file", span, message)
            .with_help("put them under `services:`, indented");
        if let Some(edits) = self.indent(root, &services) {
            let title = "indent under `services:`";
            error = error.with_fix(Fix::new(title, Applicability::Unsafe, edits));
        }
        self.push(error);
        true
    }

    /// Puts entries that follow each other under `services:`.
    fn indent(&self, root: NodeId, services: &[Entry]) -> Option<Vec<Edit>> {
        let all = self.document.entries(root);
        let first = services.first()?;
        let start = all.iter().position(|entry| entry == first)?;
        let together = all.get(start..start + services.len())? == services;
        let block = self.document.collection_style(root) == Some(CollectionStyle::Block);
        let text = self.document.text();
        let from = self.document.full_span(first.key).start;
        let to = self.document.entry_span(*services.last()?).end;
        let at_line_start = matches!(
            Span::new(0, from).text(text).chars().last(),
            None | Some('\n')
        );
        if !together || !block || !at_line_start {
            return None;
        }
        let mut edits = vec![Edit::insert(from, "services:\n  ")];
        let body = Span::new(from, to).text(text);
        for (at, _) in body.match_indices('\n') {
            let next = from + crate::text::span::offset(at + 1);
            let rest = text.get(next as usize..).unwrap_or_default();
            if next < to && !rest.starts_with(['\n', '\r']) {
                edits.push(Edit::insert(next, "  "));
            }
        }
        Some(edits)
    }
}

fn first_line(text: &str, span: Span) -> Span {
    let line = span.text(text).lines().next().unwrap_or_default();
    Span::new(
        span.start,
        span.start + crate::text::span::offset(line.len()),
    )
}
