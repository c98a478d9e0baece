//! A Compose project: all files that `docker compose` would load together, merged into one.
//!
//! [`Project::load`] follows the order of compose-go's loader: each document in turn is read, takes in what it
//! includes, has its `extends` resolved, and is merged over what came before. What cannot be followed (a remote file,
//! a path with an unknown variable, a file outside the workspace) is said, and the project is then only known in part.
//!
//! Not for: deciding which files make a project (`workspace::projects`), and what one file says by itself ([`File`]).

mod build;
pub mod disk;
mod load;
mod nulls;
mod variables;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::File;
use super::build::Build;
use super::dotenv::{self, Format};
use super::environment::Environment;
use super::extent::Extent;
use super::service::Service;
use super::undefined::{self, Undefined};
use super::value::{Field, Name};
use crate::diagnostic::SyntaxError;
use crate::text::path::lexical;
use crate::text::{FileId, Location, SourceFile, Span};
use crate::yaml::Yaml;

pub use disk::{Disk, OnDisk};
pub use load::{Loader, Missing, Readable, Root, Siblings};

/// A project.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Everything that its files say together. Every place in it names the file that it is in.
    pub merged: Arc<File>,
    /// How much of the project is known: of a part, what seems to be missing may be there.
    pub extent: Extent,
    /// The folder that relative paths of the root files begin at.
    pub directory: PathBuf,
    /// The variables of the project's `.env`.
    pub environment: Arc<Environment>,
    /// All files that were read, in the order in which they were first needed.
    pub files: Vec<ProjectFile>,
    /// What keeps the files from becoming a project, with the file that each error stands in.
    pub problems: Vec<(FileId, SyntaxError)>,
    /// The folders that relative paths begin at, by the file that says them; nothing where that depends on the way
    /// on which a file was reached.
    pub directories: BTreeMap<FileId, Option<PathBuf>>,
    /// What stands at the paths that the project names.
    pub disk: Disk,
    /// The texts of its files that were read.
    pub texts: BTreeMap<FileId, Arc<str>>,
    /// Which service extends which, in the order in which they were followed.
    pub extended: Vec<Extended>,
    /// The files in its folder that Compose would look for.
    pub siblings: Siblings,
    /// The files with variables and labels that were read: those of the project, and those of its containers.
    pub variables: Vec<VariableFile>,
    /// Where the scalars stand, by file, whose defaults the variables of the project replace.
    pub replaced: BTreeMap<FileId, Vec<Span>>,
    pub(crate) undefined: OnceLock<Vec<Undefined>>,
}

/// A file with variables or labels, in the workspace.
#[derive(Clone, Debug, PartialEq)]
pub struct VariableFile {
    /// Which file of the run.
    pub id: FileId,
    /// Its path, as that of the root file is given.
    pub path: PathBuf,
    /// Its grammar.
    pub format: Format,
    /// Its entries.
    pub entries: Vec<dotenv::Entry>,
    /// Whether the Compose files take variables from it. Otherwise a container does.
    pub of_project: bool,
}

/// The most files with variables of containers that are read.
const MAX_VARIABLE_FILES: usize = 500;

/// A service that extends another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extended {
    /// The name of the service that extends.
    pub service: Box<str>,
    /// Where `extends` names the other one.
    pub at: Location,
    /// The name of the other one, where it is declared.
    pub base: Name,
    /// Where its value stands.
    pub base_at: Location,
}

/// A file of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectFile {
    /// Which file of the run.
    pub id: FileId,
    /// Its path, as that of the root file is given.
    pub path: PathBuf,
    /// Why it belongs to the project.
    pub role: Role,
}

/// Why a file belongs to a project.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// It is the file that the project begins with.
    Base,
    /// It is merged over the base.
    Override,
    /// Another file includes it.
    Include,
    /// A service of another file extends one of its services.
    Extends,
    /// Variables of the project stand in it.
    Environment,
}

impl Role {
    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Base => "base",
            Role::Override => "override",
            Role::Include => "include",
            Role::Extends => "extends",
            Role::Environment => "env",
        }
    }
}

/// A Compose file that was read.
#[derive(Debug)]
pub struct Loaded {
    /// Its text.
    pub source: SourceFile,
    /// Its tree.
    pub yaml: Yaml,
}

impl Project {
    /// The project of one file that leads to no other.
    pub fn alone(
        file: Arc<File>,
        root: &Root,
        source: &SourceFile,
        loader: Option<&dyn Loader>,
    ) -> Project {
        let path = root.files.first().map_or(Path::new(""), PathBuf::as_path);
        let extent = if root.is_certain && !root.has_variants && file.is_whole() {
            Extent::Whole
        } else {
            file.extent(path)
        };
        let mut project = Project {
            extent,
            siblings: root.siblings.clone(),
            directories: BTreeMap::from([(file.id, Some(root.directory.clone()))]),
            texts: BTreeMap::from([(file.id, source.text.clone())]),
            directory: root.directory.clone(),
            files: vec![ProjectFile {
                id: file.id,
                path: path.to_path_buf(),
                role: Role::Base,
            }],
            merged: file,
            ..Project::default()
        };
        if let Some(loader) = loader {
            project.read_environment(root, loader);
            project.disk = Disk::look(&project, &root.env_files, loader);
            project.read_variables(loader);
        }
        project
    }

