//! Flags `COPY --from` and `RUN --mount=from=` of the very stage that they stand in.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::model::{ReferenceKind, Target};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    for reference in &model.references {
        if reference.kind != ReferenceKind::From
            && reference.target == Target::Stage(reference.stage)
        {
            let shown = excerpt(&reference.text);
            let finding = cx.report(
                reference.span,
                format!("`{shown}` is the stage that this line is in"),
            );
            finding.help("name the stage that has the files");
            let stage = model.stages.get(reference.stage);
            if let Some(name) = stage.and_then(|stage| stage.name.as_ref()) {
                finding.label(name.span, "the stage");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_name_or_number_is_marked() {
        dockerfile(
            "copy-from-self",
            r#"
FROM a AS b
COPY --from=B \
#           ^ `B` is the stage that this line is in
  c d
COPY --from=0 c d
#           ^ `0` is the stage that this line is in
RUN --mount=type=bind,from=b,target=/e --mount=from=0,target=/f true
#                          ^ `b` is the stage that this line is in
COPY --from=b:1 c d
FROM b
COPY --from=b c d
"#,
        );
    }

    #[test]
    fn a_trigger_is_resolved_where_it_runs() {
        dockerfile(
            "copy-from-self",
            r#"
FROM a AS b
ONBUILD COPY --from=c d e
#                   ^ `c` is the stage that this line is in
FROM b AS c
"#,
        );
    }
}
