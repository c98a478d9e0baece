//! A `RUN` as a chain of steps, each of which runs when the one before it succeeded, and what is left of it
//! when some are taken out.

use super::ast::InstructionKind;
use super::model::Dockerfile;
use super::script::ScriptOrigin;
use crate::shell::ast::{Command, ListOperator, SimpleCommand};
use crate::text::{Edit, Span};

/// A `RUN` of steps that `&&` joins.
#[derive(Clone, Debug)]
pub struct Steps<'m> {
    /// The steps, in order; at least one.
    pub steps: Vec<Step<'m>>,
    /// The whole instruction.
    instruction: Span,
    /// What continues a line.
    escape: char,
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub struct Step<'m> {
    /// The bytes of it, without operators.
    pub span: Span,
    /// The command, if it is a single plain one.
    pub command: Option<&'m SimpleCommand>,
}

impl Dockerfile {
    /// The steps of a `RUN` in the shell form; `None` for anything that is not joined by `&&` alone.
    pub fn steps(&self, index: usize) -> Option<Steps<'_>> {
        let instruction = self.ast.instructions.get(index)?;
        let is_run = matches!(instruction.kind, InstructionKind::Run(_));
        let [script] = self.scripts_of(index) else {
            return None;
        };
        let is_plain = is_run
            && instruction.heredocs.is_empty()
            && script.origin == ScriptOrigin::ShellForm
            && script.errors.is_empty();
        let items = &script.script.as_ref().filter(|_| is_plain)?.body.items;
        let (last, joined) = items.split_last()?;
        let is_and = |operator: ListOperator| operator == ListOperator::And;
        let is_chain = last.operator.is_none()
            && joined
                .iter()
                .all(|item| item.operator.is_some_and(|operator| is_and(operator.value)));
        let steps = items.iter().map(|item| {
            let pipeline = &item.pipeline;
            let is_plain = pipeline.time.is_none() && pipeline.negation.is_none();
            let command = match &*pipeline.commands {
                [Command::Simple(command)] if is_plain => Some(command),
                _ => None,
            };
            Step {
                span: pipeline.span,
                command,
            }
        });
        is_chain.then(|| Steps {
            steps: steps.collect(),
            instruction: instruction.span,
            escape: self.ast.escape.as_char(),
        })
    }
}

impl Steps<'_> {
    /// Takes the steps with these numbers out, and the instruction with the last one. `None` where a comment
    /// stands between them.
    pub fn without(&self, gone: &[usize], text: &str) -> Option<Vec<Edit>> {
        let count = self.steps.len();
        if (0..count).all(|number| gone.contains(&number)) {
            return Some(vec![Edit::delete_lines(text, self.instruction)]);
        }
        let mut edits = Vec::new();
        let mut number = 0;
        while number < count {
            let first = number;
            while number < count && gone.contains(&number) {
                number += 1;
            }
            if first == number {
                number += 1;
                continue;
            }
            // Up to the next step, or from the end of the one before.
            let span = match self.steps.get(number) {
                Some(next) => Span::new(self.steps[first].span.start, next.span.start),
                None => Span::new(
                    self.steps[first.checked_sub(1)?].span.end,
                    self.steps[number - 1].span.end,
                ),
            };
            let start = first.saturating_sub(usize::from(number == count));
            let around = &self.steps[start..(number + 1).min(count)];
            let is_clear = around.windows(2).all(|pair| {
                let gap = Span::new(pair[0].span.end, pair[1].span.start);
                let mut rest = gap.text(text).chars();
                rest.all(|char| char.is_ascii_whitespace() || char == '&' || char == self.escape)
            });
            if !is_clear {
                return None;
            }
            edits.push(Edit::delete(span));
        }
        Some(edits)
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;
    use crate::text::apply;

    #[test]
    fn steps_go_with_what_joins_them() {
        for (run, gone, expected) in [
            ("RUN a && b && c", &[0][..], Some("RUN b && c")),
            ("RUN a && b && c", &[2], Some("RUN a && b")),
            ("RUN a && b && c && d", &[1, 3], Some("RUN a && c")),
            ("RUN a && b && c", &[1, 2], Some("RUN a")),
            ("RUN a \\\n && b \\\n && c", &[1], Some("RUN a \\\n && c")),
            ("RUN a && \\\n  # why\n b && c", &[0], None),
            (
                "RUN a && \\\n  # why\n b && c",
                &[2],
                Some("RUN a && \\\n  # why\n b"),
            ),
            ("RUN a && b", &[0, 1], Some("")),
            ("RUN a | b && (c)", &[1], Some("RUN a | b")),
        ] {
            let text = format!("FROM x\n{run}");
            let model = Dockerfile::new(parse(&text).tree);
            let edits = model.steps(1).unwrap().without(gone, &text);
            let result = edits.map(|edits| apply(&text, &edits).unwrap());
            let expected = expected.map(|expected| format!("FROM x\n{expected}"));
            let expected = expected.map(|text| text.trim_end().to_owned());
            assert_eq!(result, expected, "{run}");
        }
        for run in [
            "RUN a; b",
            "RUN a || b",
            "RUN a &",
            "RUN [\"a\"]",
            "RUN <<E\na\nE",
            "USER a",
        ] {
            let model = Dockerfile::new(parse(&format!("FROM x\n{run}\n")).tree);
            assert!(model.steps(1).is_none(), "{run}");
        }
    }
}
