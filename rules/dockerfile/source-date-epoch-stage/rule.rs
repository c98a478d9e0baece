//! Flags defaults of the global `SOURCE_DATE_EPOCH` that the builder cannot make a time of.
//!
//! As BuildKit reads it (`dockerfile2llb/epoch.go`): a number, `context`, a named context, or a stage that does
//! nothing but fetch one source.

use crate::dockerfile::ast::{Add, Arg, Instruction, InstructionKind};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Span;

const NAME: &str = "SOURCE_DATE_EPOCH";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.arg(check);
}

fn check(arg: &Placed<'_, Arg>, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    if model.stage_of(arg.index).is_some() || model.stages.is_empty() {
        return;
    }
    let mut pairs = arg.pairs.iter().rev();
    let Some(value) = pairs
        .find(|pair| *pair.key.raw == *NAME)
        .and_then(|pair| pair.value.as_ref())
    else {
        return;
    };
    let Some(text) = value.literal() else { return };
    if text.is_empty() || text == "context" || text.parse::<i64>().is_ok() {
        return;
    }
    let mut stages = model.stages.iter();
    match stages.find(|stage| stage.is_called(&text)) {
        Some(stage) => {
            if let Some((span, message)) = fault(model, stage) {
                cx.report(span, message)
                    .label(value.span, "the stage is to give the time")
                    .help(
                        "use `FROM scratch` and one `ADD` of a file or repository from elsewhere",
                    );
            }
        }
        // A word can be the name of a context.
        None if !text.starts_with(|c: char| c.is_alphabetic()) => {
            let message = format!("`{}` is no number of seconds and no stage", excerpt(&text));
            cx.report(value.span, message)
                .help("write the time in seconds since 1970");
        }
        None => {}
    }
}

/// What keeps a stage from giving a time.
fn fault(model: &Dockerfile, stage: &Stage) -> Option<(Span, String)> {
    let from = model.ast.instructions.get(stage.from)?;
    if !stage.is_from_scratch() {
        let message = "the stage of `SOURCE_DATE_EPOCH` does not begin with `scratch`";
        return Some((from.keyword.span, message.to_owned()));
    }
    let mut sources = 0;
    for instruction in &model.ast.instructions[stage.instructions.clone()] {
        let message = match &instruction.kind {
            InstructionKind::Arg(_) => continue,
            InstructionKind::Add(_) if sources == 1 => {
                "the stage of `SOURCE_DATE_EPOCH` has more than one `ADD`".to_owned()
            }
            InstructionKind::Add(add) if is_remote(instruction, add) => {
                sources += 1;
                continue;
            }
            InstructionKind::Add(_) => {
                "this `ADD` does not fetch exactly one file or repository".to_owned()
            }
            _ => format!(
                "the stage of `SOURCE_DATE_EPOCH` cannot have `{}`",
                excerpt(&instruction.keyword.value)
            ),
        };
        return Some((instruction.keyword.span, message));
    }
    (sources == 0).then(|| {
        let message = "the stage of `SOURCE_DATE_EPOCH` fetches nothing";
        (from.keyword.span, message.to_owned())
    })
}

/// Whether an `ADD` has one source, and that may come over the network.
fn is_remote(instruction: &Instruction, add: &Add) -> bool {
    let [source] = add.paths.sources() else {
        return false;
    };
    let text = &*source.raw;
    instruction.heredocs.is_empty()
        && (source.has_variables()
            || text.contains("://")
            || text.contains('@')
            || text.contains(".git")
            || text.starts_with("github.com/"))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_fault_is_marked() {
        dockerfile(
            "source-date-epoch-stage",
            r#"
ARG A SOURCE_DATE_EPOCH="Source"
FROM scratch AS source
ADD https://example.org/a \
  /
ADD https://example.org/b /
#^^ the stage of `SOURCE_DATE_EPOCH` has more than one `ADD`
FROM b
"#,
        );
        dockerfile(
            "source-date-epoch-stage",
            r#"
ARG SOURCE_DATE_EPOCH=s
FROM scratch AS s
#^^^ the stage of `SOURCE_DATE_EPOCH` fetches nothing
FROM b
ARG SOURCE_DATE_EPOCH=1.5
"#,
        );
        dockerfile(
            "source-date-epoch-stage",
            r#"
ARG SOURCE_DATE_EPOCH=s
FROM b AS s
#^^^ the stage of `SOURCE_DATE_EPOCH` does not begin with `scratch`
FROM b
"#,
        );
    }
}
