//! Flags labels whose value is meant to be a date and time and is not.

use crate::engine::{Hooks, labels};
use crate::knowledge::labels::LabelType;

pub(super) fn register(on: &mut Hooks<'_>) {
    labels::check_type(
        on,
        LabelType::Rfc3339,
        "no date and time as in RFC 3339",
        "write it as in `2026-01-31T12:00:00Z`",
    );
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_value_is_marked_and_an_empty_one_is_left_to_others() {
        dockerfile(
            "label-not-rfc3339",
            r#"
FROM debian:13
LABEL org.opencontainers.image.created=2026-13-31T12:00:00Z
#                                      ^^^^^^^^^^^^^^^^^^^^ the label `org.opencontainers.image.created` is `2026-13-31T12:00:00Z`, which is no date and time
LABEL org.opencontainers.image.version=1
"#,
        );
    }
}
