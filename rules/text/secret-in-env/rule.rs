//! Flags variables of images and services whose name says secret and whose value is written down.
//!
//! A value that is a secret by its own shape (`knowledge::secrets::token`) is not this rule's: it is
//! reported wherever it stands, whatever the name. In Compose files, passwords that everybody knows and those in URLs
//! have rules of their own as well.

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::nodes::{Host, VariableSite, VariableUse};
use crate::engine::{Context, Hooks};
use crate::grammar::variable::{Dialect, Piece};
use crate::grammar::{self, excerpt};
use crate::knowledge::secrets::token::token;
use crate::knowledge::secrets::url::passwords;
use crate::knowledge::secrets::{self, Suspicion};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.variable(|variable, cx| match variable.site {
        VariableSite::Env(_) => image(variable, cx),
        VariableSite::Environment(_) => service(variable, cx),
        _ => {}
    });
}

fn image(variable: &VariableUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(value) = &variable.value else { return };
    let suspicion = secrets::in_dockerfile(&variable.name, variable.known.as_deref(), value);
    let name = match suspicion {
        Suspicion::None => return,
        Suspicion::Name | Suspicion::Value => excerpt(&variable.name),
    };
    match suspicion {
        Suspicion::None => return,
        Suspicion::Name => cx
            .report(
                variable.name_span,
                format!("`{name}` is named like a secret; what `ENV` sets, the image keeps"),
            )
            .severity(Severity::Info),
        Suspicion::Value if is_token(variable, cx) => return,
        Suspicion::Value => cx.report(
            variable.value_span,
            format!("the value of `{name}` stays in the image for everyone to read"),
        ),
    }
    .help(format!(
        "set it when the container starts; for the build, use `RUN --mount=type=secret,id={name},env={name}`"
    ));
}

fn service(variable: &VariableUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(known) = variable.known.as_deref() else {
        return;
    };
    let written = variable.value.as_deref().unwrap_or_default();
    let suspicion = secrets::in_compose(&variable.name, Some(known), written);
    let is_more = || {
        is_token(variable, cx)
            || super::default_credential::of(variable).is_some()
            || passwords(known).next().is_some()
    };
    if suspicion != Suspicion::Value || is_more() {
        return;
    }
    let name = excerpt(&variable.name);
    let template = grammar::variable::parse(written, Dialect::Compose);
    let is_reference = |piece: &Piece| matches!(piece, Piece::Reference(_));
    let message = if template.pieces.iter().any(is_reference) {
        format!("the default of `{name}` is a secret in clear text")
    } else {
        format!("the value of `{name}` is a secret in clear text")
    };
    let fix = from_outside(variable, cx.text());
    cx.report(variable.value_span, message)
        .help("hand it in as a secret, or from an `.env` file that is not committed")
        .fixes
        .extend(fix);
}

/// Whether the value has a secret in it that is known by its own shape, as the file shows it.
fn is_token(variable: &VariableUse<'_>, cx: &Context<'_, Host<'_>>) -> bool {
    token(variable.value_span.text(cx.text())).is_some()
}

