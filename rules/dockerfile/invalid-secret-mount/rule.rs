//! Passes on the parser's errors about mounts of secrets.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_key_or_the_mount_is_marked() {
        dockerfile(
            "invalid-secret-mount",
            r#"
FROM debian:13
RUN --mount=type=secret,id=a,source=b true
#                            ^^^^^^^^ the secret has both `id` and `source`
RUN --mount=type=secret true
#           ^^^^^^^^^^^ the secret is not named
RUN --mount=type=secret,id=a,sharing=locked,from=b true
#                            ^^^^^^^^^^^^^^ `sharing` is no key of a `secret` mount
#                                           ^^^^^^ `from` is no key of a `secret` mount
RUN --mount=type=ssh,source=b true
#                    ^^^^^^^^ `source` is no key of a `ssh` mount
"#,
        );
    }
}
