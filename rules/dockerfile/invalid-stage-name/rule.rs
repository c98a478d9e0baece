//! Passes on the parser's errors about names of stages.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "invalid-stage-name",
            r##"
FROM debian:13 AS $NAME
#                 ^^^^^ `$NAME` cannot be the name of a stage
"##,
        );
    }
}
