//! Flags secrets that a build uses and the project does not declare.

use crate::compose::project::Project;
use crate::compose::uses::UsedBy;
use crate::engine::undefined::{is_certain, of, report};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for undefined in of(project, &[UsedBy::BuildSecrets]) {
        if is_certain(project, undefined) {
            let name = excerpt(&undefined.used.name);
            let message = format!("the secret `{name}` of the build is not declared");
            report(cx, undefined, message, "declare it under `secrets`");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn both_forms_are_looked_at() {
        compose(
            "undefined-build-secret",
            r#"
services:
  a:
    build:
      context: .
      secrets: [one, "two", {source: three}]
#                     ^^^ error: the secret `two` of the build is not declared
#                                    ^^^^^ the secret `three` of the build is not declared
    secrets: [four]
secrets: {one: {file: ./one}}
"#,
        );
    }
}