    /// Reads the `.env` of a project whose files have no variables.
    fn read_environment(&mut self, root: &Root, loader: &dyn Loader) {
        let before = self.variables.len();
        for path in &root.env_files {
            let Ok(source) = loader.text(path) else {
                continue;
            };
            self.files.push(ProjectFile {
                id: source.id,
                path: path.clone(),
                role: Role::Environment,
            });
            self.read_variable_file(&source, path.clone(), Format::Dotenv, true);
        }
        let read = self.variables.iter().skip(before);
        let environment = Environment::default().with_files(read.map(|file| &*file.entries));
        self.environment = Arc::new(environment);
    }

    /// Reads the files with variables and labels of its containers, each once, and says what is wrong in them.
    fn read_variables(&mut self, loader: &dyn Loader) {
        let mut wanted = BTreeMap::new();
        for owned in self.merged.containers() {
            let container = owned.container;
            let variables = container.env_file.iter().map(|file| {
                let format = file.format.as_ref().map(|format| &format.value);
                let format = match format {
                    None => Some(Format::Dotenv),
                    Some(format) => format.is("raw").then_some(Format::Raw),
                };
                (&file.path, format)
            });
            let labels = container.label_file.iter();
            let labels = labels.map(|file| (file, Some(Format::Dotenv)));
            for (text, format) in variables.chain(labels) {
                if let Some(format) = format
                    && wanted.len() < MAX_VARIABLE_FILES
                    && let Some((path, OnDisk::File)) = self.look(&text.value)
                {
                    wanted
                        .entry((path, format == Format::Raw))
                        .or_insert(format);
                }
            }
        }
        for ((path, is_raw), format) in wanted {
            let is_known = |file: &VariableFile| file.path == path && file.of_project;
            // What is wrong in `.env` was said, but for the other grammar.
            if !is_raw && self.variables.iter().any(is_known) {
                continue;
            }
            if let Ok(source) = loader.text(&path) {
                self.read_variable_file(&source, path, format, false);
            }
        }
    }

    fn read_variable_file(
        &mut self,
        source: &SourceFile,
        path: PathBuf,
        format: Format,
        of_project: bool,
    ) {
        let parsed = dotenv::parse(&source.text, format);
        let errors = parsed.errors.into_iter();
        self.problems.extend(errors.map(|error| (source.id, error)));
        self.texts.insert(source.id, source.text.clone());
        self.variables.push(VariableFile {
            id: source.id,
            path,
            format,
            entries: parsed.tree,
            of_project,
        });
    }

    /// Loads a project with all files that it leads to.
    pub fn load(root: &Root, environment: Environment, loader: &dyn Loader) -> Project {
        build::load(root, environment, loader)
    }

    /// A service as it is in the end, by its name.
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.merged.service(name)
    }

    /// The folder from which a build takes its files, if it is one of the workspace and known.
    pub fn context_path(&self, build: &Field<Build>) -> Option<PathBuf> {
        match &build.value.context {
            Some(context) => self.local_path(&context.value),
            None => Some(self.directory_of(build.key.file)?.to_path_buf()),
        }
    }

    /// The Dockerfile of a build, if it is a file of the workspace and known.
    pub fn dockerfile_path(&self, build: &Field<Build>) -> Option<PathBuf> {
        if build.value.dockerfile_inline.is_some() {
            return None;
        }
        let context = self.context_path(build)?;
        match &build.value.dockerfile {
            None => Some(context.join("Dockerfile")),
            Some(dockerfile) => match dockerfile.value.known()? {
                "" => Some(context.join("Dockerfile")),
                path if path.contains("://") || path.contains(['\\', '\0']) => None,
                path => Some(lexical(&context.join(path))),
            },
        }
    }

    /// The names that something of the project uses and nothing of it declares, whatever the profile.
    pub fn undefined(&self) -> &[Undefined] {
        self.undefined.get_or_init(|| undefined::find(self))
    }

    /// Where to say something about a file as a whole: its first section.
    pub fn beginning(&self) -> Location {
        let file = &self.merged;
        let keys = [
            file.services.key,
            file.jobs.key,
            file.networks.key,
            file.volumes.key,
            file.secrets.key,
            file.configs.key,
            file.models.key,
            file.name.as_ref().map(|name| name.key),
            file.version.as_ref().map(|version| version.key),
        ];
        let first = |key: &Location| key.file == file.id;
        let keys = keys.into_iter().flatten().filter(first);
        keys.min_by_key(|key| key.span.start).unwrap_or(Location {
            file: file.id,
            span: Span::empty(0),
        })
    }

    /// The name of the file that the project begins with, if it is its only Compose file.
    pub fn only_name(&self) -> Option<&str> {
        let mut files = self.files.iter();
        let mut files = files.by_ref().filter(|file| file.role != Role::Environment);
        let first = files.next()?;
        files.next().is_none().then_some(())?;
        first.path.file_name()?.to_str()
    }

    /// The text of one of its files; empty for those that were not read.
    pub fn text(&self, file: FileId) -> &str {
        self.texts.get(&file).map_or("", |text| text)
    }

    /// The folder that relative paths in a file begin at, if it is only one.
    pub fn directory_of(&self, file: FileId) -> Option<&Path> {
        self.directories.get(&file)?.as_deref()
    }
}
