//! Flags labels that Buildx writes by itself.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Label;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks, pairs};
use crate::text::Edit;

/// The labels that Buildx sets with `BUILDX_GIT_LABELS`
/// (<https://docs.docker.com/build/building/variables/#buildx_git_labels>).
const WRITTEN_BY_BUILDX: [&str; 3] = [
    "com.docker.image.source.entrypoint",
    "org.opencontainers.image.revision",
    "org.opencontainers.image.source",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.label(check);
}

fn check(label: &Placed<'_, Label>, cx: &mut Context<'_, Dockerfile>) {
    for (index, pair) in label.pairs.iter().enumerate() {
        let key = pair.key.value();
        if pair.key.has_variables() || !WRITTEN_BY_BUILDX.contains(&&*key) {
            continue;
        }
        let edit = Edit::delete(pairs::without(
            &label.pairs,
            index,
            label.index,
            cx.model,
            cx.text(),
        ));
        let title = "delete it; images that are built without Buildx's git labels lose it";
        cx.report(
            pair.key.span,
            format!("Buildx can write the label `{key}` by itself"),
        )
        .help("delete it, and build with `BUILDX_GIT_LABELS=1`")
        .fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_key_is_marked() {
        dockerfile(
            "label-buildx-overlap",
            r#"
FROM debian:13
LABEL a=1 \
  "org.opencontainers.image.source"=x
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Buildx can write the label `org.opencontainers.image.source` by itself
"#,
        );
    }

    #[test]
    fn what_is_around_it_stays() {
        let fix = |text| fixed("label-buildx-overlap", Applicability::Unsafe, text);
        let last = "FROM a\nLABEL a=1 \\\n  org.opencontainers.image.source=x\nRUN b\n";
        assert_eq!(fix(last), "FROM a\nLABEL a=1\nRUN b\n");
        let first = "FROM a\r\nLABEL org.opencontainers.image.source=x \\\r\n  a=1\r\n";
        assert_eq!(fix(first), "FROM a\r\nLABEL a=1\r\n");
        let alone = "FROM a\n  LABEL org.opencontainers.image.source=x\nRUN b\n";
        assert_eq!(fix(alone), "FROM a\nRUN b\n");
    }
}
