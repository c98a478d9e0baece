//! Passes on the parser's errors about arguments that are too many.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_surplus_is_marked() {
        dockerfile(
            "extra-arguments",
            r##"
FROM debian:13
HEALTHCHECK NONE # off
#                ^^^^^ `HEALTHCHECK NONE` takes no arguments
"##,
        );
    }
}
