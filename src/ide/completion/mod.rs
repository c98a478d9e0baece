//! What may be written at the cursor.
//!
//! Works on lines that do not parse, since a line that is being written seldom does: of a Dockerfile the instruction
//! up to the cursor is read anew, of a Compose file the indentation of the lines above. What is offered replaces the
//! word at the cursor; which of it fits what was typed so far, the editor finds out.

mod comment;
mod compose;
mod dockerfile;
mod image;
mod path;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::path::Path;

use super::workspace::Workspace;
use crate::engine::meta::Rule;
use crate::text::span::offset;
use crate::text::{Span, order};

/// The most that is offered at once.
const MOST: usize = 1_000;

/// What may be written at a place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Completions {
    /// The best first.
    pub items: Vec<Completion>,
    /// Whether there is more, to be asked for when more was typed.
    pub is_incomplete: bool,
}

/// Something that may be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    /// What it is called.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words on it, in plain text.
    pub detail: Option<String>,
    /// More on it, in Markdown.
    pub documentation: Option<String>,
    /// The bytes that it takes the place of: those of the word at the cursor, on one line.
    pub span: Span,
    /// What takes their place.
    pub text: String,
    /// The same with places to fill in, in the language server protocol's grammar, for who can show these.
    pub snippet: Option<String>,
    /// Whether it is on its way out.
    pub is_deprecated: bool,
    /// What is smaller comes first.
    rank: u8,
}

/// What a [`Completion`] is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CompletionKind {
    /// An instruction or another word of the language.
    Keyword,
    /// A flag of an instruction, or a key of a mapping.
    Key,
    /// A value that is one of a list.
    Value,
    /// A variable or argument.
    Variable,
    /// A stage, service or another thing with a name.
    Name,
    /// An image.
    Image,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A rule of a linter.
    Rule,
}

impl Completion {
    fn new(label: impl Into<String>, kind: CompletionKind, span: Span) -> Completion {
        let label = label.into();
        Completion {
            text: label.clone(),
            label,
            kind,
            detail: None,
            documentation: None,
            span,
            snippet: None,
            is_deprecated: false,
            rank: 5,
        }
    }

    fn text(mut self, text: impl Into<String>) -> Completion {
        self.text = text.into();
        self
    }

    fn detail(mut self, detail: impl Into<String>) -> Completion {
        let detail = detail.into();
        let clean = detail.chars().map(|c| if c.is_control() { ' ' } else { c });
        self.detail = Some(clean.take(120).collect());
        self
    }

    fn doc(mut self, documentation: impl Into<String>) -> Completion {
        self.documentation = Some(documentation.into());
        self
    }

    fn snippet(mut self, snippet: String) -> Completion {
        self.snippet = Some(snippet);
        self
    }

    fn rank(mut self, rank: u8) -> Completion {
        self.rank = rank;
        self
    }
}

/// What may be written at a byte. `rules` are those that comments may name.
pub fn completions(
    workspace: &Workspace<'_>,
    rules: &'static [Rule],
    path: &Path,
    at: u32,
) -> Completions {
    let Some(document) = workspace.document(path) else {
        return Completions::default();
    };
    let text = document.text();
    if !text.is_char_boundary(at as usize) || at as usize > text.len() {
        return Completions::default();
    }
    let cursor = Cursor { text, at };
    let mut items = if let Some(dockerfile) = document.dockerfile() {
        dockerfile::completions(workspace, rules, path, &dockerfile.model, cursor)
    } else if document.compose().is_some() {
        compose::completions(workspace, rules, document, cursor)
    } else {
        Vec::new()
    };
    order::sort_by(&mut items, |a, b| {
        (a.rank, &a.label).cmp(&(b.rank, &b.label))
    });
    // The first of two is the better one.
    let mut known = HashSet::new();
    items.retain(|item| known.insert(item.label.clone()));
    let is_incomplete = items.len() >= MOST;
    items.truncate(MOST - 1);
    Completions {
        items,
        is_incomplete,
    }
}

/// A place in a text.
#[derive(Clone, Copy, Debug)]
struct Cursor<'t> {
    text: &'t str,
    at: u32,
}

impl<'t> Cursor<'t> {
    /// The line up to the cursor.
    fn before(self) -> &'t str {
        let before = self.text.get(..self.at as usize).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        before[start..].trim_start_matches('\u{feff}')
    }

    /// The rest of the line, without the break.
    fn behind(self) -> &'t str {
        let behind = self.text.get(self.at as usize..).unwrap_or_default();
        let end = behind.find('\n').unwrap_or(behind.len());
        behind[..end].trim_end_matches('\r')
    }

    /// The word that was begun with `typed`, and what there is of it behind the cursor if anything was typed.
    fn word(self, typed: &str, is_part: fn(char) -> bool) -> Span {
        let typed_len = typed.len().min(self.before().len());
        let behind = self.behind();
        let rest = behind.find(|c| !is_part(c)).unwrap_or(behind.len());
        let rest = if typed_len == 0 { 0 } else { rest };
        Span::new(self.at - offset(typed_len), self.at + offset(rest))
    }
}

/// Whether a character belongs to a name.
fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// Whether a character belongs to the name of a variable.
fn in_variable(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The name of a variable that is being written at the end of a text, and whether a brace is open before it.
fn open_variable(before: &str) -> Option<(&str, bool)> {
    let head = before.trim_end_matches(in_variable);
    let name = &before[head.len()..];
    let (head, has_brace) = match head.strip_suffix('{') {
        Some(head) => (head, true),
        None => (head, false),
    };
    let head = head.strip_suffix('$')?;
    let doubled = head.len() - head.trim_end_matches('$').len();
    (doubled % 2 == 0 && !name.starts_with(|c: char| c.is_ascii_digit()))
        .then_some((name, has_brace))
}

/// The name of a variable as an item that closes the brace.
fn variable(cursor: Cursor<'_>, name: &str, typed: &str, has_brace: bool) -> Completion {
    let span = cursor.word(typed, in_variable);
    let rest = cursor.text.get(span.end as usize..).unwrap_or_default();
    let is_open = has_brace && !rest.starts_with(['}', ':', '-', '+', '?', '#', '%', '/']);
    let text = if is_open {
        format!("{name}}}")
    } else {
        name.to_owned()
    };
    Completion::new(name, CompletionKind::Variable, span).text(text)
}

/// Text that stands for itself in a snippet.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '$' | '}' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
