//! Between the protocol's terms and ours: URIs and paths, positions and bytes.
//!
//! The only place that knows what a position counts. Positions outside a text mean its nearest place, as the protocol
//! wants it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use lsp_types::{Position, PositionEncodingKind, Range, Uri};

use crate::text::lines::{LineColumn, Unit, bom_len};
use crate::text::path::lexical;
use crate::text::span::offset;
use crate::text::{LineIndex, SourceFile, Span};

/// What a column counts, as it was agreed with the client.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Encoding(Unit);

impl Encoding {
    /// The best of those that a client offers: bytes, which cost nothing, then characters; UTF-16 is always understood.
    pub fn negotiate<'o>(offered: impl IntoIterator<Item = &'o str>) -> Encoding {
        let mut best = Encoding(Unit::Utf16);
        for name in offered {
            match name {
                "utf-8" => return Encoding(Unit::Utf8),
                "utf-32" => best = Encoding(Unit::Utf32),
                _ => {}
            }
        }
        best
    }

    /// The protocol's name for it.
    pub fn kind(self) -> PositionEncodingKind {
        match self.0 {
            Unit::Utf8 => PositionEncodingKind::UTF8,
            Unit::Utf16 => PositionEncodingKind::UTF16,
            Unit::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The byte at a position.
    pub fn offset(self, position: Position, lines: &LineIndex, text: &str) -> u32 {
        let mut column = position.character;
        if position.line == 0 {
            // Our lines begin behind a byte order mark, the client's in front of it.
            let mark = self.mark(text);
            if column < mark {
                return 0;
            }
            column -= mark;
        }
        let line = position.line;
        lines.offset(LineColumn { line, column }, self.0, text)
    }

    /// The position of a byte.
    pub fn position(self, at: u32, lines: &LineIndex, text: &str) -> Position {
        let LineColumn { line, mut column } = lines.position(at, self.0, text);
        if line == 0 && at >= offset(bom_len(text)) {
            column += self.mark(text);
        }
        Position::new(line, column)
    }

    /// The bytes of a range; one that ends before it begins is empty.
    pub fn span(self, range: Range, source: &SourceFile) -> Span {
        let at = |position| self.offset(position, &source.lines, &source.text);
        Span::new(at(range.start), at(range.end))
    }

    /// The range of some bytes.
    pub fn range(self, span: Span, source: &SourceFile) -> Range {
        let at = |byte| self.position(byte, &source.lines, &source.text);
        Range::new(at(span.start), at(span.end))
    }

    /// The columns that a byte order mark takes.
    fn mark(self, text: &str) -> u32 {
        match (bom_len(text), self.0) {
            (0, _) => 0,
            (bytes, Unit::Utf8) => offset(bytes),
            (_, Unit::Utf16 | Unit::Utf32) => 1,
        }
    }
}

/// The path that a `file:` URI names, without dots; `None` for other URIs and for other hosts. What is escaped wrongly
/// is taken as it is written, and `?` and `#` belong to the path, since editors escape them where they do not.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    let text = uri.as_ref();
    let scheme = text.get(..5)?;
    if !scheme.eq_ignore_ascii_case("file:") {
        return None;
    }
    let rest = &text[5..];
    let rest = match rest.strip_prefix("//") {
        Some(rest) => {
            let (host, path) = rest.split_at(rest.find('/')?);
            if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
                return share(host, path);
            }
            path
        }
        None => rest,
    };
    if !rest.starts_with('/') {
        return None;
    }
    let bytes = decoded(rest);
    let bytes = match (cfg!(windows), &*bytes) {
        (true, [b'/', letter, b':', ..]) if letter.is_ascii_alphabetic() => bytes[1..].to_vec(),
        _ => bytes,
    };
    Some(lexical(Path::new(&name(bytes)?)))
}

/// The path of a share of another host, which only Windows knows.
fn share(host: &str, path: &str) -> Option<PathBuf> {
    if !cfg!(windows) {
        return None;
    }
    let bytes = decoded(&format!("//{host}{path}"));
    Some(PathBuf::from(name(bytes)?))
}

#[cfg(unix)]
fn name(bytes: Vec<u8>) -> Option<OsString> {
    use std::os::unix::ffi::OsStringExt;

    (!bytes.contains(&0)).then(|| OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn name(bytes: Vec<u8>) -> Option<OsString> {
    let text = String::from_utf8(bytes).ok()?;
    (!text.contains('\0')).then(|| text.into())
}

fn decoded(text: &str) -> Vec<u8> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let value = match (digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (Some(high), Some(low)) if byte == b'%' => u8::try_from(high * 16 + low).ok(),
            _ => None,
        };
        decoded.push(value.unwrap_or(byte));
        at += if value.is_some() { 3 } else { 1 };
    }
    decoded
}

