//! Flags builds that begin with the name of another service, which only an additional context makes an image.

use crate::compose::project::Project;
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::model::Target;
use crate::engine::built::BuildUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::image::ImageReference;
use crate::knowledge::official::is_official;
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.builds(check);
}

fn check(builds: &[BuildUse<'_>], cx: &mut Context<'_, Project>) {
    let project = cx.model;
    let images = project.merged.containers().filter_map(|owned| {
        let image = owned.container.image.as_ref()?;
        ImageReference::parse(image.value.known()?).ok()?.identity()
    });
    let images: std::collections::HashSet<String> = images.collect();
    for used in builds.iter().filter(|used| used.is_settled(project)) {
        let Some(reading) = used.reading() else {
            continue;
        };
        let model = reading.model();
        let contexts = &used.build.value.additional_contexts;
        let mut stages = model
            .stages
            .iter()
            .filter(|stage| reading.needs(stage.index));
        let found = stages.find_map(|stage| {
            model.references_of(stage).iter().find(|reference| {
                let name = &*reference.text;
                reference.target == Target::Image
                    && name != &*used.owner.value
                    && !is_official(name)
                    && !images.contains(&format!("{name}:latest"))
                    && contexts.iter().all(|pair| pair.name.value.text() != name)
                    && project
                        .service(name)
                        .is_some_and(|service| service.container.build.is_some())
            })
        });
        let Some(reference) = found else {
            continue;
        };
        let name = &*reference.text;
        let message = format!(
            "the build takes the service `{}` for an image, and is not given it",
            excerpt(name)
        );
        let finding = cx.report(used.build.key, message);
        finding.label(reading.file.location(reference.span), "taken from here");
        if let Some(service) = project.service(name) {
            finding.label(service.name.at, "the service");
        }
        finding.help(format!(
            "write `additional_contexts: {{ {0}: \"service:{0}\" }}` below `build`",
            excerpt(name)
        ));
        finding
            .fixes
            .extend(from_service(used, name, name, project));
    }
}

/// Gives a build the image of a service under a name.
pub(super) fn from_service(
    used: &BuildUse<'_>,
    name: &str,
    service: &str,
    project: &Project,
) -> Option<Fix> {
    if used.build.value.additional_contexts.is_set() {
        return None;
    }
    let name = edit::double_quoted(name);
    let value = edit::double_quoted(&format!("service:{service}"));
    let entry = format!("additional_contexts: {{{name}: {value}}}");
    Some(Fix::new(
        format!("give the build what `{service}` is built as; it is then built first"),
        Applicability::Unsafe,
        vec![used.addition(&entry, project)?],
    ))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_build_is_marked() {
        let files = [
            ("base/Dockerfile", "FROM debian:13\n"),
            ("app/Dockerfile", "FROM base\nCOPY --from=redis a b\n"),
            (
                "copy/Dockerfile",
                "FROM debian:13 AS x\nFROM debian:13\nCOPY --from=base a b\n",
            ),
            ("own/Dockerfile", "FROM debian:13 AS base\nFROM base\n"),
        ];
        compose_among(
            "missing-additional-context",
            &files,
            "compose.yaml",
            r#"
services:
  base: {build: base}
  redis: {build: base}
  a: {build: app}
#     ^^^^^ warning: the build takes the service `base` for an image, and is not given it
  b: {build: {context: copy}}
#     ^^^^^ warning: the build takes the service `base`
  c: {build: {context: app, additional_contexts: {base: "service:base"}}}
  d: {build: own}
  e: {build: {context: copy, target: x}}
"#,
        );
        let text = r"
services:
  base: {build: base, image: base}
  a: {build: app}
";
        compose_among("missing-additional-context", &files, "compose.yaml", text);
    }
}
