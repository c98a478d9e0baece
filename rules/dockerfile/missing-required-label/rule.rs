//! Flags images that lack labels which the configuration asks for.

use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::labels::Schema;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    let schema = Schema::of(on);
    if schema.required().next().is_some() {
        on.stage(move |stage: &Stage, cx| check(&schema, stage, cx));
    }
}

fn check(schema: &Schema, stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    if !stage.is_target || has_unknown_keys(cx.model, stage) {
        return;
    }
    let config = cx.model.final_config(stage);
    let missing: Vec<String> = schema
        .required()
        .filter(|key| config.label(key).is_none())
        .map(|key| format!("`{key}`"))
        .collect();
    let what = match missing.as_slice() {
        [] => return,
        [one] => format!("the label {one}"),
        several => format!("the labels {}", several.join(", ")),
    };
    let from = &cx.model.ast.instructions[stage.from];
    let span = match &from.kind {
        InstructionKind::From(from) => from.image.as_ref().map(|image| image.span),
        _ => None,
    };
    cx.report(
        span.unwrap_or(from.keyword.span),
        format!("the image of this stage lacks {what}"),
    )
    .help("set it with `LABEL`; the configuration asks for it");
}

/// Whether a label of the chain has a key that only the build knows.
fn has_unknown_keys(model: &Dockerfile, stage: &Stage) -> bool {
    model.chain(stage).any(|stage| {
        stage.instructions.clone().any(|index| {
            let InstructionKind::Label(label) = &model.ast.instructions[index].kind else {
                return false;
            };
            let config = model.config_at(index);
            label
                .pairs
                .iter()
                .any(|pair| config.value(&pair.key).text().is_none())
        })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::engine::testing::check;
    use crate::workspace::kind::Kind;

    #[test]
    fn the_image_of_the_last_stage_is_marked() {
        let options = json!({ "labels": { "a": "text", "b": "url", "c": "hash?" } });
        let text = r#"
FROM debian:13 AS build
FROM --platform=linux/amd64 \
  debian:13 AS last
# ^^^^^^^^^ the image of this stage lacks the labels `a`, `b`
RUN true
"#;
        check(
            "missing-required-label",
            &options,
            "Dockerfile",
            Kind::Dockerfile,
            text,
        );
    }
}
