//! Builds the model: one pass over the instructions, from top to bottom.

use std::collections::HashMap;

use crate::text::span::offset;

use super::super::ast::{
    Arg, Ast, Copy, Env, Expose, From, Instruction, InstructionKind, Label, Onbuild, Pair, Run,
};
use super::super::mount::MountKey;
use super::super::word::Word;
use super::config::{Event, LabelEntry, Link, Slot, State, initial};
use super::scope::{Definition, Lookup, Origin, Scope, Scopes};
use super::stages::{Base, ReferenceKind, Stage, StageReference, Target};
use super::value::Value;
use super::versions::Versions;
use super::{Dockerfile, Place};

/// How many triggers are followed in the stages of one file that are built on one another.
const MAX_TRIGGERS: usize = 4096;

/// The longest path that Linux takes (`PATH_MAX`), in bytes; a longer one is not followed.
const MAX_PATH: usize = 4096;

/// What is known while the instructions are read.
pub(super) struct Builder {
    stages: Vec<Stage>,
    /// The last stage with a name, in lower case.
    names: HashMap<Box<str>, usize>,
    /// What the stage at the end of each stage is.
    ends: Vec<State>,
    references: Vec<StageReference>,
    places: Vec<Place>,
    states: Vec<State>,
    /// The state of the instruction that comes next.
    state: State,
    /// The arguments before the first `FROM`.
    global: State,
    scopes: Scopes,
    events: Vec<Event>,
    links: Vec<Link>,
    label_keys: HashMap<Box<str>, u32>,
    label_versions: Versions,
    label_entries: Vec<LabelEntry>,
    /// Whether this stage has a `CMD` of its own so far.
    has_cmd: bool,
    triggers_left: usize,
}

/// The model of a tree.
pub(super) fn build(ast: Ast) -> Dockerfile {
    let mut builder = Builder::new(&ast);
    for (index, instruction) in ast.instructions.iter().enumerate() {
        if let InstructionKind::From(from) = &instruction.kind {
            builder.begin_stage(&ast, index, from);
            continue;
        }
        builder.place();
        builder.apply(index, instruction);
    }
    builder.end_stage(ast.instructions.len());
    builder.resolve();
    let mut model = Dockerfile {
        ends: builder.ends,
        references: builder.references,
        places: builder.places,
        states: builder.states,
        scopes: builder.scopes,
        events: builder.events,
        links: builder.links,
        label_keys: builder.label_keys,
        label_versions: builder.label_versions,
        label_entries: builder.label_entries,
        scripts: Vec::new(),
        sources: Vec::new(),
        context: None,
        shells: Vec::new(),
        facts: Vec::new(),
        gives_up_root: Vec::new(),
        stages: builder.stages,
        global: builder.global,
        names: builder.names,
        ast,
    };
    model.set_targets(&[]);
    model
}

impl Builder {
    fn new(ast: &Ast) -> Builder {
        let (mut variables, mut labels, mut triggers) = (0, 0, 0);
        for instruction in &ast.instructions {
            match &instruction.kind {
                InstructionKind::Env(Env { pairs }) | InstructionKind::Arg(Arg { pairs }) => {
                    variables += pairs.len();
                }
                InstructionKind::Label(label) => labels += label.pairs.len(),
                // A trigger's pairs can be defined again in every stage that it is run in.
                InstructionKind::Onbuild(_) => triggers = MAX_TRIGGERS,
                _ => {}
            }
        }
        let bytes = ast.span.len() as usize;
        let global = State {
            scope: Scope {
                is_closed: true,
                ..Scope::default()
            },
            ..State::default()
        };
        Builder {
            stages: Vec::new(),
            names: HashMap::new(),
            ends: Vec::new(),
            references: Vec::new(),
            places: Vec::with_capacity(ast.instructions.len()),
            states: vec![global],
            state: global,
            global,
            scopes: Scopes::new(variables + triggers, bytes),
            events: Vec::new(),
            links: Vec::new(),
            label_keys: HashMap::new(),
            label_versions: Versions::new(labels + triggers),
            label_entries: Vec::new(),
            has_cmd: false,
            triggers_left: MAX_TRIGGERS,
        }
    }

