//! A line that begins with no instruction.
//!
//! Either the keyword is misspelt, or the line belongs to the one before it and that has lost its line
//! continuation.

use crate::diagnostic::{Applicability, Fix, SyntaxError};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};

use super::super::ast::{Instruction, InstructionKind};
use super::super::keyword::Keyword;
use super::super::nearest::nearest;

/// Words that begin shell commands in nearly every image and are near no keyword.
const COMMANDS: [&str; 34] = [
    "apk", "apt", "apt-get", "bash", "cat", "cd", "chmod", "chown", "cp", "curl", "dnf", "do",
    "done", "echo", "else", "export", "fi", "find", "git", "if", "ln", "make", "mkdir", "mv",
    "npm", "pip", "pip3", "rm", "sed", "set", "tar", "then", "wget", "yum",
];

/// The error for the unknown keyword `word` at `span`, on line `line`; `previous` is the instruction
/// before it.
pub(super) fn unknown_instruction(
    word: &str,
    span: Span,
    line: u32,
    previous: Option<&Instruction>,
    escape: char,
) -> SyntaxError {
    if word.is_empty() {
        return SyntaxError::new("parse-error", span, "a line continuation joins nothing")
            .with_help("remove it");
    }
    let shown = excerpt(word);
    if let Some(previous) = previous.filter(|previous| previous.lines.last + 1 == line)
        && continues(word, previous)
    {
        let message = format!("`{shown}` is no instruction; the line before it does not go on");
        let end = Span::empty(previous.span.end);
        return SyntaxError::new("unknown-instruction", span, message)
            .with_help(format!("end the line before it with `{escape}`"))
            .with_label(
                Span::new(previous.keyword.span.start, previous.keyword.span.end),
                "this may be the instruction that it belongs to",
            )
            .with_fix(Fix::new(
                "continue the line before it; it may not belong there",
                Applicability::Unsafe,
                vec![Edit::replace(end, format!(" {escape}"))],
            ));
    }
    let message = format!("`{shown}` is no instruction");
    let error = SyntaxError::new("unknown-instruction", span, message);
    match nearest(word, Keyword::ALL.map(Keyword::as_str)) {
        Some(near) => error
            .with_help(format!("`{near}` may be meant"))
            .with_fix(Fix::new(
                format!("write `{near}`; it may not be what was meant"),
                Applicability::Unsafe,
                vec![Edit::replace(span, near)],
            )),
        None => error.with_help(
            "a line begins with an instruction such as `RUN`, or goes on from one that ends with the escape character",
        ),
    }
}

/// Whether a line that begins with `word` looks like the rest of the instruction above it.
fn continues(word: &str, previous: &Instruction) -> bool {
    if !previous.heredocs.is_empty() {
        return false;
    }
    let has_words = matches!(
        previous.kind,
        InstructionKind::Run(_)
            | InstructionKind::Cmd(_)
            | InstructionKind::Entrypoint(_)
            | InstructionKind::Healthcheck(_)
            | InstructionKind::Env(_)
            | InstructionKind::Label(_)
            | InstructionKind::Copy(_)
            | InstructionKind::Add(_)
            | InstructionKind::Onbuild(_)
            | InstructionKind::Expose(_)
            | InstructionKind::Volume(_)
            | InstructionKind::Unknown(_)
    );
    has_words
        && (COMMANDS.contains(&word)
            || word
                .chars()
                .any(|c| !c.is_alphanumeric() && !matches!(c, '_' | '-'))
            || word.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{errors, fixed};

    #[test]
    fn a_misspelt_keyword_gets_the_nearest_one() {
        assert_eq!(errors("FROM a\nRNU b"), [("unknown-instruction", "RNU")]);
        assert_eq!(fixed("FROM a\nRNU b"), "FROM a\nRUN b");
    }

    #[test]
    fn a_lost_continuation_is_told_from_a_misspelt_keyword() {
        let text = "FROM a\nRUN b\n  && c \\\n  d\nUSER e";
        assert_eq!(errors(text), [("unknown-instruction", "&&")]);
        assert_eq!(fixed(text), "FROM a\nRUN b \\\n  && c \\\n  d\nUSER e");
        assert_eq!(
            fixed("FROM a\nRUN b\napt-get c"),
            "FROM a\nRUN b \\\napt-get c"
        );
    }

    #[test]
    fn a_lone_continuation_is_no_instruction() {
        assert_eq!(errors("FROM a\n\\\n"), [("parse-error", "\\")]);
    }
}
