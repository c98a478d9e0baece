//! Flags commands of a `RUN` whose failing `;` passes over.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::script::ScriptOrigin;
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Command, ListItem, ListOperator, Script, SimpleCommand};
use crate::shell::options::ShellOption;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

/// Commands that as good as never fail, whose failing does not matter, or for which another rule speaks.
const HARMLESS: &[&str] = &[
    ":", "alias", "cd", "date", "echo", "exit", "export", "popd", "printf", "pushd", "pwd",
    "readonly", "set", "shopt", "sleep", "true", "trap", "ulimit", "umask", "unset", "wait",
];

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(script) = &script.in_dockerfile() else {
        return;
    };
    // The lines of a heredoc have no joints of their own.
    let is_line = script.place.origin != ScriptOrigin::Heredoc;
    if script.run().is_none() || !is_line || ends_in_success(script.script) {
        return;
    }
    let place = script.place;
    let mut stops = place.is_started_with(script.model, ShellOption::ERREXIT);
    let mut first: Option<(Span, &SimpleCommand)> = None;
    let mut others = Vec::new();
    let items = &script.script.body.items;
    let last = items.last().map_or(0, |item| item.pipeline.span.start);
    for chain in script.script.body.chains() {
        let Some(end) = chain.last() else { continue };
        for item in chain {
            if let Some(change) =
                simple(item).and_then(|command| ShellOption::ERREXIT.change(command))
            {
                stops = change;
            }
        }
        let joint = end.operator.filter(|operator| {
            operator.value == ListOperator::Semicolon && operator.span.start < last
        });
        let Some(joint) = joint.filter(|_| !stops) else {
            continue;
        };
        let Some(command) = failing(chain) else {
            continue;
        };
        match first {
            None => first = Some((joint.span, command)),
            Some(_) => others.push(joint.span),
        }
    }
    let Some((joint, command)) = first else {
        return;
    };
    let name = command.unwrapped().and_then(|invocation| invocation.name());
    let message = match name {
        Some(name) if name.len() <= 40 => format!("`;` goes on when `{name}` fails"),
        _ => "`;` goes on when the command in front of it fails".to_owned(),
    };
    let fix = fix(script.script, cx.text());
    let finding = cx.report(joint, message);
    for other in others.into_iter().take(8) {
        finding.label(other, "and here");
    }
    finding.help("join the commands with `&&`, or begin with `set -e;`");
    finding.fixes.extend(fix);
}

/// The command of a chain that can fail without anybody noticing.
fn failing(chain: &[ListItem]) -> Option<&SimpleCommand> {
    let is_or = |item: &ListItem| {
        item.operator
            .is_some_and(|operator| operator.value == ListOperator::Or)
    };
    if chain.iter().any(is_or) {
        return None;
    }
    chain.iter().filter_map(simple).find(|command| {
        command.unwrapped().is_some_and(|invocation| {
            let is_forced = invocation.is_any(&["rm", "mkdir"])
                && (invocation.has_flag("f") || invocation.has_flag("p"));
            // A test at the end of a chain is asked in vain, one in front of `&&` is not.
            let is_test = invocation.is_any(&["[", "test"]);
            !is_forced && !is_test && !invocation.is_any(HARMLESS)
        })
    })
}

/// The simple command that an item is, or ends with.
fn simple(item: &ListItem) -> Option<&SimpleCommand> {
    item.pipeline.commands.last()?.as_simple()
}

/// Whether the script is told to succeed whatever happens.
fn ends_in_success(script: &Script) -> bool {
    let last = script.body.items.last().and_then(simple);
    last.is_some_and(|command| matches!(command.name(), Some("true" | ":" | "exit")))
}

/// `&&` for every `;`, where nothing else joins commands.
fn fix(script: &Script, text: &str) -> Option<Fix> {
    let items = &script.body.items;
    let mut edits = Vec::new();
    let mut is_behind_joint = false;
    for (index, item) in items.iter().enumerate() {
        let Some(operator) = item.operator else {
            continue;
        };
        match operator.value {
            // The last one joins nothing.
            ListOperator::Semicolon if index + 1 == items.len() => {}
            ListOperator::Semicolon => {
                is_behind_joint = true;
                edits.push(joined(operator.span, text));
            }
            ListOperator::And => {}
            // `a; b || c` is not `a && b || c`.
            ListOperator::Or if !is_behind_joint => {}
            ListOperator::Or | ListOperator::Background | ListOperator::Newline => return None,
        }
        // In front of `&&`, a condition that does not hold ends more than before.
        let is_condition = matches!(&*item.pipeline.commands, [Command::Simple(command)]
            if matches!(command.name(), Some("[" | "test")));
        if is_condition || item.pipeline.negation.is_some() {
            return None;
        }
    }
    let title = "stop where a command fails";
    (!edits.is_empty()).then(|| Fix::new(title, Applicability::Safe, edits))
}

/// `&&` in place of a `;`, with blanks around it.
fn joined(span: Span, text: &str) -> Edit {
    let is_blank = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    let bytes = text.as_bytes();
    let before = (span.start as usize)
        .checked_sub(1)
        .and_then(|at| bytes.get(at));
    let left = if is_blank(before) { "" } else { " " };
    let right = if is_blank(bytes.get(span.end as usize)) {
        ""
    } else {
        " "
    };
    Edit::replace(span, format!("{left}&&{right}"))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn only_joints_that_pass_over_a_failure_count() {
        dockerfile(
            "semicolon-in-run",
            r#"
FROM debian:13
RUN apt-get update; apt-get install -y a
#                 ^ `;` goes on when `apt-get` fails
RUN a && b \
  ; c; d
# ^ `;` goes on when `a` fails
RUN echo a; curl b | tar x; c
#                         ^ `;` goes on when `tar` fails
RUN make; set -e; make; make
#       ^ `;` goes on when `make` fails
RUN ["sh", "-c", "a; b"]
#                  ^ `;` goes on when `a` fails
RUN set -ex; a; b
RUN echo a; rm -f b; mkdir -p c; cd d; export E=f; g=h; make;
RUN for a in b; do c; d; done && { e; f; } && if g; then h; i; fi; case j in k) l; m;; esac; n
RUN a || true; b
RUN a; true
RUN a; exit 0
RUN [ -f a ] && export B=c; d
RUN a & b
RUN find . -exec a {} \; && echo "a; b"
CMD a; b
RUN <<E
a; b
E
SHELL ["/bin/bash", "-e", "-c"]
RUN a; b
SHELL ["pwsh", "-c"]
RUN a; b
"#,
        );
    }

    #[test]
    fn the_fix_joins_simple_sequences() {
        let check = |before: &str, after: &str| {
            let before = format!("FROM a\nRUN {before}\n");
            let fixed = fixed("semicolon-in-run", Applicability::Safe, &before);
            assert_eq!(fixed, format!("FROM a\nRUN {after}\n"));
        };
        check("a; b ;c;", "a && b && c;");
        check("a || b; c; d \\\n  ; e", "a || b && c && d \\\n  && e");
        check(
            "for a in b; do c; done; d; e",
            "for a in b; do c; done && d && e",
        );
        for same in ["a; b || c", "a; b & c", "a; [ -f b ] && c; d", "a; ! b; c"] {
            check(same, same);
        }
    }
}
