//! Flags images that run as root because no `USER` says otherwise.

mod fix;

use crate::diagnostic::Severity;
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::model::Base;
use crate::dockerfile::runs_as::ImplicitRoot;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::images::Family;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let Some(root) = cx.model.implicit_root(stage) else {
        return;
    };
    // A user that is created for nothing says more about the fault, and is reported where it is created. In an
    // image for others to build on it is there for them.
    if root.created.is_empty() || root.uses_created || !cx.model.has_program(stage) {
        report(stage, &root, cx);
    }
}

fn report(stage: &Stage, implicit: &ImplicitRoot<'_>, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let Some(from) = image_word(model, stage) else {
        return;
    };
    let root = model.root_of(stage);
    let ImplicitRoot {
        user,
        image,
        created,
        ..
    } = implicit;
    let image = image.as_ref();
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
    let help = match created.as_slice() {
        _ if is_windows => "write `USER ContainerUser` in front of `CMD`".to_owned(),
        [only] if only.name.is_some() => {
            let name = excerpt(only.name.unwrap_or_default());
            format!("write `USER {name}` in front of `CMD`")
        }
        _ => "name an unprivileged user, or a number such as 10001, in front of `CMD`".to_owned(),
    };
    let fix = user.and_then(|_| fix::fix(model, stage, image, created, cx.text()));
    let is_remark =
        user.is_none() || !model.has_program(stage) || model.serves_as_another_user(stage);
    let state = model.state_of(stage);
    let finding = cx.report(from, message);
    finding.help(help).fixes.extend(fix);
    if is_remark {
        finding.severity(Severity::Info);
    }
    if root.index != stage.index
        && let Some(base) = image_word(model, root)
    {
        finding.label(base, "it is built on this");
    }
    if let Some(user) = created.first() {
        finding.label(user.span, "this user could run it");
    }
    if let Some(state) = state {
        finding.label(state, "the data that is kept here belongs to root");
    }
}

fn image_word(model: &Dockerfile, stage: &Stage) -> Option<crate::text::Span> {
    match &model.ast.instructions[stage.from].kind {
        InstructionKind::From(from) => from.image.as_ref().map(|image| image.span),
        _ => None,
    }
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
    fn an_open_heredoc_may_hold_the_user() {
        dockerfile("missing-user", "FROM debian\nRUN <<EOF\na\nUSER b\nCMD c\n");
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
    fn nothing_is_put_behind_an_instruction_that_does_not_end() {
        let text = "FROM debian:13\nENV A=b \\\n";
        assert_eq!(fixed("missing-user", Applicability::Unsafe, text), text);
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
