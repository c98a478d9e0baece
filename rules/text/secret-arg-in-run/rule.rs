//! Flags secrets that are passed as build arguments and used by commands.

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::argument_use::ArgumentUses;
use crate::dockerfile::ast::InstructionKind;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::Suspicion;
use crate::knowledge::secrets::name::{is_secret_name, is_strong_secret_name};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// How many arguments get a fix: each looks through the whole file.
const MAX_FIXES: usize = 16;

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    for (number, uses) in model.argument_uses(is_secret_name).into_iter().enumerate() {
        // A default that is a secret is the greater fault.
        if model.secret_argument(uses.argument) == Suspicion::Name {
            report(&uses, number < MAX_FIXES, cx);
        }
    }
}

fn report(uses: &ArgumentUses<'_>, with_fix: bool, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let argument = uses.argument;
    let name = excerpt(&argument.name);
    let Some((first, _)) = uses.places.first() else {
        return;
    };
    let stays = uses
        .places
        .iter()
        .any(|(index, _)| model.stage_of(*index).is_some_and(|stage| stage.is_output));
    let user = match model.ast.instructions[*first].kind {
        InstructionKind::Env(_) => "`ENV` copies",
        _ => "`RUN` uses",
    };
    let keeper = if stays {
        "the history of the image keeps it"
    } else {
        "the build cache and provenance keep it"
    };
    let message = format!("{user} the secret `{name}`; {keeper}");
    let fix = if with_fix { fix(uses, cx) } else { None };
    let finding = cx.report(argument.name_span, message);
    finding.help(format!(
        "mount it instead: `RUN --mount=type=secret,id={name},env={name}`"
    ));
    for (_, span) in uses.places.iter().take(3) {
        finding.label(*span, "used here");
    }
    if !stays || !is_strong_secret_name(&argument.name) {
        finding.severity(Severity::Warning);
    }
    finding.fixes.extend(fix);
}

/// Mounts the secret for the commands, where nothing else needs the argument.
fn fix(uses: &ArgumentUses<'_>, cx: &Context<'_, Dockerfile>) -> Option<Fix> {
    let model = cx.model;
    let argument = uses.argument;
    let name = &*argument.name;
    let declaration = &model.ast.instructions[argument.instruction];
    let InstructionKind::Arg(arg) = &declaration.kind else {
        return None;
    };
    let [pair] = arg.pairs.as_slice() else {
        return None;
    };
    if pair.value.is_some() || argument.stage.is_none() {
        return None;
    }
    let text = cx.text();
    let is_mentioned = |index: usize| {
        let instruction = &model.ast.instructions[index];
        let words = instruction
            .span
            .text(text)
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        words.into_iter().any(|word| word == name)
    };
    let mut edits = vec![Edit::delete_lines(text, declaration.span)];
    for index in argument.instruction + 1..model.ast.instructions.len() {
        let instruction = &model.ast.instructions[index];
        let is_use = uses.places.iter().any(|(place, _)| *place == index);
        match &instruction.kind {
            InstructionKind::Run(_) if is_use => {
                let mount = format!(" --mount=type=secret,id={name},env={name}");
                edits.push(Edit::insert(instruction.keyword.span.end, mount));
            }
            _ if is_use || is_mentioned(index) => return None,
            _ => {}
        }
    }
    let title = format!("mount it; builds have to pass `--secret id={name}` then");
    Some(Fix::new(title, Applicability::Unsafe, edits))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_argument_is_marked() {
        dockerfile(
            "secret-arg-in-run",
            r#"
FROM debian:13 AS build
ARG GIT_TOKEN
#   ^^^^^^^^^ warning: `RUN` uses the secret `GIT_TOKEN`; the build cache and provenance keep it
RUN git clone "https://x:$GIT_TOKEN@example.com/a"
FROM debian:13
ARG VERSION=1 \
    DB_PASSWORD \
#   ^^^^^^^^^^^ error: `RUN` uses the secret `DB_PASSWORD`; the history of the image keeps it
    AUTH=
#   ^^^^ warning: `ENV` copies the secret `AUTH`
RUN <<EOF
  login $DB_PASSWORD
EOF
ENV LOGIN="login $AUTH"
ARG API_KEY=hunter2 UNUSED_TOKEN
RUN login $API_KEY $VERSION
"#,
        );
    }

    #[test]
    fn the_fix_needs_to_know_every_use() {
        let fixed = |text: &str| {
            let text = format!("FROM a\n{text}\n");
            let fixed = fixed("secret-arg-in-run", Applicability::Unsafe, &text);
            fixed["FROM a\n".len()..].trim_end().to_owned()
        };
        assert_eq!(
            fixed("ARG A_TOKEN\nrun a $A_TOKEN\nRUN --network=none b \\\n  $A_TOKEN\nRUN c"),
            "run --mount=type=secret,id=A_TOKEN,env=A_TOKEN a $A_TOKEN\n\
             RUN --mount=type=secret,id=A_TOKEN,env=A_TOKEN --network=none b \\\n  $A_TOKEN\nRUN c"
        );
        for text in [
            "ARG A_TOKEN B\nRUN a $A_TOKEN",
            "ARG A_TOKEN=\nRUN a $A_TOKEN",
            "ARG A_TOKEN\nRUN a $A_TOKEN\nENV B=$A_TOKEN",
            "ARG A_TOKEN\nRUN a $A_TOKEN\nRUN [\"sh\", \"-c\", \"python A_TOKEN\"]",
        ] {
            assert_eq!(fixed(text), text);
        }
    }
}
