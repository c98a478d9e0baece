//! Flags a `RUN` that ends with `cd`.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::script::ScriptOrigin;
use crate::engine::nodes::{Host, InstructionScript, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::SimpleCommand;
use crate::shell::state::StateChange;
use crate::text::Edit;

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
    if last.state_change() != Some(StateChange::Directory) {
        return;
    }
    // Behind other changes of the directory it leads back to where everything began, unless there is nothing
    // but such changes.
    let is_change =
        |command: &SimpleCommand| command.state_change() == Some(StateChange::Directory);
    let mut before = script.script.commands().map(|found| found.command);
    let (mut changes, mut others) = (0, 0);
    before.try_for_each(|command| {
        if std::ptr::eq(command, last) {
            return None;
        }
        if is_change(command) {
            changes += 1;
        } else {
            others += 1;
        }
        Some(())
    });
    if changes > 0 && others > 0 {
        return;
    }
    let fix = fix(script, last, changes + others == 0);
    let name = last.name().unwrap_or("cd");
    let span = last
        .invocation()
        .map_or(last.span, |invocation| invocation.span());
    let message = format!("`{name}` lasts only to the end of this `RUN`");
    let finding = cx.report(span, message);
    finding.help("set the directory with `WORKDIR`");
    finding.fixes.extend(fix);
}

/// `WORKDIR` in place of a `RUN` that is nothing but `cd` to a directory that is known.
fn fix(script: &InstructionScript<'_>, command: &SimpleCommand, is_alone: bool) -> Option<Fix> {
    let instruction = script.instruction();
    let [target] = command.args() else {
        return None;
    };
    let path = target.literal()?;
    let is_simple = path.starts_with('/')
        && path
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/._-+@".contains(&byte));
    let is_whole = is_alone
        && script.script.body.items.len() == 1
        && script.script.comments.is_empty()
        && script.place.origin == ScriptOrigin::ShellForm
        && instruction.flags.is_empty()
        && command.redirects.is_empty()
        && command.name() == Some("cd")
        && !script.place.is_trigger;
    (is_simple && is_whole).then(|| {
        let edit = Edit::replace(instruction.span, format!("WORKDIR {path}"));
        Fix::new("write `WORKDIR`", Applicability::Safe, vec![edit])
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn only_a_cd_at_the_end_that_leads_nowhere_back_counts() {
        dockerfile(
            "cd-has-no-effect",
            r#"
FROM debian:13
RUN cd /srv/app
#   ^^^^^^^^^^^ `cd` lasts only to the end of this `RUN`
RUN mkdir /srv/app && \
  cd "/srv/app" >/dev/null; true
# ^^^^^^^^^^^^^ `cd` lasts only
RUN cd /a && cd b
#            ^^^^ `cd` lasts only
RUN <<E
make
cd /srv
#^^^^^^ `cd` lasts
E
RUN cd /a && make && cd ..
RUN (cd /a); cd /a && make; x=$(cd a); cd /a &
RUN pushd a && make && popd
RUN cd /a || exit 1
CMD cd /a
"#,
        );
    }

    #[test]
    fn only_a_lone_cd_to_a_known_directory_becomes_workdir() {
        let before =
            "FROM a\n  RUN cd /a-b/c.d\nRUN cd $e\nRUN cd f\nRUN g && cd /h\nONBUILD RUN cd /a\n";
        let fixed = fixed("cd-has-no-effect", Applicability::Safe, before);
        assert_eq!(
            fixed,
            "FROM a\n  WORKDIR /a-b/c.d\nRUN cd $e\nRUN cd f\nRUN g && cd /h\nONBUILD RUN cd /a\n"
        );
    }
}
