//! Where a script gives variables their values: assignments, loops, and the builtins that set variables.
//!
//! Not for: what runs in which order (see [`plain`](super::plain)), nor scripts inside of strings.

use super::Dialect;
use super::ast::{
    Assignment, AssignmentValue, Command, CompoundKind, Descriptor, List, SimpleCommand,
};
use super::programs::Programs;
use super::walk::{Kinds, Node, Nodes};
use super::word::{Conditionally, Operation, Parameter, Word, WordPart};

/// What a variable gets.
#[derive(Clone, Copy, Debug)]
pub enum Given<'a> {
    /// A word, behind what the variable had before for `+=`.
    Word(&'a Word),
    /// One of these words after the other.
    Words(&'a [Word]),
    /// A number.
    Number,
    /// Nothing: it is declared, and has what the environment or an earlier line gave it.
    Declared,
    /// Whatever a builtin reads, or several words.
    Anything,
}

/// Calls `found` for every place in a list that may set a variable, in the order of the text.
pub fn each_in<'a>(list: &'a List, dialect: Dialect, mut found: impl FnMut(&'a str, Given<'a>)) {
    const KINDS: Kinds = Kinds::COMMANDS
        .and(Kinds::COMPOUNDS)
        .and(Kinds::REDIRECTS)
        .and(Kinds::PARAMETERS)
        .and(Kinds::PARTS);
    for (node, context) in Nodes::of(list, KINDS) {
        if context.in_inner_script() {
            continue;
        }
        match node {
            Node::Command(Command::Simple(command)) => {
                for assignment in lasting(command, dialect) {
                    found(&assignment.name.value, given(assignment));
                }
                builtin(command, &mut found);
            }
            Node::Command(Command::Compound(command)) => match &command.kind {
                CompoundKind::For(command) => {
                    let words = command.words.as_deref();
                    let given = words.map_or(Given::Anything, Given::Words);
                    found(&command.variable.value, given);
                }
                CompoundKind::Arithmetic(arithmetic) => {
                    in_arithmetic(&arithmetic.expression, |name| found(name, Given::Number));
                }
                CompoundKind::ArithmeticFor(command) => {
                    in_arithmetic(&command.header.expression, |name| {
                        found(name, Given::Number);
                    });
                }
                _ => {}
            },
            Node::Command(Command::Coprocess(coprocess)) => {
                let name = coprocess.name.as_ref().map_or("COPROC", |name| &name.value);
                found(name, Given::Anything);
            }
            Node::Redirect(redirect) => {
                if let Some(descriptor) = &redirect.descriptor
                    && let Descriptor::Variable(name) = &descriptor.value
                {
                    found(name, Given::Number);
                }
            }
            Node::Part(WordPart::Arithmetic(arithmetic)) => {
                in_arithmetic(&arithmetic.expression, |name| found(name, Given::Number));
            }
            Node::Part(WordPart::Parameter(parameter)) => {
                if let Some(word) = default_of(parameter) {
                    found(&parameter.name.value, Given::Word(word));
                }
            }
            _ => {}
        }
    }
}

/// The assignments of a command that are in force behind it: those in front of a program are for it alone,
/// but a POSIX shell keeps those in front of its special builtins (2.14 of the *Shell Command Language*).
pub(super) fn lasting(command: &SimpleCommand, dialect: Dialect) -> &[Assignment] {
    const SPECIAL: &[&str] = &[
        ":", ".", "break", "continue", "eval", "exec", "exit", "export", "readonly", "return",
        "set", "shift", "times", "trap", "unset",
    ];
    let is_special = || {
        command.may_run(const { &Programs::of(SPECIAL) })
            && command.name().is_some_and(|name| SPECIAL.contains(&name))
    };
    if command.words.is_empty() || (dialect == Dialect::Posix && is_special()) {
        &command.assignments
    } else {
        command.declarations()
    }
}

/// What an assignment gives.
pub(super) fn given(assignment: &Assignment) -> Given<'_> {
    match &assignment.value {
        AssignmentValue::Word(word) if assignment.subscript.is_none() => Given::Word(word),
        _ => Given::Anything,
    }
}

/// The word that `${x=word}` assigns.
pub(super) fn default_of(parameter: &Parameter) -> Option<&Word> {
    match parameter.operation.as_deref() {
        Some(Operation::Conditional {
            action: Conditionally::Assign,
            word,
            ..
        }) => Some(word),
        _ => None,
    }
}

