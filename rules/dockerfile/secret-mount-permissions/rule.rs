//! Flags modes of mounted secrets and agents that give others access.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Command, Run};
use crate::dockerfile::model::Setting;
use crate::dockerfile::mount::{Mount, MountKey, MountKind};
use crate::dockerfile::runs_as::is_root;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::mode::Mode;
use crate::knowledge::images::DefaultUser;
use crate::text::Edit;

/// The rights of the group.
const GROUP: u32 = 0o070;
/// The rights of everybody else.
const OTHERS: u32 = 0o007;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.run(check);
}

fn check(run: &Placed<'_, Run>, cx: &mut Context<'_, Dockerfile>) {
    for mount in &run.mounts {
        check_mount(run, mount, cx);
    }
}

fn check_mount(run: &Placed<'_, Run>, mount: &Mount, cx: &mut Context<'_, Dockerfile>) {
    let (what, narrow) = match mount.kind {
        Some(MountKind::Secret) => ("secret", "400"),
        Some(MountKind::Ssh) => ("agent", "600"),
        _ => return,
    };
    let Some(word) = mount.value(MountKey::Mode) else {
        return;
    };
    let Some(text) = word.literal() else { return };
    let Some(bits) = Mode::parse(&text).and_then(Mode::octal) else {
        return;
    };
    let has_group = mount.value(MountKey::Gid).is_some();
    let tells_others = bits & OTHERS != 0 || bits & GROUP != 0 && !has_group;
    if !tells_others {
        return;
    }
    let zero = if text.starts_with('0') { "0" } else { "" };
    let narrow = format!("{zero}{narrow}");
    let is_safe = runs_as_root(run, cx.model);
    let message = format!("mode `{text}` lets other users of this step at the {what}");
    let finding = cx.report(word.span, message);
    if is_safe {
        finding.help(format!("leave the mode out, or use `mode={narrow}`"));
    } else {
        finding.help(format!(
            "name the user that needs it with `uid=`, and use `mode={narrow}`"
        ));
    }
    let (title, applicability) = if is_safe {
        (format!("use {narrow}"), Applicability::Safe)
    } else {
        (
            format!("use {narrow}; only root can read it then, or the user of `uid=`"),
            Applicability::Unsafe,
        )
    };
    let edits = vec![Edit::replace(word.span, narrow)];
    finding.fix(Fix::new(title, applicability, edits));
}

/// Whether all that an instruction runs is run by root, for sure.
fn runs_as_root(run: &Placed<'_, Run>, model: &Dockerfile) -> bool {
    let by_root = match model.config_at(run.index).user() {
        _ if run.instruction.is_trigger => false,
        Setting::Nothing => true,
        Setting::Set(_) => model.user_at(run.index).known().is_some_and(is_root),
        Setting::Inherited => {
            let stage = model.stage_of(run.index);
            let image = stage.and_then(|stage| model.base_facts(stage));
            matches!(
                image.and_then(|image| image.user),
                Some(DefaultUser::Root | DefaultUser::StepsDown)
            )
        }
    };
    let mut scripts = model.scripts_of(run.index).iter();
    let is_read = matches!(run.command, Some(Command::Shell(_)))
        && scripts.all(|script| script.script.is_some() && script.errors.is_empty());
    let changes_user = || {
        model.run_commands(run.index).any(|found| {
            found.command.words.iter().any(|word| {
                let name = word.text().unwrap_or_default();
                matches!(
                    name.rsplit('/').next(),
                    Some("su" | "sudo" | "gosu" | "su-exec" | "runuser" | "setpriv" | "chroot")
                )
            })
        })
    };
    by_root && is_read && !changes_user()
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_mode_is_marked() {
        dockerfile(
            "secret-mount-permissions",
            r#"
FROM debian:13
RUN --mount=type=secret,id=a,mode=0440 \
#                                 ^^^^ mode `0440` lets other users of this step at the secret
    --mount=type=ssh,mode=0666 b
#                         ^^^^ mode `0666` lets other users of this step at the agent
RUN --mount=type=secret,id=a,gid=5,mode=444 b
#                                       ^^^ mode `444` lets
RUN --mount=type=secret,id=a,mode=$MODE --mount=type=secret,id=b,mode=0400 --mount=mode=0777,target=/x,type=tmpfs b
"#,
        );
    }

    #[test]
    fn it_is_safe_for_root_only() {
        let run = "RUN --mount=type=secret,id=a,mode=0444 ";
        let narrow = run.replace("0444", "0400");
        for (head, command, is_safe) in [
            ("FROM debian\n", "b", true),
            ("FROM debian\nUSER 0:5\n", "b && c", true),
            ("FROM debian\nUSER app\n", "b", false),
            ("FROM example/a\n", "b", false),
            ("FROM debian\n", "su app -c b", false),
            ("FROM debian\n", "[\"b\"]", false),
        ] {
            let text = format!("{head}{run}{command}\n");
            let after = format!("{head}{narrow}{command}\n");
            let safe = fixed("secret-mount-permissions", Applicability::Safe, &text);
            assert_eq!(safe == after, is_safe, "{text}");
            let unsafely = fixed("secret-mount-permissions", Applicability::Unsafe, &text);
            assert_eq!(unsafely, after);
        }
    }
}
