//! The variables of a project: what its `.env` files say.
//!
//! The environment of the machine is never asked. It would win over every value here, so that a value from here is
//! what holds as long as nobody sets the variable.
//!
//! Not for: the grammar of such files (`dotenv`), and the environment of containers.

use std::collections::HashMap;

use super::dotenv::{self, Entry};
use crate::grammar::variable::Value;
use crate::text::order;

/// Variables with their values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// `None` for a variable whose value depends on the machine.
    values: HashMap<Box<str>, Option<Box<str>>>,
    is_closed: bool,
}

impl Environment {
    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.as_deref()
    }

    /// Whether a variable is set, but to what is not known.
    pub fn is_set_to_unknown(&self, name: &str) -> bool {
        self.values.get(name).is_some_and(Option::is_none)
    }

    /// What is known of a variable. One that nothing here sets may be set by the machine, unless it is known that
    /// nobody does.
    pub fn lookup(&self, name: &str) -> Value {
        match self.values.get(name) {
            Some(Some(value)) => Value::Set(value.to_string()),
            Some(None) => Value::Unknown,
            None if self.is_closed => Value::Unset,
            None => Value::Unknown,
        }
    }

    /// These variables, and under them those of env files, of which a later one wins (`dotenv/env.go` of
    /// compose-go). A file may use the variables that are here and those of the files before it.
    pub fn with_files<'e>(&self, files: impl IntoIterator<Item = &'e [Entry]>) -> Environment {
        let mut own: HashMap<Box<str>, Option<Box<str>>> = HashMap::new();
        for entries in files {
            let outer = |name: &str| match own.get(name) {
                Some(Some(value)) if !self.values.contains_key(name) => {
                    Value::Set(value.to_string())
                }
                Some(None) if !self.values.contains_key(name) => Value::Unknown,
                _ => self.lookup(name),
            };
            let values = dotenv::values(entries, &outer);
            for (name, value) in values {
                let value = match value {
                    Value::Set(value) => Some(value.into()),
                    Value::Unknown => None,
                    Value::Unset => continue,
                };
                own.insert(name.into(), value);
            }
        }
        own.extend(self.values.clone());
        Environment {
            values: own,
            is_closed: self.is_closed,
        }
    }

    /// Whether there is no variable.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Gives a variable a value, over the one that it has.
    pub fn set(&mut self, name: &str, value: &str) {
        self.values.insert(name.into(), Some(value.into()));
    }

    /// The same, but nobody sets any other variable: those that have no value are empty, as Compose takes them on a
    /// machine without them.
    pub fn closed(mut self) -> Environment {
        self.is_closed = true;
        self
    }

    /// Whether variables that have no value here are known to have none at all.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// The variable whose name is spelt most like another one, if it may be meant.
    pub fn similar(&self, name: &str) -> Option<&str> {
        let letters = |name: &str| -> String {
            let letters = name.chars().filter(|c| !c.is_ascii_digit());
            letters.collect()
        };
        if !(4..=64).contains(&name.len()) {
            return None;
        }
        let near = |known: &'_ str| {
            let distance = strsim::damerau_levenshtein(name, known);
            // `NODE1_PORT` is not a slip for `NODE2_PORT`.
            let is_other = letters(known) != letters(name);
            (is_other && known.len().abs_diff(name.len()) <= 2 && distance <= 1 + name.len() / 8)
                .then_some(distance)
        };
        let known = self.values.keys().map(|known| &**known);
        let all = known.filter_map(|known| Some((near(known)?, known)));
        let (_, known) = all.min()?;
        Some(known)
    }

    /// Whether a variable is one that shells, desktops, Docker or build servers set, so that it is there without
    /// being in any file.
    pub fn is_usual(name: &str) -> bool {
        const NAMES: [&str; 22] = [
            "CI",
            "DBUS_SESSION_BUS_ADDRESS",
            "DISPLAY",
            "EDITOR",
            "EUID",
            "GID",
            "GROUP",
            "HOME",
            "HOST",
            "HOSTNAME",
            "LANG",
            "LOGNAME",
            "OSTYPE",
            "PATH",
            "PWD",
            "SHELL",
            "SSH_AUTH_SOCK",
            "TERM",
            "TZ",
            "UID",
            "USER",
            "XAUTHORITY",
        ];
        const BEGINNINGS: [&str; 12] = [
            "BUILDKIT_",
            "CI_",
            "COMPOSE_",
            "DOCKER_",
            "GITHUB_",
            "GITLAB_",
            "HTTP_",
            "HTTPS_",
            "LC_",
            "RUNNER_",
            "WAYLAND_",
            "XDG_",
        ];
        NAMES.contains(&name) || BEGINNINGS.iter().any(|start| name.starts_with(start))
    }

    /// All variables whose values are known, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut all: Vec<(&str, &str)> = self
            .values
            .iter()
            .filter_map(|(name, value)| Some((&**name, value.as_deref()?)))
            .collect();
        order::sort(&mut all);
        all.into_iter()
    }
}
