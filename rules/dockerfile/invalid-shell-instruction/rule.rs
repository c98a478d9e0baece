//! Passes on the parser's errors about `SHELL`.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_arguments_are_marked() {
        dockerfile(
            "invalid-shell-instruction",
            r#"
FROM debian:13
SHELL bash -c
#     ^^^^^^^ `bash -c` is no JSON array
"#,
        );
    }
}
