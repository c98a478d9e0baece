//! Flags blank lines between the lines of one instruction.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Instruction;
use crate::dockerfile::keyword::Keyword;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.instruction(check);
}

fn check(instruction: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    let runs = runs(&instruction.blank_lines);
    let Some(first) = runs.first() else { return };
    let text = cx.text();
    if let Some((run, taken)) = runs.iter().find_map(|run| Some((*run, taken(text, *run)?))) {
        return report_taken(instruction, run, taken, cx);
    }
    let own = &instruction.keyword.value;
    let (message, help) = match instruction.blank_lines.len() {
        1 => (format!("a blank line stands inside `{own}`"), "delete it"),
        count => (
            format!("{count} blank lines stand inside `{own}`"),
            "delete them",
        ),
    };
    cx.report(*first, message)
        .help(format!("{help}; a line with a comment may stand there"))
        .fix(Fix::new(
            "delete the blank lines",
            Applicability::Safe,
            runs.iter().map(|run| Edit::delete(*run)).collect(),
        ));
}

/// Reports blank lines behind which an instruction seems to begin, which is then no instruction.
fn report_taken(
    instruction: &Instruction,
    run: Span,
    taken: Span,
    cx: &mut Context<'_, Dockerfile>,
) {
    let own = &instruction.keyword.value;
    let word = taken.text(cx.text());
    let escape = cx.model.ast.escape.as_char();
    let fix = continuation_before(cx.text(), run, escape).map(|continuation| {
        let title =
            format!("end `{own}` above the blank line; `{word}` is then an instruction of its own");
        Fix::new(
            title,
            Applicability::Unsafe,
            vec![Edit::delete(continuation)],
        )
    });
    let message = format!("`{own}` goes on behind a blank line, with `{word}`");
    cx.report(run, message)
        .label(taken, format!("read as a part of `{own}`"))
        .help(format!(
            "remove the `{escape}` above if `{word}` is an instruction of its own, else the blank line"
        ))
        .fixes
        .extend(fix);
}

/// Blank lines that touch, as one span each.
fn runs(lines: &[Span]) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for line in lines {
        match runs.last_mut() {
            Some(last) if last.end == line.start => last.end = line.end,
            _ => runs.push(*line),
        }
    }
    runs
}

/// The keyword that the instruction goes on with behind blank lines: in capitals and with arguments, as
/// instructions nearly always are and the words of a command hardly ever.
fn taken(text: &str, run: Span) -> Option<Span> {
    let mut start = run.end as usize;
    let (line, content) = text.get(start..)?.split_inclusive('\n').find_map(|line| {
        let content = line.trim_start();
        if content.starts_with('#') {
            start += line.len();
            return None;
        }
        Some((line, content))
    })?;
    let word = content.split([' ', '\t']).next()?;
    let is_keyword = Keyword::parse(word).is_some_and(|keyword| keyword.as_str() == word);
    if !is_keyword || content[word.len()..].trim().is_empty() {
        return None;
    }
    start += line.len() - content.len();
    Some(Span::from_range(start..start + word.len()))
}

/// The escape character at the end of the line above, with the white space in front of it.
fn continuation_before(text: &str, run: Span, escape: char) -> Option<Span> {
    let above = text.get(..run.start as usize)?.trim_end();
    let line = above.lines().next_back()?;
    if line.trim_start().starts_with('#') {
        return None;
    }
    let kept = above.strip_suffix(escape)?.trim_end_matches([' ', '\t']);
    Some(Span::from_range(kept.len()..above.len()))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    /// Blank lines are written as `~`, which stands for two spaces, so that there is something to mark.
    #[track_caller]
    fn check(text: &str) {
        dockerfile("empty-continuation-line", &text.replace('~', "  "));
    }

    #[test]
    fn the_first_blank_lines_of_an_instruction_are_marked() {
        check(
            r"
FROM debian:13
RUN a \
  # A comment is no blank line.
  b \
~
#^ 2 blank lines stand inside `RUN`
  c \
~
  d
ONBUILD RUN a \
~
#^ a blank line stands inside `ONBUILD`
  b
",
        );
    }

    #[test]
    fn an_instruction_behind_a_blank_line_is_named() {
        check(
            r"
FROM debian:13
RUN a \
~
  b \
~
#^ `RUN` goes on behind a blank line, with `COPY`
COPY b c
",
        );
    }

    #[test]
    fn a_word_that_only_looks_like_an_instruction_is_part_of_the_command() {
        check(
            r"
FROM debian:13
RUN a \
~
#^ a blank line stands inside `RUN`
  copy b c
RUN a \
~
#^ a blank line stands inside `RUN`
  COPY
",
        );
    }

    #[test]
    fn the_escape_character_of_the_file_counts() {
        check(
            r"# escape=`
FROM debian:13
RUN a \
~
RUN a `
~
#^ a blank line stands inside `RUN`
  b
",
        );
    }

    #[test]
    fn a_continuation_that_ends_with_the_file_is_marked() {
        check("FROM debian:13\nRUN a \\\n~\n#^ a blank line stands inside `RUN`\n");
    }
}
