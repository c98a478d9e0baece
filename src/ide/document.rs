//! One document, parsed when somebody first asks.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::names::{self, Local};
use crate::compose::File;
use crate::compose::project::Loaded;
use crate::diagnostic::SyntaxError;
use crate::dockerfile::Dockerfile;
use crate::text::SourceFile;
use crate::workspace::kind::Kind;
use crate::workspace::projects::{self, Leads};

/// A document of a workspace.
#[derive(Debug)]
pub struct Document {
    /// Its text.
    pub source: SourceFile,
    /// What it is; `None` for a file that is none of ours.
    pub kind: Option<Kind>,
    dockerfile: OnceLock<DockerfileText>,
    compose: OnceLock<ComposeText>,
    leads: OnceLock<Leads>,
    names: OnceLock<Arc<Local>>,
}

/// A Dockerfile that was read.
#[derive(Debug)]
pub struct DockerfileText {
    /// What it says.
    pub model: Dockerfile,
    /// Where it does not follow the grammar.
    pub errors: Vec<SyntaxError>,
}

/// A Compose file that was read.
#[derive(Debug)]
pub struct ComposeText {
    /// Its tree, with its text.
    pub loaded: Arc<Loaded>,
    /// What it says by itself.
    pub file: File,
    /// Where it is no YAML.
    pub errors: Vec<SyntaxError>,
}

impl Document {
    pub(super) fn new(source: SourceFile, kind: Option<Kind>) -> Document {
        Document {
            source,
            kind,
            dockerfile: OnceLock::new(),
            compose: OnceLock::new(),
            leads: OnceLock::new(),
            names: OnceLock::new(),
        }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.source.path
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.source.text
    }

    /// The document as a Dockerfile, if it is one.
    pub fn dockerfile(&self) -> Option<&DockerfileText> {
        let read = || {
            let parsed = crate::dockerfile::parse::parse(&self.source.text);
            DockerfileText {
                model: Dockerfile::new(parsed.tree),
                errors: parsed.errors,
            }
        };
        (self.kind == Some(Kind::Dockerfile)).then(|| self.dockerfile.get_or_init(read))
    }

    /// The document as a Compose file, if it is one.
    pub fn compose(&self) -> Option<&ComposeText> {
        let read = || {
            let parsed = crate::yaml::parse(&self.source.text);
            ComposeText {
                file: File::lower(&parsed.tree, self.source.id),
                loaded: Arc::new(Loaded {
                    source: self.source.clone(),
                    yaml: parsed.tree,
                }),
                errors: parsed.errors,
            }
        };
        (self.kind == Some(Kind::Compose)).then(|| self.compose.get_or_init(read))
    }

    /// Where names stand in it.
    pub(super) fn names(&self) -> &Arc<Local> {
        self.names.get_or_init(|| Arc::new(names::of(self)))
    }

    /// The files that a Compose file leads to.
    pub(super) fn leads(&self) -> &Leads {
        let read = || projects::leads(&self.source.path, &self.source.text);
        self.leads.get_or_init(read)
    }
}
