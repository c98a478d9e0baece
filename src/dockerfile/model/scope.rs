//! Variables: where `ARG` and `ENV` define them, what is in scope, what a word stands for.
//!
//! As BuildKit expands words (`dockerfile2llb/convert.go`): an instruction sees what was defined before it
//! in its stage and in the stages it is built on; a stage sees a global `ARG` only after naming it again;
//! the later of an `ARG` and an `ENV` with the same name counts.

use std::collections::HashMap;

use crate::grammar::variable::{self, Modifier, Reference, Template};
use crate::knowledge::predefined::{Predefined, predefined};
use crate::text::Span;
use crate::text::span::offset;

use super::super::word::Word;
use super::value::Value;
use super::versions::{Version, Versions};

/// The longest value that is followed, in bytes; longer ones are unknown.
const MAX_VALUE: usize = 4096;

/// How many bytes of values one word may take in; beyond, it is unknown.
const MAX_EXPANSION: usize = 1 << 17;

/// A variable as an `ARG` or `ENV` defines it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its name.
    pub name: Box<str>,
    /// The instruction that defines it.
    pub origin: Origin,
    /// Its value.
    pub value: Value,
    /// Whether it has no value unless the user passes one: an `ARG` without default, and without a global
    /// one of the same name that has a default.
    pub is_unset_by_default: bool,
    /// The bytes of its name.
    pub name_span: Span,
    /// Which instruction of the file.
    pub instruction: usize,
    /// Which stage; `None` for an `ARG` before the first `FROM`.
    pub stage: Option<usize>,
}

/// Which instruction defines a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `ARG`: lives during the build.
    Arg,
    /// `ENV`: stays in the image.
    Env,
}

/// What a name means at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<'m> {
    /// The definition in force.
    Defined(&'m Definition),
    /// The builder sets it, or the user may.
    Predefined(Predefined),
    /// No instruction in sight defines it.
    Undefined {
        /// Whether the base image might: false when all of the stage is in this file.
        perhaps_in_base: bool,
    },
}

/// Every definition of a file, and which are in force where.
#[derive(Clone, Debug)]
pub(super) struct Scopes {
    names: HashMap<Box<str>, u32>,
    /// For each name its definitions, in order.
    by_name: Vec<Vec<u32>>,
    pub(super) definitions: Vec<Definition>,
    pub(super) versions: Versions,
    /// How many more bytes of values are followed in this file.
    budget: usize,
}

/// A scope: what is defined, and what else can be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scope {
    pub(super) version: Version,
    /// Nothing but what is defined here, and what is predefined, exists: no base image adds to it.
    pub(super) is_closed: bool,
}

impl Scopes {
    /// For a file with at most that many definitions and bytes.
    pub(super) fn new(definitions: usize, bytes: usize) -> Scopes {
        Scopes {
            names: HashMap::new(),
            by_name: Vec::new(),
            definitions: Vec::new(),
            versions: Versions::new(definitions),
            budget: bytes.saturating_mul(8) + (1 << 20),
        }
    }

    /// Adds a definition and gives the version in which it is in force.
    pub(super) fn define(&mut self, version: Version, definition: Definition) -> Version {
        let next = offset(self.by_name.len());
        let name = match self.names.get(&definition.name) {
            Some(name) => *name,
            None => {
                self.names.insert(definition.name.clone(), next);
                self.by_name.push(Vec::new());
                next
            }
        };
        let id = offset(self.definitions.len());
        self.by_name[name as usize].push(id);
        self.definitions.push(definition);
        self.versions.set(version, name, id)
    }

    /// The definition of a name in a version.
    pub(super) fn get(&self, version: Version, name: &str) -> Option<&Definition> {
        let name = self.names.get(name)?;
        let id = self.versions.get(version, *name)?;
        self.definitions.get(id as usize)
    }

