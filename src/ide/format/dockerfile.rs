//! The white space of Dockerfiles: instructions and comments begin their lines, continued lines are indented.
//!
//! BuildKit hands the blanks of continued lines on, to the shell and to the words of other instructions. They may
//! change where they stand between words, and nowhere else; what is in quotes, what is glued to the line above, and
//! the bodies of heredocs stay. Instructions that nobody knows stay as well: they may be what is left of a command
//! whose line was not continued.

use super::{Line, Style, end, indent, lines};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Instruction, InstructionKind, Separator};
use crate::dockerfile::script::{ScriptOrigin, ShellScript};
use crate::shell::walk::Node;
use crate::text::span::offset;
use crate::text::{Edit, Span, order};

/// The changes to a Dockerfile, in no particular order.
pub(super) fn edits(text: &str, model: &Dockerfile, style: Style) -> Vec<Edit> {
    let lines = lines(text);
    let ast = &model.ast;
    let mut edits = Vec::new();
    let mut is_body = vec![false; lines.len()];
    for (number, instruction) in ast.instructions.iter().enumerate() {
        bodies(instruction, &lines, &mut is_body);
        if let InstructionKind::Unknown(_) = instruction.kind {
            continue;
        }
        let continued = Continued::new(text, model, number, &lines);
        edits.extend(indent(text, continued.first, ""));
        edits.extend(continued.edits(style));
    }
    let comments = ast.comments.iter().filter(|comment| !comment.inside);
    let starts = comments.map(|comment| comment.span.start);
    let directives = ast.directives.iter().map(|directive| directive.span.start);
    for start in starts.chain(directives) {
        edits.extend(line_at(&lines, start).and_then(|(_, line)| indent(text, line, "")));
    }
    if style.trims {
        let tails = lines.iter().zip(&is_body).filter(|(_, is_body)| !**is_body);
        let tails = tails.map(|(line, _)| line.tail());
        edits.extend(tails.filter(|tail| !tail.is_empty()).map(Edit::delete));
    }
    let is_open = ast.instructions.last().is_some_and(is_open);
    let mut end = end(text, &lines, style).filter(|_| !is_open);
    if let Some(end) = &mut end {
        // Lines that go altogether need no other change.
        edits.retain(|edit| end.span.is_empty() || edit.span.start < end.span.start);
    }
    edits.extend(end);
    edits
}

/// The change to a line that was begun, if it belongs to an instruction.
pub(super) fn new_line(text: &str, model: &Dockerfile, style: Style, at: u32) -> Option<Edit> {
    let mut lines = lines(text);
    if text.ends_with('\n') {
        let at = offset(text.len());
        lines.push(Line {
            start: at,
            content: at,
            trimmed: at,
            end: at,
        });
    }
    let (index, line) = line_at(&lines, at)?;
    let instructions = &model.ast.instructions;
    let number = instructions
        .partition_point(|instruction| instruction.lines.first as usize <= index)
        .checked_sub(1)?;
    let instruction = &instructions[number];
    let above = lines.get(index.checked_sub(1)?)?;
    let escape = model.ast.escape.as_char();
    let is_continued = Span::new(above.start, above.trimmed)
        .text(text)
        .ends_with(escape);
    let is_inside = index < instruction.lines.last as usize || is_continued;
    let mut is_body = vec![false; lines.len()];
    bodies(instruction, &lines, &mut is_body);
    if !is_inside || is_body[index] || matches!(instruction.kind, InstructionKind::Unknown(_)) {
        return None;
    }
    let continued = Continued::new(text, model, number, &lines);
    if continued.is_fixed(line) {
        return None;
    }
    let column = match index > instruction.lines.first as usize {
        true => style.column(above.indentation().text(text)),
        false => style.unit(),
    };
    indent(text, line, &style.blanks(column))
}

/// The line that holds a byte, and its number.
fn line_at(lines: &[Line], at: u32) -> Option<(usize, Line)> {
    let index = lines.partition_point(|line| line.start <= at);
    let index = index.checked_sub(1)?;
    Some((index, *lines.get(index)?))
}

/// Marks the lines of heredocs and the words that end them.
fn bodies(instruction: &Instruction, lines: &[Line], is_body: &mut [bool]) {
    if let InstructionKind::Onbuild(onbuild) = &instruction.kind
        && let Some(trigger) = &onbuild.trigger
    {
        bodies(trigger, lines, is_body);
    }
    for heredoc in &instruction.heredocs {
        let end = match heredoc.terminator {
            Some(terminator) => terminator.end,
            None => heredoc.body_span.end,
        };
        let first = lines.partition_point(|line| line.start < heredoc.body_span.start);
        let own = lines.iter().skip(first);
        let own = own.take_while(|line| line.start < end).count();
        is_body[first..first + own].fill(true);
    }
}

/// Whether an instruction has a heredoc that the end of the file ends.
fn is_open(instruction: &Instruction) -> bool {
    let trigger = match &instruction.kind {
        InstructionKind::Onbuild(onbuild) => onbuild.trigger.as_deref(),
        _ => None,
    };
    trigger.is_some_and(is_open)
        || instruction
            .heredocs
            .iter()
            .any(|heredoc| heredoc.terminator.is_none())
}

