//! Flags health checks that cannot fail.

use crate::compose::File;
use crate::compose::command::quoted;
use crate::compose::healthcheck::Test;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Command, ListItem, ListOperator, Script, SimpleCommand};
use crate::shell::downloads::{Download, Tool};
use crate::shell::options::ShellOption;
use crate::shell::word::Word;
use crate::shell::{self, Dialect};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(|script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>| {
        let stops = script.is_started_with(ShellOption::ERREXIT)
            || script.is_started_with(ShellOption::PIPEFAIL);
        if script.is_healthcheck() && !stops {
            check_script(script.script, script.script.dialect != Dialect::None, cx);
        }
    });
    on.compose(check_programs);
}

/// Health checks of Compose that run a program without a shell.
fn check_programs(file: &File, cx: &mut Context<'_, File>) {
    for owned in file.documents().flat_map(File::containers) {
        let check = owned.container.healthcheck.as_ref();
        let test = check.and_then(|check| check.value.test.as_ref());
        if let Some(Test::Cmd { words, .. }) = test.map(|test| &test.value) {
            let script = shell::parse(&quoted(words), Dialect::Posix).tree;
            check_script(&script, false, cx);
        }
    }
}

/// Commands that as good as never fail.
const SUCCEED: &[&str] = &[":", "echo", "printf", "true"];

/// Filters that succeed whatever they read.
const FILTERS: &[&str] = &[
    "cat", "cut", "head", "sort", "tail", "tee", "tr", "uniq", "wc",
];

