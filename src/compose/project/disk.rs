//! What stands at the paths that a project names: looked up once, when the project is loaded.
//!
//! Of files with secrets or variables it is also known whether git tracks them, and then what they say.
//!
//! Not for: paths of the host outside the workspace, of which nothing is known, and what other files say.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::IgnoredAny;

use super::{Loader, Missing, Project, Readable, Role};
use crate::compose::File;
use crate::compose::build::Build;
use crate::compose::container::Container;
use crate::compose::extent::Extent;
use crate::compose::mount::MountType;
use crate::compose::value::{Field, Scalar};
use crate::text::path::lexical;
use crate::text::{SourceFile, order};

/// The most paths of a project that are looked at.
const MAX_PATHS: usize = 20_000;

/// The most files of a project that git is asked about.
const MAX_TRACKED: usize = 1_000;

/// The most profiles for seccomp that are read.
const MAX_PROFILES: usize = 100;

/// What stands at a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnDisk {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// Nothing.
    Nothing,
}

/// What stands at the paths of a project, as far as it is known.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    known: BTreeMap<OsString, OnDisk>,
    /// Files and folders that are not there and that everybody makes for himself.
    made_later: BTreeSet<PathBuf>,
    tracked: BTreeMap<PathBuf, bool>,
    /// Files with secrets or variables that `git add` takes.
    open_to_git: BTreeSet<PathBuf>,
    texts: BTreeMap<PathBuf, Arc<SourceFile>>,
    env_files: Vec<PathBuf>,
    /// Profiles for seccomp that are not JSON.
    malformed: BTreeSet<PathBuf>,
}

/// What stands behind the name of a file that shows how to write it.
const SAMPLES: [&str; 6] = [
    ".example",
    ".sample",
    ".dist",
    ".template",
    "-example",
    "-sample",
];

impl Disk {
    /// What stands at a path; `None` when that is not known.
    pub fn at(&self, path: &Path) -> Option<OnDisk> {
        self.known.get(path.as_os_str()).copied()
    }

    /// Whether a file with variables or labels or the source of a bind mount that is not there is one that everybody
    /// makes for himself: git ignores it, a sample of it stands there, or it is called `.env`.
    pub fn is_made_later(&self, path: &Path) -> bool {
        self.made_later.contains(path)
    }

    /// Whether git tracks a file as it stands: the file of a secret or config, an `env_file`, or a file with the
    /// project's own variables. `None` for others, and where that is not known.
    pub fn tracked(&self, path: &Path) -> Option<bool> {
        self.tracked.get(path).copied()
    }

    /// Whether such a file is one that git does not track, and that the next `git add` takes.
    pub fn is_open_to_git(&self, path: &Path) -> bool {
        self.open_to_git.contains(path)
    }

    /// What such a file says, if git tracks it or takes it with the next `git add`.
    pub fn text_for_git(&self, path: &Path) -> Option<&SourceFile> {
        self.texts.get(path).map(|source| &**source)
    }

    /// Whether a profile for seccomp is something else than JSON.
    pub fn is_malformed(&self, path: &Path) -> bool {
        self.malformed.contains(path)
    }

    /// The files with the project's own variables, such as `.env`.
    pub fn env_files(&self) -> &[PathBuf] {
        &self.env_files
    }

    /// Looks at all paths that a project names. `env_files` are those that its variables come from first.
    pub(super) fn look(project: &Project, env_files: &[PathBuf], loader: &dyn Loader) -> Disk {
        let mut disk = Disk::default();
        for path in wanted(project) {
            if disk.known.len() >= MAX_PATHS {
                break;
            }
            if disk.known.contains_key(path.as_os_str()) {
                continue;
            }
            let found = match loader.readable(&path) {
                Ok(Readable::File) => OnDisk::File,
                Ok(Readable::Folder) => OnDisk::Folder,
                Err(Missing::NotFound) => OnDisk::Nothing,
                Err(Missing::Folder) => OnDisk::Folder,
                Err(Missing::Unknown) => continue,
            };
            disk.known.insert(path.into(), found);
        }
        for path in text_files(project).into_iter().chain(sources(project)) {
            if disk.at(&path) == Some(OnDisk::Nothing)
                && !disk.made_later.contains(&path)
                && (path.ends_with(".env") || loader.is_ignored(&path) || has_sample(&path, loader))
            {
                disk.made_later.insert(path);
            }
        }
        disk.env_files = env_files.to_vec();
        for file in &project.files {
            if file.role == Role::Environment && !disk.env_files.contains(&file.path) {
                disk.env_files.push(file.path.clone());
            }
        }
        disk.ask_git(project, loader);
        disk.read_profiles(project, loader);
        disk
    }

