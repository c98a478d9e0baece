//! Flags services that ask for another platform than the Dockerfile names for the base of their image.

use crate::compose::project::Project;
use crate::compose::value::Scalar;
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::word::Word;
use crate::engine::built::{BuildUse, Reading};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::platform::{Normalized, Platform};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let build = &used.build.value;
    let platform = used.container.platform.as_ref();
    if platform.is_none() && build.platforms.is_empty() || !used.is_settled(cx.model) {
        return;
    }
    let Some(reading) = used.reading() else {
        return;
    };
    let Some((word, fixed)) = fixed(&reading) else {
        return;
    };
    let asked = platform.iter().map(|platform| &platform.value);
    let asked = asked.chain(build.platforms.iter().map(|platform| &platform.value));
    for value in asked {
        let Some(wanted) = normalised(value) else {
            continue;
        };
        if !differ(&wanted, &fixed) {
            continue;
        }
        let message = format!(
            "the service asks for `{}`, and the Dockerfile for `{}`",
            excerpt(value.text()),
            excerpt(&word.raw)
        );
        cx.report(value.location_of(0..value.text().len()), message)
            .label(
                reading.file.location(word.span),
                "the image is built on this one, whatever is asked for",
            )
            .help("ask for the same platform, or leave `--platform` out of the Dockerfile");
        return;
    }
}

fn normalised(value: &Scalar) -> Option<Normalized> {
    Platform::parse(value.known()?).ok()?.normalized()
}

/// The platform that the Dockerfile itself names for the base of the image.
fn fixed<'n>(reading: &Reading<'n>) -> Option<(&'n Word, Normalized)> {
    let model = reading.model();
    let root = model.root_of(reading.stage);
    let InstructionKind::From(from) = &model.ast.instructions.get(root.from)?.kind else {
        return None;
    };
    let word = from.platform.as_ref()?;
    let platform = Platform::parse(&word.literal()?).ok()?.normalized()?;
    Some((word, platform))
}

/// Whether system or architecture differ, where both say which.
fn differ(a: &Normalized, b: &Normalized) -> bool {
    let differ = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    };
    differ(&a.os, &b.os) || differ(&a.architecture, &b.architecture)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_platform_is_marked() {
        let files = [
            (
                "Dockerfile",
                "FROM --platform=$BUILDPLATFORM a AS b\nFROM --platform=linux/amd64 a AS c\nFROM c\n",
            ),
            ("free/Dockerfile", "FROM --platform=$TARGETPLATFORM a\n"),
        ];
        compose_among(
            "platform-base-conflict",
            &files,
            "compose.yaml",
            r#"
services:
  a: {build: ., platform: "linux/arm64"}
#                          ^^^^^^^^^^^ warning: the service asks for `linux/arm64`, and the Dockerfile for
  b: {build: {context: ., platforms: [linux/amd64, linux/arm64/v8]}}
#                                                  ^^^^^^^^^^^^^^ warning: the service asks for
  c: {build: ., platform: linux/x86_64}
  d: {build: {target: b}, platform: linux/arm64}
  e: {build: free, platform: linux/arm64}
  f: {build: ., platform: $P}
  g: {build: ., platform: linux}
"#,
        );
    }
}
