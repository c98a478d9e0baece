//! Passes on the parser's errors about health checks.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_value_or_the_word_is_marked() {
        dockerfile(
            "invalid-healthcheck",
            r#"
FROM nginx:1.29
HEALTHCHECK --interval=30 --timeout=1us --retries=x CMD true
#                      ^^ `30` has no unit
#                                   ^^^ `--timeout` is shorter than 1ms
#                                                 ^ `x` is no number of retries
HEALTHCHECK curl localhost
#           ^^^^ `curl` is neither `CMD` nor `NONE`
HEALTHCHECK cmd
#           ^^^ `HEALTHCHECK CMD` is not followed by a command
"#,
        );
    }
}
