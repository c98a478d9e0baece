//! Flags names of stages that are not in lower case.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::model::{ReferenceKind, Target};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Edit, order};

/// How many references are looked through for one name, so that a file of such stages takes no square of time.
const MAX_REFERENCES: usize = 1024;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let Some(name) = &stage.name else { return };
    // Others cannot be names at all.
    if !name.value.is_ascii() || !name.value.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return;
    }
    let model = cx.model;
    let finding = cx.report(
        name.span,
        format!("`{}` has upper-case letters", excerpt(&name.value)),
    );
    let lower = name.value.to_ascii_lowercase();
    finding.help(format!(
        "write `{}`; `FROM` finds only that",
        excerpt(&lower)
    ));
    if model.references.len() > MAX_REFERENCES {
        return;
    }
    let references = model.references.iter().filter(|reference| {
        reference.kind != ReferenceKind::From
            && reference.target == Target::Stage(stage.index)
            && reference.text.eq_ignore_ascii_case(&lower)
            && *reference.text != *lower
    });
    let places = std::iter::once(name.span).chain(references.map(|reference| reference.span));
    let mut edits: Vec<Edit> = places.map(|span| Edit::replace(span, &*lower)).collect();
    // A trigger refers to it once for each stage that runs it.
    order::sort(&mut edits);
    edits.dedup();
    finding.fix(Fix::new(
        "write it in lower case",
        Applicability::Safe,
        edits,
    ));
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "stage-name-case",
            r#"
FROM a AS b
FROM A \
  as Build_1
#    ^^^^^^^ `Build_1` has upper-case letters
COPY --from=Build_1 x y
"#,
        );
    }

    #[test]
    fn references_of_triggers_are_changed_once() {
        let before = "FROM a AS T\nFROM b AS x\nONBUILD COPY --from=T c d\nFROM x\nFROM x\n";
        let after = "FROM a AS t\nFROM b AS x\nONBUILD COPY --from=t c d\nFROM x\nFROM x\n";
        assert_eq!(fixed("stage-name-case", Applicability::Safe, before), after);
    }
}
