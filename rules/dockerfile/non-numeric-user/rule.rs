//! Flags images whose user is a name.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::{InstructionKind, User};
use crate::dockerfile::runs_as::{is_root, without_group};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let user = model.final_config(stage).user().effective();
    let Some(user) = user.filter(|_| stage.is_target) else {
        return;
    };
    let InstructionKind::User(User { user: Some(word) }) = &user.instruction.kind else {
        return;
    };
    let Some(text) = word.literal() else { return };
    let name = without_group(&text);
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    let is_of_windows = name.contains('\\')
        || ["ContainerAdministrator", "ContainerUser"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name));
    if is_number || is_root(name) || is_of_windows || model.is_perhaps_for_windows(stage) {
        return;
    }
    let number = model
        .created_users(stage)
        .iter()
        .find(|created| created.name == Some(name))
        .and_then(|created| created.number())
        .filter(|number| *number != 0);
    let span = word.value_cooked().span(0..name.len());
    let message = format!(
        "`{}` is a name, so that `runAsNonRoot` cannot verify it",
        excerpt(name)
    );
    let finding = cx.report(span, message);
    match number {
        Some(number) => {
            finding.help(format!("write its number, {number}"));
            let title = "write the number; without a group behind it, the primary one counts";
            let edits = vec![Edit::replace(span, number.to_string())];
            finding.fix(Fix::new(title, Applicability::Unsafe, edits));
        }
        None => {
            finding.help("write the number that the name stands for in `/etc/passwd`");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_name_is_marked_without_its_group() {
        dockerfile(
            "non-numeric-user",
            r#"
FROM a
USER app
USER \
  "app:wheel"
#  ^^^ `app` is a name, so that `runAsNonRoot` cannot verify it
"#,
        );
    }

    #[test]
    fn windows_is_known_by_more_than_its_images() {
        dockerfile("non-numeric-user", "# escape=`\nFROM a\nUSER b\n");
        dockerfile("non-numeric-user", "FROM a\nUSER ContainerUser\n");
        dockerfile(
            "non-numeric-user",
            "FROM a\nSHELL [\"cmd\", \"/S\", \"/C\"]\nUSER b\n",
        );
    }
}
