//! Reads the Dockerfiles that a project builds, and looks at the folders that they are built in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::compose::build::Build;
use crate::compose::project::disk::has_sample;
use crate::compose::project::{Loader, OnDisk, Project};
use crate::compose::value::Field;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::context::{BuildContext, MAX_SECRETS};
use crate::dockerfile::source::ContextSource;
use crate::engine::built::{BuildUse, BuiltFile};
use crate::engine::built_context::{BuiltContext, Taken};
use crate::engine::walk;
use crate::text::{Cooked, FileId, Location};
use crate::workspace::beside::Below;
use crate::workspace::projects::Files;

/// The most Dockerfiles of a project that are read.
const MAX_BUILT: usize = 500;

/// The most sources of the Dockerfiles of a project that are looked for.
const MAX_TAKEN: usize = 2_000;

/// The Dockerfiles of a project, and the folders that they are built in.
#[derive(Debug, Default)]
pub struct Builts {
    /// By their paths.
    files: BTreeMap<PathBuf, BuiltFile>,
    /// Those that stand in Compose files, by where they stand.
    inline: Vec<(Location, BuiltFile)>,
    /// Of each folder and Dockerfile.
    contexts: BTreeMap<(PathBuf, Written), BuiltContext>,
}

/// Where a Dockerfile stands: in a file, or in a Compose file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Written {
    File(PathBuf),
    Inline(Location),
}

impl Written {
    fn of(project: &Project, build: &Field<Build>) -> Option<Written> {
        match &build.value.dockerfile_inline {
            Some(inline) => Some(Written::Inline(inline.at)),
            None => project.dockerfile_path(build).map(Written::File),
        }
    }
}

impl Builts {
    /// The containers of the project that are built, each with its Dockerfile where that could be read.
    pub fn uses<'b>(&'b self, project: &'b Project) -> Vec<BuildUse<'b>> {
        let containers = project.merged.containers();
        let uses = containers.filter_map(|owned| {
            let build = owned.container.build.as_deref()?;
            let written = Written::of(project, build);
            let dockerfile = written.as_ref().and_then(|written| self.file(written));
            let key = project.context_path(build).zip(written);
            Some(BuildUse {
                owner: owned.owner,
                container: owned.container,
                build,
                dockerfile,
                context: key.and_then(|key| self.contexts.get(&key)),
            })
        });
        uses.collect()
    }

    fn file(&self, written: &Written) -> Option<&BuiltFile> {
        match written {
            Written::File(path) => self.files.get(path),
            Written::Inline(at) => {
                let mut all = self.inline.iter();
                all.find(|(known, _)| known == at).map(|(_, built)| built)
            }
        }
    }
}

/// Reads the Dockerfiles that a project builds.
pub(super) fn built_files(project: &Project, files: Option<&Files<'_>>) -> Builts {
    let mut builts = Builts::default();
    let mut left = MAX_TAKEN;
    for owned in project.merged.containers() {
        let Some(build) = owned.container.build.as_deref() else {
            continue;
        };
        if builts.files.len() + builts.inline.len() >= MAX_BUILT {
            break;
        }
        let Some(written) = Written::of(project, build) else {
            continue;
        };
        if builts.file(&written).is_none() {
            match &written {
                Written::Inline(at) => {
                    let inline = build.value.dockerfile_inline.as_ref();
                    let Some(inline) = inline.filter(|inline| inline.value.known().is_some())
                    else {
                        continue;
                    };
                    let text: Arc<str> = inline.value.text().into();
                    let inner = Some(inline.value.cooked().clone());
                    let built = built_file(PathBuf::new(), at.file, &text, inner);
                    builts.inline.push((*at, built));
                }
                Written::File(path) => {
                    let source = files.and_then(|files| files.text(path).ok());
                    let Some(source) = source else {
                        continue;
                    };
                    let built = built_file(path.clone(), source.id, &source.text, None);
                    builts.files.insert(path.clone(), built);
                }
            }
        }
        let context = project.context_path(build);
        if let (Some(files), Some(context), Some(built)) = (files, context, builts.file(&written)) {
            let key = (context, written);
            if !builts.contexts.contains_key(&key)
                && let Some(found) = look(&key.0, built, files, &mut left)
            {
                builts.contexts.insert(key, found);
            }
        }
    }
    builts
}

