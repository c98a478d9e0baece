//! Flags shell syntax in command lines that no shell reads.

use std::ops::Range;

use crate::compose::File;
use crate::compose::command::{Command, Line, Split, Word};
use crate::compose::containers::{CommandKey, OwnedCommand};
use crate::compose::value::{Knowledge, Scalar};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::shell::Dialect;
use crate::text::Edit;
use crate::yaml::{ScalarStyle, edit};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for owned in file.documents().flat_map(File::commands) {
        if let Command::Line(line) = &owned.command.value {
            check_line(&owned, line, cx);
        }
    }
}

fn check_line(owned: &OwnedCommand<'_>, line: &Line, cx: &mut Context<'_, File>) {
    let Line {
        text: line, split, ..
    } = line;
    // Compose refuses such a line.
    if split.error.is_some() {
        return;
    }
    if let Some(cut) = &split.cut {
        // What a variable brings may be quoted, and its message is no part of the command.
        if !is_in_reference(line, cut) {
            report_cut(owned, line, split, cut.start, cx);
        }
        return;
    }
    if let Some(word) = split.words.iter().find(|word| is_substitution(word, line)) {
        let span = line.span_of(word.range.clone());
        let shown = excerpt(&word.text);
        let message = format!("`{shown}` is handed over as it is: no shell reads this command");
        let finding = cx.report(span, message);
        finding.help("let a shell run it: `[\"sh\", \"-c\", \"…\"]`");
        finding.severity(Severity::Warning);
        finding.fixes.extend(fix(owned, line, split));
    } else if let [first, _, ..] = &split.words[..]
        && owned.container.entrypoint.is_none()
        && is_assignment(first, line)
    {
        let span = line.span_of(first.range.clone());
        let message = "variable in front of the command is taken for the program to run";
        let finding = cx.report(span, message);
        finding.help("set it in `environment`, or let a shell run the command");
        finding.severity(Severity::Warning);
    }
}

/// Whether a part of a line belongs to a variable without a value.
fn is_in_reference(line: &Scalar, range: &Range<usize>) -> bool {
    let place = line.span_of(range.clone());
    line.references().iter().any(|reference| {
        reference.is_left_in_place()
            && reference.span.start < place.end
            && place.start < reference.span.end
    })
}

fn report_cut(
    owned: &OwnedCommand<'_>,
    line: &Scalar,
    split: &Split,
    at: usize,
    cx: &mut Context<'_, File>,
) {
    let text = line.text();
    let rest = &text[at..];
    let is_operator = |c: char| matches!(c, '&' | '|' | ';' | '<' | '>');
    let len = rest.find(|c| !is_operator(c)).unwrap_or(rest.len()).min(3);
    let operator = &rest[..len];
    let is_last = rest[len..].trim().is_empty();
    let message = if is_last {
        format!("`{operator}` is dropped: no shell reads this command")
    } else {
        format!("`{operator}` and all behind it is dropped: no shell reads this command")
    };
    let finding = cx.report(line.span_of(at..at + len), message);
    finding.help("let a shell run it: `[\"sh\", \"-c\", \"…\"]`");
    if is_last {
        finding.severity(Severity::Warning);
    }
    finding.fixes.extend(fix(owned, line, split));
}

/// Whether a word has a substitution outside quotes.
fn is_substitution(word: &Word, line: &Scalar) -> bool {
    let written = &line.text()[word.range.clone()];
    let is_quoted = written.contains(['\'', '"', '\\']);
    let is_known = line.part(word.range.clone()).knowledge() != Knowledge::Unknown;
    !is_quoted && is_known && (written.contains("$(") || written.contains('`'))
}

/// Whether a word gives a variable a value, as in front of a command: `NODE_ENV=production`.
fn is_assignment(word: &Word, line: &Scalar) -> bool {
    let written = &line.text()[word.range.clone()];
    let Some((name, _)) = written.split_once('=') else {
        return false;
    };
    let is_name = |byte: u8| byte == b'_' || byte.is_ascii_uppercase() || byte.is_ascii_digit();
    name.starts_with(|c: char| c == '_' || c.is_ascii_uppercase()) && name.bytes().all(is_name)
}

