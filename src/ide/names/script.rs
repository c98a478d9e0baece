//! The variables of a Dockerfile in the scripts that it runs.
//!
//! A variable that a script sets is the one of the Dockerfile, if there is one of this name: the shell begins with it.

use std::collections::HashSet;

use super::compose::SECRETS;
use super::dockerfile::Reader;
use super::occurrence::Role;
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::model::{Config, Lookup, Origin};
use crate::dockerfile::mount::{Mount, MountKey, MountKind};
use crate::dockerfile::script::ShellScript;
use crate::dockerfile::word::Word;
use crate::shell::ast::{Command, CompoundKind, Script, SimpleCommand};
use crate::shell::walk::Node;
use crate::shell::word::{Arithmetic, Word as ShellWord, WordPart};
use crate::text::span::offset;
use crate::text::{Span, order};

/// The builtins whose operands are names of variables.
const BY_NAME: &[&str] = &[
    "declare", "export", "local", "printenv", "read", "readonly", "typeset", "unset",
];

/// What a script finds in its environment.
#[derive(Clone, Copy)]
struct Scope<'r, 's> {
    config: Config<'r>,
    /// Whether it runs in a container, where arguments are gone.
    is_container: bool,
    /// Names that a mount gives other values.
    mounted: &'s HashSet<Box<str>>,
}

