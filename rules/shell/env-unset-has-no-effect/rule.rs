//! Flags a `RUN` that ends with taking away a variable.

use std::collections::HashSet;

use crate::dockerfile::model::{Definition, Lookup, Origin};
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Script, SimpleCommand};
use crate::shell::state::StateChange;
use crate::shell::walk::{Kinds, Node};
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(script) = &script.in_dockerfile() else {
        return;
    };
    if script.run().is_none() {
        return;
    }
    let Some(last) = script.script.last_simple() else {
        return;
    };
    if last.state_change() != Some(StateChange::Unset) {
        return;
    }
    let config = script.model.config_at(script.place.instruction);
    let is_unset = last.name() == Some("unset");
    let set = set_before(script.script, last.span);
    for (name, span) in variables(last) {
        let env: Option<&Definition> = match config.lookup(name) {
            Lookup::Defined(definition) if definition.origin == Origin::Env => Some(definition),
            // `export NAME=` may well set what nobody has set.
            _ if !is_unset || set.contains(name) => continue,
            _ => None,
        };
        let shown: String = name.chars().take(60).collect();
        let message = match env {
            Some(_) => format!("`{shown}` stays in the image: it is gone only for this `RUN`"),
            None => format!("`{shown}` is gone only to the end of this `RUN`"),
        };
        let finding = cx.report(span, message);
        match env {
            Some(env) => {
                finding.label(env.name_span, "set here");
                finding.help("set it in the `RUN` that needs it, or with `ARG`, instead of `ENV`");
            }
            None => {
                finding.help("do it in the `RUN` that needs it");
            }
        }
    }
}

/// The variables that a command takes away, and their places.
fn variables(command: &SimpleCommand) -> Vec<(&str, Span)> {
    let declared = command.declarations().iter();
    let declared = declared.map(|assignment| (&*assignment.name.value, assignment.span));
    let is_function = command.has_flag("f");
    let operands = command.invocation().into_iter().flat_map(|invocation| {
        let operands = invocation.operands(&[]);
        operands.filter_map(|word| Some((word.literal()?, word.span)))
    });
    let all = operands.chain(declared);
    all.filter(|_| !is_function).collect()
}

/// The variables that a script sets in front of a place.
fn set_before(script: &Script, place: Span) -> HashSet<&str> {
    let names = script
        .nodes_of(Kinds::ASSIGNMENTS)
        .filter_map(|(node, _)| match node {
            Node::Assignment(assignment) if assignment.span.end <= place.start => {
                Some(&*assignment.name.value)
            }
            _ => None,
        });
    names.collect()
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_what_nothing_behind_it_uses_is_reported() {
        dockerfile(
            "env-unset-has-no-effect",
            r#"
FROM debian:13
ENV TOKEN=a PROXY=b
ARG ARGUMENT
RUN unset TOKEN
#         ^^^^^ `TOKEN` stays in the image: it is gone only for this `RUN`
RUN make && export PROXY= && \
#                  ^^^^^^ `PROXY` stays in the image
  true
RUN unset -v ARGUMENT OTHER; export -n TOKEN
#                                      ^^^^^ `TOKEN` stays
RUN make; unset ARGUMENT \
#               ^^^^^^^^ `ARGUMENT` is gone only to the end of this `RUN`
  OTHER
# ^^^^^ `OTHER` is gone
RUN unset TOKEN && make
RUN export KEY=a && make && unset KEY
RUN unset -f TOKEN; export NEW=
CMD unset TOKEN
"#,
        );
    }
}
