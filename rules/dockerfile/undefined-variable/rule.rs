//! Flags uses of variables that nothing defines, as far as the file is evidence; passes on those of Compose files.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Instruction, InstructionKind};
use crate::dockerfile::model::{Base, Origin};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::image::ImageReference;
use crate::knowledge::images;
use crate::knowledge::predefined::{Predefined, predefined};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.instruction(check);
    on.syntax();
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
    for used in &model.unexplained(placed.index) {
        let name = used.name;
        // A declaration that the stage does not see is a finding of its own.
        let stage = model.stage_of(placed.index);
        if stage.is_some_and(|stage| model.declared_elsewhere(stage, name).is_some()) {
            continue;
        }
        let similar = model.similar_variable(placed.index, name);
        let below = used.elsewhere.filter(|other| {
            other.origin == Origin::Arg && other.stage == stage.map(|stage| stage.index)
        });
        let is_platform = predefined(name) == Some(Predefined::Platform);
        // Before the first `FROM` the builder has set it.
        if is_platform && stage.is_none() {
            continue;
        }
        let in_base = base_defines(model, placed.index, name);
        if in_base == Some(true) {
            continue;
        }
        let cannot_be_inherited = !used.perhaps_in_base || in_base == Some(false);
        // Such a use does not make it empty: it stops the build.
        if used.is_required && cannot_be_inherited {
            continue;
        }
        if below.is_none() && !is_platform && similar.is_none() && !cannot_be_inherited {
            continue;
        }
        let finding = cx.report(
            used.name_span,
            format!("`{name}` is not defined here and becomes empty"),
        );
        if let Some(below) = below {
            finding
                .label(below.name_span, "declared only here")
                .help(format!("put `ARG {name}` above its use"));
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

/// Whether the image below defines a variable; `None` if not all its variables are known.
pub(super) fn base_defines(model: &Dockerfile, instruction: usize, name: &str) -> Option<bool> {
    let stage = model.stage_of(instruction)?;
    let Base::Image(value) = &model.root_of(stage).base else {
        return None;
    };
    let reference = ImageReference::parse(value.text()?).ok()?;
    let defines = images::image(&reference)?.env?.contains(&name);
    // With another value of an argument it may be another image.
    (defines || value.known().is_some()).then_some(defines)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose_among, dockerfile};

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "undefined-variable",
            r#"
FROM debian:13 AS base
COPY "a b/${LATER}" \
#           ^^^^^ `LATER` is not defined here
  x$TARGETOS /
#   ^^^^^^^^ `TARGETOS` is not defined here
LABEL a=$nothing b='$quoted' c=\$escaped
#        ^^^^^^^ `nothing` is not defined here
ARG LATER
FROM base
ENV OWN=$OWN:x OTHER=${UNSET}
#                      ^^^^^ `UNSET` is not defined here
"#,
        );
    }

    #[test]
    fn compose_asks_for_what_no_file_sets() {
        let files = [(
            ".env",
            "IMAGE_TAG=1\nDB_HOST=db\nNODE1_PORT=1\nMACHINE=$NIX\n",
        )];
        compose_among(
            "undefined-variable",
            &files,
            "compose.yaml",
            r#"
services:
  a:
    image: "x:${IMAGE_TAGS}"
#               ^^^^^^^^^^ warning: nothing sets `IMAGE_TAGS`, so that it is empty
    environment: [A=$DB_HSOT, "B=${OTHER}", "C=$NODE2_PORT", "D=$MACHINE", "E=$$NIX", F=$HOME, G=$XDG_RUNTIME_DIR]
#                    ^^^^^^^ warning: nothing sets `DB_HSOT`
#                                  ^^^^^ info: nothing sets `OTHER`
#                                               ^^^^^^^^^^ info: nothing sets `NODE2_PORT`
    labels: {a: "$apr1$hash", b: "${NIX:-}${NIX-x}${NIX:+y}${NIX:?}", "$KEY": c}
    command: echo $NIX
    healthcheck: {test: "echo $NIX"}
"#,
        );
        compose_among(
            "undefined-variable",
            &[],
            "compose.yaml",
            "services: {a: {image: \"$A\"}}\n",
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
