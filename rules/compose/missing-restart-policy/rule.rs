//! Flags services without a restart policy.

use std::collections::HashSet;

use crate::compose::depends::Condition;
use crate::compose::extent::{Extent, is_for_development};
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    if project.extent == Extent::Part || is_for_development(&cx.source.path) {
        return;
    }
    let waiting = project
        .merged
        .containers()
        .flat_map(|owned| &owned.container.depends_on);
    let completed: HashSet<&str> = waiting
        .filter(|dependency| dependency.condition() != Some(Condition::Started))
        .filter(|dependency| dependency.condition() != Some(Condition::Healthy))
        .filter_map(|dependency| dependency.service.value.known())
        .collect();
    for service in &project.merged.services {
        let has_policy = service.restart.is_some()
            || service
                .deploy
                .as_ref()
                .is_some_and(|deploy| deploy.value.restart_policy.is_some());
        let is_other = service.provider.is_some()
            || service.profiles.is_set()
            || completed.contains(&*service.name.value)
            || service
                .scale
                .as_ref()
                .is_some_and(|scale| scale.value.is(&0));
        if !has_policy && !is_other {
            report(service, cx);
        }
    }
}

fn report(service: &Service, cx: &mut Context<'_, Project>) {
    let image = service.container.image.as_ref().map(|image| image.whole());
    let image = image.filter(|image| image.file == service.name.at.file);
    let edit = image.and_then(|image| {
        edit::insert_entry_behind(
            cx.model.text(image.file),
            image.span,
            "restart: unless-stopped",
        )
    });
    let message = format!(
        "`{}` does not come back once it is down",
        service.name.value
    );
    let finding = cx.report(service.name.at, message);
    finding.help("set `restart: unless-stopped`, or `restart: \"no\"` if it is to run once");
    if let Some(edit) = edit {
        let title = "restart it unless somebody stopped it";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_name_is_marked() {
        compose(
            "missing-restart-policy",
            r#"
services:
  a: {image: a, depends_on: [b]}
# ^ `a` does not come back once it is down
  b: {image: b, restart: "no"}
  c: {extends: a}
# ^ `c` does not come back
  d: {provider: {type: x}}
  e: {image: e, restart: "${R}", depends_on: {f: {condition: "${C}"}}}
  f: {image: f}
"#,
        );
    }
}
