//! Flags backslash sequences that `echo` replaces because the image's `sh` is dash.

use super::echo_escape_sequence::{Echo, echo_of, sequences};
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.program(&["echo"], check);
}

fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let command = found.command;
    if command.name() != Some("echo") || found.context.in_inner_script() {
        return;
    }
    for (word, letter) in sequences(command.args()) {
        if echo_of(cx.model) != Echo::Expands {
            return;
        }
        let shown = String::from_iter(['\\', letter]);
        cx.report(
            word.span,
            format!("only in dash does `echo` replace `{shown}`"),
        )
        .help("use `printf`, or a heredoc");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn words_are_marked_where_sh_is_dash() {
        dockerfile(
            "unportable-echo-escape",
            r#"
FROM debian:13
RUN echo a && echo -n "b\nc" \
#                     ^^^^^^ only in dash does `echo` replace `\n`
  'd\t' && echo -e "\n"
# ^^^^^ only in dash does `echo` replace `\t`
SHELL ["/bin/bash", "-c"]
RUN echo "\n"
FROM example/a
RUN echo "\n"
"#,
        );
    }
}
