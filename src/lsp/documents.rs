//! The documents that are open in the editor, and the edits to them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lsp_types::Uri;

use super::convert::{self, Encoding};
use super::params::Change;
use crate::text::{FileId, SourceFile};
use crate::workspace::kind::{self, Kind};

/// What a document is known by: a file by its path, however its URI is written, and anything else by its URI.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Name {
    /// A file.
    Path(PathBuf),
    /// Something that is no file: an untitled document, the old side of a comparison.
    Uri(String),
}

impl Name {
    /// The name of what a URI means.
    pub fn new(uri: &Uri) -> Name {
        match convert::path(uri) {
            Some(path) => Name::Path(path),
            None => Name::Uri(uri.as_ref().to_owned()),
        }
    }

    /// The path of a file.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Name::Path(path) => Some(path),
            Name::Uri(_) => None,
        }
    }
}

/// An open document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its URI, as the editor writes it.
    pub uri: Uri,
    /// The number that the editor gave its text.
    pub version: i32,
    /// What the editor takes it for.
    pub language: String,
    /// Its text. The path is that of a file, or a name that stands for the document.
    pub source: SourceFile,
}

impl Document {
    /// What the document is, by its name and its text; what the editor takes it for decides only where these say
    /// nothing. A YAML file is none of ours unless its name says so, and an untitled one if its text does.
    pub fn kind(&self) -> Option<Kind> {
        let (path, text) = (&*self.source.path, &*self.source.text);
        if kind::is_template(path) {
            return None;
        }
        let is_untitled = self.uri.as_ref().starts_with("untitled:");
        match &*self.language {
            "dockerfile" | "containerfile" => {
                kind::kind_of_named(path, text).or(Some(Kind::Dockerfile))
            }
            "dockercompose" => kind::kind_of_named(path, text).or(Some(Kind::Compose)),
            _ if is_untitled => kind::kind_of_named(path, text),
            _ => kind::kind_of_found(path, text),
        }
    }

    /// Makes changes, one after the other.
    fn change(&mut self, changes: Vec<Change>, encoding: Encoding) {
        for change in changes {
            let text = match change.range {
                None => change.text,
                Some(range) => {
                    let span = encoding.span(range, &self.source).range();
                    let old = &*self.source.text;
                    [&old[..span.start], &change.text, &old[span.end..]].concat()
                }
            };
            let path = std::mem::take(&mut self.source.path);
            self.source = SourceFile::from_text(FileId(0), path, text);
        }
    }
}

/// The open documents.
#[derive(Debug, Default)]
pub struct Documents {
    open: BTreeMap<Name, Document>,
}

impl Documents {
    /// Opens a document, or opens it anew.
    pub fn open(&mut self, uri: Uri, language: String, version: i32, text: String) -> Name {
        let name = Name::new(&uri);
        let path = match &name {
            Name::Path(path) => path.clone(),
            Name::Uri(uri) => stand_in(uri),
        };
        let source = SourceFile::from_text(FileId(0), path, text);
        let document = Document {
            uri,
            version,
            language,
            source,
        };
        self.open.insert(name.clone(), document);
        name
    }

    /// Changes a document; nothing if it is not open.
    pub fn change(
        &mut self,
        name: &Name,
        version: i32,
        changes: Vec<Change>,
        encoding: Encoding,
    ) -> Option<&Document> {
        let document = self.open.get_mut(name)?;
        document.change(changes, encoding);
        document.version = version;
        Some(document)
    }

    /// Closes a document; nothing if it is not open.
    pub fn close(&mut self, name: &Name) -> Option<Document> {
        self.open.remove(name)
    }

    /// An open document.
    pub fn get(&self, name: &Name) -> Option<&Document> {
        self.open.get(name)
    }

    /// The open document of a file.
    pub fn at(&self, path: &Path) -> Option<&Document> {
        self.open.get(&Name::Path(path.to_path_buf()))
    }

    /// All open documents, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, &Document)> {
        self.open.iter()
    }

    /// The URI of a file, as the editor writes it if the file is open.
    pub fn uri(&self, path: &Path) -> Uri {
        self.at(path)
            .map_or_else(|| convert::uri(path), |document| document.uri.clone())
    }
}

