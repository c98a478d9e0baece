//! Flags images that are no longer maintained under their name.

use crate::engine::nodes::{Host, ImageUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::{deprecated, support};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.image(check);
}

fn check(image: &ImageUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Ok(reference) = &image.reference else {
        return;
    };
    if image.is_built() || image.is_lone_word() {
        return;
    }
    let Some(found) = deprecated::of(reference) else {
        return;
    };
    // A release that is no longer supported says more.
    let is_past = |support: &support::Support| support::TODAY.days_since(support.end) > 0;
    if support::of(reference).iter().any(is_past) {
        return;
    }
    let name = reference.name.known().unwrap_or_default();
    cx.report(
        image.span_of(&reference.name),
        format!("image `{}` {}", excerpt(name), found.since),
    )
    .help(found.instead);
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "deprecated-image",
            r#"
ARG V=17
FROM docker.io/library/openjdk:${V} AS a
#    ^^^^^^^^^^^^^^^^^^^^^^^^^ image `docker.io/library/openjdk` is deprecated
FROM k8s.gcr.io/pause:3.9
#    ^^^^^^^^^^^^^^^^ image `k8s.gcr.io/pause` gets no updates
FROM centos:7
FROM example.com/openjdk:17
FROM a
"#,
        );
        compose(
            "deprecated-image",
            r#"
services:
  a: {image: "containrrr/watchtower"}
#             ^^^^^^^^^^^^^^^^^^^^^ image `containrrr/watchtower` is of a project
  b: {image: "bitnamilegacy/redis:7"}
#             ^^^^^^^^^^^^^^^^^^^ image `bitnamilegacy/redis` gets no updates
  c: {image: "${R}/openjdk:17"}
"#,
        );
    }
}
