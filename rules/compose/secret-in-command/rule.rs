//! Flags secrets in the commands of containers.
//!
//! A value that is a secret by its own shape is not this rule's, nor is a password in a URL.

use std::borrow::Cow;

use crate::compose::File;
use crate::compose::command::{Command, quoted};
use crate::compose::container::Container;
use crate::compose::healthcheck::Test;
use crate::compose::interpolate::UNKNOWN;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::name::is_strong_secret_name;
use crate::knowledge::secrets::token::token;
use crate::knowledge::secrets::url::passwords;
use crate::knowledge::secrets::{Strength, in_command};
use crate::shell::credentials::credentials;
use crate::shell::word::Word;
use crate::shell::{self, Dialect};
use crate::text::{Cooked, FileId, Location, Span};

/// Options that take a password, but have no word in their name that says so.
const OPTIONS: [&str; 3] = ["masterauth", "requirepass", "rpcpassword"];

/// Last words of a name that say that what follows is the secret itself.
const LAST: [&str; 9] = [
    "apikey",
    "key",
    "pass",
    "passphrase",
    "passwd",
    "password",
    "secret",
    "token",
    "credential",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            container(owned.container, cx);
        }
        for hook in document.services.iter().flat_map(|service| service.hooks()) {
            if let Some(line) = &hook.command {
                command(&line.value, line.at, cx);
            }
        }
    }
}

fn container(container: &Container, cx: &mut Context<'_, File>) {
    for line in [&container.entrypoint, &container.command]
        .into_iter()
        .flatten()
    {
        command(&line.value, line.at, cx);
    }
    let test = container
        .healthcheck
        .as_ref()
        .and_then(|check| check.value.test.as_ref());
    let Some(test) = test else { return };
    let line = match &test.value {
        Test::Text(line) => line.masked(),
        Test::CmdShell { words, .. } => words.first().and_then(|line| line.value.masked()),
        Test::Cmd { words, .. } => Some(Cow::Owned(quoted(words))),
        Test::None { .. } | Test::Other(_) => None,
    };
    if let Some(line) = line {
        script(&line, test.at.file, cx);
    }
}

fn command(line: &Command, at: Location, cx: &mut Context<'_, File>) {
    script(&quoted(line.words()), at.file, cx);
}

fn script(line: &Cooked<'_>, file: FileId, cx: &mut Context<'_, File>) {
    let script = shell::parse(line, Dialect::Posix).tree;
    for found in script.commands() {
        for credential in credentials(&found, is_strong_secret_name) {
            report(
                credential.value,
                credential.span,
                credential.receiver,
                file,
                cx,
            );
        }
        let program = found.command.unwrapped();
        let receiver = program.and_then(|program| program.name());
        let receiver = receiver.unwrap_or("the program");
        for (value, span) in options(&found.command.words) {
            report(value, span, receiver, file, cx);
        }
    }
}

fn report(value: &str, span: Span, receiver: &str, file: FileId, cx: &mut Context<'_, File>) {
    let strength = in_command(value);
    let is_other = value.contains(UNKNOWN)
        || value.contains("://") && passwords(value).next().is_some()
        || token(span.text(cx.text())).is_some();
    if strength == Strength::None || is_other {
        return;
    }
    // An option in front of all others is given to the entrypoint of the image.
    let message = match receiver.starts_with('-') {
        true => "the command gets a secret in clear text".to_owned(),
        false => format!("`{}` gets a secret in clear text", excerpt(receiver)),
    };
    let finding = cx.report(Location { file, span }, message);
    finding.help("let it read the secret from a file or a variable of the container");
    if strength == Strength::Weak {
        finding.severity(Severity::Warning);
    }
}

/// The values of options whose name says secret, whatever the program.
fn options(words: &[Word]) -> Vec<(&str, Span)> {
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let Some(text) = word.text().filter(|text| text.starts_with('-')) else {
            continue;
        };
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some((value, word.span))),
            // `-pass value` may be several options of one letter.
            None if !text.starts_with("--") => continue,
            None => {
                let next = words.get(index + 1);
                let value = next.and_then(|next| Some((next.text()?, next.span)));
                (text, value.filter(|(value, _)| !value.starts_with('-')))
            }
        };
        if let Some(value) = value.filter(|_| takes_secret(name)) {
            found.push(value);
        }
    }
    found
}

fn takes_secret(option: &str) -> bool {
    let name = option.trim_start_matches('-').replace(['-', '.'], "_");
    let last = name
        .rsplit('_')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    OPTIONS.contains(&&*name)
        || is_strong_secret_name(&name) && LAST.iter().any(|end| last.ends_with(end))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_value_is_marked() {
        compose(
            "secret-in-command",
            r#"
services:
  a:
    image: a
    entrypoint: [sh, -c, "exec a --api-token=hunter2"]
#                                ^^^^^^^^^^^^^^^^^^^ error: `a` gets a secret in clear text
    command: redis-server --requirepass 'hunter2' --masterauth ${P:-hunter2}
#                                       ^^^^^^^^^ error: `redis-server` gets
#                                                                   ^^^^^^^ error: `redis-server` gets
    healthcheck: {test: "PGPASSWORD=hunter2 psql"}
#                                   ^^^^^^^ error: `PGPASSWORD` gets
    post_start:
      - command: [mysql, -proot]
#                        ^^^^^^ warning: `mysql` gets
  b:
    image: b
    command:
      - --db-password
      - "it's hunter2"
#       ^^^^^^^^^^^^^^ error: the command gets a secret
      - --token=${TOKEN}
      - --secret=a${B}
      - --token-ttl=hunter2
      - --password=/run/secrets/a
      - --password-stdin
      - hunter2
      - --token
      - --secret=$$SECRET
      - --url=redis://:hunter2@c
      - --enable-token=true
      - -rpcpassword=hunter2
#       ^^^^^^^^^^^^^^^^^^^^ error: the command gets a secret
      - -token hunter2
    healthcheck: {test: [CMD-SHELL, "redis-cli -a $$PASSWORD ping"]}
"#,
        );
    }
}
