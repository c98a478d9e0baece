//! Flags `a && b || c` in place of `if`.

use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Command, CompoundKind, ListItem, ListOperator};
use crate::shell::walk::{Kinds, Node};
use crate::text::{Span, Spanned};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

/// Commands that as good as never fail, or behind which nothing runs.
const CANNOT_FAIL: &[&str] = &[
    ":", "break", "continue", "echo", "exit", "export", "printf", "readonly", "return", "set",
    "true", "unset",
];

/// Commands that make sense wherever something before has failed.
const HANDLES_FAILURE: &[&str] = &[
    ":", "break", "continue", "echo", "exit", "false", "printf", "return", "true",
];

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    for (node, context) in script.script.nodes_of(Kinds::LISTS) {
        let Node::List(list) = node else { continue };
        // What `if` is told by `a && b || c` is just that.
        if context.in_condition() {
            continue;
        }
        for chain in list.chains() {
            let Some((then, or)) = branches(chain) else {
                continue;
            };
            let message = "what is behind `||` also runs when the command in front of it fails";
            let finding = cx.report(or, message);
            finding.label(then, "if this fails");
            finding.help("write `if …; then …; else …; fi`");
        }
    }
}

/// For a chain that looks like `if`, the place of what stands behind the last `&&`, and of the `||`.
fn branches(chain: &[ListItem]) -> Option<(Span, Span)> {
    let [conditions @ .., then, otherwise] = chain else {
        return None;
    };
    let is = |item: &ListItem, wanted: ListOperator| {
        item.operator
            .is_some_and(|operator| operator.value == wanted)
    };
    let is_choice = !conditions.is_empty()
        && conditions.iter().all(|item| is(item, ListOperator::And))
        && is(then, ListOperator::Or);
    if !is_choice || !can_fail(then) || is_handler(otherwise) {
        return None;
    }
    let or = then.operator.map(|Spanned { span, .. }| span)?;
    Some((then.pipeline.span, or))
}

/// Whether the branch behind `&&` may fail by accident. A test fails on purpose.
fn can_fail(item: &ListItem) -> bool {
    match &*item.pipeline.commands {
        [Command::Simple(command)] => command.unwrapped().is_some_and(|invocation| {
            !invocation.is_any(CANNOT_FAIL) && !invocation.is_any(&["[", "test"])
        }),
        [Command::Compound(compound)] => !matches!(compound.kind, CompoundKind::Conditional(_)),
        _ => true,
    }
}

/// Whether the branch behind `||` is an answer to any failure, be it `{ …; exit 1; }`.
fn is_handler(item: &ListItem) -> bool {
    let mut command = item.pipeline.commands.last();
    // Groups in groups are rare; deeper ones count as no answer.
    for _ in 0..4 {
        let list = match command {
            Some(Command::Simple(simple)) => {
                return simple
                    .unwrapped()
                    .is_some_and(|invocation| invocation.is_any(HANDLES_FAILURE))
                    || simple.words.is_empty();
            }
            Some(Command::Compound(compound)) => match &compound.kind {
                CompoundKind::Group(list) | CompoundKind::Subshell(list) => list,
                _ => return false,
            },
            _ => return false,
        };
        let last = list.items.last();
        command = last.and_then(|item| item.pipeline.commands.last());
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_two_branches_of_which_the_first_can_fail_count() {
        dockerfile(
            "and-or-as-if-else",
            r#"
FROM debian:13
RUN [ -f a ] && cp a b || mv c d
#                      ^^ what is behind `||` also runs when
RUN a && b && c \
  || { d; e; }; x=$([ -f y ] && (z) || w)
# ^^ what is behind `||` also runs when
#                                   ^^ what is behind `||` also runs when
RUN a && b || exit 1; a && b || { echo c >&2; exit 1; }; a && b || (c; false); a && b || true
RUN [ a ] && echo b || c; [ a ] && b=c || b=d; [ a ] && exit 0 || c; [ a ] && [ b ] || c; a && [[ b ]] || c
RUN a || b && c; a && b || c && d; a && b || c || d; if a && b || c; then d; fi; a && b; (a && b) || c
"#,
        );
    }
}
