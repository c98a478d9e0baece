//! What one configuration file says, and how what several say becomes one configuration.
//!
//! A file lies over those that it extends: what is said later wins, key by key, and a rule's entry replaces the whole
//! entry below. Only `exclude`, `ignore` and `overrides` add up.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::{ComposeFiles, Config, FailOn, Origin, Said};
use crate::engine::meta::{Preset, Shared};
use crate::engine::settings::RuleSetting;
use crate::engine::suppress::Comments;
use crate::engine::suppress::configured::Ignored;
use crate::text::Span;
use crate::workspace::discover::Exclude;

/// What one file says.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    /// What it lies over, in its order.
    pub extends: Vec<Base>,
    /// What holds for every file.
    pub patch: Patch,
    /// Settings that several rules read.
    pub shared: BTreeMap<Shared, Value>,
    pub overrides: Vec<Override>,
    pub ignored: Vec<Ignored>,
    pub exclude: Option<Exclude>,
    pub fail_on: Option<FailOn>,
    pub baseline: Option<PathBuf>,
    pub compose: ComposeFiles,
    /// The paths in `compose`, as files that have to be there.
    pub paths: Vec<(PathBuf, Span)>,
    /// `suppressions: {comments, strict}`.
    pub comments: Option<bool>,
    pub strict: Option<bool>,
    /// Each key at the top, and each below `suppressions` and the like, with its value and place.
    pub said: Vec<(String, Value, Span)>,
}

impl Layer {
    /// Moves everything to where it really stands.
    pub(super) fn relocate(&mut self, place: impl Fn(&str) -> Span) {
        for (key, _, at) in &mut self.said {
            *at = place(key);
        }
        for (id, (_, _, at)) in &mut self.patch.rules {
            *at = place(&format!("rules.{id}"));
        }
    }
}

/// Something that a file extends.
#[derive(Clone, Debug)]
pub(super) enum Base {
    /// A preset, and its place.
    Preset(Preset, Span),
    /// Another file as it is written, and its place.
    File(String, Span),
}

/// Presets and rules.
#[derive(Clone, Debug, Default)]
pub(super) struct Patch {
    pub presets: Option<(Vec<Preset>, Span)>,
    /// By id, with the value as it is written and the place of the key.
    pub rules: BTreeMap<&'static str, (RuleSetting, Value, Span)>,
}

/// Settings for some files.
#[derive(Clone, Debug)]
pub(super) struct Override {
    pub files: Exclude,
    pub patch: Patch,
}

/// A file that was read, or a preset that another one extends.
#[derive(Clone, Debug)]
pub(super) enum Sheet {
    /// A preset, and who asks for it.
    Preset(Preset, Origin),
    /// What a file says.
    File(Arc<Written>),
}

/// A layer, and where its lines are.
#[derive(Debug)]
pub(super) struct Written {
    pub path: Arc<Path>,
    pub layer: Layer,
    pub lines: crate::text::lines::LineIndex,
}

impl Written {
    fn origin(&self, at: Span) -> Origin {
        Origin {
            file: self.path.clone(),
            line: self.lines.line(at.start) + 1,
        }
    }
}

/// A file and all that it lies over, the lowest first.
#[derive(Debug)]
pub(super) struct Stack {
    pub sheets: Vec<Sheet>,
    /// The configuration of files that no override is for.
    pub plain: Arc<Config>,
    /// Configurations of files with overrides, by the numbers of these.
    pub others: Vec<(Vec<usize>, Arc<Config>)>,
}

impl Stack {
    /// A stack whose last sheet is the file that was looked for.
    pub(super) fn new(sheets: Vec<Sheet>) -> Stack {
        let plain = Arc::new(lay(&sheets, &[]));
        Stack {
            sheets,
            plain,
            others: Vec::new(),
        }
    }

