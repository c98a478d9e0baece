//! What the editor's user has set for this server. Everything else is `dockworthy.yaml`'s, so that the command line
//! says the same.

use serde_json::Value;

use crate::engine::meta::Preset;

/// The section of the editor's settings.
pub const SECTION: &str = "dockworthy";

/// Which files' diagnostics are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Scope {
    /// Those of every file that was found.
    #[default]
    Workspace,
    /// Those of open files.
    OpenFiles,
}

/// The settings.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settings {
    /// Everything is off.
    pub is_off: bool,
    /// The features that are off.
    pub off: Vec<&'static str>,
    /// Presets in place of those that are configured.
    pub presets: Vec<Preset>,
    /// Which files' diagnostics are shown.
    pub scope: Scope,
}

impl Settings {
    /// Whether a feature is on.
    pub fn has(&self, feature: &str) -> bool {
        !self.is_off && !self.off.contains(&feature)
    }

    /// Reads settings, with the names of all features; and a sentence for each that is not understood, which then
    /// counts as not given. They may be wrapped in the section's name.
    pub fn read(value: &Value, features: &[&'static str]) -> (Settings, Vec<String>) {
        let mut settings = Settings::default();
        let mut faults = Vec::new();
        let value = value.get(SECTION).unwrap_or(value);
        let Some(entries) = value.as_object() else {
            return (settings, faults);
        };
        for (key, value) in entries.iter().filter(|(_, value)| !value.is_null()) {
            let is_understood = match (&**key, value) {
                ("enable", Value::Bool(is_on)) => {
                    settings.is_off = !is_on;
                    true
                }
                ("features", Value::Object(given)) => {
                    for (name, value) in given {
                        let known = features.iter().find(|known| **known == *name);
                        match (known, value) {
                            (Some(name), Value::Bool(false)) => settings.off.push(name),
                            (Some(_), Value::Bool(true) | Value::Null) => {}
                            _ => faults.push(fault(&format!("features.{name}"), value)),
                        }
                    }
                    true
                }
                ("preset", value) => match presets(value) {
                    Some(presets) => {
                        settings.presets = presets;
                        true
                    }
                    None => false,
                },
                ("diagnostics", Value::Object(given)) => match given.get("scope") {
                    Some(scope) => match scope.as_str() {
                        Some("workspace") => true,
                        Some("openFiles") => {
                            settings.scope = Scope::OpenFiles;
                            true
                        }
                        _ => false,
                    },
                    None => true,
                },
                // For the client itself: where the program is, what it logs.
                ("path" | "trace", _) => true,
                _ => false,
            };
            if !is_understood {
                faults.push(fault(key, value));
            }
        }
        (settings, faults)
    }
}

/// The presets that a word or a list of words names.
fn presets(value: &Value) -> Option<Vec<Preset>> {
    let one = |value: &Value| Preset::parse(value.as_str()?);
    match value {
        Value::Array(words) => words.iter().map(one).collect(),
        Value::String(word) if word.is_empty() => Some(Vec::new()),
        word => Some(vec![one(word)?]),
    }
}

fn fault(key: &str, value: &Value) -> String {
    let shown: String = value.to_string().chars().take(80).collect();
    format!("the setting `{SECTION}.{key}` is not understood: {shown}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> (Settings, Vec<String>) {
        Settings::read(&value, &["hover", "diagnostics"])
    }

    #[test]
    fn features_are_on_unless_they_are_set_off() {
        let (settings, faults) = read(json!({"features": {"hover": false, "diagnostics": true}}));
        assert!(!settings.has("hover") && settings.has("diagnostics"));
        assert_eq!(faults, [""; 0]);
        let (settings, _) = read(json!({"dockworthy": {"enable": false}}));
        assert!(!settings.has("diagnostics"));
        assert_eq!(read(json!(null)).0, Settings::default());
    }

    #[test]
    fn presets_are_a_word_or_a_list() {
        let presets = |value| read(json!({ "preset": value })).0.presets;
        assert_eq!(presets(json!("hardened")), [Preset::Hardened]);
        assert_eq!(
            presets(json!(["cis", "style"])),
            [Preset::Cis, Preset::Style]
        );
        assert_eq!(presets(json!("")), []);
    }

    #[test]
    fn what_is_not_understood_is_named_and_the_rest_counts() {
        let (settings, faults) = read(json!({
            "preset": "harder",
            "features": {"hovver": false, "hover": "no"},
            "colour": 3,
            "diagnostics": {"scope": "openFiles"},
        }));
        assert_eq!(settings.scope, Scope::OpenFiles);
        assert_eq!(
            faults,
            [
                "the setting `dockworthy.colour` is not understood: 3",
                "the setting `dockworthy.features.hover` is not understood: \"no\"",
                "the setting `dockworthy.features.hovver` is not understood: false",
                "the setting `dockworthy.preset` is not understood: \"harder\"",
            ]
        );
    }
}
