//! Flags build arguments whose name says secret: in `ARG`, and in `build.args` of a Compose file.
//!
//! A default that is a secret by its own shape (`knowledge::secrets::token`) is not this rule's: it is
//! reported wherever it stands, whatever the name.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Instruction, InstructionKind};
use crate::engine::nodes::{Host, VariableSite, VariableUse, dockerfile_variables};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::name::is_secret_name;
use crate::knowledge::secrets::token::token;
use crate::knowledge::secrets::{self, Suspicion};
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(dockerfile);
    on.variable(|variable, cx| {
        if let VariableSite::BuildArgument(_) = variable.site {
            compose(variable, cx);
        }
    });
}

/// An `ARG` whose name says secret.
struct Argument<'n> {
    variable: VariableUse<'n>,
    index: usize,
    suspicion: Suspicion,
}

fn dockerfile(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let mut arguments = Vec::new();
    dockerfile_variables(file, |variable| {
        let VariableSite::Arg(index) = variable.site else {
            return;
        };
        let written = variable.value.as_deref().unwrap_or_default();
        let suspicion = secrets::in_dockerfile(&variable.name, variable.known.as_deref(), written);
        if suspicion != Suspicion::None {
            arguments.push(Argument {
                variable: variable.clone(),
                index,
                suspicion,
            });
        }
    });
    if arguments.is_empty() {
        return;
    }
    let in_output = |index: usize| file.stage_of(index).is_some_and(|stage| stage.is_output);
    // A stage sees an argument from above the first FROM only if it names it again.
    let mut names: HashMap<&str, Name> = HashMap::new();
    for argument in &arguments {
        let name = names.entry(&argument.variable.name).or_default();
        name.in_output |= in_output(argument.index);
    }
    find_mentions(file, cx.text(), &mut names);
    // What a command uses for sure is a greater fault, and reported as such.
    let used: HashSet<Span> = file
        .argument_uses(is_secret_name)
        .into_iter()
        .map(|uses| uses.argument.name_span)
        .collect();
    for argument in &arguments {
        if argument.suspicion == Suspicion::Name && used.contains(&argument.variable.name_span) {
            continue;
        }
        let name = &names[&*argument.variable.name];
        let stays = match file.stage_of(argument.index) {
            Some(stage) => stage.is_output,
            None if argument.suspicion == Suspicion::Value => name.in_output,
            None => continue,
        };
        let is_unused = name.last_mention.is_none_or(|last| last < argument.index);
        report(argument, stays, is_unused, cx);
    }
}

/// What a file says of a name.
#[derive(Default)]
struct Name {
    /// Whether a stage that ends up in the image has an `ARG` with it.
    in_output: bool,
    /// The last instruction that mentions it, other than as the key of an `ARG`.
    last_mention: Option<usize>,
}

/// Notes the last mention of each name. Commands can read an argument in any language, Python in a heredoc
/// for example, so that every mention counts.
fn find_mentions(file: &Dockerfile, text: &str, names: &mut HashMap<&str, Name>) {
    let mut mention = |index: usize, part: &str| {
        for word in part.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
            if let Some(name) = names.get_mut(word) {
                name.last_mention = Some(index);
            }
        }
    };
    for (index, instruction) in file.ast.instructions.iter().enumerate() {
        let acting: &Instruction = match &instruction.kind {
            InstructionKind::Onbuild(onbuild) => onbuild.trigger.as_deref().unwrap_or(instruction),
            _ => instruction,
        };
        if let InstructionKind::Arg(arg) = &acting.kind {
            for value in arg.pairs.iter().filter_map(|pair| pair.value.as_ref()) {
                mention(index, &value.raw);
            }
            continue;
        }
        mention(index, acting.arguments.text(text));
        for heredoc in &acting.heredocs {
            mention(index, heredoc.body_span.text(text));
        }
    }
}

