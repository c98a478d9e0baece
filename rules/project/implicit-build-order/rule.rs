//! Flags builds that begin with the image of another service, where nothing says that it is built first.
//!
//! Compose builds services at the same time; `depends_on` is about starting containers, not about building them.

use std::collections::HashMap;

use super::missing_additional_context::from_service;
use crate::compose::project::Project;
use crate::dockerfile::model::{Base, ReferenceKind, Target};
use crate::engine::built::BuildUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::image::ImageReference;
use crate::text::Location;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.builds(check);
}

fn check(builds: &[BuildUse<'_>], cx: &mut Context<'_, Project>) {
    let mut made: HashMap<String, (usize, Location)> = HashMap::new();
    for (number, used) in builds.iter().enumerate() {
        if let Some(image) = &used.container.image
            && let Some(name) = image.value.known().and_then(identity)
        {
            made.entry(name).or_insert((number, image.text_at()));
        }
    }
    if made.is_empty() || builds.len() < 2 {
        return;
    }
    for (number, used) in builds.iter().enumerate() {
        if used.is_settled(cx.model) {
            of_build(number, used, builds, &made, cx);
        }
    }
}

fn identity(image: &str) -> Option<String> {
    ImageReference::parse(image).ok()?.identity()
}

fn of_build(
    number: usize,
    used: &BuildUse<'_>,
    builds: &[BuildUse<'_>],
    made: &HashMap<String, (usize, Location)>,
    cx: &mut Context<'_, Project>,
) {
    let Some(reading) = used.reading() else {
        return;
    };
    // The image may be this one's own, from the last time.
    let own = used.container.image.as_ref();
    let own = own.and_then(|image| image.value.known().and_then(identity));
    let contexts = &used.build.value.additional_contexts;
    let named = |image: &str| {
        let mut names = contexts.iter();
        names.any(|pair| {
            let name = pair.name.value.text();
            name == image || identity(name) == identity(image)
        })
    };
    let model = reading.model();
    for stage in model
        .stages
        .iter()
        .filter(|stage| reading.needs(stage.index))
    {
        for reference in model.references_of(stage) {
            if reference.target != Target::Image {
                continue;
            }
            let text = match (&stage.base, reference.kind) {
                (Base::Image(image), ReferenceKind::From) => image.text(),
                _ => Some(&*reference.text),
            };
            let Some((text, name)) = text.and_then(|text| Some((text, identity(text)?))) else {
                continue;
            };
            let Some((other, at)) = made.get(&name) else {
                continue;
            };
            if *other == number || own.as_ref() == Some(&name) || named(text) {
                continue;
            }
            let service = &builds[*other].owner.value;
            let message = format!(
                "the build needs the image of `{}`, and nothing says that it comes first",
                excerpt(service)
            );
            let fix = from_service(used, text, service, cx.model);
            let finding = cx.report(used.build.key, message);
            finding.label(reading.file.location(reference.span), "taken from here");
            finding.label(*at, "built under this name");
            finding.help(format!(
                "write `additional_contexts: {{ \"{}\": \"service:{}\" }}` below `build`",
                excerpt(text),
                excerpt(service)
            ));
            finding.fixes.extend(fix);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_build_is_marked() {
        let files = [
            ("base/Dockerfile", "FROM debian:13\n"),
            ("app/Dockerfile", "FROM example/base\nRUN x\n"),
            (
                "copy/Dockerfile",
                "FROM debian:13\nCOPY --from=example/base:latest a b\n",
            ),
            ("arg/Dockerfile", "ARG BASE=example/base\nFROM $BASE\n"),
            ("other/Dockerfile", "FROM example/base:2\n"),
        ];
        compose_among(
            "implicit-build-order",
            &files,
            "compose.yaml",
            r#"
services:
  base: {build: base, image: "docker.io/example/base:latest"}
  a: {build: app, depends_on: [base]}
#     ^^^^^ warning: the build needs the image of `base`, and nothing says that it comes first
  b: {build: copy}
#     ^^^^^ warning: the build needs the image of `base`
  c: {build: arg}
#     ^^^^^ warning: the build needs the image of `base`
  d: {build: other}
  e: {build: {context: app, additional_contexts: {example/base: "service:base"}}}
  f: {build: {context: app, additional_contexts: ["docker.io/example/base:latest=service:base"]}}
  g: {build: app, image: example/base}
"#,
        );
    }
}
