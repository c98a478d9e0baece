//! What all label rules share: which labels an image shall have and what their values are, from the
//! configuration (`labels`) and from the OCI image specification.
//!
//! Not for: what a rule says about a label; the types themselves (`knowledge::labels`).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Hooks;
use crate::grammar::excerpt;
use crate::knowledge::labels::{LabelType, standard_type};
use crate::text::order;

/// The options of every label rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    labels: BTreeMap<String, String>,
}

/// The labels that are configured.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    labels: BTreeMap<String, (LabelType, bool)>,
}

impl Schema {
    /// The schema that the rule's option `labels` gives.
    pub fn of(on: &Hooks<'_>) -> Schema {
        let options: Options = on.options();
        let labels = options.labels.into_iter();
        let read = |(key, word): (String, String)| Some((key, LabelType::parse(&word)?));
        Schema {
            labels: order::map(labels.filter_map(read)),
        }
    }

    /// Whether nothing is configured.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The keys that every image must have, sorted.
    pub fn required(&self) -> impl Iterator<Item = &str> {
        let required = self.labels.iter().filter(|(_, (_, required))| *required);
        required.map(|(key, _)| key.as_str())
    }

    /// All configured keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.labels.keys().map(String::as_str)
    }

    /// Whether a key is configured.
    pub fn has(&self, key: &str) -> bool {
        self.labels.contains_key(key)
    }

    /// What the value of a label has to be: as configured, else as the specifications say.
    pub fn type_of(&self, key: &str) -> Option<LabelType> {
        let configured = self.labels.get(key).map(|(kind, _)| *kind);
        configured.or_else(|| standard_type(key))
    }
}

/// Hooks up a check of the labels of one type: a value that every build has, that is not empty and that is
/// not of the type is reported. `wrong` ends the message "the label `key` is `value`, which is …".
pub fn check_type(on: &mut Hooks<'_>, kind: LabelType, wrong: &'static str, help: &'static str) {
    let schema = Schema::of(on);
    on.dockerfile(move |model, cx| {
        for label in model.output_labels() {
            if schema.type_of(&label.key) != Some(kind) {
                continue;
            }
            let Some(value) = label.value.known().filter(|value| !value.is_empty()) else {
                continue;
            };
            if !kind.accepts(value) {
                let (key, value) = (excerpt(&label.key), excerpt(value));
                cx.report(
                    label.value_span,
                    format!("the label `{key}` is `{value}`, which is {wrong}"),
                )
                .help(help);
            }
        }
    });
}
