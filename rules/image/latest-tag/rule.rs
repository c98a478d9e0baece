//! Flags references to images by a tag that moves.

use crate::engine::nodes::{Host, ImageSite, ImageUse};
use crate::engine::{Context, Hooks};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Options {
    moving_tags: Vec<String>,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let options: Options = on.options();
    on.image(move |image, cx| check(&options, image, cx));
}

fn check(options: &Options, image: &ImageUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Ok(reference) = &image.reference else {
        return;
    };
    let Some(tag) = &reference.tag else { return };
    let Some(name) = tag
        .known()
        .filter(|_| reference.digest.is_none() && !image.is_built())
    else {
        return;
    };
    let moves = match image.site {
        ImageSite::Compose(_) => options
            .moving_tags
            .iter()
            .any(|moving| moving.eq_ignore_ascii_case(name)),
        ImageSite::From(_)
        | ImageSite::CopyFrom(_)
        | ImageSite::MountFrom(_)
        | ImageSite::Syntax => name == "latest",
    };
    if moves {
        let message = format!("the tag `{name}` names another image after every release");
        cx.report(image.span_of(tag), message)
            .help("name the version that you tested, or add a digest");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, compose_among, dockerfile};

    #[test]
    fn the_tag_is_marked() {
        dockerfile(
            "latest-tag",
            r#"
ARG TAG=latest
FROM registry.example.org:5000/base:latest AS one
#                                   ^^^^^^ the tag `latest`
FROM debian:$TAG
#           ^^^^ the tag `latest`
COPY --from=busybox:latest /bin/busybox /bin/
#                   ^^^^^^ the tag `latest`
"#,
        );
    }

    #[test]
    fn a_default_counts_where_it_stands() {
        compose(
            "latest-tag",
            r#"
services:
  web:
    image: "web:${TAG:-latest}"
#                      ^^^^^^ the tag `latest`
"#,
        );
    }

    #[test]
    fn a_tag_in_the_env_file_of_the_project_counts_and_takes_the_place_of_a_default() {
        compose_among(
            "latest-tag",
            &[(".env", "A=latest\nA=nightly\nB=1.2\nIMAGE=x/y:edge\n")],
            "compose.yaml",
            r#"
services:
  a: {image: "web:${A}"}
#                 ^^^^ the tag `nightly`
  b: {image: "web:${B:-latest}"}
  c: {image: "web:${C:-latest}"}
#                      ^^^^^^ the tag `latest`
  d: {image: $IMAGE}
#            ^^^^^^ the tag `edge`
  e: {image: "web:$D"}
  f: {image: "web:${A}", build: .}
"#,
        );
    }

    #[test]
    fn dockerfiles_may_follow_a_release_line() {
        dockerfile("latest-tag", "FROM rust:nightly\nFROM debian:stable\n");
    }
}