/// A path for what has none: the last part of its URI, whose name may tell what it is.
fn stand_in(uri: &str) -> PathBuf {
    let rest = uri.split_once(':').map_or(uri, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let name = rest.rsplit('/').next().filter(|name| !name.is_empty());
    PathBuf::from(name.unwrap_or("untitled"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::offset;
    use lsp_types::{Position, Range};

    fn kind(uri: &str, language: &str, text: &str) -> Option<Kind> {
        let mut documents = Documents::default();
        let name = documents.open(uri.into(), language.to_owned(), 1, text.to_owned());
        documents.get(&name)?.kind()
    }

    #[test]
    fn name_and_content_decide_before_the_language() {
        let (docker, compose) = (Some(Kind::Dockerfile), Some(Kind::Compose));
        let services = "services:\n  a:\n    image: b\n";
        for (uri, language, text, expected) in [
            ("file:///w/Dockerfile", "plaintext", "", docker),
            ("file:///w/compose.yaml", "yaml", "", compose),
            ("file:///w/compose.yaml", "dockercompose", services, compose),
            ("file:///w/compose.yaml", "dockerfile", services, compose),
            ("file:///w/api.build", "dockerfile", "FROM a\n", docker),
            ("file:///w/api.build", "dockerfile", "", docker),
            ("file:///w/stack.yml", "dockercompose", "", compose),
            ("file:///w/stack.yml", "yaml", services, None),
            ("file:///w/values.yaml", "yaml", "image: a\n", None),
            (
                "file:///w/Dockerfile.j2",
                "dockerfile",
                "FROM {{ a }}\n",
                None,
            ),
            ("file:///w/notes.txt", "plaintext", "FROM a\n", None),
            ("untitled:Untitled-1", "dockerfile", "", docker),
            ("untitled:Untitled-1", "plaintext", "FROM a\n", docker),
            ("untitled:Untitled-1", "yaml", services, compose),
            ("untitled:Untitled-1", "yaml", "a: b\n", None),
            (
                "git:/w/Dockerfile?ref=HEAD",
                "plaintext",
                "FROM a\n",
                docker,
            ),
        ] {
            assert_eq!(kind(uri, language, text), expected, "{uri} {language}");
        }
    }

    #[test]
    fn one_file_is_one_document_however_its_uri_is_written() {
        let mut documents = Documents::default();
        let uri = "file:///w/%41";
        let name = documents.open(uri.into(), "x".to_owned(), 1, "a".to_owned());
        assert_eq!(name, Name::new(&"file:///w/A".into()));
        assert_eq!(documents.uri(Path::new("/w/A")), uri.into());
    }

    #[test]
    fn changes_build_on_each_other() {
        let mut documents = Documents::default();
        let name = documents.open("file:///w/a".into(), "x".to_owned(), 1, "ab\n".to_owned());
        let at = |line, column| Position::new(line, column);
        let part = |start, end, text: &str| {
            let range = Range::new(start, end);
            let (range, text) = (Some(range), text.to_owned());
            Change { range, text }
        };
        let changes = vec![
            part(at(0, 1), at(0, 1), "é\n"),
            part(at(1, 0), at(9, 9), "c"),
            part(at(1, 1), at(0, 0), "!"),
        ];
        let encoding = Encoding::negotiate([]);
        let changed = documents.change(&name, 2, changes, encoding).expect("open");
        assert_eq!((&*changed.source.text, changed.version), ("aé\nc!", 2));
        let unknown = Name::new(&"file:///w/b".into());
        assert!(
            documents
                .change(&unknown, 2, Vec::new(), encoding)
                .is_none()
        );
    }

    /// Numbers that look random and are the same each time.
    fn numbers(mut seed: u64) -> impl FnMut(usize) -> usize {
        move |limit| {
            seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            usize::try_from(seed >> 33).expect("it fits") % limit
        }
    }

    #[test]
    fn ten_thousand_random_changes_leave_the_editors_text() {
        let words = [
            "a",
            "\n",
            "\r\n",
            "\r",
            "é",
            "🎉",
            "\u{feff}",
            "e\u{301}\n",
            "",
            "",
        ];
        for (seed, name) in ["utf-8", "utf-16", "utf-32"].into_iter().enumerate() {
            let encoding = Encoding::negotiate([name]);
            let mut number = numbers(seed as u64);
            let mut documents = Documents::default();
            let id = documents.open("file:///w/a".into(), "x".to_owned(), 1, String::new());
            // As an editor has it: lines with their ends, and columns counted in the plainest way.
            let mut text = String::new();
            for round in 0..10_000 {
                if text.len() > 300 {
                    text.clear();
                    let (range, text) = (None, String::new());
                    documents.change(&id, round, vec![Change { range, text }], encoding);
                }
                let is_place = |at: &usize| {
                    text.is_char_boundary(*at)
                        && !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n'))
                };
                let places: Vec<usize> = (0..=text.len()).filter(is_place).collect();
                let first = number(places.len());
                let last = (first + number(5)).min(places.len() - 1);
                let position = |place: usize| {
                    let before = text[..place].replace("\r\n", "\n");
                    let rest = before.rsplit(['\n', '\r']).next().unwrap_or_default();
                    let column = match name {
                        "utf-8" => rest.len(),
                        "utf-16" => rest.encode_utf16().count(),
                        _ => rest.chars().count(),
                    };
                    let lines = before.matches(['\n', '\r']).count();
                    Position::new(offset(lines), offset(column))
                };
                let range = Range::new(position(places[first]), position(places[last]));
                let word = words[number(words.len())];
                let change = Change {
                    range: Some(range),
                    text: word.to_owned(),
                };
                let changed = documents.change(&id, round, vec![change], encoding);
                text.replace_range(places[first]..places[last], word);
                let changed = changed.expect("open");
                assert_eq!(&*changed.source.text, text, "{name}, round {round}");
            }
        }
    }
}
