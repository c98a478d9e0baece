//! Small grammars shared by Dockerfiles and Compose files: one file for each kind of word, such as an image
//! reference, a port or a duration.
//!
//! Each takes a text and gives a typed value whose ranges are byte offsets in that text, so that a caller
//! can map them to the file with [`Cooked`](crate::text::Cooked). A text may hold references to variables
//! that could not be resolved: a part with a dollar is unknown, never wrong, and nothing is cut inside
//! `${…}`.
//!
//! Not for: what a value means for a build or a service, and which rule says so.

pub mod duration;
pub mod image;
pub mod image_pattern;
pub mod key_value;
pub mod mode;
pub mod mount;
pub mod platform;
pub mod port;
pub mod signal;
pub mod size;
pub mod variable;

use std::ops::Range;

/// A part of a text.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Part {
    /// Its text, as written.
    pub value: Box<str>,
    /// Where it stands in the whole, in bytes.
    pub range: Range<usize>,
}

impl Part {
    fn new(text: &str, range: Range<usize>) -> Part {
        Part {
            value: text.get(range.clone()).unwrap_or_default().into(),
            range,
        }
    }

    /// Whether the value is the text itself, because no variable is in it.
    pub fn is_known(&self) -> bool {
        is_known(&self.value)
    }

    /// The value, if it is known.
    pub fn known(&self) -> Option<&str> {
        self.is_known().then_some(&*self.value)
    }
}

/// Why a text does not follow its grammar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GrammarError {
    /// The offending bytes of the text.
    pub range: Range<usize>,
    /// What is wrong, in the manner of [`Finding::message`](crate::diagnostic::Finding::message).
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl GrammarError {
    fn new(range: Range<usize>, message: impl Into<String>) -> GrammarError {
        GrammarError {
            range,
            message: message.into(),
            help: None,
        }
    }

    fn with_help(mut self, help: impl Into<String>) -> GrammarError {
        self.help = Some(help.into());
        self
    }
}

/// Whether a text holds no reference to a variable.
fn is_known(text: &str) -> bool {
    // For a few bytes a plain loop is faster than to get ready for many.
    match text.len() {
        0..=32 => !text.bytes().any(|byte| byte == b'$'),
        _ => memchr::memchr(b'$', text.as_bytes()).is_none(),
    }
}

/// The places of a separator outside `${…}`.
fn separators(text: &str, separator: u8) -> impl Iterator<Item = usize> {
    let mut depth = 0_usize;
    let mut previous = 0;
    let bytes = text.as_bytes();
    let (plain, braced) = match is_known(text) {
        true => (bytes, &bytes[..0]),
        false => (&bytes[..0], bytes),
    };
    let braced = braced.iter().copied().enumerate();
    let braced = braced.filter_map(move |(at, byte)| {
        if byte == b'{' && (depth > 0 || previous == b'$') {
            depth += 1;
        } else if byte == b'}' {
            depth = depth.saturating_sub(1);
        }
        previous = byte;
        (byte == separator && depth == 0).then_some(at)
    });
    memchr::memchr_iter(separator, plain).chain(braced)
}

/// The ranges between a separator's places, always at least one.
fn split(text: &str, separator: u8) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for at in separators(text, separator) {
        ranges.push(start..at);
        start = at + 1;
    }
    ranges.push(start..text.len());
    ranges
}

/// The first characters of a text, for use in a message: short, and without line breaks.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_control();
    if text.len() <= LONGEST && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    let mut excerpt: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST)
        .collect();
    if excerpt.len() < text.len() {
        excerpt.push('…');
    }
    excerpt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_inside_braces_do_not_count() {
        let text = "a:${B:-c:${D:-e}}:f}:{g:";
        let parts: Vec<&str> = split(text, b':').into_iter().map(|r| &text[r]).collect();
        assert_eq!(parts, ["a", "${B:-c:${D:-e}}", "f}", "{g", ""]);
    }

    #[test]
    fn an_excerpt_is_short_and_on_one_line() {
        assert_eq!(excerpt("a\nb"), "a b");
        assert_eq!(excerpt(&"é".repeat(100)).chars().count(), 41);
    }
}
