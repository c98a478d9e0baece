//! Flags additional contexts that are services without a build.

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::uses::UsedBy;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    if project.extent != Extent::Whole {
        return;
    }
    for owned in project.merged.containers() {
        let builds = owned.container.build.as_ref();
        if builds.is_none_or(|build| build.value.additional_contexts.is_empty()) {
            continue;
        }
        let uses = owned.container.uses().into_iter();
        for used in uses.filter(|used| used.by == UsedBy::AdditionalContexts) {
            let Some(service) = project.service(&used.name) else {
                continue;
            };
            if service.container.build.is_some() {
                continue;
            }
            let name = excerpt(&used.name);
            let finding = cx.report(used.at, format!("the service `{name}` is not built"));
            finding.help("name a service with a `build`, or write `docker-image://` and an image");
            finding.label(service.name.at, "it has no `build`");
            let image = service.container.image.as_ref();
            let Some(image) = image.and_then(|image| image.value.literal()) else {
                continue;
            };
            // What stands before the name is `service:` as it is written, or there is no fix.
            let text = project.text(used.at.file);
            let prefix = Span::new(
                used.at.span.start.saturating_sub(SERVICE.len() as u32),
                used.at.span.end,
            );
            if used.is_literal
                && text
                    .get(prefix.range())
                    .is_some_and(|all| all.starts_with(SERVICE))
            {
                let edit = Edit::replace(prefix, format!("docker-image://{image}"));
                let title = "take the image from its registry";
                finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
            }
        }
    }
}

const SERVICE: &str = "service:";

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn services_need_a_build() {
        compose(
            "additional-context-not-buildable",
            r#"
services:
  a: {build: {context: ., additional_contexts: {one: "service:b", two: service:c, three: service:d}}}
#                                                             ^ error: the service `b` is not built
  b: {image: "${I}"}
  c: {build: .}
jobs:
  e: {build: {context: ., additional_contexts: [one=service:b]}, triggers: {manual: true}}
#                                                           ^ the service `b` is not built
"#,
        );
    }
}
