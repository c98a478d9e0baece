//! Flags jobs that are called like a service.

use crate::compose::project::Project;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for job in project
        .merged
        .documents()
        .flat_map(|document| document.jobs.iter())
    {
        if let Some(service) = project.service(&job.name.value) {
            let name = excerpt(&job.name.value);
            cx.report(job.name.at, format!("there is a service `{name}` as well"))
                .help("give one of them another name")
                .label(service.name.at, "the service");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn names_collide_across_files() {
        compose_among(
            "service-job-name-collision",
            &[("compose.yaml", "services: {a: {image: x}, b: {image: x}}\n")],
            "compose.override.yaml",
            r#"
jobs:
  "a": {image: x, triggers: {manual: true}}
# ^^^ error: there is a service `a` as well
  c: {image: x, triggers: {manual: true}}
"#,
        );
    }
}
