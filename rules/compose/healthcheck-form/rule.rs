//! Flags health checks whose form says something else than what is meant.
//!
//! Checked against `docker compose config` 5.6.1, which accepts all of them; what the engine makes of a test is in
//! `daemon/health.go` of moby.

use crate::compose::File;
use crate::compose::healthcheck::{Healthcheck, Test};
use crate::compose::value::{Field, Scalar, Text};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let containers = file.documents().flat_map(File::containers);
    for check in containers.filter_map(|owned| owned.container.healthcheck.as_deref()) {
        let Some(test) = &check.value.test else {
            continue;
        };
        // That it never runs is said elsewhere.
        if check.value.is_disabled() {
            continue;
        }
        match &test.value {
            Test::Text(line) => check_text(line, test, cx),
            Test::Cmd { keyword, words } => check_program(check, keyword, words, cx),
            Test::CmdShell { keyword, words } => check_line(keyword, words, cx),
            Test::Other(words) if words.is_empty() => {
                let message = "empty test changes nothing: the image's check stays";
                let finding = cx.report(test.at, message);
                finding.help("write a test, or `[\"NONE\"]` to switch the check off");
                finding.severity(Severity::Warning);
            }
            Test::None { .. } | Test::Other(_) => {}
        }
    }
}

fn check_text(line: &Scalar, test: &Field<Test>, cx: &mut Context<'_, File>) {
    if line.known().map(str::trim) != Some("NONE") {
        return;
    }
    let message = "as a text, `NONE` is a command that a shell looks for";
    let finding = cx.report(test.at, message);
    finding.help("write `[\"NONE\"]` to switch the image's check off");
    if line.literal().is_some() {
        let edit = Edit::replace(test.at.span, "[\"NONE\"]");
        let title = "write a list, which switches the check off";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// `[CMD, …]`
fn check_program(
    check: &Field<Healthcheck>,
    keyword: &Text,
    words: &[Text],
    cx: &mut Context<'_, File>,
) {
    let Some((program, args)) = words.split_first() else {
        let finding = cx.report(keyword.at, "`CMD` has no program to run");
        finding.help("write the program and its arguments behind it");
        return;
    };
    let known = program.value.known();
    if known.is_some_and(is_line) {
        let message = "`CMD` looks for a program whose name is this whole line";
        let finding = cx.report(program.at, message);
        finding.help("write `CMD-SHELL`, or the words one by one");
        if args.is_empty() && program.value.literal().is_some() {
            let edit = Edit::replace(text_of(keyword), "CMD-SHELL");
            let title = "write `CMD-SHELL`";
            finding.fix(Fix::new(title, Applicability::Safe, vec![edit]));
        }
        return;
    }
    // A program that runs another one may take operators as its own.
    let is_shell = known.is_some_and(|program| {
        let name = program.rsplit('/').next().unwrap_or(program);
        matches!(
            name,
            "sh" | "ash" | "bash" | "dash" | "expr" | "test" | "[" | "find"
        )
    });
    let operator = args.iter().find(|word| {
        let text = word.value.literal();
        text.is_some_and(|text| matches!(text, "||" | "&&" | "|" | ";" | ">" | ">>" | "2>&1"))
    });
    if let Some(operator) = operator.filter(|_| !is_shell && check.value.test.is_some()) {
        let shown = excerpt(operator.value.text());
        let message = format!("no shell reads `{shown}` here: it is an argument of the program");
        let finding = cx.report(operator.at, message);
        finding.help("write `CMD-SHELL` and the whole line in one text");
    }
}

/// Whether a text is a command line rather than the name of a program.
fn is_line(text: &str) -> bool {
    // A folder with a blank in its name, as on Windows.
    let is_path = text.contains('\\') || text.contains(":/");
    let has_blank = text.trim().contains([' ', '\t', '\n']);
    let has_operator = [" && ", " || ", " | ", "; "]
        .iter()
        .any(|operator| text.contains(operator));
    let first = text.split_ascii_whitespace().next().unwrap_or_default();
    has_blank && (has_operator || !is_path || !first.contains(['\\', ':']))
}

/// `[CMD-SHELL, …]`
fn check_line(keyword: &Text, words: &[Text], cx: &mut Context<'_, File>) {
    match words {
        [] => {
            let finding = cx.report(keyword.at, "`CMD-SHELL` has no line to run");
            finding.help("write the command behind it, in one text");
        }
        [_] => {}
        [_, second, ..] => {
            let message = "`CMD-SHELL` runs the first item only: this one is no part of the line";
            let finding = cx.report(second.at, message);
            finding
                .help("write the whole line in one text, or `CMD` for a program and its arguments");
            // The first word alone is hardly what was meant.
            let words: Option<Vec<&str>> = words.iter().map(|word| word.value.literal()).collect();
            let is_program = words.is_some_and(|words| words.iter().all(|word| is_plain(word)));
            if is_program {
                let edit = Edit::replace(text_of(keyword), "CMD");
                let title = "write `CMD`, so that the items are the words of a command";
                finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
            }
        }
    }
}

/// Whether a shell would read a word as it is written.
fn is_plain(word: &str) -> bool {
    let is_special = |c: char| c.is_ascii_whitespace() || "|&;<>()$`\\\"'*?[]#~".contains(c);
    !word.is_empty() && !word.contains(is_special)
}

/// The keyword without its quotes.
fn text_of(keyword: &Text) -> crate::text::Span {
    keyword.value.span_of(0..keyword.value.text().len())
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn the_part_that_is_wrong_is_marked() {
        compose(
            "healthcheck-form",
            r#"
services:
  a: {image: x, healthcheck: {test: NONE}}
#                                   ^^^^ as a text, `NONE`
  b: {image: x, healthcheck: {test: ["CMD"]}}
#                                    ^^^^^ `CMD` has no program
  c: {image: x, healthcheck: {test: ["CMD-SHELL"]}}
#                                    ^^^^^^^^^^^ `CMD-SHELL` has no line
  d: {image: x, healthcheck: {test: [CMD-SHELL, curl, -f, x]}}
#                                                     ^^ `CMD-SHELL` runs
  e: {image: x, healthcheck: {test: []}}
#                                   ^^ warning: empty test
  f:
    image: x
    healthcheck:
      test:
        - CMD
        - 'curl -f http://localhost/'
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `CMD` looks for
  g: {image: x, healthcheck: {test: [CMD, curl, x, "||", exit, "1"]}}
#                                                  ^^^^ no shell reads `||`
"#,
        );
    }

    #[test]
    fn what_is_right_or_unknown_is_not_reported() {
        compose(
            "healthcheck-form",
            r#"
services:
  a: {image: x, healthcheck: {test: [NONE]}}
  b: {image: x, healthcheck: {test: [CMD, sh, -c, "a || b"]}}
  c: {image: x, healthcheck: {test: [CMD, "${LINE}"]}}
  d: {image: x, healthcheck: {test: [CMD, "C:\\Program Files\\x.exe"]}}
  e: {image: x, healthcheck: {test: [CMD, test, a, "||", b]}}
  f: {image: x, healthcheck: {test: [CMD, "a b"], disable: true}}
  g: {image: x, healthcheck: {test: "NONE || a"}}
  h: {image: x, healthcheck: {test: [CMD, mysql, -e, "SELECT 1; SELECT 2"]}}
"#,
        );
    }

    #[test]
    fn the_fix_keeps_the_quotes() {
        let fixed = |test: &str| {
            let text = format!("services: {{a: {{image: x, healthcheck: {{test: {test}}}}}}}\n");
            fixed_compose("healthcheck-form", Applicability::Unsafe, &text)
        };
        assert!(fixed("['CMD', \"a && b\"]").contains("['CMD-SHELL', \"a && b\"]"));
        assert!(fixed("[CMD-SHELL, curl, -f, x]").contains("[CMD, curl, -f, x]"));
        assert!(fixed("[CMD-SHELL, 'a b', c]").contains("[CMD-SHELL, 'a b', c]"));
        assert!(fixed("NONE").contains("test: [\"NONE\"]"));
    }
}
