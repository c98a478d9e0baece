//! Flags `read` without `-r`.

use crate::diagnostic::{Applicability, Fix};
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::shell::invocation::Argument;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.program(&["read"], check);
}

/// Options of `read` that take a value, by the Bash Reference Manual.
const VALUES: &[&str] = &["a", "d", "i", "n", "N", "p", "t", "u"];

fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let Some(mut invocation) = found.command.invocation() else {
        return;
    };
    while invocation.is_any(&["command", "builtin"]) {
        let Some(inner) = invocation.inside_wrapper() else {
            return;
        };
        invocation = inner;
    }
    if invocation.path() != Some("read") {
        return;
    }
    for argument in invocation.arguments(VALUES) {
        let Argument::Flag(flag) = argument else {
            continue;
        };
        // With `-t 0` nothing is read.
        let is_poll = flag.name == "t" && flag.value.is_some_and(|value| value.text == Some("0"));
        if flag.name == "r" || is_poll {
            return;
        }
    }
    // An option may be hidden in a variable.
    let first = invocation.args().first();
    if first.is_some_and(|word| word.unquoted_expansions().next().is_some()) {
        return;
    }
    let name = invocation.name_word().span;
    let finding = cx.report(name, "`read` without `-r` removes backslashes");
    finding.help("write `read -r`");
    let edit = Edit::insert(name.end, " -r");
    let title = "keep backslashes; a line that ends with one no longer goes on";
    finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn every_read_without_the_option_is_reported() {
        dockerfile(
            "read-without-raw",
            r#"
FROM debian:13
RUN cat a | while IFS= read line; do b "$line"; done
#                      ^^^^ `read` without `-r` removes backslashes
RUN read; read -p r x; command \
#   ^^^^ `read` without `-r`
#         ^^^^ `read` without `-r`
  read -t 5 x
# ^^^^ `read` without `-r`
RUN read -r x; read -rp a x; read -p a -r x; read -t 0; read $OPTS x; sudo read x; ./read x; echo read x
"#,
        );
    }
}
