//! Flags values of `FROM --platform` that are no platforms.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::From;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::platform::Platform;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.from(check);
}

fn check(from: &Placed<'_, From>, cx: &mut Context<'_, Dockerfile>) {
    // A flag without a value is a finding of its own.
    let Some(word) = from.platform.as_ref().filter(|word| !word.raw.is_empty()) else {
        return;
    };
    let value = cx.model.value_at(from.index, word);
    let Some(text) = value.text() else { return };
    let Err(error) = Platform::parse(text) else {
        return;
    };
    // So is a variable that nothing declares.
    let unresolved = cx.model.unresolved(from.index);
    if unresolved.iter().any(|used| word.span.contains(used.span)) {
        return;
    }
    let span = match word.has_variables() || text.is_empty() {
        true => word.span,
        false => word.value_cooked().span(error.range.clone()),
    };
    let finding = cx.report(span, error.message.clone());
    finding.help = error.help.clone();
    if finding.help.is_none() {
        finding.help("write `os/arch` or `os/arch/variant`");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_value_is_marked() {
        dockerfile(
            "invalid-platform",
            r#"
ARG NONE= BAD=li_nux/x
FROM --platform="linux/a b" c
#                      ^^^ `a b` is not a valid part of a platform
FROM --platform=$NONE c
#               ^^^^^ platform is empty
FROM \
  --platform=$BAD/$TARGETARCH/v8/x c
FROM --platform=${BAD}/y/z/0 c
#               ^^^^^^^^^^^^
FROM --platform=$UNDECLARED c
FROM --platform=windows c
FROM --platform=aarch64 c
"#,
        );
    }
}
