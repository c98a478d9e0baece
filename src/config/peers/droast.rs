//! `droast.toml`.

use serde_json::{Map, Value, json};

use super::Carrier;
use crate::diagnostic::Severity;
use crate::engine::meta::Category;
use crate::knowledge::labels::LabelType;

pub(super) fn carry(root: &Value, out: &mut Carrier) {
    let mut never_fails = false;
    if let Some(value) = root.get("no-fail")
        && out.boolean("no-fail", value) == Some(true)
    {
        never_fails = true;
        out.set("no-fail", &["fail-on"], "never");
    }
    for (key, value) in out.entries("", root) {
        match key {
            "no-fail" => {}
            "fail-on" if never_fails => out.leave(key, "`no-fail` has the last word"),
            "fail-on" => {
                if let Some(word) = out.text(key, value) {
                    out.fail_on(key, word);
                }
            }
            "extends" => out.leave(key, "carry the other file over as well, and name it under `extends`"),
            "preset" => preset(value, out),
            "min-severity" => out.leave(key, "all findings are shown; `--select` and `rules` choose"),
            "categories" => out.leave(key, "`presets` and `--select` choose rules by kind here"),
            "skip-categories" => skip_categories(value, out),
            "inline-suppressions" => {
                if let Some(value) = out.boolean(key, value) {
                    out.set(key, &["suppressions", "comments"], value);
                }
            }
            "require-suppression-reason" => {
                if let Some(value) = out.boolean(key, value) {
                    out.set(key, &["suppressions", "require-reason"], value);
                }
            }
            "suppression-reason-pattern" => out.leave(key, "a reason may have any form"),
            "require-suppression-expiration" => match root.get("max-suppression-days") {
                Some(_) => out.set(key, &["suppressions", "max-days"], root["max-suppression-days"].clone()),
                None => out.leave(key, "`suppressions: {max-days: …}` asks for a date, and for one that is near enough"),
            },
            "max-suppression-days" => match value.as_u64() {
                Some(_) if root.get("require-suppression-expiration") == Some(&Value::Bool(true)) => {}
                Some(days) => out.set(key, &["suppressions", "max-days"], days),
                None => out.fault(key, "must be a whole number"),
            },
            "report-unused-suppressions" => {
                if let Some(value) = out.boolean(key, value) {
                    out.set(key, &["suppressions", "report-unused"], value);
                }
            }
            "approved-registries" | "extend-approved-registries" => list(key, value, &["registries", "allow"], out),
            "approved-base-images" | "extend-approved-base-images" => list(key, value, &["images", "allow"], out),
            "required-labels" => labels(value, out),
            "strict-labels" => {
                if let Some(strict) = out.boolean(key, value) {
                    out.level(key, "DL3050", if strict { "warning" } else { "off" });
                }
            }
            "skip" | "severity-overrides" => {
                let levels = levels("", key, value, out);
                for (from, id, level) in levels {
                    out.set(&from, &["rules", id], level);
                }
            }
            "shellcheck" => shellcheck(value, out),
            "workflow" => {
                for (below, value) in out.entries(key, value) {
                    let from = format!("{key}.{below}");
                    match (below, value.as_str()) {
                        ("engine", Some(engine @ ("docker" | "podman"))) => out.set(&from, &["engine"], engine),
                        ("engine", _) => out.fault(&from, "must be docker or podman"),
                        _ => out.leave(&from, "dockerfile-roast itself does not know this key"),
                    }
                }
            }
            "overrides" => overrides(value, out),
            "no-roast" => out.leave(key, "nobody is roasted here"),
            "format" => out.leave(key, "how findings are shown is for the command line: `--format`"),
            _ => out.leave(key, "dockerfile-roast itself does not know this key"),
        }
    }
}

fn list(key: &str, value: &Value, path: &[&str], out: &mut Carrier) {
    let items = out.texts(key, value);
    if !items.is_empty() {
        out.set(key, path, json!(items));
    }
}

fn preset(value: &Value, out: &mut Carrier) {
    let from = "preset";
    match out.text(from, value) {
        Some("production") => out.set(from, &["presets"], "production"),
        Some("security") => out.set(from, &["presets"], "hardened"),
        Some("strict") => out.set(from, &["presets"], "all"),
        Some(word @ ("minimal" | "performance")) => {
            out.leave(
                from,
                format!("no preset is like `{word}`; `recommended` stays"),
            );
        }
        Some(word) => out.fault(from, format!("`{word}` is no preset")),
        None => {}
    }
}

