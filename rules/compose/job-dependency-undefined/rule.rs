//! Flags dependencies of jobs on things that do not exist.

use crate::compose::project::Project;
use crate::compose::uses::UsedBy;
use crate::engine::undefined::{is_certain, of, report};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for undefined in of(project, &[UsedBy::DependsOn]).filter(|one| one.is_job) {
        if is_certain(project, undefined) {
            let name = excerpt(&undefined.used.name);
            let message = format!("there is no service or job `{name}`");
            report(
                cx,
                undefined,
                message,
                "name a service or a job of the project",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn services_and_jobs_count() {
        compose(
            "job-dependency-undefined",
            r#"
services:
  a: {image: x, depends_on: [d]}
jobs:
  b: {image: x, depends_on: [a, c, "d"], triggers: {manual: true}}
#                                   ^ error: there is no service or job `d`
  c: {image: x, triggers: {manual: true}}
"#,
        );
    }
}
