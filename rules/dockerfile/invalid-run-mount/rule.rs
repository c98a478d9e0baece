//! Passes on the parser's errors about mounts of `RUN`.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_key_or_the_value_is_marked() {
        dockerfile(
            "invalid-run-mount",
            r#"
FROM debian:13
RUN --mount=type=chache,target=/a true
#                ^^^^^^ `chache` is no type of mount
RUN --mount=type=cache,taget=/a,uid=me true
#                      ^^^^^ `taget` is no key of `--mount`
#                                   ^^ `me` is no value for `uid`
RUN --mount=type=bind,target=/a,size=1m true
#                               ^^^^^^^ `size` is no key of a `bind` mount
"#,
        );
    }

    #[test]
    fn the_root_is_no_target() {
        dockerfile(
            "invalid-run-mount",
            r#"
FROM debian:13
RUN --mount=type=cache,target=/ true
#                             ^ nothing can be mounted in the place of `/`
RUN --mount=dst=/./ --mount=type=tmpfs,target=/tmp --mount=target=. true
#               ^^^ nothing can be mounted
"#,
        );
    }

    #[test]
    fn a_variable_is_left_alone() {
        dockerfile(
            "invalid-run-mount",
            r#"
FROM debian:13
ARG A
RUN --mount=type=$A,target=/a,uid=$A true
"#,
        );
    }
}
