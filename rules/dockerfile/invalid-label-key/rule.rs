//! Flags keys of labels that do not follow Docker's guidelines.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Label;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::labels::{KeyFault, key_fault};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.label(check);
}

fn check(label: &Placed<'_, Label>, cx: &mut Context<'_, Dockerfile>) {
    for pair in &label.pairs {
        if pair.key.has_variables() {
            continue;
        }
        let key = pair.key.value();
        let Some(fault) = key_fault(&key) else {
            continue;
        };
        let shown = excerpt(&key);
        let (message, help) = match fault {
            KeyFault::Reserved(prefix) => (
                format!(
                    "the label `{shown}` is in the namespace `{prefix}*`, which is Docker's own"
                ),
                "begin the key with a domain of yours, turned round",
            ),
            KeyFault::Character(odd) if odd.is_uppercase() => (
                format!("the key of the label `{shown}` has the capital `{odd}`"),
                "use lower-case letters, digits, `.` and `-`",
            ),
            KeyFault::Character(odd) => (
                format!(
                    "the key of the label `{shown}` has the character `{}`",
                    excerpt(&odd.to_string())
                ),
                "use lower-case letters, digits, `.` and `-`",
            ),
            KeyFault::Edge(edge) => (
                format!("the key of the label `{shown}` begins or ends with `{edge}`"),
                "begin and end the key with a letter or a digit",
            ),
            KeyFault::RepeatedSeparator => (
                format!("the key of the label `{shown}` has two separators side by side"),
                "keep one of them",
            ),
        };
        cx.report(pair.key.span, message).help(help);
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn keys_are_marked_with_their_quotes() {
        dockerfile(
            "invalid-label-key",
            r#"
FROM debian:13
LABEL a=1 "name of it"=x \
#         ^^^^^^^^^^^^ the key of the label `name of it` has the character ` `
  b-=2 \
# ^^ the key of the label `b-` begins or ends with `-`
  io.docker.x=3
# ^^^^^^^^^^^ the label `io.docker.x` is in the namespace `io.docker.*`, which is Docker's own
ONBUILD LABEL C=1
#             ^ the key of the label `C` has the capital `C`
"#,
        );
    }
}
