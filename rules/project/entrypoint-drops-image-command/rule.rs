//! Flags entrypoints of services that take the command of their image away.
//!
//! The engine drops `CMD` of the image when a container has an entrypoint of its own
//! (<https://docs.docker.com/reference/compose-file/services/#entrypoint>).

use crate::compose::command::Command as Line;
use crate::compose::project::Project;
use crate::compose::value::Field;
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::Command;
use crate::dockerfile::model::Effective;
use crate::engine::built::BuildUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::yaml::edit;

/// Programs that do what they are for without an argument.
const NEED_NOTHING: [&str; 10] = [
    "ash",
    "bash",
    "cat",
    "dash",
    "fish",
    "nginx",
    "redis-server",
    "sh",
    "true",
    "zsh",
];

/// Programs that run the words behind them, so that they have nothing to do without any.
const RUN_OTHERS: [&str; 4] = ["dumb-init", "tini", "catatonit", "env"];

/// Programs that are given a script or a subcommand.
const INTERPRETERS: [&str; 14] = [
    "bun", "bundle", "deno", "dotnet", "java", "node", "npm", "php", "pnpm", "poetry", "python",
    "python3", "ruby", "yarn",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let container = used.container;
    let Some(entrypoint) = container.entrypoint.as_deref() else {
        return;
    };
    let is_interactive = container.tty.is_some() || container.stdin_open.is_some();
    if container.command.is_some() || is_interactive || !used.is_settled(cx.model) {
        return;
    }
    let words = entrypoint.value.words();
    let known: Option<Vec<&str>> = words.iter().map(|word| word.value.known()).collect();
    if !known.is_some_and(|words| lacks_arguments(&words)) {
        return;
    }
    let Some(reading) = used.reading() else {
        return;
    };
    let config = reading.model().final_config(reading.stage);
    let Some(cmd) = config.cmd().effective() else {
        return;
    };
    let shown = match cmd.instruction.command() {
        Some(Command::Exec(form)) if !form.arguments.is_empty() => {
            let words = form.arguments.iter().map(|word| &*word.raw);
            words.collect::<Vec<_>>().join(" ")
        }
        Some(Command::Shell(form)) => form.text.text().to_owned(),
        _ => return,
    };
    let place = reading.file.location(cmd.instruction.span);
    let message = format!(
        "the entrypoint takes the command `{}` of the image away",
        excerpt(&shown)
    );
    let fix = fix(entrypoint, &cmd, cx.model);
    let finding = cx.report(entrypoint.at, message);
    finding.label(place, "this command is not run");
    finding.help("write it again as `command`, or put it into the entrypoint");
    finding.fixes.extend(fix);
}

/// Writes the command of the image again, behind the entrypoint.
fn fix(entrypoint: &Field<Line>, cmd: &Effective<'_>, project: &Project) -> Option<Fix> {
    let Some(Command::Exec(form)) = cmd.instruction.command() else {
        return None;
    };
    let text = project.text(entrypoint.key.file);
    let is_here = entrypoint.key.file == entrypoint.at.file && entrypoint.via.is_none();
    let place = entrypoint.entry(text).filter(|_| is_here)?;
    let words = form.arguments.iter().map(|word| {
        let word = word.raw.replace('$', "$$");
        edit::double_quoted(&word)
    });
    let words: Vec<String> = words.collect();
    let edit = edit::insert_entry_behind(text, place, &format!("command: [{}]", words.join(", ")))?;
    let title = "run the image's command behind the entrypoint, which may not be made for it";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

/// Whether an entrypoint has nothing to do without arguments.
fn lacks_arguments(words: &[&str]) -> bool {
    let name = |word: &str| word.rsplit('/').next().unwrap_or_default().to_owned();
    match words {
        [] => false,
        [only] => {
            let name = name(only);
            !NEED_NOTHING.contains(&name.as_str())
                && (RUN_OTHERS.contains(&name.as_str()) || INTERPRETERS.contains(&name.as_str()))
        }
        [first, .., "--"] => RUN_OTHERS.contains(&name(first).as_str()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_entrypoint_is_marked() {
        let files = [
            (
                "Dockerfile",
                "FROM a AS b\nFROM a\nCMD [\"app.py\", \"-v\"]\n",
            ),
            ("none/Dockerfile", "FROM a\nCMD []\n"),
        ];
        compose_among(
            "entrypoint-drops-image-command",
            &files,
            "compose.yaml",
            r#"
services:
  a: {build: ., entrypoint: python}
#                           ^^^^^^ info: the entrypoint takes the command `app.py -v` of the image away
  b: {build: ., entrypoint: ["/usr/bin/tini", "-g", "--"]}
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: the entrypoint takes the command
  c: {build: ., entrypoint: python main.py}
  d: {build: ., entrypoint: python, command: main.py}
  e: {build: ., entrypoint: bash}
  f: {build: ., entrypoint: ./run.sh}
  g: {build: none, entrypoint: python}
  h: {build: {target: b}, entrypoint: python}
  i: {build: ., entrypoint: python, tty: true}
  j: {build: ., entrypoint: $E}
  k: {build: ., entrypoint: ""}
"#,
        );
    }
}
