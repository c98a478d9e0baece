//! Flags values without quotes of which YAML makes another text.

use crate::compose::File;
use crate::compose::value::{Pair, PairsForm, Scalar, Text};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};
use crate::yaml::{self, Resolved, ScalarStyle, edit};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        let mappings = document.pairs().into_iter();
        for pairs in mappings.filter(|pairs| pairs.form == PairsForm::Mapping) {
            for pair in pairs {
                if let Some(value) = &pair.value {
                    check_value(pair, value, cx);
                }
            }
        }
        for container in document.containers().map(|owned| owned.container) {
            let build = container.build.as_ref();
            let arguments = build.into_iter().flat_map(|build| &build.value.args);
            for pair in container.environment.iter().chain(arguments) {
                check_null(pair, cx);
            }
        }
    }
}

fn check_value(pair: &Pair, value: &Text, cx: &mut Context<'_, File>) {
    let scalar = &value.value;
    let written = scalar.raw().text();
    let (seen, severity) = match scalar.resolved() {
        Resolved::Int(_) | Resolved::Float(_) => (scalar.as_seen(), None),
        Resolved::Bool(_) => (scalar.as_seen(), Some(Severity::Info)),
        Resolved::Str if is_date(scalar) && !has_tag(pair, value, cx.text()) => (None, None),
        _ => return,
    };
    let shown = excerpt(written);
    let message = match seen {
        Some(seen) if seen == written => return,
        Some(seen) => format!("without quotes, `{shown}` becomes `{}`", excerpt(&seen)),
        None => format!("without quotes, `{shown}` is a date and is written out with a time"),
    };
    let finding = cx.report(value.at, message);
    finding.help("put it in quotes");
    if let Some(severity) = severity {
        finding.severity(severity);
    }
    let edit = Edit::replace(value.at.span, edit::double_quoted(written));
    finding.fix(Fix::new(
        "put it in quotes",
        Applicability::Safe,
        vec![edit],
    ));
}

fn is_date(scalar: &Scalar) -> bool {
    let scalar = yaml::Scalar {
        value: scalar.raw().text(),
        style: scalar.style(),
        tag: None,
    };
    scalar.style == ScalarStyle::Plain && scalar.is_timestamp()
}

/// Whether a tag says of what type a value is.
fn has_tag(pair: &Pair, value: &Text, text: &str) -> bool {
    let before = pair.name.at.span.end..value.at.span.start;
    before.start > before.end || Span::new(before.start, before.end).text(text).contains('!')
}

/// `KEY: null` and `KEY: ~`, which hand the variable on from whoever starts the project. `KEY:` is the usual way to
/// say so.
fn check_null(pair: &Pair, cx: &mut Context<'_, File>) {
    if pair.value.is_some() || pair.via.is_some() {
        return;
    }
    let end = pair.name.at.span.end;
    let Some(span) = (end < pair.at.span.end).then(|| Span::new(end, pair.at.span.end)) else {
        return;
    };
    let behind = span.text(cx.text());
    let word = behind.trim_start_matches([':', ' ', '\t']);
    if !matches!(word, "~" | "null" | "Null" | "NULL") {
        return;
    }
    let start = pair.at.span.end - crate::text::span::offset(word.len());
    let message = format!("`{word}` is no text: the variable is passed through, or not set at all");
    cx.report(Span::new(start, pair.at.span.end), message)
        .help("leave it away if that is meant, else put it in quotes")
        .severity(Severity::Warning);
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn only_what_changes_is_reported() {
        compose(
            "env-value-mangled-by-yaml",
            r#"
services:
  a:
    image: x
    environment:
      A: 0123
#        ^^^^ error: without quotes, `0123` becomes `83`
      B: 1.10
#        ^^^^ error: without quotes, `1.10` becomes `1.1`
      C: 2024-01-01
#        ^^^^^^^^^^ error: without quotes, `2024-01-01` is a date
      D: ~
#        ^ warning: `~` is no text
      E: True
#        ^^^^ info: without quotes, `True` becomes `true`
      F: 1_000
#        ^^^^^ error: without quotes, `1_000` becomes `1000`
      G: 123456789012345678901234
#        ^^^^^^^^^^^^^^^^^^^^^^^^ error: without quotes, `123456789012345678901234` becomes `1.2345678901234569e+23`
      H:
      I: true
      J: 80
      K: "0123"
      L: yes
      M: 12:30
      N: !!str 0123
      O: !!str 2024-01-01
      P: ${X:-0123}
      Q: -0
    labels: {a: .5, b: null}
#               ^^ error: without quotes, `.5` becomes `0.5`
    build: {context: ., args: {V: 3.10, W: null}}
#                                 ^^^^ error: without quotes
#                                          ^^^^ warning: `null` is
volumes: {v: {driver_opts: {uid: 010}}}
#                                ^^^ error: without
"#,
        );
    }

    #[test]
    fn lists_and_aliases_are_read_as_they_are() {
        compose(
            "env-value-mangled-by-yaml",
            r"
x-env: &env
  A: 3.0
#    ^^^ without quotes, `3.0` becomes `3`
services:
  a: {image: x, environment: [A=0123, B=1.10]}
  b: {image: x, environment: {<<: *env}}
  c: {image: x, environment: {<<: *env}}
",
        );
    }

    #[test]
    fn the_fix_adds_quotes_only() {
        let fixed =
            |text: &str| fixed_compose("env-value-mangled-by-yaml", Applicability::Safe, text);
        assert_eq!(
            fixed("services:\n  a:\n    image: x\n    environment:\n      A: 1.10  # version\n"),
            "services:\n  a:\n    image: x\n    environment:\n      A: \"1.10\"  # version\n"
        );
    }
}
