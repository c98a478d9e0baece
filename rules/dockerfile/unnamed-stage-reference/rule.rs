//! Flags `COPY --from` with the number of an earlier stage.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::model::{ReferenceKind, StageReference, Target};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    for reference in &model.references {
        let (ReferenceKind::Copy, Target::Stage(target)) = (reference.kind, reference.target)
        else {
            continue;
        };
        // A number from here on or below is a finding of its own, and a name of digits none.
        if target >= reference.stage || reference.text.parse::<i64>().is_err() {
            continue;
        }
        let Some(stage) = model.stages.get(target) else {
            continue;
        };
        let from = model.ast.instructions[stage.from].keyword.span;
        let place = stage.name.as_ref().map_or(from, |name| name.span);
        let message = format!(
            "stage is called by its number, {}",
            excerpt(&reference.text)
        );
        cx.report(reference.span, message)
            .label(place, "this stage")
            .help("call the stage by a name")
            .fixes
            .extend(fix(model, reference, stage));
    }
}

fn fix(model: &Dockerfile, reference: &StageReference, stage: &Stage) -> Option<Fix> {
    if let Some(name) = &stage.name {
        // Where several stages have the name, it means the last one.
        let meant = model.stage_called(&name.value)?;
        let edit = Edit::replace(reference.span, &*name.value);
        let title = format!("call it `{}`", excerpt(&name.value));
        return (meant.index == stage.index)
            .then(|| Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
    let name = format!("stage-{}", stage.index);
    let instruction = model.ast.instructions.get(stage.from)?;
    let InstructionKind::From(from) = &instruction.kind else {
        return None;
    };
    let end = from.image.as_ref()?.span.end;
    if model.stage_called(&name).is_some() || from.as_keyword.is_some() {
        return None;
    }
    let keyword = match &*instruction.keyword.value {
        "from" => "as",
        _ => "AS",
    };
    let edits = vec![
        Edit::insert(end, format!(" {keyword} {name}")),
        Edit::replace(reference.span, &*name),
    ];
    Some(Fix::new(
        format!("name it `{name}`"),
        Applicability::Unsafe,
        edits,
    ))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_number_is_marked() {
        dockerfile(
            "unnamed-stage-reference",
            r#"
FROM a
FROM b AS c
COPY --from=0 \
#           ^ stage is called by its number, 0
  d e
COPY --from=1 d e
COPY --from=2 d e
COPY --from=7 d e
RUN --mount=from=0,target=/f true
FROM g
COPY --from=c d e
"#,
        );
    }

    #[test]
    fn every_use_gets_the_same_name() {
        let before = "from a\nFROM b\nCOPY --from=0 c d\nCOPY --from=0 e f\n";
        let after = "from a as stage-0\nFROM b\nCOPY --from=stage-0 c d\nCOPY --from=stage-0 e f\n";
        assert_eq!(
            fixed("unnamed-stage-reference", Applicability::Unsafe, before),
            after
        );
    }
}
