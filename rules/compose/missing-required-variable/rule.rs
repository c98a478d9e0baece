//! Passes on required variables that no file of the project sets.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn empty_and_missing_are_told_apart() {
        compose_among(
            "missing-required-variable",
            &[(".env", "EMPTY=\nSET=a\nUNKNOWN=$ELSE\n")],
            "compose.yaml",
            r#"
services:
  a:
    image: "${SET:?}${EMPTY?}:${EMPTY:?no}"
#                               ^^^^^ warning: `EMPTY` is required and empty
    command: ["${NIX:?no}", "${UNKNOWN:?no}", "${A:-${B:?}}", "$${C:?}"]
#                ^^^ warning: `NIX` is required and not set
    labels: {"${KEY:?}": a}
"#,
        );
    }
}
