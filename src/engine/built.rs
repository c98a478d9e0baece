//! The link between both languages: a container of a project and the Dockerfile that it is built from.
//!
//! Not for: reading Dockerfiles (`check`), and which path leads to one (`compose::project`).

use std::path::PathBuf;

use crate::compose::build::Build;
use crate::compose::container::Container;
use crate::compose::value::{Field, Name};
use crate::dockerfile::{Dockerfile, Stage};
use crate::text::{Cooked, FileId, Location, Span};

/// A container that is built, and the Dockerfile that it is built from.
#[derive(Clone, Copy, Debug)]
pub struct BuildUse<'n> {
    /// The service or job that the container belongs to.
    pub owner: &'n Name,
    /// The container after merging.
    pub container: &'n Container,
    /// How it is built.
    pub build: &'n Field<Build>,
    /// The Dockerfile, if it could be read.
    pub dockerfile: Option<&'n BuiltFile>,
}

/// A Dockerfile that a project builds.
#[derive(Debug)]
pub struct BuiltFile {
    /// Its path as that of the project is given, or that of the Compose file that it stands in.
    pub path: PathBuf,
    /// Its number; for a Dockerfile that stands in a Compose file that of the Compose file.
    pub file: FileId,
    /// What it says. What it knows of the build context is that of the first build that uses it.
    pub model: Dockerfile,
    /// For a Dockerfile that stands in a Compose file: the map from the text to that file. Places in the model are
    /// places in the text then.
    pub inline: Option<Cooked<'static>>,
}

impl BuiltFile {
    /// A place in the model as a place in a file.
    pub fn location(&self, span: Span) -> Location {
        let span = match &self.inline {
            Some(text) => text.span(span.range()),
            None => span,
        };
        Location {
            file: self.file,
            span,
        }
    }
}

impl BuildUse<'_> {
    /// The number of the stage that is built: the target, or the last one. `None` when the target is not known or
    /// there is no such stage.
    pub fn stage(&self) -> Option<usize> {
        let model = &self.dockerfile?.model;
        let Some(target) = &self.build.value.target else {
            return model.stages.len().checked_sub(1);
        };
        let target = target.value.known()?;
        if target.is_empty() {
            return model.stages.len().checked_sub(1);
        }
        let named = |stage: &Stage| {
            let name = stage.name.as_ref();
            name.is_some_and(|name| name.value.eq_ignore_ascii_case(target))
        };
        model.stages.iter().rposition(named)
    }
}
