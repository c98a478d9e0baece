//! Passes on the parser's errors about variables in `--from`.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_value_is_marked() {
        dockerfile(
            "variable-in-from-flag",
            r#"
FROM debian:13
COPY --from=a:$B /a /b
#           ^^^^ `a:$B` in `--from` is not replaced
RUN --mount=from=$A,target=/a true
#                ^^ `$A` in `from` is not replaced
COPY --from=a /$A /b
"#,
        );
    }
}
