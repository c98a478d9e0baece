//! `.tally.toml`.

use serde_json::{Map, Value, json};

use super::Carrier;
use crate::diagnostic::Severity;

pub(super) fn carry(root: &Value, out: &mut Carrier) {
    for (key, value) in out.entries("", root) {
        match key {
            "output" => output(value, out),
            "rules" => rules(value, out),
            "inline-directives" => directives(value, out),
            "unsafe-fixes" => out.leave(
                key,
                "what may be fixed is for the command line: `--unsafe-fixes`",
            ),
            "slow-checks" => each(key, value, "nothing here is slow or asks the network", out),
            "file-validation" => each(key, value, "files of up to 20 MB are read", out),
            "ai" => each(key, value, "nothing here asks a model", out),
            _ => out.leave(key, "tally itself does not know this key"),
        }
    }
}

/// Leaves every key of a table for the same reason.
fn each(table: &str, value: &Value, why: &str, out: &mut Carrier) {
    for (key, _) in out.entries(table, value) {
        out.leave(&format!("{table}.{key}"), why);
    }
}

fn output(value: &Value, out: &mut Carrier) {
    for (key, value) in out.entries("output", value) {
        let from = format!("output.{key}");
        match key {
            "fail-level" => match out.text(&from, value) {
                Some("none") => out.set(&from, &["fail-on"], "never"),
                Some(word) => out.fail_on(&from, word),
                None => {}
            },
            "format" | "path" => out.leave(
                &from,
                "how findings are shown is for the command line: `--format FORMAT=FILE`",
            ),
            "show-source" => out.leave(
                &from,
                "that is a matter of the format: `--format concise` shows none",
            ),
            _ => out.leave(&from, "tally itself does not know this key"),
        }
    }
}

fn directives(value: &Value, out: &mut Carrier) {
    for (key, value) in out.entries("inline-directives", value) {
        let from = format!("inline-directives.{key}");
        let Some(value) = out.boolean(&from, value) else {
            continue;
        };
        match key {
            "enabled" => out.set(&from, &["suppressions", "comments"], value),
            "warn-unused" => out.set(&from, &["suppressions", "report-unused"], value),
            "require-reason" => out.set(&from, &["suppressions", "require-reason"], value),
            "validate-rules" => {
                let level = if value { "warning" } else { "off" };
                out.set(&from, &["rules", "unknown-rule-in-suppression"], level);
            }
            _ => out.leave(&from, "tally itself does not know this key"),
        }
    }
}

fn rules(value: &Value, out: &mut Carrier) {
    for (key, value) in out.entries("rules", value) {
        let from = format!("rules.{key}");
        match key {
            "include" | "exclude" => {
                for (number, pattern) in out.texts(&from, value).into_iter().enumerate() {
                    select(&format!("{from}.{number}"), pattern, key == "include", out);
                }
            }
            namespace => {
                for (name, settings) in out.entries(&from, value) {
                    rule(namespace, name, settings, out);
                }
            }
        }
    }
}

/// Switches the rules on or off that a pattern such as `hadolint/DL3008` or `buildkit/*` names.
fn select(from: &str, pattern: &str, is_on: bool, out: &mut Carrier) {
    let name = pattern.rsplit('/').next().unwrap_or_default();
    let has_glob = name.contains(['*', '?', '[']);
    if has_glob || name.is_empty() {
        out.leave(from, "a glob over the rules of one tool; `rules` here names them one by one, `presets` many at once");
        return;
    }
    for rule in out.named_or_leave(from, name) {
        let level = if is_on {
            rule.meta.severity.as_str()
        } else {
            "off"
        };
        let from = format!("{from} ({name})");
        out.set(&from, &["rules", rule.meta.id], level);
    }
}

fn rule(namespace: &str, name: &str, settings: &Value, out: &mut Carrier) {
    let from = format!("rules.{namespace}.{name}");
    let rules = out.named_or_leave(&from, name);
    if rules.is_empty() {
        return;
    }
    for (key, value) in out.entries(&from, settings) {
        let from = format!("{from}.{key}");
        match key {
            "severity" => {
                let Some(word) = out.text(&from, value) else {
                    continue;
                };
                let level = match word {
                    "off" => "off",
                    "style" => "info",
                    word => match Severity::parse(word) {
                        Some(severity) => severity.as_str(),
                        None => {
                            out.fault(&from, "must be off, error, warning, info or style");
                            continue;
                        }
                    },
                };
                out.level(&from, name, level);
            }
            "fix" => out.leave(
                &from,
                "a fix is safe or not here, and `--fix` and `--unsafe-fixes` choose",
            ),
            "exclude" => {
                let paths = value.get("paths").unwrap_or(&Value::Null);
                let paths = out.texts(&format!("{from}.paths"), paths);
                let mut off = Map::new();
                for rule in &rules {
                    off.insert(rule.meta.id.to_owned(), "off".into());
                }
                let off = Value::Object(off);
                if !paths.is_empty() {
                    out.set(
                        &format!("{from}.paths"),
                        &["overrides"],
                        json!({ "files": paths, "rules": off }),
                    );
                }
            }
            "trusted-registries" if name == "DL3026" => {
                let registries = out.texts(&from, value);
                out.set(&from, &["registries", "allow"], json!(registries));
            }
            _ => out.leave(&from, "no option here does that"),
        }
    }
}
