//! Flags hashes of passwords of which Compose takes parts for variables.

use std::ops::Range;

use crate::compose::File;
use crate::compose::command::Command;
use crate::compose::healthcheck::Test;
use crate::compose::value::Scalar;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

/// What stands between the first two dollars, by crypt(5) and the PHC string format; a name that ends in `*` is the
/// beginning of one.
const KINDS: &[&str] = &[
    "1", "2a", "2b", "2x", "2y", "5", "6", "7", "apr1", "argon2d", "argon2i", "argon2id", "gy",
    "pbkdf2*", "scrypt", "sha1", "y",
];

/// A hash is at least this long, in bytes.
const SHORTEST: usize = 20;

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for pair in document.pairs().into_iter().flatten() {
            if let Some(value) = &pair.value {
                check_scalar(&value.value, cx);
            }
        }
        for owned in document.commands() {
            match &owned.command.value {
                Command::Line(line) => check_scalar(&line.text, cx),
                Command::Words(words) => {
                    words.iter().for_each(|word| check_scalar(&word.value, cx))
                }
            }
        }
        for owned in document.containers() {
            let check = owned.container.healthcheck.as_ref();
            match check
                .and_then(|check| check.value.test.as_ref())
                .map(|test| &test.value)
            {
                Some(Test::Text(line)) => check_scalar(line, cx),
                Some(Test::Cmd { words, .. } | Test::CmdShell { words, .. }) => {
                    words.iter().for_each(|word| check_scalar(&word.value, cx));
                }
                _ => {}
            }
        }
        for config in &document.configs {
            if let Some(content) = &config.content {
                check_scalar(&content.value, cx);
            }
        }
    }
}

fn check_scalar(scalar: &Scalar, cx: &mut Context<'_, File>) {
    if scalar.references().is_empty() {
        return;
    }
    let raw = scalar.raw();
    for hash in hashes(raw.text()) {
        let text = &raw.text()[hash.clone()];
        let kind = text.split('$').nth(1).unwrap_or_default();
        let message = format!("`${kind}$…` is a hash, and Compose takes parts of it for variables");
        let dollars = text.match_indices('$').map(|(at, _)| hash.start + at);
        let edits = dollars.map(|at| Edit::insert(raw.span(at..at + 1).start, "$"));
        let edits = edits.collect();
        let finding = cx.report(raw.span(hash.clone()), message);
        finding.help("write each dollar twice");
        finding.fix(Fix::new("double the dollars", Applicability::Safe, edits));
    }
}

/// Where in a text hashes stand whose dollars are not doubled, and of which something is taken for a variable.
fn hashes(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('$').map(|at| from + at) {
        let rest = &text[at + 1..];
        let kind = rest.split('$').next().unwrap_or_default();
        let is_kind = KINDS.iter().any(|known| match known.strip_suffix('*') {
            Some(beginning) => {
                kind.starts_with(beginning)
                    && kind
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            }
            None => kind == *known,
        });
        // Dollars in a row stand for half as many.
        if rest.starts_with('$') || !is_kind {
            let row = text[at..].bytes().take_while(|byte| *byte == b'$').count();
            from = at + row;
            continue;
        }
        let has_commas = kind.starts_with("argon2") || kind == "scrypt";
        let is_part = |c: char| {
            c.is_ascii_alphanumeric() || "./+=_$-".contains(c) || (c == ',' && has_commas)
        };
        let end = text[at..]
            .find(|c| !is_part(c))
            .map_or(text.len(), |len| at + len);
        let hash = &text[at..end];
        let is_replaced = hash.match_indices('$').any(|(at, _)| {
            let next = hash[at + 1..].bytes().next();
            next.is_some_and(|byte| byte == b'_' || byte.is_ascii_alphabetic())
        });
        let has_parts = hash.bytes().filter(|byte| *byte == b'$').count() >= 3;
        if hash.len() >= SHORTEST && has_parts && is_replaced && !hash.contains("$$") {
            found.push(at..end);
        }
        from = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::hashes;
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn hashes_are_known_by_their_beginning() {
        let table: &[(&str, &[&str])] = &[
            (
                "a:$apr1$uFVyGLrn$eBn/gmTJs1hGgYVfpIu8R1",
                &["$apr1$uFVyGLrn$eBn/gmTJs1hGgYVfpIu8R1"],
            ),
            (
                "$2y$05$abcdefghijklmnopqrstu, b:$6$saltsalt$Qmx9mp6lCXkf",
                &["$2y$05$abcdefghijklmnopqrstu", "$6$saltsalt$Qmx9mp6lCXkf"],
            ),
            (
                "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$aGFzaA",
                &["$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$aGFzaA"],
            ),
            ("$$apr1$$uFVyGLrn$$eBn/gmTJs1hGgYVfpIu8R1", &[]),
            ("$apr1$$uFVyGLrn$eBn/gmTJs1hGgYVfpIu8R1", &[]),
            ("$6$1234$567890123456789012345", &[]),
            ("$1 and $2, $HOME/some/long/path/to/it", &[]),
            ("${A}$apr1", &[]),
            ("$5$a", &[]),
        ];
        for (text, wanted) in table {
            let found: Vec<&str> = hashes(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, *wanted, "{text}");
        }
    }

    #[test]
    fn the_hash_is_marked_and_its_dollars_doubled() {
        let text = r#"
services:
  a:
    image: x
    labels:
      - "auth=me:$apr1$uFVyGLrn$eBn/gmTJs1hGgYVfpIu8R1"
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `$apr1$…` is a hash
    environment: {A: '$2y$05$abcdefghijklmnopqrstu', B: $$2y$$05$$abcdefghijklmnopqrstu}
#                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `$2y$…` is a hash
"#;
        compose("unescaped-hash", text);
        let fixed = fixed_compose("unescaped-hash", Applicability::Safe, text);
        assert!(fixed.contains("me:$$apr1$$uFVyGLrn$$eBn/gmTJs1hGgYVfpIu8R1\""));
        assert!(fixed.contains("'$$2y$$05$$abcdefghijklmnopqrstu'"));
    }
}
