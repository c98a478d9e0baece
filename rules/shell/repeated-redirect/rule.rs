//! Flags commands in a row that append to the same file.

use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::{ListItem, ListOperator, Redirect, RedirectOperator};
use crate::shell::walk::{Kinds, Node};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

/// From how many commands on a group is shorter.
const ENOUGH: usize = 3;

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let text = cx.text();
    for (node, _) in script.script.nodes_of(Kinds::LISTS) {
        let Node::List(list) = node else { continue };
        let mut row: Vec<&Redirect> = Vec::new();
        for chain in list.chains() {
            // `a >>f && b >>f` depends on what happens; only plain sequences are easy to put together.
            let redirect = match chain {
                [item] if ends_plainly(item) => append(item),
                _ => None,
            };
            let target = |redirect: &Redirect| redirect.target.span.text(text);
            let goes_on = match (row.last(), redirect) {
                (Some(last), Some(next)) => target(last) == target(next),
                _ => false,
            };
            if !goes_on {
                report(&row, cx);
                row.clear();
            }
            row.extend(redirect);
        }
        report(&row, cx);
    }
}

fn report(row: &[&Redirect], cx: &mut Context<'_, Host<'_>>) {
    let [first, rest @ ..] = row else { return };
    if row.len() < ENOUGH {
        return;
    }
    let message = format!("{} commands in a row append to the same file", row.len());
    let finding = cx.report(first.span, message);
    finding.help("put them in a group: `{ …; …; } >>file`");
    for other in rest.iter().take(8) {
        finding.label(other.span, "and here");
    }
}

/// Whether the next command runs whatever becomes of this one, and not beside it.
fn ends_plainly(item: &ListItem) -> bool {
    item.operator
        .is_none_or(|operator| operator.value != ListOperator::Background)
}

/// The redirection with which an item appends to a file.
fn append(item: &ListItem) -> Option<&Redirect> {
    let command = item.pipeline.commands.last()?;
    command.redirects().iter().find(|redirect| {
        matches!(
            redirect.operator.value,
            RedirectOperator::Append | RedirectOperator::AppendOutputAndError
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn three_in_a_row_are_reported_once() {
        dockerfile(
            "repeated-redirect",
            r#"
FROM debian:13
RUN echo a >>f; b >> f; c | d >>f; e >>f
#          ^^^ 4 commands in a row append to the same file
#                    
RUN echo a > "$f"; echo b \
  >> "$f"; echo c >> "$f"; { echo d; } >> "$f"; echo e >> g
# ^^^^^^^ 3 commands in a row
RUN if a; then b >>f; c >>f; d >>f; fi
#                ^^^ 3 commands in a row
RUN echo a >>f; echo b >>f; c; echo d >>f; echo e >>g; echo f >>f
RUN echo a >>f && echo b >>f && echo c >>f
RUN echo a >>f; echo b >>f & echo c >>f
RUN echo a >f; echo b >f; echo c >f
"#,
        );
    }
}