    /// Notes the state before the instruction that comes next.
    fn place(&mut self) {
        self.places.push(Place {
            stage: self.stages.len().checked_sub(1),
            state: offset(self.states.len() - 1),
            scripts: 0,
        });
    }

    /// From here on the state is another one.
    fn changed(&mut self) {
        self.states.push(self.state);
        self.scopes.versions.freeze();
        self.label_versions.freeze();
    }

    fn begin_stage(&mut self, ast: &Ast, index: usize, from: &From) {
        self.end_stage(index);
        if self.stages.is_empty() {
            self.global = self.state;
        }
        let stage = self.stages.len();
        let image = match &from.image {
            Some(image) => self.scopes.value(image, self.global.scope),
            None => Value::Unknown,
        };
        let base = self.base(image);
        self.stages.push(Stage {
            index: stage,
            name: from.name.clone(),
            from: index,
            instructions: index + 1..index + 1,
            root: match base {
                Base::Stage(base) => self.stages[base].root,
                _ => stage,
            },
            is_target: false,
            is_output: false,
            is_built: false,
            triggers: Vec::new(),
            references: self.references.len()..self.references.len(),
            base: base.clone(),
        });
        // `FROM` itself sees the global arguments.
        self.state = self.global;
        self.changed();
        self.place();
        if let Some(image) = &from.image {
            let target = match base {
                Base::Stage(base) => Target::Stage(base),
                Base::Scratch => Target::Scratch,
                Base::Image(_) => Target::Image,
                Base::Unresolved => Target::Unresolved,
            };
            self.reference(index, ReferenceKind::From, image, target);
        }
        self.state = match base {
            Base::Stage(base) => self.ends[base],
            _ => initial(&base),
        };
        self.has_cmd = false;
        self.changed();
        if let Base::Stage(base) = base {
            self.run_triggers(ast, base);
        }
        if let Some(name) = &from.name {
            self.names.insert(name.value.to_lowercase().into(), stage);
        }
    }

    fn base(&self, image: Value) -> Base {
        let Some(name) = image.text() else {
            return Base::Unresolved;
        };
        if let Some(stage) = self.names.get(name) {
            Base::Stage(*stage)
        } else if name == "scratch" {
            Base::Scratch
        } else if name.is_empty() {
            Base::Unresolved
        } else {
            Base::Image(image)
        }
    }

    /// Runs what the base stage left for the stages built on it.
    fn run_triggers(&mut self, ast: &Ast, base: usize) {
        let triggers = std::mem::take(&mut self.stages[base].triggers);
        for index in &triggers {
            if self.triggers_left == 0 {
                // What they would do is not followed any more.
                self.state.scope.is_closed = false;
                break;
            }
            self.triggers_left -= 1;
            if let Some(InstructionKind::Onbuild(Onbuild {
                trigger: Some(trigger),
            })) = ast.instructions.get(*index).map(|i| &i.kind)
                && !matches!(
                    trigger.kind,
                    InstructionKind::Onbuild(_) | InstructionKind::From(_)
                )
            {
                self.apply(*index, trigger);
            }
        }
        self.stages[base].triggers = triggers;
    }

    fn end_stage(&mut self, next: usize) {
        if let Some(stage) = self.stages.last_mut() {
            stage.instructions.end = next;
            stage.references.end = self.references.len();
            self.ends.push(self.state);
        }
    }

