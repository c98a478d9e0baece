//! Flags external secrets and configs that services use outside Swarm.

use crate::compose::grant::Grant;
use crate::compose::project::Project;
use crate::compose::resource::FileObject;
use crate::compose::value::Map;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    if project.is_for_swarm() {
        return;
    }
    for document in project.merged.documents() {
        for owned in document.containers() {
            for grant in &owned.container.secrets {
                report("secret", grant, &document.secrets, cx);
            }
            for grant in &owned.container.configs {
                report("config", grant, &document.configs, cx);
            }
        }
    }
}

fn report(what: &str, grant: &Grant, declared: &Map<FileObject>, cx: &mut Context<'_, Project>) {
    let Some(source) = &grant.source else {
        return;
    };
    let object = source.value.known().and_then(|name| declared.get(name));
    let Some(external) = object
        .filter(|object| object.is_external())
        .and_then(|object| object.external.as_ref())
    else {
        return;
    };
    let message = format!("Compose cannot give an external {what} to a container");
    cx.report(source.at, message)
        .help("let it come from a `file` or the `environment`, or deploy the file to a Swarm")
        .label(external.key, "this says that a Swarm keeps it");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn uses_are_marked_and_declarations_are_not() {
        compose(
            "unsupported-external-secret",
            r#"
services:
  a:
    image: x
    secrets: ["s", {source: t, target: u}, f]
#             ^^^ warning: Compose cannot give an external secret
#                           ^ Compose cannot give an external secret
    configs: [c]
#             ^ Compose cannot give an external config
secrets:
  s: {external: true}
  t: {external: {name: v}}
  f: {file: ./f}
  unused: {external: true}
configs:
  c: {external: true}
"#,
        );
    }
}
