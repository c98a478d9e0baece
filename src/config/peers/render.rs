//! Carried settings as a `dockworthy.yaml`, and what became of each key in words.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::{Carried, Entry};
use crate::config::KEYS;
use crate::text::order;

/// A configuration made from the files of other tools.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The text of the `dockworthy.yaml`.
    pub text: String,
    /// What became of each key, a line each.
    pub lines: Vec<String>,
}

/// Renders what was carried over from files, given with their names.
pub fn render(all: &[(String, Carried)]) -> Rendered {
    let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    let mut draft = Draft::default();
    let mut lines = Vec::new();
    let mut left = Vec::new();
    for (name, carried) in all {
        for entry in &carried.entries {
            let shown = format!("{}: {}", entry.path.join("."), flow(&entry.value));
            lines.push(match draft.put(entry, name, all.len() > 1) {
                Put::Done => format!("{name}: {} -> {shown}", entry.from),
                Put::Same => format!("{name}: {} -> {shown}, as above", entry.from),
                Put::Taken => {
                    let line = format!(
                        "{}: {} is set otherwise above",
                        entry.from,
                        entry.path.join(".")
                    );
                    left.push(format!("{name}: {line}"));
                    format!("{name}: {line}")
                }
            });
        }
        for (key, why) in &carried.left {
            left.push(format!("{name}: {key}: {why}"));
            lines.push(format!("{name}: {key} has no counterpart: {why}"));
        }
    }
    let mut text = format!(
        "# Carried over from {} by `dockworthy migrate`.\n",
        line(&names.join(", "))
    );
    for (key, _) in KEYS {
        if let Some((_, section)) = draft.sections.iter().find(|(known, _)| known == key) {
            section.write(key, &mut text);
        }
    }
    if !left.is_empty() {
        text.push_str("\n# No counterpart:\n");
        for left in left {
            let _ = writeln!(text, "# - {}", line(&left));
        }
    }
    Rendered { text, lines }
}

/// What happened to an entry.
enum Put {
    Done,
    /// It says what another one has said.
    Same,
    /// Another one has said something else.
    Taken,
}

#[derive(Default)]
struct Draft {
    sections: Vec<(String, Section)>,
}

/// What stands below a key at the top.
#[derive(Default)]
struct Section {
    /// The name of each part, empty for lists and single values, with its value and where it comes from.
    parts: Vec<(String, Value, String)>,
}

/// The keys at the top whose entries are a list.
const LISTS: [&str; 4] = ["presets", "overrides", "ignore", "exclude"];

impl Draft {
    fn put(&mut self, entry: &Entry, file: &str, with_file: bool) -> Put {
        let [key, below @ ..] = &entry.path[..] else {
            return Put::Taken;
        };
        let from = match with_file {
            true => format!("{file}: {}", entry.from),
            false => entry.from.clone(),
        };
        let at = self.sections.iter().position(|(known, _)| known == key);
        let at = at.unwrap_or_else(|| {
            self.sections.push((key.clone(), Section::default()));
            self.sections.len() - 1
        });
        let parts = &mut self.sections[at].1.parts;
        let name = below.join(".");
        let known = match LISTS.contains(&key.as_str()) {
            true => parts.iter_mut().find(|(_, value, _)| *value == entry.value),
            false => parts.iter_mut().find(|(known, ..)| *known == name),
        };
        match known {
            None => {
                parts.push((name, entry.value.clone(), from));
                Put::Done
            }
            Some((_, value, _)) if *value == entry.value => Put::Same,
            Some((_, Value::Array(items), _)) => {
                // Lists of what is allowed add up.
                for item in entry.value.as_array().into_iter().flatten() {
                    if !items.contains(item) {
                        items.push(item.clone());
                    }
                }
                Put::Done
            }
            Some(_) => Put::Taken,
        }
    }
}

impl Section {
    fn write(&self, key: &str, text: &mut String) {
        let comment = |from: &str| line(from);
        if LISTS.contains(&key) {
            let _ = writeln!(text, "{key}:");
            for (_, value, from) in &self.parts {
                item(value, &comment(from), text);
            }
            return;
        }
        if let [(name, value, from)] = &self.parts[..]
            && name.is_empty()
        {
            let _ = writeln!(text, "{key}: {} # {}", flow(value), comment(from));
            return;
        }
        let _ = writeln!(text, "{key}:");
        for (name, value, from) in &self.parts {
            let _ = writeln!(
                text,
                "  {}: {} # {}",
                scalar(name),
                flow(value),
                comment(from)
            );
        }
    }
}

/// An item of a list at the top.
fn item(value: &Value, comment: &str, text: &mut String) {
    let Value::Object(entries) = value else {
        let _ = writeln!(text, "  - {} # {comment}", flow(value));
        return;
    };
    // In the order of the documentation.
    let order = match entries.contains_key("reason") {
        true => ["rules", "files", "services", "reason", "until"].as_slice(),
        false => &["files", "presets", "rules"],
    };
    let place = |key: &str| order.iter().position(|known| *known == key);
    let mut entries: Vec<(&String, &Value)> = entries.iter().collect();
    order::sort_by_key(&mut entries, |(key, _)| place(key));
    for (number, (key, value)) in entries.into_iter().enumerate() {
        let lead = if number == 0 { "  - " } else { "    " };
        let behind = if number == 0 {
            format!(" # {comment}")
        } else {
            String::new()
        };
        let _ = writeln!(text, "{lead}{key}: {}{behind}", flow(value));
    }
}

/// A value on one line.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(entries) => mapping(entries),
        other => other.to_string(),
    }
}

fn mapping(entries: &Map<String, Value>) -> String {
    let entry = |(key, value): (&String, &Value)| format!("{}: {}", scalar(key), flow(value));
    let entries: Vec<String> = entries.iter().map(entry).collect();
    format!("{{{}}}", entries.join(", "))
}

/// A text as it is written in YAML: without quotes where it can be nothing else.
fn scalar(text: &str) -> String {
    let is_plain_char = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '-');
    let is_word = ["true", "false", "null", "yes", "no", "on", "y", "n"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(text));
    let is_plain =
        text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_plain_char);
    match is_plain && !is_word {
        true => text.to_owned(),
        // A text of JSON is one of YAML.
        false => Value::from(text).to_string(),
    }
}

/// A text that stays on its line.
fn line(text: &str) -> String {
    text.replace(
        |c: char| c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}'),
        " ",
    )
}
