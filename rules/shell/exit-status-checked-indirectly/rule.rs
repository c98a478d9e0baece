//! Flags comparisons of `$?` with 0.

use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Command, CompoundKind, ConditionalKind};
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::{Word, WordPart};
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    for (node, context) in script.script.nodes_of(
        const {
            Kinds::COMMANDS
                .and(Kinds::COMPOUNDS)
                .and(Kinds::CONDITIONALS)
        },
    ) {
        // A function may be told the status of what was run before it.
        if context.in_function() {
            continue;
        }
        let found = match node {
            Node::Command(Command::Simple(command)) => {
                let is_test = matches!(command.name(), Some("[" | "test"));
                is_test.then(|| in_test(command.args())).flatten()
            }
            Node::Command(Command::Compound(compound)) => match &compound.kind {
                CompoundKind::Arithmetic(arithmetic) => in_arithmetic(&arithmetic.expression),
                _ => None,
            },
            Node::Conditional(conditional) => match &conditional.kind {
                ConditionalKind::Binary {
                    left,
                    operator,
                    right,
                } => compared(left, &operator.value, right),
                _ => None,
            },
            _ => None,
        };
        if let Some(span) = found {
            let finding = cx.report(span, "the status is looked at through `$?`");
            finding.help("ask the command itself: `if command; then …` or `if ! command; then …`");
        }
    }
}

/// In the arguments of `[` or `test`.
fn in_test(args: &[Word]) -> Option<Span> {
    let args = match args {
        [inside @ .., last] if last.is("]") => inside,
        _ => args,
    };
    let args = match args {
        [first, rest @ ..] if first.is("!") => rest,
        _ => args,
    };
    let [left, operator, right] = args else {
        return None;
    };
    compared(left, operator.literal()?, right)
}

/// In `(( … ))`.
fn in_arithmetic(expression: &Word) -> Option<Span> {
    let mut rest = String::new();
    let mut found = None;
    for part in expression.pieces() {
        match part {
            WordPart::Parameter(parameter) if &*parameter.name.value == "?" && found.is_none() => {
                found = Some(parameter.span);
            }
            WordPart::Literal(text) if text.value.len() < 32 => rest.push_str(&text.value),
            _ => return None,
        }
    }
    rest.retain(|letter| !letter.is_whitespace());
    let is_zero = matches!(&*rest, "" | "!" | "==0" | "!=0" | ">0" | "0==" | "0!=");
    found.filter(|_| is_zero)
}

/// The `$?` in a comparison with 0.
fn compared(left: &Word, operator: &str, right: &Word) -> Option<Span> {
    let (status, other, is_turned) = if is_status(left) {
        (left, right, false)
    } else if is_status(right) {
        (right, left, true)
    } else {
        return None;
    };
    let is_equality = matches!(operator, "=" | "==" | "!=" | "-eq" | "-ne");
    let is_greater = operator == if is_turned { "-lt" } else { "-gt" };
    ((is_equality || is_greater) && other.is("0")).then_some(status.span)
}

/// Whether a word is `$?` and nothing else.
fn is_status(word: &Word) -> bool {
    let mut pieces = word.pieces();
    let is_it = |part: &WordPart| matches!(part, WordPart::Parameter(parameter) if &*parameter.name.value == "?" && parameter.operation.is_none());
    pieces.next().is_some_and(is_it) && pieces.next().is_none()
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn comparisons_with_success_are_reported() {
        dockerfile(
            "exit-status-checked-indirectly",
            r#"
FROM debian:13
RUN make; if [ $? -ne 0 ]; then a; fi; [ "$?" = 0 ] || b
#              ^^ the status is looked at through `$?`
#                                        ^^^^ the status is
RUN make; test 0 != \
  ${?} && a; [ ! $? -gt 0 ] && b
# ^^^^ the status is
#                ^^ the status is
SHELL ["/bin/bash", "-c"]
RUN make; if [[ $? == 0 || a ]]; then b; fi; (( $? )) || c; (( $? != 0 )) && d
#               ^^ the status is
#                                               ^^ the status is
#                                                              ^^ the status is
RUN make; [ $? -eq 2 ]; [ $? -lt 1 ]; x=$?; exit $?; case $? in 0) a;; esac; [ "x$?" = x0 ]
RUN f() { [ $? -eq 0 ] && a; }; (( $? > 1 )); [ $? ]; echo $? = 0
"#,
        );
    }
}
