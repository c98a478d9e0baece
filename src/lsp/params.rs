//! What requests and edits say, as far as an answer needs it.
//!
//! The protocol's own types hold much more, such as tokens for progress that this server does not report, and reading
//! all of it takes many times the code.

use lsp_types::{CodeActionKind, Position, Range, TextDocumentIdentifier, Uri};
use serde::Deserialize;

/// A question about a whole document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Whole {
    /// The document.
    pub text_document: TextDocumentIdentifier,
}

/// A question about a place.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct At {
    /// The document.
    pub text_document: TextDocumentIdentifier,
    /// The place.
    pub position: Position,
    /// What completion and references say of themselves.
    #[serde(default)]
    pub context: Context,
}

/// What a question about a place says of itself.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Context {
    /// The character that was typed, for a completion that begins by itself.
    pub trigger_character: Option<String>,
    /// Whether declarations are among the references that are asked for.
    pub include_declaration: bool,
}

/// A renaming.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rename {
    /// The document.
    pub text_document: TextDocumentIdentifier,
    /// The place.
    pub position: Position,
    /// What is to stand there.
    pub new_name: String,
}

/// A question about a part of a document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// The document.
    pub text_document: TextDocumentIdentifier,
    /// The part.
    pub range: Range,
}

/// A question about several places.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Places {
    /// The document.
    pub text_document: TextDocumentIdentifier,
    /// The places.
    pub positions: Vec<Position>,
}

/// A question about what can be done in a part of a document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Doing {
    /// The document.
    pub text_document: TextDocumentIdentifier,
    /// The part.
    pub range: Range,
    /// What is asked for.
    pub context: Wanted,
}

/// Which actions are asked for.
#[derive(Deserialize)]
pub struct Wanted {
    /// Only these kinds.
    pub only: Option<Vec<CodeActionKind>>,
}

/// A search in all files.
#[derive(Deserialize)]
pub struct Search {
    /// What is looked for.
    pub query: String,
}

/// A command.
#[derive(Deserialize)]
pub struct Command {
    /// Its name.
    pub command: String,
    /// What it is about.
    pub arguments: Option<Vec<serde_json::Value>>,
}

/// A document was opened.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DidOpen {
    /// The document.
    pub text_document: Opened,
}

/// A document that was opened.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    /// Its address.
    pub uri: Uri,
    /// What the editor takes it for.
    pub language_id: String,
    /// The number of its text.
    pub version: i32,
    /// Its text.
    pub text: String,
}

/// A document was changed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DidChange {
    /// The document.
    pub text_document: Version,
    /// What changed, one after the other.
    pub content_changes: Vec<Change>,
}

/// A text of a document.
#[derive(Deserialize)]
pub struct Version {
    /// The document's address.
    pub uri: Uri,
    /// The number of the text.
    pub version: i32,
}

/// A change of a text.
#[derive(Deserialize)]
pub struct Change {
    /// What is replaced; nothing for the whole text.
    pub range: Option<Range>,
    /// What stands there now.
    pub text: String,
}
