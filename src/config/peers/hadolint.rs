//! `.hadolint.yaml`.

use serde_json::{Value, json};

use super::Carrier;

/// The kinds of labels that hadolint knows.
const LABEL_TYPES: [&str; 7] = ["text", "rfc3339", "semver", "url", "hash", "spdx", "email"];

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
            "failure-threshold" => threshold(value, never_fails, out),
            "ignored" => {
                for (number, code) in out.texts(key, value).into_iter().enumerate() {
                    out.level(&format!("ignored.{number}"), code, "off");
                }
            }
            "override" => {
                let ignored = root.get("ignored").and_then(Value::as_array);
                let is_ignored = |code: &str| {
                    ignored.is_some_and(|codes| codes.iter().any(|known| known == code))
                };
                overrides(value, is_ignored, out);
            }
            "trustedRegistries" => {
                // Documented, though hadolint 2.15 itself refuses a file with a text there.
                let registries = match value.as_str() {
                    Some(one) => vec![one],
                    None => out.texts(key, value),
                };
                // The address of the site stands for the registry there.
                let ours = |registry: &&str| match *registry {
                    "hub.docker.com" => "docker.io".to_owned(),
                    other => other.to_owned(),
                };
                let mut registries: Vec<String> = registries.iter().map(ours).collect();
                let all = registries.clone();
                let mut number = 0;
                registries.retain(|registry| {
                    number += 1;
                    !all[..number - 1].contains(registry)
                });
                if !registries.is_empty() {
                    out.set(key, &["registries", "allow"], registries);
                }
            }
            "label-schema" => labels(value, out),
            "strict-labels" => {
                if let Some(strict) = out.boolean(key, value) {
                    out.level(key, "DL3050", if strict { "info" } else { "off" });
                    if strict && root.get("label-schema").is_none() {
                        out.leave(key, "without `label-schema` every label is one too many there, and none here");
                    }
                }
            }
            "disable-ignore-pragma" => {
                if let Some(disabled) = out.boolean(key, value) {
                    out.set(key, &["suppressions", "comments"], !disabled);
                }
            }
            "format" | "formats" => out.leave(
                key,
                "how findings are shown is for the command line: `--format`",
            ),
            "no-color" => out.leave(
                key,
                "colours are for the command line: `--color never`, or NO_COLOR",
            ),
            "verbose" => out.leave(key, "there is nothing more to say"),
            _ => out.leave(key, "hadolint itself does not know this key"),
        }
    }
    if !never_fails && root.get("failure-threshold").is_none() {
        out.set(
            "failure-threshold, which is `info` there when absent",
            &["fail-on"],
            "info",
        );
    }
}

fn threshold(value: &Value, never_fails: bool, out: &mut Carrier) {
    let from = "failure-threshold";
    let Some(word) = out.text(from, value) else {
        return;
    };
    if never_fails {
        out.leave(from, "`no-fail` has the last word");
        return;
    }
    match word {
        // Every finding fails a run then.
        "ignore" | "none" => out.set(from, &["fail-on"], "info"),
        word => out.fail_on(from, word),
    }
}

fn overrides(value: &Value, is_ignored: impl Fn(&str) -> bool, out: &mut Carrier) {
    for (severity, codes) in out.entries("override", value) {
        let from = format!("override.{severity}");
        let level = match severity {
            "error" | "warning" | "info" => severity,
            "style" => "info",
            _ => {
                out.leave(&from, "hadolint itself does not know this key");
                continue;
            }
        };
        for (number, code) in out.texts(&from, codes).into_iter().enumerate() {
            let from = format!("{from}.{number}");
            if is_ignored(code) {
                out.leave(&from, format!("{code} is ignored anyway"));
            } else if code == "DL1001" {
                // Any comment is one too many there.
                for rule in out.named(code) {
                    let setting = json!({ "severity": level, "forbid": true });
                    out.set(&from, &["rules", rule.meta.id], setting);
                }
            } else {
                out.level(&from, code, level);
            }
        }
    }
}

fn labels(value: &Value, out: &mut Carrier) {
    for (label, kind) in out.entries("label-schema", value) {
        let from = format!("label-schema.{label}");
        match kind.as_str() {
            Some("") => out.set(&from, &["labels", label], "text"),
            Some(kind) if LABEL_TYPES.contains(&kind) => out.set(&from, &["labels", label], kind),
            _ => out.fault(&from, format!("must be one of {}", LABEL_TYPES.join(", "))),
        }
    }
}
