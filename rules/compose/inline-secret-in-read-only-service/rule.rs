//! Flags secrets and configs that would have to be copied into a read-only container.

use crate::compose::grant::Grant;
use crate::compose::project::Project;
use crate::compose::resource::FileObject;
use crate::compose::value::{Map, is_true};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Location;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    if project.is_for_swarm() {
        return;
    }
    for document in project.merged.documents() {
        for owned in document.containers() {
            let container = owned.container;
            let Some(flag) = container.read_only.as_ref() else {
                continue;
            };
            if !is_true(&container.read_only) {
                continue;
            }
            for grant in &container.secrets {
                report("secret", grant, &document.secrets, flag.key, cx);
            }
            for grant in &container.configs {
                report("config", grant, &document.configs, flag.key, cx);
            }
        }
    }
}

fn report(
    what: &str,
    grant: &Grant,
    declared: &Map<FileObject>,
    read_only: Location,
    cx: &mut Context<'_, Project>,
) {
    let Some(source) = &grant.source else {
        return;
    };
    let Some((name, object)) = source
        .value
        .known()
        .and_then(|name| Some((name, declared.get(name)?)))
    else {
        return;
    };
    let content = object.content.as_ref().filter(|_| what == "config");
    let Some(copied) = object.environment.as_ref().or(content) else {
        return;
    };
    if object.file.is_some() || object.is_external() {
        return;
    }
    let name = excerpt(name);
    let message = format!("the {what} `{name}` cannot be copied into a read-only container");
    cx.report(source.at, message)
        .help("let it come from a `file`, which is mounted")
        .label(copied.key, "this has to be copied")
        .label(read_only, "this makes the container read-only");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn what_is_copied_is_marked() {
        compose(
            "inline-secret-in-read-only-service",
            r#"
x-hard: &hard {read_only: true}
services:
  a:
    <<: *hard
    image: x
    secrets: ["e", {source: f}]
#             ^^^ error: the secret `e` cannot be copied
    configs: [{source: 'c', target: /c}]
#                      ^^^ the config `c` cannot be copied
  b: {image: x, secrets: [e]}
  c: {image: x, secrets: [e], read_only: $R}
secrets: {e: {environment: E}, f: {file: ./f}}
configs: {c: {content: c}}
"#,
        );
    }
}