    /// Reads the profiles for seccomp.
    fn read_profiles(&mut self, project: &Project, loader: &dyn Loader) {
        let containers = project.merged.containers().map(|owned| owned.container);
        let options = containers.flat_map(|container| container.security_options());
        let profiles = options.filter(|option| option.key.value.is("seccomp"));
        let paths = profiles.filter_map(|option| project.local_path(&option.value?.value));
        let paths: BTreeSet<PathBuf> = paths
            .filter(|path| self.at(path) == Some(OnDisk::File))
            .collect();
        for path in paths.into_iter().take(MAX_PROFILES) {
            let source = loader.text(&path);
            let is_json = |text: &str| serde_json::from_str::<IgnoredAny>(text).is_ok();
            if source.is_ok_and(|source| !is_json(&source.text)) {
                self.malformed.insert(path);
            }
        }
    }

    /// Asks git about the files with secrets and variables.
    fn ask_git(&mut self, project: &Project, loader: &dyn Loader) {
        let file: &File = &project.merged;
        let mut named: Vec<&Scalar> = Vec::new();
        for object in file.secrets.iter().chain(&file.configs) {
            named.extend(object.file.as_ref().map(|path| &path.value));
        }
        for owned in file.containers() {
            for env_file in &owned.container.env_file {
                named.push(&env_file.path.value);
            }
        }
        let named = named
            .into_iter()
            .filter_map(|path| project.local_path(path));
        let mut paths: Vec<PathBuf> = named
            .filter(|path| self.at(path) == Some(OnDisk::File))
            .chain(self.env_files.iter().cloned())
            .collect();
        order::sort(&mut paths);
        paths.dedup();
        for path in paths.into_iter().take(MAX_TRACKED) {
            let tracked = loader.tracked(&path);
            let is_open = tracked != Some(true) && loader.is_open_to_git(&path);
            if is_open {
                self.open_to_git.insert(path.clone());
            }
            if (is_open || tracked == Some(true))
                && let Ok(source) = loader.text(&path)
            {
                self.texts.insert(path.clone(), source);
            }
            if let Some(is_tracked) = tracked {
                self.tracked.insert(path, is_tracked);
            }
        }
    }
}

impl Project {
    /// The path that a value names, as that of the root file is given: relative to the folder of the project that the
    /// value stands in. `None` for what is not known, absolute, in somebody's home, of Windows, or fetched.
    pub fn local_path(&self, value: &Scalar) -> Option<PathBuf> {
        let text = value.known().filter(|text| !text.is_empty())?;
        let is_elsewhere = text.starts_with(['/', '~', '\\'])
            || text.contains("://")
            || text.contains(['\0', '\\'])
            || text.starts_with("git@")
            || text.starts_with("github.com/")
            || text.as_bytes().get(1) == Some(&b':');
        if is_elsewhere {
            return None;
        }
        let directory = self.directory_of(value.file())?;
        Some(lexical(&directory.join(text)))
    }

    /// The path that a value names, and what stands there.
    pub fn look(&self, value: &Scalar) -> Option<(PathBuf, OnDisk)> {
        let path = self.local_path(value)?;
        let found = self.disk.at(&path)?;
        Some((path, found))
    }

    /// Paths that are looked at because a path of a build may be meant in another way than it is read: other names of
    /// a Dockerfile, one relative to the project in place of the context, and, for a file that is perhaps merged into
    /// one elsewhere, a context relative to the folder above.
    fn mistaken_paths(&self, build: &Field<Build>) -> Vec<PathBuf> {
        let mut paths = Vec::new();
        if let Some(context) = self.context_path(build) {
            paths.extend(OTHER_NAMES.map(|name| context.join(name)));
            paths.push(context.join("Dockerfile"));
        }
        if let Some(dockerfile) = &build.value.dockerfile {
            paths.extend(self.local_path(&dockerfile.value));
        }
        paths.extend(self.context_from_above(build));
        paths
    }

    /// The context of a build as seen from the folder above, where the file may belong to a project that begins there.
    fn context_from_above(&self, build: &Field<Build>) -> Option<PathBuf> {
        let context = build.value.context.as_ref()?;
        if self.extent == Extent::Whole {
            return None;
        }
        self.local_path(&context.value)?;
        let directory = self.directory_of(context.value.file())?;
        Some(lexical(&directory.join("..").join(context.value.known()?)))
    }

    /// Whether the context of a build is a folder as seen from the folder above, so that the file may well belong to a
    /// project that begins there.
    pub fn has_context_above(&self, build: &Field<Build>) -> bool {
        let path = self.context_from_above(build);
        path.is_some_and(|path| self.disk.at(&path) == Some(OnDisk::Folder))
    }
}

