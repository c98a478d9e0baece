//! What stands at the paths that a project names: looked up once, when the project is loaded.
//!
//! Not for: paths of the host outside the workspace, of which nothing is known, and what files say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Loader, Missing, Project, Readable};
use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::mount::MountType;
use crate::compose::value::Scalar;
use crate::text::path::lexical;

/// The most paths of a project that are looked at.
const MAX_PATHS: usize = 20_000;

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
    known: BTreeMap<PathBuf, OnDisk>,
}

impl Disk {
    /// What stands at a path; `None` when that is not known.
    pub fn at(&self, path: &Path) -> Option<OnDisk> {
        self.known.get(path).copied()
    }

    /// Looks at all paths that a project names.
    pub(super) fn look(project: &Project, loader: &dyn Loader) -> Disk {
        let mut disk = Disk::default();
        for path in wanted(project) {
            if disk.known.len() >= MAX_PATHS {
                break;
            }
            if disk.known.contains_key(&path) {
                continue;
            }
            let found = match loader.readable(&path) {
                Ok(Readable::File) => OnDisk::File,
                Ok(Readable::Folder) => OnDisk::Folder,
                Err(Missing::NotFound) => OnDisk::Nothing,
                Err(Missing::Folder) => OnDisk::Folder,
                Err(Missing::Unknown) => continue,
            };
            disk.known.insert(path, found);
        }
        disk
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
    let objects = file.secrets.iter().chain(&file.configs);
    for object in objects {
        if let Some(path) = &object.file {
            add(&path.value);
        }
    }
    let builds = file
        .containers()
        .filter_map(|owned| owned.container.build.as_ref());
    paths.extend(builds.filter_map(|build| project.dockerfile_path(build)));
    paths
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
    for option in &container.security_opt {
        let text = option.value.text();
        if let Some(at) = text.find("seccomp").map(|at| at + "seccomp=".len())
            && at < text.len()
        {
            add(&option.value.part(at..text.len()));
        }
    }
}
