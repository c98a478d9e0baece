//! Flags `RUN --mount` in stages for Windows.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Run;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.run(check);
}

fn check(run: &Placed<'_, Run>, cx: &mut Context<'_, Dockerfile>) {
    let stage = cx.model.stage_of(run.index);
    if run.mounts.is_empty() || !stage.is_some_and(|stage| cx.model.is_for_windows(stage)) {
        return;
    }
    let flags = run.instruction.flags.iter();
    let mut mounts = flags.filter(|flag| &*flag.name.value == "mount");
    let Some(first) = mounts.next() else { return };
    let finding = cx.report(first.span, "`RUN --mount` does not work on Windows");
    for other in mounts.take(8) {
        finding.label(other.span, "and here");
    }
    finding
        .help("copy what is needed with `COPY`, and take secrets from the outside in another way");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_stages_for_windows_count() {
        dockerfile(
            "windows-run-mount",
            r"
FROM mcr.microsoft.com/windows/nanoserver:ltsc2025 AS a
RUN --mount=type=cache,target=C:\x b
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `RUN --mount` does not work on Windows
RUN \
  --mount=target=C:\x --mount=target=C:\y b
# ^^^^^^^^^^^^^^^^^^^ `RUN --mount`
RUN --network=none b
FROM a
RUN --mount=type=secret,id=a b
#   ^^^^^^^^^^^^^^^^^^^^^^^^ `RUN --mount`
FROM --platform=windows/amd64 example.com/a
ONBUILD RUN --mount=type=ssh b
#           ^^^^^^^^^^^^^^^^ `RUN --mount`
FROM debian
RUN --mount=type=ssh b
FROM example.com/a
RUN --mount=type=ssh b
",
        );
    }
}
