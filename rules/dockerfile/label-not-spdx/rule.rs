//! Flags labels whose value is meant to be an SPDX licence expression and is not.

use crate::engine::{Hooks, labels};
use crate::knowledge::labels::LabelType;

pub(super) fn register(on: &mut Hooks<'_>) {
    labels::check_type(
        on,
        LabelType::Spdx,
        "no SPDX licence expression",
        "use identifiers of the SPDX licence list, such as `Apache-2.0 OR MIT`",
    );
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_value_is_marked_and_an_empty_one_is_left_to_others() {
        dockerfile(
            "label-not-spdx",
            r#"
FROM debian:13
LABEL org.opencontainers.image.licenses="GPLv2"
#                                       ^^^^^^^ the label `org.opencontainers.image.licenses` is `GPLv2`, which is no SPDX licence expression
LABEL org.opencontainers.image.title="GPLv2"
"#,
        );
    }
}
