//! Flags labels of the configuration that have an empty value.

use crate::engine::Hooks;
use crate::engine::labels::Schema;
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    let schema = Schema::of(on);
    if schema.is_empty() {
        return;
    }
    on.dockerfile(move |model, cx| {
        for label in model.output_labels() {
            let is_empty = label
                .value
                .known()
                .is_some_and(|value| value.trim().is_empty());
            if is_empty && schema.has(&label.key) {
                let key = excerpt(&label.key);
                cx.report(label.value_span, format!("the label `{key}` is empty"))
                    .help("give it a value, or take it out");
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::engine::testing::check;
    use crate::workspace::kind::Kind;

    #[test]
    fn what_counts_in_the_end_is_marked() {
        let options = json!({ "labels": { "a": "text", "b": "url?" } });
        let text = r#"
FROM debian:13
LABEL a="" c=""
LABEL a=1 \
      b='' c=
#       ^^ the label `b` is empty
"#;
        check(
            "empty-label",
            &options,
            "Dockerfile",
            Kind::Dockerfile,
            text,
        );
    }
}
