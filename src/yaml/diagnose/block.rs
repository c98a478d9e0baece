//! Mistakes in what is written by indentation: keys, items, tabs.

use super::super::layout::{
    closing_bracket, closing_quote, content, indent, is_item, line_at, next_line, open_bracket,
    previous_line, region,
};
use super::super::problem::Failure;
use super::flow::bracket;
use super::{Diagnosis, Fill, TAB, TAB_HELP, char_at, error, shown};
use crate::text::Span;
use crate::text::span::offset;

/// A second `: ` where a value has begun: two entries on a line, a line without colon above, or an entry
/// that is indented as if it belonged to the value above.
pub(super) fn colon_in_value(text: &str, failure: &Failure) -> Diagnosis {
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
pub(super) fn missing_colon_message(line: &str) -> (String, &'static str) {
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

/// Where in a line the `{{` or `{%` begins that the parser stumbled over at `at`.
pub(super) fn template(text: &str, line: Span, at: u32) -> Option<u32> {
    let starts = [at.checked_sub(1), Some(at)].into_iter().flatten();
    let mut starts = starts.filter(|start| line.start <= *start);
    starts.find(|start| {
        let rest = text.get(*start as usize..).unwrap_or_default();
        rest.starts_with("{{") || rest.starts_with("{%")
    })
}

pub(super) fn is_conflict_mark(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
        .iter()
        .any(|mark| line.starts_with(mark))
}

pub(super) fn missing_colon(text: &str, failure: &Failure) -> Diagnosis {
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

pub(super) fn key_expected(text: &str, at: u32) -> Diagnosis {
    let line = line_at(text, at);
    let span = content(text, line);
    let depth = indent(text, line);
    let above = previous_line(text, line);
    let item = is_item(text, line);
    let blank = region(text, line.start, |next| {
        let next_depth = indent(text, next);
        // Back at the indentation of the line above, all is well again.
        let returns = above.is_none_or(|above| indent(text, above) == next_depth);
        next_depth > depth && (above.is_none() || !returns)
            || next_depth == depth && (item && is_item(text, next) || !item && !returns)
    });
    if let Some(above) = above
        && let gap = Span::new(above.end, line.start)
        && let Some(tab) = gap.text(text).find('\t')
    {
        let tab = char_at(text, gap.start + offset(tab));
        return Diagnosis::wide(error(tab, TAB), gap).help(TAB_HELP);
    }
    let before = Span::new(span.start, at.max(span.start)).text(text);
    if before.trim_end().ends_with([']', '}']) && at < span.end {
        let rest = Span::new(at, line.end);
        let trailing = content(text, rest);
        let message = format!("{} follows the closing bracket", shown(trailing.text(text)));
        return Diagnosis::narrow(error(trailing, message), rest)
            .help("put the whole value in quotes if it is text");
    }
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

pub(super) fn item_expected(text: &str, at: u32) -> Diagnosis {
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

pub(super) fn tab(text: &str, failure: &Failure) -> Diagnosis {
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