    /// The configuration of a file.
    pub(super) fn for_file(&mut self, path: &Path) -> Arc<Config> {
        let all = overrides(&self.sheets);
        let for_it: Vec<usize> = all
            .enumerate()
            .filter(|(_, (_, entry))| entry.files.matches_file(path))
            .map(|(number, _)| number)
            .collect();
        if for_it.is_empty() {
            return self.plain.clone();
        }
        if let Some((_, config)) = self.others.iter().find(|(numbers, _)| *numbers == for_it) {
            return config.clone();
        }
        let config = Arc::new(lay(&self.sheets, &for_it));
        self.others.push((for_it, config.clone()));
        config
    }
}

/// The overrides of all sheets, in order, each with its file.
fn overrides(sheets: &[Sheet]) -> impl Iterator<Item = (&Written, &Override)> {
    sheets.iter().flat_map(|sheet| match sheet {
        Sheet::Preset(..) => None.into_iter().flatten(),
        Sheet::File(said) => {
            let said = &**said;
            let all = said.layer.overrides.iter().map(move |entry| (said, entry));
            Some(all).into_iter().flatten()
        }
    })
}

/// Lays sheets upon each other, with the overrides whose numbers are in a list.
fn lay(sheets: &[Sheet], chosen: &[usize]) -> Config {
    let mut config = Config::default();
    let mut presets: Option<Vec<Preset>> = None;
    let (mut comments, mut strict) = (None, None);
    let mut number = 0;
    for sheet in sheets {
        let said = match sheet {
            Sheet::Preset(preset, origin) => {
                presets.get_or_insert_default().push(*preset);
                let value = preset.as_str().into();
                config.add("presets", value, origin.clone());
                continue;
            }
            Sheet::File(said) => said,
        };
        config.files.push(said.path.to_path_buf());
        let layer = &said.layer;
        config.put(&layer.patch, said, &mut presets);
        for entry in &layer.overrides {
            if chosen.contains(&number) {
                config.put(&entry.patch, said, &mut presets);
            }
            number += 1;
        }
        for (shared, value) in &layer.shared {
            config.settings.shared.insert(*shared, value.clone());
        }
        config
            .settings
            .ignored
            .extend(layer.ignored.iter().cloned());
        config.exclude.extend(layer.exclude.iter().cloned());
        config.fail_on = layer.fail_on.or(config.fail_on);
        config.baseline = layer.baseline.clone().or(config.baseline);
        config.compose.put(&layer.compose);
        comments = layer.comments.or(comments);
        strict = layer.strict.or(strict);
        for (key, value, at) in &layer.said {
            match ADDING.contains(&key.as_str()) {
                true => config.add(key, value.clone(), said.origin(*at)),
                false => config.note(key, value.clone(), said.origin(*at)),
            }
        }
    }
    if let Some(presets) = presets {
        config.settings.presets = presets;
    }
    config.settings.comments = match (comments, strict) {
        (Some(false), _) => Comments::Off,
        (_, Some(true)) => Comments::Strict,
        _ => Comments::Tolerant,
    };
    config.path = config.files.last().cloned();
    config
}

/// The keys that add up.
const ADDING: [&str; 3] = ["exclude", "ignore", "overrides"];

impl Config {
    fn add(&mut self, key: &str, value: Value, origin: Origin) {
        let all = self.said.entry(key.to_owned()).or_default();
        all.push(Said { value, origin });
    }

    fn note(&mut self, key: &str, value: Value, origin: Origin) {
        self.said
            .insert(key.to_owned(), vec![Said { value, origin }]);
    }

    fn put(&mut self, patch: &Patch, sheet: &Written, presets: &mut Option<Vec<Preset>>) {
        if let Some((list, at)) = &patch.presets {
            *presets = Some(list.clone());
            let value = list.iter().map(|preset| preset.as_str()).collect();
            self.note("presets", value, sheet.origin(*at));
        }
        for (id, (setting, value, at)) in &patch.rules {
            self.settings.rules.insert(id, setting.clone());
            self.note(&format!("rules.{id}"), value.clone(), sheet.origin(*at));
        }
    }
}
