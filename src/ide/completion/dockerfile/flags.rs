//! Flags of instructions and fields of `RUN --mount`.

use super::Here;
use crate::dockerfile::keyword::Keyword;
use crate::dockerfile::mount::{MountKey, MountKind};
use crate::ide::completion::{Completion, CompletionKind, in_name};
use crate::ide::line::Line;
use crate::ide::words;

impl Here<'_> {
    /// A flag, or the value of one.
    pub(super) fn flag(&self, line: &Line) -> Vec<Completion> {
        let flag = line.current.trim_start_matches("--");
        match flag.split_once('=') {
            Some((name, value)) => self.flag_value(line, &name.to_ascii_lowercase(), value),
            None => self.flags(line),
        }
    }

    fn flags(&self, line: &Line) -> Vec<Completion> {
        let is_part = |c: char| c.is_ascii_alphabetic() || c == '-';
        let span = self.cursor.word(&line.current, is_part);
        let rest = self.cursor.text.get(span.end as usize..);
        let has_value = rest.is_some_and(|rest| rest.starts_with('='));
        let known = words::flags(line.keyword).iter();
        let free = known.filter(|flag| {
            let may_repeat = matches!(flag.name, "mount" | "exclude" | "device");
            may_repeat || line.flag(flag.name).is_none()
        });
        let items = free.map(|flag| {
            let name = format!("--{}", flag.name);
            let text = match flag.is_switch || has_value {
                true => name.clone(),
                false => format!("{name}="),
            };
            Completion::new(name, CompletionKind::Key, span)
                .doc(flag.doc)
                .text(text)
        });
        items.collect()
    }

    fn flag_value(&self, line: &Line, name: &str, value: &str) -> Vec<Completion> {
        if name == "mount" && line.keyword == Keyword::Run {
            return self.mount(line, value);
        }
        let mut items = match (line.keyword, name) {
            (Keyword::Copy, "from") => self.take_from(line, value),
            (Keyword::Copy | Keyword::Add, "chown") if !value.contains(':') => {
                self.user_names(line, value)
            }
            _ => Vec::new(),
        };
        let mut known = words::flags(line.keyword).iter();
        if let Some(flag) = known.find(|flag| flag.name == name) {
            let values: &[&str] = match flag.is_switch {
                true => &["true", "false"],
                false => flag.values,
            };
            items.extend(self.values_of_flag(value, values));
        }
        items
    }

    fn values_of_flag(&self, typed: &str, values: &[&str]) -> Vec<Completion> {
        let is_part = |c: char| !c.is_whitespace() && c != ',';
        let span = self.cursor.word(typed, is_part);
        values
            .iter()
            .map(|value| Completion::new(*value, CompletionKind::Value, span))
            .collect()
    }

    /// A field of a mount, or the value of one.
    fn mount(&self, line: &Line, fields: &str) -> Vec<Completion> {
        let (before, field) = fields.rsplit_once(',').unwrap_or(("", fields));
        let given: Vec<(&str, &str)> = before
            .split(',')
            .filter(|field| !field.is_empty())
            .map(|field| field.split_once('=').unwrap_or((field, "")))
            .collect();
        let kind = given
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case("type"));
        let kind = kind.map_or(Some(MountKind::Bind), |(_, value)| MountKind::parse(value));
        match field.split_once('=') {
            Some((key, value)) => self.mount_value(line, kind, &given, key, value),
            None => self.mount_keys(kind, &given, field),
        }
    }

    fn mount_keys(
        &self,
        kind: Option<MountKind>,
        given: &[(&str, &str)],
        typed: &str,
    ) -> Vec<Completion> {
        let span = self.cursor.word(typed, |c| c.is_ascii_alphabetic());
        let has_key = |key: MountKey| {
            given
                .iter()
                .any(|(name, _)| MountKey::parse(name) == Some(key))
        };
        let is_first = given.is_empty();
        let mut keys: Vec<MountKey> = kind.map_or(&[][..], keys_of).to_vec();
        if is_first {
            // The type may still be said.
            keys.push(MountKey::Type);
        }
        let items = keys.into_iter().filter(|key| !has_key(*key)).map(|key| {
            let name = spelling(key);
            let item = Completion::new(name, CompletionKind::Key, span).doc(words::mount_key(key));
            match is_flag(key) {
                true => item,
                false => item.text(format!("{name}=")),
            }
            .rank(if key == MountKey::Type { 4 } else { 5 })
        });
        items.collect()
    }

    fn mount_value(
        &self,
        line: &Line,
        kind: Option<MountKind>,
        given: &[(&str, &str)],
        key: &str,
        typed: &str,
    ) -> Vec<Completion> {
        match (MountKey::parse(key), kind) {
            (Some(MountKey::Type), _) => {
                let kinds = MountKind::ALL.map(|kind| kind.as_str());
                self.values_of_flag(typed, &kinds)
            }
            (Some(MountKey::Sharing), _) => {
                self.values_of_flag(typed, &["shared", "private", "locked"])
            }
            (Some(MountKey::From), Some(MountKind::Bind | MountKind::Cache)) => {
                self.take_from(line, typed)
            }
            (Some(MountKey::Source), Some(MountKind::Bind)) => {
                let is_elsewhere = given
                    .iter()
                    .any(|(key, _)| MountKey::parse(key) == Some(MountKey::From));
                match is_elsewhere {
                    true => Vec::new(),
                    false => self.context_paths(typed),
                }
            }
            (Some(MountKey::Id), Some(MountKind::Secret)) => self.secrets(typed),
            (Some(key), _) if is_flag(key) => self.values_of_flag(typed, &["true", "false"]),
            _ => Vec::new(),
        }
    }

    /// The secrets that Compose files grant the builds of the file.
    fn secrets(&self, typed: &str) -> Vec<Completion> {
        let span = self.cursor.word(typed, in_name);
        let mut items = Vec::new();
        for (_, _, build) in self.workspace.builds_of(self.path) {
            for grant in build.build.value.secrets.iter() {
                let name = build.secret_name(grant).and_then(|name| name.known());
                items.extend(name.map(|name| {
                    Completion::new(name, CompletionKind::Name, span)
                        .detail(format!("secret that service {} grants", build.owner.value))
                }));
            }
        }
        items
    }
}

/// The fields that a kind of mount has, by the Dockerfile reference.
fn keys_of(kind: MountKind) -> &'static [MountKey] {
    use MountKey::{
        Env, From, Gid, Id, Mode, ReadOnly, ReadWrite, Required, Sharing, Size, Source, Target, Uid,
    };
    match kind {
        MountKind::Bind => &[Target, Source, From, ReadWrite],
        MountKind::Cache => &[Id, Target, ReadOnly, Sharing, From, Source, Mode, Uid, Gid],
        MountKind::Tmpfs => &[Target, Size],
        MountKind::Secret => &[Id, Target, Env, Required, Mode, Uid, Gid],
        MountKind::Ssh => &[Id, Target, Required, Mode, Uid, Gid],
    }
}

/// How a key is spelled here; some have several spellings.
fn spelling(key: MountKey) -> &'static str {
    let mut spellings = MountKey::SPELLINGS.into_iter();
    let found = spellings.find(|(_, known)| *known == key);
    found.map_or("", |(spelling, _)| spelling)
}

/// Whether a key may stand alone.
fn is_flag(key: MountKey) -> bool {
    matches!(
        key,
        MountKey::ReadOnly | MountKey::ReadWrite | MountKey::Required
    )
}
