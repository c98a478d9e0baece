//! Flags secrets that a container uses and the project does not declare.

use crate::compose::project::Project;
use crate::compose::uses::UsedBy;
use crate::diagnostic::Severity;
use crate::engine::undefined::{is_certain, of, report};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for undefined in of(project, &[UsedBy::Secrets]) {
        if is_certain(project, undefined) {
            let name = excerpt(&undefined.used.name);
            let message = format!("the secret `{name}` is not declared");
            let finding = report(cx, undefined, message, "declare it under `secrets`");
            // Compose loads such a project; only the step fails.
            if undefined.is_step {
                finding.severity(Severity::Warning);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{check, compose};
    use crate::workspace::kind::Kind;

    #[test]
    fn every_container_is_looked_at() {
        compose(
            "undefined-secret",
            r#"
services:
  a:
    image: x
    secrets: [one, "two", {source: three}, "${N}"]
#                   ^^^ error: the secret `two` is not declared
#                                  ^^^^^ the secret `three` is not declared
    pre_start:
      - {image: y, secrets: [four]}
#                            ^^^^ warning: the secret `four` is not declared
  b: {image: x, profiles: [p], secrets: ["${N:-five}"]}
#                                              ^^^^ the secret `five` is not declared
secrets:
  one: {file: ./one}
"#,
        );
    }

    #[test]
    fn anchors_report_once_and_parts_are_left_alone() {
        compose(
            "undefined-secret",
            "
x-a: &a {secrets: [b]}
#                  ^ the secret `b` is not declared
services:
  c: {<<: *a, image: x}
  d: {<<: *a, image: x}
",
        );
        let text = "services: {a: {image: x, secrets: [b]}}\n";
        for path in ["compose.override.yaml", "compose.prod.yaml"] {
            check(
                "undefined-secret",
                &serde_json::Value::Null,
                path,
                Kind::Compose,
                text,
            );
        }
    }
}
