//! Passes on the parser's errors about the words of `FROM`.

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
            "invalid-from-arguments",
            r##"
FROM debian:13 # trixie
#              ^^^^^^^^ `#` is neither `AS` nor a comment
FROM debian:13 AS base image
#                      ^^^^^ `image` is one word too many for `FROM`
FROM debian:13 AS
#              ^^ `AS` is not followed by a name
"##,
        );
    }

    #[test]
    fn a_from_without_an_image_is_marked() {
        dockerfile(
            "invalid-from-arguments",
            r##"
FROM
#^^^ `FROM` names no image
"##,
        );
    }
}
