//! Objects of JSON, written member by member as their caller says, into bytes.
//!
//! Whoever writes thousands of them has no time for a description of each type. What [`clean`] knows as harmful is
//! escaped. Not for: reading, and numbers that are no integers.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use super::clean;

/// An object that is being written.
pub(super) struct Object<'t> {
    into: &'t mut Vec<u8>,
    is_empty: bool,
}

impl<'t> Object<'t> {
    /// Opens it.
    pub(super) fn begin(into: &'t mut Vec<u8>) -> Object<'t> {
        into.push(b'{');
        Object {
            into,
            is_empty: true,
        }
    }

    /// Closes it.
    pub(super) fn end(self) {
        self.into.push(b'}');
    }

    /// Adds a member that `write` writes the value of. Nothing in the name is escaped.
    pub(super) fn member(&mut self, name: &'static str, write: impl FnOnce(&mut Vec<u8>)) {
        if !std::mem::take(&mut self.is_empty) {
            self.into.push(b',');
        }
        self.into.push(b'"');
        self.into.extend_from_slice(name.as_bytes());
        self.into.extend_from_slice(b"\":");
        write(self.into);
    }

    /// Adds a text.
    pub(super) fn text(&mut self, name: &'static str, value: &str) {
        self.member(name, |into| string(value, into));
    }

    /// Adds a text or `null`.
    pub(super) fn optional(&mut self, name: &'static str, value: Option<&str>) {
        self.member(name, |into| match value {
            Some(value) => string(value, into),
            None => null(into),
        });
    }

    /// Adds a number.
    pub(super) fn number(&mut self, name: &'static str, value: impl Serialize) {
        self.member(name, |into| serialize(value, into));
    }

    /// Adds an array, each item of which `write` writes.
    pub(super) fn list<T>(
        &mut self,
        name: &'static str,
        items: impl IntoIterator<Item = T>,
        write: impl Fn(T, &mut Vec<u8>),
    ) {
        self.member(name, |into| {
            into.push(b'[');
            for (index, item) in items.into_iter().enumerate() {
                if index > 0 {
                    into.push(b',');
                }
                write(item, into);
            }
            into.push(b']');
        });
    }
}

/// Writes nothing.
pub(super) fn null(into: &mut Vec<u8>) {
    into.extend_from_slice(b"null");
}

/// How many bytes of a text are looked at together.
const CHUNK: usize = 32;

/// Writes a text in quotes.
pub(super) fn string(text: &str, into: &mut Vec<u8>) {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    // Without a way out in the middle, many bytes are looked at in one step.
    let are_plain = |chunk: &[u8]| chunk.iter().fold(true, |all, byte| all & is_plain(byte));
    if text.as_bytes().chunks(CHUNK).all(are_plain) {
        into.push(b'"');
        into.extend_from_slice(text.as_bytes());
        into.push(b'"');
    } else {
        serialize(text, into);
    }
}

fn serialize(value: impl Serialize, into: &mut Vec<u8>) {
    let written = value.serialize(&mut Serializer::with_formatter(into, Harmless));
    written.expect("writing a text or a number to memory does not fail");
}

/// Compact JSON that also escapes what [`clean`] knows as harmful.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if fragment.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return CompactFormatter.write_string_fragment(writer, fragment);
        }
        let mut rest = fragment;
        while let Some(at) = rest.find(clean::is_harmful) {
            let (before, behind) = rest.split_at(at);
            CompactFormatter.write_string_fragment(writer, before)?;
            let mut characters = behind.chars();
            if let Some(harmful) = characters.next() {
                for unit in harmful.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = characters.as_str();
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }
}
