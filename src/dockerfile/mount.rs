//! `RUN --mount` and `RUN --device`: what is attached to one command.
//!
//! Keys and types as in BuildKit's `instructions/commands_runmount.go` and `commands_rundevice.go`.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::text::{Span, Spanned};

use super::word::Word;

/// One `--mount=…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// The kind of mount; `bind` where none is given. `None` when the type is not known, or unknown until
    /// its variables are.
    pub kind: Option<MountKind>,
    /// The value of `type=`, if it is there.
    pub kind_word: Option<Word>,
    /// Every `key=value` and lone `key`, in order, `type` included.
    pub fields: Vec<MountField>,
    /// The value of the flag.
    pub span: Span,
}

/// The types of mounts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MountKind {
    /// `bind`, the default: files of the context, a stage or an image.
    Bind,
    /// `cache`: a directory that outlives the build.
    Cache,
    /// `tmpfs`: memory.
    Tmpfs,
    /// `secret`: a file or variable that does not enter the image.
    Secret,
    /// `ssh`: the agent's socket.
    Ssh,
}

/// A field of a mount or device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MountField {
    /// The key in lower case; its span is as written.
    pub key: Spanned<Box<str>>,
    /// What the key means; `None` for one that BuildKit does not know.
    pub name: Option<MountKey>,
    /// What stands behind `=`; `None` for a lone key.
    pub value: Option<Word>,
    /// Key, `=` and value.
    pub span: Span,
}

/// The keys of mounts, with their synonyms folded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MountKey {
    /// `type`.
    Type,
    /// `from`: a stage, image or named context.
    From,
    /// `source`, `src`.
    Source,
    /// `target`, `dst`, `destination`.
    Target,
    /// `readonly`, `ro`.
    ReadOnly,
    /// `readwrite`, `rw`.
    ReadWrite,
    /// `id`: names a cache, secret or agent.
    Id,
    /// `sharing`: how a cache is shared.
    Sharing,
    /// `required`: the secret or agent has to be there.
    Required,
    /// `size`: the limit of a `tmpfs`.
    Size,
    /// `mode`: file mode, octal.
    Mode,
    /// `uid`.
    Uid,
    /// `gid`.
    Gid,
    /// `env`: the variable that a secret is put in.
    Env,
}

impl MountKind {
    /// All kinds, the default first.
    pub const ALL: [MountKind; 5] = [
        MountKind::Bind,
        MountKind::Cache,
        MountKind::Tmpfs,
        MountKind::Secret,
        MountKind::Ssh,
    ];

    /// The name used in `type=`.
    pub fn as_str(self) -> &'static str {
        match self {
            MountKind::Bind => "bind",
            MountKind::Cache => "cache",
            MountKind::Tmpfs => "tmpfs",
            MountKind::Secret => "secret",
            MountKind::Ssh => "ssh",
        }
    }

    /// The kind that a name stands for, in any case.
    pub fn parse(name: &str) -> Option<MountKind> {
        MountKind::ALL
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(name))
    }
}

impl MountKey {
    /// Every spelling of every key.
    pub const SPELLINGS: [(&'static str, MountKey); 19] = [
        ("type", MountKey::Type),
        ("from", MountKey::From),
        ("source", MountKey::Source),
        ("src", MountKey::Source),
        ("target", MountKey::Target),
        ("dst", MountKey::Target),
        ("destination", MountKey::Target),
        ("readonly", MountKey::ReadOnly),
        ("ro", MountKey::ReadOnly),
        ("readwrite", MountKey::ReadWrite),
        ("rw", MountKey::ReadWrite),
        ("id", MountKey::Id),
        ("sharing", MountKey::Sharing),
        ("required", MountKey::Required),
        ("size", MountKey::Size),
        ("mode", MountKey::Mode),
        ("uid", MountKey::Uid),
        ("gid", MountKey::Gid),
        ("env", MountKey::Env),
    ];

    /// The key that a spelling stands for, in any case.
    pub fn parse(key: &str) -> Option<MountKey> {
        MountKey::SPELLINGS
            .into_iter()
            .find(|(spelling, _)| spelling.eq_ignore_ascii_case(key))
            .map(|(_, key)| key)
    }
}

impl Mount {
    /// The last field with this key, which is the one that counts.
    pub fn field(&self, key: MountKey) -> Option<&MountField> {
        self.fields
            .iter()
            .rev()
            .find(|field| field.name == Some(key))
    }

