//! Flags working directories that belong to the system.

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Workdir;
use crate::dockerfile::runs_as::is_below;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::knowledge::images::Family;

/// Directories that are mounted anew in each container, or that only machines have.
const SYSTEM: [&str; 6] = ["/boot", "/dev", "/initrd", "/lost+found", "/proc", "/sys"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.workdir(check);
}

fn check(workdir: &Placed<'_, Workdir>, cx: &mut Context<'_, Dockerfile>) {
    let Some(word) = &workdir.path else { return };
    let model = cx.model;
    let value = model.value_at(workdir.index, word);
    let Some(path) = value.text() else { return };
    if let Some(directory) = SYSTEM.iter().find(|directory| is_below(path, directory)) {
        cx.report(word.span, format!("`{directory}` belongs to the system"))
            .help("use a directory of the program's own");
        return;
    }
    let is_root = !path.is_empty() && path.bytes().all(|byte| byte == b'/');
    if !is_root || workdir.instruction.is_trigger {
        return;
    }
    let stage = model.stage_of(workdir.index);
    let is_last = stage.filter(|stage| stage.is_target).is_some_and(|stage| {
        let last = model.final_config(stage).workdir().effective();
        last.is_some_and(|last| last.index == workdir.index) && model.has_program(stage)
    });
    // Where there is no system, nothing can be mixed with its directories.
    let is_bare = || {
        let facts = stage.and_then(|stage| model.base_facts(stage));
        facts
            .is_some_and(|image| matches!(image.family, Some(Family::Distroless | Family::Scratch)))
    };
    if is_last && !is_bare() {
        cx.report(word.span, "the program starts in the root directory")
            .help("use a directory of the program's own")
            .severity(Severity::Info);
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_path_is_marked() {
        dockerfile(
            "workdir-system-directory",
            r#"
FROM debian:13
WORKDIR /
WORKDIR \
  "/sys/"
# ^^^^^^^ warning: `/sys` belongs to the system
ONBUILD WORKDIR /dev
#               ^^^^ warning: `/dev` belongs to the system
WORKDIR $UNKNOWN
WORKDIR dev
WORKDIR //
#       ^^ info: the program starts in the root directory
CMD a
"#,
        );
        dockerfile(
            "workdir-system-directory",
            "FROM a AS b\nWORKDIR /\nFROM c\nWORKDIR /\n",
        );
    }
}
