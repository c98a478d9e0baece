//! Passes on the parser's errors about flags that an instruction does not have.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_flag_is_marked_with_its_value() {
        dockerfile(
            "unknown-flag",
            r##"
FROM debian:13
COPY --form=build /a /b
#    ^^^^^^^^^^^^ `COPY` has no flag `--form`
ENV --global A=b
#   ^^^^^^^^ `ENV` has no flag `--global`
"##,
        );
    }

    #[test]
    fn a_trigger_is_looked_at() {
        dockerfile(
            "unknown-flag",
            r##"
FROM debian:13
ONBUILD COPY --fron=x /a /b
#            ^^^^^^^^ `COPY` has no flag `--fron`
"##,
        );
    }

    #[test]
    fn flags_behind_the_first_argument_are_arguments() {
        dockerfile(
            "unknown-flag",
            r##"
FROM debian:13
RUN curl --mount
COPY a --form=b c/
"##,
        );
    }
}
