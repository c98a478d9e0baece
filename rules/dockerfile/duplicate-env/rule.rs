//! Flags variables that get another value before anything could use the first.

use std::collections::HashMap;

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::{InstructionKind, Pair};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks, pairs};
use crate::grammar::excerpt;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

/// Values that nothing has seen yet, by the variable's name; `true` for those of `ENV`.
type Unseen<'m> = HashMap<(bool, &'m str), Found<'m>>;

/// A pair: all pairs of its instruction, its number among them, the number of the instruction.
type Found<'m> = (&'m [Pair], usize, usize);

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let mut unseen: Unseen<'_> = HashMap::new();
    let mut found = Vec::new();
    for index in stage.instructions.clone() {
        let instruction = &model.ast.instructions[index];
        let (is_env, pairs): (bool, &[Pair]) = match &instruction.kind {
            InstructionKind::Env(env) => (true, &env.pairs),
            InstructionKind::Arg(arg) => (false, &arg.pairs),
            InstructionKind::Run(_) | InstructionKind::Onbuild(_) => {
                unseen.clear();
                continue;
            }
            _ => (false, &[]),
        };
        if unseen.is_empty() && pairs.is_empty() {
            continue;
        }
        instruction.each_expanded_word(|word| {
            for reference in word.references() {
                let (name, _) = word.name_of(reference);
                unseen.remove(&(true, name));
                unseen.remove(&(false, name));
            }
        });
        if instruction.heredocs.iter().any(|heredoc| !heredoc.quoted) {
            unseen.clear();
        }
        for (number, pair) in pairs.iter().enumerate() {
            let (name, span) = (&*pair.key.raw, pair.key.span);
            // What has no name at all is the parser's to report.
            if name.is_empty() {
                continue;
            }
            if pair.value.is_none() || pair.key.has_variables() {
                unseen.remove(&(is_env, name));
            } else if let Some(first) = unseen.insert((is_env, name), (pairs, number, index)) {
                found.push((first, name, span));
            }
        }
    }
    for ((pairs, number, index), name, second) in found {
        let edit = Edit::delete(pairs::without(pairs, number, index, model, cx.text()));
        let title = "delete it; the value further down stays";
        let message = format!("nothing uses this value of `{}`", excerpt(name));
        cx.report(pairs[number].key.span, message)
            .label(second, "it gets another one here")
            .help("delete the one that is wrong")
            .fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn every_value_but_the_last_is_marked() {
        dockerfile(
            "duplicate-env",
            r#"
FROM debian:13
ENV A=1 \
    B=2
#   ^ nothing uses this value of `B`
WORKDIR /srv/$A
ENV A=2
#   ^ nothing uses this value of `A`
ENV B 3
ENV A=3
ARG A=4
ARG =a
ARG =b
"#,
        );
    }

    #[test]
    fn heredocs_and_triggers_see_variables() {
        dockerfile(
            "duplicate-env",
            "FROM a\nENV A=1\nCOPY <<E /f\n$A\nE\nENV A=2\nONBUILD RUN b\nENV A=3\n",
        );
    }
}