    /// Lets an instruction change the state. A trigger is applied under the index of its `ONBUILD`.
    fn apply(&mut self, index: usize, instruction: &Instruction) {
        match &instruction.kind {
            InstructionKind::Env(env) => self.env(index, env),
            InstructionKind::Arg(arg) => self.arg(index, arg),
            InstructionKind::Label(label) => self.label(index, label),
            InstructionKind::User(user) => {
                let value = self.word_value(user.user.as_ref());
                self.state.user = self.event(index, value);
            }
            InstructionKind::Workdir(workdir) => {
                let value = self.word_value(workdir.path.as_ref());
                let value = self.directory(&value);
                self.state.workdir = self.event(index, value);
            }
            InstructionKind::StopSignal(stop) => {
                let value = self.word_value(stop.signal.as_ref());
                self.state.stop_signal = self.event(index, value);
            }
            InstructionKind::Shell(_) => self.state.shell = self.event(index, Value::Unknown),
            InstructionKind::Healthcheck(_) => {
                self.state.healthcheck = self.event(index, Value::Unknown);
            }
            InstructionKind::Cmd(_) => {
                self.state.cmd = self.event(index, Value::Unknown);
                self.has_cmd = true;
            }
            InstructionKind::Entrypoint(_) => {
                self.state.entrypoint = self.event(index, Value::Unknown);
                if !self.has_cmd {
                    self.state.cmd = Slot::Nothing;
                }
            }
            InstructionKind::Expose(Expose { ports }) if !ports.is_empty() => {
                self.state.ports = self.link(index, self.state.ports);
            }
            InstructionKind::Volume(volume) if !volume.paths.words.is_empty() => {
                self.state.volumes = self.link(index, self.state.volumes);
            }
            InstructionKind::Onbuild(_) => {
                if let Some(stage) = self.stages.last_mut() {
                    stage.triggers.push(index);
                }
                return;
            }
            InstructionKind::Copy(copy) => return self.copy(index, copy),
            InstructionKind::Run(run) => return self.run(index, run),
            _ => return,
        }
        self.changed();
    }

    fn word_value(&mut self, word: Option<&Word>) -> Value {
        match word {
            Some(word) => self.scopes.stored_value(word, self.state.scope),
            None => Value::Unknown,
        }
    }

    fn event(&mut self, instruction: usize, value: Value) -> Slot {
        self.events.push(Event { instruction, value });
        Slot::Set(offset(self.events.len() - 1))
    }

    fn link(&mut self, instruction: usize, previous: u32) -> u32 {
        self.links.push(Link {
            instruction,
            previous,
        });
        offset(self.links.len())
    }

    /// The directory after `WORKDIR value`.
    fn directory(&self, value: &Value) -> Value {
        let Some(path) = value.text() else {
            return Value::Unknown;
        };
        if is_absolute(path) {
            return value.map(|path| Some(clean(path)));
        }
        let outer = match self.state.workdir {
            Slot::Base => return Value::Unknown,
            Slot::Nothing => Value::Known("/".into()),
            Slot::Set(event) => self.events[event as usize].value.clone(),
        };
        let joined = match outer.text() {
            Some(outer) if outer.len() + path.len() < MAX_PATH => clean(&format!("{outer}/{path}")),
            _ => return Value::Unknown,
        };
        if outer.known().is_some() && value.known().is_some() {
            Value::Known(joined.into())
        } else {
            Value::Default(joined.into())
        }
    }

    /// All words of an `ENV` see what was defined before it.
    fn env(&mut self, index: usize, env: &Env) {
        let scope = self.state.scope;
        for pair in &env.pairs {
            let name = self.scopes.value(&pair.key, scope);
            let value = match &pair.value {
                Some(value) => self.scopes.stored_value(value, scope),
                None => Value::Unknown,
            };
            let Some(name) = name.known() else {
                // It can be any name.
                self.state.scope.is_closed = false;
                continue;
            };
            let definition = self.definition(index, name.into(), Origin::Env, value, pair);
            self.define(definition);
        }
    }

    /// Each argument of an `ARG` sees those before it.
    fn arg(&mut self, index: usize, arg: &Arg) {
        let is_global = self.stages.is_empty();
        for pair in &arg.pairs {
            let name = pair.key.raw.clone();
            let mut is_unset = false;
            let value = match &pair.value {
                Some(value) => {
                    let scope = self.state.scope;
                    match self.scopes.stored_value(value, scope) {
                        Value::Known(text) => Value::Default(text),
                        other => other,
                    }
                }
                None if is_global => {
                    is_unset = true;
                    Value::Unknown
                }
                None => match self.scopes.lookup(self.global.scope, &name) {
                    Lookup::Defined(global) => {
                        is_unset = global.is_unset_by_default;
                        global.value.clone()
                    }
                    Lookup::Predefined(_) => Value::Unknown,
                    Lookup::Undefined { .. } => {
                        is_unset = self.scopes.get(self.state.scope.version, &name).is_none();
                        Value::Unknown
                    }
                },
            };
            let mut definition = self.definition(index, name, Origin::Arg, value, pair);
            definition.is_unset_by_default = is_unset;
            self.define(definition);
        }
    }

