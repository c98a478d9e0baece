//! Flags owners and permissions of secrets and configs that are mounted from a file.

use crate::compose::grant::Grant;
use crate::compose::project::Project;
use crate::compose::resource::FileObject;
use crate::compose::value::Map;
use crate::engine::{Context, Hooks};
use crate::text::{Location, order};

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
    let source = grant
        .source
        .as_ref()
        .and_then(|source| source.value.known());
    let file = source
        .and_then(|name| declared.get(name))
        .and_then(|object| object.file.as_ref());
    let Some(file) = file else {
        return;
    };
    let uid = grant.uid.as_ref().map(|field| ("uid", field.key));
    let gid = grant.gid.as_ref().map(|field| ("gid", field.key));
    let mode = grant.mode.as_ref().map(|field| ("mode", field.key));
    let mut ignored: Vec<(&str, Location)> = uid.into_iter().chain(gid).chain(mode).collect();
    order::sort_by_key(&mut ignored, |(_, at)| at.span);
    let Some((_, first)) = ignored.first() else {
        return;
    };
    let names: Vec<String> = ignored
        .iter()
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    let (has, names) = match names.as_slice() {
        [one] => ("has", one.clone()),
        [rest @ .., last] => ("have", format!("{} and {last}", rest.join(", "))),
        [] => return,
    };
    let message = format!("{names} {has} no effect, since the {what} is a file of the host");
    cx.report(*first, message)
        .help("set the owner and permissions of the file itself")
        .label(file.at, "this file is mounted as it is");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    const RULE: &str = "secret-permissions-ignored";

    #[test]
    fn one_finding_names_all_of_them() {
        compose(
            RULE,
            r#"
services:
  a:
    image: x
    secrets:
      - {source: "f", "gid": "1", uid: "1", mode: 0400}
#                     ^^^^^ `gid`, `uid` and `mode` have no effect, since the secret
      - {source: e, mode: 0400}
      - {source: x, mode: 0400}
      - {source: f, target: y}
      - f
    configs:
      - source: f
        mode: 0444
#       ^^^^ `mode` has no effect, since the config
secrets: {f: {file: ./f}, e: {environment: E}}
configs: {f: {file: ./f}}
"#,
        );
    }

    #[test]
    fn swarm_heeds_them() {
        compose(
            RULE,
            "services: {a: {image: x, secrets: [{source: f, mode: 0400}], deploy: {mode: global}}}\n\
             secrets: {f: {file: ./f}}\n",
        );
    }
}