    /// Every definition of a name, in the order of the file.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Definition> {
        let ids = self
            .names
            .get(name)
            .map_or(&[][..], |name| self.by_name[*name as usize].as_slice());
        ids.iter().map(|id| &self.definitions[*id as usize])
    }

    /// All definitions in force in a version.
    pub(super) fn in_force(&self, version: Version) -> impl Iterator<Item = &Definition> {
        let ids = self.versions.values(version);
        ids.map(|id| &self.definitions[id as usize])
    }

    pub(super) fn lookup(&self, scope: Scope, name: &str) -> Lookup<'_> {
        if let Some(definition) = self.get(scope.version, name) {
            return Lookup::Defined(definition);
        }
        match predefined(name) {
            Some(how) => Lookup::Predefined(how),
            // BuildKit gives every image a PATH, the empty one too.
            None => Lookup::Undefined {
                perhaps_in_base: !scope.is_closed || name == "PATH",
            },
        }
    }

    /// The value of a word that is stored, within the limits of a file.
    pub(super) fn stored_value(&mut self, word: &Word, scope: Scope) -> Value {
        if self.budget == 0 {
            return Value::Unknown;
        }
        let value = self.value(word, scope);
        let len = value.text().map_or(0, str::len);
        self.budget = self.budget.saturating_sub(len + 1);
        if len > MAX_VALUE {
            Value::Unknown
        } else {
            value
        }
    }

    /// The value of a word.
    pub(super) fn value(&self, word: &Word, scope: Scope) -> Value {
        match word.template() {
            None => Value::Known(word.raw.clone()),
            Some(template) => self.expand(&word.raw, template, scope),
        }
    }

    /// The value of a text that was taken apart.
    pub(super) fn expand(&self, text: &str, template: &Template, scope: Scope) -> Value {
        let mut facts = Facts::default();
        let expanded = template.expand(text, &mut |name| self.fact(scope, name, false, &mut facts));
        if let Some(value) = expanded.known() {
            return facts.value(value);
        }
        // An argument without default is what the user has to give. Where the word says what to do
        // without it, that is the default of the word.
        if !facts.has_unset_argument || !self.tolerates_unset(text, template, scope) {
            return Value::Unknown;
        }
        let mut facts = Facts::default();
        let expanded = template.expand(text, &mut |name| self.fact(scope, name, true, &mut facts));
        match expanded.known() {
            Some(value) => facts.value(value),
            None => Value::Unknown,
        }
    }

    fn fact(&self, scope: Scope, name: &str, unset: bool, facts: &mut Facts) -> variable::Value {
        let definition = match self.lookup(scope, name) {
            Lookup::Defined(definition) => definition,
            Lookup::Undefined {
                perhaps_in_base: false,
            } => return variable::Value::Unset,
            Lookup::Predefined(_) | Lookup::Undefined { .. } => return variable::Value::Unknown,
        };
        if definition.is_unset_by_default {
            facts.has_unset_argument = true;
            facts.has_default = true;
            return if unset {
                variable::Value::Unset
            } else {
                variable::Value::Unknown
            };
        }
        facts.has_default |= definition.value.known().is_none();
        match definition.value.text() {
            Some(text) if facts.bytes + text.len() <= MAX_EXPANSION => {
                facts.bytes += text.len();
                variable::Value::Set(text.to_owned())
            }
            _ => variable::Value::Unknown,
        }
    }

    /// Whether every use of an argument without default says what to do without it.
    fn tolerates_unset(&self, text: &str, template: &Template, scope: Scope) -> bool {
        let is_unset = |reference: &Reference| {
            let name = text.get(reference.name.clone()).unwrap_or_default();
            matches!(
                self.lookup(scope, name),
                Lookup::Defined(definition) if definition.is_unset_by_default
            )
        };
        template.references().all(|reference| {
            let modifier = reference.modifier.as_deref();
            modifier.is_some_and(|modifier: &Modifier| modifier.operator.tolerates_unset())
                || !is_unset(reference)
        })
    }
}

/// What an expansion rests on.
#[derive(Default)]
struct Facts {
    has_default: bool,
    has_unset_argument: bool,
    bytes: usize,
}

impl Facts {
    fn value(&self, text: &str) -> Value {
        if self.has_default {
            Value::Default(text.into())
        } else {
            Value::Known(text.into())
        }
    }
}
