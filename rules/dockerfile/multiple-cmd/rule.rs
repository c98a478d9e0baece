//! Flags every `CMD` of a stage but the last, and for its siblings other instructions that replace one another.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::Instruction;
use crate::dockerfile::keyword::Keyword;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::text::span::offset;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(|stage, cx| check(Keyword::Cmd, stage, cx));
}

/// Reports every instruction of a kind in a stage of which only the last one counts.
pub(super) fn check(keyword: Keyword, stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let instructions = &cx.model.ast.instructions[stage.instructions.clone()];
    let is_one = |instruction: &&Instruction| instruction.kind.keyword() == Some(keyword);
    let mut replaced = instructions.iter().filter(is_one);
    let Some(last) = replaced.next_back() else {
        return;
    };
    let name = keyword.as_str();
    for instruction in replaced {
        let is_on_one_line = instruction.lines.first == instruction.lines.last;
        let span = if is_on_one_line {
            instruction.span
        } else {
            instruction.keyword.span
        };
        let edits = comment_out(instruction.span, cx.text());
        let fix = Fix::new("comment it out", Applicability::Safe, edits);
        let message = format!("this `{name}` has no effect, since another one follows");
        cx.report(span, message)
            .label(last.keyword.span, "this one counts")
            .help("remove it")
            .fix(fix);
    }
}

/// Makes a comment of every line that is none yet.
fn comment_out(span: Span, text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut start = span.start as usize;
    for line in span.text(text).split_inclusive('\n') {
        let content = line.trim_start();
        if !content.is_empty() && !content.starts_with('#') {
            let at = start + line.len() - content.len();
            edits.push(Edit::insert(offset(at), "# "));
        }
        start += line.len();
    }
    edits
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn all_but_the_last_are_marked() {
        dockerfile(
            "multiple-cmd",
            r#"
FROM a
CMD b
#^^^^ this `CMD` has no effect, since another one follows
cmd b \
#^^ this `CMD` has no effect, since another one follows
  c
RUN d
CMD ["e"]
FROM f
CMD g
"#,
        );
    }

    #[test]
    fn line_endings_and_indentation_stay() {
        let before = "FROM a\r\n\tCMD b \\\r\n\r\n\t# c\r\n\t  d\r\nCMD e\r\n";
        let after = "FROM a\r\n\t# CMD b \\\r\n\r\n\t# c\r\n\t  # d\r\nCMD e\r\n";
        assert_eq!(fixed("multiple-cmd", Applicability::Safe, before), after);
    }
}
