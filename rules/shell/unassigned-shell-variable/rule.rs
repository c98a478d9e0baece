//! Flags variables that a RUN uses and nothing sets.

use std::collections::HashSet;

use crate::dockerfile::model::Lookup;
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::assign;
use crate::shell::ast::{Command, ConditionalKind, Script, SimpleCommand};
use crate::shell::programs::Programs;
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::{Operation, Parameter, Word, WordPart};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(script) = &script.in_dockerfile() else {
        return;
    };
    // When a container runs, its variables are given to it; and so are those of a trigger.
    if script.run().is_none() || script.place.is_trigger {
        return;
    }
    if !has_small_variable(script.place.text.text()) {
        return;
    }
    let config = script.model.config_at(script.place.instruction);
    let mut candidates: Vec<&Parameter> = Vec::new();
    let mut settled: HashSet<&str> = HashSet::new();
    for (node, context) in script.script.nodes_of(
        const {
            Kinds::COMMANDS
                .and(Kinds::CONDITIONALS)
                .and(Kinds::PARAMETERS)
        },
    ) {
        if context.in_inner_script() {
            continue;
        }
        match node {
            Node::Part(WordPart::Parameter(parameter)) => {
                if let Some(word) = tested(parameter) {
                    settled.insert(&parameter.name.value);
                    // `${a:-$b}`: either may be missing.
                    settled.extend(word.parameters().map(|inner| &*inner.name.value));
                } else if may_be_unassigned(parameter) {
                    candidates.push(parameter);
                }
            }
            Node::Command(Command::Simple(command)) => {
                if reads_other_scripts(command) {
                    return;
                }
                settled.extend(tested_by(command));
            }
            Node::Conditional(conditional) => match &conditional.kind {
                ConditionalKind::Unary { operand, .. } => settled.extend(lone_variable(operand)),
                ConditionalKind::Word(word) => settled.extend(lone_variable(word)),
                _ => {}
            },
            _ => {}
        }
    }
    candidates.retain(|parameter| {
        let name = &*parameter.name.value;
        matches!(config.lookup(name), Lookup::Undefined { .. }) && !settled.contains(name)
    });
    if candidates.is_empty() {
        return;
    }
    let assigned = assigned(script.script);
    for parameter in candidates {
        let name = &*parameter.name.value;
        // Once is enough.
        if !assigned.contains(name) && settled.insert(name) {
            let message = format!("`{name}` is not assigned in this `RUN`, nor by `ARG` or `ENV`");
            let finding = cx.report(parameter.span, message);
            finding.help(format!(
                "assign it, or write `${{{name}:-}}` if it may be unset"
            ));
        }
    }
}

fn assigned(script: &Script) -> HashSet<&str> {
    let mut names = HashSet::new();
    assign::each_in(&script.body, script.dialect, |name, _| {
        names.insert(name);
    });
    names
}

/// Whether a variable with a small letter in its name may be used in a text.
fn has_small_variable(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'$', bytes).any(|at| {
        let name = bytes[at + 1..].iter();
        let name = name.skip_while(|byte| matches!(byte, b'{' | b'#' | b'!'));
        let mut name = name.take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_');
        name.any(u8::is_ascii_lowercase)
    })
}

/// Whether an expansion would be empty without a word if nothing sets the variable.
fn may_be_unassigned(parameter: &Parameter) -> bool {
    let name = &*parameter.name.value;
    parameter.is_variable()
        && name.bytes().any(|byte| byte.is_ascii_lowercase())
        && !parameter.indirect
        && !matches!(
            parameter.operation.as_deref(),
            Some(Operation::Names | Operation::Unknown)
        )
}

/// What is used instead, where it says what is to be done without a value.
fn tested(parameter: &Parameter) -> Option<&Word> {
    match parameter.operation.as_deref() {
        Some(Operation::Conditional { word, .. }) => Some(word),
        _ => None,
    }
}

/// Whether other texts are run in this shell, which may set anything.
fn reads_other_scripts(command: &SimpleCommand) -> bool {
    let name = || command.unwrapped()?.name();
    command.may_run(const { &Programs::of(&[".", "source", "eval"]) })
        && matches!(name(), Some("." | "source" | "eval"))
}

/// The variables that a command asks about: `[ -n "$a" ]`, `[ "$a" ]`, `[ -v a ]`.
fn tested_by(command: &SimpleCommand) -> Vec<&str> {
    if !command.may_run(const { &Programs::of(&["[", "test"]) }) {
        return Vec::new();
    }
    let args = match command.name() {
        Some("[") => command
            .args()
            .split_last()
            .map_or(&[][..], |(_, args)| args),
        Some("test") => command.args(),
        _ => return Vec::new(),
    };
    let is_joint = |word: &Word| word.is("-a") || word.is("-o");
    let terms = args.split(is_joint);
    let asked = terms.filter_map(|term| {
        let term = match term {
            [not, rest @ ..] if not.is("!") => rest,
            _ => term,
        };
        match term {
            [word] => lone_variable(word),
            [option, word] if option.is("-n") || option.is("-z") => lone_variable(word),
            [option, word] if option.is("-v") => word.text(),
            _ => None,
        }
    });
    asked.collect()
}

/// The variable that a word consists of.
fn lone_variable(word: &Word) -> Option<&str> {
    let mut pieces = word.pieces();
    let first = pieces.next()?;
    match first {
        WordPart::Parameter(parameter) if pieces.next().is_none() => Some(&parameter.name.value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_variables_that_nothing_sets_are_reported() {
        dockerfile(
            "unassigned-shell-variable",
            r#"
FROM debian:13
ARG arg
ENV env=1
RUN echo $a "x $a" $arg $env $B ${c:-d} ${e#f} ${#g} '$h' $http_proxy $1 && \
#        ^^ `a` is not assigned in this `RUN`, nor by `ARG` or `ENV`
#                                       ^^^^^^ `e`
#                                              ^^^^^ `g`
    echo "$mix\
#         ^^^^^ `mixed`
ed"
RUN a=1; echo $a $b; b=2; read c; echo $c; for d in $e; do f; done; echo $d
#                                                   ^^ `e`
RUN [ -n "$a" ] && echo $a; [ $b ] || echo $b; test -z "$c" && echo $c; [ "$d" = e ]
#                                                                          ^^ `d`
RUN a=1 b; echo $a
#               ^^ `a`
RUN a=' \
b' \
  set -x && c $a
RUN echo ${a:-$b} $b; . ./a && echo $b
RUN eval "$(a)" && echo $b
RUN sh -c "echo $a" && sh -c 'echo $b'
#               ^^ `a`
CMD echo $a
ONBUILD RUN echo $a
"#,
        );
    }
}
