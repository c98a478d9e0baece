//! Flags labels that the configuration does not name.

use crate::engine::Hooks;
use crate::engine::labels::Schema;
use crate::engine::meta::nearest_of;
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    let schema = Schema::of(on);
    if schema.is_empty() {
        return;
    }
    on.dockerfile(move |model, cx| {
        for label in model.output_labels() {
            if schema.has(&label.key) {
                continue;
            }
            let help = match nearest_of(schema.keys(), &label.key) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "name it under `labels` in the configuration, or take it out".to_owned(),
            };
            let key = excerpt(&label.key);
            let message = format!("the label `{key}` is not among the configured ones");
            cx.report(label.key_span, message).help(help);
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::engine::testing::check;
    use crate::workspace::kind::Kind;

    #[test]
    fn the_key_is_marked() {
        let options = json!({ "labels": { "com.example.team": "text" } });
        let text = r#"
FROM debian:13
LABEL com.example.team=a \
      "com.example.taem"=b
#     ^^^^^^^^^^^^^^^^^^ the label `com.example.taem` is not among the configured ones
"#;
        check(
            "unknown-label",
            &options,
            "Dockerfile",
            Kind::Dockerfile,
            text,
        );
    }
}
