//! Flags `COPY --from` of a path in a stage that certainly has no files.

use crate::dockerfile::ast::{Copy, InstructionKind};
use crate::dockerfile::model::{ReferenceKind, Target};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

/// How many stages of a chain are looked through; a longer one is taken to have files.
const MAX_CHAIN: usize = 32;

/// How many instructions a stage may have to be looked through; a longer one is taken to have files, too.
const MAX_INSTRUCTIONS: usize = 1000;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.copy(check);
}

fn check(copy: &Placed<'_, Copy>, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    if copy.from.is_none() || copy.instruction.is_trigger {
        return;
    }
    // All of nothing is nothing, and so is what a pattern finds in it.
    let mut sources = copy.paths.sources().iter();
    let Some(source) = sources.find(|source| {
        let path = source.literal().unwrap_or_default();
        let path = path.trim_start_matches('.').trim_matches('/');
        !path.is_empty() && !path.contains(['*', '?', '['])
    }) else {
        return;
    };
    let Some(stage) = model.stage_of(copy.index) else {
        return;
    };
    let reference = model.reference_at(copy.index, ReferenceKind::Copy, None);
    let target = reference.and_then(|reference| match reference.target {
        Target::Stage(target) => model.stages.get(target),
        _ => None,
    });
    let Some(target) =
        target.filter(|target| target.index < stage.index && is_empty(model, target))
    else {
        return;
    };
    let from = model.ast.instructions[target.from].keyword.span;
    let place = target.name.as_ref().map_or(from, |name| name.span);
    let shown = excerpt(&source.raw);
    cx.report(
        source.span,
        format!("there is no `{shown}`: the stage has no files"),
    )
    .label(place, "nothing is put into this stage")
    .help("name the stage that has the file");
}

fn is_empty(model: &Dockerfile, stage: &Stage) -> bool {
    let mut stages = 0;
    let has_files = model.chain(stage).take(MAX_CHAIN).any(|stage| {
        stages += 1;
        if stage.instructions.len() > MAX_INSTRUCTIONS {
            return true;
        }
        let mut instructions = model.ast.instructions[stage.instructions.clone()].iter();
        // A `WORKDIR` makes folders, a trigger does anything, and what is unknown may do so too.
        instructions.any(|instruction| {
            matches!(
                instruction.kind,
                InstructionKind::Add(_)
                    | InstructionKind::Copy(_)
                    | InstructionKind::Run(_)
                    | InstructionKind::Workdir(_)
                    | InstructionKind::Onbuild(_)
                    | InstructionKind::Unknown(_)
            )
        })
    });
    !has_files && stages < MAX_CHAIN && model.root_of(stage).is_from_scratch()
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_path_is_marked() {
        dockerfile(
            "copy-from-empty-stage",
            r#"
FROM scratch AS a
ENV x=y
FROM a AS b
FROM a AS c
WORKDIR /d
FROM e
COPY --from=b . \
  /f g /
# ^^ there is no `/f`: the stage has no files
COPY --from=0 ["f", "/"]
#              ^^^ there is no `f`: the stage has no files
COPY --from=a / /
COPY --from=a /f* /
COPY --from=a $x /
COPY --from=c /d /
COPY --from=later /f /
FROM scratch AS later
"#,
        );
    }
}
