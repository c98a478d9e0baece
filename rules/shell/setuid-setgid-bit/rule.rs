//! Flags modes with the setuid or setgid bit.

use std::collections::HashSet;

use crate::diagnostic::Severity;
use crate::dockerfile::ast::{Add, Copy, InstructionKind};
use crate::dockerfile::{self, Dockerfile};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::mode::{Mode, OTHERS_WRITE, SETGID, SETUID, STICKY};
use crate::shell::permissions::{MODE_PROGRAMS, ModeUse, mode_use};
use crate::shell::word::Word;
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
    on.copy(|copy: &Placed<'_, Copy>, cx| check_flag(copy.index, copy.chmod.as_ref(), cx));
    on.add(|add: &Placed<'_, Add>, cx| check_flag(add.index, add.chmod.as_ref(), cx));
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    // Directories that commands of the stage made before.
    let mut made: HashSet<&str> = HashSet::new();
    for (index, instruction) in model.ast.instructions.iter().enumerate() {
        match &model.acting(index).kind {
            InstructionKind::From(_) => made.clear(),
            InstructionKind::Run(_) if is_kept(model, index) => {}
            _ => continue,
        }
        let is_trigger = matches!(instruction.kind, InstructionKind::Onbuild(_));
        let scripts = model.scripts_of(index).iter();
        let scripts = scripts.filter_map(|script| script.script.as_ref());
        for found in scripts.flat_map(|script| script.commands_of(&MODE_PROGRAMS)) {
            let Some(invocation) = found.command.unwrapped() else {
                continue;
            };
            if invocation.is_any(&["mkdir", "install"]) && !is_trigger {
                made.extend(invocation.args().iter().filter_map(Word::text));
            }
            if let Some(found) = mode_use(&invocation) {
                check_command(&found, &made, cx);
            }
        }
    }
}

fn check_command(found: &ModeUse<'_>, made: &HashSet<&str>, cx: &mut Context<'_, Dockerfile>) {
    let Some(mode) = found.mode.and_then(Mode::parse) else {
        return;
    };
    let bits = bits(mode);
    // A program that anybody may write to is not meant; such a directory is another rule's matter.
    if bits == SETGID && mode.sets(OTHERS_WRITE) && !mode.sets(STICKY) {
        return;
    }
    let is_directory = |target: &Word| {
        target
            .text()
            .is_some_and(|path| path.ends_with('/') || made.contains(path))
    };
    let is_remark = bits == SETGID
        && (found.is_directory || found.targets.iter().all(|target| is_directory(target)));
    if bits != 0 {
        report(found.span, bits, is_remark, cx);
    }
}

fn check_flag(
    index: usize,
    chmod: Option<&dockerfile::word::Word>,
    cx: &mut Context<'_, Dockerfile>,
) {
    let Some(word) = chmod else { return };
    let value = cx.model.value_at(index, word);
    let bits = value.text().and_then(Mode::parse).map_or(0, bits);
    if bits != 0 && is_kept(cx.model, index) {
        report(word.span, bits, false, cx);
    }
}

fn report<M>(span: Span, bits: u32, is_remark: bool, cx: &mut Context<'_, M>) {
    let message = match (bits, is_remark) {
        (_, true) => "new files in this directory get its group",
        (SETUID, _) => "this mode makes a program run as the owner of its file",
        (SETGID, _) => "this mode makes a program run as the group of its file",
        _ => "this mode makes a program run as the owner and group of its file",
    };
    let finding = cx.report(span, message);
    if is_remark {
        finding
            .help("take the setgid bit away if the group does not matter")
            .severity(Severity::Info);
    } else {
        finding.help("take the bit away; give a single right with `setcap` where one is needed");
    }
}

fn bits(mode: Mode) -> u32 {
    let mut bits = 0;
    for bit in [SETUID, SETGID] {
        if mode.sets(bit) {
            bits |= bit;
        }
    }
    bits
}

/// Whether what an instruction does is found in an image that is built.
fn is_kept(model: &Dockerfile, index: usize) -> bool {
    model.stage_of(index).is_some_and(|stage| stage.is_output)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_mode_is_marked() {
        dockerfile(
            "setuid-setgid-bit",
            r#"
FROM debian:13
ARG MODE=6755
COPY --chmod=$MODE a \
#            ^^^^^ warning: this mode makes a program run as the owner and group of its file
  /b
RUN chmod -R +s /b && chmod \
#            ^^ warning: this mode makes a program run as the owner and group of its file
  u=rwxs,go=rx /c
# ^^^^^^^^^^^^ warning: this mode makes a program run as the owner of its file
RUN chmod g+s /d/ && chmod 2755 /e
#         ^^^ info: new files in this directory get its group
#                          ^^^^ warning: this mode makes a program run as the group of its file
RUN install -d -m2750 /f
#              ^^^^^^ info: new files
RUN mkdir /g
RUN chmod 2755 /g && chmod 3777 /g /h
#         ^^^^ info: new files
#                          ^^^^ warning: this mode
CMD chmod u+s /i
"#,
        );
    }

    #[test]
    fn other_modes_are_silent() {
        dockerfile(
            "setuid-setgid-bit",
            "FROM a\nRUN chmod 1777 /tmp; chmod u-s /b; chmod $M /c; chmod u+s-s /d; chmod 2777 /e; echo chmod 4755\n",
        );
    }
}
