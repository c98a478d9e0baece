//! Flags values that a flag does not take: the parser's errors, and letters for a mode where the version of the syntax
//! that the file asks for knows numbers only.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Instruction;
use crate::dockerfile::frontend::SYMBOLIC_CHMOD;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::mode::Mode;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
    on.instruction(check);
}

fn check(instruction: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    let flag = instruction.flag("chmod");
    let Some(value) = flag.and_then(|flag| flag.value.as_ref()) else {
        return;
    };
    let is_symbolic = matches!(Mode::parse(&value.raw), Some(Mode::Symbolic(_)));
    let Some(directive) = cx
        .model
        .older_frontend(SYMBOLIC_CHMOD)
        .filter(|_| is_symbolic)
    else {
        return;
    };
    let asked_for = &directive.value;
    let message = format!(
        "`{}` needs version 1.{SYMBOLIC_CHMOD} of the syntax",
        excerpt(&value.raw)
    );
    cx.report(value.span, message)
        .label(
            asked_for.span,
            format!("`{}` is asked for here", excerpt(&asked_for.value)),
        )
        .help("write the mode as a number, or `# syntax=docker/dockerfile:1`");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_value_is_marked() {
        dockerfile(
            "invalid-flag-value",
            r##"
FROM debian:13
COPY --link=yes a b
#           ^^^ `yes` is neither `true` nor `false`
COPY --chmod=999 a b
#            ^^^ `999` is no file mode
RUN --security=none make
#              ^^^^ `none` is no security mode
"##,
        );
    }

    #[test]
    fn letters_need_a_newer_syntax() {
        dockerfile(
            "invalid-flag-value",
            r##"# syntax=docker/dockerfile:1.13
FROM debian:13
COPY --chmod=u+x --chown=a b c
#            ^^^ error: `u+x` needs version 1.14 of the syntax
COPY --chmod=755 a b
"##,
        );
    }

    #[test]
    fn a_variable_is_left_alone() {
        dockerfile(
            "invalid-flag-value",
            r##"
FROM debian:13
ARG MODE
COPY --chmod=$MODE a b
"##,
        );
    }
}
