//! Passes on the parser's errors about flags without a value.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_flag_is_marked() {
        dockerfile(
            "flag-missing-value",
            r##"
FROM debian:13
COPY --from build /a /b
#    ^^^^^^ `--from` has no value
"##,
        );
    }

    #[test]
    fn a_switch_needs_none() {
        dockerfile(
            "flag-missing-value",
            r##"
FROM debian:13
COPY --link /a /b
COPY --link= /a /b
#    ^^^^^^^ `--link=` has no value
COPY --from= --chown=$A /a /b
#    ^^^^^^^ warning: `--from=` has no value and so no effect
HEALTHCHECK --interval= CMD a
#           ^^^^^^^^^^^ warning: `--interval=` has no value
"##,
        );
    }
}
