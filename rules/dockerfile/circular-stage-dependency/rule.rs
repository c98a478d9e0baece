//! Flags references to later stages that need the stage themselves.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::model::Target;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let mut circles = None;
    for reference in &model.references {
        let Target::Stage(target) = reference.target else {
            continue;
        };
        // Every circle has such a reference; a stage that takes from itself is a fault of its own.
        if target <= reference.stage {
            continue;
        }
        let circles = circles.get_or_insert_with(|| model.circles());
        if circles.get(target) != circles.get(reference.stage) {
            continue;
        }
        let shown = excerpt(&reference.text);
        let stage = &model.stages[target];
        let from = model.ast.instructions[stage.from].keyword.span;
        let place = stage.name.as_ref().map_or(from, |name| name.span);
        cx.report(
            reference.span,
            format!("stage `{shown}` needs this stage itself"),
        )
        .label(place, "the other stage")
        .help("move what both need into a stage of its own above them");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_reference_that_leads_down_is_marked() {
        dockerfile(
            "circular-stage-dependency",
            r#"
FROM x AS a
COPY --from=c \
#           ^ stage `c` needs this stage itself
  y z
FROM a AS b
RUN --mount=from=d,target=/y true
FROM x AS c
COPY --from=b y z
COPY --from=c y z
FROM x AS d
"#,
        );
    }
}
