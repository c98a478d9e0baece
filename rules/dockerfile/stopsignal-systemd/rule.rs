//! Flags systemd as the first process of an image without `STOPSIGNAL SIGRTMIN+3`.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::{InstructionKind, StopSignal};
use crate::dockerfile::model::Base;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::image::ImageReference;
use crate::grammar::signal::Signal;
use crate::knowledge::images::Family;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

const LINE: &str = "STOPSIGNAL SIGRTMIN+3";

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    if !stage.is_target {
        return;
    }
    let Some(launch) = model.launch(stage) else {
        return;
    };
    let program = launch.program();
    let Some(word) = launch.words.first() else {
        return;
    };
    let is_systemd = matches!(program, "systemd" | "init") && word.raw.starts_with(['/', 's']);
    if !is_systemd || !is_without_signal(model, stage) {
        return;
    }
    let fix = match model.final_config(stage).stop_signal().effective() {
        Some(stop) => {
            let InstructionKind::StopSignal(StopSignal {
                signal: Some(signal),
            }) = &model.acting(stop.index).kind
            else {
                return;
            };
            match stop.value.text().map(Signal::parse) {
                // What is no signal is another rule's finding, and what is not known may be right.
                None | Some(None | Some(Signal::RTMIN_PLUS_3)) => return,
                Some(Some(_)) => {}
            }
            let edit = Edit::replace(signal.span, "SIGRTMIN+3");
            (!signal.has_variables()).then_some(edit)
        }
        None => {
            let at = launch.instruction.span.start;
            let edit = Edit::insert_line(cx.text(), at, LINE);
            (!launch.instruction.is_trigger).then_some(edit)
        }
    };
    let finding = cx.report(
        word.span,
        "systemd shuts down on SIGRTMIN+3, which nobody sends",
    );
    finding.help(format!("write `{LINE}`"));
    let fix = fix.map(|edit| Fix::new(format!("write `{LINE}`"), Applicability::Safe, vec![edit]));
    finding.fixes.extend(fix);
}

/// Whether the base is a distribution with systemd, and not made to start it.
fn is_without_signal(model: &Dockerfile, stage: &Stage) -> bool {
    let family = model.base_image(stage).and_then(|image| image.family);
    let has_systemd = matches!(
        family,
        Some(Family::Debian | Family::Redhat | Family::Suse | Family::Arch)
    );
    let Base::Image(value) = &model.root_of(stage).base else {
        return false;
    };
    let reference = value
        .text()
        .and_then(|text| ImageReference::parse(text).ok());
    let name = reference.as_ref().and_then(ImageReference::familiar_name);
    has_systemd && name.is_some_and(|name| !name.contains("init") && !name.contains("systemd"))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_program_is_marked() {
        dockerfile(
            "stopsignal-systemd",
            r#"
FROM debian:13 AS base
STOPSIGNAL SIGTERM
FROM base
ENTRYPOINT [ "/usr/sbin/init" ]
#            ^^^^^^^^^^^^^^^^ warning: systemd shuts down on SIGRTMIN+3
"#,
        );
    }

    #[test]
    fn what_is_not_known_is_silent() {
        for text in [
            "FROM example/systemd\nCMD [\"/sbin/init\"]\n",
            "FROM redhat/ubi9-init\nCMD [\"/sbin/init\"]\n",
            "FROM debian\nCMD [\"dumb-init\", \"a\"]\n",
            "FROM debian\nARG S\nSTOPSIGNAL $S\nCMD [\"/sbin/init\"]\n",
            "FROM debian\nSTOPSIGNAL RTMIN+3\nCMD [\"/sbin/init\"]\n",
            "FROM debian\nCMD [\"./init\"]\n",
        ] {
            dockerfile("stopsignal-systemd", text);
        }
    }
}
