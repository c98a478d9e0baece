//! Passes on the shell parser's errors.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn every_command_in_shell_form_is_looked_at() {
        dockerfile(
            "shell-syntax-error",
            r#"
FROM debian:13
RUN --network=none a && (b
#                       ^
CMD a "b
#     ^ `"` is never closed
ENTRYPOINT a $(b
#            ^^ `$(` is never closed
HEALTHCHECK --retries=1 CMD a 'b
#                             ^ `'` is never closed
ONBUILD RUN a "b
#             ^ `"` is never closed
RUN <<EOF
a 'b
# ^
EOF
RUN a && \
  # A comment between the lines.
  b "c \
#   ^ `"` is never closed
  d
"#,
        );
    }

    #[test]
    fn what_no_posix_shell_reads_is_left_alone() {
        dockerfile(
            "shell-syntax-error",
            r#"
FROM debian:13
CMD ["a", "(b"]
CMD ["a", "b]
COPY <<EOF /a
(b
EOF
RUN <<EOF
#!/usr/bin/env python3
print("it's (fine")
EOF
SHELL ["pwsh", "-Command"]
RUN if ($a) { b "c" }; 'd
"#,
        );
    }
}
