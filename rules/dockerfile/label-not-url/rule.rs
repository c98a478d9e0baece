//! Flags labels whose value is meant to be a URL and is not.

use crate::engine::{Hooks, labels};
use crate::knowledge::labels::LabelType;

pub(super) fn register(on: &mut Hooks<'_>) {
    labels::check_type(
        on,
        LabelType::Url,
        "no absolute URL",
        "write the address with its scheme, such as `https://…`",
    );
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_value_is_marked_and_an_empty_one_is_left_to_others() {
        dockerfile(
            "label-not-url",
            r#"
FROM debian:13
LABEL org.opencontainers.image.url=https://example.com \
      org.opencontainers.image.source='git@example.com:a/b' \
#                                     ^^^^^^^^^^^^^^^^^^^^^ the label `org.opencontainers.image.source` is `git@example.com:a/b`, which is no absolute URL
      org.opencontainers.image.documentation="" other=x
"#,
        );
    }
}
