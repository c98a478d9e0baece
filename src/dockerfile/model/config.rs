//! The image as it is at some point of a stage: user, directory, shell, command, variables, labels, ports.

use crate::grammar::variable::{Piece, Reference, Template};
use crate::text::Span;

use super::super::ast::{ExecForm, Instruction, InstructionKind};
use super::super::word::Word;
use super::scope::{Definition, Lookup, Scope};
use super::value::Value;
use super::versions::Version;
use super::{Base, Dockerfile};
use crate::dockerfile::ast::Command;

/// The image before an instruction, or at the end of a stage.
#[derive(Clone, Copy, Debug)]
pub struct Config<'m> {
    pub(super) model: &'m Dockerfile,
    pub(super) state: &'m State,
}

/// What is set at a point.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct State {
    pub(super) scope: Scope,
    pub(super) labels: Version,
    pub(super) user: Slot,
    pub(super) workdir: Slot,
    pub(super) shell: Slot,
    pub(super) entrypoint: Slot,
    pub(super) cmd: Slot,
    pub(super) healthcheck: Slot,
    pub(super) stop_signal: Slot,
    /// The last of the `EXPOSE` instructions, as a [`Link`]; 0 for none.
    pub(super) ports: u32,
    /// The last of the `VOLUME` instructions.
    pub(super) volumes: u32,
}

/// One setting in a [`State`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Slot {
    /// As the base image has it.
    #[default]
    Base,
    /// Not set, for sure.
    Nothing,
    /// By an event.
    Set(u32),
}

/// An instruction that set something, and the value that it set.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) instruction: usize,
    pub(super) value: Value,
}

/// An instruction in a list that grows from stage to stage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) instruction: usize,
    /// The link before it, plus 1; 0 for none.
    pub(super) previous: u32,
}

/// A label in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelEntry {
    /// The key after variables were replaced.
    pub key: Box<str>,
    /// The value.
    pub value: Value,
    /// Which instruction of the file.
    pub instruction: usize,
    /// The bytes of key and value.
    pub span: Span,
    /// The bytes of the key.
    pub key_span: Span,
    /// The bytes of the value, quotes included; those of the key when it has none.
    pub value_span: Span,
}

impl Dockerfile {
    /// The labels of the images that are built, each once, stage by stage.
    pub fn output_labels(&self) -> Vec<&LabelEntry> {
        let mut labels: Vec<&LabelEntry> = Vec::new();
        let mut targets = 0;
        for stage in self.stages.iter().filter(|stage| stage.is_target) {
            targets += 1;
            for label in self.final_config(stage).labels() {
                // Targets can share stages, and with them labels.
                if targets == 1 || !labels.iter().any(|known| std::ptr::eq(*known, label)) {
                    labels.push(label);
                }
            }
        }
        labels
    }
}

/// A setting of the image.
#[derive(Clone, Copy, Debug)]
pub enum Setting<'m> {
    /// An instruction of this file set it.
    Set(Effective<'m>),
    /// It is as the base image has it.
    Inherited,
    /// Nothing sets it: the stage begins with nothing, or an instruction reset it.
    Nothing,
}

/// The instruction that a setting comes from.
#[derive(Clone, Copy, Debug)]
pub struct Effective<'m> {
    /// Which instruction of the file; for a trigger that of the `ONBUILD`.
    pub index: usize,
    /// The instruction; for a trigger the inner one.
    pub instruction: &'m Instruction,
    /// The value for `USER` and `STOPSIGNAL`, the resulting directory for `WORKDIR`; otherwise unknown.
    pub value: &'m Value,
}

impl<'m> Setting<'m> {
    /// The instruction, if one of this file set it.
    pub fn effective(self) -> Option<Effective<'m>> {
        match self {
            Setting::Set(effective) => Some(effective),
            Setting::Inherited | Setting::Nothing => None,
        }
    }

    /// Whether it is as the base image has it, which nobody here knows.
    pub fn is_inherited(self) -> bool {
        matches!(self, Setting::Inherited)
    }
}

