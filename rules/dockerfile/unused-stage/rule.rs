//! Flags stages that no target needs.

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::model::{StageReference, Target};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

/// First words of names of stages that are there to be built with `--target`.
const TARGETS: [&str; 24] = [
    "artifact",
    "artifacts",
    "bin",
    "binaries",
    "binary",
    "check",
    "ci",
    "cross",
    "debug",
    "dev",
    "develop",
    "development",
    "devcontainer",
    "docs",
    "e2e",
    "export",
    "integration",
    "lint",
    "local",
    "release",
    "test",
    "tests",
    "update",
    "validate",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    // A variable can name any stage.
    let is_open = |reference: &StageReference| reference.text.contains('$');
    if model.stages.len() < 2 || model.references.iter().any(is_open) {
        return;
    }
    let mut is_needed: Vec<bool> = model.stages.iter().map(|stage| stage.is_built).collect();
    for reference in &model.references {
        // Also by a stage that is not needed itself: that one is reported.
        if let Target::Stage(target) = reference.target
            && target != reference.stage
            && let Some(needed) = is_needed.get_mut(target)
        {
            *needed = true;
        }
    }
    for (stage, _) in model
        .stages
        .iter()
        .zip(is_needed)
        .filter(|(_, needed)| !needed)
    {
        let Some(from) = model.ast.instructions.get(stage.from) else {
            continue;
        };
        // Without an image it is no stage that somebody wrote on purpose.
        if !matches!(&from.kind, InstructionKind::From(from) if from.image.is_some()) {
            continue;
        }
        match &stage.name {
            Some(name) if is_target(&name.value) => {}
            Some(name) => {
                let message = format!("nothing takes from stage `{}`", excerpt(&name.value));
                cx.report(name.span, message)
                    .severity(Severity::Info)
                    .help("remove it, unless it is built with `--target`");
            }
            None => {
                cx.report(from.keyword.span, "nothing takes from this stage")
                    .help("remove it, or give it a name and use that");
            }
        }
    }
}

fn is_target(name: &str) -> bool {
    let first = name.split(['-', '_', '.']).next().unwrap_or_default();
    TARGETS
        .iter()
        .any(|target| target.eq_ignore_ascii_case(first))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_first_of_what_is_not_needed_is_marked() {
        dockerfile(
            "unused-stage",
            r#"
FROM a AS used
FROM a AS deep
FROM deep AS middle
FROM x AS \
  top
# ^^^ info: nothing takes from stage `top`
RUN --mount=from=middle,target=/b true
FROM used AS Dev-envs
from a
#^^^ warning: nothing takes from this stage
FROM used
"#,
        );
    }
}
