//! Flags commands that a shell gets and does not run: behind an entrypoint in the shell form.
//!
//! Docker hands the words of the command to `/bin/sh -c "entrypoint"`, where they are `$0`, `$1` and so on
//! (<https://docs.docker.com/reference/dockerfile/#shell-form-entrypoint-example>).

use crate::compose::command::Command;
use crate::compose::project::Project;
use crate::compose::value::Field;
use crate::dockerfile::ast;
use crate::engine::built::BuildUse;
use crate::engine::{Context, Hooks};
use crate::text::Location;

/// Shells that take a script behind `-c`.
const SHELLS: [&str; 6] = ["ash", "bash", "dash", "ksh", "sh", "zsh"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(in_compose);
    on.build(in_dockerfile);
}

/// An entrypoint of the Compose file that is a shell with a script.
fn in_compose(project: &Project, cx: &mut Context<'_, Project>) {
    for owned in project.merged.containers() {
        let container = owned.container;
        let (Some(command), Some(entrypoint)) = (
            given(container.command.as_deref()),
            given(container.entrypoint.as_deref()),
        ) else {
            continue;
        };
        let words = entrypoint.value.words();
        let [shell, option, script] = words else {
            continue;
        };
        let (Some(shell), Some(option), Some(text)) = (
            shell.value.known(),
            option.value.known(),
            script.value.known(),
        ) else {
            continue;
        };
        let name = shell.rsplit('/').next().unwrap_or_default();
        let is_script =
            option.starts_with('-') && !option.starts_with("--") && option.ends_with('c');
        if SHELLS.contains(&name) && is_script && !takes_arguments(text) {
            report(command.at, script.text_at(), cx);
        }
    }
}

/// An entrypoint of the Dockerfile in the shell form.
fn in_dockerfile(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let container = used.container;
    let Some(command) = given(container.command.as_deref()) else {
        return;
    };
    if container.entrypoint.is_some() || !used.is_settled(cx.model) {
        return;
    }
    let Some(reading) = used.reading() else {
        return;
    };
    let model = reading.model();
    let config = model.final_config(reading.stage);
    let Some(entrypoint) = config.entrypoint().effective() else {
        return;
    };
    let Some(ast::Command::Shell(form)) = entrypoint.instruction.command() else {
        return;
    };
    // Another shell may do another thing with the words.
    if config.shell_words().is_some() || form.json_fault.is_some() {
        return;
    }
    if !takes_arguments(form.text.text()) {
        report(command.at, reading.file.location(form.span), cx);
    }
}

fn given(command: Option<&Field<Command>>) -> Option<&Field<Command>> {
    command.filter(|command| !command.value.is_empty())
}

/// Whether a script may use its arguments.
fn takes_arguments(script: &str) -> bool {
    let bytes = script.as_bytes();
    let uses = |at: usize| {
        let rest = &bytes[at + 1..];
        let name = rest.strip_prefix(b"{").unwrap_or(rest);
        let name = name.strip_prefix(b"#").unwrap_or(name);
        name.first()
            .is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'@' | b'*'))
            || rest.first() == Some(&b'#')
    };
    script.is_empty() || memchr::memchr_iter(b'$', bytes).any(uses) || script.contains("shift")
}

fn report(command: Location, entrypoint: Location, cx: &mut Context<'_, Project>) {
    cx.report(
        command,
        "the command is not run: the entrypoint is a line for a shell, which ignores it",
    )
    .label(entrypoint, "the entrypoint")
    .help("write the entrypoint as a list of words, or put the command into it");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_command_is_marked() {
        let files = [
            ("Dockerfile", "FROM a\nENTRYPOINT run it\n"),
            ("args/Dockerfile", "FROM a\nENTRYPOINT exec run \"$@\"\n"),
            ("exec/Dockerfile", "FROM a\nENTRYPOINT [\"run\"]\n"),
            (
                "late/Dockerfile",
                "FROM a AS b\nENTRYPOINT run it\nFROM b\nENTRYPOINT [\"x\"]\n",
            ),
        ];
        compose_among(
            "command-ignored-by-shell-entrypoint",
            &files,
            "compose.yaml",
            r#"
services:
  a: {build: ., command: "serve --port 80"}
#                        ^^^^^^^^^^^^^^^^^ warning: the command is not run
  b: {build: {context: late, target: b}, command: [serve]}
#                                                 ^^^^^^^ warning: the command is not run
  c: {image: x, entrypoint: [/bin/sh, -c, "run it"], command: [serve]}
#                                                             ^^^^^^^ warning: the command is not run
  d: {image: x, entrypoint: 'bash -ec "run it"', command: serve}
#                                                         ^^^^^ warning: the command is not run
  e: {build: args, command: serve}
  f: {build: exec, command: serve}
  g: {build: late, command: serve}
  h: {build: ., command: []}
  i: {build: ., command: serve, entrypoint: [x]}
  j: {image: x, entrypoint: [sh, -c, 'run "$$@"'], command: serve}
  k: {image: x, entrypoint: [sh, -c, 'run $$1', run], command: serve}
  l: {image: x, entrypoint: [sh, run.sh], command: serve}
  m: {image: x, entrypoint: [sh, -c, $RUN], command: serve}
"#,
        );
    }
}
