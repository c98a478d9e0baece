//! Lines and indentation of a text that may not be YAML.
//!
//! What the explanation of an error needs to look at around the place where a reading stopped. Works on
//! bytes and guesses; the tree is never built from it.

use crate::text::Span;
use crate::text::span::offset;

/// Whether a byte ends a line.
pub(super) fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// The line that the byte at `at` is on, without its line break.
pub(super) fn line_at(text: &str, at: u32) -> Span {
    let bytes = text.as_bytes();
    let at = (at as usize).min(bytes.len());
    let start = bytes[..at].iter().rposition(|byte| is_break(*byte));
    let end = bytes[at..].iter().position(|byte| is_break(*byte));
    Span::new(
        offset(start.map_or(0, |at| at + 1)),
        offset(end.map_or(bytes.len(), |end| at + end)),
    )
}

/// The first line behind `line` that is not blank.
pub(super) fn next_line(text: &str, line: Span) -> Option<Span> {
    let rest = text.get(line.end as usize..)?;
    let skipped = rest.len() - rest.trim_start().len();
    let at = line.end as usize + skipped;
    (at < text.len()).then(|| line_at(text, offset(at)))
}

/// The last line before `line` that is not blank.
pub(super) fn previous_line(text: &str, line: Span) -> Option<Span> {
    let before = text.get(..line.start as usize)?.trim_end();
    (!before.is_empty()).then(|| line_at(text, offset(before.len() - 1)))
}

/// How many blanks a line begins with.
pub(super) fn indent(text: &str, line: Span) -> u32 {
    content(text, line).start - line.start
}

/// A line, or the end of one, without the blanks around and without a comment.
pub(super) fn content(text: &str, line: Span) -> Span {
    let all = line.text(text);
    let trimmed = all.trim_start();
    let start = all.len() - trimmed.len();
    let comment = trimmed.match_indices('#').map(|(at, _)| at);
    let mut comment = comment.filter(|at| *at > 0 && trimmed[..*at].ends_with([' ', '\t']));
    let len = trimmed[..comment.next().unwrap_or(trimmed.len())]
        .trim_end()
        .len();
    let start = line.start + offset(start);
    Span::new(start, start + offset(len))
}

/// Whether a line is an item of a list.
pub(super) fn is_item(text: &str, line: Span) -> bool {
    let content = content(text, line).text(text);
    content == "-" || content.starts_with("- ")
}

/// From `from` over the rest of its line and all following lines that `belongs` says belong to it.
pub(super) fn region(text: &str, from: u32, belongs: impl Fn(Span) -> bool) -> Span {
    let mut last = line_at(text, from);
    while let Some(next) = next_line(text, last).filter(|line| belongs(*line)) {
        last = next;
    }
    Span::new(from, last.end)
}

/// The first byte behind `from` that is more than a blank, a line break, a comment, an indicator (`:`,
/// `-`, `?`), a tag or an anchor.
pub(super) fn next_token(text: &str, from: u32) -> Option<u32> {
    let bytes = text.as_bytes();
    let mut at = from as usize;
    loop {
        let byte = *bytes.get(at)?;
        let apart = bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => at += 1,
            b'-' | b'?' | b':' if apart => at += 1,
            b':' if at == from as usize => at += 1,
            b'#' => at += bytes[at..].iter().position(|byte| is_break(*byte))?,
            b'&' | b'!' => at += bytes[at..].iter().position(u8::is_ascii_whitespace)?,
            _ => return Some(offset(at)),
        }
    }
}

/// What closes the bracket at `opener`: the offset of the closing bracket and whether it is of the same
/// kind. `None` when the end of the text comes first, or a line that stands no deeper than the line of the
/// opener and does not begin with a closing bracket.
pub(super) fn closing_bracket(text: &str, opener: u32) -> Option<(u32, bool)> {
    let bytes = text.as_bytes();
    let outer = indent(text, line_at(text, opener));
    let mut open = Vec::new();
    let mut at = opener as usize;
    // The last byte that is neither blank nor part of a comment.
    let mut last = b' ';
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'[' | b'{' => open.push(*byte),
            b']' | b'}' => {
                let same = open.pop() == Some(if *byte == b']' { b'[' } else { b'{' });
                if open.is_empty() || !same {
                    return Some((offset(at), same));
                }
            }
            b'"' | b'\'' if starts_value(bytes, at) => at = closing_quote(bytes, at).unwrap_or(at),
            b'#' if bytes[at - 1].is_ascii_whitespace() => {
                at += bytes[at..].iter().position(|byte| is_break(*byte))?;
                continue;
            }
            b'\n' | b'\r' => {
                let line = next_line(text, Span::empty(offset(at)))?;
                let closes = content(text, line).text(text).starts_with([']', '}']);
                let depth = indent(text, line);
                let goes_on = depth > outer || depth == outer && matches!(last, b',' | b'[' | b'{');
                if !closes && !goes_on {
                    return None;
                }
                at = line.start as usize - 1;
            }
            _ => {}
        }
        if !bytes[at].is_ascii_whitespace() {
            last = bytes[at];
        }
        at += 1;
    }
    None
}

/// The innermost bracket that is open at `at`, as far as its line and the lines above tell.
pub(super) fn open_bracket(text: &str, at: u32) -> Option<u32> {
    let before = text.as_bytes().get(..at as usize)?;
    let mut closed = 0;
    for (place, byte) in before.iter().enumerate().rev() {
        match byte {
            b']' | b'}' => closed += 1,
            b'[' | b'{' if closed == 0 => return Some(offset(place)),
            b'[' | b'{' => closed -= 1,
            _ => {}
        }
    }
    None
}

/// Whether a quote at `at` opens a quoted scalar rather than being a character of a plain one.
pub(super) fn starts_value(bytes: &[u8], at: usize) -> bool {
    let before = bytes[..at].iter().rev().find(|byte| **byte != b' ');
    let glued = at > 0
        && !matches!(
            bytes[at - 1],
            b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b',' | b':'
        );
    !glued
        && before.is_none_or(|byte| {
            matches!(
                byte,
                b'[' | b'{' | b',' | b':' | b'-' | b'?' | b'\n' | b'\r' | b'\t'
            )
        })
}

/// The quote that closes the one at `at`, on the same line.
pub(super) fn closing_quote(bytes: &[u8], at: usize) -> Option<usize> {
    let quote = bytes[at];
    let mut at = at + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' if quote == b'"' => at += 1,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
            byte if byte == quote => return Some(at),
            byte if is_break(byte) => return None,
            _ => {}
        }
        at += 1;
    }
}