/// The line as the script of a shell.
fn fix(owned: &OwnedCommand<'_>, line: &Scalar, split: &Split) -> Option<Fix> {
    let raw = line.raw().text();
    let is_simple = matches!(
        line.style(),
        ScalarStyle::Plain | ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted
    );
    let is_shell = |word: &str| {
        let name = word.rsplit('/').next().unwrap_or(word);
        Dialect::from_name(name) != Dialect::Unknown
    };
    // The script of `sh -c a && b` has lost its quotes; only its author knows where they were.
    let begins_with_shell = split.words.first().is_some_and(|word| is_shell(&word.text));
    if !is_simple || raw.contains('\n') || begins_with_shell {
        return None;
    }
    let script = edit::double_quoted(raw);
    let entrypoint = owned.container.entrypoint.as_ref();
    let entrypoint = entrypoint.filter(|_| owned.key == CommandKey::Command);
    let words = entrypoint.map_or(&[][..], |entrypoint| entrypoint.value.words());
    let has_shell = words
        .first()
        .is_some_and(|word| is_shell(word.value.text()))
        && words.last().is_some_and(|word| word.value.is("-c"));
    let list = if has_shell {
        format!("[{script}]")
    } else {
        format!("[\"sh\", \"-c\", {script}]")
    };
    let title = "let a shell run it; the image must have one";
    let edit = Edit::replace(owned.command.at.span, list);
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn the_operator_is_marked_through_quotes_and_folding() {
        compose(
            "command-truncated-at-shell-operator",
            r#"
services:
  a: {image: x, command: npm ci && npm start}
#                               ^^ error: `&&` and all behind it
  b: {image: x, entrypoint: "a \"b;c\" ; d"}
#                                      ^ error: `;` and all
  c:
    image: x
    command: >
      a --b
      c >/dev/null 2>&1
#       ^ error: `>` and all
  d: {image: x, post_start: [{command: "a | b"}]}
#                                         ^ error: `|` and
  e: {image: x, command: 'a &'}
#                           ^ warning: `&` is dropped
  f: {image: x, command: a $(nproc)}
#                          ^^^^^^^^ warning: `$(nproc)` is handed
  g: {image: x, command: NODE_ENV=production node x.js}
#                        ^^^^^^^^^^^^^^^^^^^ warning: variable in
jobs:
  h: {image: x, command: "a || b", triggers: {manual: true}}
#                           ^^ error: `||` and
"#,
        );
    }

    #[test]
    fn what_is_quoted_or_unknown_or_a_list_is_not_reported() {
        compose(
            "command-truncated-at-shell-operator",
            r#"
services:
  a: {image: x, command: sh -c "a && b"}
  b: {image: x, command: [a, "&&", b]}
  c: {image: x, command: "a ${B:?x;y}"}
  d: {image: x, command: "sh -c 'echo $$(a)'"}
  e: {image: x, entrypoint: env, command: A=1 b}
  f: {image: x, command: "--key=a b"}
  g: {image: x, command: "nginx -g 'daemon off;'"}
  h:
    image: x
    command: >
      sh -c "a &&
      b"
  i: {image: x, healthcheck: {test: a && b}}
"#,
        );
    }

    #[test]
    fn the_fix_keeps_dollars() {
        let fixed = |text: &str| {
            let rule = "command-truncated-at-shell-operator";
            fixed_compose(rule, Applicability::Unsafe, text)
        };
        assert_eq!(
            fixed("services: {a: {image: x, command: 'a \"$$B\" ${C} | d'}}\n"),
            "services: {a: {image: x, command: [\"sh\", \"-c\", \"a \\\"$$B\\\" ${C} | d\"]}}\n"
        );
        assert_eq!(
            fixed("services: {a: {image: x, entrypoint: sh -c, command: a | d}}\n"),
            "services: {a: {image: x, entrypoint: sh -c, command: [\"a | d\"]}}\n"
        );
    }
}
