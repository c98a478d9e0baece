//! The JSON Schema of `dockworthy.yaml`, for editors. Made from the same tables that the reader uses.

use serde_json::{Map, Value, json};

use crate::engine::meta::{OptionKind, Preset, Rule, RuleMeta};

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
            "exclude": {
                "description": describe("exclude"),
                "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }]
            },
            "fail-on": { "description": describe("fail-on"), "enum": ["error", "warning", "info", "never"] }
        }
    })
}

fn rule_schema(rule: &RuleMeta) -> Value {
    let level = json!({ "enum": ["off", "info", "warning", "error"] });
    let mut properties = Map::new();
    properties.insert("severity".to_owned(), level.clone());
    for option in rule.options {
        let mut schema = match option.kind {
            OptionKind::StringList => json!({ "type": "array", "items": { "type": "string" } }),
            OptionKind::String => json!({ "type": "string" }),
            OptionKind::Boolean => json!({ "type": "boolean" }),
            OptionKind::Integer => json!({ "type": "integer", "minimum": 0 }),
        };
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
