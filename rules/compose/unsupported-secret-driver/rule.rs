//! Flags drivers of secrets and configs outside Swarm.

use crate::compose::project::Project;
use crate::compose::value::{Scalar, Setting};
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    if project.is_for_swarm() {
        return;
    }
    for document in project.merged.documents() {
        for object in &document.secrets {
            report("driver", "secret", &object.driver, cx);
            report("template_driver", "secret", &object.template_driver, cx);
        }
        for object in &document.configs {
            report("template_driver", "config", &object.template_driver, cx);
        }
    }
}

fn report(key: &str, what: &str, field: &Setting<Scalar>, cx: &mut Context<'_, Project>) {
    if let Some(field) = field.as_ref().filter(|field| !field.value.is_empty()) {
        cx.report(field.key, format!("Compose has no `{key}` for a {what}"))
            .help("let it come from a `file` or the `environment`, or deploy the file to a Swarm");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn drivers_of_both_kinds_are_marked() {
        compose(
            "unsupported-secret-driver",
            r#"
services:
  a: {image: x}
secrets:
  s: {"driver": v, driver_opts: {a: b}}
#     ^^^^^^^^ error: Compose has no `driver` for a secret
  t: {file: ./t, template_driver: golang}
#                ^^^^^^^^^^^^^^^ Compose has no `template_driver` for a secret
configs:
  c: {content: c, template_driver: golang}
#                 ^^^^^^^^^^^^^^^ Compose has no `template_driver` for a config
"#,
        );
    }
}
