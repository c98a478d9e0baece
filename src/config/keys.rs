//! The keys of `dockworthy.yaml`, one reader each.

use std::path::{Path, PathBuf};

use globset::Glob;
use semver::{Version, VersionReq};
use serde_json::Value;

use super::layer::{Base, Layer, Override, Patch};
use super::reader::{Pair, Reader, Text};
use super::{FailOn, KEYS};
use crate::diagnostic::SyntaxError;
use crate::engine::meta::{self, Preset, RuleMeta, Shared};
use crate::engine::settings::{Level, RuleSetting, Selector};
use crate::engine::suppress::configured::Ignored;
use crate::engine::suppress::dialect::is_date;
use crate::text::Span;
use crate::workspace::discover::Exclude;
use crate::workspace::fs::lexical;
use crate::yaml::NodeId;

/// The keys below `ignore:`, with what each does.
pub(super) const IGNORE_KEYS: [(&str, &str); 5] = [
    ("rules", "ids, aliases, categories, or globs over them"),
    ("files", "globs of the files; every file when absent"),
    (
        "services",
        "globs of the Compose services that a finding stands in; anywhere when absent",
    ),
    ("reason", "why"),
    (
        "until",
        "the day on which it no longer counts, as 2027-01-31",
    ),
];

/// The keys below `overrides:`, with what each does.
pub(super) const OVERRIDE_KEYS: [(&str, &str); 3] = [
    ("files", "globs of the files, relative to this file"),
    ("presets", "named sets of rules, instead of those above"),
    ("rules", "levels and options of rules"),
];

/// The keys below `compose:`, with what each does.
pub(super) const COMPOSE_KEYS: [(&str, &str); 2] = [
    (
        "files",
        "the files of a project, in their order, or a list of such lists",
    ),
    (
        "env-files",
        "the files that variables come from, instead of `.env`",
    ),
];

/// The keys below `suppressions:` that no rule reads, with what each does.
pub(super) const COMMENT_KEYS: [(&str, &str); 2] = [
    ("comments", "whether comments may suppress findings"),
    (
        "strict",
        "whether comments of hadolint count only as hadolint itself reads them",
    ),
];

