//! `dockworthy.yaml`: from its text to [`Settings`], with every fault at its exact place.
//!
//! The file is read through our own YAML tree rather than a deserialiser, because a deserialiser does not
//! know where an unknown rule or a wrong option stands. Finding the file is `discover`'s work.
//!
//! Invariant: a configuration with a fault is never used in part; there is no silent default.

pub mod discover;
pub mod schema;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::{Severity, SyntaxError};
use crate::engine::meta::{self, Preset, Rule, RuleMeta, Shared};
use crate::engine::settings::{Level, RuleSetting, Settings};
use crate::text::Span;
use crate::workspace::discover::Exclude;
use crate::yaml::{self, Document, Kind, NodeId, Resolved};

/// The keys of the file, in the order of the documentation, with what each does.
pub const KEYS: [(&str, &str); 8] = [
    ("presets", "named sets of rules; `recommended` when absent"),
    ("rules", "a level for a rule, or a level and options"),
    (
        "registries",
        "registries that images may (`allow`) or must not (`deny`) come from",
    ),
    (
        "images",
        "images that may (`allow`) or must not (`deny`) be used",
    ),
    (
        "downloads",
        "hosts that may (`allow`) or must not (`deny`) be downloaded from",
    ),
    (
        "labels",
        "labels of an image and what their values are; a `?` behind the type makes a label optional",
    ),
    (
        "exclude",
        "globs of files and folders that are not looked into, relative to this file",
    ),
    (
        "fail-on",
        "the least severity that fails a run: error, warning, info or never",
    ),
];

/// A configuration as one file says it.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The file; `None` for the defaults.
    pub path: Option<PathBuf>,
    /// What is configured for rules.
    pub settings: Settings,
    /// What is not looked into.
    pub exclude: Option<Exclude>,
    /// The least severity that fails a run, where it is given.
    pub fail_on: Option<FailOn>,
}

impl Config {
    /// Whether a file that a walk met is left out.
    pub fn excludes(&self, path: &Path) -> bool {
        self.exclude
            .as_ref()
            .is_some_and(|exclude| exclude.matches_file(path))
    }
}

/// The least severity that fails a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FailOn {
    /// No finding does.
    Never,
    /// Findings of this severity and above.
    AtLeast(Severity),
}

impl FailOn {
    /// The threshold that a word names.
    pub fn parse(word: &str) -> Option<FailOn> {
        if word == "never" {
            Some(FailOn::Never)
        } else {
            Severity::parse(word).map(FailOn::AtLeast)
        }
    }

    /// Whether a finding of this severity fails a run.
    pub fn fails(self, severity: Severity) -> bool {
        matches!(self, FailOn::AtLeast(least) if severity >= least)
    }
}

/// Reads a configuration. Its patterns mean paths below `folder`.
///
/// # Errors
/// All faults of the file, in its order; their rule is `invalid-config`.
pub fn parse(
    text: &Arc<str>,
    folder: &Path,
    rules: &'static [Rule],
) -> Result<Config, Vec<SyntaxError>> {
    let parsed = yaml::parse(text);
    let mut reader = Reader {
        rules,
        folder,
        errors: Vec::new(),
    };
    for error in parsed.errors {
        reader.errors.push(SyntaxError {
            rule: "invalid-config",
            ..error
        });
    }
    let mut config = Config::default();
    if let Some(extra) = parsed.tree.documents.get(1) {
        let at = Span::empty(extra.span.start);
        reader.error(
            at,
            "a configuration is one YAML document, and a second begins here",
        );
    }
    if let Some(document) = parsed.tree.documents.first()
        && let Some(root) = document.root
    {
        reader.file(document, root, &mut config);
    }
    if reader.errors.is_empty() {
        return Ok(config);
    }
    reader.errors.sort_by_key(|error| error.span);
    Err(reader.errors)
}

struct Reader<'f> {
    rules: &'static [Rule],
    folder: &'f Path,
    errors: Vec<SyntaxError>,
}