fn check_script<M>(script: &Script, has_shell: bool, cx: &mut Context<'_, M>) {
    let Some(verdict) = verdict(script, has_shell) else {
        return;
    };
    let hidden = verdict.hides.filter(|_| has_shell);
    let is_plain = |span: &Span| matches!(span.text(cx.text()), "true" | "exit 0" | ":");
    let hidden = hidden.filter(is_plain);
    let finding = cx.report(verdict.at, verdict.message);
    finding.help(verdict.help);
    if verdict.is_note {
        finding.severity(Severity::Info);
    }
    if let Some(span) = hidden {
        let edit = Edit::replace(span, "exit 1");
        let title = "let it fail; what waits for the container may then never start";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

struct Verdict {
    at: Span,
    message: String,
    help: &'static str,
    is_note: bool,
    /// The command that turns a failure into success.
    hides: Option<Span>,
}

fn verdict(script: &Script, has_shell: bool) -> Option<Verdict> {
    let [before @ .., last] = &script.body.items[..] else {
        return None;
    };
    // What ends the script somewhere else, or changes what failing means.
    let may_end = script.commands().any(|found| {
        let command = found.command;
        !found.context.in_inner_script()
            && match command.name() {
                Some("exit") => !is_zero_exit(command),
                Some("exec" | "return" | "set" | "kill" | "trap") => true,
                _ => false,
            }
    });
    if last
        .operator
        .is_some_and(|operator| operator.value == ListOperator::Background)
    {
        return None;
    }
    let fail = "let it fail: `|| exit 1`, or nothing at all";
    let operator = before.last().and_then(|item| item.operator);
    let span = last.pipeline.span;
    let succeeds = succeeds(last);
    let found = |at: Span, message: String| Verdict {
        at,
        message,
        help: fail,
        is_note: false,
        hides: None,
    };
    if !may_end {
        match operator {
            Some(operator) if operator.value == ListOperator::Or && succeeds => {
                let message =
                    "health check cannot fail: this turns each failure into success".to_owned();
                return Some(Verdict {
                    hides: Some(span),
                    ..found(operator.span.cover(span), message)
                });
            }
            Some(operator) if operator.value == ListOperator::And => {}
            _ if succeeds => {
                let message = "health check cannot fail: its last command succeeds".to_owned();
                return Some(found(span, message));
            }
            _ if has_shell && ends_in_filter(last) => {
                let message =
                    "health check cannot fail: the last command of a pipe decides".to_owned();
                return Some(Verdict {
                    help: "ask with `grep -q`, or leave the filter away",
                    ..found(span, message)
                });
            }
            _ => {}
        }
    }
    careless_download(before, last)
}

fn is_zero_exit(command: &SimpleCommand) -> bool {
    matches!(command.args(), [status] if status.is("0"))
}

fn simple(item: &ListItem) -> Option<&SimpleCommand> {
    match &item.pipeline.commands[..] {
        [Command::Simple(command)] if item.pipeline.negation.is_none() => Some(command),
        _ => None,
    }
}

fn succeeds(item: &ListItem) -> bool {
    let Some(command) = simple(item) else {
        return false;
    };
    let name = command.name();
    name.is_some_and(|name| SUCCEED.contains(&name))
        || (name == Some("exit") && is_zero_exit(command))
}

fn ends_in_filter(item: &ListItem) -> bool {
    let commands = &item.pipeline.commands;
    let last = commands.last().and_then(Command::as_simple);
    commands.len() > 1
        && item.pipeline.negation.is_none()
        && last
            .and_then(SimpleCommand::name)
            .is_some_and(|name| FILTERS.contains(&name) || SUCCEED.contains(&name))
}

/// `curl` as the whole of the check, which is content with any answer.
fn careless_download(before: &[ListItem], last: &ListItem) -> Option<Verdict> {
    let asks = match before {
        [] => last,
        // `curl … || exit 1`
        [only]
            if only
                .operator
                .is_some_and(|operator| operator.value == ListOperator::Or)
                && simple(last).is_some_and(|command| command.name() == Some("exit")) =>
        {
            only
        }
        _ => return None,
    };
    let command = simple(asks)?;
    let download = Download::of(command).filter(|download| download.tool == Tool::Curl)?;
    // What `-w` writes is looked at by somebody.
    let is_careful = download.has_any(&[
        "f",
        "fail",
        "fail-with-body",
        "K",
        "config",
        "w",
        "write-out",
    ]);
    let hides_options = |word: &Word| word.leading_piece().is_empty() && word.has_expansion();
    let is_plain = !command.words.iter().any(hides_options)
        && !download.sources.is_empty()
        && download.is_get();
    (!is_careful && is_plain).then(|| Verdict {
        at: command.words[0].span,
        message: "without `-f`, `curl` is content with any answer".to_owned(),
        help: "write `curl -f`, which fails when the server says that it has an error",
        is_note: true,
        hides: None,
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn what_makes_it_pass_is_marked() {
        compose(
            "healthcheck-always-passes",
            r#"
services:
  a: {image: x, healthcheck: {test: curl -f http://localhost/ || true}}
#                                                             ^^^^^^^ warning: health check cannot fail: this
  b: {image: x, healthcheck: {test: [CMD-SHELL, "a || exit 0"]}}
#                                                  ^^^^^^^^^ warning: health check cannot fail: this
  c: {image: x, healthcheck: {test: [CMD, /bin/true]}}
#                                         ^^^^^^^^^ warning: health check cannot fail: its
  d: {image: x, healthcheck: {test: "a; exit 0"}}
#                                       ^^^^^^ warning: health check cannot fail: its
  e: {image: x, healthcheck: {test: "a | cat"}}
#                                    ^^^^^^^ warning: health check cannot fail: the
  f: {image: x, healthcheck: {test: [CMD, curl, http://localhost/]}}
#                                         ^^^^ info: without `-f`
  g: {image: x, healthcheck: {test: curl http://localhost/ || exit 1}}
#                                   ^^^^ info: without `-f`
  h: {image: x, healthcheck: {test: [CMD, sh, -c, "a || echo b"]}}
#                                                    ^^^^^^^^^ warning: health
"#,
        );
    }

    #[test]
    fn what_can_fail_is_not_reported() {
        compose(
            "healthcheck-always-passes",
            r#"
services:
  a: {image: x, healthcheck: {test: "a || exit 1"}}
  b: {image: x, healthcheck: {test: "a && echo ok"}}
  c: {image: x, healthcheck: {test: "a || exit 1; echo ok"}}
  d: {image: x, healthcheck: {test: "set -e; a; echo ok"}}
  e: {image: x, healthcheck: {test: "! a | cat"}}
  f: {image: x, healthcheck: {test: "a | grep b"}}
  g: {image: x, healthcheck: {test: "a && exit 0 || exit 1"}}
  h: {image: x, healthcheck: {test: "curl -fsS http://localhost/"}}
  i: {image: x, healthcheck: {test: "curl -s http://localhost/ | grep ok"}}
  j: {image: x, healthcheck: {test: "if a; then exit 0; else exit 1; fi"}}
  k: {image: x, healthcheck: {test: "a || ${B}"}}
  l: {image: x, command: "sh -c 'a || true'"}
"#,
        );
    }

    #[test]
    fn health_checks_of_images_are_looked_at() {
        dockerfile(
            "healthcheck-always-passes",
            "FROM a\nHEALTHCHECK CMD b || true\n#                 ^^^^^^^ health check cannot\n",
        );
    }
}
