//! The fix that adds a user, or names the one that is there.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::{Instruction, InstructionKind};
use crate::dockerfile::model::Base;
use crate::dockerfile::user::CreatedUser;
use crate::dockerfile::{Dockerfile, Stage};
use crate::knowledge::images::{Family, Image, PackageManager};
use crate::text::Edit;

/// Puts `USER` behind the last instruction of the stage that may need root.
pub(super) fn fix(
    model: &Dockerfile,
    stage: &Stage,
    image: Option<&Image>,
    created: &[CreatedUser<'_>],
    text: &str,
) -> Option<Fix> {
    let instructions = &model.ast.instructions[..stage.instructions.end];
    let before = instructions[stage.from..]
        .iter()
        .rposition(|instruction| !is_about_running(instruction))?;
    let before = &instructions[stage.from + before];
    let is_lower_case = before.keyword.value.bytes().all(|b| b.is_ascii_lowercase());
    let line_break = if text
        .get(..before.span.end as usize)
        .or(Some(text))
        .is_some_and(|text| text.contains("\r\n"))
    {
        "\r\n"
    } else {
        "\n"
    };
    let (lines, title) = match created {
        [
            CreatedUser {
                name: Some(name), ..
            },
        ] if is_user_name(name) => (
            vec![format!("USER {name}")],
            format!("run as `{name}`; what it writes to has to belong to it"),
        ),
        [] => {
            let lines = lines(model, stage, image);
            let title = "run as a user without rights; what it writes to has to belong to it";
            (lines, title.to_owned())
        }
        _ => return None,
    };
    let mut inserted = String::new();
    for line in lines {
        let (keyword, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let keyword = if is_lower_case {
            keyword.to_ascii_lowercase()
        } else {
            keyword.to_owned()
        };
        inserted.push_str(line_break);
        inserted.push_str(&keyword);
        inserted.push(' ');
        inserted.push_str(rest);
    }
    let edit = Edit::insert(before.span.end, inserted);
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

/// Whether an instruction says how the image is run, and does nothing when it is built.
fn is_about_running(instruction: &Instruction) -> bool {
    matches!(
        instruction.kind,
        InstructionKind::Cmd(_)
            | InstructionKind::Entrypoint(_)
            | InstructionKind::Expose(_)
            | InstructionKind::Healthcheck(_)
            | InstructionKind::StopSignal(_)
    )
}

/// Whether a name can stand behind `USER` as it is.
fn is_user_name(name: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    !name.is_empty() && name.bytes().all(is_plain)
}

/// The instructions to add.
fn lines(model: &Dockerfile, stage: &Stage, image: Option<&Image>) -> Vec<String> {
    let number = vec!["USER 65532:65532".to_owned()];
    let Some(image) = image else { return number };
    if model.root_of(stage).base == Base::Scratch {
        return number;
    }
    let command = match (image.family, image.package_manager) {
        (Some(Family::Windows), _) => return vec!["USER ContainerUser".to_owned()],
        (Some(Family::Debian | Family::Arch | Family::Suse), _)
        | (Some(Family::Redhat), Some(PackageManager::Dnf | PackageManager::Yum)) => {
            "RUN useradd --system app"
        }
        (Some(Family::Alpine | Family::Busybox | Family::Wolfi), _) => "RUN adduser -S -D app",
        _ => return number,
    };
    vec![command.to_owned(), "USER app".to_owned()]
}