impl Reader<'_> {
    fn error(&mut self, at: Span, message: impl Into<String>) -> &mut SyntaxError {
        self.errors
            .push(SyntaxError::new("invalid-config", at, message));
        let last = self.errors.len() - 1;
        &mut self.errors[last]
    }

    fn unknown<'c>(
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

    fn file(&mut self, document: &Document, root: NodeId, config: &mut Config) {
        let Some(entries) = self.mapping(document, root, "the configuration") else {
            return;
        };
        for (key, at, value) in entries {
            match key.as_str() {
                "presets" => self.presets(document, value, config),
                "rules" => self.rules(document, value, config),
                "registries" | "images" | "downloads" | "labels" => {
                    self.shared(document, &key, at, value, config);
                }
                "exclude" => self.exclude(document, value, config),
                "fail-on" => {
                    let word = document.as_str(value).unwrap_or_default();
                    config.fail_on = FailOn::parse(word);
                    if config.fail_on.is_none() {
                        let message = "`fail-on` takes `error`, `warning`, `info` or `never`";
                        self.error(self.place(document, value, at), message);
                    }
                }
                _ => self.unknown(at, "the key", &key, KEYS.iter().map(|(key, _)| *key)),
            }
        }
    }

    fn presets(&mut self, document: &Document, node: NodeId, config: &mut Config) {
        config.settings.presets.clear();
        for (word, at) in self.strings(document, node, "`presets`") {
            match Preset::parse(&word) {
                Some(preset) => config.settings.presets.push(preset),
                None => self.unknown(
                    at,
                    "the preset",
                    &word,
                    Preset::ALL.iter().map(|p| p.as_str()),
                ),
            }
        }
    }

    /// Reads a key at the top that fills options of several rules.
    fn shared(
        &mut self,
        document: &Document,
        key: &str,
        at: Span,
        node: NodeId,
        config: &mut Config,
    ) {
        let below = |shared: &Shared| shared.path().0 == key;
        if let Some(shared) = Shared::ALL
            .into_iter()
            .find(|shared| shared.path() == (key, None))
        {
            self.shared_value(document, key, at, node, shared, config);
            return;
        }
        for (name, at, value) in self
            .mapping(document, node, &format!("`{key}`"))
            .unwrap_or_default()
        {
            let known = Shared::ALL.into_iter().filter(below);
            match known.clone().find(|shared| shared.path().1 == Some(&name)) {
                Some(shared) => self.shared_value(document, &name, at, value, shared, config),
                None => {
                    let names = known.filter_map(|shared| shared.path().1);
                    self.unknown(at, &format!("in `{key}` the key"), &name, names);
                }
            }
        }
    }

    fn shared_value(
        &mut self,
        document: &Document,
        name: &str,
        at: Span,
        node: NodeId,
        shared: Shared,
        config: &mut Config,
    ) {
        match to_json(document, node, 0).filter(|value| shared.kind().accepts(value)) {
            Some(value) => {
                config.settings.shared.insert(shared, value);
            }
            None => {
                let message = format!("`{name}` takes {}", shared.kind().describe());
                self.error(self.place(document, node, at), message);
            }
        }
    }

    fn exclude(&mut self, document: &Document, node: NodeId, config: &mut Config) {
        let patterns = self.strings(document, node, "`exclude`");
        for (pattern, at) in &patterns {
            if let Err(error) = Exclude::new(self.folder, [pattern.as_str()]) {
                self.error(*at, error);
            }
        }
        // Each pattern was tried above and has its own error.
        config.exclude = Exclude::new(
            self.folder,
            patterns.iter().map(|(pattern, _)| pattern.as_str()),
        )
        .ok();
    }

    fn rules(&mut self, document: &Document, node: NodeId, config: &mut Config) {
        let Some(entries) = self.mapping(document, node, "`rules`") else {
            return;
        };
        for (name, at, value) in entries {
            let Some(rule) = meta::find(self.rules, &name) else {
                let help = match meta::nearest(self.rules, &name) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => "`dockworthy rules` lists all rules".to_owned(),
                };
                self.error(at, format!("the rule `{name}` is unknown")).help = Some(help);
                continue;
            };
            let setting = self.rule(document, &rule.meta, value, at);
            if config
                .settings
                .rules
                .insert(rule.meta.id, setting)
                .is_some()
            {
                let message = format!("`{name}` configures `{}` a second time", rule.meta.id);
                self.error(at, message);
            }
        }
    }

    fn rule(
        &mut self,
        document: &Document,
        rule: &RuleMeta,
        node: NodeId,
        key: Span,
    ) -> RuleSetting {
        let mut setting = RuleSetting::default();
        if !document.is_mapping(node) {
            setting.level = self.level(document, node, key);
            return setting;
        }
        for (name, at, value) in self
            .mapping(document, node, "a rule's settings")
            .unwrap_or_default()
        {
            if name == "severity" {
                setting.level = self.level(document, value, at);
                continue;
            }
            let Some(option) = rule.options.iter().find(|option| option.name == name) else {
                let names = rule.options.iter().map(|option| option.name);
                let what = format!("for `{}` the option", rule.id);
                self.unknown(at, &what, &name, std::iter::once("severity").chain(names));
                continue;
            };
            match to_json(document, value, 0).filter(|value| option.kind.accepts(value)) {
                Some(value) => {
                    setting.options.insert(name, value);
                }
                None => {
                    let message = format!("`{name}` takes {}", option.kind.describe());
                    self.error(self.place(document, value, at), message);
                }
            }
        }
        setting
    }

    fn level(&mut self, document: &Document, node: NodeId, key: Span) -> Option<Level> {
        let level = document.as_str(node).and_then(Level::parse);
        if level.is_none() {
            let at = self.place(document, node, key);
            self.error(at, "a level is `off`, `info`, `warning` or `error`");
        }
        level
    }

    /// Keys, their places and values; `None`, with an error, when the node is no mapping.
    fn mapping(
        &mut self,
        document: &Document,
        node: NodeId,
        what: &str,
    ) -> Option<Vec<(String, Span, NodeId)>> {
        if !document.is_mapping(node) {
            if document
                .scalar(node)
                .is_none_or(|scalar| scalar.resolve() != Resolved::Null)
            {
                self.error(
                    document.span(node),
                    format!("{what} must be a mapping of keys to values"),
                );
            }
            return None;
        }
        let entries = document.entries(node).iter();
        let entry = |entry: &yaml::Entry| {
            let key = document.as_str(entry.key).unwrap_or_default().to_owned();
            (key, document.span(entry.key), entry.value)
        };
        Some(entries.map(entry).collect())
    }

    /// The texts of a list, or of a single text that stands for a list of one.
    fn strings(&mut self, document: &Document, node: NodeId, what: &str) -> Vec<(String, Span)> {
        let items = match document.kind(document.resolve(node)) {
            Kind::Sequence(items) => items.to_vec(),
            _ => vec![node],
        };
        let mut texts = Vec::new();
        for item in items {
            match document
                .scalar(item)
                .filter(|scalar| scalar.resolve() == Resolved::Str)
            {
                Some(scalar) => texts.push((scalar.value.to_owned(), document.span(item))),
                None => {
                    self.error(document.span(item), format!("{what} takes a list of texts"));
                }
            }
        }
        texts
    }

    /// The place of a value, or of its key when the value is empty.
    fn place(&self, document: &Document, value: NodeId, key: Span) -> Span {
        let span = document.span(value);
        if span.is_empty() { key } else { span }
    }
}

/// How deep an option's value may be nested.
const MAX_VALUE_DEPTH: u32 = 8;

/// The value of a node as JSON; `None` when it is nested too deeply or is no value at all.
fn to_json(document: &Document, node: NodeId, depth: u32) -> Option<Value> {
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
