//! Flags flags that an instruction does not have: none of its kind, which the parser says, or not yet in the version of
//! the syntax that the file asks for.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Instruction;
use crate::dockerfile::frontend::flag_since;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
    on.instruction(check);
}

fn check(instruction: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    let Some(keyword) = instruction.kind.keyword() else {
        return;
    };
    for flag in &instruction.flags {
        let Some(since) = flag_since(keyword, &flag.name.value) else {
            continue;
        };
        let Some(directive) = cx.model.older_frontend(since) else {
            continue;
        };
        let name = &flag.name.value;
        let asked_for = &directive.value;
        let message = format!("`--{name}` needs version 1.{since} of the syntax");
        cx.report(flag.span, message)
            .label(
                asked_for.span,
                format!("`{}` is asked for here", excerpt(&asked_for.value)),
            )
            .help("write `# syntax=docker/dockerfile:1`");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_flag_is_marked_with_its_value() {
        dockerfile(
            "unknown-flag",
            r##"
FROM debian:13
COPY --form=build /a /b
#    ^^^^^^^^^^^^ `COPY` has no flag `--form`
ENV --global A=b
#   ^^^^^^^^ `ENV` has no flag `--global`
"##,
        );
    }

    #[test]
    fn the_version_of_the_syntax_counts() {
        let check = |tag: &str, marks: &str| {
            dockerfile(
                "unknown-flag",
                &format!("# syntax=docker/dockerfile{tag}\nFROM debian:13\n{marks}"),
            );
        };
        check(
            ":1.3",
            "RUN --network=none --mount=target=/x a
ONBUILD COPY --link --chown=1 a /b
#            ^^^^^^ error: `--link` needs version 1.4 of the syntax
RUN --security=insecure a
#   ^^^^^^^^^^^^^^^^^^^ error: `--security` needs version 1.20
",
        );
        for tag in ["", ":1", ":1.4-labs", ":1.20.1"] {
            check(tag, "COPY --link --parents a /b\n");
        }
    }

    #[test]
    fn a_trigger_is_looked_at() {
        dockerfile(
            "unknown-flag",
            r##"
FROM debian:13
ONBUILD COPY --fron=x /a /b
#            ^^^^^^^^ `COPY` has no flag `--fron`
"##,
        );
    }

    #[test]
    fn flags_behind_the_first_argument_are_arguments() {
        dockerfile(
            "unknown-flag",
            r##"
FROM debian:13
RUN curl --mount
COPY a --form=b c/
"##,
        );
    }
}
