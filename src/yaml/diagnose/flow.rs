//! Mistakes in what has a beginning and an end: quotes and brackets.

use super::super::layout::{
    closing_bracket, closing_quote, content, indent, line_at, next_token, open_bracket,
    previous_line, region, starts_value,
};
use super::super::problem::Failure;
use super::{Diagnosis, Fill, char_at, error, shown, word_at};
use crate::diagnostic::SyntaxError;
use crate::text::Span;
use crate::text::span::offset;

pub(super) fn unclosed_quote(text: &str, at: u32) -> Diagnosis {
    let rest = Span::new(at, line_at(text, at).end);
    let quote = char_at(text, at);
    let message = format!("the quote {} is never closed", shown(quote.text(text)));
    Diagnosis::narrow(error(content(text, rest), message), rest)
        .help("close the quote at the end of the value")
}

pub(super) fn after_quote(text: &str, at: u32) -> Diagnosis {
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
            let until = Span::new(0, at).text(text);
            let closing = until.rfind(['"', '\'']).map_or(at, offset);
            let closing = char_at(text, closing);
            let message = format!("the quote {quote} is not closed on its line");
            return Diagnosis::narrow(error(content(text, rest), message), rest)
                .label(closing, "here the quote is closed already")
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
pub(super) fn bad_escape(text: &str, at: u32) -> Diagnosis {
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
pub(super) fn bracket(text: &str, opener: u32, failure: &Failure) -> Diagnosis {
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
    let at = failure.at.clamp(opener, closer);
    if let Some((key, comma)) = missing_comma(text, at) {
        let message = format!("a `,` is missing before {}", shown(key.text(text)));
        let diagnosis = Diagnosis {
            fill: Fill::Commas,
            ..Diagnosis::narrow(error(key, message), comma)
        };
        return diagnosis.label(span, "the bracket is opened here");
    }
    let wrong = wrong_in_brackets(text, at, closer);
    let line = line_at(text, wrong.span.start);
    let alone = line.start > opener && line.end < closer;
    let blank = if alone { line } else { whole };
    Diagnosis::narrow(wrong, blank)
        .label(span, "the bracket is opened here")
        .help("separate items by `,` and put text with `:`, `,` or brackets in quotes")
}

/// The key that ends at the colon at `at` and the place for a comma at the end of the line above, when
/// there is none.
fn missing_comma(text: &str, at: u32) -> Option<(Span, Span)> {
    let line = line_at(text, at);
    let key = content(text, Span::new(line.start, at));
    let above = previous_line(text, line)?;
    let value = content(text, above);
    let place = Span::new(value.end, value.end + 1);
    let free = value.end == above.end || place.text(text) == " ";
    let is_missing = char_at(text, at).text(text) == ":"
        && !value.text(text).ends_with(['[', '{', ',', ':'])
        && !key.text(text).contains(", ");
    (is_missing && free).then_some((key, place))
}

/// What to say about something unexpected between brackets, of which the one at `closer` closes.
fn wrong_in_brackets(text: &str, at: u32, closer: u32) -> SyntaxError {
    let wrong = char_at(text, at);
    if wrong.text(text) == ":" {
        return error(wrong, "a second `:` stands in one entry");
    }
    let dash = at + u32::from(!wrong.text(text).starts_with('-'));
    if text
        .get(dash as usize..)
        .is_some_and(|rest| rest.starts_with("- "))
    {
        let message = "`-` cannot begin an item between brackets";
        return error(Span::new(dash, dash + 1), message);
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
