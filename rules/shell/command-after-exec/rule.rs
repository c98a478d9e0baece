//! Flags commands behind `exec program`.

use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Command, List, ListItem, ListOperator, Script, SimpleCommand};
use crate::shell::programs::Programs;
use crate::shell::walk::{Kinds, Node};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

/// Commands with which a script ends when `exec` failed.
const LAST_WORDS: &[&str] = &[":", "echo", "exit", "printf", "return"];

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    if !script.script.may_run(const { &Programs::of(&["exec"]) }) {
        return;
    }
    let mut goes_on = None;
    for (node, context) in script.script.nodes_of(Kinds::LISTS) {
        let Node::List(list) = node else { continue };
        let Some((index, exec)) = exec(list) else {
            continue;
        };
        if *goes_on.get_or_insert_with(|| goes_on_failing(script.script)) {
            return;
        }
        let may_be_skipped = context.in_branch() || context.in_subshell() || context.in_function();
        let is_loop = context.in_loop() && !may_be_skipped;
        let rest = list.items.get(index + 1..).unwrap_or_default();
        let next = rest.iter().find(|item| !is_last_word(item));
        let span = exec.words.first().map_or(exec.span, |word| word.span);
        if let (Some(next), Some(first)) = (next, rest.first()) {
            let finding = cx.report(span, "`exec` ends the script: what follows does not run");
            finding.label(first.pipeline.span.cover(next.pipeline.span), "never runs");
            finding.help("leave `exec` away, or move it to the end");
        } else if is_loop && rest.is_empty() {
            let finding = cx.report(
                span,
                "`exec` ends the script in the first round of the loop",
            );
            finding.help("leave `exec` away");
        }
    }
}

/// The first item of a list that is nothing but `exec` and a program.
fn exec(list: &List) -> Option<(usize, &SimpleCommand)> {
    let mut is_chained = false;
    list.items.iter().enumerate().find_map(|(index, item)| {
        let is_behind = is_chained;
        is_chained = item.is_chained();
        let is_plain = !is_behind && !is_chained && item.pipeline.negation.is_none();
        let is_background = item
            .operator
            .is_some_and(|operator| operator.value == ListOperator::Background);
        let command = simple(item).filter(|_| is_plain && !is_background)?;
        let invocation = command.invocation()?;
        let runs =
            invocation.path() == Some("exec") && invocation.operands(&["a"]).next().is_some();
        runs.then_some((index, command))
    })
}

fn simple(item: &ListItem) -> Option<&SimpleCommand> {
    match &*item.pipeline.commands {
        [Command::Simple(command)] => Some(command),
        _ => None,
    }
}

/// Whether an item belongs to the end of a script that could not run the program.
fn is_last_word(item: &ListItem) -> bool {
    simple(item).is_some_and(|command| {
        command.words.is_empty()
            || command
                .invocation()
                .is_some_and(|invocation| invocation.is_any(LAST_WORDS))
    })
}

/// Whether bash is told to go on when `exec` fails.
fn goes_on_failing(script: &Script) -> bool {
    script.commands().any(|found| {
        found.command.name() == Some("shopt")
            && found.command.args().iter().any(|word| word.is("execfail"))
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_what_can_never_run_is_reported() {
        dockerfile(
            "command-after-exec",
            r#"
FROM debian:13
CMD exec server --port 80; cleanup
#   ^^^^ `exec` ends the script: what follows does not run
CMD a && b; exec \
#           ^^^^ `exec` ends the script
  c >d; echo e; f
CMD if a; then exec b; c; fi; (exec d; e); f() { exec g; h; }
#              ^^^^ `exec` ends the script
#                              ^^^^ `exec` ends the script
#                                                ^^^^ `exec` ends the script
CMD for a in b c; do exec d; done
#                    ^^^^ `exec` ends the script in the first round of the loop
CMD sh -c 'exec -a a b; c'
#          ^^^^ `exec` ends the script
CMD exec >a 2>&1; b; exec 3<c; exec
CMD exec a; echo b >&2; exit 1
CMD if a; then exec b; fi; c; (exec d); exec e || f; g && exec h; exec i & exec j
CMD a; exec b; x=1
CMD case a in b) exec c;; d) e;; esac
SHELL ["/bin/bash", "-c"]
CMD shopt -s execfail; exec a; b
"#,
        );
    }
}
