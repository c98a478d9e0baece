//! Flags models that a container uses and the project does not declare.

use crate::compose::project::Project;
use crate::compose::uses::UsedBy;
use crate::engine::undefined::{is_certain, of, report};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for undefined in of(project, &[UsedBy::Models]) {
        if is_certain(project, undefined) {
            let name = excerpt(&undefined.used.name);
            let message = format!("the model `{name}` is not declared");
            report(cx, undefined, message, "declare it under `models`");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn both_forms_are_looked_at() {
        compose(
            "undefined-model",
            r#"
services:
  a: {image: x, models: [one, "two"]}
#                              ^^^ error: the model `two` is not declared
  b:
    image: x
    models:
      three: {}
#     ^^^^^ the model `three` is not declared
models: {one: {model: ai/x}}
"#,
        );
    }
}
