//! Flags labels whose value is meant to be a commit and is not.

use crate::engine::{Hooks, labels};
use crate::knowledge::labels::LabelType;

pub(super) fn register(on: &mut Hooks<'_>) {
    labels::check_type(
        on,
        LabelType::Hash,
        "no commit",
        "write the hash of the commit, such as `git rev-parse HEAD` prints it",
    );
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_value_is_marked_and_an_empty_one_is_left_to_others() {
        dockerfile(
            "label-not-git-hash",
            r#"
FROM debian:13
LABEL org.opencontainers.image.revision=main org.opencontainers.image.version=main
#                                       ^^^^ the label `org.opencontainers.image.revision` is `main`, which is no commit
LABEL a=b
"#,
        );
    }
}
