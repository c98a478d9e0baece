//! The fix that adds a user, or names the one that is there.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::account::CreatedUser;
use crate::dockerfile::model::Base;
use crate::dockerfile::{Dockerfile, Stage};
use crate::knowledge::images::{Family, Image, PackageManager};

/// Puts `USER` behind the last instruction of the stage that may need root.
pub(super) fn fix(
    model: &Dockerfile,
    stage: &Stage,
    image: Option<&Image>,
    created: &[CreatedUser<'_>],
    text: &str,
) -> Option<Fix> {
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
    let edit = model.insertion_before_program(stage, &lines, text)?;
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
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
