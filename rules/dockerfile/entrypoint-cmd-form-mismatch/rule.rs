//! Flags `CMD` in shell form behind an entrypoint that never runs its arguments.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Cmd, Command};
use crate::dockerfile::launch::CmdFate;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.cmd(check);
}

fn check(cmd: &Placed<'_, Cmd>, cx: &mut Context<'_, Dockerfile>) {
    let lost = cx
        .model
        .lost_cmd(cmd.index)
        .filter(|_| !cmd.instruction.is_trigger);
    let Some(lost) = lost.filter(|lost| lost.fate == CmdFate::HandedOver) else {
        return;
    };
    let (Some(Command::Exec(entrypoint)), Some(Command::Shell(form))) =
        (lost.entrypoint.command(), cmd.instruction.command())
    else {
        return;
    };
    let Some(program) = entrypoint.arguments.first() else {
        return;
    };
    let message = format!(
        "`{}` gets `/bin/sh -c` and this as arguments",
        excerpt(&program.raw)
    );
    let at = if form.span.text(cx.text()).contains('\n') {
        cmd.instruction.keyword.span
    } else {
        form.span
    };
    cx.report(at, message)
        .label(program.span, "it does not run its arguments")
        .help("write `CMD` as a JSON array");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_words_are_marked() {
        dockerfile(
            "entrypoint-cmd-form-mismatch",
            r#"
FROM node:24 AS base
ENTRYPOINT ["/usr/local/bin/node", "--enable-source-maps"]
FROM base
CMD app.js --port 80
#   ^^^^^^^^^^^^^^^^ warning: `/usr/local/bin/node` gets `/bin/sh -c` and this as arguments
"#,
        );
        dockerfile(
            "entrypoint-cmd-form-mismatch",
            "FROM a\nENTRYPOINT [\"java\", \"-jar\", \"a.jar\"]\nCMD b \\\n#^^ `java` gets\n  c\n",
        );
    }
}
