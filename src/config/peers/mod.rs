//! The configuration files of other linters, read as settings of ours.
//!
//! Each key of theirs is carried over or named as one that has no counterpart. One reading serves both
//! `dockworthy migrate` and `--config .hadolint.yaml`: the former writes what the latter uses.
//!
//! Sources: the tools' own documentation and what they were seen to do: hadolint 2.15, compose-lint 0.36,
//! dclint 3.1, tally's and dockerfile-roast's reference pages.

mod compose_lint;
mod dclint;
mod droast;
mod hadolint;
pub mod literal;
mod render;
mod tally;

use std::path::Path;

use serde_json::Value;

use super::reader::to_json;
use crate::engine::meta::Rule;
use crate::engine::settings::is_script_code;

pub use render::{Rendered, render};

/// A linter whose configuration is understood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Peer {
    /// hadolint.
    Hadolint,
    /// dclint.
    Dclint,
    /// compose-lint.
    ComposeLint,
    /// tally.
    Tally,
    /// dockerfile-roast.
    Droast,
}

/// The names of configuration files, in the order in which each tool looks for them.
pub const FILES: [(&str, Peer); 30] = [
    (".hadolint.yaml", Peer::Hadolint),
    (".hadolint.yml", Peer::Hadolint),
    ("hadolint.yaml", Peer::Hadolint),
    ("hadolint.yml", Peer::Hadolint),
    ("package.json", Peer::Dclint),
    (".dclintrc", Peer::Dclint),
    (".dclintrc.json", Peer::Dclint),
    (".dclintrc.yaml", Peer::Dclint),
    (".dclintrc.yml", Peer::Dclint),
    (".dclintrc.js", Peer::Dclint),
    (".dclintrc.ts", Peer::Dclint),
    (".dclintrc.cjs", Peer::Dclint),
    (".dclintrc.mjs", Peer::Dclint),
    (".config/dclintrc", Peer::Dclint),
    (".config/dclintrc.json", Peer::Dclint),
    (".config/dclintrc.yaml", Peer::Dclint),
    (".config/dclintrc.yml", Peer::Dclint),
    (".config/dclintrc.js", Peer::Dclint),
    (".config/dclintrc.ts", Peer::Dclint),
    (".config/dclintrc.cjs", Peer::Dclint),
    (".config/dclintrc.mjs", Peer::Dclint),
    ("dclint.config.js", Peer::Dclint),
    ("dclint.config.ts", Peer::Dclint),
    ("dclint.config.cjs", Peer::Dclint),
    ("dclint.config.mjs", Peer::Dclint),
    (".compose-lint.yml", Peer::ComposeLint),
    (".compose-lint.yaml", Peer::ComposeLint),
    (".tally.toml", Peer::Tally),
    ("tally.toml", Peer::Tally),
    ("droast.toml", Peer::Droast),
];

impl Peer {
    /// Every tool, in the order of the documentation.
    pub const ALL: [Peer; 5] = [
        Peer::Hadolint,
        Peer::Dclint,
        Peer::ComposeLint,
        Peer::Tally,
        Peer::Droast,
    ];

    /// The tool that a file belongs to by its name.
    pub fn of_file(path: &Path) -> Option<Peer> {
        let name = path.file_name()?.to_str()?;
        let is_name = |known: &str| known == name || known.strip_prefix(".config/") == Some(name);
        FILES
            .iter()
            .find(|(known, _)| is_name(known))
            .map(|(_, peer)| *peer)
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Peer::Hadolint => "hadolint",
            Peer::Dclint => "dclint",
            Peer::ComposeLint => "compose-lint",
            Peer::Tally => "tally",
            Peer::Droast => "dockerfile-roast",
        }
    }
}

/// What became of a file.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    /// What was carried over, in the order of the file.
    pub entries: Vec<Entry>,
    /// What has no counterpart: the key and why.
    pub left: Vec<(String, String)>,
    /// What the tool itself would not understand: the key and why.
    pub faults: Vec<(String, String)>,
}

/// A setting of ours and where it comes from.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// The key in the other file, with dots between its parts, and in brackets what it names.
    pub from: String,
    /// The key in ours, part by part.
    pub path: Vec<String>,
    /// Its value.
    pub value: Value,
}

/// Reads the configuration of a tool. Nothing for a `package.json` that says nothing about dclint.
///
/// # Errors
/// A sentence about a file that is not in its language, or that only JavaScript could read.
pub fn read(
    peer: Peer,
    path: &Path,
    text: &str,
    rules: &'static [Rule],
) -> Result<Option<Carried>, String> {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let extension = path.extension().and_then(|extension| extension.to_str());
    let value = match (peer, extension) {
        (Peer::Tally | Peer::Droast, _) => toml(text)?,
        (_, Some("js" | "cjs" | "mjs" | "ts")) => literal::export(text)?,
        (_, Some("json")) => json(text)?,
        _ => yaml(text)?,
    };
    let value = match (name, value) {
        ("package.json", value) => match value.get("dclint") {
            Some(own) => own.clone(),
            None => return Ok(None),
        },
        (_, value) => value,
    };
    let mut carrier = Carrier {
        rules,
        carried: Carried::default(),
    };
    // A file may be empty.
    let value = match value {
        Value::Null => Value::Object(serde_json::Map::new()),
        value => value,
    };
    match &value {
        Value::Object(_) => match peer {
            Peer::Hadolint => hadolint::carry(&value, &mut carrier),
            Peer::Dclint => dclint::carry(&value, &mut carrier),
            Peer::ComposeLint => compose_lint::carry(&value, &mut carrier),
            Peer::Tally => tally::carry(&value, &mut carrier),
            Peer::Droast => droast::carry(&value, &mut carrier),
        },
        _ => return Err("it is no mapping of keys to values".to_owned()),
    }
    Ok(Some(carrier.carried))
}

