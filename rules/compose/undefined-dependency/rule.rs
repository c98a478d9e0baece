//! Flags dependencies on services that do not exist.

use crate::compose::project::Project;
use crate::compose::uses::UsedBy;
use crate::engine::undefined::{is_certain, of, report};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for undefined in of(project, &[UsedBy::DependsOn]).filter(|one| !one.is_job) {
        if is_certain(project, undefined) {
            let name = excerpt(&undefined.used.name);
            let message = format!("there is no service `{name}`");
            let help = "name a service of the project, or remove the entry";
            report(cx, undefined, message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn names_are_those_of_services() {
        compose(
            "undefined-dependency",
            r#"
services:
  a:
    image: x
    profiles: [debug]
    depends_on: [b, "c", "${D}"]
#                    ^ there is no service `c`
  b:
    image: x
    depends_on:
      shop-e:
#     ^^^^^^ there is no service `shop-e`
        condition: service_started
        required: false
      run:
        condition: service_completed_successfully
  e:
    image: x
    container_name: shop-e
jobs:
  run: {image: x, triggers: {manual: true}}
"#,
        );
    }

    #[test]
    fn documents_of_one_file_are_one_project() {
        compose(
            "undefined-dependency",
            "services:\n  a: {image: x, depends_on: [b]}\n---\nservices:\n  b: {image: x}\n",
        );
    }
}
