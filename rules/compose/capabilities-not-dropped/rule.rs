//! Flags services that keep the capabilities that Docker gives to every container, and has what rules about missing
//! hardening share.

use super::host_takeover_capability::is_all;
use super::over_hardened_service::needs;
use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::Field;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::{Edit, FileId, Span};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let dropped = &container.cap_drop;
    let may_be_all = dropped
        .iter()
        .any(|item| is_all(item) || item.value.known().is_none());
    if !can_be_hardened(service, cx.model) || may_be_all {
        return;
    }
    let name = &service.name;
    let insertion = (!dropped.is_set()).then_some("cap_drop: [ALL]");
    let fix = insertion.and_then(|entry| addition(service, entry, cx));
    let finding = cx.report(
        name.at,
        format!(
            "`{}` keeps the capabilities that Docker gives by default",
            name.value
        ),
    );
    let needed = container.user.is_none().then(|| needs(container)).flatten();
    match needed.map(|(_, needs)| needs.capabilities) {
        Some(needed) => finding.help(format!(
            "set `cap_drop: [ALL]` and `cap_add: [{}]`",
            needed.join(", ")
        )),
        None => finding.help("set `cap_drop: [ALL]` and add what fails without"),
    };
    if let Some(edit) = fix {
        let title = "add `cap_drop: [ALL]`; what needs a capability will fail";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// Whether it is certain that a service has a container, that all of the project is there to say how it is hardened,
/// and that it is not privileged, which would make hardening useless.
pub(super) fn can_be_hardened(service: &Service, project: &Project) -> bool {
    let privileged = &service.container.privileged;
    project.extent != Extent::Part
        && service.provider.is_none()
        && privileged.as_ref().is_none_or(|flag| flag.value.is(&false))
}

/// The edit that adds an entry to a service, behind its image or build, if that stands in the file at hand and nothing
/// is taken over from elsewhere.
pub(super) fn addition(service: &Service, entry: &str, cx: &Context<'_, Project>) -> Option<Edit> {
    let (text, file) = (cx.text(), cx.source.id);
    let container = &service.container;
    let image = container
        .image
        .as_deref()
        .and_then(|image| place(image, file, text));
    let build = || {
        container
            .build
            .as_deref()
            .and_then(|build| place(build, file, text))
    };
    let behind = image.or_else(build)?;
    let service = service.at;
    (service.file == file && service.span.contains(behind))
        .then(|| edit::insert_entry_behind(text, behind, entry))?
}

/// Where an entry stands, if it does in this file.
fn place<T>(field: &Field<T>, file: FileId, text: &str) -> Option<Span> {
    let is_here = field.key.file == file && field.at.file == file && field.via.is_none();
    field.entry(text).filter(|_| is_here)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::diagnostic::Applicability;
    use crate::engine::testing::{check, compose, fixed_compose};
    use crate::workspace::kind::Kind;

    #[test]
    fn the_service_is_marked() {
        compose(
            "capabilities-not-dropped",
            r#"
services:
  "a": {image: x}
# ^^^ info: `a` keeps the capabilities
  b: {image: x, cap_drop: [all]}
  c: {image: x, privileged: "${C}"}
  d: {provider: {type: model}}
  e: {image: x, cap_drop: [MKNOD], privileged: false}
# ^ `e` keeps
"#,
        );
    }

    #[test]
    fn a_part_may_be_hardened_elsewhere() {
        let text = "services:\n  a: {image: x}\n";
        check(
            "capabilities-not-dropped",
            &Value::Null,
            "compose.override.yaml",
            Kind::Compose,
            text,
        );
    }

    #[test]
    fn the_new_entry_takes_the_style_of_the_others() {
        let fixed =
            |text: &str| fixed_compose("capabilities-not-dropped", Applicability::Unsafe, text);
        assert_eq!(
            fixed("services:\r\n    a:\r\n        build: .\r\n    b: {image: x}\r\n"),
            "services:\r\n    a:\r\n        build: .\r\n        cap_drop: [ALL]\r\n    b: {image: x, cap_drop: [ALL]}\r\n"
        );
        let merged = "x-a: &a {image: x}\nservices:\n  b:\n    <<: *a\n";
        assert_eq!(fixed(merged), merged);
    }
}