fn toml(text: &str) -> Result<Value, String> {
    toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        let line = line
            .map(|line| format!("line {line}: "))
            .unwrap_or_default();
        format!("{line}{}", error.message())
    })
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

fn yaml(text: &str) -> Result<Value, String> {
    let parsed = crate::yaml::parse(&text.into());
    if let Some(error) = parsed.errors.first() {
        let line = text[..(error.span.start as usize).min(text.len())]
            .matches('\n')
            .count()
            + 1;
        return Err(format!("line {line}: {}", error.message));
    }
    let document = parsed.tree.documents.first();
    let root = document.and_then(|document| Some((document, document.root?)));
    match root {
        Some((document, root)) => {
            to_json(document, root, 0).ok_or_else(|| "it is nested too deeply".to_owned())
        }
        None => Ok(Value::Null),
    }
}

/// Collects what became of each key.
struct Carrier {
    rules: &'static [Rule],
    carried: Carried,
}

impl Carrier {
    /// Carries a key over.
    fn set(&mut self, from: &str, path: &[&str], value: impl Into<Value>) {
        self.carried.entries.push(Entry {
            from: from.to_owned(),
            path: path.iter().map(|part| (*part).to_owned()).collect(),
            value: value.into(),
        });
    }

    /// Names a key that has no counterpart.
    fn leave(&mut self, from: &str, why: impl Into<String>) {
        self.carried.left.push((from.to_owned(), why.into()));
    }

    /// Names a key that the tool itself would not understand.
    fn fault(&mut self, from: &str, why: impl Into<String>) {
        self.carried.faults.push((from.to_owned(), why.into()));
    }

    /// The entries of a mapping.
    fn entries<'v>(&mut self, from: &str, value: &'v Value) -> Vec<(&'v str, &'v Value)> {
        match value {
            Value::Object(entries) => entries
                .iter()
                .map(|(key, value)| (key.as_str(), value))
                .collect(),
            Value::Null => Vec::new(),
            _ => {
                self.fault(from, "must be a mapping of keys to values");
                Vec::new()
            }
        }
    }

    /// The texts of a list.
    fn texts<'v>(&mut self, from: &str, value: &'v Value) -> Vec<&'v str> {
        let items: Option<Vec<&str>> = match value {
            Value::Array(items) => items.iter().map(Value::as_str).collect(),
            Value::Null => Some(Vec::new()),
            _ => None,
        };
        items.unwrap_or_else(|| {
            self.fault(from, "must be a list of texts");
            Vec::new()
        })
    }

    fn boolean(&mut self, from: &str, value: &Value) -> Option<bool> {
        let known = value.as_bool();
        if known.is_none() {
            self.fault(from, "must be `true` or `false`");
        }
        known
    }

    fn text<'v>(&mut self, from: &str, value: &'v Value) -> Option<&'v str> {
        let known = value.as_str();
        if known.is_none() {
            self.fault(from, "must be a text");
        }
        known
    }

    /// The rules that answer to a name of another tool.
    fn named(&self, name: &str) -> Vec<&'static Rule> {
        self.rules
            .iter()
            .filter(|rule| rule.meta.answers_to(name))
            .collect()
    }

    /// The rules that answer to a name; where there is none, the key has no counterpart.
    fn named_or_leave(&mut self, from: &str, name: &str) -> Vec<&'static Rule> {
        let rules = self.named(name);
        if rules.is_empty() {
            let mut why = format!("no rule here answers to {name}");
            if is_script_code(name) {
                why.push_str("; if `shell.shellcheck` asks a ShellCheck, `rules.shellcheck.exclude` leaves it out");
            }
            self.leave(from, why);
        }
        rules
    }

    /// Gives every rule that answers to a name a level.
    fn level(&mut self, from: &str, name: &str, level: &str) {
        let rules = self.named_or_leave(from, name);
        let from = &match from.contains(name) {
            true => from.to_owned(),
            false => format!("{from} ({name})"),
        };
        for rule in rules {
            self.set(from, &["rules", rule.meta.id], level);
        }
    }

    /// The word for a threshold of another tool.
    fn fail_on(&mut self, from: &str, word: &str) {
        let known = match word {
            "critical" | "high" | "error" => "error",
            "medium" | "warning" => "warning",
            "low" | "info" | "style" => "info",
            "never" => "never",
            _ => {
                self.fault(from, format!("`{word}` is no severity"));
                return;
            }
        };
        self.set(from, &["fail-on"], known);
    }
}
