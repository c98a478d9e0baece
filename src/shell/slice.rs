//! Text of a tree without a copy for each word.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A piece of text that shares the script's text with all other nodes of its tree. Reads like a `str`.
#[derive(Clone)]
pub struct Text {
    shared: Arc<str>,
    /// On character boundaries of `shared`; `start + len` fits it.
    start: u32,
    len: u32,
}

impl Text {
    /// A part of a text; empty if the range is none of its.
    pub(super) fn part(shared: &Arc<str>, range: Range<usize>) -> Text {
        let range = match shared.get(range.clone()) {
            Some(_) => range,
            None => 0..0,
        };
        // Texts are parts of files, whose offsets fit.
        Text {
            shared: Arc::clone(shared),
            start: crate::text::span::offset(range.start),
            len: crate::text::span::offset(range.len()),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        let start = self.start as usize;
        self.shared
            .get(start..start + self.len as usize)
            .unwrap_or_default()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        let shared = Arc::from(text);
        let len = str::len(&shared);
        Text::part(&shared, 0..len)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text::part(&Arc::from(text), 0..text.len())
    }
}

impl Default for Text {
    fn default() -> Text {
        Text::from("")
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        // Most that are compared are not even as long.
        self.len as usize == other.len() && self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_reads_like_its_text() {
        let shared: Arc<str> = Arc::from("ab é");
        assert_eq!(Text::part(&shared, 3..5), "é");
        assert_eq!(Text::part(&shared, 0..0), "");
        assert_eq!(Text::part(&shared, 4..5), "");
        assert_eq!(Text::part(&shared, 4..9), "");
        assert_eq!(Text::part(&shared, 0..2), Text::from("ab"));
    }
}
