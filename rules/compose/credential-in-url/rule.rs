//! Flags passwords in URLs.

use crate::compose::File;
use crate::compose::command::Command;
use crate::compose::container::Container;
use crate::compose::develop::Hook;
use crate::compose::healthcheck::Test;
use crate::compose::value::{Pair, Scalar};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::token::token;
use crate::knowledge::secrets::url::passwords;
use crate::text::{Edit, Location, Span};
use crate::yaml::ScalarStyle;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            container(owned.container, cx);
        }
        for service in &document.services {
            service.hooks().for_each(|hook| in_hook(hook, cx));
        }
        for content in document
            .configs
            .iter()
            .filter_map(|config| config.content.as_ref())
        {
            text(&content.value, content.at, cx);
        }
    }
}

fn container(container: &Container, cx: &mut Context<'_, File>) {
    container
        .environment
        .iter()
        .for_each(|entry| pair(entry, cx));
    if let Some(build) = &container.build {
        build.value.args.iter().for_each(|entry| pair(entry, cx));
    }
    for line in [&container.command, &container.entrypoint]
        .into_iter()
        .flatten()
    {
        command(&line.value, line.at, cx);
    }
    let test = container
        .healthcheck
        .as_ref()
        .and_then(|check| check.value.test.as_ref());
    if let Some(test) = test {
        match &test.value {
            Test::Text(line) => text(line, test.at, cx),
            Test::Cmd { words, .. } | Test::CmdShell { words, .. } | Test::Other(words) => {
                words.iter().for_each(|word| text(&word.value, word.at, cx));
            }
            Test::None { .. } => {}
        }
    }
}

fn in_hook(hook: &Hook, cx: &mut Context<'_, File>) {
    hook.environment.iter().for_each(|entry| pair(entry, cx));
    if let Some(line) = &hook.command {
        command(&line.value, line.at, cx);
    }
}

fn command(line: &Command, at: Location, cx: &mut Context<'_, File>) {
    match line {
        Command::Line(line) => text(&line.text, at, cx),
        Command::Words(words) => words.iter().for_each(|word| text(&word.value, word.at, cx)),
    }
}

fn pair(pair: &Pair, cx: &mut Context<'_, File>) {
    let Some(value) = &pair.value else { return };
    let Some(name) = pair.name.value.known() else {
        return;
    };
    for span in found(&value.value, cx) {
        let message = format!(
            "`{}` is a URL with its password in clear text",
            excerpt(name)
        );
        let fix = from_outside(pair, name, span, cx.text());
        let at = Location {
            file: value.at.file,
            span,
        };
        report(at, &message, cx).extend(fix);
    }
}

fn text(scalar: &Scalar, at: Location, cx: &mut Context<'_, File>) {
    for span in found(scalar, cx) {
        let at = Location {
            file: at.file,
            span,
        };
        report(at, "this URL has its password in clear text", cx);
    }
}

fn report<'c>(at: Location, message: &str, cx: &'c mut Context<'_, File>) -> &'c mut Vec<Fix> {
    let finding = cx.report(at, message);
    finding.help("hand the password in with a variable without default, or as a secret");
    &mut finding.fixes
}

/// The places of the passwords in a text.
fn found(scalar: &Scalar, cx: &Context<'_, File>) -> Vec<Span> {
    if !scalar.raw().text().contains("://") {
        return Vec::new();
    }
    let masked = scalar.masked();
    let text = masked.as_ref().map_or("", |masked| masked.text());
    let places = passwords(text).filter_map(|range| Some(masked.as_ref()?.span(range)));
    // What is a secret by its own shape is reported wherever it stands.
    places
        .filter(|span| token(span.text(cx.text())).is_none())
        .collect()
}

/// Puts a variable in the place of a password that is written as it is.
fn from_outside(pair: &Pair, name: &str, password: Span, text: &str) -> Option<Fix> {
    let value = pair.value.as_ref()?;
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        && !name.starts_with(|first: char| first.is_ascii_digit());
    let is_literal = value.value.literal().is_some() && value.at.span.contains(password);
    // Without quotes, a brace would end a mapping in braces.
    let before = text.get(..pair.name.at.span.range().start)?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_block = line.bytes().all(|byte| b" -\"'".contains(&byte));
    let fits = match value.value.style() {
        ScalarStyle::Plain => is_block,
        ScalarStyle::DoubleQuoted | ScalarStyle::SingleQuoted => true,
        _ => false,
    };
    if !is_name || !is_literal || !fits {
        return None;
    }
    let endings = ["_URL", "_URI", "_DSN"];
    let stem = endings
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    let variable = format!("{stem}_PASSWORD");
    let title = format!("take the password from `{variable}`; set it in an `.env` file");
    let edits = vec![Edit::replace(password, format!("${{{variable}:?}}"))];
    Some(Fix::new(title, Applicability::Unsafe, edits))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn the_password_is_marked_wherever_it_stands() {
        compose(
            "credential-in-url",
            r#"
services:
  a:
    image: a
    environment:
      A_URL: "redis://:hunter2@cache"
#                      ^^^^^^^ `A_URL` is a URL with its password in clear text
      B_URL: ${B:-redis://x:hunter2@cache}
#                           ^^^^^^^ `B_URL` is a URL
      C_URL: redis://x:${P:-hunter2}@cache
#                           ^^^^^^^ `C_URL` is a URL
      D_URL: redis://x:${P:-}@cache
      E_URL: redis://x:${P:?a:b@c}@cache
      F_URL: redis://x:pa$$ss@cache
    command: migrate 'mysql://a:hunter2@db'
#                               ^^^^^^^ this URL has its password in clear text
    entrypoint: [a, "b://c:hunter2@d"]
#                          ^^^^^^^ this URL
    healthcheck:
      test: [CMD-SHELL, "curl http://a:hunter2@localhost"]
#                                      ^^^^^^^ this URL
    build:
      context: .
      args: [INDEX=https://a:hunter2@example.com]
#                            ^^^^^^^ `INDEX` is a URL
    post_start:
      - command: [a, "b://c:hunter2@d"]
#                           ^^^^^^^ this URL
configs:
  c:
    content: "db = postgres://a:hunter2@db"
#                               ^^^^^^^ this URL
"#,
        );
    }

    #[test]
    fn the_fix_keeps_quotes_and_leaves_braces_alone() {
        let fixed = |environment: &str| {
            let head = "services:\n  a:\n    image: a\n    environment:";
            let text = format!("{head}{environment}\n");
            fixed_compose("credential-in-url", Applicability::Unsafe, &text)[head.len()..]
                .trim_end()
                .to_owned()
        };
        for (before, after) in [
            (
                "\n      - A=b://c:d@e",
                "\n      - A=b://c:${A_PASSWORD:?}@e",
            ),
            (
                "\n      A: 'b://c:d@e' # f",
                "\n      A: 'b://c:${A_PASSWORD:?}@e' # f",
            ),
            (
                " {A_URI: \"b://c:d@e\"}",
                " {A_URI: \"b://c:${A_PASSWORD:?}@e\"}",
            ),
            (" {A: b://c:d@e}", " {A: b://c:d@e}"),
            ("\n      A: ${X:-b://c:d@e}", "\n      A: ${X:-b://c:d@e}"),
        ] {
            assert_eq!(fixed(before), after);
        }
    }
}
