//! Flags mounts of `RUN` that stages for Windows cannot have.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Run;
use crate::dockerfile::mount::{Mount, MountKey, MountKind};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.run(check);
}

/// Kinds of mounts on Windows, as of BuildKit's pull requests 5708 (bind and cache work), 6944 (secrets work with
/// a target) and 7149 (agents of SSH do not yet).
fn fault(mount: &Mount) -> Option<&'static str> {
    match mount.kind? {
        MountKind::Ssh => Some("`type=ssh` does not work on Windows"),
        MountKind::Tmpfs => Some("`type=tmpfs` does not work on Windows"),
        MountKind::Secret => {
            let is_placed = [MountKey::Target, MountKey::Env]
                .iter()
                .any(|key| mount.field(*key).is_some());
            (!is_placed).then_some("a secret needs `target=` on Windows")
        }
        MountKind::Bind | MountKind::Cache => None,
    }
}

fn check(run: &Placed<'_, Run>, cx: &mut Context<'_, Dockerfile>) {
    let stage = cx.model.stage_of(run.index);
    if run.mounts.is_empty() || !stage.is_some_and(|stage| cx.model.is_for_windows(stage)) {
        return;
    }
    for mount in &run.mounts {
        let Some(message) = fault(mount) else {
            continue;
        };
        let finding = cx.report(mount.span, message);
        finding.help(if mount.kind == Some(MountKind::Secret) {
            "say where the file is to be, as in `target=C:\\secrets\\name`"
        } else {
            "do it in a stage for Linux, or without the mount"
        });
    }
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
RUN --mount=type=ssh b
#           ^^^^^^^^ `type=ssh` does not work on Windows
RUN \
  --mount=target=C:\x --mount=type=tmpfs,target=C:\y b
#                             ^^^^^^^^^^^^^^^^^^^^^^ `type=tmpfs` does not work
RUN --mount=type=cache,target=C:\x --mount=type=secret,id=a,target=C:\a b
FROM a
RUN --mount=type=secret,id=a b
#           ^^^^^^^^^^^^^^^^ a secret needs `target=` on Windows
FROM --platform=windows/amd64 example.com/a
ONBUILD RUN --mount=type=ssh b
#                   ^^^^^^^^ `type=ssh` does
FROM debian
RUN --mount=type=ssh b
FROM example.com/a
RUN --mount=type=ssh b
",
        );
    }
}
