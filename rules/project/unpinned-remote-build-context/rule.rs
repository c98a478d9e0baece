//! Flags build contexts that are fetched and may be another one tomorrow.

use crate::compose::project::Project;
use crate::compose::value::Scalar;
use crate::diagnostic::Severity;
use crate::dockerfile::source::git_query;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for owned in project.merged.containers() {
        let Some(build) = owned.container.build.as_deref() else {
            continue;
        };
        if let Some(context) = &build.value.context {
            value(&context.value, cx);
        }
        for context in &build.value.additional_contexts {
            if let Some(text) = &context.value {
                value(&text.value, cx);
            }
        }
    }
}

fn value(context: &Scalar, cx: &mut Context<'_, Project>) {
    let Some(text) = context.known() else {
        return;
    };
    let at = context.location_of(0..text.len());
    if text.starts_with("http://") || text.starts_with("git://") {
        cx.report(
            at,
            "the build context is fetched over an unprotected connection",
        )
        .severity(Severity::Error)
        .help("write `https://`");
        return;
    }
    if !is_remote(text) || is_pinned(text) {
        return;
    }
    let message = match is_git(text) {
        true => "the build context is whatever the repository holds on that day",
        false => "the build context is whatever the server sends on that day",
    };
    cx.report(at, message).help(match is_git(text) {
        true => "name a commit behind `#`, by its 40 hexadecimal digits",
        false => "fetch it from a repository, with a commit behind `#`",
    });
}

/// Whether a context is fetched (`paths/context.go` of compose-go).
fn is_remote(text: &str) -> bool {
    ["https://", "ssh://", "git@", "github.com/"]
        .iter()
        .any(|prefix| text.starts_with(prefix))
}

fn is_git(text: &str) -> bool {
    let before = text.split(['#', '?']).next().unwrap_or_default();
    before.ends_with(".git") || !text.starts_with("https://")
}

/// Whether a commit or checksum says which one it is.
fn is_pinned(text: &str) -> bool {
    let is_commit = |text: &str| {
        matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let fragment = text.split_once('#').map_or("", |(_, fragment)| fragment);
    let reference = fragment.split(':').next().unwrap_or_default();
    let queries = ["ref", "commit", "checksum"];
    is_commit(reference)
        || queries
            .iter()
            .any(|key| git_query(text, key).is_some_and(is_commit))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_address_is_marked() {
        compose(
            "unpinned-remote-build-context",
            r#"
services:
  a: {build: "https://example.com/a.git#main:sub"}
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the build context is whatever the repository
  b: {build: {context: git@example.com:a/b.git}}
#                      ^^^^^^^^^^^^^^^^^^^^^^^ warning: the build context is whatever
  c: {build: http://example.com/a.git#0123456789012345678901234567890123456789}
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the build context is fetched over
  d:
    build:
      additional_contexts:
        lib: github.com/a/b
#            ^^^^^^^^^^^^^^ warning: the build context is whatever
        tar: https://example.com/a.tar.gz
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the build context is whatever the server sends
        other: docker-image://debian:13
        here: ./b
  e: {build: "https://example.com/a.git#0123456789012345678901234567890123456789:sub"}
  f: {build: "https://example.com/a.git?ref=main&commit=0123456789012345678901234567890123456789"}
  g: {build: "https://example.com/a.git#$REF"}
"#,
        );
    }
}
