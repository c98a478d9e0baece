//! Flags arguments without a default that decide on the base of an image, and that nobody gives a value.

use std::collections::HashSet;

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::model::{Base, Lookup};
use crate::engine::built::BuildUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::predefined::predefined;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    // What is missing here may be in another file.
    if cx.model.extent != Extent::Whole {
        return;
    }
    let Some(reading) = used.reading() else {
        return;
    };
    let arguments = &used.build.value.args;
    if arguments
        .iter()
        .any(|pair| pair.name.value.known().is_none())
    {
        return;
    }
    let model = reading.model();
    let globals = model.global_config();
    let mut seen: HashSet<&str> = HashSet::new();
    for stage in &model.stages {
        if !reading.needs(stage.index) || matches!(stage.base, Base::Stage(_) | Base::Scratch) {
            continue;
        }
        let InstructionKind::From(from) = &model.ast.instructions[stage.from].kind else {
            continue;
        };
        let Some(image) = &from.image else {
            continue;
        };
        for reference in image.references() {
            let (name, span) = image.name_of(reference);
            let Lookup::Defined(definition) = globals.lookup(name) else {
                continue;
            };
            let has_alternative = reference.modifier.is_some();
            if !definition.is_unset_by_default
                || has_alternative
                || predefined(name).is_some()
                || arguments.get(name).is_some()
                || !seen.insert(name)
            {
                continue;
            }
            let at = arguments.key().unwrap_or(used.build.key);
            let message = format!(
                "the build begins with an image that `{}` names, and does not say which",
                excerpt(name)
            );
            let fix = fix(used, name, cx.model);
            let finding = cx.report(at, message);
            finding.label(reading.file.location(span), "nothing stands for it here");
            finding.label(
                reading.file.location(definition.name_span),
                "it has no default",
            );
            finding.help(format!("add `{}` to `build.args`", excerpt(name)));
            finding.fixes.extend(fix);
        }
    }
}

/// Takes the argument from the environment of whoever builds.
fn fix(used: &BuildUse<'_>, name: &str, project: &Project) -> Option<Fix> {
    if used.build.value.args.is_set() {
        return None;
    }
    let edit = used.addition(&format!("args: [{name}]"), project)?;
    let title =
        format!("take it from the environment; the build fails until `{name}` is set there");
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_build_or_its_arguments_are_marked() {
        let files = [
            (
                "Dockerfile",
                "ARG BASE\nARG TAG\nARG WITH=1\nFROM far:$TAG AS far\nFROM $BASE:$WITH\n",
            ),
            ("alt/Dockerfile", "ARG BASE\nFROM ${BASE:-debian}\n"),
        ];
        compose_among(
            "build-arg-not-provided",
            &files,
            "compose.yaml",
            r#"
services:
  a: {build: .}
#     ^^^^^ error: the build begins with an image that `BASE` names, and does not say which
  b: {build: {args: [TAG=1]}}
#             ^^^^ error: the build begins with an image that `BASE` names
  c: {build: {args: [BASE=a]}}
  d: {build: {args: [BASE]}}
  e: {build: {args: {BASE: }}}
  f: {build: {target: far, args: {"TAG": $TAG}}}
  g: {build: alt}
  h: {build: {args: [$X=1]}}
"#,
        );
        let text = "services: {a: {build: .}}\n";
        compose_among("build-arg-not-provided", &files, "prod.yaml", text);
    }
}
