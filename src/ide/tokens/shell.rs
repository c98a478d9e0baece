//! The tokens of a shell script.

use super::TokenKind;
use super::paint::Paint;
use crate::shell::ast::{Command, CompoundKind, Script};
use crate::shell::walk::Node;
use crate::shell::word::{Word, WordPart};
use crate::text::{Span, order};

/// The words that the grammar of the shell reserves (POSIX 2.4), with those of bash.
const RESERVED: [&str; 19] = [
    "case", "coproc", "do", "done", "elif", "else", "esac", "fi", "for", "function", "if", "in",
    "select", "then", "time", "until", "while", "[[", "]]",
];

/// Paints a script and those in its arguments.
pub(super) fn paint(script: &Script, paint: &mut Paint<'_>) {
    for (script, _) in script.with_inner() {
        one(script, paint);
    }
}

fn one(script: &Script, paint: &mut Paint<'_>) {
    for (node, _) in script.nodes() {
        match node {
            Node::List(list) => {
                for item in list.items.iter() {
                    if let Some(operator) = &item.operator {
                        paint.add(operator.span, TokenKind::Operator);
                    }
                }
            }
            Node::Pipeline(pipeline) => {
                for pipe in &pipeline.pipes {
                    paint.add(pipe.span, TokenKind::Operator);
                }
                if let Some(negation) = pipeline.negation {
                    paint.add(negation, TokenKind::Operator);
                }
                if let Some(time) = pipeline.time {
                    paint.add(time, TokenKind::Keyword);
                }
            }
            Node::Command(command) => of_command(command, paint),
            Node::Assignment(assignment) => paint.add(assignment.name.span, TokenKind::Variable),
            Node::Redirect(redirect) => {
                paint.add(redirect.span, TokenKind::Operator);
                if !redirect
                    .target
                    .text()
                    .is_some_and(|text| text.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
                {
                    paint.add(redirect.target.span, TokenKind::String);
                }
            }
            Node::Conditional(_) | Node::Word(_) => {}
            Node::Part(part) => of_part(part, paint),
        }
    }
    for comment in &script.comments {
        paint.add(comment.span, TokenKind::Comment);
    }
}

fn of_command(command: &Command, paint: &mut Paint<'_>) {
    match command {
        Command::Simple(simple) => {
            for (number, word) in simple.words.iter().enumerate() {
                let kind = if number == 0 {
                    TokenKind::Function
                } else {
                    argument_kind(word)
                };
                paint.add(word.span, kind);
            }
        }
        Command::Compound(compound) => {
            let inside: Vec<Span> = children(&compound.kind);
            reserved(compound.span, &inside, paint);
            if let CompoundKind::For(header) = &compound.kind {
                paint.add(header.variable.span, TokenKind::Variable);
            }
        }
        Command::Function(function) => {
            let body = function.body.as_ref().map(Command::span);
            let head = body.map_or(function.span, |body| {
                Span::new(function.span.start, body.start)
            });
            reserved(head, &[], paint);
            paint.add(function.name.span, TokenKind::Function);
        }
        Command::Coprocess(coprocess) => {
            let inside: Vec<Span> = coprocess.command.iter().map(Command::span).collect();
            reserved(coprocess.span, &inside, paint);
        }
    }
}

fn argument_kind(word: &Word) -> TokenKind {
    let text = word.leading_piece();
    if text.starts_with('-') && text.len() > 1 {
        TokenKind::Parameter
    } else if !text.is_empty() && word.is(text) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        TokenKind::Number
    } else {
        TokenKind::String
    }
}

/// What inside a compound command is not its own: bodies, words, patterns.
fn children(kind: &CompoundKind) -> Vec<Span> {
    match kind {
        CompoundKind::Group(list) | CompoundKind::Subshell(list) => vec![list.span],
        CompoundKind::If(choice) => {
            let branches = choice.branches.iter();
            let branches = branches.flat_map(|branch| [branch.condition.span, branch.body.span]);
            branches
                .chain(choice.otherwise.iter().map(|list| list.span))
                .collect()
        }
        CompoundKind::For(header) => {
            let words = header.words.iter().flatten().map(|word| word.span);
            words
                .chain([header.variable.span, header.body.span])
                .collect()
        }
        CompoundKind::ArithmeticFor(header) => vec![header.header.span, header.body.span],
        CompoundKind::While(header) => vec![header.condition.span, header.body.span],
        CompoundKind::Case(case) => {
            let arms = case.arms.iter().map(|arm| arm.span);
            arms.chain([case.subject.span]).collect()
        }
        CompoundKind::Conditional(expression) => {
            let span = expression.span;
            let inside = Span::new(span.start + 2, span.end.saturating_sub(2));
            vec![inside]
        }
        CompoundKind::Arithmetic(expression) => vec![expression.span],
    }
}

/// Paints the reserved words between the parts of a construct.
fn reserved(span: Span, inside: &[Span], paint: &mut Paint<'_>) {
    let mut inside: Vec<Span> = inside.to_vec();
    order::sort(&mut inside);
    inside.push(Span::empty(span.end));
    let mut start = span.start;
    for part in inside {
        words(Span::new(start, part.start.min(span.end)), paint);
        start = start.max(part.end);
    }
}

fn words(span: Span, paint: &mut Paint<'_>) {
    let text = span.text(paint.text());
    let mut at = 0;
    for word in text.split_inclusive(|c: char| c.is_whitespace() || c == ';' || c == '\\') {
        let bare = word.trim_end_matches(|c: char| c.is_whitespace() || c == ';' || c == '\\');
        if RESERVED.contains(&bare) {
            let start = span.range().start + at;
            paint.add(
                Span::from_range(start..start + bare.len()),
                TokenKind::Keyword,
            );
        }
        at += word.len();
    }
}

fn of_part(part: &WordPart, paint: &mut Paint<'_>) {
    match part {
        WordPart::Parameter(parameter) => paint.add(parameter.span, TokenKind::Variable),
        WordPart::CommandSubstitution(substitution) => {
            paint.add(substitution.span, TokenKind::Operator);
        }
        WordPart::ProcessSubstitution(substitution) => {
            paint.add(substitution.span, TokenKind::Operator);
        }
        WordPart::Arithmetic(expression) => paint.add(expression.span, TokenKind::Operator),
        WordPart::SingleQuoted(text) => paint.add(text.span, TokenKind::String),
        WordPart::AnsiQuoted(text) => paint.add(text.span, TokenKind::String),
        WordPart::DoubleQuoted(quoted) => paint.add(quoted.span, TokenKind::String),
        WordPart::Literal(_)
        | WordPart::Escaped(_)
        | WordPart::Glob(_)
        | WordPart::ExtendedGlob(_)
        | WordPart::Brace(_)
        | WordPart::Tilde(_) => {}
    }
}
