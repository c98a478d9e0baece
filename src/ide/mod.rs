//! What an editor asks about a document: the names in it, where they are declared and used, its outline, what may be
//! written at the cursor.
//!
//! Everything is said in bytes of a file, never in the terms of a protocol, which are `lsp`'s. A question is a function
//! of a [`Workspace`], a path and an offset. Texts may be half-typed: nothing here relies on a tree without errors.
//!
//! Not for: diagnostics and their fixes (`check`), and for words to people that a rule's README has.

mod completion;
mod document;
mod folding;
mod format;
mod hints;
mod hover;
mod lenses;
mod line;
mod links;
mod names;
mod rewrite;
mod selection;
mod signature;
mod symbols;
#[cfg(test)]
mod testing;
mod tokens;
mod words;
mod workspace;

use std::path::PathBuf;

pub use completion::{Completion, CompletionKind, Completions, completions};
pub use document::{ComposeText, DockerfileText, Document};
pub use folding::{Fold, FoldKind, folds};
pub use format::{Style, format, format_new_line};
pub use hints::{Hint, hints};
pub use hover::{Hover, hover, rule_words};
pub use lenses::{Lens, lenses};
pub use links::{Link, LinkTarget, links};
pub use names::{
    Access, NameKind, Named, NamedKind, RenameError, Role, Target, definition, highlights,
    prepare_rename, references, rename, workspace_symbols,
};
pub use rewrite::{Rewrite, rewrites};
pub use selection::selection;
pub use signature::{Signature, Signatures, signatures};
pub use symbols::{Symbol, SymbolKind, symbols};
pub use tokens::{Token, TokenKind, tokens};
pub use workspace::{Listed, Team, Workspace};

use crate::text::Span;

/// A place in a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Place {
    /// The file, as the workspace names it.
    pub path: PathBuf,
    /// The bytes in it.
    pub span: Span,
}
