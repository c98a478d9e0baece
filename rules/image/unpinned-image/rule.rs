//! Flags images without a digest.

use super::untrusted_registry::foreign;
use crate::engine::nodes::{Host, ImageSite, ImageUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

/// The tags of services of which `latest-tag` speaks by default.
const MOVING: [&str; 9] = [
    "latest", "stable", "edge", "nightly", "dev", "test", "beta", "canary", "lts",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.image(check);
}

fn check(image: &ImageUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(reference) = foreign(image) else {
        return;
    };
    // A missing tag and one that moves are findings of their own.
    let is_compose = matches!(image.site, ImageSite::Compose(_));
    let moves = |tag: &str| match is_compose {
        true => MOVING.iter().any(|moving| moving.eq_ignore_ascii_case(tag)),
        false => tag == "latest",
    };
    let is_told = reference.tag.as_ref().is_none_or(|tag| moves(&tag.value));
    if reference.is_without_digest() && !is_told {
        let whole = image.text.span(0..image.text.text().len());
        let message = format!("`{}` has no digest", excerpt(image.text.text()));
        cx.report(whole, message)
            .help("put `@sha256:…` behind the tag");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn a_tag_that_moves_is_told_of_once() {
        let readme = include_str!("../latest-tag/README.md");
        let default = format!("default: [{}]", super::MOVING.join(", "));
        assert!(readme.contains(&default), "{default}");
        compose(
            "unpinned-image",
            "services:\n  a: {image: a:Nightly}\n  b: {image: b:1}\n#            ^^^ `b:1` has no digest\n",
        );
        dockerfile(
            "unpinned-image",
            "FROM a:nightly\n#    ^^^^^^^^^ `a:nightly` has no digest\n",
        );
    }

    #[test]
    fn the_reference_is_marked() {
        dockerfile(
            "unpinned-image",
            r#"# syntax=docker/dockerfile:1
#        ^^^^^^^^^^^^^^^^^^^ `docker/dockerfile:1` has no digest
FROM \
  "debian:13"
#  ^^^^^^^^^ `debian:13` has no digest
COPY --from=nginx:1 / /
#           ^^^^^^^ `nginx:1` has no digest
COPY --from=nginx / /
COPY --from=context / /
FROM $X
FROM x:$X
"#,
        );
        compose(
            "unpinned-image",
            "services:\n  a: { image: \"${X:-a}:1\" }\n#                   ^^^^ `a:1` has no digest\n",
        );
    }
}
