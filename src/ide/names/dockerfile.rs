//! The names of a Dockerfile: stages, arguments, variables of the image, and what a build is given by name.
//!
//! All `ARG` of one name in a file are one thing, because a build is given one value for all of them. Each `ENV` is
//! one with those that it overrides in the stages that it is built on.
//!
//! Not for: what shell scripts use (`script`).

use std::collections::{HashMap, HashSet};

use super::occurrence::{Entity, Form, NameKind, Names, Occurrence, Part, Role};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Env, InstructionKind, Onbuild, Pair};
use crate::dockerfile::model::{Config, Lookup, Origin, ReferenceKind, Target};
use crate::dockerfile::mount::{Mount, MountKey, MountKind};
use crate::dockerfile::word::Word;
use crate::grammar::variable::{self, Dialect};
use crate::text::Span;

/// Reads the names of a Dockerfile. `place` turns a place of the model into one of the document.
pub(super) fn read(
    model: &Dockerfile,
    part: Part,
    place: &dyn Fn(Span) -> Span,
    names: &mut Names<'_>,
) {
    let mut reader = Reader {
        environments: environments(model),
        model,
        part,
        place,
        names,
    };
    reader.stages();
    for index in 0..model.ast.instructions.len() {
        reader.instruction(index);
    }
}

pub(super) struct Reader<'r, 't> {
    pub(super) model: &'r Dockerfile,
    part: Part,
    place: &'r dyn Fn(Span) -> Span,
    names: &'r mut Names<'t>,
    /// For each `ENV`, by the place of its name, the first one that is one with it.
    environments: HashMap<u32, u32>,
}

/// A variable that a name means at a place.
#[derive(Clone, Copy)]
pub(super) struct Meant {
    entity: usize,
    /// The name in the definition that counts.
    leads: Option<Span>,
}

/// Which `ENV` are one thing: an `ENV` and the one that it overrides.
fn environments(model: &Dockerfile) -> HashMap<u32, u32> {
    let mut first: HashMap<u32, u32> = HashMap::new();
    let root = |first: &HashMap<u32, u32>, mut at: u32| {
        while let Some(next) = first.get(&at).filter(|next| **next != at) {
            at = *next;
        }
        at
    };
    let mut last: Option<(usize, &str, u32)> = None;
    for definition in model.definitions() {
        if definition.origin != Origin::Env {
            continue;
        }
        let own = definition.name_span.start;
        first.entry(own).or_insert(own);
        let mut join = |other: u32| {
            first.entry(other).or_insert(other);
            let (a, b) = (root(&first, own), root(&first, other));
            first.insert(a.max(b), a.min(b));
        };
        let config = model.config_at(definition.instruction);
        if let Lookup::Defined(before) = config.lookup(&definition.name)
            && before.origin == Origin::Env
        {
            join(before.name_span.start);
        }
        if let Some((instruction, name, at)) = last
            && instruction == definition.instruction
            && name == &*definition.name
        {
            join(at);
        }
        last = Some((definition.instruction, &definition.name, own));
    }
    let starts: Vec<u32> = first.keys().copied().collect();
    let roots = starts.into_iter().map(|start| (start, root(&first, start)));
    roots.collect()
}

