//! A text that begins with `[`, taken apart as the array of strings that it may be meant for.
//!
//! Knows elements, whatever their quotes, and the commas between them. Does not know JSON: what keeps the
//! text from being JSON is the parser's to say. Offsets are bytes of the text.

use std::ops::Range;

use crate::text::{Cooked, Edit};

/// What may be an array.
pub(super) struct Array {
    pub(super) elements: Vec<Element>,
    /// Commas before which nothing stands.
    pub(super) stray_commas: Vec<usize>,
    pub(super) ending: Ending,
    /// White space follows the opening bracket, as it has to in a test of the shell.
    is_spaced: bool,
    /// Nothing in it is unlike an array: elements do not touch, and those without quotes are simple words.
    is_plain: bool,
}

/// An element of an array.
pub(super) struct Element {
    /// Where it stands, quotes included.
    pub(super) range: Range<usize>,
    pub(super) quote: Quote,
    /// The comma behind it.
    pub(super) comma: Option<usize>,
}

/// What stands around an element.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Quote {
    Double,
    Single,
    /// Quotes as word processors set them.
    Typographic,
    None,
}

/// How an array ends.
#[derive(PartialEq)]
pub(super) enum Ending {
    /// With the text.
    Closed,
    /// Text stands behind the bracket.
    TextBehind,
    /// The bracket is missing.
    Open,
    /// The quote of the last element is missing.
    OpenQuote,
}

/// Whose arguments a text is, as far as it says which texts in brackets make sense otherwise.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// `RUN`: anything that some shell understands.
    Run,
    /// `CMD`, `ENTRYPOINT` and `HEALTHCHECK`: one command, of which a test may be the whole.
    Command,
    /// `COPY` and `ADD`: names with patterns.
    Files,
    /// `VOLUME`: names of directories.
    Volume,
}

impl Array {
    /// Takes a text apart that begins with `[`.
    pub(super) fn read(text: &str) -> Array {
        let mut array = Array {
            elements: Vec::new(),
            stray_commas: Vec::new(),
            ending: Ending::Open,
            is_spaced: text[1..].starts_with(char::is_whitespace),
            is_plain: true,
        };
        let mut at = 1;
        loop {
            let rest = &text[at..];
            let Some(first) = rest.chars().next() else {
                return array;
            };
            if first.is_whitespace() {
                at += first.len_utf8();
                continue;
            }
            match first {
                ']' => {
                    let is_end = rest[1..].trim().is_empty();
                    array.ending = if is_end {
                        Ending::Closed
                    } else {
                        Ending::TextBehind
                    };
                    return array;
                }
                ',' => {
                    match array.elements.last_mut() {
                        Some(last) if last.comma.is_none() => last.comma = Some(at),
                        _ => array.stray_commas.push(at),
                    }
                    at += 1;
                    continue;
                }
                _ => {}
            }
            let Some((len, quote)) = element(rest, first) else {
                array.ending = Ending::OpenQuote;
                return array;
            };
            let word = &rest[..len];
            let is_alone = rest[len..].starts_with(|c: char| c.is_whitespace() || ",]".contains(c))
                || rest.len() == len
                || quote != Quote::None && rest[len..].starts_with(['"', '\'']);
            array.is_plain &= is_alone && (quote != Quote::None || word.bytes().all(is_simple));
            array.elements.push(Element {
                range: at..at + len,
                quote,
                comma: None,
            });
            at += len;
        }
    }

    /// Whether it can only be meant for an array.
    pub(super) fn is_meant(&self, text: &str, place: Place) -> bool {
        let Some(first) = self.elements.first() else {
            let is_cut = matches!(self.ending, Ending::OpenQuote | Ending::TextBehind);
            return is_cut && !self.is_spaced && place != Place::Run;
        };
        let quoted = self
            .elements
            .iter()
            .filter(|e| e.quote != Quote::None)
            .count();
        let all_quoted = quoted == self.elements.len();
        let has_commas = first.comma.is_some() || !self.stray_commas.is_empty();
        if has_commas && quoted > 0 && (first.quote != Quote::None || self.is_plain) {
            return true;
        }
        if !self.is_plain {
            return false;
        }
        match self.ending {
            Ending::OpenQuote => !self.is_spaced,
            Ending::Open | Ending::TextBehind => all_quoted && !self.is_spaced,
            // `[ "$A" ]` is a test, and so is `[ -f a ]`.
            Ending::Closed if self.is_spaced && !has_commas => {
                self.elements.len() == 1
                    && all_quoted
                    && !text[first.range.clone()].contains(['$', '`'])
            }
            Ending::Closed if all_quoted => true,
            // `[a]` is a pattern for a file, and a type for PowerShell.
            Ending::Closed if quoted == 0 && !has_commas => {
                matches!(place, Place::Command | Place::Volume)
            }
            Ending::Closed => place != Place::Run,
        }
    }