impl<'r> Reader<'r, '_> {
    /// Notes the variables in the scripts of an instruction.
    pub(super) fn scripts(&mut self, index: usize) {
        let model = self.model;
        let scripts = model.scripts_of(index);
        if scripts.is_empty() {
            return;
        }
        let mut mounted = HashSet::new();
        let acting = model.acting(index);
        let is_container = match &acting.kind {
            InstructionKind::Run(run) => {
                for mount in &run.mounts {
                    match mount.value(MountKey::Env).map(Word::literal) {
                        Some(Some(name)) => mounted.insert(name.as_ref().into()),
                        // Any name may be another variable.
                        Some(None) => return,
                        None => false,
                    };
                }
                false
            }
            _ => true,
        };
        let config = match model.stage_of(index) {
            Some(stage) if is_container => model.final_config(stage),
            _ => model.config_at(index),
        };
        let scope = Scope {
            config,
            is_container,
            mounted: &mounted,
        };
        let secrets = match &acting.kind {
            InstructionKind::Run(run) => shown_by_id(&run.mounts),
            _ => HashSet::new(),
        };
        for script in scripts {
            match &script.script {
                Some(tree) => {
                    self.script(tree, scope);
                    if !secrets.is_empty() {
                        self.secret_files(tree, &secrets);
                    }
                }
                None => self.unread(script, acting.span, scope),
            }
        }
    }

    fn script(&mut self, script: &'r Script, scope: Scope<'r, '_>) {
        for (node, context) in script.nodes() {
            if !context.is_exact() {
                continue;
            }
            match node {
                Node::Part(WordPart::Parameter(parameter)) => {
                    let name = &parameter.name;
                    self.shell_variable(scope, name.value.as_ref(), name.span, Role::Use);
                }
                Node::Part(WordPart::Arithmetic(arithmetic)) => self.arithmetic(arithmetic, scope),
                Node::Assignment(assignment) => {
                    let name = &assignment.name;
                    self.shell_variable(scope, name.value.as_ref(), name.span, Role::Write);
                }
                Node::Command(Command::Simple(command)) => self.operands(command, scope),
                Node::Command(Command::Compound(command)) => match &command.kind {
                    CompoundKind::For(command) => {
                        let name = &command.variable;
                        self.shell_variable(scope, name.value.as_ref(), name.span, Role::Write);
                    }
                    CompoundKind::Arithmetic(arithmetic) => self.arithmetic(arithmetic, scope),
                    CompoundKind::ArithmeticFor(command) => {
                        self.arithmetic(&command.header, scope);
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }

    /// Paths of secrets whose last part is their id.
    fn secret_files(&mut self, script: &'r Script, ids: &HashSet<String>) {
        for (node, context) in script.nodes() {
            let (text, span): (&str, Span) = match node {
                Node::Part(WordPart::Literal(text) | WordPart::SingleQuoted(text)) => {
                    (&text.value, text.span)
                }
                _ => continue,
            };
            let Some(at) = text.find(SECRETS).filter(|_| context.is_exact()) else {
                continue;
            };
            let start = at + SECRETS.len();
            let is_part = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
            let rest = &text[start..];
            let id = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
            let quote = (span.len() - offset(text.len()).min(span.len())) / 2;
            if ids.contains(id) {
                let from = span.start + quote + offset(start);
                self.secret(id, Span::new(from, from + offset(id.len())));
            }
        }
    }

    /// `export NAME`, `read NAME` and the like.
    fn operands(&mut self, command: &'r SimpleCommand, scope: Scope<'r, '_>) {
        let Some(name) = command.name().filter(|name| BY_NAME.contains(name)) else {
            return;
        };
        let role = match name {
            "printenv" => Role::Use,
            _ => Role::Write,
        };
        for word in command.args() {
            if let Some(name) = ShellWord::text(word) {
                self.shell_variable(scope, name, word.inside(), role);
            }
        }
    }

    /// Names stand without `$` in an expression.
    fn arithmetic(&mut self, arithmetic: &'r Arithmetic, scope: Scope<'r, '_>) {
        for piece in arithmetic.expression.pieces() {
            let WordPart::Literal(literal) = piece else {
                continue;
            };
            let text: &str = literal.value.as_ref();
            if literal.span.len() as usize != text.len() {
                continue;
            }
            for (at, name) in identifiers(text) {
                let start = literal.span.start + offset(at);
                let span = Span::new(start, start + offset(name.len()));
                self.shell_variable(scope, name, span, Role::Use);
            }
        }
    }

    fn shell_variable(&mut self, scope: Scope<'r, '_>, name: &str, span: Span, role: Role) {
        let is_name = name.bytes().all(|c| c == b'_' || c.is_ascii_alphanumeric());
        if !is_name || name.is_empty() || name.as_bytes()[0].is_ascii_digit() {
            return;
        }
        if scope.mounted.contains(name) {
            return;
        }
        let meant = match scope.config.lookup(name) {
            Lookup::Defined(found) if scope.is_container && found.origin == Origin::Arg => None,
            _ => self.meant(scope.config, name),
        };
        self.variable_as(meant, name, span, role);
    }

    /// A script in a language that is not read may use every variable whose name is in it.
    fn unread(&mut self, script: &'r ShellScript, span: Span, scope: Scope<'r, '_>) {
        let names: HashSet<&str> = identifiers(script.text.text())
            .map(|(_, name)| name)
            .collect();
        let mut names: Vec<&str> = names.into_iter().collect();
        order::sort(&mut names);
        for name in names {
            if let Some(meant) = self.meant(scope.config, name) {
                self.hidden(meant, span);
            }
        }
    }
}

/// The ids of the secrets that a command finds in files of these names.
fn shown_by_id(mounts: &[Mount]) -> HashSet<String> {
    let secrets = mounts.iter().filter(|mount| {
        mount.kind == Some(MountKind::Secret) && mount.value(MountKey::Target).is_none()
    });
    secrets.filter_map(Mount::secret_id).collect()
}

/// The words of a text that can be names of variables, with the offsets at which they begin.
fn identifiers(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let is_name = |c: char| c == '_' || c.is_ascii_alphanumeric();
        let start = at + text[at..].find(is_name)?;
        let rest = &text[start..];
        let len = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        at = start + len;
        Some((start, &rest[..len]))
    })
    .filter(|(_, name)| !name.as_bytes()[0].is_ascii_digit())
}
