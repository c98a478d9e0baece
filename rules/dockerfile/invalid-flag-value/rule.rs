//! Passes on the parser's errors about values that a flag does not take.

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
            "invalid-flag-value",
            r##"
FROM debian:13
COPY --link=yes a b
#           ^^^ `yes` is neither `true` nor `false`
COPY --chmod=999 a b
#            ^^^ `999` is no file mode
RUN --security=none make
#              ^^^^ `none` is no security mode
"##,
        );
    }

    #[test]
    fn a_variable_is_left_alone() {
        dockerfile(
            "invalid-flag-value",
            r##"
FROM debian:13
ARG MODE
COPY --chmod=$MODE a b
"##,
        );
    }
}