impl<'r> Reader<'r, '_> {
    fn stages(&mut self) {
        let mut entities = Vec::with_capacity(self.model.stages.len());
        for (number, stage) in (0_u32..).zip(&self.model.stages) {
            let from = &self.model.ast.instructions[stage.from];
            let name = stage.name.as_ref();
            let entity = self.names.entity(Entity {
                kind: NameKind::Stage,
                part: self.part,
                number,
                name: name.map_or("", |name| &name.value).into(),
            });
            let (span, form) = match name {
                Some(name) => (name.span, Form::Exact),
                None => (from.keyword.span, Form::Unnamed),
            };
            entities.push((entity, (self.place)(span)));
            self.names.add(Occurrence {
                span: (self.place)(span),
                entity,
                role: Role::Declaration,
                form,
                full: (self.place)(from.span),
                leads: None,
            });
        }
        for reference in &self.model.references {
            let span = (self.place)(reference.span);
            match reference.target {
                Target::Stage(index) => {
                    let (entity, declared) = entities[index];
                    let form = self.reference_form(entity, reference.kind, &reference.text);
                    self.names.add(Occurrence {
                        span,
                        entity,
                        role: Role::Use,
                        form,
                        full: span,
                        leads: Some(declared),
                    });
                }
                Target::Image if !reference.text.contains('$') => {
                    let name = reference.text.to_ascii_lowercase();
                    let entity = self.names.only(NameKind::Context, self.part, &name);
                    self.names.add_use(entity, span, Form::Exact);
                }
                _ => {}
            }
        }
    }

    fn reference_form(&self, stage: usize, kind: ReferenceKind, text: &str) -> Form {
        let name = &*self.names.local.entities[stage].name;
        if !name.is_empty() && text.eq_ignore_ascii_case(name) {
            return match kind {
                ReferenceKind::From => Form::Lower,
                ReferenceKind::Copy | ReferenceKind::Mount => Form::Exact,
            };
        }
        if text.contains('$') {
            Form::Decided
        } else if text.parse::<u32>().is_ok() {
            Form::Number
        } else {
            Form::Inexact
        }
    }

    fn instruction(&mut self, index: usize) {
        let model = self.model;
        let outer = &model.ast.instructions[index];
        let acting = model.acting(index);
        let is_trigger = !std::ptr::eq(outer, acting);
        if matches!(acting.kind, InstructionKind::Onbuild(Onbuild { .. })) {
            return;
        }
        if let InstructionKind::Arg(arg) = &acting.kind {
            self.arguments(index, &arg.pairs);
            return;
        }
        if let InstructionKind::Env(env) = &acting.kind {
            self.environment(env, is_trigger);
        }
        acting.each_expanded_word(|word| self.word(index, word, &HashSet::new()));
        match &acting.kind {
            InstructionKind::Run(run) => {
                self.mounts(&run.mounts);
                self.scripts(index);
            }
            InstructionKind::Copy(_) | InstructionKind::Add(_) => {
                for heredoc in acting.heredocs.iter().filter(|heredoc| !heredoc.quoted) {
                    let text = heredoc.body.text();
                    for reference in variable::parse(text, Dialect::docker_heredoc()).references() {
                        let name = text.get(reference.name.clone()).unwrap_or_default();
                        let span = heredoc.body.span(reference.name.clone());
                        self.variable(index, name, span, Role::Use);
                    }
                }
            }
            _ => self.scripts(index),
        }
    }

    /// Each argument of an `ARG` sees those before it.
    fn arguments(&mut self, index: usize, pairs: &'r [Pair]) {
        let mut earlier: HashSet<&str> = HashSet::new();
        for pair in pairs {
            if let Some(value) = &pair.value {
                self.word(index, value, &earlier);
            }
            earlier.insert(&pair.key.raw);
            let name = &*pair.key.raw;
            if name.is_empty() || pair.key.has_variables() {
                continue;
            }
            let entity = self.names.only(NameKind::Argument, self.part, name);
            let is_in_stage = self.model.stage_of(index).is_some();
            let global = self.model.global_config().lookup(name);
            let leads = match global {
                Lookup::Defined(global) if is_in_stage && pair.value.is_none() => {
                    Some((self.place)(global.name_span))
                }
                _ => None,
            };
            self.names.add(Occurrence {
                span: (self.place)(pair.key.span),
                entity,
                role: Role::Declaration,
                form: Form::Exact,
                full: (self.place)(pair.span),
                leads,
            });
        }
    }

    fn environment(&mut self, env: &Env, is_trigger: bool) {
        for pair in &env.pairs {
            let Some(name) = pair.key.literal().filter(|name| !name.is_empty()) else {
                continue;
            };
            let start = pair.key.span.start;
            let number = self.environments.get(&start).copied();
            let Some(number) = number.or(is_trigger.then_some(start)) else {
                continue;
            };
            let entity = self.names.entity(Entity {
                kind: NameKind::Environment,
                part: self.part,
                number,
                name: name.as_ref().into(),
            });
            let value = pair.key.value_cooked();
            let span = value.span(0..value.text().len());
            let (span, full) = ((self.place)(span), (self.place)(pair.span));
            self.names.declare(entity, span, full);
        }
    }

    fn word(&mut self, index: usize, word: &'r Word, earlier: &HashSet<&str>) {
        for reference in word.references() {
            let (name, span) = word.name_of(reference);
            if earlier.contains(name) {
                let entity = self.names.only(NameKind::Argument, self.part, name);
                self.names.add_use(entity, (self.place)(span), Form::Exact);
            } else {
                self.variable(index, name, span, Role::Use);
            }
        }
    }

    /// Notes a variable that an instruction uses.
    pub(super) fn variable(&mut self, index: usize, name: &str, span: Span, role: Role) {
        let meant = self.meant(self.model.config_at(index), name);
        self.variable_as(meant, name, span, role);
    }

    /// Notes a variable of which it was looked up what it means.
    pub(super) fn variable_as(&mut self, meant: Option<Meant>, name: &str, span: Span, role: Role) {
        let Some(Meant { entity, leads }) = meant else {
            if !name.is_empty() {
                // So that nothing else gets this name.
                self.names.only(NameKind::Argument, self.part, name);
            }
            return;
        };
        let span = (self.place)(span);
        self.names.add(Occurrence {
            span,
            entity,
            role,
            form: Form::Exact,
            full: span,
            leads,
        });
    }

    /// What a name means at a point.
    pub(super) fn meant(&mut self, config: Config<'r>, name: &str) -> Option<Meant> {
        let Lookup::Defined(definition) = config.lookup(name) else {
            return None;
        };
        let leads = Some((self.place)(definition.name_span));
        let entity = match definition.origin {
            Origin::Arg => self.names.only(NameKind::Argument, self.part, name),
            Origin::Env => {
                let start = definition.name_span.start;
                self.names.entity(Entity {
                    kind: NameKind::Environment,
                    part: self.part,
                    number: self.environments.get(&start).copied()?,
                    name: name.into(),
                })
            }
        };
        Some(Meant { entity, leads })
    }

    /// Says that a variable may be used in a text that is not read.
    pub(super) fn hidden(&mut self, meant: Meant, span: Span) {
        self.names.local.hidden.push(super::occurrence::Hidden {
            entity: meant.entity,
            span: (self.place)(span),
        });
    }

    /// Notes a secret that is read from its file.
    pub(super) fn secret(&mut self, id: &str, span: Span) {
        let entity = self.names.only(NameKind::BuildSecret, self.part, id);
        self.names.add_use(entity, (self.place)(span), Form::Exact);
    }

    fn mounts(&mut self, mounts: &[Mount]) {
        for mount in mounts {
            let (kind, id, key) = match mount.kind {
                Some(MountKind::Secret) => (NameKind::BuildSecret, mount.secret_id(), None),
                Some(MountKind::Ssh) => (NameKind::SshAgent, mount.ssh_id(), Some(MountKey::Id)),
                _ => continue,
            };
            let keys = [MountKey::Source, MountKey::Id, MountKey::Target];
            let keys = keys.iter().filter(|own| key.is_none_or(|key| key == **own));
            let filled = |word: &&Word| !word.raw.is_empty();
            let mut words = keys.filter_map(|key| mount.value(*key)).filter(filled);
            let (Some(id), Some(word)) = (id, words.next()) else {
                continue;
            };
            let entity = self.names.only(kind, self.part, &id);
            let value = word.value_cooked();
            let span = (self.place)(value.span(0..value.text().len()));
            self.names.add_use(entity, span, Form::Exact);
        }
    }
}
