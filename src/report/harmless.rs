//! JSON that loses nothing and harms no terminal: characters that [`clean`] knows as harmful are escaped
//! (`\u001b`), which JSON readers undo.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use super::clean;

/// Writes an array with one item a line; `text` is room to work in.
pub(super) fn write_lines<T: Serialize>(
    items: impl Iterator<Item = T>,
    text: &mut Vec<u8>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(b"[")?;
    for (index, item) in items.enumerate() {
        text.clear();
        text.extend_from_slice(if index == 0 { b"\n" } else { b",\n" });
        serialize(&item, text)?;
        out.write_all(text)?;
    }
    out.write_all(b"]")
}

/// Appends a value.
pub(super) fn serialize<T: Serialize>(value: &T, into: &mut Vec<u8>) -> io::Result<()> {
    // Nearly every value is plain: then all that is written is looked at once, in place of each piece.
    let start = into.len();
    serde_json::to_writer(&mut *into, value)?;
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~');
    if into[start..].iter().all(is_plain) {
        return Ok(());
    }
    into.truncate(start);
    value
        .serialize(&mut Serializer::with_formatter(into, Harmless))
        .map_err(io::Error::other)
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
                write_escaped(harmful, writer)?;
            }
            rest = characters.as_str();
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }
}

fn write_escaped<W: ?Sized + Write>(character: char, writer: &mut W) -> io::Result<()> {
    let mut units = [0; 2];
    let mut units = character.encode_utf16(&mut units).iter();
    units.try_for_each(|unit| write!(writer, "\\u{unit:04x}"))
}

/// Appends a text with its quotes, as [`serialize`] does.
pub(super) fn write_string(text: &str, into: &mut Vec<u8>) {
    // Without a way out of the loop, so that the machine looks at many bytes at once.
    let is_special = |byte: &u8| !matches!(byte, b' '..=b'~') | matches!(byte, b'"' | b'\\');
    let is_plain = !text
        .bytes()
        .fold(false, |found, byte| found | is_special(&byte));
    if is_plain {
        into.push(b'"');
        into.extend_from_slice(text.as_bytes());
        into.push(b'"');
    } else {
        let written = text.serialize(&mut Serializer::with_formatter(into, Harmless));
        written.expect("writing to memory does not fail");
    }
}

/// Appends a number.
pub(super) fn write_number(number: u32, into: &mut Vec<u8>) {
    // From the last digit on.
    let mut digits = [b'0'; 10];
    let mut first = digits.len() - 1;
    let mut rest = number;
    loop {
        let [digit, ..] = (rest % 10).to_le_bytes();
        digits[first] += digit;
        rest /= 10;
        if rest == 0 {
            break;
        }
        first -= 1;
    }
    into.extend_from_slice(&digits[first..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_numbers_are_written_as_serde_writes_them() {
        for text in [
            "",
            "plain text",
            "a \"b\" \\c/",
            "\t\r\n\u{8}\u{c}\u{0}",
            "\u{1b}[1m\u{7f} é 🎉",
            "\u{202e}\u{e0041}",
        ] {
            let (mut quick, mut usual) = (Vec::new(), Vec::new());
            write_string(text, &mut quick);
            serialize(&text, &mut usual).unwrap();
            assert_eq!(quick, usual, "{text:?}");
        }
        for number in [0, 7, 10, 99, 100, 4_294_967_295] {
            let mut digits = Vec::new();
            write_number(number, &mut digits);
            assert_eq!(digits, number.to_string().into_bytes());
        }
    }
}