/// The files with variables or labels that a project names.
fn text_files(project: &Project) -> Vec<PathBuf> {
    let containers = project.merged.containers().map(|owned| owned.container);
    let files = containers.flat_map(|container| {
        let variables = container.env_file.iter().map(|file| &file.path);
        variables.chain(&container.label_file)
    });
    files
        .filter_map(|file| project.local_path(&file.value))
        .collect()
}

/// The sources of the bind mounts of a project.
fn sources(project: &Project) -> Vec<PathBuf> {
    let mounts = project
        .merged
        .containers()
        .flat_map(|owned| &owned.container.volumes)
        .filter(|mount| mount.kind() == Some(MountType::Bind));
    mounts
        .filter_map(|mount| project.local_path(&mount.source.as_ref()?.value))
        .collect()
}

/// Whether a file stands beside a path that shows how to write the one at the path.
pub fn has_sample(path: &Path, loader: &dyn Loader) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    let is_there = |name: String| loader.readable(&path.with_file_name(name)) == Ok(Readable::File);
    let behind = SAMPLES.iter().any(|end| is_there(format!("{name}{end}")));
    // `.env.example` is a sample for `.env.local` as well, and `env.example` for `.env`.
    let bare = name.trim_start_matches('.');
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    behind
        || SAMPLES.iter().take(4).any(|end| {
            is_there(format!("{bare}{end}"))
                || !stem.is_empty() && is_there(format!("{stem}{end}"))
                || is_there(format!("{}{name}", end.trim_start_matches('.')))
        })
}

/// The paths that a project names, as far as they are known.
fn wanted(project: &Project) -> Vec<PathBuf> {
    let file: &File = &project.merged;
    let mut paths = Vec::new();
    let mut add = |value: &Scalar| paths.extend(project.local_path(value));
    for owned in file.containers() {
        of_container(owned.container, &mut add);
    }
    for service in &file.services {
        for watch in &service.watch {
            if let Some(path) = &watch.path {
                add(&path.value);
            }
        }
    }
    let mounts = file.containers().flat_map(|owned| &owned.container.volumes);
    for source in mounts.filter_map(|mount| mount.source.as_ref()) {
        // What has the name of an undeclared volume may be meant as a path.
        let name = source.value.known();
        if name.is_some_and(|name| !name.is_empty() && !file.volumes.contains(name)) {
            add(&source.value);
        }
    }
    let objects = file.secrets.iter().chain(&file.configs);
    for object in objects {
        if let Some(path) = &object.file {
            add(&path.value);
        }
    }
    let builds = file
        .containers()
        .filter_map(|owned| owned.container.build.as_ref());
    for container in file.containers().map(|owned| owned.container) {
        if container.build.is_some() {
            paths.extend(installed_paths(project, container));
        }
    }
    for build in builds {
        paths.extend(project.dockerfile_path(build));
        paths.extend(project.mistaken_paths(build));
    }
    paths
}

/// Names under which a Dockerfile is found when none is given, besides `Dockerfile`: BuildKit's
/// (`dockerui/config.go`), and Podman's.
pub const OTHER_NAMES: [&str; 2] = ["dockerfile", "Containerfile"];

/// Folders of installed packages below what a container mounts.
fn installed_paths(project: &Project, container: &Container) -> Vec<PathBuf> {
    const NAMES: [&str; 2] = ["node_modules", "vendor"];
    let mounts = container.volumes.iter();
    let binds = mounts.filter(|mount| mount.kind() == Some(MountType::Bind));
    let sources = binds.filter_map(|mount| project.local_path(&mount.source.as_ref()?.value));
    let sources: Vec<PathBuf> = sources.collect();
    let names = |source: &PathBuf| NAMES.map(|name| source.join(name));
    sources.iter().flat_map(names).collect()
}

fn of_container(container: &Container, add: &mut impl FnMut(&Scalar)) {
    if let Some(build) = &container.build {
        if let Some(context) = &build.value.context {
            add(&context.value);
        }
        for context in &build.value.additional_contexts {
            if let Some(value) = &context.value {
                add(&value.value);
            }
        }
    }
    for file in &container.env_file {
        add(&file.path.value);
    }
    for file in &container.label_file {
        add(&file.value);
    }
    for mount in &container.volumes {
        if mount.kind() == Some(MountType::Bind)
            && let Some(source) = &mount.source
        {
            add(&source.value);
        }
    }
    for option in container.security_options() {
        if option.key.value.is("seccomp")
            && let Some(profile) = &option.value
        {
            add(&profile.value);
        }
    }
}
