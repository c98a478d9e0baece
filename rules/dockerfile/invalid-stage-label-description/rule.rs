//! Flags comments right above a named stage or an argument that do not begin with its name.
//!
//! As in BuildKit (`instructions/parse.go`, `validateDefinitionDescription`): the last line of the comment
//! counts.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Instruction, InstructionKind};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;
use crate::text::span::offset;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.instruction(check);
}

fn check(placed: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    let instruction = placed.instruction;
    let names: Vec<&str> = match &instruction.kind {
        InstructionKind::From(from) => from.name.iter().map(|name| &*name.value).collect(),
        InstructionKind::Arg(arg) => arg.pairs.iter().map(|pair| &*pair.key.raw).collect(),
        _ => return,
    };
    let comments = cx.model.ast.comments_before(instruction);
    let (Some(comment), Some(example)) = (comments.last(), names.first()) else {
        return;
    };
    if comment.line + 1 != instruction.lines.first || comment.text.is_empty() {
        return;
    }
    let first = comment.text.split(' ').next().unwrap_or_default();
    // Stages are known by their names in lower case.
    let is_from = matches!(instruction.kind, InstructionKind::From(_));
    let is_named = names
        .iter()
        .any(|name| *name == first || (is_from && name.eq_ignore_ascii_case(first)));
    if is_named || is_for_a_tool(&comment.text) {
        return;
    }
    let span = comment.span;
    let source = cx.source;
    let message = format!(
        "comment does not begin with the name `{}`",
        excerpt(example)
    );
    let finding = cx.report(span, message);
    finding.help("begin it with the name, or put a blank line below it");
    let written = span.text(&source.text);
    if let (Some(inside), [name]) = (written.find(&*comment.text), names.as_slice()) {
        let edit = Edit::insert(span.start + offset(inside), format!("{name} "));
        let title = "begin it with the name; it may be no description";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// Whether a comment is none for people: `hadolint ignore=…`, `renovate: …`, `checkov:skip=…`.
fn is_for_a_tool(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    first.contains([':', '='])
        || ["hadolint", "dockworthy", "kics-scan", "nosemgrep", "nosec"].contains(&first)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn only_the_last_line_counts() {
        let fix = |text| {
            fixed(
                "invalid-stage-label-description",
                Applicability::Unsafe,
                text,
            )
        };
        assert_eq!(
            fix("# a is\n  #  more\nFROM b AS a\n"),
            "# a is\n  #  a more\nFROM b AS a\n"
        );
    }

    #[test]
    fn names_are_compared_as_the_builder_does() {
        dockerfile(
            "invalid-stage-label-description",
            "# build is\nFROM a AS Build\n# B is\nARG A B\n\n# other\n\nARG C\n# other\n#\nARG D\n",
        );
    }
}
