//! Flags references to stages that are defined below.
//!
//! BuildKit refuses them in `COPY --from` and mounts (`dockerfile2llb/convert.go`, `dispatch`; a stage has to be
//! dispatched before), and takes them for images in `FROM`.

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::model::{Base, ReferenceKind, StageReference, Target};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::official;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let mut circles = None;
    for reference in &model.references {
        match (reference.kind, reference.target) {
            (ReferenceKind::From, Target::Image) => base(reference, cx),
            (ReferenceKind::Copy | ReferenceKind::Mount, Target::Stage(target))
                if target > reference.stage =>
            {
                // A circle is a fault of its own.
                let circles = circles.get_or_insert_with(|| model.circles());
                if circles.get(target) != circles.get(reference.stage) {
                    report(reference, target, cx);
                }
            }
            _ => {}
        }
    }
}

fn report(reference: &StageReference, target: usize, cx: &mut Context<'_, Dockerfile>) {
    let shown = excerpt(&reference.text);
    let stage = &cx.model.stages[target];
    let from = cx.model.ast.instructions[stage.from].keyword.span;
    let place = stage.name.as_ref().map_or(from, |name| name.span);
    cx.report(
        reference.span,
        format!("stage `{shown}` is defined below this line"),
    )
    .label(place, "it begins here")
    .help("move that stage above this one");
}

/// An image that is named like a later stage.
fn base(reference: &StageReference, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let Some(stage) = model.stages.get(reference.stage) else {
        return;
    };
    let Base::Image(image) = &stage.base else {
        return;
    };
    let Some(name) = image.text().filter(|name| !official::is_official(name)) else {
        return;
    };
    if let Some(later) = model.stage_called(name)
        && later.index > stage.index
        && let Some(place) = &later.name
    {
        let message = format!(
            "`{}` is an image here; the stage of that name is below",
            excerpt(name)
        );
        cx.report(reference.span, message)
            .severity(Severity::Warning)
            .label(place.span, "the stage")
            .help("move that stage above this one, or name the image with its registry or tag");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_reference_is_marked() {
        dockerfile(
            "forward-stage-reference",
            r#"
FROM later AS a
#    ^^^^^ warning: `later` is an image here; the stage of that name is below
COPY --from=2 x y
#           ^ error: stage `2` is defined below this line
COPY --from=Later \
#           ^^^^^ error: stage `Later` is defined below this line
  x y
RUN --mount=type=bind,from=later,target=/x true
#                          ^^^^^ error: stage `later` is defined below this line
FROM later:1
FROM b AS later
"#,
        );
    }

    #[test]
    fn circles_and_the_stage_itself_are_other_faults() {
        dockerfile(
            "forward-stage-reference",
            "FROM x AS a\nCOPY --from=b y z\nCOPY --from=a y z\nFROM x AS b\nCOPY --from=a y z\n",
        );
    }
}
