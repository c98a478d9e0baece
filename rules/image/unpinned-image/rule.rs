//! Flags images without a digest.

use super::untrusted_registry::foreign;
use crate::engine::nodes::{Host, ImageUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.image(check);
}

fn check(image: &ImageUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(reference) = foreign(image) else {
        return;
    };
    // A missing tag and `latest` are findings of their own.
    let is_latest = reference
        .tag
        .as_ref()
        .is_none_or(|tag| &*tag.value == "latest");
    if reference.is_without_digest() && !is_latest {
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