    fn definition(
        &self,
        instruction: usize,
        name: Box<str>,
        origin: Origin,
        value: Value,
        pair: &Pair,
    ) -> Definition {
        Definition {
            name,
            origin,
            value,
            is_unset_by_default: false,
            name_span: pair.key.span,
            instruction,
            stage: self.stages.len().checked_sub(1),
        }
    }

    fn define(&mut self, definition: Definition) {
        let version = self.state.scope.version;
        self.state.scope.version = self.scopes.define(version, definition);
    }

    fn label(&mut self, index: usize, label: &Label) {
        for pair in &label.pairs {
            let key = self.scopes.value(&pair.key, self.state.scope);
            let Some(key) = key.text() else { continue };
            let value = self.word_value(pair.value.as_ref());
            let next = offset(self.label_keys.len());
            let id = match self.label_keys.get(key) {
                Some(id) => *id,
                None => {
                    self.label_keys.insert(key.into(), next);
                    next
                }
            };
            let entry = offset(self.label_entries.len());
            self.label_entries.push(LabelEntry {
                key: key.into(),
                value,
                instruction: index,
                span: pair.span,
                key_span: pair.key.span,
                value_span: pair
                    .value
                    .as_ref()
                    .map_or(pair.key.span, |value| value.span),
            });
            self.state.labels = self.label_versions.set(self.state.labels, id, entry);
        }
    }

    fn copy(&mut self, index: usize, copy: &Copy) {
        if let Some(from) = &copy.from
            && !from.raw.is_empty()
        {
            self.reference(index, ReferenceKind::Copy, from, Target::Unresolved);
        }
    }

    fn run(&mut self, index: usize, run: &Run) {
        for mount in &run.mounts {
            if let Some(from) = mount.value(MountKey::From)
                && !from.raw.is_empty()
            {
                self.reference(index, ReferenceKind::Mount, from, Target::Unresolved);
            }
        }
    }

    fn reference(&mut self, instruction: usize, kind: ReferenceKind, word: &Word, target: Target) {
        let Some(stage) = self.stages.len().checked_sub(1) else {
            return;
        };
        self.references.push(StageReference {
            stage,
            instruction,
            kind,
            text: word.raw.clone(),
            span: word.span,
            target,
        });
    }

    /// Finds what `COPY --from` and mounts mean, now that all stages are known.
    fn resolve(&mut self) {
        for reference in &mut self.references {
            if reference.kind == ReferenceKind::From {
                continue;
            }
            let text = &*reference.text;
            let number = match reference.kind {
                ReferenceKind::Copy => text.parse::<i64>().ok(),
                ReferenceKind::From | ReferenceKind::Mount => None,
            };
            reference.target = if text.contains('$') {
                Target::Unresolved
            } else if let Some(number) = number {
                match usize::try_from(number) {
                    Ok(index) if index < self.stages.len() => Target::Stage(index),
                    _ => Target::NoStage,
                }
            } else if let Some(stage) = self.names.get(text.to_lowercase().as_str()) {
                Target::Stage(*stage)
            } else if text == "scratch" {
                Target::Scratch
            } else {
                Target::Image
            };
        }
    }
}

/// Whether a path is absolute on Linux or Windows.
pub fn is_absolute(path: &str) -> bool {
    path.starts_with(['/', '\\']) || is_windows(path)
}

/// Whether a path begins with a drive.
fn is_windows(path: &str) -> bool {
    let mut bytes = path.bytes();
    bytes
        .next()
        .is_some_and(|drive| drive.is_ascii_alphabetic())
        && bytes.next() == Some(b':')
}

/// An absolute path without `.`, `..` and doubled slashes. Paths of Windows stay as they are.
fn clean(path: &str) -> String {
    if is_windows(path) || path.contains('\\') {
        return path.to_owned();
    }
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cleaned_as_go_cleans_them() {
        for (path, expected) in [
            ("/", "/"),
            ("/a//b/./c/", "/a/b/c"),
            ("/a/../../b", "/b"),
            ("C:\\a\\..", "C:\\a\\.."),
        ] {
            assert_eq!(clean(path), expected);
        }
    }
}
