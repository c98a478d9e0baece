//! Flags `cd` that can fail while the script goes on.

use crate::diagnostic::{Applicability, Fix};
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::{ListOperator, Script};
use crate::shell::context::CommandUse;
use crate::shell::invocation::Invocation;
use crate::shell::options::ShellOption;
use crate::shell::programs::Programs;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    if !script
        .script
        .may_run(const { &Programs::of(&["cd", "pushd", "popd"]) })
    {
        return;
    }
    let stops = script.is_started_with(ShellOption::ERREXIT);
    for (inner, command) in script.script.with_inner() {
        let stops = match command {
            None => stops,
            Some(command) => {
                let words = command.words.iter().filter_map(|word| word.text());
                let options = words.skip_while(|word| !word.starts_with('-'));
                ShellOption::ERREXIT.is_asked_for(options)
            }
        };
        check_script(inner, stops, command.is_none(), cx);
    }
}

/// `stops` tells whether the shell is started with `-e`.
fn check_script(script: &Script, mut stops: bool, is_outer: bool, cx: &mut Context<'_, Host<'_>>) {
    if !script.may_run(const { &Programs::of(&["cd", "pushd", "popd"]) }) {
        return;
    }
    let mut last = None;
    for found in script.commands() {
        if found.context.in_inner_script() {
            continue;
        }
        if let Some(change) = ShellOption::ERREXIT.change(found.command) {
            stops = change;
        }
        let Some(invocation) = change_of_folder(&found).filter(|_| !stops) else {
            continue;
        };
        let last = *last.get_or_insert_with(|| script.last_command_start());
        let context = found.context;
        let is_alone = context
            .pipeline()
            .is_some_and(|pipeline| pipeline.commands.len() == 1);
        let is_lost = is_alone
            && !context.is_tested()
            && !context.in_background()
            && context.is_followed(found.command.span, last);
        if !is_lost {
            continue;
        }
        let name = invocation.name().unwrap_or("cd");
        let message = format!("`{name}` can fail, and what follows runs somewhere else then");
        let finding = cx.report(invocation.span(), message);
        finding.help("write `cd … || exit 1`, join the commands with `&&`, or begin with `set -e`");
        // Behind `a && cd b`, the `||` would catch the failing of `a` as well.
        let is_first = !matches!(
            context.operator_before(),
            Some(ListOperator::And | ListOperator::Or)
        );
        if is_first && is_outer {
            let applicability = if context.in_loop() || context.in_branch() {
                Applicability::Unsafe
            } else {
                Applicability::Safe
            };
            let edit = Edit::insert(found.command.span.end, " || exit 1");
            finding.fix(Fix::new("stop where it fails", applicability, vec![edit]));
        }
    }
}

/// The command that changes the directory, if it is one that can fail.
fn change_of_folder<'a>(found: &CommandUse<'a>) -> Option<Invocation<'a>> {
    let mut invocation = found.command.invocation()?;
    while invocation.is_any(&["command", "builtin"]) {
        invocation = invocation.inside_wrapper()?;
    }
    let can_fail = match invocation.name()? {
        "cd" => !invocation
            .operands(&[])
            .next()
            .and_then(|target| target.literal())
            .is_some_and(is_always_there),
        "pushd" | "popd" => true,
        _ => false,
    };
    can_fail.then_some(invocation)
}

/// Whether a path leads to the root or upwards only.
fn is_always_there(path: &str) -> bool {
    path.split('/').all(|part| matches!(part, "" | "." | "..")) && !path.is_empty()
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn only_a_cd_whose_failing_gets_lost_counts() {
        dockerfile(
            "unchecked-cd",
            r#"
FROM debian:13
RUN cd /a; make
#   ^^^^^ `cd` can fail, and what follows runs somewhere else then
RUN make && cd "/a b" >/dev/null; make
#           ^^^^^^^^^ `cd` can fail
RUN make; command cd \
#                 ^^^^ `cd` can fail
  -P /a; make
RUN (cd; make) && x=$(cd a; pwd) && f() { cd a; make; }
#    ^^ `cd` can fail
#                     ^^^^ `cd` can fail
#                                         ^^^^ `cd` can fail
RUN if a; then cd b; fi; make
#              ^^^^ `cd` can fail
RUN for a in b c; do cd $a; done
#                    ^^^^^ `cd` can fail
RUN pushd a; make; popd; make
#   ^^^^^^^ `pushd` can fail
#                  ^^^^ `popd` can fail
RUN sh -c 'cd a; make' && sh -ec 'cd a; make'
#          ^^^^ `cd` can fail
CMD cd a; exec b
#   ^^^^ `cd` can fail
RUN cd a && make; cd b || exit 1; cd ..; cd /; cd ../..; cd ./.; make
RUN if cd a; then b; fi; while cd c; do d; done; cd e & cd f | g; ! cd h; make; cd i
RUN (cd a); x=$(cd b); f() { cd c; }; make
RUN make; set -o errexit; cd a; set +e; cd b; make
#                                       ^^^^ `cd` can fail
RUN ["sh", "-ec", "cd a; make"]
RUN sudo cd a; echo cd b; make
SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
RUN cd a; make
"#,
        );
    }

    #[test]
    fn the_fix_is_unsafe_where_a_loop_may_go_on() {
        let before = "FROM a\nRUN for a in *; do cd $a; b; done\nRUN a && cd b; c\n";
        assert_eq!(fixed("unchecked-cd", Applicability::Safe, before), before);
        let after = "FROM a\nRUN for a in *; do cd $a || exit 1; b; done\nRUN a && cd b; c\n";
        assert_eq!(fixed("unchecked-cd", Applicability::Unsafe, before), after);
    }
}
