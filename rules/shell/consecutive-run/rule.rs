//! Flags short `RUN` instructions in a row.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Command as Form, Instruction, InstructionKind, Run};
use crate::dockerfile::script::ScriptOrigin;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::shell::Dialect;
use crate::shell::ast::{ListItem, ListOperator, Script};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.run(check);
}

fn check(run: &Placed<'_, Run>, cx: &mut Context<'_, Dockerfile>) {
    if run.instruction.is_trigger {
        return;
    }
    let model = cx.model;
    let Some(before) = run.index.checked_sub(1) else {
        return;
    };
    let previous = &model.ast.instructions[before];
    let InstructionKind::Run(_) = &previous.kind else {
        return;
    };
    let text = cx.text();
    let is_alike = have_same_flags(previous, run.instruction, text)
        && is_short(model, before)
        && is_short(model, run.index);
    if !is_alike {
        return;
    }
    let fix = fix(model, previous, before, run, text);
    let keyword = run.instruction.keyword.span;
    let finding = cx.report(keyword, "this `RUN` could be part of the one before");
    finding.label(previous.keyword.span, "the one before");
    finding.help("join the commands with `&&`, or write a heredoc");
    finding.fixes.extend(fix);
}

/// Whether both instructions have the same flags, in the same words.
fn have_same_flags(one: &Instruction, other: &Instruction, text: &str) -> bool {
    let flags = |instruction: &Instruction| {
        let flags = instruction.flags.iter();
        flags.map(|flag| flag.span.text(text)).collect::<Vec<_>>()
    };
    one.flags.len() == other.flags.len() && flags(one) == flags(other)
}

/// Whether an instruction is a single command; tests do not count.
fn is_short(model: &Dockerfile, index: usize) -> bool {
    let instruction = &model.ast.instructions[index];
    if !instruction.heredocs.is_empty() {
        return false;
    }
    match instruction.command() {
        Some(Form::Exec(_)) => true,
        Some(Form::Shell(_)) => match model.scripts_of(index) {
            [place] => {
                let Some(script) = &place.script else {
                    // A line for another shell.
                    return !place.text.text().contains(['&', '|', ';']);
                };
                let mut commands = script.commands().filter(|found| {
                    !found.context.in_inner_script() && found.command.name() != Some("[")
                });
                commands.nth(1).is_none()
            }
            _ => false,
        },
        None => false,
    }
}

/// The fix that joins both, where nothing of the first can reach the second but through files.
fn fix(
    model: &Dockerfile,
    previous: &Instruction,
    before: usize,
    run: &Placed<'_, Run>,
    text: &str,
) -> Option<Fix> {
    let first = plain_script(model, before)?;
    let second = plain_script(model, run.index)?;
    let ends_plainly = |script: &Script| {
        let last = script.body.items.last();
        last.is_some_and(|item| item.operator.is_none()) && script.comments.is_empty()
    };
    let is_and = |item: &ListItem| {
        item.operator
            .is_none_or(|operator| operator.value == ListOperator::And)
    };
    let joins = ends_plainly(first)
        && ends_plainly(second)
        && !keeps_state(first)
        && second.body.items.iter().all(is_and);
    let (Some(Form::Shell(one)), Some(Form::Shell(other))) =
        (previous.command(), run.instruction.command())
    else {
        return None;
    };
    let between = Span::new(one.span.end, run.instruction.span.start).text(text);
    if !joins || !between.trim().is_empty() || between.bytes().filter(|b| *b == b'\n').count() != 1
    {
        return None;
    }
    let end = if between.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let escape = model.ast.escape.as_char();
    let gap = Span::new(one.span.end, other.span.start);
    let edit = Edit::replace(gap, format!(" {escape}{end}    && "));
    let title = "join it to the `RUN` before; both are then cached together";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

fn plain_script(model: &Dockerfile, index: usize) -> Option<&Script> {
    let [place] = model.scripts_of(index) else {
        return None;
    };
    let is_plain = place.origin == ScriptOrigin::ShellForm
        && matches!(place.dialect, Dialect::Posix | Dialect::Bash);
    place.script.as_ref().filter(|_| is_plain)
}

/// Whether what follows in the same shell would notice the commands.
fn keeps_state(script: &Script) -> bool {
    script.commands().any(|found| {
        found.command.words.is_empty()
            || found.context.in_background()
            || found.command.invocation().is_none_or(|invocation| {
                invocation.name().is_none_or(|name| {
                    matches!(
                        name,
                        "." | "alias"
                            | "cd"
                            | "eval"
                            | "exec"
                            | "exit"
                            | "export"
                            | "popd"
                            | "pushd"
                            | "readonly"
                            | "set"
                            | "shift"
                            | "shopt"
                            | "source"
                            | "trap"
                            | "ulimit"
                            | "umask"
                            | "unset"
                    )
                })
            })
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn only_short_neighbours_with_the_same_flags_count() {
        dockerfile(
            "consecutive-run",
            r#"
FROM debian:13
RUN a
# a comment

RUN if [ -f a ]; then sh -c "b; c"; fi
#^^ this `RUN` could be part of the one before
run ["d"]
#^^ this `RUN` could
RUN a && b
RUN d
RUN --mount=type=cache,target=/x e
RUN --mount=type=cache,target=/x f
#^^ this `RUN` could
RUN --network=none f
ENV A=1
RUN g
RUN <<E
h
E
RUN i
ONBUILD RUN j
ONBUILD RUN k
FROM debian:13
RUN l
"#,
        );
    }

    #[test]
    fn the_fix_joins_what_only_files_connect() {
        let check = |before: &str, after: &str| {
            let fixed = fixed("consecutive-run", Applicability::Unsafe, before);
            assert_eq!(fixed, after);
        };
        check(
            "FROM a\r\nRUN a\r\n  RUN b c\r\n",
            "FROM a\r\nRUN a \\\r\n    && b c\r\n",
        );
        check(
            "FROM a\nRUN --network=none a\nRUN --network=none b\n",
            "FROM a\nRUN --network=none a \\\n    && b\n",
        );
        for same in [
            "FROM a\nRUN cd a\nRUN b\n",
            "FROM a\nRUN a &\nRUN b\n",
            "FROM a\nRUN a # b\nRUN b\n",
            "FROM a\nRUN a\n\nRUN b\n",
            "FROM a\nRUN a\n# b\nRUN b\n",
            "FROM a\nRUN a\nRUN [\"b\"]\n",
        ] {
            check(same, same);
        }
    }
}
