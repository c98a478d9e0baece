//! Flags secrets that can be told by their own shape or by the name in front of them, wherever they stand: in
//! instructions, heredocs and values, and in comments as well.
//!
//! What a variable or a command gets is left to the rules about these, which know more of it.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{InstructionKind, Pair};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::assigned::assigned;
use crate::knowledge::secrets::name::{is_secret_name, is_strong_secret_name};
use crate::knowledge::secrets::token::{token, tokens};
use crate::shell::ast::Script;
use crate::shell::credentials::credentials;
use crate::text::{SourceFile, Span};

const HELP: &str = "revoke it, and hand the next one over as a secret instead of writing it down";

/// How many values are compared with what commands get.
const MAX_VALUES: usize = 64;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.file(check);
    on.dockerfile(check_names);
}

fn check(source: &SourceFile, cx: &mut Context<'_, ()>) {
    for token in tokens(&source.text) {
        let message = format!("this {} stands in clear text", token.kind);
        cx.report(Span::from_range(token.range), message).help(HELP);
    }
}

fn check_names(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let text = cx.text();
    for found in assigned(text).take(MAX_VALUES) {
        let span = Span::from_range(found.value.clone());
        let value = &text[found.value];
        if token(value).is_some() || is_reported_elsewhere(model, span) {
            continue;
        }
        let name = excerpt(&text[found.name]);
        cx.report(span, format!("the value of `{name}` looks like a secret"))
            .help(HELP);
    }
}

/// Whether a value is that of a variable whose name says secret, or one that a program is known to get.
fn is_reported_elsewhere(model: &Dockerfile, span: Span) -> bool {
    let instructions = &model.ast.instructions;
    let at = instructions.partition_point(|instruction| instruction.span.start <= span.start);
    let Some(index) = at.checked_sub(1) else {
        return false;
    };
    if !instructions[index].span.contains(span) {
        return false;
    }
    match &model.acting(index).kind {
        InstructionKind::Env(env) => is_named(&env.pairs, span),
        InstructionKind::Arg(arg) => is_named(&arg.pairs, span),
        _ => {
            let scripts = model.scripts_of(index).iter();
            let scripts = scripts.filter_map(|script| script.script.as_ref());
            scripts
                .flat_map(Script::commands)
                .flat_map(|found| credentials(&found, is_strong_secret_name))
                .any(|credential| credential.span.contains(span))
        }
    }
}

fn is_named(pairs: &[Pair], span: Span) -> bool {
    pairs
        .iter()
        .any(|pair| pair.span.contains(span) && is_secret_name(&pair.key.value()))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn a_token_is_marked_wherever_it_stands() {
        dockerfile(
            "hardcoded-secret",
            r#"
# FROM ghp_NotARealTokenJustForThisLittleTest00/old
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
FROM debian:13
RUN git clone https://x:ghp_NotARealTokenJustForThisLittleTest00@example.com/a.git
#                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
RUN <<DOC
  login ghp_NotARealTokenJustForThisLittleTest00
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
DOC
ENV A="ghp_NotARealTokenJustForThisLittleTest00" \
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
    B=ghp_NotARealTokenJustForThisLittleTest00
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
LABEL a=xghp_NotARealTokenJustForThisLittleTest00
"#,
        );
    }

    #[test]
    fn a_random_value_behind_a_name_is_marked() {
        dockerfile(
            "hardcoded-secret",
            r#"
# The old password: x7Kq2Vf9Lz4Tb8Rm3Wd6
#                   ^^^^^^^^^^^^^^^^^^^^ the value of `password` looks like a secret
FROM debian:13
LABEL com.example.token="x7Kq2Vf9Lz4Tb8Rm3Wd6"
#                        ^^^^^^^^^^^^^^^^^^^^ the value of `com.example.token` looks like a secret
COPY <<DOC /app.json
{"clientSecret": "x7Kq2Vf9Lz4Tb8Rm3Wd6"}
#                 ^^^^^^^^^^^^^^^^^^^^ the value of `clientSecret` looks like a secret
DOC
ENV OPTIONS="--api-token=x7Kq2Vf9Lz4Tb8Rm3Wd6"
#                        ^^^^^^^^^^^^^^^^^^^^ the value of `--api-token` looks like a secret
RUN deploy --password x7Kq2Vf9Lz4Tb8Rm3Wd6 \
#                     ^^^^^^^^^^^^^^^^^^^^ the value of `--password` looks like a secret
  && true
ENV DB_PASSWORD=x7Kq2Vf9Lz4Tb8Rm3Wd6
ARG DB_TOKEN=x7Kq2Vf9Lz4Tb8Rm3Wd6
RUN DB_PASSWORD=x7Kq2Vf9Lz4Tb8Rm3Wd6 mysql --password=x7Kq2Vf9Lz4Tb8Rm3Wd6
RUN deploy --password correct-horse-battery-staple --token=$TOKEN
"#,
        );
    }

    #[test]
    fn values_and_comments_of_compose_files_count() {
        compose(
            "hardcoded-secret",
            r#"
services:
  a:
    image: a # ghp_NotARealTokenJustForThisLittleTest00
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
    environment: { A: "ghp_NotARealTokenJustForThisLittleTest00" }
#                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
x-b:
  - >-
    a
    ghp_NotARealTokenJustForThisLittleTest00
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
"#,
        );
    }
}
