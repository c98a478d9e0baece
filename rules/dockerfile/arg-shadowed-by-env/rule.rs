//! Flags build arguments that an `ENV` hides before anything could use them.

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

/// A pair: all pairs of its instruction, its number among them, the number of the instruction.
type Found<'m> = (&'m [Pair], usize, usize);

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let mut unused: HashMap<&str, Found<'_>> = HashMap::new();
    let mut found = Vec::new();
    for index in stage.instructions.clone() {
        let instruction = &model.ast.instructions[index];
        let is_arg = matches!(instruction.kind, InstructionKind::Arg(_));
        if unused.is_empty() && !is_arg {
            continue;
        }
        instruction.each_expanded_word(|word| {
            for reference in word.references() {
                unused.remove(word.name_of(reference).0);
            }
        });
        match &instruction.kind {
            InstructionKind::Run(_) | InstructionKind::Onbuild(_) => unused.clear(),
            InstructionKind::Arg(arg) => {
                let pairs = arg.pairs.iter().enumerate();
                let plain = pairs.filter(|(_, pair)| !pair.key.has_variables());
                unused.extend(
                    plain.map(|(number, pair)| {
                        (&*pair.key.raw, (arg.pairs.as_slice(), number, index))
                    }),
                );
            }
            InstructionKind::Env(env) => {
                for pair in &env.pairs {
                    let is_literal = pair
                        .value
                        .as_ref()
                        .is_some_and(|value| !value.has_variables());
                    if let Some(arg) = unused.remove(&*pair.key.raw).filter(|_| is_literal) {
                        found.push((arg, &*pair.key.raw, pair.key.span));
                    }
                }
            }
            _ if instruction.heredocs.iter().any(|heredoc| !heredoc.quoted) => unused.clear(),
            _ => {}
        }
    }
    for ((pairs, number, index), name, env) in found {
        let edit = Edit::delete(pairs::without(pairs, number, index, model, cx.text()));
        let title = "delete the argument; a build that passes it gets a warning then";
        let name = excerpt(name);
        let message = format!("the argument `{name}` has no effect, since `ENV` sets `{name}`");
        cx.report(pairs[number].key.span, message)
            .label(env, "this value counts")
            .help(format!("write `ENV {name}=${name}`, or drop the argument"))
            .fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_name_of_the_argument_is_marked() {
        dockerfile(
            "arg-shadowed-by-env",
            r#"
FROM debian:13
ARG A=1 \
    B
#   ^ the argument `B` has no effect, since `ENV` sets `B`
ENV X=$A B=2
ENV A=2
ARG C=1
ENV C=1
ENV C=2
"#
            .replace(
                "ARG C=1\n",
                "ARG C=1\n#   ^ the argument `C` has no effect\n",
            )
            .as_str(),
        );
    }
}