/// An instruction of several lines.
struct Continued<'t> {
    text: &'t str,
    escape: char,
    first: Line,
    /// The lines behind the first, up to the first heredoc.
    rest: Vec<Line>,
    /// The comments among them.
    comments: Vec<u32>,
    /// What blanks are a part of, sorted and apart.
    fixed: Vec<Span>,
}

impl<'t> Continued<'t> {
    fn new(text: &'t str, model: &Dockerfile, number: usize, lines: &[Line]) -> Continued<'t> {
        let instruction = &model.ast.instructions[number];
        let (first, last) = (instruction.lines.first, instruction.lines.last);
        let own = &lines[first as usize - 1..(last as usize).min(lines.len())];
        let mut is_body = vec![false; own.len()];
        if own.len() > 1 {
            bodies(instruction, own, &mut is_body);
        }
        let rest = own.iter().zip(is_body).skip(1);
        let rest: Vec<Line> = rest
            .take_while(|(_, is_body)| !is_body)
            .map(|(line, _)| *line)
            .collect();
        let comments = model.ast.comments_inside(instruction).iter();
        let mut fixed = Vec::new();
        if !rest.is_empty() {
            words_of(instruction, &mut fixed);
            for script in model.scripts_of(number) {
                words_of_script(script, &mut fixed);
            }
        }
        Continued {
            text,
            escape: model.ast.escape.as_char(),
            first: own[0],
            rest,
            comments: comments.map(|comment| comment.span.start).collect(),
            fixed: apart(fixed),
        }
    }

    fn is_comment(&self, line: Line) -> bool {
        self.comments.binary_search(&line.content).is_ok()
    }

    /// Whether the blanks that a line begins with are part of something.
    fn is_fixed(&self, line: Line) -> bool {
        let behind = self.fixed.partition_point(|span| span.end <= line.start);
        let next = self.fixed.get(behind);
        next.is_some_and(|span| span.start < line.start)
    }

    fn edits(&self, style: Style) -> Vec<Edit> {
        let mut movable = Vec::new();
        let mut above = self.first;
        for line in self.rest.iter().copied().filter(|line| !line.is_blank()) {
            if self.is_comment(line) {
                movable.push(line);
                continue;
            }
            let is_glued = line.indentation().is_empty() && !self.ends_apart(above);
            if !is_glued && !self.is_fixed(line) {
                movable.push(line);
            }
            above = line;
        }
        let column = |line: &Line| style.column(line.indentation().text(self.text));
        let commands = movable.iter().filter(|line| !self.is_comment(**line));
        let Some(least) = commands.map(column).min() else {
            // Comments alone say nothing of the depth of what they stand between.
            return Vec::new();
        };
        let edits = movable.iter().filter_map(|line| {
            let deeper = column(line).saturating_sub(least);
            indent(self.text, *line, &style.blanks(style.unit() + deeper))
        });
        edits.collect()
    }

    /// Whether a line ends with a blank before the character that continues it.
    fn ends_apart(&self, line: Line) -> bool {
        let content = Span::new(line.start, line.trimmed).text(self.text);
        let content = content.strip_suffix(self.escape).unwrap_or(content);
        content.is_empty() || content.ends_with([' ', '\t'])
    }
}

/// The words of an instruction and what belongs to them, but for what a shell reads.
fn words_of(instruction: &Instruction, fixed: &mut Vec<Span>) {
    fixed.push(instruction.keyword.span);
    fixed.extend(instruction.words().iter().map(|word| word.span));
    fixed.extend(instruction.flags.iter().map(|flag| flag.span));
    let pairs = instruction.pairs().iter();
    let pairs = pairs.filter(|pair| pair.separator == Separator::Equals);
    fixed.extend(pairs.map(|pair| pair.span));
    if let InstructionKind::Onbuild(onbuild) = &instruction.kind
        && let Some(trigger) = &onbuild.trigger
    {
        words_of(trigger, fixed);
    }
}

/// The words of a script; of one that cannot be read whatever may be in quotes.
fn words_of_script(script: &ShellScript, fixed: &mut Vec<Span>) {
    if script.origin != ScriptOrigin::ShellForm {
        return;
    }
    match &script.script {
        Some(tree) if script.errors.is_empty() => {
            fixed.extend(tree.nodes().filter_map(|(node, _)| match node {
                Node::Word(word) => Some(word.span),
                Node::Assignment(assignment) => Some(assignment.span),
                Node::Part(part) => Some(part.span()),
                _ => None,
            }));
        }
        _ => {
            for quote in ['"', '\''] {
                let mut places = script.text.text().match_indices(quote);
                while let Some((start, _)) = places.next() {
                    let end = places.next().map(|(end, _)| end);
                    let end = end.unwrap_or(script.text.text().len());
                    fixed.push(script.text.span(start..end));
                }
            }
        }
    }
}

/// Spans sorted, with those that overlap made one.
fn apart(mut spans: Vec<Span>) -> Vec<Span> {
    order::sort(&mut spans);
    let mut apart: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        match apart.last_mut() {
            Some(last) if span.start < last.end => *last = last.cover(span),
            _ => apart.push(span),
        }
    }
    apart
}
