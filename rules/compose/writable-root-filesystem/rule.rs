//! Flags services that can change the files of their image.

use super::capabilities_not_dropped::{addition, can_be_hardened};
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let read_only = service.container.read_only.as_ref();
    let is_writable = read_only.is_none_or(|flag| flag.value.is(&false));
    if !is_writable || !can_be_hardened(service, cx.model) {
        return;
    }
    let edit = match read_only {
        None => addition(service, "read_only: true", cx),
        Some(flag) => {
            let scalar = &flag.value.scalar;
            let is_literal = scalar.literal().is_some() && flag.at.file == cx.source.id;
            is_literal.then(|| Edit::replace(scalar.span_of(0..scalar.text().len()), "true"))
        }
    };
    let name = &service.name;
    let finding = cx.report(
        name.at,
        format!("`{}` can change the files of its image", name.value),
    );
    finding.help("set `read_only: true`, and a `tmpfs` or volume where it has to write");
    if let Some(edit) = edit {
        let title = "set `read_only: true`; what writes elsewhere than to volumes will fail";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_service_is_marked() {
        compose(
            "writable-root-filesystem",
            r#"
services:
  a: {image: x}
# ^ info: `a` can change the files
  b: {image: x, read_only: "yes"}
  c: {image: x, read_only: "no"}
# ^ `c` can change
  d: {image: x, privileged: true}
  e: {image: x, read_only: true, pre_start: [{image: y}]}
jobs:
  f: {image: x, triggers: {manual: true}}
"#,
        );
    }
}
