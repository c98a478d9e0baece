//! Flags images that run as root because no `USER` says otherwise.

mod fix;

use crate::diagnostic::Severity;
use crate::dockerfile::ast::{Command, Escape, Instruction, InstructionKind};
use crate::dockerfile::model::{Base, Config, Setting};
use crate::dockerfile::script::ScriptOrigin;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::images::{DefaultUser, Family, Image};
use crate::shell::Dialect;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let config = model.final_config(stage);
    if !stage.is_target || config.user().effective().is_some() {
        return;
    }
    let root = model.root_of(stage);
    let image = model.base_image(stage);
    let user = match (&root.base, &image) {
        (Base::Unresolved, _) => return,
        (Base::Scratch, _) => Some(DefaultUser::Root),
        (_, Some(image)) => image.user,
        (_, None) => None,
    };
    match user {
        Some(DefaultUser::NonRoot) => return,
        Some(DefaultUser::StepsDown) if config.entrypoint().is_inherited() => return,
        None if is_perhaps_windows(model, config, image.as_ref()) => return,
        Some(DefaultUser::Root | DefaultUser::StepsDown) | None => {}
    }
    if is_typed_in(model, config) || model.gives_up_root(stage) {
        return;
    }
    let created = model.created_users(stage);
    if !created.is_empty() && is_run_by_a_script(config) {
        return;
    }
    report(stage, user, image.as_ref(), cx);
}

fn report(
    stage: &Stage,
    user: Option<DefaultUser>,
    image: Option<&Image>,
    cx: &mut Context<'_, Dockerfile>,
) {
    let model = cx.model;
    let Some(from) = image_word(model, stage) else {
        return;
    };
    let root = model.root_of(stage);
    let name = match &root.base {
        Base::Image(value) => value.text().map(excerpt),
        Base::Scratch | Base::Stage(_) | Base::Unresolved => None,
    };
    let is_windows = image.is_some_and(|image| image.family == Some(Family::Windows));
    let message = match (&name, user) {
        (None, _) => "an image from scratch runs as root, and no `USER` changes that".to_owned(),
        (Some(name), Some(_)) if is_windows => {
            format!("`{name}` runs as an administrator, and no `USER` changes that")
        }
        (Some(name), Some(_)) => format!("`{name}` runs as root, and no `USER` changes that"),
        (Some(name), None) => {
            format!("without `USER`, this runs as root unless `{name}` has another user")
        }
    };
    let created = model.created_users(stage);
    let help = match created.as_slice() {
        _ if is_windows => "write `USER ContainerUser` in front of `CMD`".to_owned(),
        [only] if only.name.is_some() => {
            let name = excerpt(only.name.unwrap_or_default());
            format!("write `USER {name}` in front of `CMD`")
        }
        _ => "name an unprivileged user, or a number such as 10001, in front of `CMD`".to_owned(),
    };
    let fix = user.and_then(|_| fix::fix(model, stage, image, &created, cx.text()));
    let has_program = model.has_program(stage);
    let finding = cx.report(from, message);
    finding.help(help).fixes.extend(fix);
    if user.is_none() || !has_program {
        finding.severity(Severity::Info);
    }
    if root.index != stage.index
        && let Some(base) = image_word(model, root)
    {
        finding.label(base, "it is built on this");
    }
    if let Some(user) = created.first() {
        finding.label(user.span, "this user is created and not used");
    }
}

fn image_word(model: &Dockerfile, stage: &Stage) -> Option<crate::text::Span> {
    match &model.ast.instructions[stage.from].kind {
        InstructionKind::From(from) => from.image.as_ref().map(|image| image.span),
        _ => None,
    }
}

/// Whether something says that an image whose user is not known is one of Windows, where other users are at
/// home.
fn is_perhaps_windows(model: &Dockerfile, config: Config<'_>, image: Option<&Image>) -> bool {
    let shell = config.shell_words().map(|words| {
        let words: Vec<&str> = words.iter().map(|word| &*word.raw).collect();
        Dialect::from_shell(&words)
    });
    image.is_some_and(|image| image.family == Some(Family::Windows))
        || model.ast.escape == Escape::Backtick
        || matches!(shell, Some(Dialect::Cmd | Dialect::PowerShell))
}

/// The words of an instruction's command, if all are known. A script is none.
fn words<'m>(model: &'m Dockerfile, setting: Setting<'m>) -> Option<Vec<&'m str>> {
    let effective = setting.effective()?;
    match effective.instruction.command()? {
        Command::Exec(form) => Some(form.arguments.iter().map(|word| &*word.raw).collect()),
        Command::Shell(_) => {
            let mut scripts = model.scripts_of(effective.index).iter();
            let script = scripts.find(|script| script.origin == ScriptOrigin::ShellForm)?;
            let [item] = &*script.script.as_ref()?.body.items else {
                return None;
            };
            let [command] = &*item.pipeline.commands else {
                return None;
            };
            let words = &command.as_simple()?.words;
            words.iter().map(|word| word.literal()).collect()
        }
    }
}

/// Programs that wait for something to be typed when they get no argument but options.
const TYPED_IN: &[&str] = &[
    "R", "ash", "bash", "dash", "erl", "fish", "ghci", "iex", "ipython", "ipython3", "irb",
    "jshell", "julia", "ksh", "lua", "node", "pwsh", "python", "python2", "python3", "pypy",
    "pypy3", "sbcl", "scala", "sh", "swipl", "zsh",
];