impl Reader<'_> {
    /// Reads the file. Patterns and paths mean what lies below `folder`.
    pub(super) fn file(&mut self, root: NodeId, folder: &Path) -> Layer {
        let mut layer = Layer::default();
        let pairs = self.mapping(root, "the configuration");
        if let Some(pair) = pairs.iter().find(|pair| pair.key == "required-version")
            && let Some(error) = self.required_version(pair)
        {
            // Whatever else is wrong may be right in that version.
            self.errors = vec![error];
            return layer;
        }
        for pair in &pairs {
            match pair.key.as_str() {
                "required-version" => {}
                "extends" => layer.extends = self.extends(pair),
                "presets" => layer.patch.presets = Some(self.presets(pair)),
                "rules" => {
                    self.rules(pair.value, &mut layer.patch);
                    continue;
                }
                "overrides" | "ignore" => {
                    match pair.key.as_str() {
                        "ignore" => layer.ignored = self.ignore(pair, folder),
                        _ => layer.overrides = self.overrides(pair, folder),
                    }
                    let items = self.document.items(self.document.resolve(pair.value));
                    let said = items
                        .iter()
                        .map(|item| self.said(&pair.key, *item, self.document.span(*item)));
                    layer.said.extend(said);
                    continue;
                }
                "registries" | "images" | "downloads" | "labels" | "engine" | "shell" => {
                    self.shared(pair, &mut layer);
                    continue;
                }
                "suppressions" => {
                    self.suppressions(pair, &mut layer);
                    continue;
                }
                "compose" => {
                    self.compose(pair, folder, &mut layer);
                    continue;
                }
                "exclude" => layer.exclude = self.globs(pair, folder),
                "fail-on" => layer.fail_on = self.fail_on(pair),
                "baseline" => {
                    layer.baseline = self
                        .text(pair)
                        .map(|text| lexical(&folder.join(text.value)));
                }
                _ => {
                    let known = KEYS.iter().map(|(key, _)| *key);
                    self.unknown(pair.at, "the key", &pair.key, known);
                }
            }
            layer.said.push(self.said(&pair.key, pair.value, pair.at));
        }
        layer
    }

    fn said(&self, key: &str, value: NodeId, at: Span) -> (String, Value, Span) {
        (key.to_owned(), self.json(value).unwrap_or_default(), at)
    }

    fn required_version(&mut self, pair: &Pair) -> Option<SyntaxError> {
        let text = self.text(pair)?;
        let own = env!("CARGO_PKG_VERSION");
        let Ok(required) = VersionReq::parse(&text.value) else {
            let message = format!("`{}` is no version requirement", text.value);
            self.error(text.at, message).help =
                Some("write one such as `>=0.2` or `1.4`".to_owned());
            return None;
        };
        let is_met = Version::parse(own).is_ok_and(|own| required.matches(&own));
        (!is_met).then(|| {
            let message = format!(
                "this is dockworthy {own}, and the configuration requires {}",
                text.value
            );
            SyntaxError::new("invalid-config", text.at, message)
                .with_help("install a version that fits, or change `required-version`")
        })
    }

    fn extends(&mut self, pair: &Pair) -> Vec<Base> {
        let texts = self.strings(pair.value, pair.at, "`extends`");
        let base = |text: Text| match Preset::parse(&text.value) {
            Some(preset) => Base::Preset(preset, text.at),
            None => Base::File(text.value, text.at),
        };
        texts.into_iter().map(base).collect()
    }

    fn presets(&mut self, pair: &Pair) -> (Vec<Preset>, Span) {
        let mut presets = Vec::new();
        for text in self.strings(pair.value, pair.at, "`presets`") {
            match Preset::parse(&text.value) {
                Some(preset) => presets.push(preset),
                None => {
                    let known = Preset::ALL.iter().map(|preset| preset.as_str());
                    self.unknown(text.at, "the preset", &text.value, known);
                }
            }
        }
        (presets, pair.at)
    }

    fn fail_on(&mut self, pair: &Pair) -> Option<FailOn> {
        let word = self.document.as_str(pair.value).unwrap_or_default();
        let fail_on = FailOn::parse(word);
        if fail_on.is_none() {
            let at = self.place(pair.value, pair.at);
            self.error(at, "`fail-on` takes `error`, `warning`, `info` or `never`");
        }
        fail_on
    }

    /// Patterns for files; nothing when one of them is malformed.
    fn globs(&mut self, pair: &Pair, folder: &Path) -> Option<Exclude> {
        let patterns = self.strings(pair.value, pair.at, &format!("`{}`", pair.key));
        for text in &patterns {
            if let Err(error) = Exclude::new(folder, [text.value.as_str()]) {
                self.error(text.at, error);
            }
        }
        Exclude::new(folder, patterns.iter().map(|text| text.value.as_str())).ok()
    }

    fn overrides(&mut self, pair: &Pair, folder: &Path) -> Vec<Override> {
        let mut overrides = Vec::new();
        for item in self.items(pair.value, "`overrides`") {
            let mut files = None;
            let mut patch = Patch::default();
            for pair in self.mapping(item, "an override") {
                match pair.key.as_str() {
                    "files" => files = Some(self.globs(&pair, folder)),
                    "presets" => patch.presets = Some(self.presets(&pair)),
                    "rules" => self.rules(pair.value, &mut patch),
                    key => {
                        let known = OVERRIDE_KEYS.iter().map(|(key, _)| *key);
                        self.unknown(pair.at, "in `overrides` the key", key, known);
                    }
                }
            }
            match files {
                Some(Some(files)) => overrides.push(Override { files, patch }),
                Some(None) => {}
                None => {
                    let at = self.place(item, pair.at);
                    self.error(at, "an override needs `files`");
                }
            }
        }
        overrides
    }

    fn ignore(&mut self, pair: &Pair, folder: &Path) -> Vec<Ignored> {
        let mut all = Vec::new();
        for item in self.items(pair.value, "`ignore`") {
            let mut rules = None;
            let mut reason = None;
            let mut ignored = Ignored {
                rules: Vec::new(),
                files: None,
                services: Vec::new(),
                reason: String::new(),
                until: None,
            };
            for pair in self.mapping(item, "an entry of `ignore`") {
                match pair.key.as_str() {
                    "rules" => rules = Some(self.selectors(&pair)),
                    "files" => ignored.files = self.globs(&pair, folder),
                    "services" => {
                        for text in self.strings(pair.value, pair.at, "`services`") {
                            match Glob::new(&text.value) {
                                Ok(glob) => ignored.services.push(glob.compile_matcher()),
                                Err(error) => {
                                    let message =
                                        format!("`{}` is not a glob: {}", text.value, error.kind());
                                    self.error(text.at, message);
                                }
                            }
                        }
                    }
                    "reason" => reason = Some(self.text(&pair).map(|text| text.value)),
                    "until" => ignored.until = self.date(&pair),
                    key => {
                        let known = IGNORE_KEYS.iter().map(|(key, _)| *key);
                        self.unknown(pair.at, "in `ignore` the key", key, known);
                    }
                }
            }
            let at = self.place(item, pair.at);
            if rules.is_none() {
                self.error(at, "an entry of `ignore` needs `rules`");
            }
            if reason.is_none() {
                self.error(at, "an entry of `ignore` needs a `reason`");
            }
            ignored.rules = rules.unwrap_or_default();
            ignored.reason = reason.flatten().unwrap_or_default();
            all.push(ignored);
        }
        all
    }

    fn selectors(&mut self, pair: &Pair) -> Vec<Selector> {
        let mut selectors = Vec::new();
        for text in self.strings(pair.value, pair.at, "`rules`") {
            match Selector::parse(&text.value, self.rules) {
                Ok(selector) => selectors.push(selector),
                Err(message) => {
                    self.error(text.at, message);
                }
            }
        }
        selectors
    }

    fn date(&mut self, pair: &Pair) -> Option<String> {
        let text = self.text(pair)?;
        if is_date(&text.value) {
            return Some(text.value);
        }
        self.error(
            text.at,
            format!("`{}` is no date such as 2027-01-31", text.value),
        );
        None
    }

    /// Reads a key at the top that fills options of several rules.
    fn shared(&mut self, pair: &Pair, layer: &mut Layer) {
        let of_key = |shared: &Shared| shared.path().0 == pair.key;
        if let Some(shared) = Shared::ALL
            .into_iter()
            .find(|shared| shared.path() == (pair.key.as_str(), None))
        {
            self.shared_value(pair, pair.key.clone(), shared, layer);
            return;
        }
        for below in self.mapping(pair.value, &format!("`{}`", pair.key)) {
            let known = Shared::ALL.into_iter().filter(of_key);
            let shared = known
                .clone()
                .find(|shared| shared.path().1 == Some(&below.key));
            match shared {
                Some(shared) => {
                    self.shared_value(&below, format!("{}.{}", pair.key, below.key), shared, layer)
                }
                None => {
                    let names = known.filter_map(|shared| shared.path().1);
                    self.unknown(
                        below.at,
                        &format!("in `{}` the key", pair.key),
                        &below.key,
                        names,
                    );
                }
            }
        }
    }

    fn shared_value(&mut self, pair: &Pair, path: String, shared: Shared, layer: &mut Layer) {
        match self
            .json(pair.value)
            .filter(|value| shared.kind().accepts(value))
        {
            Some(value) => {
                layer.shared.insert(shared, value.clone());
                layer.said.push((path, value, pair.at));
            }
            None => {
                let message = format!("`{}` takes {}", pair.key, shared.kind().describe());
                self.error(self.place(pair.value, pair.at), message);
            }
        }
    }

    fn suppressions(&mut self, pair: &Pair, layer: &mut Layer) {
        for below in self.mapping(pair.value, "`suppressions`") {
            let path = format!("suppressions.{}", below.key);
            let known = Shared::ALL
                .into_iter()
                .filter(|shared| shared.path().0 == "suppressions");
            match below.key.as_str() {
                "comments" => layer.comments = self.boolean(&below),
                "strict" => layer.strict = self.boolean(&below),
                key => match known.clone().find(|shared| shared.path().1 == Some(key)) {
                    Some(shared) => {
                        self.shared_value(&below, path, shared, layer);
                        continue;
                    }
                    None => {
                        let own = COMMENT_KEYS.iter().map(|(key, _)| *key);
                        let names = own.chain(known.filter_map(|shared| shared.path().1));
                        self.unknown(below.at, "in `suppressions` the key", key, names);
                    }
                },
            }
            layer.said.push(self.said(&path, below.value, below.at));
        }
    }

    fn compose(&mut self, pair: &Pair, folder: &Path, layer: &mut Layer) {
        for below in self.mapping(pair.value, "`compose`") {
            let path = format!("compose.{}", below.key);
            match below.key.as_str() {
                "files" => {
                    let projects = self.projects(&below, folder);
                    layer.paths.extend(projects.iter().flatten().cloned());
                    let paths = |project: Vec<(PathBuf, Span)>| {
                        project.into_iter().map(|(path, _)| path).collect()
                    };
                    layer.compose.projects = Some(projects.into_iter().map(paths).collect());
                }
                "env-files" => {
                    let texts = self.strings(below.value, below.at, "`env-files`");
                    let files = paths(texts, folder);
                    layer.paths.extend(files.iter().cloned());
                    layer.compose.env_files =
                        Some(files.into_iter().map(|(path, _)| path).collect());
                }
                "version" => {
                    self.shared_value(&below, path, Shared::ComposeVersion, layer);
                    continue;
                }
                key => {
                    let known = COMPOSE_KEYS.iter().map(|(key, _)| *key);
                    let known = known.chain(["version"]);
                    self.unknown(below.at, "in `compose` the key", key, known);
                }
            }
            layer.said.push(self.said(&path, below.value, below.at));
        }
    }

    /// A list of files is one project, a list of such lists several.
    fn projects(&mut self, pair: &Pair, folder: &Path) -> Vec<Vec<(PathBuf, Span)>> {
        let document = self.document;
        let items = document.items(document.resolve(pair.value)).to_vec();
        if !items
            .iter()
            .any(|item| document.is_sequence(document.resolve(*item)))
        {
            let texts = self.strings(pair.value, pair.at, "`files`");
            return vec![paths(texts, folder)];
        }
        let mut projects = Vec::new();
        for item in items {
            if document.is_sequence(document.resolve(item)) {
                let texts = self.strings(item, pair.at, "a project");
                projects.push(paths(texts, folder));
            } else {
                let at = self.place(item, pair.at);
                self.error(at, "`files` takes a list of files, or a list of such lists");
            }
        }
        projects
    }

    fn rules(&mut self, node: NodeId, patch: &mut Patch) {
        for pair in self.mapping(node, "`rules`") {
            let Some(rule) = meta::find(self.rules, &pair.key) else {
                let help = match meta::nearest(self.rules, &pair.key) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => "`dockworthy rules` lists all rules".to_owned(),
                };
                let message = format!("the rule `{}` is unknown", pair.key);
                self.error(pair.at, message).help = Some(help);
                continue;
            };
            let setting = self.rule(&rule.meta, &pair);
            let value = self.json(pair.value).unwrap_or_default();
            let before = patch.rules.insert(rule.meta.id, (setting, value, pair.at));
            if before.is_some() {
                let message = format!("`{}` configures `{}` a second time", pair.key, rule.meta.id);
                self.error(pair.at, message);
            }
        }
    }

    /// A level, or a mapping with a level and options.
    fn rule(&mut self, rule: &RuleMeta, pair: &Pair) -> RuleSetting {
        let mut setting = RuleSetting::default();
        if !self.document.is_mapping(pair.value) {
            setting.level = self.level(pair);
            return setting;
        }
        for below in self.mapping(pair.value, "a rule's settings") {
            if below.key == "severity" {
                setting.level = self.level(&below);
                continue;
            }
            let Some(option) = rule.options.iter().find(|option| option.name == below.key) else {
                let names = rule.options.iter().map(|option| option.name);
                let what = format!("for `{}` the option", rule.id);
                self.unknown(
                    below.at,
                    &what,
                    &below.key,
                    std::iter::once("severity").chain(names),
                );
                continue;
            };
            match self
                .json(below.value)
                .filter(|value| option.kind.accepts(value))
            {
                Some(value) => {
                    setting.options.insert(below.key, value);
                }
                None => {
                    let message = format!("`{}` takes {}", below.key, option.kind.describe());
                    self.error(self.place(below.value, below.at), message);
                }
            }
        }
        setting
    }

    fn level(&mut self, pair: &Pair) -> Option<Level> {
        let level = self.document.as_str(pair.value).and_then(Level::parse);
        if level.is_none() {
            let at = self.place(pair.value, pair.at);
            self.error(at, "a level is `off`, `info`, `warning` or `error`");
        }
        level
    }
}

fn paths(texts: Vec<Text>, folder: &Path) -> Vec<(PathBuf, Span)> {
    let path = |text: Text| (lexical(&folder.join(text.value)), text.at);
    texts.into_iter().map(path).collect()
}
