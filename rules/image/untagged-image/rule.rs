//! Flags references to images that have neither tag nor digest.

use crate::engine::nodes::{Host, ImageSite, ImageUse};
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.image(check);
}

fn check(image: &ImageUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Ok(reference) = &image.reference else {
        return;
    };
    // A lone word behind `--from` is a stage, a named context or a slip: `undefined-stage` knows.
    let is_stage_like = matches!(image.site, ImageSite::CopyFrom(_) | ImageSite::MountFrom(_))
        && !reference.name.value.contains(['/', '.', ':']);
    if image.is_built() || is_stage_like || !reference.is_untagged() {
        return;
    }
    let name = crate::grammar::excerpt(&reference.name.value);
    cx.report(
        image.span_of(&reference.name),
        format!("`{name}` has no tag, so it means `latest`"),
    )
    .help("name the version that you tested, or better a digest");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "untagged-image",
            r#"
FROM --platform=linux/amd64 registry.example.org:5000/base AS base
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `registry.example.org:5000/base` has no tag
RUN --mount=type=bind,from=docker.io/library/busybox,target=/mnt true
#                          ^^^^^^^^^^^^^^^^^^^^^^^^^ `docker.io/library/busybox` has no tag
FROM \
  debian
# ^^^^^^ `debian` has no tag
"#,
        );
    }

    #[test]
    fn a_name_from_a_variable_is_marked_where_the_variable_stands() {
        dockerfile(
            "untagged-image",
            r#"
ARG NAME=debian
FROM registry.example.org/${NAME}
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `registry.example.org/debian` has no tag
"#,
        );
    }

    #[test]
    fn a_service_is_marked_inside_its_quotes() {
        compose(
            "untagged-image",
            r#"
services:
  a: { image: "redis" }
#              ^^^^^ `redis` has no tag
  b:
    image: "${CACHE:-redis}"
#                    ^^^^^ `redis` has no tag
  c:
    image: "${CACHE}"
  d:
    image: "${REGISTRY}/redis"
#           ^^^^^^^^^^^^^^^^^ `${REGISTRY}/redis` has no tag
"#,
        );
    }

    #[test]
    fn a_word_that_may_be_a_context_is_left_alone() {
        dockerfile("untagged-image", "FROM debian:13\nCOPY --from=assets / /\n");
    }
}
