//! Flags container names of services that run several containers.

use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let (Some(name), Some(replicas)) = (&service.container_name, service.replicas()) else {
        return;
    };
    let Some(count) = replicas.value.value.filter(|count| *count > 1) else {
        return;
    };
    let (text, file) = (cx.text(), cx.source.id);
    let message = format!("`container_name` is one name for {count} containers");
    let finding = cx.report(name.key, message);
    finding.label(replicas.text_at(), "so many containers run");
    finding.help("leave `container_name` out, or run one container");
    if name.key.file == file
        && let Some(edit) = name
            .entry(text)
            .and_then(|entry| edit::remove_entry(text, entry))
    {
        let title = "remove `container_name`; scripts that use the name will fail";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_number_is_that_of_scale_or_of_replicas() {
        compose(
            "container-name-with-replicas",
            r#"
services:
  a: {image: x, container_name: aa, scale: 2}
#               ^^^^^^^^^^^^^^ `container_name` is one name for 2
  b: {image: x, container_name: bb, deploy: {replicas: 3, mode: global}}
#               ^^^^^^^^^^^^^^ `container_name` is one name for 3
  c: {image: x, container_name: "${C}", scale: "${N:-4}"}
#               ^^^^^^^^^^^^^^ `container_name` is one name for 4
  d: {image: x, container_name: dd, scale: "${N}"}
  e: {image: x, container_name: ee, scale: 1}
  f: {image: x, scale: 2}
"#,
        );
    }
}
