//! Flags `STOPSIGNAL` with a signal that no process can handle.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::StopSignal;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::signal::Signal;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stop_signal(check);
}

fn check(stop: &Placed<'_, StopSignal>, cx: &mut Context<'_, Dockerfile>) {
    let Some(word) = &stop.signal else { return };
    let is_output = cx
        .model
        .stage_of(stop.index)
        .is_some_and(|stage| stage.is_output);
    let value = cx.model.value_at(stop.index, word);
    let signal = value.text().and_then(Signal::parse).filter(|_| is_output);
    let what = match signal {
        Some(Signal::KILL) => "kills the program, which cannot end by itself",
        Some(Signal::STOP) => "only freezes the program until it is killed",
        _ => return,
    };
    let written = excerpt(value.text().unwrap_or_default());
    let finding = cx.report(word.span, format!("`{written}` {what}"));
    finding.help("write the signal on which the program ends in order, mostly `SIGTERM`");
    if !word.has_variables() {
        let edit = Edit::replace(word.span, "SIGTERM");
        finding.fix(Fix::new("write `SIGTERM`", Applicability::Safe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_signal_is_marked() {
        dockerfile(
            "ungraceful-stopsignal",
            r#"
FROM a AS unused
STOPSIGNAL KILL
FROM a
ENV SIGNAL=sigstop
STOPSIGNAL \
  kill
# ^^^^ warning: `kill` kills the program
STOPSIGNAL $SIGNAL
#          ^^^^^^^ `sigstop` only freezes the program
STOPSIGNAL SIGTERM
"#,
        );
    }
}