impl<'m> Config<'m> {
    fn setting(self, slot: Slot) -> Setting<'m> {
        let event = match slot {
            Slot::Base => return Setting::Inherited,
            Slot::Nothing => return Setting::Nothing,
            Slot::Set(event) => &self.model.events[event as usize],
        };
        Setting::Set(Effective {
            index: event.instruction,
            instruction: self.model.acting(event.instruction),
            value: &event.value,
        })
    }

    /// `USER`; [`Setting::Nothing`] means root.
    pub fn user(self) -> Setting<'m> {
        self.setting(self.state.user)
    }

    /// `WORKDIR`; [`Setting::Nothing`] means `/`.
    pub fn workdir(self) -> Setting<'m> {
        self.setting(self.state.workdir)
    }

    /// The working directory as an absolute path, as far as it is known.
    pub fn directory(self) -> Value {
        match self.workdir() {
            Setting::Set(effective) => effective.value.clone(),
            Setting::Nothing => Value::Known("/".into()),
            Setting::Inherited => Value::Unknown,
        }
    }

    /// `SHELL`; [`Setting::Nothing`] means the default of the system, `/bin/sh -c` on Linux.
    pub fn shell(self) -> Setting<'m> {
        self.setting(self.state.shell)
    }

    /// The program and arguments of `SHELL`, if an instruction of this file sets it.
    pub fn shell_words(self) -> Option<&'m [Word]> {
        match &self.shell().effective()?.instruction.kind {
            InstructionKind::Shell(shell) => match shell.command.as_ref()? {
                Command::Exec(ExecForm { arguments, .. }) => Some(arguments),
                Command::Shell(_) => None,
            },
            _ => None,
        }
    }

    /// `ENTRYPOINT`.
    pub fn entrypoint(self) -> Setting<'m> {
        self.setting(self.state.entrypoint)
    }

    /// `CMD`. An `ENTRYPOINT` takes away a `CMD` that the stage has from its base.
    pub fn cmd(self) -> Setting<'m> {
        self.setting(self.state.cmd)
    }

    /// `HEALTHCHECK`, `NONE` included.
    pub fn healthcheck(self) -> Setting<'m> {
        self.setting(self.state.healthcheck)
    }

    /// `STOPSIGNAL`.
    pub fn stop_signal(self) -> Setting<'m> {
        self.setting(self.state.stop_signal)
    }

    /// What a variable's name means.
    pub fn lookup(self, name: &str) -> Lookup<'m> {
        self.model.scopes.lookup(self.state.scope, name)
    }

    /// All variables that instructions of this file define here, in no particular order.
    pub fn variables(self) -> impl Iterator<Item = &'m Definition> {
        self.model.scopes.in_force(self.state.scope.version)
    }

    /// What a word stands for.
    pub fn value(self, word: &Word) -> Value {
        self.model.scopes.value(word, self.state.scope)
    }

    /// What one reference in a word stands for, its modifier included.
    pub fn reference_value(self, word: &Word, reference: &Reference) -> Value {
        let pieces = vec![Piece::Reference(reference.clone())];
        let template = Template {
            pieces,
            errors: Vec::new(),
        };
        self.model
            .scopes
            .expand(&word.raw, &template, self.state.scope)
    }

    /// The labels that instructions of this file set, in the order in which their keys were first seen.
    pub fn labels(self) -> impl Iterator<Item = &'m LabelEntry> {
        let ids = self.model.label_versions.values(self.state.labels);
        let entries = &self.model.label_entries;
        ids.map(|id| &entries[id as usize])
    }

    /// The label with a key, if an instruction of this file sets it.
    pub fn label(self, key: &str) -> Option<&'m LabelEntry> {
        let model = self.model;
        let id = model.label_keys.get(key)?;
        let entry = model.label_versions.get(self.state.labels, *id)?;
        model.label_entries.get(entry as usize)
    }

    /// The `EXPOSE` instructions that count here, the last first, with their indexes.
    pub fn exposes(self) -> impl Iterator<Item = (usize, &'m Instruction)> {
        self.links(self.state.ports)
    }

    /// The `VOLUME` instructions that count here, the last first, with their indexes.
    pub fn volumes(self) -> impl Iterator<Item = (usize, &'m Instruction)> {
        self.links(self.state.volumes)
    }

    fn links(self, from: u32) -> impl Iterator<Item = (usize, &'m Instruction)> {
        let model = self.model;
        let mut next = from;
        std::iter::from_fn(move || {
            let link = model.links[next.checked_sub(1)? as usize];
            next = link.previous;
            Some((link.instruction, model.acting(link.instruction)))
        })
    }
}

/// What a stage on `base` begins with, where that is not another stage.
pub(super) fn initial(base: &Base) -> State {
    if *base != Base::Scratch {
        return State::default();
    }
    State {
        scope: Scope {
            is_closed: true,
            ..Scope::default()
        },
        user: Slot::Nothing,
        workdir: Slot::Nothing,
        shell: Slot::Nothing,
        entrypoint: Slot::Nothing,
        cmd: Slot::Nothing,
        healthcheck: Slot::Nothing,
        stop_signal: Slot::Nothing,
        ..State::default()
    }
}