fn skip_categories(value: &Value, out: &mut Carrier) {
    for (number, word) in out.texts("skip-categories", value).into_iter().enumerate() {
        let from = format!("skip-categories.{number}");
        let lower = word.to_ascii_lowercase();
        match Category::ALL
            .iter()
            .find(|category| category.as_str() == lower)
        {
            Some(category) => {
                let entry = json!({ "rules": [category.as_str()], "reason": "the category is skipped in droast.toml" });
                out.set(&from, &["ignore"], entry);
            }
            None => out.leave(&from, format!("no category here is called {word}")),
        }
    }
}

/// The levels that `skip` or `severity-overrides` give: the key, the rule and the level of each.
fn levels(
    above: &str,
    key: &str,
    value: &Value,
    out: &mut Carrier,
) -> Vec<(String, &'static str, &'static str)> {
    let mut found = Vec::new();
    let codes: Vec<(String, &str, &'static str)> = if key == "skip" {
        let codes = out
            .texts(&format!("{above}{key}"), value)
            .into_iter()
            .enumerate();
        codes
            .map(|(number, code)| (format!("{above}{key}.{number}"), code, "off"))
            .collect()
    } else {
        let mut codes = Vec::new();
        for (code, word) in out.entries(&format!("{above}{key}"), value) {
            let from = format!("{above}{key}.{code}");
            match word.as_str().and_then(Severity::parse) {
                Some(severity) => codes.push((from, code, severity.as_str())),
                None if word.as_str() == Some("style") => codes.push((from, code, "info")),
                None => out.fault(&from, "must be error, warning or info"),
            }
        }
        codes
    };
    for (from, code, level) in codes {
        for rule in out.named_or_leave(&from, code) {
            found.push((from.clone(), rule.meta.id, level));
        }
    }
    found
}

fn labels(value: &Value, out: &mut Carrier) {
    for (label, kind) in out.entries("required-labels", value) {
        let from = format!("required-labels.{label}");
        match kind.as_str() {
            Some(kind) if LabelType::parse(kind).is_some() => {
                out.set(&from, &["labels", label], kind)
            }
            Some(kind) if kind.starts_with("regex:") => {
                out.set(&from, &["labels", label], "text");
                out.leave(
                    &from,
                    "the value may have any form; only that there is one is asked for",
                );
            }
            _ => out.fault(
                &from,
                "must be text, url, semver, hash, rfc3339, spdx, email or regex:…",
            ),
        }
    }
}

fn shellcheck(value: &Value, out: &mut Carrier) {
    for (key, value) in out.entries("shellcheck", value) {
        let from = format!("shellcheck.{key}");
        match key {
            "mode" => out.leave(
                &from,
                "ShellCheck is never run; the rules for shell scripts are built in",
            ),
            "exclude" => {
                for (number, code) in out.texts(&from, value).into_iter().enumerate() {
                    out.level(&format!("{from}.{number}"), code, "off");
                }
            }
            _ => out.leave(&from, "dockerfile-roast itself does not know this key"),
        }
    }
}

fn overrides(value: &Value, out: &mut Carrier) {
    let Value::Array(items) = value else {
        out.fault("overrides", "must be a list of tables");
        return;
    };
    for (number, item) in items.iter().enumerate() {
        let above = format!("overrides.{number}.");
        let mut rules = Map::new();
        let mut paths = Vec::new();
        for (key, value) in out.entries(&format!("overrides.{number}"), item) {
            match key {
                "paths" => paths = out.texts(&format!("{above}paths"), value),
                "skip" | "severity-overrides" => {
                    for (_, id, level) in levels(&above, key, value, out) {
                        rules.insert(id.to_owned(), level.into());
                    }
                }
                _ => out.leave(
                    &format!("{above}{key}"),
                    "an override here has `presets` and `rules` only",
                ),
            }
        }
        if !paths.is_empty() && !rules.is_empty() {
            let entry = json!({ "files": paths, "rules": rules });
            out.set(&format!("overrides.{number}"), &["overrides"], entry);
        }
    }
}
