//! Flags `LABEL` instructions directly behind another one.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::{Instruction, InstructionKind, Separator};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let instructions = &cx.model.ast.instructions[stage.instructions.clone()];
    for pair in instructions.windows(2) {
        let [first, second] = pair else { continue };
        let (true, Some(start)) = (first_pair(first).is_some(), first_pair(second)) else {
            continue;
        };
        let gap = Span::new(first.span.end, second.span.start).text(cx.text());
        let line_ends = gap.bytes().filter(|byte| *byte == b'\n').count();
        if line_ends != 1 || !gap.trim().is_empty() {
            continue;
        }
        let line_end = if gap.contains('\r') { "\r\n" } else { "\n" };
        let indent = Span::new(second.keyword.span.start, start).text(cx.text());
        if indent.contains('\n') {
            continue;
        }
        let margin = gap.rsplit('\n').next().unwrap_or_default();
        let escape = cx.model.ast.escape.as_char();
        let blanks = " ".repeat(indent.chars().count());
        let joint = format!(" {escape}{line_end}{margin}{blanks}");
        let edit = Edit::replace(Span::new(first.span.end, start), joint);
        cx.report(
            second.keyword.span,
            "this `LABEL` can be part of the one before it",
        )
        .help("write the labels as one block")
        .fix(Fix::new("join them", Applicability::Safe, vec![edit]));
    }
}

/// Where the first label of a `LABEL` begins, if all have the form `key=value`.
fn first_pair(instruction: &Instruction) -> Option<u32> {
    let InstructionKind::Label(label) = &instruction.kind else {
        return None;
    };
    let is_plain = label
        .pairs
        .iter()
        .all(|pair| pair.separator == Separator::Equals);
    label
        .pairs
        .first()
        .filter(|_| is_plain)
        .map(|pair| pair.span.start)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn every_one_but_the_first_is_marked() {
        dockerfile(
            "label-grouping",
            r#"
FROM debian:13
LABEL a=1 \
  b=2
label c=3
#^^^^ this `LABEL` can be part of the one before it

LABEL d=4
"#,
        );
    }

    #[test]
    fn line_endings_and_indentation_stay() {
        let before = "# escape=`\r\nFROM a\r\n  LABEL a=1\r\n  LABEL b=2\r\n  LABEL c=3\r\n";
        let after = "# escape=`\r\nFROM a\r\n  LABEL a=1 `\r\n        b=2 `\r\n        c=3\r\n";
        assert_eq!(fixed("label-grouping", Applicability::Safe, before), after);
    }
}
