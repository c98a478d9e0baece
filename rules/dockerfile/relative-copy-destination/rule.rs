//! Flags relative destinations of `COPY` and `ADD` where only the base image knows the working directory.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Instruction;
use crate::dockerfile::model::{Config, is_absolute};
use crate::dockerfile::source;
use crate::dockerfile::word::Word;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::variable::Piece;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.instruction(check);
}

fn check(instruction: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    // Where a trigger is run, another image decides.
    if instruction.instruction.is_trigger {
        return;
    }
    let Some(paths) = source::paths(instruction.node) else {
        return;
    };
    let Some(destination) = paths.destination() else {
        return;
    };
    // The parser says that a heredoc stands in its place.
    let heredocs = &instruction.instruction.heredocs;
    if heredocs
        .iter()
        .any(|heredoc| heredoc.word == destination.span)
    {
        return;
    }
    let config = cx.model.config_at(instruction.index);
    if !config.workdir().is_inherited() || !is_relative(destination, config) {
        return;
    }
    let message = format!(
        "`{}` is relative to a directory of the base image",
        excerpt(&destination.value())
    );
    cx.report(destination.span, message)
        .help("set `WORKDIR` first, or write the whole path")
        .fixes
        .extend(fix(destination));
}

/// Whether a path is relative for sure.
fn is_relative(word: &Word, config: Config<'_>) -> bool {
    if let Some(path) = config.value(word).text() {
        return !path.is_empty() && !is_absolute(path);
    }
    // What stands in front of the first variable tells as much.
    let pieces = word.template().map_or(&[][..], |template| &template.pieces);
    match pieces.first() {
        Some(Piece::Literal(range)) => {
            let text = word.raw.get(range.clone()).unwrap_or_default();
            !text.is_empty() && !is_absolute(text)
        }
        _ => false,
    }
}

/// Puts `/` in front, in place of `.` and `./`. Nothing for a path that begins otherwise than with a name.
fn fix(word: &Word) -> Option<Fix> {
    let value = word.value_cooked();
    let text = value.text();
    let rest = if text == "." {
        ""
    } else {
        text.trim_start_matches("./")
    };
    if rest.starts_with(['~', '/', '$']) || rest == ".." || rest.starts_with("../") {
        return None;
    }
    let edit = match text.len() - rest.len() {
        0 => Edit::insert(value.start_of(0), "/"),
        dropped => Edit::replace(value.span(0..dropped), "/"),
    };
    let title = "take it for a path below `/`, where most base images end";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_destination_is_marked() {
        dockerfile(
            "relative-copy-destination",
            r#"
FROM a AS b
COPY a "bc"
#      ^^^^ info: `bc` is relative to a directory of the base image
ADD --link a b \
  d$E/
# ^^^^ info: `d$E/` is relative
COPY ["a", "."]
#          ^^^ info: `.` is relative
ONBUILD COPY a .
COPY a ""
COPY a <<EOF
EOF
COPY ["a", 'b']
FROM b
COPY --from=b a ./
#               ^^ info: `./` is relative
WORKDIR c
COPY a d
FROM scratch
COPY a .
"#,
        );
    }

    #[test]
    fn the_fix_edits_the_beginning_only() {
        for (before, after) in [
            ("COPY a .", "COPY a /"),
            ("COPY a ./", "COPY a /"),
            ("COPY a ./b/", "COPY a /b/"),
            ("COPY a \"b\"", "COPY a \"/b\""),
            ("COPY a b$C", "COPY a /b$C"),
            ("COPY a ../b", "COPY a ../b"),
            ("COPY a .b", "COPY a /.b"),
        ] {
            let text = format!("FROM x\r\n{before}\r\n");
            let fixed = fixed("relative-copy-destination", Applicability::Unsafe, &text);
            assert_eq!(fixed, format!("FROM x\r\n{after}\r\n"));
        }
    }
}
