//! Flags services that depend on jobs.

use std::collections::HashMap;

use crate::compose::project::Project;
use crate::compose::schema::Space;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Location;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let documents = || project.merged.documents();
    let jobs = documents().flat_map(|document| document.jobs.iter());
    let jobs: HashMap<&str, Location> = jobs.map(|job| (&*job.name.value, job.name.at)).collect();
    if jobs.is_empty() {
        return;
    }
    for service in documents().flat_map(|document| document.services.iter()) {
        for used in service.uses() {
            let is_service = matches!(used.space, Space::Service | Space::ServiceOrJob);
            // A build takes no context from a job either, which is said of contexts.
            let is_context = used.by == crate::compose::uses::UsedBy::AdditionalContexts;
            if !is_service || is_context || project.merged.declares(Space::Service, &used.name) {
                continue;
            }
            if let Some(job) = jobs.get(&*used.name) {
                let name = excerpt(&used.name);
                cx.report(
                    used.at,
                    format!("`{name}` is a job, and no service can depend on one"),
                )
                .help("make it a service that ends, or a step of `pre_start`")
                .label(*job, "the job");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn every_dependency_counts() {
        compose(
            "service-depends-on-job",
            r#"
services:
  a: {image: x, depends_on: ["j", b], links: [j:k], network_mode: "service:j"}
#                             ^ error: `j` is a job
#                                             ^ error: `j` is a job
#                                                                          ^ error: `j` is a job
  b: {image: x}
jobs:
  j: {image: x, depends_on: [k], triggers: {manual: true}}
  k: {image: x, triggers: {manual: true}}
"#,
        );
    }
}
