//! Flags `export x="$(command)"`, whose status is that of `export`.

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Assignment, Command, List, ListOperator, SimpleCommand};
use crate::shell::context::CommandUse;
use crate::shell::plain::prints_one_word;
use crate::shell::word::WordPart;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.program(
        &["export", "readonly", "declare", "typeset", "local"],
        check,
    );
}

fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let command = found.command;
    if command.assignments.is_empty() || !found.context.is_exact() {
        return;
    }
    let Some(name) = command.name() else {
        return;
    };
    if !matches!(
        name,
        "export" | "readonly" | "declare" | "typeset" | "local"
    ) {
        return;
    }
    for assignment in command.declarations() {
        let Some(word) = assignment.word() else {
            continue;
        };
        let mut bodies = word.pieces().filter_map(|part| match part {
            WordPart::CommandSubstitution(substitution) => Some(&substitution.body),
            _ => None,
        });
        let Some(risk) = bodies.by_ref().map(risk).max() else {
            continue;
        };
        if risk == Risk::None {
            continue;
        }
        let variable = &*assignment.name.value;
        let message = format!("`{name}` hides whether the command in `{variable}` fails");
        let fix = fixed(found, assignment, cx);
        let finding = cx.report(assignment.name.span, message);
        if matches!(name, "export" | "readonly") {
            finding.help(format!("assign `{variable}` first and `{name}` it then"));
        } else {
            finding.help(format!(
                "write `{name} {variable}` first and assign it then"
            ));
        }
        if risk == Risk::Small {
            finding.severity(Severity::Info);
        }
        if let Some(fix) = fix {
            finding.fix(fix);
        }
    }
}

/// How likely it is that commands fail.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Risk {
    None,
    Small,
    Real,
}

fn risk(body: &List) -> Risk {
    let Some(last) = body.items.last() else {
        return Risk::None;
    };
    if prints_one_word(body) {
        return Risk::Small;
    }
    let mut names = last.pipeline.commands.iter().map(Command::as_simple);
    let last_name = names.next_back().flatten().and_then(SimpleCommand::name);
    match last_name {
        // With `a && echo b`, `a` decides.
        Some("true" | ":" | "echo" | "printf") if !is_behind_and(body) => Risk::None,
        // Filters that fail only by mistake: the status is theirs, not that of what writes to them.
        Some("tr" | "cut" | "sort" | "uniq" | "wc" | "head" | "tail" | "sed" | "awk")
            if last.pipeline.commands.len() > 1 =>
        {
            Risk::Small
        }
        Some(
            "mktemp" | "date" | "pwd" | "basename" | "dirname" | "whoami" | "hostname" | "id"
            | "uname" | "dpkg-architecture" | "dpkg" | "apk" | "nproc" | "getconf",
        ) => Risk::Small,
        _ => Risk::Real,
    }
}

fn is_behind_and(body: &List) -> bool {
    let before = body.items.len().checked_sub(2);
    let operator = before.and_then(|before| body.items[before].operator);
    operator.is_some_and(|operator| operator.value == ListOperator::And)
}

/// The assignment on its own, and the declaration behind it.
fn fixed(
    found: &CommandUse<'_>,
    assignment: &Assignment,
    cx: &Context<'_, ScriptUse<'_>>,
) -> Option<Fix> {
    let command = found.command;
    let name = command.name()?;
    let is_simple = matches!(name, "export" | "readonly")
        && command.words.len() == 1
        && command.assignments.len() == 1
        && command.redirects.is_empty()
        && !found.context.in_inner_script()
        && cx.model.takes_quotes()
        && found.context.pipeline()?.commands.len() == 1
        && found.context.operator_before() != Some(ListOperator::Or)
        && !found.context.is_negated();
    if !is_simple {
        return None;
    }
    let is_chained = |operator: Option<ListOperator>| {
        matches!(operator, Some(ListOperator::And | ListOperator::Or))
    };
    let joint = if is_chained(found.context.operator_before())
        || is_chained(found.context.operator_behind())
        || found.context.in_condition()
    {
        " &&"
    } else {
        ";"
    };
    let variable = &*assignment.name.value;
    let edits = vec![
        Edit::delete(Span::new(command.span.start, assignment.span.start)),
        Edit::insert(assignment.span.end, format!("{joint} {name} {variable}")),
    ];
    let title = "assign first; a failure of the command counts then";
    Some(Fix::new(title, Applicability::Unsafe, edits))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn every_declaration_with_a_command_counts() {
        dockerfile(
            "masked-return-value",
            r#"
FROM debian:13
SHELL ["/bin/bash", "-c"]
RUN export a="$(b)" c=$d e=`f` g=$((1 + $(h))) i=($(j)) && k=$(l) && declare -x m="n $(o) p"
#          ^ warning: `export` hides whether the command in `a` fails
#                        ^ warning: `export` hides whether the command in `e` fails
#                                                                               ^ warning: `declare`
RUN export a="$(mktemp -d)" b="$(curl c | tr d e)" f="$(g && echo h)" i="$(j || true)" k="$(echo l)"
#          ^ info: `export`
#                           ^ info: `export`
#                                                  ^ warning: `export`
RUN export "a=$(b)" && A=$(b) export c && export \
  d=$(e)
# ^ warning: `export` hides whether the command in `d` fails
"#,
        );
    }

    #[test]
    fn assigning_first_is_the_fix() {
        let fix = |text: &str| fixed("masked-return-value", Applicability::Unsafe, text);
        assert_eq!(
            fix("FROM a\nRUN b && export c=\"$(d)\" && e; export f=$(g); h || export i=$(j)\n"),
            "FROM a\nRUN b && c=\"$(d)\" && export c && e; f=$(g); export f; h || export i=$(j)\n"
        );
    }
}
