//! Flags arrays whose first string is more than a program.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Command, Instruction, InstructionKind};
use crate::dockerfile::model::Setting;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::images::Family;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.instruction(check);
}

fn check(instruction: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    let is_cmd = match instruction.kind {
        InstructionKind::Cmd(_) => true,
        InstructionKind::Entrypoint(_)
        | InstructionKind::Run(_)
        | InstructionKind::Healthcheck(_) => false,
        _ => return,
    };
    let Some(Command::Exec(form)) = instruction.command() else {
        return;
    };
    let Some(word) = form.arguments.first() else {
        return;
    };
    let mut words = word.raw.split_ascii_whitespace();
    let (Some(program), Some(second)) = (words.next(), words.next()) else {
        return;
    };
    // `/opt/my app/run` is a path.
    let is_path = word.raw.contains('\\')
        || program.contains(':')
        || (program.contains('/') && second.contains('/') && !second.starts_with(['/', '-', '.']));
    let has_control = word.raw.contains(|c: char| c.is_control());
    if is_path || has_control || (is_cmd && is_perhaps_an_argument(cx.model, instruction)) {
        return;
    }
    let message = format!(
        "`{}` is taken for the name of a program",
        excerpt(&word.raw)
    );
    let is_plain = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(
                c,
                ' ' | '-' | '_' | '.' | '/' | ':' | '=' | ',' | '@' | '+' | '%'
            )
    };
    let finding = cx.report(word.span, message);
    finding.help(format!(
        "give each word a string of its own: `[\"{program}\", \"{}\", …]`",
        excerpt(second)
    ));
    if word.raw.chars().all(is_plain) {
        let words: Vec<String> = word
            .raw
            .split_ascii_whitespace()
            .map(|word| format!("\"{word}\""))
            .collect();
        finding.fix(Fix::new(
            "give each word a string of its own",
            Applicability::Safe,
            vec![Edit::replace(word.span, words.join(", "))],
        ));
    }
}

/// Whether an entrypoint may want the text of a `CMD` in one piece.
fn is_perhaps_an_argument(model: &Dockerfile, cmd: &Placed<'_, Instruction>) -> bool {
    let Some(stage) = model
        .stage_of(cmd.index)
        .filter(|_| !cmd.instruction.is_trigger)
    else {
        return true;
    };
    match model.final_config(stage).entrypoint() {
        Setting::Set(_) => true,
        Setting::Nothing => false,
        Setting::Inherited => {
            let image = model.base_image(stage);
            image.is_none_or(|image| {
                image.entrypoint.is_none() || image.family == Some(Family::Windows)
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_string_is_marked() {
        dockerfile(
            "exec-form-single-string",
            r#"
FROM debian:13
RUN [ "apt-get update" ]
#     ^^^^^^^^^^^^^^^^ error: `apt-get update` is taken for the name of a program
HEALTHCHECK CMD \
  ["curl -f http://localhost/ || exit 1"]
#  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `curl -f http://localhost/ || exit 1` is taken
ENTRYPOINT ["/usr/bin/java -jar", "/app.jar"]
#           ^^^^^^^^^^^^^^^^^^^^ `/usr/bin/java -jar`
"#,
        );
    }

    #[test]
    fn paths_and_arguments_are_silent() {
        for text in [
            "FROM debian\nCMD [\"/opt/my app/bin/run\"]\n",
            "FROM example/unknown\nCMD [\"node server.js\"]\n",
            "FROM debian\nENTRYPOINT [\"echo\"]\nCMD [\"hello world\"]\n",
            "FROM debian\nCMD [\"C:/Program Files/a.exe\"]\n",
            "FROM debian\nCMD [\"echo\", \"hello world\"]\n",
            "FROM debian\nCMD [\" \"]\n",
            "FROM debian\nSHELL [\"bash -c\"]\n",
        ] {
            dockerfile("exec-form-single-string", text);
        }
    }
}
