//! Flags `COPY --from=stage /` of a stage with a system in it, into a stage that has one as well.

use crate::dockerfile::ast::{Copy, InstructionKind};
use crate::dockerfile::model::{Base, ReferenceKind, Target};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::image::ImageReference;
use crate::knowledge::images::{self, Family};

/// How many stages of a chain are looked through for commands.
const MAX_CHAIN: usize = 32;

/// How many instructions of each of them are looked at.
const MAX_INSTRUCTIONS: usize = 1000;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.copy(check);
}

fn check(copy: &Placed<'_, Copy>, cx: &mut Context<'_, Dockerfile>) {
    let (Some(from), [source]) = (&copy.from, copy.paths.sources()) else {
        return;
    };
    let is_everything = matches!(source.literal().as_deref(), Some("/" | "/." | "/*" | "."));
    if !is_everything || !copy.exclude.is_empty() || copy.instruction.is_trigger {
        return;
    }
    let model = cx.model;
    let Some(stage) = model.stage_of(copy.index) else {
        return;
    };
    // Of a variable nobody knows whether it says `scratch`.
    if !matches!(model.root_of(stage).base, Base::Image(_)) {
        return;
    }
    let target = model.reference_at(copy.index, ReferenceKind::Copy, None);
    let has_system = match target.map(|reference| reference.target) {
        Some(Target::Stage(target)) => model
            .stages
            .get(target)
            .is_some_and(|target| stage_has_system(model, target)),
        Some(Target::Image) => {
            let image = ImageReference::parse(&from.value()).ok();
            image
                .as_ref()
                .and_then(images::image)
                .is_some_and(has_system)
        }
        _ => false,
    };
    if has_system {
        let message = format!(
            "all files of `{}` are copied, its tools too",
            excerpt(&from.raw)
        );
        cx.report(source.span, message)
            .help("copy the files that are needed, by their paths");
    }
}

/// Whether there is more in a stage than a few files: its image is known to have a system, or commands can be
/// run in it.
fn stage_has_system(model: &Dockerfile, stage: &Stage) -> bool {
    if model.root_of(stage).is_from_scratch() {
        return false;
    }
    if let Some(image) = model.base_image(stage) {
        return has_system(image);
    }
    model.chain(stage).take(MAX_CHAIN).any(|stage| {
        let instructions = model.ast.instructions[stage.instructions.clone()].iter();
        let mut instructions = instructions.take(MAX_INSTRUCTIONS);
        instructions.any(|instruction| matches!(instruction.kind, InstructionKind::Run(_)))
    })
}

fn has_system(image: images::Image) -> bool {
    let family = image.family;
    family.is_some_and(|family| !matches!(family, Family::Scratch | Family::Distroless))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_source_is_marked() {
        dockerfile(
            "copy-entire-filesystem",
            r#"
FROM registry.example.org/base AS a
FROM a AS b
RUN true
FROM c
COPY --from=b --link \
  ["/", "/"]
#  ^^^ all files of `b` are copied, its tools too
COPY --from=1 . /x/
#             ^ all files of `1` are copied, its tools too
COPY --from=a / /
COPY --from=b / /x /
COPY --from=b --exclude=usr / /
COPY / /
FROM $BASE
COPY --from=b / /
"#,
        );
    }
}
