//! Flags `${NAME:?…}` and `${NAME?…}` of variables that are certainly not set.

use super::undefined_variable::base_defines;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Instruction, InstructionKind};
use crate::dockerfile::model::Lookup;
use crate::dockerfile::word::Word;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::variable::{Operator, Reference};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.instruction(check);
}

fn check(placed: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    let instruction = placed.instruction;
    if instruction.is_trigger || matches!(instruction.kind, InstructionKind::From(_)) {
        return;
    }
    let model = cx.model;
    let Some(stage) = model.stage_of(placed.index) else {
        return;
    };
    let required = |reference: &Reference| {
        let operator = reference
            .modifier
            .as_ref()
            .map(|modifier| modifier.operator);
        operator.filter(|operator| operator.is_required())
    };
    let is_required = |word: &Word| {
        word.references()
            .any(|reference| required(reference).is_some())
    };
    let mut words: Vec<&Word> = Vec::new();
    instruction.each_expanded_word(|word| words.extend(is_required(word).then_some(word)));
    if words.is_empty() {
        return;
    }
    // Each argument of an `ARG` sees those before it.
    let earlier = match &instruction.kind {
        InstructionKind::Arg(arg) => arg.pairs.as_slice(),
        _ => &[],
    };
    let config = model.config_at(placed.index);
    for word in words {
        for reference in word.references() {
            let Some(operator) = required(reference) else {
                continue;
            };
            let (name, span) = word.name_of(reference);
            if earlier.iter().any(|pair| *pair.key.raw == *name) {
                continue;
            }
            let message = match config.lookup(name) {
                Lookup::Defined(definition)
                    if operator == Operator::RequiredFilled
                        && definition.value.known() == Some("") =>
                {
                    format!(
                        "`{}` is always empty here, which stops the build",
                        excerpt(name)
                    )
                }
                Lookup::Undefined { perhaps_in_base }
                    if !perhaps_in_base
                        || base_defines(model, placed.index, name) == Some(false) =>
                {
                    // What another part of the file declares is a finding of its own.
                    if model.declared_elsewhere(stage, name).is_some() {
                        continue;
                    }
                    format!(
                        "nothing defines `{}` here, which stops the build",
                        excerpt(name)
                    )
                }
                _ => continue,
            };
            cx.report(span, message)
                .help(format!("put `ARG {}` above it", excerpt(name)));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "required-variable-unset",
            r#"
ARG GLOBAL
FROM scratch
ARG A=${B:?no} C D=${C:?yes}
#       ^ nothing defines `B` here
ENV EMPTY= FULL=x
USER ${EMPTY:?}${EMPTY?}${FULL:?}${GLOBAL:?}${A:?}${C?}
#      ^^^^^ `EMPTY` is always empty here
LABEL a="${x:-${Y?}}" \
#               ^ nothing defines `Y` here
  b='${Z:?}'
ONBUILD USER ${Y:?}
"#,
        );
    }
}
