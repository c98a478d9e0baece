//! `.compose-lint.yml`.

use serde_json::{Value, json};

use super::Carrier;

/// What is said of a finding that is suppressed there without a reason.
const NO_REASON: &str = "switched off for compose-lint, without a reason";

pub(super) fn carry(root: &Value, out: &mut Carrier) {
    for (key, value) in out.entries("", root) {
        if key != "rules" {
            out.leave(key, "compose-lint itself does not know this key");
            continue;
        }
        for (code, settings) in out.entries("rules", value) {
            rule(code, settings, out);
        }
    }
}

fn rule(code: &str, settings: &Value, out: &mut Carrier) {
    let from = format!("rules.{code}");
    if out.named_or_leave(&from, code).is_empty() {
        return;
    }
    let reason = settings
        .get("reason")
        .and_then(Value::as_str)
        .filter(|reason| !reason.is_empty());
    let mut is_on = true;
    for (key, value) in out.entries(&from, settings) {
        let from = format!("{from}.{key}");
        match key {
            "enabled" => is_on = out.boolean(&from, value).unwrap_or(true),
            "reason" => {
                out.text(&from, value);
            }
            "severity" => match value.as_str() {
                Some("critical" | "high") => out.level(&from, code, "error"),
                Some("medium") => out.level(&from, code, "warning"),
                Some("low") => out.level(&from, code, "info"),
                _ => out.fault(&from, "must be critical, high, medium or low"),
            },
            "exclude_services" => services(&from, code, value, reason, out),
            _ => out.leave(&from, "compose-lint itself does not know this key"),
        }
    }
    let from = match settings.get("reason") {
        Some(_) => format!("{from}.reason"),
        None => from,
    };
    match (is_on, reason) {
        (true, Some(_)) if settings.get("exclude_services").is_none() => {
            out.leave(&from, "nothing is switched off that it could explain");
        }
        (true, _) => {}
        // Findings stay visible there as suppressed ones.
        (false, _) => {
            let reason = reason.unwrap_or(NO_REASON);
            out.set(
                &from,
                &["ignore"],
                json!({ "rules": [code], "reason": reason }),
            );
        }
    }
}

fn services(from: &str, code: &str, value: &Value, reason: Option<&str>, out: &mut Carrier) {
    let entry = |services: Value, reason: &str| json!({ "rules": [code], "services": services, "reason": reason });
    if let Value::Object(services) = value {
        for (service, own) in services {
            let own = own.as_str().or(reason).unwrap_or(NO_REASON);
            out.set(
                &format!("{from}.{service}"),
                &["ignore"],
                entry(json!([service]), own),
            );
        }
        return;
    }
    let services = out.texts(from, value);
    if !services.is_empty() {
        out.set(
            from,
            &["ignore"],
            entry(json!(services), reason.unwrap_or(NO_REASON)),
        );
    }
}
