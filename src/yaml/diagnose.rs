//! What to say about an error, and what to leave out so that the rest can be read.
//!
//! The event parser notices many mistakes late: a forgotten quote at the end of the file, a forgotten colon
//! on the next line. Here the place of the mistake is looked for in the text around.
//!
//! Not for: reading again (`recover`).

mod block;
mod flow;

use block::{
    colon_in_value, is_conflict_mark, item_expected, key_expected, missing_colon,
    missing_colon_message, tab, template,
};
use flow::{after_quote, bad_escape, bracket, unclosed_quote};

use super::layout::{content, indent, is_break, line_at, open_bracket, previous_line, region};
use super::parse::{MAX_DEPTH, MAX_NODES};
use super::problem::{Failure, Problem};
use crate::diagnostic::SyntaxError;
use crate::text::Span;
use crate::text::span::offset;

/// What came of looking at a failure.
pub(super) struct Diagnosis {
    /// What to report; `None` for what Docker Compose does not mind.
    pub error: Option<SyntaxError>,
    /// The bytes that are in the way; `None` when reading on makes no sense.
    pub blank: Option<Span>,
    /// What comes in their place.
    pub fill: Fill,
    /// Whether lines are taken out that may be right, so that an error just behind them is no news.
    pub wide: bool,
}

/// What comes in the place of bytes that are in the way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    /// Blanks.
    Blanks,
    /// A letter, where something must stand. The tree shows the file's own text there.
    Letters,
    /// Blanks for the tabs among them; the rest stays.
    Tabs,
    /// A comma, where one is missing.
    Commas,
}

impl Diagnosis {
    /// An error whose bytes can be left out with nothing else.
    fn narrow(error: SyntaxError, blank: Span) -> Diagnosis {
        Diagnosis {
            error: Some(error),
            blank: Some(blank),
            fill: Fill::Blanks,
            wide: false,
        }
    }

    /// Something that Docker Compose does not mind.
    fn harmless(span: Span, fill: Fill) -> Diagnosis {
        Diagnosis {
            error: None,
            blank: Some(span),
            fill,
            wide: false,
        }
    }

    /// An error that takes the lines that depend on it along.
    fn wide(error: SyntaxError, blank: Span) -> Diagnosis {
        Diagnosis {
            wide: true,
            ..Diagnosis::narrow(error, blank)
        }
    }

    fn help(mut self, help: impl Into<String>) -> Diagnosis {
        self.error = self.error.map(|error| error.with_help(help));
        self
    }

    fn label(mut self, span: Span, text: &str) -> Diagnosis {
        self.error = self.error.map(|error| error.with_label(span, text));
        self
    }
}

pub(super) fn error(span: Span, message: impl Into<String>) -> SyntaxError {
    SyntaxError::new("invalid-yaml", span, message)
}

/// What to say about a tab.
pub(super) const TAB: &str = "a tab is used for indentation";

pub(super) const TAB_HELP: &str =
    "indent with spaces; Docker Compose does not allow tabs there, not even on a blank line";

/// A piece of the file as a message shows it: in backticks, on one line and not too long.
pub(super) fn shown(text: &str) -> String {
    const MAX_CHARS: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(MAX_CHARS) {
        Some((cut, _)) => format!("`{}…`", &line[..cut]),
        None => format!("`{line}`"),
    }
}

