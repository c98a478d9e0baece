//! Flags `STOPSIGNAL` with something that is no signal.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::StopSignal;
use crate::engine::meta::nearest_of;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::signal::Signal;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stop_signal(check);
}

/// The longest text in bytes that may be a misspelt name.
const LONGEST: usize = 16;

fn check(stop: &Placed<'_, StopSignal>, cx: &mut Context<'_, Dockerfile>) {
    let Some(word) = &stop.signal else { return };
    let value = cx.model.value_at(stop.index, word);
    let Some(text) = value.text() else { return };
    if Signal::parse(text).is_some() {
        return;
    }
    let message = format!("`{}` is no signal", excerpt(text));
    let finding = cx.report(word.span, message);
    let name = text.split_whitespace().next().unwrap_or_default();
    if Signal::parse(name).is_some() {
        finding.help(format!("write `{}` alone", excerpt(name)));
        return;
    }
    let upper = text.to_ascii_uppercase();
    let bare = upper.strip_prefix("SIG").unwrap_or(&upper);
    let nearest = Some(bare).filter(|bare| bare.len() <= LONGEST);
    match nearest.and_then(|bare| nearest_of(Signal::names(), bare)) {
        Some(nearest) => finding.help(format!("did you mean `SIG{nearest}`?")),
        None => finding.help("write a name such as `SIGTERM`, or a number from 1 to 64"),
    };
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_word_is_marked() {
        dockerfile(
            "invalid-stopsignal",
            r#"
ARG S=SIGNONE
FROM a
ARG S
STOPSIGNAL $S
#          ^^ error: `SIGNONE` is no signal
STOPSIGNAL \
  SIGKILLED
# ^^^^^^^^^ `SIGKILLED` is no signal
STOPSIGNAL SIGRTMIN+16
#          ^^^^^^^^^^^ `SIGRTMIN+16`
STOPSIGNAL 0
#          ^ `0`
STOPSIGNAL ${OTHER}
STOPSIGNAL "SIGTERM"
ONBUILD STOPSIGNAL SIGFOO
#                  ^^^^^^ `SIGFOO`
"#,
        );
    }
}