/// The variables that a builtin sets by its arguments. Those of declaration builtins are assignments.
pub(super) fn builtin<'a>(command: &'a SimpleCommand, found: &mut impl FnMut(&'a str, Given<'a>)) {
    const BUILTINS: Programs = Programs::of(&[
        "read",
        "mapfile",
        "readarray",
        "getopts",
        "export",
        "readonly",
        "declare",
        "typeset",
        "local",
        "printf",
        "wait",
        "let",
    ]);
    let invocation = command.invocation().filter(|_| command.may_run(&BUILTINS));
    let Some(invocation) = invocation else {
        return;
    };
    let Some(name) = invocation.name() else {
        return;
    };
    let args = invocation.args();
    let names = args
        .iter()
        .filter_map(Word::text)
        .filter(|text| is_name(text));
    match name {
        "read" | "mapfile" | "readarray" => names.for_each(|name| found(name, Given::Anything)),
        "getopts" => {
            found("OPTARG", Given::Anything);
            found("OPTIND", Given::Number);
            let target = args.get(1).and_then(Word::text);
            if let Some(target) = target.filter(|text| is_name(text)) {
                found(target, Given::Anything);
            }
        }
        "export" | "readonly" | "declare" | "typeset" | "local" => {
            names.for_each(|name| found(name, Given::Declared));
        }
        "printf" | "wait" => {
            let option = if name == "printf" { "-v" } else { "-p" };
            let at = args.iter().position(|word| word.is(option));
            let target = at.and_then(|at| args.get(at + 1)).and_then(Word::text);
            if let Some(target) = target.filter(|text| is_name(text)) {
                // The number of the process that ended.
                let is_wait = name == "wait";
                found(
                    target,
                    if is_wait {
                        Given::Number
                    } else {
                        Given::Anything
                    },
                );
            }
        }
        "let" => {
            for arg in args {
                in_arithmetic(arg, |name| found(name, Given::Number));
            }
        }
        _ => {}
    }
}

/// The names that an arithmetic expression assigns to: `x=1`, `x+=1`, `x++`, `--x`.
pub(super) fn in_arithmetic<'a>(expression: &'a Word, mut found: impl FnMut(&'a str)) {
    for piece in expression.pieces() {
        let WordPart::Literal(text) = piece else {
            continue;
        };
        let text: &'a str = &text.value;
        let mut before = "";
        let mut rest = text;
        while let Some(at) = rest.find(|c: char| c == '_' || c.is_ascii_alphanumeric()) {
            let (gap, from) = rest.split_at(at);
            if !gap.trim().is_empty() || before.is_empty() {
                before = gap.trim_end();
            }
            let len = from
                .find(|c: char| c != '_' && !c.is_ascii_alphanumeric())
                .unwrap_or(from.len());
            let (name, behind) = from.split_at(len);
            let next = behind.trim_start();
            let operator = next.trim_start_matches(['+', '-', '*', '/', '%', '&', '|', '^']);
            let is_set = (operator.starts_with('=')
                && !operator.starts_with("==")
                && next.len() - operator.len() <= 1)
                || next.starts_with("<<=")
                || next.starts_with(">>=")
                || next.starts_with("++")
                || next.starts_with("--")
                || before.ends_with("++")
                || before.ends_with("--");
            if is_set && is_name(name) {
                found(name);
            }
            before = "";
            rest = behind;
        }
    }
}

/// Whether a text can be a variable's name.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(super::lex::is_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;

    #[test]
    fn a_posix_shell_keeps_what_stands_in_front_of_a_special_builtin() {
        let parsed = parse(&Cooked::verbatim("a=1 set -x; b=2 c", 0), Dialect::Posix);
        let mut names = Vec::new();
        each_in(&parsed.tree.body, Dialect::Posix, |name, _| {
            names.push(name);
        });
        assert_eq!(names, ["a"]);
    }

    #[test]
    fn every_way_to_set_a_variable_is_found() {
        let script = "a=1 b=(x); export c=2 d; read -r e f; for g in x; do h+=y; done; \
             printf -v i x; let j=1 k++; ((l = 2, m == 3, ++n, o <<= 1)); : ${p:=x} $((q = 1)); \
             getopts ab r; exec {s}>x; coproc t { u=1; }; y() { local v; }; \
             (w=1) | echo $(z=1) x=2; sh -c 'no=1'; select sel in x; do :; done; no=1 set -x";
        let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Bash);
        assert_eq!(parsed.errors, []);
        let mut names = Vec::new();
        each_in(&parsed.tree.body, Dialect::Bash, |name, _| names.push(name));
        assert_eq!(
            names.join(" "),
            "a b c d e f g h i j k l n o p q OPTARG OPTIND r s t u v w z sel"
        );
    }
}
