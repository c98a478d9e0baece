//! `.dclintrc` in its many forms.

use serde_json::{Value, json};

use super::Carrier;

pub(super) fn carry(root: &Value, out: &mut Carrier) {
    for (key, value) in out.entries("", root) {
        match key {
            "rules" => {
                for (name, setting) in out.entries(key, value) {
                    rule(name, setting, out);
                }
            }
            "exclude" => {
                for (number, part) in out.texts(key, value).into_iter().enumerate() {
                    out.set(&format!("exclude.{number}"), &["exclude"], containing(part));
                }
            }
            "quiet" => out.leave(key, "warnings are hidden for the whole configuration there; here `rules` says so one by one"),
            "debug" => out.leave(key, "there is nothing more to say"),
            "$schema" => out.leave(key, "that is the schema of the other file"),
            _ => out.leave(key, "dclint itself does not know this key"),
        }
    }
}

/// The glob for paths that contain a text.
fn containing(part: &str) -> String {
    let part = part.trim_matches('/');
    match part.contains('/') {
        true => format!("**/*{part}*"),
        false => format!("*{part}*"),
    }
}

fn rule(name: &str, setting: &Value, out: &mut Carrier) {
    let from = format!("rules.{name}");
    let (level, options) = match setting {
        Value::Array(parts) => (parts.first(), parts.get(1)),
        level => (Some(level), None),
    };
    let level = match level.and_then(Value::as_u64) {
        Some(0) => "off",
        Some(1) => "warning",
        Some(2) => "error",
        _ => {
            out.fault(&from, "must be 0, 1 or 2, or a list of that and options");
            return;
        }
    };
    let rules = out.named_or_leave(&from, name);
    let options = options
        .map(|options| out.entries(&from, options))
        .unwrap_or_default();
    let mut tags = None;
    for (option, value) in options {
        let from = format!("{from}.{option}");
        match (name, option) {
            ("service-image-require-explicit-tag", "prohibitedTags") => {
                tags = Some(out.texts(&from, value));
            }
            _ => out.leave(&from, "no option here does that"),
        }
    }
    for rule in rules {
        let id = rule.meta.id;
        match &tags {
            Some(tags)
                if rule
                    .meta
                    .options
                    .iter()
                    .any(|option| option.name == "moving-tags") =>
            {
                out.set(
                    &from,
                    &["rules", id],
                    json!({ "severity": level, "moving-tags": tags }),
                );
            }
            _ => out.set(&from, &["rules", id], level),
        }
    }
}
