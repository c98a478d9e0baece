//! Flags `RUN --security=insecure`.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Run;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.run(check);
}

fn check(run: &Placed<'_, Run>, cx: &mut Context<'_, Dockerfile>) {
    let Some(word) = &run.security else { return };
    if cx.model.value_at(run.index, word).text() != Some("insecure") {
        return;
    }
    let flags = run.instruction.flags.iter();
    let flag = flags.rev().find(|flag| &*flag.name.value == "security");
    let span = flag.map_or(word.span, |flag| flag.span);
    let message = "`--security=insecure` gives the command the rights of the build machine";
    let finding = cx.report(span, message);
    finding.help("run it without, or build what needs it outside of the image's build");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_insecure_counts() {
        dockerfile(
            "insecure-run-security",
            r"
FROM debian
RUN --security=insecure a
#   ^^^^^^^^^^^^^^^^^^^ `--security=insecure` gives
RUN --network=none \
  --security=insecure a
# ^^^^^^^^^^^^^^^^^^^ `--security=insecure` gives
ONBUILD RUN --security=insecure a
#           ^^^^^^^^^^^^^^^^^^^ `--security=insecure` gives
RUN --security=sandbox a
RUN a --security=insecure
",
        );
    }
}
