//! Passes on the parser's error about a file without a stage.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_last_argument_is_marked() {
        dockerfile(
            "empty-dockerfile",
            r##"
ARG VERSION=13
ARG VARIANT=slim
#^^^^^^^^^^^^^^^ the file has no `FROM`, only `ARG`
"##,
        );
    }

    #[test]
    fn one_unfinished_instruction_is_no_empty_file() {
        dockerfile(
            "empty-dockerfile",
            r##"
FROM
"##,
        );
    }
}
