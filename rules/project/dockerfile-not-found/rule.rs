//! Flags a build without a Dockerfile.
//!
//! BuildKit looks for `dockerfile` when there is no `Dockerfile` and no name is given (`dockerui/config.go`).

use std::path::Path;

use crate::compose::extent::Extent;
use crate::compose::project::disk::OTHER_NAMES;
use crate::compose::project::{OnDisk, Project};
use crate::compose::value::{Field, Knowledge, Scalar};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::built::BuildUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Edit, Location};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let project = cx.model;
    let build = &used.build.value;
    let named = build.dockerfile.as_deref();
    let named = named.filter(|dockerfile| !dockerfile.value.is_empty());
    let is_settled = match project.extent {
        Extent::Whole => true,
        Extent::Unclear => build.context.is_some() && !project.has_context_above(used.build),
        Extent::Part => false,
    };
    let (Some(context), Some(path)) = (
        project.context_path(used.build),
        project.dockerfile_path(used.build),
    ) else {
        return;
    };
    // A context that is not there is another rule's fault.
    let has_context = build.context.is_none() || project.disk.at(&context) == Some(OnDisk::Folder);
    if !is_settled || !has_context {
        return;
    }
    // One that is written with its whole path belongs to this machine alone.
    if named.is_some_and(|dockerfile| dockerfile.value.text().starts_with('/')) {
        return;
    }
    let found = match project.disk.at(&path) {
        Some(OnDisk::File) | None => return,
        Some(found) => found,
    };
    match named {
        Some(dockerfile) => no_such_file(dockerfile, &context, found, used, cx),
        None => no_default(&context, used, cx),
    }
}

fn no_such_file(
    dockerfile: &Field<Scalar>,
    context: &Path,
    found: OnDisk,
    used: &BuildUse<'_>,
    cx: &mut Context<'_, Project>,
) {
    let project = cx.model;
    let text = dockerfile.value.text();
    let what = match found {
        OnDisk::Folder => "is a folder",
        _ => "does not exist in the build context",
    };
    let finding = cx.report(
        dockerfile.text_at(),
        format!("the Dockerfile `{}` {what}", excerpt(text)),
    );
    finding.help("write its path as it is seen from the build context");
    if is_default(dockerfile) || used.build.value.context.as_deref().is_some_and(is_default) {
        finding.severity(Severity::Warning);
    }
    let is_file = |path: &Path| project.disk.at(path) == Some(OnDisk::File);
    // Written as it is seen from the project.
    let from_project = project.look(&dockerfile.value);
    let meant = from_project
        .filter(|(_, found)| *found == OnDisk::File)
        .and_then(|(path, _)| path.strip_prefix(context).ok()?.to_str().map(str::to_owned));
    let right = match meant {
        Some(right) => right,
        None if is_file(&context.join("Dockerfile")) => "Dockerfile".to_owned(),
        None => return,
    };
    finding.help(format!(
        "write `{}`: the path is relative to the build context",
        excerpt(&right)
    ));
    let at = dockerfile.text_at();
    let is_verbatim = project.text(at.file).get(at.span.range()) == Some(text);
    let is_plain = right
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte));
    if is_verbatim && is_plain && dockerfile.via.is_none() {
        finding.fix(Fix::new(
            format!("write `{right}`; it may not be the Dockerfile that was meant"),
            Applicability::Unsafe,
            vec![Edit::replace(at.span, right)],
        ));
    }
}

fn no_default(context: &Path, used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let project = cx.model;
    let build = &used.build.value;
    let found = OTHER_NAMES
        .into_iter()
        .find(|name| project.disk.at(&context.join(name)) == Some(OnDisk::File));
    let (at, shown): (Location, String) = match build.context.as_deref() {
        Some(context) => (
            context.text_at(),
            format!("`{}`", excerpt(context.value.text())),
        ),
        None => (used.build.key, "the folder of the project".to_owned()),
    };
    let has_default = build.context.as_deref().is_some_and(is_default);
    match found {
        // Podman builds it.
        Some("Containerfile") => {}
        Some(name) => {
            cx.report(at, format!("the Dockerfile in {shown} is called `{name}`"))
                .severity(Severity::Info)
                .help("call it `Dockerfile`, which every tool looks for");
        }
        None => {
            let finding = cx.report(at, format!("there is no `Dockerfile` in {shown}"));
            finding.help("add one, or name the one to build with `dockerfile`");
            if has_default {
                finding.severity(Severity::Warning);
            }
        }
    }
}

fn is_default(field: &Field<Scalar>) -> bool {
    field.value.knowledge() != Knowledge::Known
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, compose_among};

    const FILES: &[(&str, &str)] = &[
        ("api/Dockerfile", "FROM a"),
        ("api/docker/Dockerfile.prod", "FROM a"),
        ("small/dockerfile", "FROM a"),
        ("pod/Containerfile", "FROM a"),
        ("empty/main.c", ""),
        ("shared/Dockerfile", "FROM a"),
    ];

    #[test]
    fn the_name_or_the_context_is_marked() {
        compose_among(
            "dockerfile-not-found",
            FILES,
            "compose.yaml",
            r#"
services:
  a: {build: ./empty}
#            ^^^^^^^ error: there is no `Dockerfile` in `./empty`
  b:
    build: # here
#   ^^^^^ error: there is no `Dockerfile` in the folder of the project
      target: x
  c:
    build:
      context: api
      dockerfile: "Dockerfile.dev"
#                  ^^^^^^^^^^^^^^ error: the Dockerfile `Dockerfile.dev` does not exist in the build context
  d: {build: {context: ./api, dockerfile: ./api/docker/Dockerfile.prod}}
#                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the Dockerfile `./api/docker/Dockerfile.prod` does not
  e: {build: {context: api, dockerfile: docker}}
#                                       ^^^^^^ error: the Dockerfile `docker` is a folder
  f: {build: small}
#            ^^^^^ info: the Dockerfile in `small` is called `dockerfile`
  g: {build: "${WHERE:-empty}"}
#                      ^^^^^ warning: there is no `Dockerfile` in `empty`
  h: {build: pod}
  i: {build: {context: api, dockerfile: ../shared/Dockerfile}}
  j: {build: {context: api, dockerfile: docker/Dockerfile.prod}}
  k: {build: {context: none, dockerfile: none}}
  l: {build: {context: api, dockerfile: /srv/Dockerfile}}
  m: {build: {context: api, dockerfile: $NAME}}
  n: {build: {context: api, dockerfile: 'https://example.com/Dockerfile'}}
  o: {build: {context: empty, dockerfile_inline: FROM a}}
  p: {build: {context: api, dockerfile: ''}}
"#,
        );
    }

    #[test]
    fn another_file_may_name_the_dockerfile() {
        let text = "services: {a: {build: empty}}\n";
        compose_among("dockerfile-not-found", FILES, "compose.override.yaml", text);
        compose("dockerfile-not-found", text);
        let over = "services: {a: {build: {dockerfile: ../api/Dockerfile}}}\n";
        let files = [FILES, &[("compose.override.yaml", over)]].concat();
        compose_among("dockerfile-not-found", &files, "compose.yaml", text);
    }
}
