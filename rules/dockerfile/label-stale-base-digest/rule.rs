//! Flags labels with a digest of the base image that is not the one in `FROM`.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Label;
use crate::dockerfile::model::Base;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks, pairs};
use crate::text::Edit;

const KEY: &str = "org.opencontainers.image.base.digest";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.label(check);
}

fn check(label: &Placed<'_, Label>, cx: &mut Context<'_, Dockerfile>) {
    for (number, pair) in label.pairs.iter().enumerate() {
        let Some(value) = pair.value.as_ref() else {
            continue;
        };
        if pair.key.has_variables() || pair.key.value() != KEY {
            continue;
        }
        let config = cx.model.config_at(label.index);
        let Some(stage) = cx.model.stage_of(label.index) else {
            continue;
        };
        let given = config.value(value);
        let (Some(given), Base::Image(base)) = (given.known(), &cx.model.root_of(stage).base)
        else {
            continue;
        };
        let Some(base) = base.known() else { continue };
        let message = match base.split_once('@') {
            Some((_, digest)) if digest == given => continue,
            Some(_) => "the digest of this label is not the one in `FROM`",
            None => "this label gives a digest, and the `FROM` has none",
        };
        let edit = Edit::delete(pairs::without(
            &label.pairs,
            number,
            label.index,
            cx.model,
            cx.text(),
        ));
        let title = "delete the label; tools that look for it find nothing";
        cx.report(value.span, message)
            .help("give the digest of the `FROM`, or delete the label")
            .fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_digest_is_marked() {
        dockerfile(
            "label-stale-base-digest",
            r#"
FROM debian:13
LABEL a=b \
  org.opencontainers.image.base.digest="sha256:22"
#                                      ^^^^^^^^^^^ this label gives a digest, and the `FROM` has none
FROM debian:13@sha256:11
LABEL org.opencontainers.image.base.digest=sha256:22
#                                          ^^^^^^^^^ the digest of this label is not the one in `FROM`
FROM scratch
LABEL org.opencontainers.image.base.digest=sha256:22
"#,
        );
    }
}
