//! Flags `COPY` and `ADD` of several sources to a destination without a slash at its end.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Instruction;
use crate::dockerfile::source;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.instruction(check);
}

fn check(instruction: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    let Some(paths) = source::paths(instruction.node) else {
        return;
    };
    let (count, Some(destination)) = (paths.sources().len(), paths.destination()) else {
        return;
    };
    // With `--parents`, folders are made below the destination.
    let has_parents = instruction.instruction.flag("parents").is_some();
    if count < 2 || has_parents || destination.has_variables() {
        return;
    }
    let value = destination.value_cooked();
    let path = value.text();
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    if matches!(name, "" | "." | "..") {
        return;
    }
    let message = format!(
        "`{}` gets {count} sources and is no directory by its name",
        excerpt(path)
    );
    let edit = Edit::insert(value.end_of(path.len()), "/");
    cx.report(destination.span, message)
        .help("end the destination with `/`")
        .fix(Fix::new(
            "put `/` at the end of the destination",
            Applicability::Safe,
            vec![edit],
        ));
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_destination_is_marked() {
        dockerfile(
            "copy-multiple-sources-slash",
            r#"
FROM a AS b
COPY a b /c
#        ^^ error: `/c` gets 2 sources and is no directory by its name
COPY --link a \
  b* "cd"
#    ^^^^ error: `cd` gets 2 sources
ADD https://example.com/a b /c/d
#                           ^^^^ error: `/c/d` gets 2 sources
COPY --from=b a b c /d
#                   ^^ error: `/d` gets 3 sources
ONBUILD COPY ["a", "b", "/c"]
#                       ^^^^ error: `/c` gets 2 sources
COPY --parents a b /c
COPY a b ..
COPY a b ../.
COPY a b C:\app\\
COPY a b /c$X
COPY ["a", "b", "/"]
COPY a* /c
COPY a
COPY
COPY <<A <<B /c/
A
B
"#,
        );
    }

    #[test]
    fn the_fix_stays_inside_quotes() {
        for (before, after) in [
            ("COPY a b /c", "COPY a b /c/"),
            ("COPY a b \"/c\"", "COPY a b \"/c/\""),
            ("COPY a b '/c'", "COPY a b '/c/'"),
            (
                "COPY [\"a\", \"b\", \"/c\"]",
                "COPY [\"a\", \"b\", \"/c/\"]",
            ),
            ("COPY a b \\\n  /c # d", "COPY a b \\\n  /c # d"),
            ("COPY <<A <<B /c\nA\nB", "COPY <<A <<B /c/\nA\nB"),
        ] {
            let text = format!("FROM a\n{before}\n");
            let fixed = fixed("copy-multiple-sources-slash", Applicability::Safe, &text);
            assert_eq!(fixed, format!("FROM a\n{after}\n"));
        }
    }
}
