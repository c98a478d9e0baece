//! Flags a `RUN` that ends with something that only its own shell would notice.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::model::{Lookup, Origin};
use crate::dockerfile::script::ScriptOrigin;
use crate::engine::nodes::{Host, InstructionScript, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::SimpleCommand;
use crate::shell::state::StateChange;
use crate::shell::word::WordPart;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(script) = &script.in_dockerfile() else {
        return;
    };
    if script.run().is_none() {
        return;
    }
    let Some(last) = script.script.last_simple() else {
        return;
    };
    let Some(change) = last.state_change() else {
        return;
    };
    let only_state = || {
        let mut commands = script.script.commands();
        commands.all(|found| found.command.state_change().is_some())
    };
    let name = last.name().unwrap_or_default();
    let (what, help) = match change {
        // `cd-has-no-effect` and `env-unset-has-no-effect` are about these.
        StateChange::Directory => return,
        StateChange::Unset if name == "unset" || empties_env(script, last) => return,
        // `set +e` and the like often end a script that began with the opposite.
        StateChange::Setting if !only_state() => return,
        StateChange::Unset | StateChange::Variable => (
            "variable",
            "set it with `ENV`, or in the `RUN` that needs it",
        ),
        StateChange::Environment => (
            "environment",
            "do it in the `RUN` that needs it, or set `PATH` and the like with `ENV`",
        ),
        StateChange::Setting => (
            "setting",
            "do it in the `RUN` that needs it, or give it to the shell with `SHELL`",
        ),
    };
    let name_word = last
        .invocation()
        .map(|invocation| invocation.name_word().span);
    let assignment = last.assignments.first().map(|assignment| assignment.span);
    let span = name_word.or(assignment).unwrap_or(last.span);
    let fix = as_env(script, last, cx.text());
    let message = format!("the {what} lasts only to the end of this `RUN`");
    let finding = cx.report(span, message);
    finding.help(help);
    finding.fixes.extend(fix);
}

/// Whether a command empties a variable that `ENV` sets.
fn empties_env(script: &InstructionScript<'_>, command: &SimpleCommand) -> bool {
    let config = script.model.config_at(script.place.instruction);
    command.declarations().iter().any(|assignment| {
        matches!(config.lookup(&assignment.name.value), Lookup::Defined(definition)
            if definition.origin == Origin::Env)
    }) || command.has_flag("n")
}

/// `ENV` in place of a `RUN` that does nothing but export variables with values that `ENV` understands alike.
fn as_env(script: &InstructionScript<'_>, command: &SimpleCommand, text: &str) -> Option<Fix> {
    let instruction = script.instruction();
    let is_whole = script.script.body.items.len() == 1
        && script.script.comments.is_empty()
        && script.place.origin == ScriptOrigin::ShellForm
        && instruction.flags.is_empty()
        && command.args().is_empty()
        && command.name() == Some("export")
        && !script.place.is_trigger;
    let declared = command.declarations();
    let (Some(first), Some(last)) = (declared.first(), declared.last()) else {
        return None;
    };
    let is_alike = declared.iter().all(|assignment| {
        let is_simple = |part: &WordPart| match part {
            WordPart::Literal(text) => !text.value.contains(['$', '\\']),
            WordPart::Parameter(parameter) => {
                parameter.operation.is_none() && parameter.subscript.is_none() && parameter.is_variable()
            }
            _ => false,
        };
        let word = assignment.word();
        !assignment.append
            && assignment.subscript.is_none()
            && word.is_some_and(|word| {
                let is_quoted_well = word.parts.iter().all(|part| {
                    is_simple(part) || matches!(part, WordPart::DoubleQuoted(quoted) if quoted.parts.iter().all(is_simple))
                });
                is_quoted_well && !word.parts.is_empty()
            })
    });
    let pairs = Span::new(first.span.start, last.span.end).text(text);
    (is_whole && is_alike && !pairs.contains('\n')).then(|| {
        let edit = Edit::replace(instruction.span, format!("ENV {pairs}"));
        let title = "write `ENV`; the variable is then set in the container, too";
        Fix::new(title, Applicability::Unsafe, vec![edit])
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn only_the_last_effect_counts() {
        dockerfile(
            "shell-state-lost",
            r#"
FROM debian:13
ENV SET=1
RUN export PATH=/opt/bin:$PATH
#   ^^^^^^ the variable lasts only to the end of this `RUN`
RUN make && A=b \
#           ^^^ the variable
  C=d
RUN python3 -m venv /v && . /v/bin/activate
#                         ^ the environment lasts only
RUN source "$NVM_DIR/nvm.sh" && nvm use 24; true
#                               ^^^ the environment
RUN eval $(ssh-agent)
#   ^^^^ the environment
RUN umask 077
#   ^^^^^ the setting lasts only
RUN set -eux
#   ^^^ the setting
RUN export NEW=
#   ^^^^^^ the variable
RUN export A=b && make && set +e; cd /x; unset A
RUN export SET=
RUN cd /x
RUN unset SET
RUN . ./build.sh
RUN version=$(make)
RUN export A=b && echo $A
RUN make & export A=b || c
CMD export A=b
"#,
        );
    }

    #[test]
    fn exports_become_env() {
        let check = |before: &str, after: &str| {
            let fixed = fixed("shell-state-lost", Applicability::Unsafe, before);
            assert_eq!(fixed, after);
        };
        check(
            "FROM a\nRUN export A=b C=\"d $E\" PATH=/f:${PATH}\n",
            "FROM a\nENV A=b C=\"d $E\" PATH=/f:${PATH}\n",
        );
        for same in [
            "FROM a\nRUN export A=$(b)\n",
            "FROM a\nRUN export A=~/b\n",
            "FROM a\nRUN export A=${B%c}\n",
            "FROM a\nRUN export A\n",
            "FROM a\nRUN A=b\n",
            "FROM a\nRUN make && export A=b\n",
        ] {
            check(same, same);
        }
    }
}
