//! Where commands use the value of an `ARG`.
//!
//! Only what a shell puts in place of `$NAME` counts, and what `ENV` copies. That a program reads its environment
//! is not to be seen.

use std::collections::{HashMap, HashSet};

use crate::knowledge::secrets::{self, Suspicion};
use crate::shell::ast::{Assignment, Script};
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::WordPart;
use crate::text::{Span, order};

use super::ast::InstructionKind;
use super::model::{Definition, Dockerfile, Lookup, Origin};
use super::mount::MountKey;
use super::word::Word;

/// How many uses of one argument are kept.
const MAX_USES: usize = 64;

/// The uses of one argument.
#[derive(Clone, Debug)]
pub struct ArgumentUses<'m> {
    /// The argument, as the stage has it.
    pub argument: &'m Definition,
    /// The instructions that use it, with the place of the first variable in each.
    pub places: Vec<(usize, Span)>,
}

impl Dockerfile {
    /// The arguments with a wanted name whose value a `RUN` or `ENV` of the same file uses, in the order of
    /// the file.
    pub fn argument_uses(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<ArgumentUses<'_>> {
        let is_candidate = |definition: &&Definition| {
            definition.origin == Origin::Arg && is_wanted(&definition.name)
        };
        if !self
            .definitions()
            .iter()
            .any(|definition| is_candidate(&definition))
        {
            return Vec::new();
        }
        let mut uses: HashMap<(usize, &str), ArgumentUses<'_>> = HashMap::new();
        for index in 0..self.ast.instructions.len() {
            self.each_variable(index, &mut |name, span| {
                let Lookup::Defined(argument) = self.config_at(index).lookup(name) else {
                    return;
                };
                if !is_candidate(&argument) {
                    return;
                }
                let found = uses
                    .entry((argument.instruction, &*argument.name))
                    .or_insert_with(|| ArgumentUses {
                        argument,
                        places: Vec::new(),
                    });
                let is_new = found.places.last().is_none_or(|(last, _)| *last != index);
                if is_new && found.places.len() < MAX_USES {
                    found.places.push((index, span));
                }
            });
        }
        let mut uses: Vec<ArgumentUses<'_>> = uses.into_values().collect();
        order::sort_by_key(&mut uses, |found| found.argument.name_span);
        uses
    }

    /// What the name and the default of an argument say about a secret.
    pub fn secret_argument(&self, argument: &Definition) -> Suspicion {
        let InstructionKind::Arg(arg) = &self.ast.instructions[argument.instruction].kind else {
            return Suspicion::None;
        };
        let pair = arg
            .pairs
            .iter()
            .find(|pair| pair.key.span == argument.name_span);
        let value = pair.and_then(|pair| pair.value.as_ref());
        let written = value.map(|value| value.value()).unwrap_or_default();
        let shipped = value.and_then(Word::shipped);
        secrets::in_dockerfile(&argument.name, shipped.as_deref(), &written)
    }

    /// Shows every variable in what an instruction runs or keeps.
    fn each_variable<'m>(&'m self, index: usize, show: &mut dyn FnMut(&'m str, Span)) {
        let instruction = &self.ast.instructions[index];
        match &instruction.kind {
            InstructionKind::Env(env) => {
                for word in env.pairs.iter().filter_map(|pair| pair.value.as_ref()) {
                    for reference in word.references() {
                        let (name, span) = word.name_of(reference);
                        show(name, span);
                    }
                }
            }
            InstructionKind::Run(run) => {
                let envs = run
                    .mounts
                    .iter()
                    .filter_map(|mount| mount.value(MountKey::Env));
                let mounted: HashSet<_> = envs.map(Word::literal).collect();
                if mounted.contains(&None) {
                    return;
                }
                let is_mounted = |name: &'m str| mounted.contains(&Some(name.into()));
                let scripts = self.scripts_of(index).iter();
                for script in scripts.filter_map(|script| script.script.as_ref()) {
                    let assigned = assigned(script);
                    for (node, _) in script.nodes_of(Kinds::PARAMETERS) {
                        let Node::Part(WordPart::Parameter(parameter)) = node else {
                            continue;
                        };
                        let name = &*parameter.name.value;
                        if !is_mounted(name) && !assigned.contains(&name) {
                            show(name, parameter.span);
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

/// The variables that a script itself gives values.
fn assigned(script: &Script) -> HashSet<&str> {
    let commands = script
        .commands()
        .flat_map(|found| &found.command.assignments);
    let uses_itself = |assignment: &Assignment| {
        assignment.word().is_some_and(|word| {
            word.parameters()
                .any(|parameter| parameter.name.value == assignment.name.value)
        })
    };
    commands
        .filter(|assignment| !uses_itself(assignment))
        .map(|assignment| &*assignment.name.value)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    fn uses(text: &str) -> Vec<String> {
        let model = Dockerfile::new(parse(text).tree);
        let uses = model.argument_uses(|name| name.contains("TOKEN"));
        let shown = |found: &ArgumentUses<'_>| {
            let places = found.places.iter();
            let places: Vec<&str> = places.map(|(_, span)| span.text(text)).collect();
            format!("{}: {}", found.argument.name, places.join(" "))
        };
        uses.iter().map(shown).collect()
    }

    #[test]
    fn variables_in_commands_and_env_are_uses() {
        assert_eq!(
            uses(
                "FROM a\nARG TOKEN\nARG B\nRUN x \"${TOKEN}\" $B\nRUN y <<E\n$TOKEN\nE\nENV C=a$TOKEN"
            ),
            ["TOKEN: ${TOKEN} $TOKEN TOKEN"]
        );
        assert_eq!(
            uses("FROM a AS b\nARG TOKEN\nFROM b\nRUN TOKEN=$TOKEN x"),
            ["TOKEN: $TOKEN"]
        );
    }

    #[test]
    fn other_variables_of_the_same_name_are_none() {
        for text in [
            "ARG TOKEN\nFROM a\nRUN x $TOKEN",
            "FROM a\nARG TOKEN\nRUN x",
            "FROM a\nRUN x $TOKEN\nARG TOKEN",
            "FROM a\nARG TOKEN\nRUN TOKEN=$(cat /run/secrets/t) && x $TOKEN",
            "FROM a\nARG TOKEN\nRUN --mount=type=secret,id=t,env=TOKEN x $TOKEN",
            "FROM a\nENV TOKEN=1\nRUN x $TOKEN",
            "FROM a\nARG TOKEN\nRUN x '$TOKEN'",
        ] {
            assert_eq!(uses(text), [] as [String; 0], "{text}");
        }
    }
}
