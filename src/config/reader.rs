//! Reads nodes of our YAML tree as what a key wants them to be, and notes each fault at its exact place.

use serde_json::Value;

use crate::diagnostic::SyntaxError;
use crate::engine::meta::{self, Rule};
use crate::text::Span;
use crate::yaml::{Document, Kind, NodeId, Resolved};

/// A document that is being read, and its faults so far.
pub(super) struct Reader<'r> {
    pub rules: &'static [Rule],
    pub document: &'r Document,
    pub errors: Vec<SyntaxError>,
}

/// A key with its value.
pub(super) struct Pair {
    pub key: String,
    /// Where the key stands.
    pub at: Span,
    pub value: NodeId,
}

/// A text and its place.
pub(super) struct Text {
    pub value: String,
    pub at: Span,
}

impl Reader<'_> {
    pub(super) fn error(&mut self, at: Span, message: impl Into<String>) -> &mut SyntaxError {
        self.errors
            .push(SyntaxError::new("invalid-config", at, message));
        let last = self.errors.len() - 1;
        &mut self.errors[last]
    }

    /// Notes that a name is none of those known.
    pub(super) fn unknown<'c>(
        &mut self,
        at: Span,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'c str> + Clone,
    ) {
        let help = match meta::nearest_of(known.clone(), name) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("known are: {}", known.collect::<Vec<_>>().join(", ")),
        };
        self.error(at, format!("{what} `{name}` is unknown")).help = Some(help);
    }

    pub(super) fn is_null(&self, node: NodeId) -> bool {
        let scalar = self.document.scalar(node);
        scalar.is_some_and(|scalar| scalar.resolve() == Resolved::Null)
    }

    /// The keys of a mapping with their values; none for nothing, and none, with an error, for what is no mapping.
    pub(super) fn mapping(&mut self, node: NodeId, what: &str) -> Vec<Pair> {
        let document = self.document;
        if !document.is_mapping(node) {
            if !self.is_null(node) {
                let message = format!("{what} must be a mapping of keys to values");
                self.error(document.span(node), message);
            }
            return Vec::new();
        }
        let mut pairs: Vec<Pair> = Vec::new();
        for entry in document.entries(node) {
            let pair = Pair {
                key: document.as_str(entry.key).unwrap_or_default().to_owned(),
                at: document.span(entry.key),
                value: entry.value,
            };
            let is_twice = pairs.iter().any(|other| other.key == pair.key);
            // The parser has told already of a key in the same spelling.
            if !is_twice {
                pairs.push(pair);
            } else if self.errors.iter().all(|error| error.span != pair.at) {
                self.error(pair.at, format!("the key `{}` is here twice", pair.key));
            }
        }
        pairs
    }

    /// The items of a list; none for nothing, and none, with an error, for what is no list.
    pub(super) fn items(&mut self, node: NodeId, what: &str) -> Vec<NodeId> {
        let document = self.document;
        match document.kind(document.resolve(node)) {
            Kind::Sequence(items) => items.to_vec(),
            _ if self.is_null(node) => Vec::new(),
            _ => {
                self.error(document.span(node), format!("{what} must be a list"));
                Vec::new()
            }
        }
    }

    /// The texts of a list, or of a single text that stands for a list of one.
    pub(super) fn strings(&mut self, node: NodeId, at: Span, what: &str) -> Vec<Text> {
        let document = self.document;
        let items = match document.kind(document.resolve(node)) {
            Kind::Sequence(items) => items.to_vec(),
            _ => vec![node],
        };
        let mut texts = Vec::new();
        for item in items {
            match self.string(item) {
                Some(text) => texts.push(text),
                None => {
                    let at = self.place(item, at);
                    self.error(at, format!("{what} takes a list of texts"));
                }
            }
        }
        texts
    }

    /// The text of a node, if it is one.
    pub(super) fn string(&self, node: NodeId) -> Option<Text> {
        let scalar = self.document.scalar(node)?;
        let is_text = scalar.resolve() == Resolved::Str;
        is_text.then(|| Text {
            value: scalar.value.to_owned(),
            at: self.document.span(node),
        })
    }

    /// The text of a node; an error where it is none.
    pub(super) fn text(&mut self, pair: &Pair) -> Option<Text> {
        let text = self.string(pair.value);
        if text.is_none() {
            let at = self.place(pair.value, pair.at);
            self.error(at, format!("`{}` takes a text", pair.key));
        }
        text
    }

    /// `true` or `false`; an error where it is neither.
    pub(super) fn boolean(&mut self, pair: &Pair) -> Option<bool> {
        let value = self.document.scalar(pair.value);
        if let Some(Resolved::Bool(value)) = value.map(|scalar| scalar.resolve()) {
            return Some(value);
        }
        let at = self.place(pair.value, pair.at);
        self.error(at, format!("`{}` takes `true` or `false`", pair.key));
        None
    }

    /// The place of a value, or of its key when the value is empty.
    pub(super) fn place(&self, value: NodeId, key: Span) -> Span {
        let span = self.document.span(value);
        if span.is_empty() { key } else { span }
    }

    /// The value of a node as JSON; `None` when it is nested too deeply or is no value at all.
    pub(super) fn json(&self, node: NodeId) -> Option<Value> {
        to_json(self.document, node, 0)
    }
}

/// How deep a value may be nested.
const MAX_VALUE_DEPTH: u32 = 16;

/// The value of a node as JSON; `None` when it is nested too deeply or is no value at all.
pub(super) fn to_json(document: &Document, node: NodeId, depth: u32) -> Option<Value> {
    if depth > MAX_VALUE_DEPTH {
        return None;
    }
    let node = document.resolve(node);
    match document.kind(node) {
        Kind::Scalar(scalar) => Some(match scalar.resolve() {
            Resolved::Null => Value::Null,
            Resolved::Bool(value) => value.into(),
            Resolved::Int(value) => i64::try_from(value).ok()?.into(),
            Resolved::Float(value) => serde_json::Number::from_f64(value)?.into(),
            Resolved::Str => scalar.value.into(),
        }),
        Kind::Sequence(items) => items
            .iter()
            .map(|item| to_json(document, *item, depth + 1))
            .collect(),
        Kind::Mapping(_) => {
            let mut values = serde_json::Map::new();
            for entry in document.entries(node) {
                let key = document.as_str(entry.key)?.to_owned();
                values.insert(key, to_json(document, entry.value, depth + 1)?);
            }
            Some(Value::Object(values))
        }
        Kind::Alias(_) => None,
    }
}