fn report(argument: &Argument<'_>, stays: bool, is_unused: bool, cx: &mut Context<'_, Dockerfile>) {
    let variable = &argument.variable;
    let name = excerpt(&variable.name);
    let mount = format!("`RUN --mount=type=secret,id={name},env={name}`");
    let finding = if argument.suspicion == Suspicion::Value {
        if is_token(variable, cx.text()) {
            return;
        }
        let place = if stays {
            "the history of the image"
        } else {
            "the build cache and in provenance"
        };
        let message = format!("the default of `{name}` is a secret and stays in {place}");
        cx.report(variable.value_span, message)
            .severity(Severity::Error)
            .help(format!("mount it instead: {mount}"))
    } else {
        let keeper = if stays {
            "the history of the image keeps it"
        } else {
            "the build cache and provenance keep it"
        };
        let message = format!("`{name}` is named like a secret; {keeper}");
        let finding = cx.report(variable.name_span, message);
        if is_unused && variable.value.is_none() {
            finding.severity(Severity::Info).help(format!(
                "delete it if nothing reads it, else mount it instead: {mount}"
            ))
        } else {
            finding.help(format!("mount it instead: {mount}"))
        }
    };
    if !stays {
        finding.severity(Severity::Info);
    }
}

fn compose(variable: &VariableUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let written = variable.value.as_deref().unwrap_or_default();
    let known = variable.known.as_deref();
    let suspicion = secrets::in_compose(&variable.name, known, written);
    let name = excerpt(&variable.name);
    match suspicion {
        Suspicion::None => return,
        // Nothing, or a placeholder, gives nothing away; a variable that may be empty does.
        Suspicion::Name if known.is_some() && !written.contains('$') => return,
        Suspicion::Name => cx.report(
            variable.name_span,
            format!("`{name}` is named like a secret; the history of the image keeps it"),
        ),
        Suspicion::Value if is_token(variable, cx.text()) => return,
        Suspicion::Value => cx
            .report(
                variable.value_span,
                format!("the value of `{name}` is a secret; the history of the image keeps it"),
            )
            .severity(Severity::Error),
    }
    .help(format!(
        "list it under `build.secrets`, and mount it: `RUN --mount=type=secret,id={name},env={name}`"
    ));
}