/// Whether what an image runs is a shell or an interpreter that somebody types in.
fn is_typed_in(model: &Dockerfile, config: Config<'_>) -> bool {
    // An entrypoint usually ends by running the words of `CMD`.
    let settings = [config.cmd(), config.entrypoint()];
    let Some(last) = settings
        .iter()
        .find(|setting| setting.effective().is_some())
    else {
        return false;
    };
    let words = words(model, *last).unwrap_or_default();
    let Some((program, arguments)) = words.split_first() else {
        return false;
    };
    let program = program.rsplit('/').next().unwrap_or(program);
    let is_interactive = match program {
        "php" => matches!(arguments.first(), Some(&("-a" | "--interactive"))),
        // `python3.14`
        program => {
            TYPED_IN.contains(&program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.'))
                || TYPED_IN.contains(&program)
        }
    };
    is_interactive && arguments.iter().all(|word| word.starts_with('-'))
}

/// Whether an image's program is started by a script of its own, which can do anything before.
fn is_run_by_a_script(config: Config<'_>) -> bool {
    let effective = config.entrypoint().effective().or(config.cmd().effective());
    let command = effective
        .map(|effective| effective.instruction)
        .and_then(Instruction::command);
    let program = match command {
        Some(Command::Exec(form)) => form.arguments.first().map(|word| &*word.raw),
        Some(Command::Shell(form)) => form.text.text().split_ascii_whitespace().next(),
        None => None,
    };
    program.is_some_and(|program| {
        let name = program.rsplit('/').next().unwrap_or(program);
        name.ends_with(".sh") || name.contains("entrypoint")
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_image_of_the_last_from_is_marked() {
        dockerfile(
            "missing-user",
            r#"
FROM debian AS base
FROM --platform=$BUILDPLATFORM base AS last
#                              ^^^^ warning: `debian` runs as root, and no `USER` changes that
CMD ["a"]
"#,
        );
        dockerfile(
            "missing-user",
            "FROM example/a\n#    ^^^^^^^^^ info: without `USER`, this runs as root unless `example/a` has\nCMD b\n",
        );
        dockerfile(
            "missing-user",
            "FROM scratch\n#    ^^^^^^^ info: an image from scratch runs as root\nCOPY a /\n",
        );
        dockerfile(
            "missing-user",
            r#"
FROM mcr.microsoft.com/windows/servercore:ltsc2025
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `mcr.microsoft.com/windows/servercore:lts…` runs as an administrator
CMD a
"#,
        );
    }

    #[test]
    fn stages_that_are_not_asked_for_are_silent() {
        dockerfile(
            "missing-user",
            "FROM debian AS a\nCMD b\nFROM debian\nCOPY --from=a b /\nUSER 1\nCMD b\n",
        );
    }

    #[test]
    fn an_entrypoint_of_its_own_does_not_step_down() {
        dockerfile(
            "missing-user",
            "FROM redis\n#    ^^^^^ `redis` runs as root\nENTRYPOINT [\"redis-server\"]\n",
        );
    }

    #[test]
    fn what_somebody_types_in_is_silent() {
        for command in [
            "CMD bash",
            "CMD [\"/bin/sh\", \"-l\"]",
            "ENTRYPOINT [\"python3.14\"]",
            "ENTRYPOINT [\"entry\"]\nCMD [\"node\"]",
            "CMD [\"php\", \"-a\"]",
        ] {
            dockerfile("missing-user", &format!("FROM debian\n{command}\n"));
        }
        for command in [
            "CMD bash run",
            "CMD [\"sh\", \"-c\", \"a\"]",
            "CMD [\"php\", \"-S\"]",
            "CMD bash && a",
        ] {
            let text = format!("FROM debian\n#    ^^^^^^ `debian` runs as root\n{command}\n");
            dockerfile("missing-user", &text);
        }
    }

    #[test]
    fn windows_is_not_judged_by_guesses() {
        dockerfile("missing-user", "# escape=`\nFROM example/a\nCMD b\n");
        dockerfile(
            "missing-user",
            "FROM example/a\nSHELL [\"powershell\", \"-Command\"]\nCMD b\n",
        );
    }

    #[test]
    fn fixing_adds_what_the_image_can_do() {
        for (before, after) in [
            (
                "from debian\r\ncmd a\r\n",
                "from debian\r\nrun useradd --system app\r\nuser app\r\ncmd a\r\n",
            ),
            (
                "FROM alpine\nCMD a\nRUN b\n\n# c\nEXPOSE 1\n",
                "FROM alpine\nCMD a\nRUN b\nRUN adduser -S -D app\nUSER app\n\n# c\nEXPOSE 1\n",
            ),
            (
                "FROM redhat/ubi9-minimal\nCMD a",
                "FROM redhat/ubi9-minimal\nUSER 65532:65532\nCMD a",
            ),
            (
                "FROM debian\nRUN useradd a && useradd b\nCMD a\n",
                "FROM debian\nRUN useradd a && useradd b\nCMD a\n",
            ),
            (
                "FROM debian\nRUN useradd $A\nCMD a\n",
                "FROM debian\nRUN useradd $A\nCMD a\n",
            ),
            ("FROM example/a\nCMD b\n", "FROM example/a\nCMD b\n"),
        ] {
            assert_eq!(fixed("missing-user", Applicability::Unsafe, before), after);
        }
    }
}
