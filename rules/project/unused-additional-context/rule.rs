//! Flags additional contexts that no stage of the build takes anything from.

use std::collections::HashSet;

use crate::compose::project::Project;
use crate::compose::value::PairsForm;
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::model::{Base, ReferenceKind};
use crate::engine::built::{BuildUse, Reading};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::image::ImageReference;
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let contexts = &used.build.value.additional_contexts;
    let Some(origin) = contexts.origin.as_ref() else {
        return;
    };
    if contexts.is_empty()
        || origin.via.is_some()
        || used.build.via.is_some()
        || !used.is_settled(cx.model)
    {
        return;
    }
    let Some(reading) = used.reading().filter(|reading| !reading.is_open()) else {
        return;
    };
    if reading.may_be_made_of_triggers() {
        return;
    }
    let Some(taken) = taken(&reading) else {
        return;
    };
    for pair in contexts.iter().filter(|pair| pair.via.is_none()) {
        // What is not `NAME=VALUE` is refused.
        let name = pair.name.value.known().filter(|name| !name.is_empty());
        let Some(name) = name.filter(|_| pair.value.is_some()) else {
            continue;
        };
        let is_stage = reading.model().stage_called(name).is_some();
        if is_stage || taken.contains(&identity(name)) {
            continue;
        }
        let text = cx.model.text(pair.at.file);
        let removal = match (contexts.items.len(), contexts.form) {
            (1, _) => edit::remove_entry(text, edit::entry(origin.key.span, origin.at.span)),
            (_, PairsForm::List) => edit::remove_item(text, pair.at.span),
            (_, PairsForm::Mapping) => edit::remove_entry(text, pair.at.span),
        };
        let message = format!(
            "nothing in the build takes from the context `{}`",
            excerpt(name)
        );
        let finding = cx.report(pair.name.text_at(), message);
        finding.help("take it out, or take from it with `FROM` or `COPY --from`");
        if let Some(edit) = removal {
            finding.fix(Fix::new(
                "take the context out; a step that uses it in another way no longer can",
                Applicability::Unsafe,
                vec![edit],
            ));
        }
    }
}

/// What the stages of the build take from, apart from other stages. `None` if a variable decides.
fn taken(reading: &Reading<'_>) -> Option<HashSet<String>> {
    let model = reading.model();
    let mut taken = HashSet::new();
    for stage in &model.stages {
        if !reading.needs(stage.index) {
            continue;
        }
        for reference in model.references_of(stage) {
            // An argument may bring any name.
            if reference.text.contains('$') {
                return None;
            }
            if let (Base::Image(image), ReferenceKind::From) = (&stage.base, reference.kind) {
                taken.insert(identity(image.text()?));
            }
            taken.insert(identity(&reference.text));
        }
    }
    Some(taken)
}

/// A name as BuildKit compares it (`dockerui/namedcontext.go`): that of an image with all its parts.
fn identity(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let image = ImageReference::parse(&lower).ok();
    image.and_then(|image| image.identity()).unwrap_or(lower)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_name_is_marked() {
        let files = [
            (
                "Dockerfile",
                "FROM debian AS far\nCOPY --from=far-lib a b\nFROM alpine:3 AS base\nFROM base\n\
                COPY --from=lib a b\nRUN --mount=from=tool,target=/t x\n",
            ),
            ("var/Dockerfile", "ARG V\nFROM alpine:$V\nRUN x\n"),
        ];
        compose_among(
            "unused-additional-context",
            &files,
            "compose.yaml",
            r#"
services:
  a:
    build:
      context: .
      additional_contexts:
        lib: ./lib
        tool: ./tool
        docker.io/library/alpine:3: docker-image://debian
        "far-lib": ./far
#       ^^^^^^^^^ info: nothing in the build takes from the context `far-lib`
        other: ./other
#       ^^^^^ info: nothing in the build takes from the context `other`
  b: {build: {context: ., additional_contexts: [libs=./lib]}}
#                                               ^^^^ info: nothing in the build
  c: {build: {context: var, additional_contexts: [libs=./lib]}}
  e: {build: {context: ., additional_contexts: [base=./lib, lib=., tool=.]}}
  d: {build: {context: none, additional_contexts: [libs=./lib]}}
"#,
        );
    }
}