/// Whether the value has a secret in it that is known by its own shape, as the file shows it.
fn is_token(variable: &VariableUse<'_>, text: &str) -> bool {
    token(variable.value_span.text(text)).is_some()
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn in_the_image_a_default_is_an_error_and_a_name_that_is_used_a_warning() {
        dockerfile(
            "secret-in-build-arg",
            r#"
FROM debian:13
ARG NPM_TOKEN
#   ^^^^^^^^^ warning: `NPM_TOKEN` is named like a secret; the history of the image keeps it
ARG API_KEY DB_PASSWORD='hunter2'
#   ^^^^^^^ info: `API_KEY` is named like a secret; the history of the image keeps it
#                       ^^^^^^^^^ error: the default of `DB_PASSWORD` is a secret and stays in the history of the image
ARG AUTH_TOKEN=
#   ^^^^^^^^^^ warning: `AUTH_TOKEN` is named like a secret; the history of the image keeps it
ARG SECRET=$GLOBAL
#   ^^^^^^ warning: `SECRET` is named like a secret; the history of the image keeps it
ARG APP_SECRET=${APP:-hunter2}
#              ^^^^^^^^^^^^^^^ error: the default of `APP_SECRET` is a secret and stays in the history of the image
RUN npm ci '$NPM_TOKEN'
ONBUILD ARG PASSWORD
#           ^^^^^^^^ warning: `PASSWORD` is named like a secret; the history of the image keeps it
ONBUILD RUN login "$PASSWORD"
ENV SECRET_KEY=hunter2
"#,
        );
    }

    #[test]
    fn in_a_stage_that_is_left_behind_it_is_worth_knowing_only() {
        dockerfile(
            "secret-in-build-arg",
            r#"
FROM debian:13 AS base
ARG TOKEN
#   ^^^^^ warning: `TOKEN` is named like a secret; the history of the image keeps it
RUN use TOKEN
FROM base AS build
ARG TOKEN
#   ^^^^^ info: `TOKEN` is named like a secret; the build cache and provenance keep it
ARG DB_PASSWORD=hunter2
#               ^^^^^^^ info: the default of `DB_PASSWORD` is a secret and stays in the build cache and in provenance
RUN use TOKEN
FROM base
COPY --from=build a b
"#,
        );
    }

    #[test]
    fn above_the_stages_only_a_default_counts() {
        dockerfile(
            "secret-in-build-arg",
            r#"
ARG TOKEN
ARG PASSWORD=hunter2
#            ^^^^^^^ error: the default of `PASSWORD` is a secret and stays in the history of the image
ARG SECRET=hunter2
#          ^^^^^^^ info: the default of `SECRET` is a secret and stays in the build cache and in provenance
FROM debian:13
ARG PASSWORD
#   ^^^^^^^^ info: `PASSWORD` is named like a secret
"#,
        );
    }

    #[test]
    fn any_mention_behind_it_is_a_use() {
        for mention in [
            "RUN [\"a\", \"$KEY\"]",
            "RUN python3 <<EOF\nimport os; print(os.environ['KEY'])\nEOF",
            "COPY <<EOF /key\n$KEY\nEOF",
            "ARG SETTING=$KEY",
            "ONBUILD RUN <<EOF\necho $KEY\nEOF",
        ] {
            let rule = "secret-in-build-arg";
            let text = |level, name| {
                format!("FROM a\nARG {name}\n#   ^^^ {level}: `{name}` is named\n{mention}\n")
            };
            dockerfile(rule, &text("warning", "KEY"));
            let before = format!("FROM a\n{mention}\nARG KEY\n#   ^^^ info: `KEY` is named\n");
            dockerfile(rule, &before);
        }
        for other in ["ARG KEY", "RUN a $KEYS $MY_KEY # key"] {
            let text = format!("FROM a\nARG KEY\n#   ^^^ info: `KEY` is named\n{other}\n");
            let second = "#   ^^^ info: `KEY` is named\n";
            let second = if other == "ARG KEY" { second } else { "" };
            dockerfile("secret-in-build-arg", &format!("{text}{second}"));
        }
    }

    #[test]
    fn what_a_command_uses_is_left_to_others() {
        for mention in ["RUN a \"$KEY\"", "ENV SETTING=\"${KEY}\""] {
            dockerfile(
                "secret-in-build-arg",
                &format!("FROM a\nARG KEY\n{mention}\n"),
            );
        }
    }

    #[test]
    fn arguments_of_compose_files_are_marked() {
        compose(
            "secret-in-build-arg",
            r#"
services:
  a:
    build:
      context: .
      args:
        VERSION: 1.2
        NPM_TOKEN: ${NPM_TOKEN}
#       ^^^^^^^^^ warning: `NPM_TOKEN` is named like a secret; the history of the image keeps it
        API_KEY: "hunter2"
#                ^^^^^^^^^ error: the value of `API_KEY` is a secret; the history of the image keeps it
        API_TOKEN:
#       ^^^^^^^^^ warning: `API_TOKEN` is named
        EMPTY_TOKEN: ""
        OTHER_TOKEN: <token>
        PERHAPS_TOKEN: ${TOKEN:-}
#       ^^^^^^^^^^^^^ warning: `PERHAPS_TOKEN` is named
        TOKEN_FILE: hunter2
        MAX_TOKENS: 100
  b:
    build:
      context: .
      args:
        - DB_PASSWORD
#         ^^^^^^^^^^^ warning: `DB_PASSWORD` is named
        - APP_SECRET=hunter2
#                    ^^^^^^^ error: the value of `APP_SECRET` is a secret; the history of the image keeps it
    environment: { API_KEY: hunter2 }
"#,
        );
    }

    #[test]
    fn a_secret_of_known_shape_is_left_to_others() {
        let token = "API_TOKEN=ghp_NotARealTokenJustForThisLittleTest00";
        dockerfile("secret-in-build-arg", &format!("FROM a\nARG {token}\n"));
        let text = format!("services:\n  a:\n    build: {{ context: ., args: [{token}] }}\n");
        compose("secret-in-build-arg", &text);
    }
}