fn built_file(
    path: PathBuf,
    file: FileId,
    text: &Arc<str>,
    inline: Option<Cooked<'static>>,
) -> BuiltFile {
    let parsed = crate::dockerfile::parse::parse(text);
    let is_sound = parsed.errors.is_empty() && BuiltFile::is_read_by_docker(&parsed.tree);
    BuiltFile {
        path,
        file,
        text: text.clone(),
        model: Dockerfile::new(parsed.tree),
        inline,
        is_sound,
    }
}

/// Looks at the folder that a Dockerfile is built in. `left` is how many sources may still be looked for.
fn look(
    path: &Path,
    built: &BuiltFile,
    files: &Files<'_>,
    left: &mut usize,
) -> Option<BuiltContext> {
    // Of a Dockerfile that stands in a Compose file only the context's ignore file counts.
    let own = match &built.inline {
        Some(_) => path.join("Dockerfile"),
        None => built.path.clone(),
    };
    let mut beside = files.folder(path, &own)?;
    if built.inline.is_some() {
        beside.own_ignore = None;
    }
    let is_own = built.inline.is_none() && own.parent() == Some(path);
    let (root, seen_alone) = walk::with_folder(&beside, |folder| {
        (BuildContext::certain(folder), built.model.root_in(folder))
    });
    let sources = built.model.context_sources();
    let count = sources.len().min(*left);
    *left -= count;
    let place = (!is_own && built.inline.is_none())
        .then(|| own.parent())
        .flatten();
    let taken = sources.iter().take(count);
    let taken = taken.map(|source| taken_of(source, path, place, &root, files));
    Some(BuiltContext {
        path: path.to_path_buf(),
        taken: taken.collect(),
        seen_alone: seen_alone.filter(|_| is_own),
        has_own_ignore: beside.own_ignore.is_some(),
        root,
    })
}

fn taken_of(
    source: &ContextSource,
    context: &Path,
    place: Option<&Path>,
    root: &BuildContext,
    files: &Files<'_>,
) -> Taken {
    let mut taken = Taken {
        found: None,
        verdict: root.verdict(&source.path),
        is_made_later: false,
        beside: None,
        secrets: Vec::new(),
    };
    let is_everything = source.is_everything();
    if source.path.starts_with("..") || !is_everything && source.is_pattern() {
        return taken;
    }
    let below = match is_everything {
        true => Some(Below::Folder),
        false => files.below(context, &source.path),
    };
    let path = match is_everything {
        true => context.to_path_buf(),
        false => context.join(&*source.path),
    };
    taken.found = below.map(|below| match below {
        Below::File => OnDisk::File,
        Below::Folder => OnDisk::Folder,
        Below::Nothing => OnDisk::Nothing,
    });
    match taken.found {
        Some(OnDisk::Nothing) => {
            // A pattern of git may mean folders only.
            taken.is_made_later = files.is_ignored(&path)
                || files.is_ignored(&path.join("x"))
                || has_sample(&path, files);
            let is_beside = |place: &&Path| {
                let below = files.below(place, &source.path);
                matches!(below, Some(Below::File | Below::Folder))
            };
            taken.beside = place
                .filter(is_beside)
                .map(|place| place.join(&*source.path));
        }
        Some(OnDisk::Folder) => taken.secrets = secrets_in(&path, source, root, files),
        Some(OnDisk::File) | None => {}
    }
    taken
}

/// The names of files with secrets right in a folder that is taken, which the ignore file lets through.
fn secrets_in(
    path: &Path,
    source: &ContextSource,
    root: &BuildContext,
    files: &Files<'_>,
) -> Vec<Box<str>> {
    let names = files.names(path);
    let names = names.iter().flat_map(|names| names.iter());
    let found = names.filter(|name| {
        let inside = match source.is_everything() {
            true => name.text.to_string(),
            false => format!("{}/{}", source.path, name.text),
        };
        !name.is_folder && !name.is_link && root.has_secret(&inside)
    });
    let found = found.map(|name| name.text.clone());
    found.take(MAX_SECRETS).collect()
}
