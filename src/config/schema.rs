//! The JSON Schema of `dockworthy.yaml`, for editors. Made from the same tables that the reader uses.

use serde_json::{Map, Value, json};

use crate::engine::meta::{OptionKind, Preset, Rule, RuleMeta, Shared};
use crate::knowledge::labels::LabelType;

/// The schema, with a property for every rule and alias.
pub fn schema(rules: &[Rule]) -> Value {
    let mut properties = Map::new();
    for rule in rules {
        properties.insert(rule.meta.id.to_owned(), rule_schema(&rule.meta));
    }
    for rule in rules {
        for alias in rule.meta.aliases {
            let reference =
                json!({ "$ref": format!("#/properties/rules/properties/{}", rule.meta.id) });
            properties.entry((*alias).to_owned()).or_insert(reference);
        }
    }
    let presets: Vec<&str> = Preset::ALL.iter().map(|preset| preset.as_str()).collect();
    let describe = |key: &str| {
        let (_, text) = super::KEYS
            .iter()
            .find(|(known, _)| *known == key)
            .copied()
            .unwrap_or_default();
        text
    };
    let shared = |key: &str| {
        let mut schema = shared_schema(key);
        schema["description"] = describe(key).into();
        schema
    };
    json!({
        "$comment": "Generated from the rules' front matter; do not edit.",
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "dockworthy configuration",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "presets": {
                "description": describe("presets"),
                "oneOf": [{ "enum": presets }, { "type": "array", "items": { "enum": presets } }]
            },
            "rules": {
                "description": describe("rules"),
                "type": "object",
                "additionalProperties": false,
                "properties": properties
            },
            "registries": shared("registries"),
            "images": shared("images"),
            "downloads": shared("downloads"),
            "labels": shared("labels"),
            "exclude": {
                "description": describe("exclude"),
                "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }]
            },
            "fail-on": { "description": describe("fail-on"), "enum": ["error", "warning", "info", "never"] }
        }
    })
}

fn option_schema(kind: OptionKind) -> Value {
    match kind {
        OptionKind::StringList => json!({ "type": "array", "items": { "type": "string" } }),
        OptionKind::String => json!({ "type": "string" }),
        OptionKind::Boolean => json!({ "type": "boolean" }),
        OptionKind::Integer => json!({ "type": "integer", "minimum": 0 }),
        OptionKind::LabelTypes => {
            let words = LabelType::ALL.map(LabelType::as_str);
            let optional = words.map(|word| format!("{word}?"));
            let known: Vec<&str> = words
                .into_iter()
                .chain(optional.iter().map(String::as_str))
                .collect();
            json!({ "type": "object", "additionalProperties": { "enum": known } })
        }
    }
}

/// The schema of a key at the top that fills options of several rules.
fn shared_schema(key: &str) -> Value {
    let mut below = Map::new();
    for shared in Shared::ALL {
        match shared.path() {
            (top, None) if top == key => return option_schema(shared.kind()),
            (top, Some(name)) if top == key => {
                below.insert(name.to_owned(), option_schema(shared.kind()));
            }
            _ => {}
        }
    }
    json!({ "type": "object", "additionalProperties": false, "properties": below })
}

fn rule_schema(rule: &RuleMeta) -> Value {
    let level = json!({ "enum": ["off", "info", "warning", "error"] });
    let mut properties = Map::new();
    properties.insert("severity".to_owned(), level.clone());
    for option in rule.options {
        let mut schema = option_schema(option.kind);
        schema["description"] = option.summary.into();
        schema["default"] = serde_json::from_str(option.default).unwrap_or(Value::Null);
        properties.insert(option.name.to_owned(), schema);
    }
    json!({
        "description": rule.summary,
        "oneOf": [
            level,
            { "type": "object", "additionalProperties": false, "properties": properties }
        ]
    })
}
