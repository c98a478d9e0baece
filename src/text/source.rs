//! A file as it was read: text, line index and what was wrong with its bytes.
//!
//! Any byte string is accepted. Bytes that are no UTF-8 become `?`, one for one, so that every later
//! offset is still an offset into the file on disk. A byte order mark stays in the text (the parsers and
//! [`LineIndex`] step over it); line breaks and NUL bytes stay as they are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::span::offset;
use super::{FileId, LineIndex, Span};

/// The largest file that is read, in bytes (20 MB).
pub const MAX_BYTES: usize = 20_000_000;

/// One file of a run.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its number in [`Sources`].
    pub id: FileId,
    /// The path as the user will see it: relative to the working directory where that is possible.
    pub path: PathBuf,
    /// The text; see the module's documentation for what was repaired.
    pub text: Arc<str>,
    /// Line starts of `text`.
    pub lines: LineIndex,
    /// What was wrong with the bytes.
    pub damage: Vec<Damage>,
}

/// Bytes that no parser should have to think about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Damage {
    /// The bytes.
    pub span: Span,
    /// What is wrong with them.
    pub kind: DamageKind,
}

/// What can be wrong with bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DamageKind {
    /// Not UTF-8; replaced by `?` in the text.
    InvalidUtf8,
    /// The file begins with the byte order mark of UTF-16 or UTF-32, which Docker cannot read.
    WideEncoding,
    /// A NUL byte.
    Nul,
}

/// The byte order marks of UTF-32 and UTF-16, longest first.
const WIDE_MARKS: [&[u8]; 4] = [
    &[0xff, 0xfe, 0, 0],
    &[0, 0, 0xfe, 0xff],
    &[0xff, 0xfe],
    &[0xfe, 0xff],
];

impl SourceFile {
    /// Takes the bytes of a file. Runs of bad bytes are one [`Damage`] each.
    pub fn from_bytes(id: FileId, path: PathBuf, bytes: Vec<u8>) -> SourceFile {
        let mut damage = Vec::new();
        let wide = WIDE_MARKS.iter().find(|mark| bytes.starts_with(mark));
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => repaired(error.into_bytes(), wide.is_some(), &mut damage),
        };
        if let Some(mark) = wide {
            damage.push(Damage {
                span: Span::from_range(0..mark.len()),
                kind: DamageKind::WideEncoding,
            });
        } else {
            note_nul(&text, &mut damage);
        }
        SourceFile {
            lines: LineIndex::new(&text),
            id,
            path,
            text: text.into(),
            damage,
        }
    }

    /// Takes a text that is known to be UTF-8, as an editor sends it.
    pub fn from_text(id: FileId, path: PathBuf, text: impl Into<Arc<str>>) -> SourceFile {
        let text = text.into();
        let mut damage = Vec::new();
        note_nul(&text, &mut damage);
        SourceFile {
            lines: LineIndex::new(&text),
            id,
            path,
            text,
            damage,
        }
    }

    /// Whether the file is in UTF-16 or UTF-32, so that its text says nothing.
    pub fn is_wide(&self) -> bool {
        let wide = DamageKind::WideEncoding;
        self.damage.iter().any(|damage| damage.kind == wide)
    }

    /// The path for printing; see [`printed`].
    pub fn display_path(&self) -> String {
        printed(&self.path)
    }
}

/// A path for printing, with `/` between its parts on every system. What is no Unicode is lost: good for
/// a reader, not for opening the file.
pub fn printed(path: &Path) -> String {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        path.into_owned()
    } else {
        path.replace('\\', "/")
    }
}

/// Replaces every byte that is no UTF-8 by `?` and notes each run of them.
fn repaired(bytes: Vec<u8>, wide: bool, damage: &mut Vec<Damage>) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let bad = chunk.invalid().len();
        if bad == 0 {
            continue;
        }
        let start = offset(text.len());
        text.extend(std::iter::repeat_n('?', bad));
        let span = Span::new(start, start + offset(bad));
        match damage.last_mut() {
            Some(last) if last.span.end == span.start => last.span.end = span.end,
            // The bytes of UTF-16 are all explained by its byte order mark.
            _ if !wide => damage.push(Damage {
                span,
                kind: DamageKind::InvalidUtf8,
            }),
            _ => {}
        }
    }
    text
}

fn note_nul(text: &str, damage: &mut Vec<Damage>) {
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        let start = offset(at);
        damage.push(Damage {
            span: Span::new(start, start + 1),
            kind: DamageKind::Nul,
        });
    }
}

/// Files of a run, by [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: BTreeMap<FileId, Arc<SourceFile>>,
}

impl Sources {
    /// Adds a file under the id that it has; another file with that id makes way.
    pub fn insert(&mut self, file: SourceFile) {
        self.files.insert(file.id, Arc::new(file));
    }

    /// Adds a file behind all others and gives it a new id.
    pub fn push(&mut self, file: SourceFile) -> FileId {
        let id = self.next_id();
        self.insert(SourceFile { id, ..file });
        id
    }

    /// The id that the next file will get.
    pub fn next_id(&self) -> FileId {
        self.files
            .last_key_value()
            .map_or(FileId(0), |(last, _)| FileId(last.0 + 1))
    }

    /// The file with this id, if it is one of ours.
    pub fn get(&self, id: FileId) -> Option<&Arc<SourceFile>> {
        self.files.get(&id)
    }

    /// All files, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.files.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> SourceFile {
        SourceFile::from_bytes(FileId(0), "Dockerfile".into(), bytes.to_vec())
    }

    #[test]
    fn bad_bytes_keep_their_offsets() {
        let file = read(b"FROM a\xff\xfeb\nRUN \xc3\n");
        assert_eq!(&*file.text, "FROM a??b\nRUN ?\n");
        let spans: Vec<Span> = file.damage.iter().map(|d| d.span).collect();
        assert_eq!(spans, [Span::new(6, 8), Span::new(14, 15)]);
        assert!(
            file.damage
                .iter()
                .all(|d| d.kind == DamageKind::InvalidUtf8)
        );
    }

    #[test]
    fn utf16_is_one_finding() {
        let file = read(b"\xff\xfeF\0R\0");
        assert_eq!(file.damage.len(), 1);
        assert_eq!(file.damage[0].kind, DamageKind::WideEncoding);
        assert!(file.is_wide());
    }

    #[test]
    fn utf32_is_one_finding_at_its_mark() {
        for bytes in [b"\xff\xfe\0\0F\0\0\0", b"\0\0\xfe\xff\0\0\0F"] {
            let span = Span::new(0, 4);
            let kind = DamageKind::WideEncoding;
            assert_eq!(read(bytes).damage, [Damage { span, kind }]);
        }
    }

    #[test]
    fn a_nul_byte_is_noted_once() {
        let file = read(b"FROM a\0\0");
        assert_eq!(
            file.damage,
            [Damage {
                span: Span::new(6, 7),
                kind: DamageKind::Nul
            }]
        );
        assert_eq!(&*file.text, "FROM a\0\0");
    }

    #[test]
    fn a_sound_file_has_no_damage() {
        assert!(read("\u{feff}FROM é\r\n".as_bytes()).damage.is_empty());
    }
}
