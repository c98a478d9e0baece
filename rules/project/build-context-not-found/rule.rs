//! Flags a local build context that does not exist or is no folder.
//!
//! Compose hands BuildKit the folder only when it builds, so that `docker compose config` says nothing.

use crate::compose::extent::Extent;
use crate::compose::project::{OnDisk, Project};
use crate::compose::value::Knowledge;
use crate::diagnostic::Severity;
use crate::engine::built::BuildUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let project = cx.model;
    let Some(context) = used.build.value.context.as_deref() else {
        return;
    };
    let Some(text) = context.value.known() else {
        return;
    };
    if project.extent == Extent::Part || is_no_path(text) || project.has_context_above(used.build) {
        return;
    }
    let Some((_, found)) = project.look(&context.value) else {
        return;
    };
    let (what, help) = match found {
        OnDisk::Folder => return,
        OnDisk::File => (
            "is a file, not a folder",
            "name the folder, and the file with `dockerfile`",
        ),
        OnDisk::Nothing => (
            "does not exist",
            "write the path as it is seen from the folder of this project",
        ),
    };
    let message = format!("the build context `{}` {what}", excerpt(text));
    let finding = cx.report(context.text_at(), message);
    finding.help(help);
    if context.value.knowledge() != Knowledge::Known {
        finding.severity(Severity::Warning);
    }
}

/// Whether a context is none of the file system, besides those that begin like a URL: a repository, the standard
/// input, or the image of another service.
fn is_no_path(text: &str) -> bool {
    text == "-" || text.ends_with(".git") || text.contains(".git#") || text.starts_with("service:")
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, compose_among};

    const FILES: &[(&str, &str)] = &[
        ("api/Dockerfile", "FROM a"),
        ("file", ""),
        ("deploy/none", ""),
    ];

    #[test]
    fn the_path_is_marked() {
        compose_among(
            "build-context-not-found",
            FILES,
            "compose.yaml",
            r#"
services:
  a: {build: ./apii}
#            ^^^^^^ error: the build context `./apii` does not exist
  b:
    build:
      context: "./web" # here
#               ^^^^^ error: the build context `./web` does not exist
  c: {build: {context: file}}
#                      ^^^^ error: the build context `file` is a file, not a folder
  d: {build: {context: "${WHERE:-web}"}}
#                                ^^^ warning: the build context `web` does not exist
  e: {build: &e {context: none}}
#                         ^^^^ the build context
  f: {build: *e}
  g: {build: {<<: *e, target: x}}
  h: {build: api/}
  i: {build: .}
  j: {build: {context: deploy/../api}}
"#,
        );
    }

    #[test]
    fn what_is_elsewhere_is_not_looked_for() {
        let text = r"
services:
  a: {build: $WHERE}
  b: {build: 'https://example.com/a.git'}
  c: {build: 'git@example.com:a.git'}
  d: {build: github.com/a/b}
  e: {build: ../a.git}
  f: {build: /srv/app}
  g: {build: ~/app}
  h: {build: 'C:\app'}
  i: {build: '-'}
  j: {build: ../../../../outside}
  k: {build: {context: 'service:a'}}
  l: {build: ''}
";
        compose_among("build-context-not-found", FILES, "compose.yaml", text);
        compose("build-context-not-found", "services: {a: {build: ./b}}\n");
    }

    #[test]
    fn a_file_of_another_name_may_belong_to_the_folder_above() {
        let text = "services: {a: {build: api}}\n";
        compose_among("build-context-not-found", FILES, "deploy/prod.yaml", text);
        let text = "services: {a: {build: web}}\n#                     ^^^ the build context\n";
        compose_among("build-context-not-found", FILES, "deploy/prod.yaml", text);
        let text = "services: {a: {build: api}}\n#                     ^^^ the build context\n";
        compose_among(
            "build-context-not-found",
            FILES,
            "deploy/compose.yaml",
            text,
        );
        let text = "services: {a: {build: web}}\n";
        compose_among(
            "build-context-not-found",
            FILES,
            "deploy/compose.override.yaml",
            text,
        );
    }
}
