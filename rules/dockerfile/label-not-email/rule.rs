//! Flags labels whose value is meant to be an e-mail address and is not.

use crate::engine::{Hooks, labels};
use crate::knowledge::labels::LabelType;

pub(super) fn register(on: &mut Hooks<'_>) {
    labels::check_type(
        on,
        LabelType::Email,
        "no e-mail address",
        "write the address alone, such as `team@example.com`",
    );
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::engine::testing::check;
    use crate::workspace::kind::Kind;

    #[test]
    fn the_value_is_marked_also_of_a_label_that_may_be_absent() {
        let options = json!({ "labels": { "com.example.contact": "email?", "other": "text" } });
        let text = r#"
FROM debian:13
LABEL com.example.contact="Ada <ada@example.com>"
#                         ^^^^^^^^^^^^^^^^^^^^^^^ the label `com.example.contact` is `Ada <ada@example.com>`, which is no e-mail address
LABEL com.example.contact.name=Ada
"#;
        check(
            "label-not-email",
            &options,
            "Dockerfile",
            Kind::Dockerfile,
            text,
        );
    }
}
