//! `dockworthy rules`: every rule, as a table or as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::args::{Rules, RulesFormat};
use super::{Status, Stop, output};
use crate::engine::meta::RuleMeta;
use crate::rules::RULES;

pub(super) fn run(args: &Rules) -> Result<Status, Stop> {
    let text = match args.format {
        RulesFormat::Text => table(),
        RulesFormat::Json => {
            let rules: Vec<Value> = RULES.iter().map(|rule| object(&rule.meta)).collect();
            let document = json!({ "version": 1, "rules": rules });
            format!("{document:#}\n")
        }
    };
    output::stdout(text.as_bytes()).map_err(|error| Stop::writing("to standard output", &error))?;
    Ok(Status::Clean)
}

fn table() -> String {
    let width = RULES
        .iter()
        .map(|rule| rule.meta.id.len())
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    for rule in RULES {
        let meta = &rule.meta;
        let presets: Vec<&str> = meta
            .presets
            .iter()
            .map(|(preset, _)| preset.as_str())
            .collect();
        let _ = write!(
            text,
            "{:width$}  {:7}  {:15}  {:6}  {}",
            meta.id,
            meta.severity.as_str(),
            meta.category.as_str(),
            meta.fix.as_str(),
            meta.summary
        );
        let _ = write!(text, " [{}]", presets.join(", "));
        if !meta.aliases.is_empty() {
            let _ = write!(text, " ({})", meta.aliases.join(", "));
        }
        text.push('\n');
    }
    text
}

fn object(meta: &RuleMeta) -> Value {
    let presets: serde_json::Map<String, Value> = meta
        .presets
        .iter()
        .map(|(preset, severity)| (preset.as_str().to_owned(), severity.as_str().into()))
        .collect();
    let options: Vec<Value> = meta
        .options
        .iter()
        .map(|option| {
            json!({
                "name": option.name,
                "type": option.kind.as_str(),
                "default": serde_json::from_str::<Value>(option.default).unwrap_or(Value::Null),
                "summary": option.summary,
            })
        })
        .collect();
    json!({
        "id": meta.id,
        "summary": meta.summary,
        "category": meta.category.as_str(),
        "severity": meta.severity.as_str(),
        "confidence": meta.confidence.as_str(),
        "fix": meta.fix.as_str(),
        "since": meta.since,
        "presets": presets,
        "aliases": meta.aliases,
        "options": options,
        "url": meta.url(),
    })
}
