//! Flags commands for a shell in images that have none.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Command, Instruction, InstructionKind};
use crate::dockerfile::model::Base;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.instruction(check);
}

fn check(instruction: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    let node = instruction.node;
    // `CMD` and `ENTRYPOINT` are `shell-form-entrypoint`'s, which then knows about the shell.
    let runs = matches!(
        node.kind,
        InstructionKind::Run(_) | InstructionKind::Healthcheck(_)
    );
    // Where a trigger is run, there may be a shell.
    if !runs || node.is_trigger {
        return;
    }
    let Some(Command::Shell(form)) = node.command() else {
        return;
    };
    let model = cx.model;
    let is_none = model.has_no_shell(instruction.index)
        && form.json_fault.is_none()
        && model.config_at(instruction.index).shell_words().is_none();
    let has_shebang = node
        .heredocs
        .first()
        .is_some_and(|heredoc| heredoc.body.text().starts_with("#!"));
    let Some(stage) = model.stage_of(instruction.index) else {
        return;
    };
    if !is_none || has_shebang {
        return;
    }
    let span = if form.span.text(cx.text()).contains('\n') {
        node.keyword.span
    } else {
        form.span
    };
    let keyword = node.keyword.value.to_ascii_uppercase();
    let message = format!("`{keyword}` needs `/bin/sh`, which is not in this image");
    let root = model.root_of(stage);
    let from = model.ast.instructions.get(root.from);
    let is_run = matches!(node.kind, InstructionKind::Run(_));
    let finding = cx.report(span, message);
    if let Some(from) = from {
        let what = match root.base {
            Base::Scratch => "begins with nothing",
            _ => "this image has no shell",
        };
        finding.label(from.arguments, what);
    }
    finding.help(if is_run {
        "do it in a stage that has a shell, and copy the result"
    } else {
        "write a JSON array: `[\"program\", \"argument\"]`"
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn shell_forms_without_a_shell_are_reported() {
        dockerfile(
            "shell-in-scratch",
            r#"
FROM scratch AS a
COPY app /
RUN chmod +x /app
#   ^^^^^^^^^^^^^ `RUN` needs `/bin/sh`, which is not in this image
RUN a && \
#^^ `RUN` needs
  b
HEALTHCHECK --timeout=1s CMD /app check
#                            ^^^^^^^^^^ `HEALTHCHECK` needs
ENTRYPOINT ["/app"]
ONBUILD RUN a
FROM a
run a
#   ^ `RUN` needs
FROM gcr.io/distroless/static-debian12
CMD a
HEALTHCHECK CMD /app check
#               ^^^^^^^^^^ `HEALTHCHECK` needs
FROM gcr.io/distroless/static-debian12:debug
SHELL ["/busybox/sh", "-c"]
RUN a
FROM scratch
COPY --from=busybox / /
RUN a
FROM debian
RUN b
"#,
        );
    }
}