/// Looks at a failure of reading `text`.
pub(super) fn diagnose(text: &str, failure: &Failure) -> Diagnosis {
    let at = failure.at;
    let line = line_at(text, at);
    let rest = Span::new(at, line.end);
    let word = word_at(text, at);
    let limit = matches!(failure.problem, Problem::TooDeep | Problem::TooManyNodes);
    if !limit && let Some(start) = template(text, line, at) {
        let rest = Span::new(start, line.end);
        let span = content(text, rest);
        let (message, help) = missing_colon_message(span.text(text));
        return Diagnosis::narrow(error(span, message), rest).help(help);
    }
    if !limit && is_conflict_mark(line.text(text)) {
        let (message, help) = missing_colon_message(line.text(text));
        return Diagnosis::wide(error(line, message), line).help(help);
    }
    match &failure.problem {
        Problem::ColonInValue => colon_in_value(text, failure),
        Problem::MissingColon => missing_colon(text, failure),
        Problem::KeyExpected => key_expected(text, at),
        Problem::ItemExpected => item_expected(text, at),
        Problem::UnclosedQuote => unclosed_quote(text, at),
        Problem::AfterQuote => after_quote(text, at),
        Problem::BadEscape => bad_escape(text, at),
        Problem::UnclosedBracket => bracket(text, at, failure),
        Problem::Flow => match failure.flow_opener.or_else(|| open_bracket(text, at)) {
            Some(opener) => bracket(text, opener, failure),
            None => {
                let message = format!("{} is not expected here", shown(word.text(text)));
                Diagnosis::narrow(error(word, message), line)
            }
        },
        Problem::BlockIndent => {
            let depth = indent(text, line);
            let message = "the text of the block is indented less than the blank line above it";
            let blank = region(text, line.start, |line| indent(text, line) >= depth);
            Diagnosis::wide(error(content(text, line), message), blank)
                .help("remove the blanks from the blank lines at the start of the block")
        }
        Problem::StrayBracket => {
            let span = char_at(text, at);
            let message = format!("{} closes no bracket", shown(span.text(text)));
            Diagnosis::narrow(error(span, message), span)
        }
        Problem::Tab => tab(text, failure),
        Problem::Character(character) => bad_character(text, failure, *character),
        Problem::ItemNotAllowed => {
            let outer = indent(text, line);
            let message = "a list item stands on the line of its key";
            let blank = region(text, at, |line| indent(text, line) > outer);
            Diagnosis::wide(error(content(text, rest), message), blank)
                .help("begin the list on the next line, or write it as `[item, item]`")
        }
        Problem::QuestionMark => {
            Diagnosis::narrow(error(char_at(text, at), "`?` cannot stand here"), rest)
                .help("put the value in quotes")
        }
        Problem::MissingName => {
            let message = format!(
                "{} is not followed by a name",
                shown(char_at(text, at).text(text))
            );
            Diagnosis::narrow(error(word, message), word)
                .help("put the value in quotes if it is meant as text")
        }
        Problem::Tag => {
            let message = format!("{} is not a valid tag", shown(word.text(text)));
            Diagnosis::narrow(error(word, message), word)
                .help("put the value in quotes if it is meant as text")
        }
        Problem::Directive => directive(text, at),
        Problem::AfterDocumentEnd => {
            let message = "text follows `...`, which ends the document";
            Diagnosis::narrow(error(content(text, rest), message), rest)
        }
        Problem::CommentTooClose => Diagnosis::harmless(rest, Fill::Blanks),
        Problem::DashInBrackets => Diagnosis::harmless(Span::new(at, at + 1), Fill::Letters),
        Problem::CommentInValue => {
            let message = "a comment line ends the value above, so this line belongs to nothing";
            Diagnosis::wide(error(content(text, line), message), line)
                .help("move the comment above the value")
        }
        Problem::BlockHeader => {
            let outer = indent(text, line);
            let message = format!(
                "{} cannot begin a block of text",
                shown(content(text, rest).text(text))
            );
            let blank = region(text, at, |line| indent(text, line) > outer);
            Diagnosis::narrow(error(content(text, rest), message), blank).help(
                "after `|` or `>` only `+`, `-` and an indentation from 1 to 9 may follow; the text begins on the next line",
            )
        }
        Problem::TooDeep => stop(
            format!("collections are nested more than {MAX_DEPTH} deep"),
            at,
        ),
        Problem::TooManyNodes => stop(format!("the file has more than {MAX_NODES} values"), at),
        Problem::Other(what) => Diagnosis::narrow(
            error(content(text, line), format!("invalid YAML: {what}")),
            line,
        ),
    }
}

fn stop(message: String, at: u32) -> Diagnosis {
    Diagnosis {
        error: Some(error(Span::empty(at), message).with_help("what follows is not looked at")),
        blank: None,
        fill: Fill::Blanks,
        wide: false,
    }
}

pub(super) fn char_at(text: &str, at: u32) -> Span {
    let next = text.get(at as usize..).and_then(|rest| rest.chars().next());
    Span::new(at, at + next.map_or(0, |next| offset(next.len_utf8())))
}

fn word_at(text: &str, at: u32) -> Span {
    let rest = text.get(at as usize..).unwrap_or_default();
    let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
    Span::new(at, at + offset(len))
}

fn bad_character(text: &str, failure: &Failure, character: char) -> Diagnosis {
    // For a character inside a scalar the start of the scalar is reported.
    let rest = text.get(failure.at as usize..).unwrap_or_default();
    let at = failure.at + offset(rest.find(character).unwrap_or(0));
    let span = char_at(text, at);
    if character == '\u{7f}' {
        return Diagnosis::harmless(span, Fill::Letters);
    }
    if !character.is_ascii_graphic() {
        let message = format!(
            "the character U+{:04X} is not allowed",
            u32::from(character)
        );
        return Diagnosis::narrow(error(span, message), span)
            .help("remove it, or write it as an escape in double quotes");
    }
    let mut end = line_at(text, at).end;
    if failure.flow_opener.is_some() {
        let rest = Span::new(at, end).text(text);
        end = rest
            .find([',', ']', '}'])
            .map_or(end, |stop| at + offset(stop));
    }
    let message = format!("{} cannot begin a value", shown(span.text(text)));
    Diagnosis::narrow(error(span, message), Span::new(at, end.max(span.end)))
        .help("put the value in quotes")
}

/// A directive that is not followed by `---`, or a line that fits nothing when the document has ended.
fn directive(text: &str, at: u32) -> Diagnosis {
    let line = line_at(text, at);
    let is_directive = |line: &Span| line.text(text).starts_with('%');
    let found = [Some(line), previous_line(text, line)];
    let Some(line) = found.into_iter().flatten().find(is_directive) else {
        return key_expected(text, at);
    };
    let span = content(text, line);
    let name = span
        .text(text)
        .split_whitespace()
        .next()
        .unwrap_or_default();
    let message = format!("the directive {} is not valid here", shown(name));
    Diagnosis::narrow(error(span, message), line)
        .help("directives stand in front of a line `---`; Compose files need none")
}

/// Whether all bytes of a range are blanks and line breaks.
pub(super) fn is_blank(text: &str, span: Span) -> bool {
    span.text(text)
        .bytes()
        .all(|byte| byte == b' ' || is_break(byte))
}
