//! What to say about an error, and what to leave out so that the rest can be read.
//!
//! The event parser notices many mistakes late: a forgotten quote at the end of the file, a forgotten colon
//! on the next line. Here the place of the mistake is looked for in the text around.
//!
//! Not for: reading again (`recover`).

use super::layout::{
    closing_bracket, closing_quote, content, indent, is_break, is_item, line_at, next_line,
    next_token, open_bracket, previous_line, region, starts_value,
};
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
    if is_conflict_mark(line.text(text)) {
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
            Diagnosis::wide(error(content(text, rest), message), blank).help(
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

/// A second `: ` where a value has begun: two entries on a line, a line without colon above, or an entry
/// that is indented as if it belonged to the value above.
fn colon_in_value(text: &str, failure: &Failure) -> Diagnosis {
    let colon = failure.at;
    let line = line_at(text, colon);
    if let Some(start) = entry_value(text, Span::new(line.start, colon)) {
        let rest = Span::new(start, line.end);
        let value = content(text, rest);
        let value_text = shown(value.text(text));
        let message = format!("{value_text} cannot stand behind `:` on the same line");
        return Diagnosis::narrow(error(value, message), rest)
            .help("put the value in quotes if it is text, or the entry on a line of its own");
    }
    match value_above(text, line) {
        Above::Bare(first) => {
            let missing = content(text, first);
            let (message, help) = missing_colon_message(missing.text(text));
            let blank = Span::new(missing.start, line.start);
            Diagnosis::wide(error(missing, message), blank).help(help)
        }
        Above::Entry(above) => {
            let start = content(text, line).start;
            let key = Span::new(start, colon.max(start));
            let depth = indent(text, line);
            let blank = region(text, line.start, |line| indent(text, line) >= depth);
            let key_text = shown(key.text(text));
            let message = format!("{key_text} is indented deeper than the entry above");
            Diagnosis::wide(error(key, message), blank)
                .label(content(text, above), "this entry has a value already")
                .help("give entries of one mapping the same indentation")
        }
    }
}

/// What the plain text that goes on in a line began as.
enum Above {
    /// The value of an entry on this line.
    Entry(Span),
    /// Text on its own, from here to the end of its line.
    Bare(Span),
}

/// Looks for the beginning of the plain scalar that reaches into `line` from above.
fn value_above(text: &str, line: Span) -> Above {
    let mut below = line;
    while let Some(above) = previous_line(text, below) {
        if entry_value(text, above).is_some() {
            let key_only = content(text, above).text(text).ends_with(':');
            return if key_only && below != line {
                Above::Bare(below)
            } else {
                Above::Entry(above)
            };
        }
        if is_item(text, above) {
            let dash = content(text, above).start;
            return Above::Bare(Span::new(dash + 1, above.end));
        }
        if indent(text, above) < indent(text, below) && below != line || above.start == 0 {
            return Above::Bare(above);
        }
        below = above;
    }
    Above::Bare(below)
}

/// Where in a line the value of an entry begins: behind the first `:` that is followed by a blank or the
/// end. `None` for a line that is no entry.
fn entry_value(text: &str, line: Span) -> Option<u32> {
    let bytes = text.as_bytes();
    let mut at = content(text, line).start as usize;
    while matches!(bytes.get(at..at + 2), Some(b"- " | b"? ")) {
        at += 2;
    }
    if matches!(bytes.get(at), Some(b'"' | b'\'')) {
        at = closing_quote(bytes, at)?;
    }
    let end = line.end as usize;
    let ends_key = |at: usize| {
        let next = bytes
            .get(at + 1)
            .filter(|_| at + 1 < line_at(text, offset(at)).end as usize);
        bytes[at] == b':' && next.is_none_or(|next| matches!(next, b' ' | b'\t'))
    };
    (at..end).find(|at| ends_key(*at)).map(|at| offset(at + 1))
}

/// What to say about a line that should be an entry: message and advice.
fn missing_colon_message(line: &str) -> (String, &'static str) {
    let glued = line
        .find(':')
        .filter(|colon| !line[colon + 1..].starts_with([' ', '\t']) && *colon + 1 < line.len());
    let key = glued.map(|colon| &line[..colon]);
    let is_key = |key: &str| {
        key.chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
            && !key.is_empty()
    };
    if is_conflict_mark(line) {
        let message = "a mark of an unresolved merge conflict is left in the file";
        (
            message.to_owned(),
            "keep one of the two versions and remove the marks",
        )
    } else if line.starts_with("{{") || line.starts_with("{%") {
        let message = format!("{} is a template, not YAML", shown(line));
        (
            message,
            "render the template first, or put the line in a comment",
        )
    } else if line.starts_with('-') && !line.starts_with("--") {
        (
            format!("no blank after `-` in {}", shown(line)),
            "write `- ` to begin a list item",
        )
    } else if key.is_some_and(is_key) {
        (
            format!("no blank after `:` in {}", shown(line)),
            "write `: ` between a key and its value",
        )
    } else {
        (
            format!("{} has no `:`", shown(line)),
            "write `key: value`, or indent the line if it goes on from the one above",
        )
    }
}

fn is_conflict_mark(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
        .iter()
        .any(|mark| line.starts_with(mark))
}

fn missing_colon(text: &str, failure: &Failure) -> Diagnosis {
    if let Some(opener) = failure.flow_opener {
        return bracket(text, opener, failure);
    }
    const MAX_KEY: u32 = 1024;
    let line = line_at(text, failure.at);
    let span = content(text, Span::new(failure.at, line.end));
    let depth = indent(text, line);
    let item = is_item(text, line);
    let blank = region(text, failure.at, |line| {
        let next = indent(text, line);
        next > depth || next == depth && !item && is_item(text, line)
    });
    let (message, help) = if span.len() > MAX_KEY && span.text(text).contains(": ") {
        let message = format!("a key is longer than {MAX_KEY} characters");
        (
            message,
            "write `? ` in front of the key, or put the value in quotes",
        )
    } else {
        missing_colon_message(span.text(text))
    };
    Diagnosis::wide(error(span, message), blank).help(help)
}

fn key_expected(text: &str, at: u32) -> Diagnosis {
    let line = line_at(text, at);
    let span = content(text, line);
    let depth = indent(text, line);
    let above = previous_line(text, line);
    let item = is_item(text, line);
    let blank = region(text, line.start, |next| {
        let next_depth = indent(text, next);
        let returns = above.is_some_and(|above| indent(text, above) == next_depth);
        next_depth > depth && !returns
            || next_depth == depth && item && is_item(text, next)
            || next_depth == depth && !returns && !item
    });
    let after_comment =
        above.is_some_and(|above| text[above.range()].trim_start().starts_with('#'));
    if after_comment && !item && entry_value(text, line).is_none() {
        let message = "a comment line ends the value above, so this line belongs to nothing";
        return Diagnosis::wide(error(span, message), blank)
            .help("move the comment above the value");
    }
    let shown_span = shown(span.text(text));
    let first = text
        .get(span.start as usize..)
        .and_then(|rest| rest.chars().next());
    if item && above.is_none_or(|above| indent(text, above) <= depth) {
        let message = format!("{shown_span} is a list item where a key is expected");
        Diagnosis::wide(error(span, message), blank).help(
            "a mapping cannot hold list items: remove the `- `, or indent the list under its key",
        )
    } else if above.is_some_and(|above| indent(text, above) != depth) {
        let message = format!("the indentation of {shown_span} matches no entry above");
        Diagnosis::wide(error(span, message), blank)
            .help("give entries of one mapping the same indentation")
    } else if matches!(first, Some('}' | ']' | ',')) {
        let message = format!("{shown_span} cannot begin an entry");
        Diagnosis::wide(error(span, message), blank)
    } else {
        let message = format!("{shown_span} is not an entry of the mapping above");
        Diagnosis::wide(error(span, message), blank).help("write `key: value`")
    }
}

fn item_expected(text: &str, at: u32) -> Diagnosis {
    let line = line_at(text, at);
    let span = content(text, line);
    let depth = indent(text, line);
    let blank = region(text, line.start, |next| {
        let next_depth = indent(text, next);
        next_depth > depth || next_depth == depth && !is_item(text, next)
    });
    let message = format!(
        "{} stands in a list but does not begin with `- `",
        shown(span.text(text))
    );
    Diagnosis::wide(error(span, message), blank)
        .help("write `- ` in front, or give the line the indentation of the entry it belongs to")
}

fn unclosed_quote(text: &str, at: u32) -> Diagnosis {
    let rest = Span::new(at, line_at(text, at).end);
    let quote = char_at(text, at);
    let message = format!("the quote {} is never closed", shown(quote.text(text)));
    Diagnosis::narrow(error(content(text, rest), message), rest)
        .help("close the quote at the end of the value")
}

fn after_quote(text: &str, at: u32) -> Diagnosis {
    let line = line_at(text, at);
    let opener = open_quote(text, Span::new(line.start, at));
    if let Some((opener, true)) = opener {
        let quote = char_at(text, opener).text(text);
        let mut rest = Span::new(at, line.end);
        if open_bracket(text, at).is_some_and(|bracket| closing_bracket(text, bracket).is_some()) {
            let item = rest.text(text).find([',', ']', '}']);
            rest.end = item.map_or(rest.end, |stop| at + offset(stop));
        }
        let trailing = content(text, rest);
        let message = format!("{} follows the closing quote", shown(trailing.text(text)));
        let blank = Span::new(opener, rest.end);
        return Diagnosis::narrow(error(trailing, message), blank).help(if quote == "'" {
            "quote the whole value, and write `''` for a quote inside"
        } else {
            "quote the whole value, and write `\\\"` for a quote inside"
        });
    }
    let mut above = line;
    while let Some(line) = previous_line(text, above) {
        if let Some((opener, false)) = open_quote(text, line) {
            let rest = Span::new(opener, line.end);
            let quote = shown(char_at(text, opener).text(text));
            let message = format!("the quote {quote} is not closed on its line");
            return Diagnosis::narrow(error(content(text, rest), message), rest)
                .label(char_at(text, at), "here the quote is closed already")
                .help("close the quote at the end of the value");
        }
        above = line;
    }
    let rest = Span::new(at, line.end);
    Diagnosis::wide(
        error(content(text, rest), "text follows a closing quote"),
        rest,
    )
}

/// The last quote in a part of a line that opens a value, and whether it is closed in that part.
fn open_quote(text: &str, part: Span) -> Option<(u32, bool)> {
    let bytes = part.text(text).as_bytes();
    let mut found = None;
    let mut at = 0;
    while at < bytes.len() {
        if matches!(bytes[at], b'"' | b'\'') && starts_value(bytes, at) {
            let close = closing_quote(bytes, at);
            found = Some((part.start + offset(at), close.is_some()));
            at = close.unwrap_or(bytes.len());
        }
        at += 1;
    }
    found
}

/// Finds the escape in the double-quoted scalar at `at` that is none. Its backslash alone is in the way.
fn bad_escape(text: &str, at: u32) -> Diagnosis {
    let bytes = text.as_bytes();
    let mut place = at as usize + 1;
    while let Some(byte) = bytes.get(place) {
        if *byte == b'"' {
            break;
        }
        if *byte != b'\\' {
            place += 1;
            continue;
        }
        if bytes.get(place + 1) == Some(&b'\'') {
            // YAML has no such escape, but go-yaml takes it for a quote.
            let backslash = Span::new(offset(place), offset(place) + 1);
            return Diagnosis::harmless(backslash, Fill::Letters);
        }
        let digits = match bytes.get(place + 1) {
            Some(b'x') => 2,
            Some(b'u') => 4,
            Some(b'U') => 8,
            Some(next) if b"0abt\tnvfre \"/\\N_LP\n\r".contains(next) => {
                place += 2;
                continue;
            }
            _ => 0,
        };
        let escape = text.get(place + 2..place + 2 + digits).unwrap_or_default();
        let code = u32::from_str_radix(escape, 16).ok().filter(|_| digits > 0);
        if code.and_then(char::from_u32).is_some() && !escape.starts_with('+') {
            place += 2 + digits;
            continue;
        }
        let start = offset(place);
        let named = char_at(text, start + 1);
        let len = bytes[named.end as usize..]
            .iter()
            .take(digits)
            .take_while(|byte| byte.is_ascii_hexdigit());
        let span = Span::new(start, named.end + offset(len.count()));
        let message = format!("{} is not an escape", shown(span.text(text)));
        return Diagnosis::narrow(error(span, message), Span::new(start, start + 1))
            .help("write `\\\\` for a backslash, or put the value in single quotes");
    }
    let rest = Span::new(at, line_at(text, at).end);
    Diagnosis::narrow(
        error(
            content(text, rest),
            "a double-quoted value holds a wrong escape",
        ),
        rest,
    )
}

/// Something wrong between brackets, of which `opener` is the one that opens.
fn bracket(text: &str, opener: u32, failure: &Failure) -> Diagnosis {
    let span = char_at(text, opener);
    let name = shown(span.text(text));
    let Some((closer, same)) = closing_bracket(text, opener) else {
        let outer = indent(text, line_at(text, opener));
        let blank = region(text, opener, |line| indent(text, line) > outer);
        return Diagnosis::wide(error(span, format!("{name} is never closed")), blank)
            .help("close the bracket at the end of the value");
    };
    let close = char_at(text, closer);
    let whole = Span::new(opener, close.end);
    if !same {
        let message = format!("{name} is closed by {}", shown(close.text(text)));
        return Diagnosis::narrow(error(close, message), whole).label(span, "opened here");
    }
    let wrong = wrong_in_brackets(text, failure.at.clamp(opener, closer), closer);
    let line = line_at(text, wrong.span.start);
    let alone = line.start > opener && line.end < closer;
    let blank = if alone { line } else { whole };
    Diagnosis::narrow(wrong, blank)
        .label(span, "the bracket is opened here")
        .help("separate items by `,` and put text with `:`, `,` or brackets in quotes")
}

/// What to say about something unexpected between brackets, of which the one at `closer` closes.
fn wrong_in_brackets(text: &str, at: u32, closer: u32) -> SyntaxError {
    let line = line_at(text, at);
    let wrong = char_at(text, at);
    if wrong.text(text) == ":" {
        let start = content(text, line).start;
        let key = content(text, Span::new(start, at.max(start)));
        let above = previous_line(text, line).map(|above| content(text, above).text(text));
        let ends = |above: &str| above.ends_with(['[', '{', ',', ':']);
        if above.is_some_and(|above| !ends(above)) && !key.text(text).contains(", ") {
            return error(
                key,
                format!("a `,` is missing before {}", shown(key.text(text))),
            );
        }
        return error(wrong, "a second `:` stands in one entry");
    }
    let at = next_token(text, at)
        .filter(|next| *next <= closer)
        .unwrap_or(at);
    let wrong = char_at(text, at);
    match wrong.text(text) {
        "," => error(wrong, "a value is missing before `,`"),
        _ => {
            let word = shown(word_at(text, at).text(text));
            error(wrong, format!("{word} is not expected between brackets"))
        }
    }
}

fn tab(text: &str, failure: &Failure) -> Diagnosis {
    let at = failure.at;
    let opener = failure.flow_opener.or_else(|| open_bracket(text, at));
    let closer = opener.and_then(|opener| Some((opener, closing_bracket(text, opener)?.0)));
    if let Some((opener, closer)) = closer
        && opener < at
        && at <= closer
        && Span::new(opener, closer).text(text).contains('\t')
    {
        // Between brackets Docker Compose allows tabs, but for places that `strict` knows.
        return Diagnosis::harmless(Span::new(opener, closer), Fill::Tabs);
    }
    let leading_tab = |line: Span| {
        let blanks = Span::new(line.start, line.start + indent(text, line));
        let at = blanks.text(text).find('\t')?;
        Some(Span::new(blanks.start + offset(at), blanks.end))
    };
    let mut line = line_at(text, at);
    let span = loop {
        if let Some(span) = leading_tab(line) {
            break span;
        }
        // A line of blanks only is skipped by `next_line`, and never what is meant here.
        match next_line(text, line) {
            Some(next) => line = next,
            None => break char_at(text, at),
        }
    };
    let line = line_at(text, span.start);
    let blank = region(text, line.start, |line| leading_tab(line).is_some());
    Diagnosis::wide(error(span, TAB), blank).help(TAB_HELP)
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
