//! Flags a `RUN` that begins with `cd` and does all its work there.

use std::borrow::Cow;

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::model::Lookup;
use crate::dockerfile::mount::MountKey;
use crate::dockerfile::runs_as::is_below;
use crate::dockerfile::script::ScriptOrigin;
use crate::engine::nodes::{Host, InstructionScript, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Command, ListItem, ListOperator, SimpleCommand};
use crate::shell::options::ShellOption;
use crate::shell::word::Word;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(script) = &script.in_dockerfile() else {
        return;
    };
    let instruction = script.instruction();
    let is_plain =
        script.place.origin == ScriptOrigin::ShellForm && instruction.heredocs.is_empty();
    let Some(run) = script.run().filter(|_| is_plain) else {
        return;
    };
    let mut items = script
        .script
        .body
        .items
        .iter()
        .skip_while(|item| is_set(item));
    let (Some(first), Some(second)) = (items.next(), items.next()) else {
        return;
    };
    let continues = first.operator.is_some_and(|operator| {
        matches!(
            operator.value,
            ListOperator::And | ListOperator::Semicolon | ListOperator::Newline
        )
    });
    let Some((command, target)) = change(first).filter(|_| continues) else {
        return;
    };
    // Where its failing gets lost, that is the fault to mend first, and another rule says so.
    let is_and = first
        .operator
        .is_some_and(|operator| operator.value == ListOperator::And);
    if !is_and && !stops_at_failure(script) {
        return;
    }
    let Some(path) = path(script, target) else {
        return;
    };
    // A recipe that works in a folder for temporary files leaves nothing there.
    let is_temporary = ["/tmp", "/var/tmp"]
        .iter()
        .any(|folder| is_below(&path, folder));
    // What is mounted for this command only is no place for what follows.
    let is_mounted = run.mounts.iter().any(|mount| {
        mount.value(MountKey::Target).is_none_or(|target| {
            let config = script.model.config_at(script.place.instruction);
            config
                .value(target)
                .text()
                .is_none_or(|target| is_below(&path, target))
        })
    });
    let goes_on = script.script.commands().any(|found| {
        found.command.span.start > command.span.start
            && !found.context.in_subshell()
            && found
                .command
                .invocation()
                .is_some_and(|invocation| invocation.is_any(&["cd", "pushd", "popd"]))
    });
    if is_temporary || is_mounted || goes_on {
        return;
    }
    let span = command.span;
    let rest = Span::new(span.start, second.pipeline.span.start);
    let text = cx.text();
    let shown: String = path.chars().take(60).collect();
    let finding = cx.report(span, format!("`cd` goes to `{shown}` for this `RUN` only"));
    finding.help("set the directory with `WORKDIR`");
    let is_simple = target.literal().is_some()
        && path
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/._-+@".contains(&byte));
    if !script.place.is_trigger && is_simple && !rest.text(text).contains('#') {
        let edits = vec![
            Edit::insert_line(text, instruction.span.start, &format!("WORKDIR {path}")),
            Edit::delete(rest),
        ];
        let title = "use `WORKDIR`; it changes the directory of what follows, too";
        finding.fix(Fix::new(title, Applicability::Unsafe, edits));
    }
}

/// Whether the shell stops where a command fails: started with `-e`, or told so in front of everything else.
fn stops_at_failure(script: &InstructionScript<'_>) -> bool {
    let mut stops = script
        .place
        .is_started_with(script.model, ShellOption::ERREXIT);
    for command in script.script.body.items.iter().map_while(simple) {
        match ShellOption::ERREXIT.change(command) {
            Some(change) => stops = change,
            None if command.name() == Some("set") => {}
            None => break,
        }
    }
    stops
}

/// Whether an item only sets options of the shell.
fn is_set(item: &ListItem) -> bool {
    simple(item).is_some_and(|command| command.name() == Some("set"))
}

/// The command of an item that is a lone simple command.
fn simple(item: &ListItem) -> Option<&SimpleCommand> {
    match &*item.pipeline.commands {
        [Command::Simple(command)] if item.pipeline.negation.is_none() => Some(command),
        _ => None,
    }
}

/// The `cd` of an item and where it goes.
fn change(item: &ListItem) -> Option<(&SimpleCommand, &Word)> {
    let command = simple(item)?;
    let is_plain = command.name() == Some("cd")
        && command.redirects.is_empty()
        && command.assignments.is_empty();
    match command.args() {
        [target] if is_plain => Some((command, target)),
        [option, target] if is_plain && (option.is("--") || option.is("-P") || option.is("-L")) => {
            Some((command, target))
        }
        _ => None,
    }
}

/// The path of a word, if it is absolute and known.
fn path(script: &InstructionScript<'_>, word: &Word) -> Option<String> {
    if word.has_glob() || word.has_brace_expansion() {
        return None;
    }
    let config = script.model.config_at(script.place.instruction);
    let lookup = |name: &str| {
        let Lookup::Defined(definition) = config.lookup(name) else {
            return None;
        };
        definition.value.text().map(Cow::Borrowed)
    };
    let path = word.resolve(&lookup)?;
    path.starts_with('/').then(|| path.into_owned())
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn only_a_first_cd_that_all_the_rest_depends_on_counts() {
        dockerfile(
            "cd-instead-of-workdir",
            r#"
FROM debian:13
ENV HOME_OF_APP=/srv/app
RUN set -eux; cd "/opt/a b"; make
#             ^^^^^^^^^^^^^ `cd` goes to `/opt/a b`
RUN cd $HOME_OF_APP && make
#   ^^^^^^^^^^^^^^^ `cd` goes to `/srv/app`
RUN cd "${HOME_OF_APP%/app}" && make
#   ^^^^^^^^^^^^^^^^^^^^^^^^ `cd` goes to `/srv`
RUN cd "${HOME_OF_APP##*/}" && make
RUN cd $UNKNOWN && make
RUN cd relative && make
RUN cd /x; make
RUN set -u; cd /x; make
RUN cd ~ && make
RUN cd /x || exit 1; make
RUN cd /x
RUN cd /x & make
RUN (cd /x && make)
RUN cd /x && (cd /y && make)
#   ^^^^^ `cd` goes to `/x`
RUN cd /x && make && cd /y && make
RUN cd /x && make | tee log && popd
CMD cd /x && make
ONBUILD RUN cd /x && make
#           ^^^^^ `cd` goes to `/x`
"#,
        );
    }

    #[test]
    fn the_fix_keeps_indentation_and_line_ends() {
        let after = fixed(
            "cd-instead-of-workdir",
            Applicability::Unsafe,
            "FROM a\r\n  RUN cd /x \\\r\n    && make\r\n",
        );
        assert_eq!(after, "FROM a\r\n  WORKDIR /x\r\n  RUN make\r\n");
    }
}
