//! Passes on the parser's errors about instructions with too few arguments.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_instruction_is_marked() {
        dockerfile(
            "missing-arguments",
            r##"
FROM debian:13
EXPOSE
#^^^^^ `EXPOSE` has no arguments
ADD --chown=a b
#^^^^^^^^^^^^^^ `ADD` has no destination for `b`
"##,
        );
    }

    #[test]
    fn an_empty_path_is_marked() {
        dockerfile(
            "missing-arguments",
            r##"
FROM debian:13
VOLUME ["/data", ""]
#                ^^ a path of `VOLUME` is empty
VOLUME "" /a
#      ^^ a path of `VOLUME` is empty
SHELL []
#     ^^ `SHELL` names no program
"##,
        );
    }

    #[test]
    fn commands_may_be_empty() {
        dockerfile(
            "missing-arguments",
            r##"
FROM debian:13
ENTRYPOINT []
CMD
"##,
        );
    }
}