/// Takes the value from a variable, where it is written right behind its own name: from the one that it has a
/// default for, else from one of the same name.
pub(super) fn from_outside(variable: &VariableUse<'_>, text: &str) -> Option<Fix> {
    let written = variable.value.as_deref()?;
    let template = grammar::variable::parse(written, Dialect::Compose);
    let name = match template.pieces.as_slice() {
        [Piece::Reference(reference)] => written.get(reference.name.clone())?,
        pieces
            if pieces
                .iter()
                .all(|piece| matches!(piece, Piece::Literal(_))) =>
        {
            &variable.name
        }
        _ => return None,
    };
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.starts_with(|first: char| first.is_ascii_digit());
    let gap = text.get(variable.name_span.end as usize..variable.value_span.start as usize)?;
    let gap = gap.trim_start_matches(['"', '\'']).trim_end_matches(' ');
    let is_on_one_line = !variable.value_span.text(text).contains(['\n', '\r']);
    if !is_name || !is_on_one_line {
        return None;
    }
    let reference = format!("${{{name}:?}}");
    let value = match gap {
        ":" => format!("\"{reference}\""),
        // The quotes of an item stand around name and value. Without any, braces would end a list in brackets.
        "=" => {
            let before = text.get(..variable.name_span.start as usize)?;
            let before = before.trim_end_matches(' ');
            before.ends_with(['-', '"', '\'']).then_some(reference)?
        }
        _ => return None,
    };
    let title = format!("take it from the environment; set `{name}` in an `.env` file");
    let edits = vec![Edit::replace(variable.value_span, value)];
    Some(Fix::new(title, Applicability::Unsafe, edits))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{self, compose, dockerfile};

    #[test]
    fn the_value_is_marked_or_the_name_where_there_is_none() {
        dockerfile(
            "secret-in-env",
            r#"
FROM debian:13
ENV MODE=fast \
    DB_PASSWORD='hun ter2' \
#               ^^^^^^^^^^ the value of `DB_PASSWORD` stays in the image for everyone to read
    API_KEY= \
#   ^^^^^^^ `API_KEY` is named like a secret; what `ENV` sets, the image keeps
    AUTH_TOKEN=${AUTH_TOKEN} \
#   ^^^^^^^^^^ `AUTH_TOKEN` is named like a secret; what `ENV` sets, the image keeps
    SECRET=${SECRET:-hunter2}
#          ^^^^^^^^^^^^^^^^^^ the value of `SECRET` stays in the image for everyone to read
ENV SESSION_SECRET hunter2
#                  ^^^^^^^ the value of `SESSION_SECRET` stays in the image for everyone to read
ONBUILD ENV PASSWORD=hunter2
#                    ^^^^^^^ the value of `PASSWORD` stays in the image for everyone to read
ARG PASSWORD=hunter2
LABEL password=hunter2
"#,
        );
    }

    #[test]
    fn values_of_services_jobs_and_first_steps_are_marked() {
        compose(
            "secret-in-env",
            r#"
x-shared: &shared
  API_TOKEN: hunter2
#            ^^^^^^^ the value of `API_TOKEN` is a secret in clear text
services:
  a:
    image: a
    environment:
      <<: *shared
      DB_PASSWORD: "hunter2"
#                  ^^^^^^^^^ the value of `DB_PASSWORD` is a secret in clear text
      DB_PASSWORD_OLD: ${OLD}
      DB_SECRET: ${SECRET:-hunter2}
#                ^^^^^^^^^^^^^^^^^^ the default of `DB_SECRET` is a secret in clear text
      PIN_SECRET: 4711
#                 ^^^^ the value of `PIN_SECRET` is a secret in clear text
      ROOT_PASSWORD: postgres
      DATA_SECRET: a://b:hunter2@c
      ADMIN_PASSWORD: pa$$word
#                     ^^^^^^^^ the value of `ADMIN_PASSWORD`
    build:
      context: .
      args: { TOKEN: hunter2 }
  b:
    image: b
    environment:
      - DB_PASSWORD=hunter2
#                   ^^^^^^^ the value of `DB_PASSWORD` is a secret in clear text
      - "APP_SECRET=hunter2"
#                   ^^^^^^^ the value of `APP_SECRET` is a secret in clear text
      - API_TOKEN
    <<: { environment: { API_TOKEN: hunter3 } }
    pre_start:
      - image: c
        environment: { API_TOKEN: hunter2 }
#                                 ^^^^^^^ the value of `API_TOKEN` is a secret in clear text
    post_start:
      - command: [init]
        environment: { HOOK_TOKEN: hunter2 }
#                                  ^^^^^^^ the value of `HOOK_TOKEN` is a secret in clear text
    develop:
      watch:
        - path: .
          action: sync+exec
          target: /a
          exec: { command: [init], environment: [WATCH_TOKEN=hunter2] }
#                                                            ^^^^^^^ the value of `WATCH_TOKEN` is a
"#,
        );
    }

    /// A Compose file whose service has this text as its environment, after the fix.
    fn fixed(environment: &str) -> String {
        let head = "services:\n  a:\n    image: a\n    environment:";
        let fixed = testing::fixed_compose(
            "secret-in-env",
            Applicability::Unsafe,
            &format!("{head}{environment}\n"),
        );
        fixed[head.len()..].trim_end().to_owned()
    }

    #[test]
    fn the_fix_takes_the_value_from_outside() {
        for (before, after) in [
            ("\n      A_SECRET: b", "\n      A_SECRET: \"${A_SECRET:?}\""),
            (
                "\n      'A_SECRET':   'b' # c",
                "\n      'A_SECRET':   \"${A_SECRET:?}\" # c",
            ),
            ("\n      A_SECRET: ${B:-c}", "\n      A_SECRET: \"${B:?}\""),
            ("\n    - A_SECRET=${B-c}", "\n    - A_SECRET=${B:?}"),
            ("\n    - A_SECRET=b$$c", "\n    - A_SECRET=${A_SECRET:?}"),
            (" { A_SECRET: b }", " { A_SECRET: \"${A_SECRET:?}\" }"),
            (
                "\n    - A_SECRET=b c # d",
                "\n    - A_SECRET=${A_SECRET:?} # d",
            ),
            ("\n    - 'A_SECRET=b'", "\n    - 'A_SECRET=${A_SECRET:?}'"),
            (" [\"A_SECRET=b\"]", " [\"A_SECRET=${A_SECRET:?}\"]"),
        ] {
            assert_eq!(fixed(before), after);
        }
    }

    #[test]
    fn without_a_safe_place_for_a_variable_there_is_no_fix() {
        for text in [
            " [A_SECRET=b]",
            "\n      A_SECRET: a${B:-c}",
            "\n      a.secret: b",
            "\n      1_SECRET: b",
            "\n      A_SECRET: &b b",
            "\n      A_SECRET: |\n        b\n        c",
            "\n      A_SECRET:\n        b",
        ] {
            assert_eq!(fixed(text), text);
        }
    }

    #[test]
    fn a_secret_of_known_shape_is_left_to_others() {
        let text = "ENV API_TOKEN=ghp_NotARealTokenJustForThisLittleTest00";
        dockerfile("secret-in-env", &format!("FROM debian:13\n{text}\n"));
        let text = "- API_TOKEN=ghp_NotARealTokenJustForThisLittleTest00";
        let text = format!("services:\n  a:\n    image: a\n    environment:\n    {text}\n");
        compose("secret-in-env", &text);
    }
}
