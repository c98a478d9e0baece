//! Flags `! command` under `set -e` that stops nothing.

use crate::diagnostic::{Applicability, Fix};
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Command, ListOperator};
use crate::shell::options::ShellOption;
use crate::shell::programs::Programs;
use crate::shell::walk::{Kinds, Node};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    if !script.text.contains('!') {
        return;
    }
    let mut stops = script.is_started_with(ShellOption::ERREXIT);
    if !stops && !script.script.may_run(const { &Programs::of(&["set"]) }) {
        return;
    }
    let mut last = None;
    for (node, context) in script
        .script
        .nodes_of(const { Kinds::PIPELINES.and(Kinds::COMMANDS) })
    {
        if context.in_inner_script() {
            continue;
        }
        let pipeline = match node {
            Node::Command(Command::Simple(command)) => {
                stops = ShellOption::ERREXIT.change(command).unwrap_or(stops);
                continue;
            }
            Node::Pipeline(pipeline) => pipeline,
            _ => continue,
        };
        let Some(negation) = pipeline.negation.filter(|_| stops) else {
            continue;
        };
        let is_chained = |operator: Option<ListOperator>| {
            matches!(operator, Some(ListOperator::And | ListOperator::Or))
        };
        let last = *last.get_or_insert_with(|| script.script.last_command_start());
        let is_lost = !is_chained(context.operator_before())
            && !is_chained(context.operator_behind())
            && !context.in_condition()
            && !context.in_background()
            && context.is_followed(pipeline.span, last);
        if !is_lost {
            continue;
        }
        let mark = Span::new(negation.start, negation.start + 1);
        let finding = cx.report(mark, "`!` keeps `set -e` from stopping the script here");
        finding.help("write `if …; then exit 1; fi`, or put `|| exit 1` behind it");
        let edit = Edit::insert(pipeline.span.end, " || exit 1");
        let title = "stop where the command succeeds; the build may then fail";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_a_status_that_gets_lost_under_errexit_counts() {
        dockerfile(
            "negated-command-ignored",
            r#"
FROM debian:13
RUN set -ex; ! grep a b; make
#            ^ `!` keeps `set -e` from stopping the script here
RUN set -e; make; ! \
#                 ^ `!` keeps
  make | grep a; make
RUN set -e; { ! a; }; for b in c d; do ! e "$b"; done
#             ^ `!` keeps
#                                      ^ `!` keeps
RUN set -e; f() { ! a; b; }; if c; then ! d; fi; e
#                 ^ `!` keeps
#                                       ^ `!` keeps
RUN ! a; b
RUN set -e; if ! a; then b; fi; while ! c; do d; done; ! e && f; ! g || h; i
RUN set -e; (! a); x=$(! b); f() { ! c; }; ! d & make && ! e; ! f
RUN set -e; set +e; ! a; b
SHELL ["/bin/bash", "-ec"]
RUN ! a; b
#   ^ `!` keeps
"#,
        );
    }
}
