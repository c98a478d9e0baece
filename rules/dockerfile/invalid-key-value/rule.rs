//! Passes on the parser's errors about words that should be pairs.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_word_is_marked() {
        dockerfile(
            "invalid-key-value",
            r##"
FROM debian:13
ENV A=b c D=e
#       ^ `c` has no `=`
LABEL a
#     ^ `a` has no value
"##,
        );
    }

    #[test]
    fn the_old_form_has_none() {
        dockerfile(
            "invalid-key-value",
            r##"
FROM debian:13
ENV A b c
"##,
        );
    }
}
