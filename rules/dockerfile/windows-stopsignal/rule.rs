//! Flags `STOPSIGNAL` in stages for Windows.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::StopSignal;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stop_signal(check);
}

fn check(signal: &Placed<'_, StopSignal>, cx: &mut Context<'_, Dockerfile>) {
    let stage = cx.model.stage_of(signal.index);
    if !stage.is_some_and(|stage| cx.model.is_for_windows(stage)) {
        return;
    }
    let instruction = signal.instruction;
    let is_one_line = !instruction.span.text(cx.text()).contains('\n');
    let message = "`STOPSIGNAL` has no effect on Windows";
    let finding = cx.report(instruction.keyword.span, message);
    finding.help("leave it away: `docker stop` ends a Windows container in its own way");
    if is_one_line && !instruction.is_trigger {
        let edit = Edit::insert(instruction.span.start, "# ");
        finding.fix(Fix::new("comment it out", Applicability::Safe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_stages_for_windows_count() {
        dockerfile(
            "windows-stopsignal",
            r"
FROM mcr.microsoft.com/windows/servercore:ltsc2025
STOPSIGNAL SIGTERM
#^^^^^^^^^ `STOPSIGNAL` has no effect on Windows
ONBUILD STOPSIGNAL \
#       ^^^^^^^^^^ `STOPSIGNAL` has
  9
FROM debian
STOPSIGNAL SIGTERM
FROM example.com/a
STOPSIGNAL SIGTERM
",
        );
    }
}
