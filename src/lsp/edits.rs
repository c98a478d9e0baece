//! Changes to files as the protocol has them: with versions, and in an order, for clients that know these.

use std::collections::HashMap;
use std::path::Path;

use lsp_types::{
    CreateFile, DocumentChange, OptionalVersionedTextDocumentIdentifier, SnippetTextEdit,
    StringValue, TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};
use similar::DiffTag;

use super::documents::Name;
use super::session::Session;
use crate::diagnostic::Companion;
use crate::text::diff::{line_changes, lines};
use crate::text::edit::with_lines;
use crate::text::span::offset;
use crate::text::{Edit, FileId, SourceFile, Span};
use crate::workspace::fs::{Entry, FileSystem};

/// Changes to one file.
pub struct Change {
    uri: Uri,
    version: Option<i32>,
    /// Whether the file is to be made first.
    is_new: bool,
    edits: Vec<lsp_types::Edit>,
}

impl Change {
    /// Edits of a document.
    pub fn new(session: &Session<'_>, name: &Name, source: &SourceFile, edits: &[Edit]) -> Change {
        let document = session.documents.get(name);
        let edits = edits.iter().map(|edit| {
            let range = session.client.encoding.range(edit.span, source);
            TextEdit::new(range, edit.text.clone()).into()
        });
        Change {
            uri: session.uri(name),
            version: document.map(|document| document.version),
            is_new: false,
            edits: edits.collect(),
        }
    }

    /// Like [`Change::new`], with a `hole` in what is inserted, which the editor selects, if it can do that.
    pub fn with_hole(
        session: &Session<'_>,
        name: &Name,
        source: &SourceFile,
        edits: &[Edit],
        hole: &str,
    ) -> Change {
        let mut change = Change::new(session, name, source, edits);
        if !session.client.takes_snippets {
            return change;
        }
        for edit in &mut change.edits {
            if let lsp_types::Edit::TextEdit(plain) = edit
                && let Some((before, behind)) = plain.new_text.split_once(hole)
            {
                let value = format!(
                    "{}${{1:{}}}{}",
                    escaped(before),
                    escaped(hole),
                    escaped(behind)
                );
                *edit = SnippetTextEdit {
                    range: plain.range,
                    snippet: StringValue { value },
                    annotation_id: None,
                }
                .into();
            }
        }
        change
    }

    /// The lines that a fix adds to a file in a folder; nothing if the client cannot make files and must.
    pub fn companion(
        session: &Session<'_>,
        folder: &Path,
        companion: &Companion,
    ) -> Option<Change> {
        let path = folder.join(&*companion.name);
        let is_there = matches!(session.files.entry(&path), Ok(Entry::File));
        let old = match is_there {
            true => String::from_utf8(session.files.read(&path).ok()?).ok()?,
            false => String::new(),
        };
        let makes_files = session.client.creates_files && session.client.takes_document_changes;
        if !is_there && !makes_files {
            return None;
        }
        let new = with_lines(&old, &companion.lines);
        let added = new.get(old.len()..)?.to_owned();
        let source = SourceFile::from_text(FileId(0), path.clone(), old);
        let edit = Edit::insert(offset(source.text.len()), added);
        let change = Change::new(session, &Name::Path(path), &source, &[edit]);
        Some(Change {
            is_new: !is_there,
            ..change
        })
    }
}

/// A text without what is special in a snippet.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '$' | '}' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// All changes together.
pub fn workspace_edit(session: &Session<'_>, changes: Vec<Change>) -> WorkspaceEdit {
    if !session.client.takes_document_changes {
        let mut all: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
        for change in changes {
            let edits = change.edits.into_iter().filter_map(|edit| match edit {
                lsp_types::Edit::TextEdit(edit) => Some(edit),
                _ => None,
            });
            all.entry(change.uri).or_default().extend(edits);
        }
        return WorkspaceEdit {
            changes: Some(all),
            ..WorkspaceEdit::default()
        };
    }
    let mut all: Vec<DocumentChange> = Vec::new();
    for change in changes {
        if change.is_new {
            all.push(
                CreateFile {
                    uri: change.uri.clone(),
                    options: None,
                    annotation_id: None,
                }
                .into(),
            );
        }
        let text_document = OptionalVersionedTextDocumentIdentifier {
            version: change.version,
            text_document_identifier: TextDocumentIdentifier { uri: change.uri },
        };
        let edits = change.edits;
        all.push(
            TextDocumentEdit {
                text_document,
                edits,
            }
            .into(),
        );
    }
    WorkspaceEdit {
        document_changes: Some(all),
        ..WorkspaceEdit::default()
    }
}

/// The edits that make one text of another, line by line, so that what stays keeps its place in the editor.
pub fn difference(old: &str, new: &str) -> Vec<Edit> {
    let (old_lines, new_lines) = (lines(old.as_bytes()), lines(new.as_bytes()));
    let starts: Vec<u32> = std::iter::once(0)
        .chain(old_lines.iter().scan(0, |end, line| {
            *end += line.len();
            Some(offset(*end))
        }))
        .collect();
    let at = |line: usize| starts.get(line).copied().unwrap_or(offset(old.len()));
    let mut edits = Vec::new();
    for change in line_changes(&old_lines, &new_lines) {
        let (tag, old_range, new_range) = change.as_tag_tuple();
        if tag == DiffTag::Equal {
            continue;
        }
        let span = Span::new(at(old_range.start), at(old_range.end));
        let lines = new_lines.get(new_range).unwrap_or_default();
        let text = String::from_utf8_lossy(&lines.concat()).into_owned();
        edits.push(Edit::replace(span, text));
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::apply;

    #[test]
    fn a_difference_touches_what_differs() {
        for (old, new, count) in [
            ("a\nb\nc\n", "a\nx\nc\n", 1),
            ("a\nb\nc", "b\nc\nd", 2),
            ("", "a\n", 1),
            ("a\r\nb", "", 1),
            ("é\n", "é\n", 0),
        ] {
            let edits = difference(old, new);
            assert_eq!(apply(old, &edits).as_deref(), Ok(new));
            assert_eq!(edits.len(), count, "{old:?} {new:?}");
        }
    }

    #[test]
    fn what_is_special_in_a_snippet_is_escaped() {
        assert_eq!(escaped(r"${A}\n"), r"\${A\}\\n");
    }
}
