//! The JSON Schema of `dockworthy.yaml`, for editors. Made from the same tables that the reader uses.

use serde_json::{Map, Value, json};

use super::KEYS;
use super::keys::{COMMENT_KEYS, COMPOSE_KEYS, IGNORE_KEYS, OVERRIDE_KEYS};
use crate::engine::meta::{ASKED, ENGINES, OptionKind, Preset, Rule, RuleMeta, Shared};
use crate::knowledge::labels::LabelType;

/// The schema, with a property for every rule and alias.
pub fn schema(rules: &[Rule]) -> Value {
    let mut properties = Map::new();
    for (key, summary) in KEYS {
        let mut schema = key_schema(key);
        schema["description"] = summary.into();
        properties.insert(key.to_owned(), schema);
    }
    json!({
        "$comment": "Generated from the rules' front matter; do not edit.",
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "dockworthy configuration",
        "type": ["object", "null"],
        "additionalProperties": false,
        "properties": properties,
        "definitions": {
            "presets": list_of(json!({ "enum": presets() })),
            "rules": rules_schema(rules),
            "texts": list_of(json!({ "type": "string" }))
        }
    })
}

fn key_schema(key: &str) -> Value {
    match key {
        "extends" | "exclude" => reference("texts"),
        "presets" => reference("presets"),
        "rules" => reference("rules"),
        "overrides" => items(object(&OVERRIDE_KEYS, &["files"], |key| match key {
            "files" => reference("texts"),
            key => reference(key),
        })),
        "ignore" => items(object(
            &IGNORE_KEYS,
            &["rules", "reason"],
            |key| match key {
                "reason" => json!({ "type": "string" }),
                "until" => {
                    json!({ "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" })
                }
                _ => reference("texts"),
            },
        )),
        "compose" => {
            let mut schema = shared_schema(key);
            let files = json!({
                "anyOf": [
                    { "$ref": "#/definitions/texts" },
                    { "type": "array", "items": { "type": "array", "items": { "type": "string" } } }
                ]
            });
            for (key, summary) in COMPOSE_KEYS {
                let mut below = match key {
                    "files" => files.clone(),
                    _ => reference("texts"),
                };
                below["description"] = summary.into();
                schema["properties"][key] = below;
            }
            schema
        }
        "suppressions" => {
            let mut schema = shared_schema(key);
            for (key, summary) in COMMENT_KEYS {
                schema["properties"][key] = json!({ "type": "boolean", "description": summary });
            }
            schema
        }
        "fail-on" => json!({ "enum": ["error", "warning", "info", "never"] }),
        "baseline" | "required-version" => json!({ "type": "string" }),
        shared => shared_schema(shared),
    }
}

fn presets() -> Vec<&'static str> {
    Preset::ALL.iter().map(|preset| preset.as_str()).collect()
}

/// What is defined once.
fn reference(name: &str) -> Value {
    // Beside a `$ref`, draft 7 ignores all else, and so the description.
    json!({ "allOf": [{ "$ref": format!("#/definitions/{name}") }] })
}

/// Something, or a list of such things.
fn list_of(item: Value) -> Value {
    json!({ "anyOf": [item.clone(), { "type": "array", "items": item }] })
}

/// A list, or nothing.
fn items(item: Value) -> Value {
    json!({ "type": ["array", "null"], "items": item })
}

fn object(keys: &[(&str, &str)], required: &[&str], schema: impl Fn(&str) -> Value) -> Value {
    let mut properties = Map::new();
    for (key, summary) in keys {
        let mut schema = schema(key);
        schema["description"] = (*summary).into();
        properties.insert((*key).to_owned(), schema);
    }
    let mut object = json!({ "type": ["object", "null"], "additionalProperties": false, "properties": properties });
    if !required.is_empty() {
        object["type"] = "object".into();
        object["required"] = required.into();
    }
    object
}

fn rules_schema(rules: &[Rule]) -> Value {
    let mut properties = Map::new();
    for rule in rules {
        properties.insert(rule.meta.id.to_owned(), rule_schema(&rule.meta));
    }
    for rule in rules {
        for alias in rule.meta.aliases {
            let id = rule.meta.id;
            let reference = json!({ "$ref": format!("#/definitions/rules/properties/{id}") });
            properties.entry((*alias).to_owned()).or_insert(reference);
        }
    }
    json!({ "type": ["object", "null"], "additionalProperties": false, "properties": properties })
}

fn option_schema(kind: OptionKind) -> Value {
    match kind {
        OptionKind::StringList => json!({ "type": "array", "items": { "type": "string" } }),
        OptionKind::String => json!({ "type": "string" }),
        OptionKind::Boolean => json!({ "type": "boolean" }),
        OptionKind::Integer => json!({ "type": "integer", "minimum": 0 }),
        OptionKind::Engine => json!({ "enum": ENGINES }),
        OptionKind::Asked => json!({ "enum": ASKED }),
        OptionKind::Version => {
            json!({ "type": "string", "pattern": "^(v?[0-9]+(\\.[0-9]+){0,2})?$" })
        }
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
                let mut schema = option_schema(shared.kind());
                schema["description"] = shared.summary().into();
                below.insert(name.to_owned(), schema);
            }
            _ => {}
        }
    }
    json!({ "type": ["object", "null"], "additionalProperties": false, "properties": below })
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
