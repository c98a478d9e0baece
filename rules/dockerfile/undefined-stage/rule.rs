//! Flags `COPY --from` and `RUN --mount=from` with a name or number that no stage has.
//!
//! BuildKit takes a name that is no stage's for an image (`dockerfile2llb/convert.go`, `toCommand`), and
//! refuses a number without a stage; a mount takes no numbers (`convert_runmount.go`).

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::model::{ReferenceKind, StageReference, Target};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::image::ImageReference;
use crate::knowledge::{images, official};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    for reference in &model.references {
        match (reference.kind, reference.target) {
            (ReferenceKind::From, _) => {}
            (_, Target::NoStage) => number(reference, cx),
            (_, Target::Image) => name(reference, cx),
            (_, Target::Stage(_) | Target::Scratch | Target::Unresolved) => {}
        }
    }
}

fn number(reference: &StageReference, cx: &mut Context<'_, Dockerfile>) {
    let shown = excerpt(&reference.text);
    let message = match cx.model.stages.len() - 1 {
        0 => format!("there is no stage {shown}; the only one is 0"),
        last => format!("there is no stage {shown}; the last one is {last}"),
    };
    cx.report(reference.span, message)
        .severity(Severity::Error)
        .help("name the stage instead of counting");
}

fn name(reference: &StageReference, cx: &mut Context<'_, Dockerfile>) {
    let text = &*reference.text;
    let model = cx.model;
    let Some(stage) = model.stages.get(reference.stage) else {
        return;
    };
    if let Ok(index) = text.parse::<usize>() {
        let message = format!("`{text}` is taken for an image; a mount knows stages by name only");
        let earlier = model.stages[..stage.index].get(index);
        let fix = earlier.and_then(|stage| rename(reference, stage));
        cx.report(reference.span, message)
            .help("name the stage instead of counting")
            .fixes
            .extend(fix);
        return;
    }
    let parsed = ImageReference::parse(text);
    let is_known = |image| images::image(image).is_some();
    if text.contains(['/', ':', '@'])
        || official::is_official(text)
        || parsed.as_ref().is_ok_and(is_known)
    {
        return;
    }
    let shown = excerpt(text);
    if let Some(similar) = model.similar_stage(stage, text)
        && let Some(name) = &similar.name
    {
        let finding = cx.report(reference.span, format!("no stage is called `{shown}`"));
        finding.label(name.span, "this one has nearly that name");
        finding.help(format!("did you mean `{}`?", name.value));
        finding.fixes.extend(rename(reference, similar));
    } else if parsed.is_err() {
        let message = format!("no stage is called `{shown}`, and no image can be");
        cx.report(reference.span, message)
            .help("name a stage, or give the build a context of this name");
    } else {
        let message =
            format!("no stage is called `{shown}`; the build looks for a context or image");
        cx.report(reference.span, message)
            .severity(Severity::Info)
            .help("name a stage, or write an image with its registry and tag");
    }
}

fn rename(reference: &StageReference, stage: &Stage) -> Option<Fix> {
    let name = &stage.name.as_ref()?.value;
    Some(Fix::new(
        format!("name the stage `{name}`"),
        Applicability::Unsafe,
        vec![Edit::replace(reference.span, &**name)],
    ))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "undefined-stage",
            r#"
FROM a AS build
FROM b
COPY --from=biuld --chown=1 x y
#           ^^^^^ warning: no stage is called `biuld`
COPY --from=-1 x y
#           ^^ error: there is no stage -1; the last one is 2
COPY --from=3 x y
#           ^ error: there is no stage 3; the last one is 2
COPY --from=BASE x y
#           ^^^^ warning: no stage is called `BASE`, and no image can be
RUN --mount=type=bind,from=deps,target=/x y
#                          ^^^^ info: no stage is called `deps`; the build looks for a context or image
COPY --from=scratch x y
COPY --from=$D x y
FROM c AS later
"#,
        );
    }

    #[test]
    fn later_stages_and_the_stage_itself_are_other_faults() {
        dockerfile(
            "undefined-stage",
            "FROM a AS b\nCOPY --from=b x y\nCOPY --from=c x y\nCOPY --from=1 x y\nFROM d AS c\n",
        );
    }

    #[test]
    fn triggers_are_resolved_where_they_are_run() {
        dockerfile("undefined-stage", "FROM a\nONBUILD COPY --from=b x y\n");
        dockerfile(
            "undefined-stage",
            r#"
FROM a AS one
ONBUILD COPY --from=6 x y
#                   ^ error: there is no stage 6; the last one is 1
FROM one
"#,
        );
    }
}