    /// The value of the last field with this key.
    pub fn value(&self, key: MountKey) -> Option<&Word> {
        self.field(key)?.value.as_ref()
    }
}

impl Mount {
    /// The id of the secret that a mount of that kind shows: its `source` or `id`, or the last part of its target
    /// (`dockerfile2llb/convert_secrets.go`). `None` if it has none, or a variable decides.
    pub fn secret_id(&self) -> Option<String> {
        for key in [MountKey::Source, MountKey::Id] {
            if let Some(id) = self.value(key) {
                let id = id.literal()?;
                if !id.is_empty() {
                    return Some(id.into_owned());
                }
            }
        }
        let target = self.value(MountKey::Target)?.literal()?;
        let name = target.trim_end_matches('/').rsplit('/').next()?;
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// The id of the SSH agent or key that a mount of that kind shows; `default` where none is written. `None` if a
    /// variable decides.
    pub fn ssh_id(&self) -> Option<String> {
        let Some(id) = self.value(MountKey::Id) else {
            return Some("default".to_owned());
        };
        let id = id.literal()?;
        Some(match &*id {
            "" => "default".to_owned(),
            id => id.to_owned(),
        })
    }

    /// Whether the build stops without what the mount shows. `None` if a variable decides, or the value is no boolean.
    pub fn is_required(&self) -> Option<bool> {
        let Some(field) = self.field(MountKey::Required) else {
            return Some(false);
        };
        let Some(value) = &field.value else {
            return Some(true);
        };
        match &*value.literal()? {
            "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
            "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
            _ => None,
        }
    }
}

/// Where the mounts of a command are, for many questions.
#[derive(Clone, Debug, Default)]
pub struct MountTargets<'m> {
    targets: HashSet<Cow<'m, str>>,
    /// Whether variables decide where one of them is.
    has_unknown: bool,
}

impl<'m> MountTargets<'m> {
    /// The targets of the mounts that have one.
    pub fn of(mounts: &'m [Mount]) -> MountTargets<'m> {
        let mut all = MountTargets::default();
        let targets = mounts
            .iter()
            .filter_map(|mount| mount.value(MountKey::Target));
        for target in targets {
            match target.literal() {
                Some(Cow::Borrowed(path)) => {
                    all.targets
                        .insert(Cow::Borrowed(path.trim_end_matches('/')));
                }
                Some(Cow::Owned(path)) => {
                    let path = path.trim_end_matches('/').to_owned();
                    all.targets.insert(Cow::Owned(path));
                }
                None => all.has_unknown = true,
            }
        }
        all
    }

    /// Whether a path is a target or below one, or may be.
    pub fn may_hold(&self, path: &str) -> bool {
        if self.has_unknown || self.targets.is_empty() {
            return self.has_unknown;
        }
        let folders = memchr::memchr_iter(b'/', path.as_bytes()).map(|at| &path[..at]);
        folders
            .chain(std::iter::once(path))
            .any(|folder| self.targets.contains(folder))
    }
}

/// One `--device=…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The device's name in CDI notation, such as `vendor.example/gpu=0`.
    pub name: Option<Spanned<Box<str>>>,
    /// Every field, in order.
    pub fields: Vec<MountField>,
    /// The value of the flag.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::MountTargets;
    use crate::dockerfile::ast::InstructionKind;
    use crate::dockerfile::parse::parse;

    fn may_hold(flags: &str, path: &str) -> bool {
        let tree = parse(&format!("FROM a\nRUN {flags} b\n")).tree;
        match &tree.instructions[1].kind {
            InstructionKind::Run(run) => MountTargets::of(&run.mounts).may_hold(path),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn ids_of_secrets_and_agents() {
        let shown = |fields: &str| {
            let tree = parse(&format!("FROM a\nRUN --mount={fields} b\n")).tree;
            match &tree.instructions[1].kind {
                InstructionKind::Run(run) => {
                    let mount = &run.mounts[0];
                    (mount.secret_id(), mount.ssh_id(), mount.is_required())
                }
                other => panic!("{other:?}"),
            }
        };
        let id = |text: &str| Some(text.to_owned());
        assert_eq!(
            shown("type=secret,id=a,target=/b/c"),
            (id("a"), id("a"), Some(false))
        );
        assert_eq!(
            shown("type=secret,target=/b/c,required"),
            (id("c"), id("default"), Some(true))
        );
        assert_eq!(
            shown("type=secret,source=a,id=b,required=false"),
            (id("a"), id("b"), Some(false))
        );
        assert_eq!(shown("type=ssh,id=$X,required=$X"), (None, None, None));
    }

    #[test]
    fn what_is_at_or_below_a_target_is_held() {
        let flags = "--mount=type=cache,target=/a/b/ --mount=type=tmpfs,target=/c --mount=type=ssh";
        for path in ["/a/b", "/a/b/c", "/c/d"] {
            assert!(may_hold(flags, path), "{path}");
        }
        for path in ["/a", "/a/bc", "/d", "a/b", ""] {
            assert!(!may_hold(flags, path), "{path}");
        }
        assert!(may_hold("--mount=type=tmpfs,target=/", "/a"));
        assert!(may_hold("--mount=type=cache,target=$X", "/a"));
        assert!(!may_hold("", "/a"));
    }
}