    /// The changes that make a JSON array of it, where there is no doubt about them.
    pub(super) fn edits(&self, cooked: &Cooked<'_>) -> Option<Vec<Edit>> {
        if !self.stray_commas.is_empty() {
            return None;
        }
        let text = cooked.text();
        let mut edits = Vec::new();
        for (index, element) in self.elements.iter().enumerate() {
            element.edits(cooked, &mut edits)?;
            let next = self.elements.get(index + 1);
            match (element.comma, next) {
                (Some(comma), None) if self.ending == Ending::Closed => {
                    edits.push(Edit::delete(cooked.span(comma..comma + 1)));
                }
                (Some(_), None) => return None,
                (None, Some(next)) => {
                    if element.quote == Quote::None || next.quote == Quote::None {
                        return None;
                    }
                    edits.push(Edit::insert(cooked.end_of(element.range.end), ","));
                }
                _ => {}
            }
        }
        match self.ending {
            Ending::Closed => {}
            Ending::Open if self.elements.last()?.quote != Quote::None => {
                edits.push(Edit::insert(cooked.end_of(text.len()), "]"));
            }
            _ => return None,
        }
        Some(edits)
    }
}

impl Element {
    /// The text between the quotes.
    fn body(&self, text: &str) -> Range<usize> {
        let Range { start, end } = self.range;
        match self.quote {
            Quote::Double | Quote::Single => start + 1..end - 1,
            Quote::Typographic => {
                let mut chars = text[start..end].chars();
                let open = chars.next().map_or(0, char::len_utf8);
                let close = chars.next_back().map_or(0, char::len_utf8);
                start + open..end - close
            }
            Quote::None => start..end,
        }
    }

    /// Adds the changes that make a JSON string of it; nothing where they are in doubt.
    fn edits(&self, cooked: &Cooked<'_>, edits: &mut Vec<Edit>) -> Option<()> {
        let text = cooked.text();
        let body = self.body(text);
        let content = &text[body.clone()];
        if content.contains(char::is_control) {
            return None;
        }
        let doubles = backslashes(content, self.quote == Quote::Double)?;
        // What goes in front of the next character.
        let mut pending = String::new();
        match self.quote {
            Quote::Double => {}
            Quote::None => pending.push('"'),
            Quote::Single | Quote::Typographic => {
                edits.push(Edit::replace(
                    cooked.span(self.range.start..body.start),
                    "\"",
                ));
            }
        }
        for (at, c) in content.char_indices() {
            if c == '\\' && doubles || c == '"' && self.quote != Quote::Double {
                pending.push('\\');
            }
            if !pending.is_empty() {
                let before = cooked.start_of(body.start + at);
                edits.push(Edit::insert(before, std::mem::take(&mut pending)));
            }
        }
        match self.quote {
            Quote::Double => {}
            Quote::None => edits.push(Edit::insert(cooked.end_of(body.end), "\"")),
            Quote::Single | Quote::Typographic => {
                edits.push(Edit::replace(cooked.span(body.end..self.range.end), "\""));
            }
        }
        Some(())
    }
}

/// The length of the element that a text begins with, and its quotes; nothing where they are not closed.
fn element(text: &str, first: char) -> Option<(usize, Quote)> {
    let inside = &text[first.len_utf8()..];
    let closed = |closing: &[char]| {
        let (at, closing) = inside.char_indices().find(|(_, c)| closing.contains(c))?;
        Some(first.len_utf8() + at + closing.len_utf8())
    };
    match first {
        '"' => {
            let mut is_escaped = false;
            let at = inside.bytes().position(|byte| {
                let closes = byte == b'"' && !is_escaped;
                is_escaped = byte == b'\\' && !is_escaped;
                closes
            })?;
            Some((1 + at + 1, Quote::Double))
        }
        '\'' => Some((closed(&['\''])?, Quote::Single)),
        '“' | '”' | '„' => Some((closed(&['“', '”'])?, Quote::Typographic)),
        '‘' | '’' | '‚' => Some((closed(&['‘', '’'])?, Quote::Typographic)),
        _ => {
            let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ']' | '"' | '\'');
            Some((text.find(ends).unwrap_or(text.len()), Quote::None))
        }
    }
}

/// What words of commands are made of, where no shell would do anything to them.
fn is_simple(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_./:=@%+~\\".contains(&byte)
}

/// Whether the backslashes of a string are to be doubled; `None` where that is in doubt. They surely are in
/// a Windows path, and where JSON knows none of the sequences that they begin.
fn backslashes(content: &str, is_json: bool) -> Option<bool> {
    let (mut known, mut unknown) = (0_u32, 0_u32);
    let mut chars = content.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            match chars.next() {
                Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') => known += 1,
                _ => unknown += 1,
            }
        }
    }
    let is_drive = content.as_bytes().get(1..3) == Some(b":\\");
    let has_pairs = content.contains("\\\\") || content.contains("\\\"");
    match (known, unknown) {
        (0, 0) => Some(false),
        (_, 0) if is_json => Some(false),
        (0, _) => Some(true),
        _ if is_drive && !has_pairs => Some(true),
        _ => None,
    }
}
