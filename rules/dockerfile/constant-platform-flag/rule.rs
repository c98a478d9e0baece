//! Flags `FROM --platform` with a platform that no variable decides.
//!
//! The name of the stage excuses it as in BuildKit (`dockerfile2llb/convert.go`,
//! `reportConstPlatformDisallowed`).

use crate::dockerfile::ast::{From, InstructionKind};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::platform::{Normalized, Platform};

/// How many stages are compared with one that is only copied from.
const MAX_STAGES: usize = 64;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.from(check);
}

fn check(from: &Placed<'_, From>, cx: &mut Context<'_, Dockerfile>) {
    let Some(platform) = constant(from) else {
        return;
    };
    if let Some(name) = &from.name {
        let name = name.value.to_ascii_lowercase();
        let is_named =
            |part: &Option<String>| part.as_ref().is_some_and(|part| name.contains(&**part));
        if is_named(&platform.os) || is_named(&platform.architecture) {
            return;
        }
    }
    let model = cx.model;
    if let Some(stage) = model.stage_of(from.index)
        && is_one_of_several(model, stage, &platform)
    {
        return;
    }
    let Some(flag) = from.instruction.flag("platform") else {
        return;
    };
    let written = flag.value.as_ref().map_or("", |value| &*value.raw);
    let message = format!(
        "the image is always for `{}`, whatever is asked for",
        excerpt(written)
    );
    cx.report(flag.span, message)
        .help("leave the flag away, and give the platform to `docker build`");
}

/// The platform, if it is one without a variable.
fn constant(from: &From) -> Option<Normalized> {
    let word = from.platform.as_ref()?;
    let platform = Platform::parse(&word.literal()?).ok()?;
    platform.normalized()
}

/// Whether the stage is only copied from, and another such stage has the same image for another platform.
fn is_one_of_several(model: &Dockerfile, stage: &Stage, platform: &Normalized) -> bool {
    let Some(own) = from_of(model, stage) else {
        return false;
    };
    stage.is_built
        && !stage.is_output
        && model.stages.iter().take(MAX_STAGES).any(|other| {
            if other.is_output || other.index == stage.index {
                return false;
            }
            let from = from_of(model, other).filter(|from| image_of(from) == image_of(own));
            let other_platform = from.and_then(constant);
            other_platform.is_some_and(|other| other != *platform)
        })
}

fn image_of(from: &From) -> Option<&str> {
    from.image.as_ref().map(|image| &*image.raw)
}

fn from_of<'m>(model: &'m Dockerfile, stage: &Stage) -> Option<&'m From> {
    match &model.ast.instructions.get(stage.from)?.kind {
        InstructionKind::From(from) => Some(from),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_flag_is_marked() {
        dockerfile(
            "constant-platform-flag",
            r#"
FROM \
  --platform=linux/AMD64 a
# ^^^^^^^^^^^^^^^^^^^^^^ the image is always for `linux/AMD64`
FROM --platform="x86_64" a AS intel
#    ^^^^^^^^^^^^^^^^^^^ the image is always for `x86_64`
FROM --platform=linux/x86_64 a AS build-amd64
FROM --platform=windows/amd64 a AS Windows
FROM --platform=linux/$ARCH a
FROM --platform=${PLATFORM:-linux/amd64} a
FROM --platform=no/such/plat/form a
FROM --platform= a
"#,
        );
    }

    #[test]
    fn a_lone_helper_is_no_excuse() {
        dockerfile(
            "constant-platform-flag",
            r#"
FROM --platform=linux/amd64 a AS tool
#    ^^^^^^^^^^^^^^^^^^^^^^ the image is always for `linux/amd64`
FROM b
COPY --from=tool c d
"#,
        );
    }
}
