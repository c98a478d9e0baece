//! Flags `CMD` behind an `ENTRYPOINT` in shell form.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Cmd, Command, Instruction};
use crate::dockerfile::launch::CmdFate;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.cmd(check);
}

fn check(cmd: &Placed<'_, Cmd>, cx: &mut Context<'_, Dockerfile>) {
    let lost = cx
        .model
        .lost_cmd(cmd.index)
        .filter(|_| !cmd.instruction.is_trigger);
    let Some(lost) = lost.filter(|lost| lost.fate == CmdFate::Ignored) else {
        return;
    };
    let keyword = &cmd.instruction.keyword;
    let message = format!(
        "`{}` has no effect behind an entrypoint in shell form",
        keyword.value
    );
    let fix = as_array(cx.model, lost.entrypoint, cx.text());
    cx.report(keyword.span, message)
        .label(
            lost.entrypoint.keyword.span,
            "this is run by a shell, which takes no more words",
        )
        .help("write the entrypoint as a JSON array, or remove this")
        .fixes
        .extend(fix);
}

/// The entrypoint as an array, where it is a plain command on one line.
fn as_array(model: &Dockerfile, entrypoint: &Instruction, text: &str) -> Option<Fix> {
    let Some(Command::Shell(form)) = entrypoint.command() else {
        return None;
    };
    let index = model
        .ast
        .instructions
        .partition_point(|instruction| instruction.span.end < form.span.start);
    let script = model.scripts_of(index).first()?;
    let [item] = &*script.script.as_ref()?.body.items else {
        return None;
    };
    let [command] = &*item.pipeline.commands else {
        return None;
    };
    let command = command
        .as_simple()
        .filter(|command| command.span == form.span)?;
    let is_plain = item.operator.is_none()
        && command.redirects.is_empty()
        && command.prefix_assignments().is_empty()
        && command.words.first().is_some_and(|word| !word.is("exec"))
        && !form.span.text(text).contains('\n');
    if !is_plain {
        return None;
    }
    let words: Option<Vec<String>> = command
        .words
        .iter()
        .map(|word| {
            word.literal()
                .and_then(|word| serde_json::to_string(word).ok())
        })
        .collect();
    let array = format!("[{}]", words?.join(", "));
    Some(Fix::new(
        "write the entrypoint as an array; `CMD` then has an effect",
        Applicability::Unsafe,
        vec![Edit::replace(form.span, array)],
    ))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_keyword_is_marked() {
        dockerfile(
            "entrypoint-shell-form-ignores-cmd",
            r#"
FROM a AS unused
ENTRYPOINT b
CMD c
FROM a
ENTRYPOINT b \
  && c
Cmd \
#^^ warning: `Cmd` has no effect behind an entrypoint in shell form
  ["d"]
"#,
        );
    }

    #[test]
    fn what_looks_at_its_arguments_is_silent() {
        for text in [
            "ENTRYPOINT a $*\nCMD [\"b\"]",
            "ENTRYPOINT [\"a\"]\nCMD [\"b\"]",
            "ENTRYPOINT [\"sh\", \"-c\", \"a\"]\nCMD [\"b\"]",
            "ENTRYPOINT a\nONBUILD CMD [\"b\"]",
            "CMD [\"b\"]",
        ] {
            dockerfile(
                "entrypoint-shell-form-ignores-cmd",
                &format!("FROM a\n{text}\n"),
            );
        }
    }

    #[test]
    fn only_plain_commands_are_fixed() {
        for (before, after) in [
            (
                "ENTRYPOINT a \"b c\" d\\\"\nCMD [\"b\"]",
                "ENTRYPOINT [\"a\", \"b c\", \"d\\\"\"]\nCMD [\"b\"]",
            ),
            (
                "ENTRYPOINT a $B\nCMD [\"b\"]",
                "ENTRYPOINT a $B\nCMD [\"b\"]",
            ),
            (
                "ENTRYPOINT a; b\nCMD [\"b\"]",
                "ENTRYPOINT a; b\nCMD [\"b\"]",
            ),
            (
                "ENTRYPOINT A=b c\nCMD [\"b\"]",
                "ENTRYPOINT A=b c\nCMD [\"b\"]",
            ),
            (
                "ENTRYPOINT a >b\nCMD [\"b\"]",
                "ENTRYPOINT a >b\nCMD [\"b\"]",
            ),
        ] {
            let fixed = fixed(
                "entrypoint-shell-form-ignores-cmd",
                Applicability::Unsafe,
                &format!("FROM a\n{before}\n"),
            );
            assert_eq!(fixed, format!("FROM a\n{after}\n"));
        }
    }
}
