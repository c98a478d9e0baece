//! Flags additional contexts that are services which do not exist.

use crate::compose::project::Project;
use crate::compose::uses::UsedBy;
use crate::engine::undefined::{is_certain, of, report};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for undefined in of(project, &[UsedBy::AdditionalContexts]) {
        if !is_certain(project, undefined) {
            continue;
        }
        let name = excerpt(&undefined.used.name);
        let message = match &undefined.job {
            Some(_) => format!("`{name}` is a job, and only a service can be a context"),
            None => format!("there is no service `{name}` to be a context"),
        };
        report(
            cx,
            undefined,
            message,
            "name a service of the project that is built",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn both_forms_are_looked_at() {
        compose(
            "undefined-additional-context-service",
            r#"
services:
  a: {build: {context: ., additional_contexts: {one: "service:b", two: service:a}}}
#                                                             ^ error: there is no service `b`
  c: {build: {context: ., additional_contexts: ["one=service:dd", two=../b, "three=service:${S}"]}}
#                                                            ^^ error: `dd` is a job
jobs:
  dd: {build: ., triggers: {manual: true}}
"#,
        );
    }
}
