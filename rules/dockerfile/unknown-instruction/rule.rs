//! Passes on the parser's errors about words that are no instruction.

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
            "unknown-instruction",
            r##"
FROM debian:13
WROKDIR /src
#^^^^^^ `WROKDIR` is no instruction
"##,
        );
    }

    #[test]
    fn a_word_far_from_any_keyword_is_marked() {
        dockerfile(
            "unknown-instruction",
            r##"
FROM debian:13
include common.dockerfile
#^^^^^^ `include` is no instruction
"##,
        );
    }

    #[test]
    fn a_lost_continuation_is_named() {
        dockerfile(
            "unknown-instruction",
            r##"
FROM debian:13
RUN apt-get update
  && apt-get upgrade
# ^^ `&&` is no instruction; the line before it does not go on
"##,
        );
    }
}
