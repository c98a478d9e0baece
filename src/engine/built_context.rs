//! The folder that a build of a project takes its files from: what a Dockerfile copies, compared with what is there.
//!
//! Plain data: who looks at the folder is not this module's business (`check`).

use std::path::{Path, PathBuf};

use super::built::{BuildUse, Reading};
use crate::compose::extent::Extent;
use crate::compose::project::{OnDisk, Project};
use crate::dockerfile::context::{BuildContext, Root};
use crate::dockerfile::ignorefile::Verdict;
use crate::dockerfile::source::ContextSource;
use crate::text::Location;

/// The folder that a build takes its files from.
#[derive(Clone, Debug)]
pub struct BuiltContext {
    /// Its path, as that of the project is given.
    pub path: PathBuf,
    /// Its names and the ignore file that applies.
    pub root: BuildContext,
    /// What stands at each source of the Dockerfile, in the order of
    /// [`Dockerfile::context_sources`](crate::dockerfile::Dockerfile::context_sources); of very many the first ones.
    pub taken: Vec<Taken>,
    /// Whether whoever sees the Dockerfile by itself takes the same folder for its context, and how sure that is.
    pub seen_alone: Option<Root>,
    /// Whether the ignore file is the Dockerfile's own, which applies in any context.
    pub has_own_ignore: bool,
}

/// What stands in a context at a source of `COPY` or `ADD`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What it is; `None` when that is not known, as for a pattern, behind a link, or in an empty folder.
    pub found: Option<OnDisk>,
    /// What the ignore file says about it.
    pub verdict: Verdict,
    /// Of what is not there: whether it is likely made before the build. Git ignores it, or a sample of it is there.
    pub is_made_later: bool,
    /// Of what is not there: its path, where it stands beside the Dockerfile.
    pub beside: Option<PathBuf>,
    /// The names of files with secrets right in the folder, as far as there are a few.
    pub secrets: Vec<Box<str>>,
}

impl BuiltContext {
    /// The path of a file as seen from the context, if it lies in it.
    pub fn inside(&self, path: &Path) -> Option<String> {
        let inside = match self.path.as_os_str().is_empty() {
            true if path.is_relative() => path,
            true => return None,
            false => path.strip_prefix(&self.path).ok()?,
        };
        let text = inside.to_str()?;
        (!text.is_empty() && !text.starts_with("..")).then(|| text.to_owned())
    }
}

impl<'n> BuildUse<'n> {
    /// The context of a build, and what the build takes from its Dockerfile. `None` where either is not certain.
    pub fn taking(&self, project: &Project) -> Option<Taking<'n>> {
        let is_settled = match project.extent {
            Extent::Whole => true,
            Extent::Unclear => self.is_settled(project) && !project.has_context_above(self.build),
            Extent::Part => false,
        };
        let context = self.context.filter(|_| is_settled)?;
        Some(Taking {
            context,
            reading: self.reading()?,
        })
    }

    /// Where to say something about the context of a build: at its path, or at the build where none is given.
    pub fn context_at(&self) -> Location {
        match &self.build.value.context {
            Some(context) => context.text_at(),
            None => self.build.key,
        }
    }
}

/// What a build takes from its context.
#[derive(Clone, Debug)]
pub struct Taking<'n> {
    /// The context.
    pub context: &'n BuiltContext,
    /// The Dockerfile.
    pub reading: Reading<'n>,
}

impl<'n> Taking<'n> {
    /// The sources of the stages that the build needs for sure, and what stands there.
    pub fn sources(&self) -> impl Iterator<Item = (&'n ContextSource, &'n Taken)> {
        let model = self.reading.model();
        let all = model.context_sources().iter().zip(&self.context.taken);
        all.filter(|(source, _)| {
            let stage = model.stage_of(source.instruction);
            stage.is_some_and(|stage| self.reading.needs(stage.index))
        })
    }

    /// Those whose files become part of the image: of the stage that is built, and of those that it begins with.
    pub fn kept_sources(&self) -> impl Iterator<Item = (&'n ContextSource, &'n Taken)> {
        let model = self.reading.model();
        let chain: Vec<usize> = model.chain(self.reading.stage).map(|s| s.index).collect();
        self.sources().filter(move |(source, _)| {
            let stage = model.stage_of(source.instruction);
            stage.is_some_and(|stage| chain.contains(&stage.index))
        })
    }
}
