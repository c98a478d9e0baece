//! Answers to what editors ask besides findings: what `ide` knows, in the protocol's terms.

mod completion;
mod format;
mod hints;
mod lenses;
mod names;
mod outline;
mod place;
mod tokens;

use std::path::{Path, PathBuf};

use lsp_types::{MarkupContent, MarkupKind, ServerCapabilities, Uri};

use super::documents::{Document, Name};
use super::features::Feature;
use super::session::{Files, Session};
use crate::ide::{self, Listed, Workspace};
use crate::text::{SourceFile, Span};
use crate::workspace::kind::Kind;

/// What is kept between two questions.
pub struct Answers<'f> {
    workspace: Workspace<'f>,
    /// Whether there may be other files than the workspace was told of.
    is_list_stale: bool,
}

impl<'f> Answers<'f> {
    /// Nothing was asked yet.
    pub fn new(files: &'f Files) -> Answers<'f> {
        Answers {
            workspace: Workspace::new(files),
            is_list_stale: true,
        }
    }

    /// A document has another text; `None` for one that was closed.
    pub fn changed(&mut self, name: &Name, document: Option<&Document>) {
        self.is_list_stale = true;
        let path = path_of(name);
        match (name, document) {
            (Name::Path(_), Some(document)) => self.workspace.set_kind(&path, document.kind()),
            (Name::Path(_), None) => self.workspace.set_kind(&path, None),
            (Name::Uri(_), Some(document)) => {
                let text = document.source.text.clone();
                self.workspace.hold(&path, text, document.kind());
            }
            (Name::Uri(_), None) => self.workspace.changed(&path),
        }
    }

    /// Files came or went.
    pub fn forget(&mut self) {
        self.is_list_stale = true;
        self.workspace.forget();
    }
}

/// The path under which the workspace knows a document. One that is no file gets a path where no file can be.
fn path_of(name: &Name) -> PathBuf {
    match name {
        Name::Path(path) => path.clone(),
        Name::Uri(uri) => {
            let plain = |c: char| {
                if matches!(c, '/' | '\\' | ':') {
                    '-'
                } else {
                    c
                }
            };
            let folder: String = uri.chars().map(plain).collect();
            let last = uri.rsplit(['/', ':']).next().unwrap_or_default();
            Path::new("/dev/null").join(folder).join(last)
        }
    }
}

/// A document that a question is about.
struct Asked<'a, 'f> {
    session: &'a Session<'f>,
    workspace: &'a Workspace<'f>,
    uri: &'a Uri,
    path: PathBuf,
    document: &'a ide::Document,
}

impl<'f> Session<'f> {
    /// The session, and the workspace that knows of all changes.
    fn up_to_date(&mut self) -> (&Session<'f>, &Workspace<'f>) {
        if self.answers.is_list_stale {
            self.answers.is_list_stale = false;
            self.settle();
            let mut listed = Listed::default();
            for found in self.index.files() {
                match found.kind {
                    Some(Kind::Compose) => listed.compose.push(found.path.clone()),
                    Some(Kind::Dockerfile) => listed.dockerfiles.push(found.path.clone()),
                    _ => {}
                }
            }
            self.answers.workspace.open(self.index.folders());
            self.answers.workspace.give(self.index.given());
            self.answers.workspace.list(listed);
        }
        (self, &self.answers.workspace)
    }

    /// What may be said otherwise at a place of a document.
    pub fn rewrites(&mut self, name: &Name, range: lsp_types::Range) -> Vec<ide::Rewrite> {
        let uri = self.uri(name);
        let found = self.ask(&uri, |asked| {
            let span = asked.span(range);
            Some(ide::rewrites(asked.workspace, &asked.path, span))
        });
        found.unwrap_or_default()
    }

    /// The answer to a question about a document.
    fn ask<T>(&mut self, uri: &Uri, answer: impl FnOnce(&Asked<'_, 'f>) -> Option<T>) -> Option<T> {
        let path = path_of(&Name::new(uri));
        let (session, workspace) = self.up_to_date();
        let asked = Asked {
            session,
            workspace,
            uri,
            document: workspace.document(&path)?,
            path,
        };
        answer(&asked)
    }
}

/// A text for people in which files of the workspace's folders are named from there.
fn shown(session: &Session<'_>, text: &str) -> String {
    let mut shown = text.to_owned();
    for folder in session.index.folders() {
        let prefix = format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR);
        shown = shown.replace(&prefix, "");
    }
    shown
}

impl Asked<'_, '_> {
    fn source(&self) -> &SourceFile {
        &self.document.source
    }

    fn at(&self, position: lsp_types::Position) -> u32 {
        let source = self.source();
        let encoding = self.session.client.encoding;
        encoding.offset(position, &source.lines, &source.text)
    }

    fn span(&self, range: lsp_types::Range) -> Span {
        self.session.client.encoding.span(range, self.source())
    }

    fn range(&self, span: Span) -> lsp_types::Range {
        self.session.client.encoding.range(span, self.source())
    }

    /// Whether the client said that it can do something.
    fn can(&self, pointer: &str) -> bool {
        let ability = self.session.client.capabilities.pointer(pointer);
        ability.and_then(serde_json::Value::as_bool) == Some(true)
    }

    /// Markdown as the client takes it. `pointer` is where it says which formats it takes.
    fn words(&self, markdown: String, pointer: &str) -> MarkupContent {
        let formats = self.session.client.capabilities.pointer(pointer);
        let formats = formats.and_then(serde_json::Value::as_array);
        match formats.is_none_or(|formats| formats.iter().any(|format| format == "markdown")) {
            true => MarkupContent {
                kind: MarkupKind::Markdown,
                value: markdown,
            },
            false => MarkupContent {
                kind: MarkupKind::PlainText,
                value: plain(&markdown),
            },
        }
    }
}

/// Markdown without the marks that a reader of plain text can do without.
fn plain(markdown: &str) -> String {
    let lines = markdown.lines().filter(|line| !line.starts_with("```"));
    let lines: Vec<String> = lines
        .map(|line| line.trim_end().replace(['`', '*'], ""))
        .collect();
    lines.join("\n")
}

/// All features that are answered here.
pub(super) fn features() -> Vec<Feature> {
    let mut features = outline::features();
    features.extend(completion::features());
    features.extend(format::features());
    features.extend(hints::features());
    features.extend(lenses::features());
    features.extend(names::features());
    features.extend(place::features());
    features.extend(tokens::features());
    features
}

/// Says that something is answered, in the way of most features.
fn on<T: From<bool>>(slot: &mut Option<T>) {
    *slot = Some(true.into());
}

/// Tells the client of nothing, because another line of the table does.
fn told_elsewhere(_: &super::client::Client, _: &mut ServerCapabilities) {}

#[cfg(test)]
mod tests {
    #[test]
    fn plain_text_has_no_marks() {
        let markdown = "```yaml\na: b\n```\n\n**image**: `x`  \nnext";
        assert_eq!(super::plain(markdown), "a: b\n\nimage: x\nnext");
    }
}