/// The `file:` URI of an absolute path.
pub fn uri(path: &Path) -> Uri {
    let mut text = String::from("file://");
    let bytes = path.as_os_str().as_encoded_bytes();
    if !bytes.starts_with(b"/") {
        text.push('/');
    }
    for &byte in bytes {
        match byte {
            b'\\' if cfg!(windows) => text.push('/'),
            b'/' | b'-' | b'.' | b'_' | b'~' => text.push(byte.into()),
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':'
            | b'@' => text.push(byte.into()),
            byte if byte.is_ascii_alphanumeric() => text.push(byte.into()),
            byte => {
                let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
                text.push('%');
                text.push(digit(byte >> 4).to_ascii_uppercase());
                text.push(digit(byte & 15).to_ascii_uppercase());
            }
        }
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    #[test]
    fn bytes_are_preferred_and_utf_16_is_always_understood() {
        let chosen = |offered: &[&'static str]| Encoding::negotiate(offered.iter().copied()).kind();
        assert_eq!(chosen(&["utf-16", "utf-8"]), PositionEncodingKind::UTF8);
        assert_eq!(chosen(&["utf-32", "utf-16"]), PositionEncodingKind::UTF32);
        assert_eq!(chosen(&["ebcdic"]), PositionEncodingKind::UTF16);
        assert_eq!(chosen(&[]), PositionEncodingKind::UTF16);
    }

    #[test]
    fn positions_go_there_and_back_in_every_encoding() {
        for text in [
            "FROM é🎉x\r\nRUN a\rb\n",
            "\u{feff}FROM é🎉\nRUN a",
            "",
            "\u{feff}",
        ] {
            let source = SourceFile::from_text(FileId(0), PathBuf::new(), text);
            for encoding in [Unit::Utf8, Unit::Utf16, Unit::Utf32].map(Encoding) {
                let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
                for at in ends.map(offset) {
                    let position = encoding.position(at, &source.lines, text);
                    let back = encoding.offset(position, &source.lines, text);
                    let is_inside_break = text[..at as usize].ends_with('\r')
                        && text[at as usize..].starts_with('\n');
                    if !is_inside_break {
                        assert_eq!(back, at, "{text:?} {encoding:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_byte_order_mark_is_counted_as_the_client_counts_it() {
        let source = SourceFile::from_text(FileId(0), PathBuf::new(), "\u{feff}ab");
        let at = |unit, column| {
            let position = Position::new(0, column);
            Encoding(unit).offset(position, &source.lines, &source.text)
        };
        assert_eq!(
            [at(Unit::Utf16, 0), at(Unit::Utf16, 1), at(Unit::Utf16, 2)],
            [0, 3, 4]
        );
        assert_eq!(
            [at(Unit::Utf8, 0), at(Unit::Utf8, 3), at(Unit::Utf8, 4)],
            [0, 3, 4]
        );
    }

    #[test]
    fn positions_outside_mean_the_nearest_place() {
        let source = SourceFile::from_text(FileId(0), PathBuf::new(), "ab\ncd");
        let at = |line, column| {
            let encoding = Encoding(Unit::Utf16);
            encoding.offset(Position::new(line, column), &source.lines, &source.text)
        };
        assert_eq!([at(0, 99), at(9, 0), at(u32::MAX, u32::MAX)], [2, 5, 5]);
    }

    #[cfg(unix)]
    #[test]
    fn paths_are_read_from_uris_however_they_are_escaped() {
        let path = |text: &str| path(&text.into()).map(|path| path.to_string_lossy().into_owned());
        for (uri, expected) in [
            ("file:///w/Dockerfile", Some("/w/Dockerfile")),
            ("FILE://localhost/w/a%20b/../%5Bid%5D", Some("/w/[id]")),
            ("file:///w/[id]/a b/é", Some("/w/[id]/a b/é")),
            ("file:/w/x", Some("/w/x")),
            ("file:///w/a%zz%4", Some("/w/a%zz%4")),
            ("file:///w/a#b?c", Some("/w/a#b?c")),
            ("file:///w/%00", None),
            ("file://wsl$/x", None),
            ("file:x", None),
            ("file:", None),
            ("", None),
            ("untitled:Untitled-1", None),
            ("fil\u{e9}", None),
        ] {
            assert_eq!(path(uri).as_deref(), expected, "{uri}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn paths_become_uris_and_paths_again() {
        use std::os::unix::ffi::OsStrExt;

        for bytes in [&b"/w/a b/%20/\xc3\xa9#?"[..], b"/w/\xff", b"/"] {
            let old = Path::new(std::ffi::OsStr::from_bytes(bytes));
            assert_eq!(path(&uri(old)).as_deref(), Some(old));
        }
        assert_eq!(uri(Path::new("/a b/é")).as_ref(), "file:///a%20b/%C3%A9");
    }
}
