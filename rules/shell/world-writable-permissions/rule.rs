//! Flags modes that let everybody write.

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Add, Copy};
use crate::dockerfile::word::Word;
use crate::engine::nodes::{Host, Placed, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::mode::{Mode, OTHERS_WRITE, STICKY};
use crate::shell;
use crate::shell::ast::Script;
use crate::shell::permissions::{MODE_PROGRAMS, mode_use};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
    on.copy(|copy: &Placed<'_, Copy>, cx| check_flag(copy.index, copy.chmod.as_ref(), cx));
    on.add(|add: &Placed<'_, Add>, cx| check_flag(add.index, add.chmod.as_ref(), cx));
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(script) = script.in_dockerfile() else {
        return;
    };
    let index = script.place.instruction;
    if script.run().is_none() || !is_kept(script.model, index) {
        return;
    }
    let mut has_no_umask = None;
    for found in script.script.commands_of(&MODE_PROGRAMS) {
        let found = found.command.unwrapped();
        let Some(found) = found.and_then(|invocation| mode_use(&invocation)) else {
            continue;
        };
        let Some((text, mode)) = found.mode.and_then(|text| Some((text, Mode::parse(text)?)))
        else {
            continue;
        };
        let is_unmasked = || *has_no_umask.get_or_insert_with(|| sets_no_umask(script.script));
        let is_exempt =
            !found.targets.is_empty() && found.targets.iter().all(|target| is_exempt(target));
        if is_open(mode, is_unmasked) && !is_exempt {
            report(found.span, text, mode, has_program(script.model, index), cx);
        }
    }
}

fn check_flag(index: usize, chmod: Option<&Word>, cx: &mut Context<'_, Dockerfile>) {
    let Some(word) = chmod else { return };
    let value = cx.model.value_at(index, word);
    let Some((text, mode)) = value
        .text()
        .and_then(|text| Some((text, Mode::parse(text)?)))
    else {
        return;
    };
    if is_open(mode, || true) && is_kept(cx.model, index) {
        report(word.span, text, mode, has_program(cx.model, index), cx);
    }
}

/// Whether the image that an instruction belongs to says what runs in it.
fn has_program(model: &Dockerfile, index: usize) -> bool {
    let stage = model.stage_of(index);
    stage.is_some_and(|stage| model.has_program(stage))
}

fn report<M>(span: Span, text: &str, mode: Mode, has_program: bool, cx: &mut Context<'_, M>) {
    let written = span.text(cx.text());
    let message = format!("mode `{}` lets everybody write", excerpt(text));
    let finding = cx.report(span, message);
    finding.help("give the files to the user that needs them, and let others read only");
    // Who works in an image for others to build on is not known yet.
    if !has_program {
        finding.severity(Severity::Info);
    }
    let Some(narrowed) = mode.octal().map(narrowed) else {
        return;
    };
    let narrowed = format!("{narrowed:0width$o}", width = text.len());
    // The number may be glued to its option: `-m777`.
    if let Some(before) = written.strip_suffix(text) {
        let number = Span::new(
            span.start + u32::try_from(before.len()).unwrap_or_default(),
            span.end,
        );
        let title = format!("use {narrowed}; who else writes there has to own the files then");
        finding.fix(Fix::new(
            title,
            Applicability::Unsafe,
            vec![Edit::replace(number, narrowed)],
        ));
    }
}

/// The mode without writing for others, and for the group where it has the same rights as they.
fn narrowed(bits: u32) -> u32 {
    let (group, others) = (bits >> 3 & 7, bits & 7);
    if group == others {
        bits & !0o022
    } else {
        bits & !OTHERS_WRITE
    }
}

/// Whether a mode lets everybody write. `unmasked` tells whether the umask takes nothing away.
fn is_open(mode: Mode, unmasked: impl FnOnce() -> bool) -> bool {
    !mode.sets(STICKY) && (mode.sets(OTHERS_WRITE) || mode.sets_masked(OTHERS_WRITE) && unmasked())
}

/// Whether a script sets the umask to nothing; a build begins with 022.
fn sets_no_umask(script: &Script) -> bool {
    script.commands().any(|found| {
        let args = found.command.args();
        found.command.name() == Some("umask")
            && matches!(args, [mask] if mask.text().is_some_and(|mask| mask.bytes().all(|b| b == b'0')))
    })
}

/// Devices and sockets are there to be written to.
fn is_exempt(target: &shell::word::Word) -> bool {
    let text = target.leading_text();
    text.starts_with("/dev/") || text.ends_with(".sock")
}

/// Whether what an instruction does is found in an image that is built.
fn is_kept(model: &Dockerfile, index: usize) -> bool {
    model.stage_of(index).is_some_and(|stage| stage.is_output)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_mode_is_marked() {
        dockerfile(
            "world-writable-permissions",
            r#"
FROM debian:13 AS build
RUN chmod 777 /a
FROM debian:13
RUN chmod -R ugo+rwx /a && sudo install \
#            ^^^^^^^ mode `ugo+rwx` lets everybody write
  -m666 a /b
# ^^^^^ mode `666` lets everybody write
RUN umask 000; chmod +w /c
#                    ^^ mode `+w` lets everybody write
ADD --chmod=a=rwx a /d
#           ^^^^^ mode `a=rwx` lets everybody write
RUN chmod 777 /tmp && chmod 1777 /tmp && chmod 666 /run/a.sock && chmod +rwx /e
#         ^^^ warning: mode `777` lets everybody write
CMD chmod 777 /f
"#,
        );
    }

    #[test]
    fn the_fix_takes_away_what_others_need_not_have() {
        for (before, after) in [
            ("777", "755"),
            ("0777", "0755"),
            ("666", "644"),
            ("757", "755"),
            ("772", "770"),
            ("002", "000"),
            ("a+w", "a+w"),
        ] {
            let text = |mode| format!("FROM a\nRUN chmod {mode} /b\n");
            let fixed = fixed(
                "world-writable-permissions",
                Applicability::Unsafe,
                &text(before),
            );
            assert_eq!(fixed, text(after));
        }
        let glued = fixed(
            "world-writable-permissions",
            Applicability::Unsafe,
            "FROM a\nRUN install --mode='777' a b && mkdir -m777 c\n",
        );
        assert_eq!(
            glued,
            "FROM a\nRUN install --mode='777' a b && mkdir -m755 c\n"
        );
    }
}
