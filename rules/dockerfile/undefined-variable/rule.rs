//! Flags uses of variables that nothing defines, as far as the file is evidence.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Instruction, InstructionKind};
use crate::dockerfile::model::{Base, Origin, Unresolved};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::image::ImageReference;
use crate::knowledge::images;
use crate::knowledge::predefined::{Predefined, predefined};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.instruction(check);
}

fn check(placed: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    let instruction = placed.instruction;
    // What is in a trigger is replaced where it runs.
    if instruction.is_trigger
        || matches!(
            instruction.kind,
            InstructionKind::From(_) | InstructionKind::Onbuild(_)
        )
    {
        return;
    }
    let model = cx.model;
    let uses = model.unresolved(placed.index);
    for used in &uses {
        // Every image has a `PATH`; BuildKit gives one even to `scratch`.
        if used.has_alternative
            || used.in_heredoc
            || used.name == "PATH"
            || extends_itself(instruction, used)
        {
            continue;
        }
        let name = used.name;
        // `${NAME:+-$NAME}` uses it only where it is set.
        if uses.iter().any(|other| {
            other.has_alternative && other.name == name && other.span.contains(used.span)
        }) {
            continue;
        }
        let similar = model.similar_variable(placed.index, name);
        let argument = used
            .global
            .or(used.elsewhere.filter(|other| other.origin == Origin::Arg));
        let is_platform = predefined(name) == Some(Predefined::Platform);
        // Before the first `FROM` the builder has set it.
        if is_platform && model.stage_of(placed.index).is_none() {
            continue;
        }
        let cannot_be_inherited =
            !used.perhaps_in_base || is_unset_by_base(model, placed.index, name);
        if argument.is_none() && !is_platform && similar.is_none() && !cannot_be_inherited {
            continue;
        }
        let finding = cx.report(
            used.name_span,
            format!("`{name}` is not defined here and becomes empty"),
        );
        if let Some(argument) = argument {
            let place = if argument.stage.is_none() {
                "before the first `FROM`"
            } else {
                "in another place"
            };
            finding
                .label(
                    argument.name_span,
                    format!("declared {place}, where this stage does not see it"),
                )
                .help(format!("put `ARG {name}` into this stage, above its use"));
        } else if is_platform {
            finding.help(format!("put `ARG {name}` into this stage, above its use"));
        } else if let Some(similar) = similar {
            let title = format!("write `{similar}`; it may not be what was meant");
            let edit = Edit::replace(used.name_span, similar);
            finding
                .help(format!("`{similar}` may be meant"))
                .fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        } else {
            finding.help(format!(
                "define it with `ARG {name}` or `ENV {name}=…`, or write `${{{name}:-}}`"
            ));
        }
    }
}

/// Whether the variable stands in a value that is given to itself, as in `PATH=/opt/bin:$PATH`.
fn extends_itself(instruction: &Instruction, used: &Unresolved<'_>) -> bool {
    let InstructionKind::Env(env) = &instruction.kind else {
        return false;
    };
    let mut around = env
        .pairs
        .iter()
        .filter(|pair| pair.span.contains(used.span));
    around.any(|pair| *pair.key.raw == *used.name)
}

/// Whether all variables of the image below are known, and this is none of them.
fn is_unset_by_base(model: &Dockerfile, instruction: usize, name: &str) -> bool {
    let Some(stage) = model.stage_of(instruction) else {
        return false;
    };
    let Base::Image(value) = &model.root_of(stage).base else {
        return false;
    };
    let reference = value
        .known()
        .and_then(|text| ImageReference::parse(text).ok());
    let env = reference
        .as_ref()
        .and_then(images::image)
        .and_then(|image| image.env);
    env.is_some_and(|env| !env.contains(&name))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "undefined-variable",
            r#"
ARG GLOBAL=1
FROM debian:13 AS base
COPY "a b/${GLOBAL}" \
#           ^^^^^^ `GLOBAL` is not defined here
  x$TARGETOS /
#   ^^^^^^^^ `TARGETOS` is not defined here
LABEL a=$nothing b='$quoted' c=\$escaped
#        ^^^^^^^ `nothing` is not defined here
FROM base
ENV OWN=$OWN:x OTHER=${UNSET}
#                      ^^^^^ `UNSET` is not defined here
"#,
        );
    }

    #[test]
    fn platform_arguments_are_set_before_the_first_from() {
        dockerfile(
            "undefined-variable",
            "ARG A=${TARGETPLATFORM#linux/}\nFROM debian:13\n",
        );
    }

    #[test]
    fn an_unknown_base_image_may_define_anything() {
        dockerfile(
            "undefined-variable",
            r#"
FROM registry.example.org/base
WORKDIR $HOME
ARG HOMES=1
USER $HOMEZ
#     ^^^^^ `HOMEZ` is not defined here
"#,
        );
    }

    #[test]
    fn commands_heredocs_and_triggers_are_not_looked_at() {
        dockerfile(
            "undefined-variable",
            r#"
FROM scratch
RUN echo $a
CMD echo $a
ONBUILD COPY $a /
COPY <<EOF /x
$a
EOF
"#,
        );
    }
}
