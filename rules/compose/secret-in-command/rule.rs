//! Flags passwords and tokens in the commands of containers.
//!
//! A value that is a secret by its own shape (`knowledge::secrets::token`) is not this rule's: it is reported
//! wherever it stands.

use crate::compose::File;
use crate::compose::containers::CommandKey;
use crate::compose::healthcheck::Test;
use crate::compose::script::{command_line, with_holes};
use crate::compose::value::Text;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::name::is_strong_secret_name;
use crate::knowledge::secrets::token::token;
use crate::knowledge::secrets::{Strength, in_command};
use crate::shell::context::CommandUse;
use crate::shell::credentials::credentials;
use crate::shell::{self, Dialect};
use crate::text::{Cooked, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

/// Options that take a password and whose name does not say so: those of Redis.
const OPTIONS: [&str; 2] = ["masterauth", "requirepass"];

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            let container = owned.container;
            let commands = [&container.entrypoint, &container.command];
            let words: Vec<Text> = commands
                .into_iter()
                .flatten()
                .flat_map(|command| command.value.words(command.at))
                .collect();
            check_words(&words, cx);
            let check = container.healthcheck.as_ref();
            match check
                .and_then(|check| check.value.test.as_ref())
                .map(|test| &test.value)
            {
                Some(Test::Text(line)) => check_line(&with_holes(line).0, cx),
                Some(Test::CmdShell { words, .. }) => {
                    if let Some(line) = words.first() {
                        check_line(&with_holes(&line.value).0, cx);
                    }
                }
                Some(Test::Cmd { words, .. }) => check_words(words, cx),
                _ => {}
            }
        }
        for owned in document.commands() {
            if owned.key == CommandKey::Hook {
                check_words(&owned.command.value.words(owned.command.at), cx);
            }
        }
    }
}

fn check_words(words: &[Text], cx: &mut Context<'_, File>) {
    if !words.is_empty() {
        check_line(&command_line(words), cx);
    }
}

fn check_line(line: &Cooked<'_>, cx: &mut Context<'_, File>) {
    let script = shell::parse(line, Dialect::Posix).tree;
    for found in script.commands() {
        let mut spans = Vec::new();
        for credential in credentials(&found, is_strong_secret_name) {
            spans.push(credential.span);
            report(credential.span, credential.value, credential.receiver, cx);
        }
        for (span, value) in by_options(&found) {
            if !spans.contains(&span) {
                report(span, value, found.command.name().unwrap_or("program"), cx);
            }
        }
    }
}

/// Values of options whose names are those of secrets: `--password x`, `-token=x`, `--requirepass x`.
fn by_options<'a>(found: &CommandUse<'a>) -> Vec<(Span, &'a str)> {
    let mut all = Vec::new();
    let mut words = found.command.words.iter().peekable();
    while let Some(word) = words.next() {
        let Some(text) = word.text() else {
            continue;
        };
        let option = text.strip_prefix("--").or_else(|| text.strip_prefix('-'));
        let Some(option) = option.filter(|option| option.len() > 1) else {
            continue;
        };
        let is_long = text.starts_with("--");
        let (name, value) = match option.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None if is_long => (option, None),
            None => continue,
        };
        let is_secret =
            OPTIONS.contains(&name) || is_strong_secret_name(&name.replace(['-', '.'], "_"));
        if !is_secret {
            continue;
        }
        match value {
            Some(value) => all.push((word.span, value)),
            None => {
                let next = words
                    .peek()
                    .and_then(|next| Some((next.span, next.text()?)));
                all.extend(next.filter(|(_, value)| !value.starts_with('-')));
            }
        }
    }
    all
}

fn report(span: Span, value: &str, receiver: &str, cx: &mut Context<'_, File>) {
    let is_path = value.starts_with(['/', '.', '~']) || value.starts_with("file:");
    let strength = in_command(value);
    if is_path || strength == Strength::None || token(span.text(cx.text())).is_some() {
        return;
    }
    let message = format!("`{}` gets a secret in clear text", excerpt(receiver));
    let finding = cx.report(span, message);
    finding.help("hand it in by a file under `secrets`, and change the one that was written down");
    if strength == Strength::Weak {
        finding.severity(Severity::Warning);
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_word_with_the_secret_is_marked() {
        compose(
            "secret-in-command",
            r#"
services:
  a:
    image: redis
    command: redis-server --requirepass "s3cr3tPa55" --port 6379
#                                        ^^^^^^^^^^ error: `redis-server` gets
    healthcheck:
      test: ["CMD", "redis-cli", "-a", "s3cr3tPa55", "ping"]
#                                       ^^^^^^^^^^ error: `redis-cli` gets
  b:
    image: mysql
    entrypoint: ["sh", "-c"]
    command:
      - |
        mysql -u root -pHunter2Hunter \
#                     ^^^^^^^^^^^^^^^ error: `mysql` gets
          -e 'select 1'
    healthcheck: {test: 'mysqladmin ping -proot'}
#                                        ^^^^^^ warning: `mysqladmin` gets
  c: {image: x, command: [serve, -token=Zk9vXq31LmTp]}
#                                ^^^^^^^^^^^^^^^^^^^ error: `serve` gets
  d:
    image: x
    post_start: [{command: PGPASSWORD=q8Zr1Lk2 psql}]
#                                     ^^^^^^^^ error: `PGPASSWORD` gets
"#,
        );
    }

    #[test]
    fn variables_files_and_placeholders_are_not_reported() {
        compose(
            "secret-in-command",
            r#"
services:
  a: {image: x, command: redis-server --requirepass $PASSWORD}
  b: {image: x, command: "sh -c 'redis-server --requirepass $$PASSWORD'"}
  c: {image: x, command: "serve --password-file /run/secrets/a --token /run/secrets/b"}
  d: {image: x, command: serve --password <password>}
  e: {image: x, command: [serve, --password, "${P:-Zk9vXq31LmTp}"]}
  f: {image: x, command: serve --password --user a}
  g: {image: x, command: [serve, "--secret=${A}b"]}
"#,
        );
    }
}
