//! Flags labels whose value is meant to be a semantic version and is not.

use crate::engine::{Hooks, labels};
use crate::knowledge::labels::LabelType;

pub(super) fn register(on: &mut Hooks<'_>) {
    labels::check_type(
        on,
        LabelType::Semver,
        "no semantic version",
        "write three numbers, such as `1.4.0`, without a `v`",
    );
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::engine::testing::check;
    use crate::workspace::kind::Kind;

    #[test]
    fn the_value_is_marked_also_of_a_label_that_may_be_absent() {
        let options = json!({ "labels": { "com.example.version": "semver?", "other": "text" } });
        let text = r#"
FROM debian:13
LABEL other=v1 com.example.version=v1.4.0
#                                  ^^^^^^ the label `com.example.version` is `v1.4.0`, which is no semantic version
LABEL a=b
"#;
        check(
            "label-not-semver",
            &options,
            "Dockerfile",
            Kind::Dockerfile,
            text,
        );
    }
}
