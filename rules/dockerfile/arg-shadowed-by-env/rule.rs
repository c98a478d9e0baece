//! Flags build arguments that an `ENV` hides before anything could use them.

use std::collections::HashMap;

use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let mut unused: HashMap<&str, Span> = HashMap::new();
    let mut found = Vec::new();
    for instruction in &model.ast.instructions[stage.instructions.clone()] {
        let is_arg = matches!(instruction.kind, InstructionKind::Arg(_));
        if unused.is_empty() && !is_arg {
            continue;
        }
        for word in instruction.expanded_words() {
            for reference in word.references() {
                unused.remove(word.name_of(reference).0);
            }
        }
        match &instruction.kind {
            InstructionKind::Run(_) | InstructionKind::Onbuild(_) => unused.clear(),
            InstructionKind::Arg(arg) => {
                let plain = arg.pairs.iter().filter(|pair| !pair.key.has_variables());
                unused.extend(plain.map(|pair| (&*pair.key.raw, pair.key.span)));
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
    for (arg, name, env) in found {
        let name = excerpt(name);
        cx.report(
            arg,
            format!("the argument `{name}` has no effect, since `ENV` sets `{name}`"),
        )
        .label(env, "this value counts")
        .help(format!("write `ENV {name}=${name}`, or drop the argument"));
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
