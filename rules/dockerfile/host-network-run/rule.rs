//! Flags `RUN --network=host`.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Run;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.run(check);
}

fn check(run: &Placed<'_, Run>, cx: &mut Context<'_, Dockerfile>) {
    let Some(word) = &run.network else { return };
    if cx.model.value_at(run.index, word).text() != Some("host") {
        return;
    }
    let flags = run.instruction.flags.iter();
    let flag = flags.rev().find(|flag| &*flag.name.value == "network");
    let span = flag.map_or(word.span, |flag| flag.span);
    let finding = cx.report(
        span,
        "`--network=host` lets the command into the build machine's network",
    );
    finding.help("leave it away; the default network reaches the internet as well");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_the_host_network_counts() {
        dockerfile(
            "host-network-run",
            r"
FROM debian
RUN --network=host a
#   ^^^^^^^^^^^^^^ `--network=host` lets
RUN --mount=target=/b \
  --network=host a
# ^^^^^^^^^^^^^^ `--network=host` lets
RUN --network=none a
RUN --network=default a
RUN a --network=host
",
        );
    }
}
