//! Passes on the shell parser's errors, and flags tests without the bracket that ends them.

use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
    on.program(&["["], check);
}

/// To the shell's grammar `[` is a program like any other; it is the program that refuses.
fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let Some(invocation) = found.command.invocation() else {
        return;
    };
    // Where something else is not closed, the bracket may stand behind it.
    let script = cx.model.in_dockerfile();
    if script.is_some_and(|script| !script.place.errors.is_empty()) {
        return;
    }
    let is_test = invocation.words().first().is_some_and(|word| word.is("["));
    let last = invocation.args().last();
    let is_open = last.is_none_or(|word| word.text().is_some_and(|text| text != "]"));
    if is_test && is_open && found.context.is_exact() {
        cx.report(found.command.words[0].span, "`[` is not followed by `]`")
            .help("end the test with ` ]`");
    }
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
    fn a_test_ends_with_a_bracket() {
        dockerfile(
            "shell-syntax-error",
            r#"
FROM debian:13
RUN [ -f a && b ]
#   ^ `[` is not followed by `]`
RUN if [ "$A" = b]; then c; fi; [
#      ^ `[` is not followed by `]`
#                               ^ `[` is not followed by `]`
RUN [ -f a ] && [ $B && [ -n "a" "]" ] && test a && [ a ] || sudo [
RUN [ -f "a
#        ^ `"` is never closed
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
