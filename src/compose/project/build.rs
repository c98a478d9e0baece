//! Loads a project: reads documents, takes in what they include and extend, and merges them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use elsa::FrozenMap;

use super::disk::Disk;
use super::{
    Extended, Loaded, Loader, Missing, Project, ProjectFile, Readable, Role, Root, VariableFile,
    nulls, variables,
};
use crate::compose::dotenv::{self, Format};
use crate::compose::environment::Environment;
use crate::compose::extent::Extent;
use crate::compose::file::{self, Include};
use crate::compose::merge::Merger;
use crate::compose::reader::Reader;
use crate::compose::service::Extends;
use crate::compose::tree::{Entry, EntryTag, Node, Source, Tree};
use crate::compose::validate;
use crate::compose::value::Text;
use crate::diagnostic::{Severity, SyntaxError};
use crate::grammar::excerpt;
use crate::text::path::lexical;
use crate::text::{FileId, Located, Location};

/// How many files a project may have. Real ones have some dozens.
const MAX_FILES: usize = 2_000;

/// How many files deep `include` and `extends` are followed.
const MAX_DEPTH: usize = 100;

/// The sections whose entries `include` brings.
const IMPORTED: [&str; 7] = [
    "services", "jobs", "networks", "volumes", "secrets", "configs", "models",
];

pub(super) fn load(root: &Root, environment: Environment, loader: &dyn Loader) -> Project {
    let store = FrozenMap::new();
    let mut builder = Builder {
        loader,
        store: &store,
        tree: Tree::default(),
        project: Project {
            directory: root.directory.clone(),
            siblings: root.siblings.clone(),
            ..Project::default()
        },
        known: HashSet::new(),
        validated: HashSet::new(),
        extended: HashMap::new(),
        has_gaps: false,
    };
    let mut environment = environment;
    for path in &root.env_files {
        if let Some(entries) = builder.env_file(path) {
            environment = environment.with_files([&*entries]);
        }
    }
    let environment = Arc::new(environment);
    let context = Context {
        directory: root.directory.clone(),
        environment: environment.clone(),
        chain: Vec::new(),
        role: Role::Base,
    };
    builder.listed(root);
    let merged = builder.model(&root.files, &context);
    builder.finish(merged, root, environment)
}

/// The documents of one file or project are read with this in mind.
#[derive(Clone)]
struct Context {
    /// The folder that relative paths begin at.
    directory: PathBuf,
    environment: Arc<Environment>,
    /// The files through which this one was included, the first one first.
    chain: Vec<PathBuf>,
    role: Role,
}

struct Builder<'d, 'l> {
    loader: &'l dyn Loader,
    store: &'d FrozenMap<PathBuf, Arc<Loaded>>,
    tree: Tree<'d>,
    project: Project,
    /// The files that are in the list of the project's files.
    known: HashSet<PathBuf>,
    /// The files of which it was seen whether they are right with the values of their variables.
    validated: HashSet<FileId>,
    /// Services that others extend, resolved already, by their section and name.
    extended: HashMap<(Node, String), Node>,
    has_gaps: bool,
}

/// Where `extends` stands that is being resolved.
struct Place {
    path: PathBuf,
    context: Context,
}

impl<'d> Builder<'d, '_> {
    fn problem(&mut self, file: FileId, error: SyntaxError) {
        self.project.problems.push((file, error));
    }

    /// Says that something of the project cannot be seen.
    fn gap(&mut self, at: Location, message: String) {
        self.has_gaps = true;
        let error = SyntaxError::new("analysis-incomplete", at.span, message)
            .with_severity(Severity::Info)
            .with_help("rules about what is missing or undefined do not speak of this project");
        self.problem(at.file, error);
    }

    fn register(&mut self, id: FileId, path: &Path, role: Role) {
        if self.known.insert(path.to_path_buf()) {
            self.project.files.push(ProjectFile {
                id,
                path: path.to_path_buf(),
                role,
            });
        }
    }

    /// Reads a file with variables.
    fn env_file(&mut self, path: &Path) -> Option<Vec<dotenv::Entry>> {
        match self.loader.text(path) {
            Ok(source) => {
                self.register(source.id, path, Role::Environment);
                let parsed = dotenv::parse(&source.text, Format::Dotenv);
                for error in parsed.errors {
                    self.problem(source.id, error);
                }
                self.project.texts.insert(source.id, source.text.clone());
                self.project.variables.push(VariableFile {
                    id: source.id,
                    path: path.to_path_buf(),
                    format: Format::Dotenv,
                    entries: parsed.tree.clone(),
                    of_project: true,
                });
                Some(parsed.tree)
            }
            Err(Missing::Unknown) => {
                self.has_gaps = true;
                None
            }
            Err(Missing::NotFound | Missing::Folder) => None,
        }
    }

    /// Says which files that `COMPOSE_FILE` names are not there.
    fn listed(&mut self, root: &Root) {
        let files = self.project.variables.iter().filter(|file| file.of_project);
        let found = files.filter_map(|file| {
            let mut entries = file.entries.iter().rev();
            let entry = entries.find(|entry| &*entry.name == "COMPOSE_FILE")?;
            Some((file.id, entry.value.as_ref()?.text.clone(), &file.path))
        });
        // The first file that sets it has set it.
        let found = found
            .take(1)
            .map(|(id, text, path)| (id, text, path.clone()));
        for (id, list, env_file) in found.collect::<Vec<_>>() {
            let folder = env_file.parent().unwrap_or(Path::new(""));
            for path in &root.files {
                let missing = self.loader.readable(path).err();
                let Some(missing @ (Missing::NotFound | Missing::Folder)) = missing else {
                    continue;
                };
                let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy();
                let Some(start) = list.text().find(&*name) else {
                    continue;
                };
                let at = Location {
                    file: id,
                    span: list.span(start..start + name.len()),
                };
                self.absent("include-file-not-found", at, &name, missing);
            }
        }
    }

    /// A file, read once.
    fn file(&mut self, path: &Path) -> Result<&'d Loaded, Missing> {
        if let Some(loaded) = self.store.get(path) {
            return Ok(loaded);
        }
        if self.store.len() >= MAX_FILES {
            return Err(Missing::Unknown);
        }
        let loaded = self.loader.compose(path)?;
        Ok(self.store.insert(path.to_path_buf(), loaded))
    }

    /// Files of a project merged in their order; nothing if none could be read.
    fn model(&mut self, paths: &[PathBuf], context: &Context) -> Option<Node> {
        let mut merged = None;
        for (index, path) in paths.iter().enumerate() {
            let Ok(loaded) = self.file(path) else {
                // The caller has looked; it is gone, or it is one too many.
                self.has_gaps = true;
                continue;
            };
            let role = match context.role {
                Role::Base if index > 0 => Role::Override,
                role => role,
            };
            self.register(loaded.source.id, path, role);
            for node in self.documents(loaded, context) {
                let place = Place {
                    path: path.clone(),
                    context: context.clone(),
                };
                let node = self.with_included(node, &place);
                let node = self.with_extended(node, &place);
                merged = Some(match merged {
                    None => node,
                    Some(base) => self.merge(base, node, Vec::new()),
                });
            }
        }
        merged
    }

    /// The roots of a file's documents.
    fn documents(&mut self, loaded: &'d Loaded, context: &Context) -> Vec<Node> {
        let id = loaded.source.id;
        self.project.texts.insert(id, loaded.source.text.clone());
        self.has_gaps |= !loaded.yaml.skipped.is_empty();
        let environment = &context.environment;
        for error in variables::unset(&loaded.yaml, environment) {
            self.problem(id, error);
        }
        let has_values = !environment.is_empty() && loaded.source.text.contains('$');
        if has_values && self.validated.insert(id) {
            let valued = validate::with_values(&loaded.yaml, environment);
            for error in valued.errors {
                self.problem(id, error);
            }
            self.project.replaced.insert(id, valued.replaced);
        }
        let directory = self.project.directories.entry(id);
        directory
            .and_modify(|known| {
                if known.as_ref() != Some(&context.directory) {
                    *known = None;
                }
            })
            .or_insert_with(|| Some(context.directory.clone()));
        let documents = loaded.yaml.documents.iter();
        let sources = documents.filter_map(|document| {
            self.tree.add(Source {
                document,
                file: id,
                environment: Some(context.environment.clone()),
            })
        });
        sources.collect()
    }

    fn merge(&mut self, base: Node, over: Node, mut path: Vec<Cow<'d, str>>) -> Node {
        let mut merger = Merger::new(&mut self.tree);
        let node = merger.merge(base, over, &mut path);
        self.has_gaps |= merger.is_exhausted();
        let errors = merger.errors;
        self.project.problems.extend(errors);
        node
    }

    /// A document with what it includes.
    fn with_included(&mut self, node: Node, place: &Place) -> Node {
        let Some(include) = self.tree.entry(node, "include") else {
            return node;
        };
        let items = self.tree.items(include.node);
        let cx = Reader::new(&self.tree);
        let items: Vec<Include> = items
            .into_iter()
            .filter_map(|item| Include::read(&cx, item))
            .collect();
        let mut entries = self.tree.entries(node);
        entries.retain(|entry| entry.name != "include");
        let own: HashSet<String> = entries.iter().map(|entry| entry.name.to_string()).collect();
        let at = self.tree.at(node);
        for item in items {
            if let Some(model) = self.included(&item, place) {
                self.import(model, &mut entries, &own);
            }
        }
        self.tree.make_map(at, entries)
    }

    /// Puts the resources of an included project below those of the file.
    fn import(&mut self, model: Node, entries: &mut Vec<Entry<'d>>, own: &HashSet<String>) {
        for section in self.tree.entries(model) {
            if !IMPORTED.contains(&&*section.name) || section.tag == EntryTag::Reset {
                continue;
            }
            match entries.iter().position(|entry| entry.name == section.name) {
                None => entries.push(section),
                Some(place) => {
                    let local = entries[place].node;
                    if own.contains(&*section.name) {
                        self.conflicts(section.node, local, &section.name);
                    }
                    entries[place].node =
                        self.merge(section.node, local, vec![section.name.clone()]);
                }
            }
        }
    }

    /// Says which names an included project and the file both declare.
    fn conflicts(&mut self, imported: Node, local: Node, section: &str) {
        let imported: HashMap<Cow<'_, str>, Location> = self
            .tree
            .entries(imported)
            .into_iter()
            .map(|entry| (entry.name, entry.key))
            .collect();
        for entry in self.tree.entries(local) {
            let Some(other) = imported.get(&entry.name) else {
                continue;
            };
            if other.file == entry.key.file {
                continue;
            }
            let what = section.strip_suffix('s').unwrap_or(section);
            let message = format!(
                "an included file declares the {what} `{}` as well; both are merged",
                excerpt(&entry.name)
            );
            let error = SyntaxError::new("include-resource-conflict", entry.key.span, message)
                .with_help("give one of them another name, or change it in an override file");
            self.problem(entry.key.file, error);
        }
    }

    /// The project that an item of `include` brings.
    fn included(&mut self, include: &Include, place: &Place) -> Option<Node> {
        let context = &place.context;
        let mut paths = Vec::with_capacity(include.path.len());
        for text in &include.path {
            let path = self.local(text, &context.directory, "included")?;
            match self.file(&path) {
                Ok(_) => paths.push(path),
                Err(missing) => {
                    self.not_found("include-file-not-found", text, missing);
                    return None;
                }
            }
        }
        let first = paths.first()?;
        let mut chain = context.chain.clone();
        chain.push(place.path.clone());
        if chain.contains(first) || chain.len() > MAX_DEPTH {
            let at = include.path.first()?.at;
            let message = format!(
                "`{}` includes itself",
                excerpt(include.path.first()?.value.text())
            );
            let error = SyntaxError::new("include-cycle", at.span, message)
                .with_help("move what both need into a third file");
            self.problem(at.file, error);
            return None;
        }
        let directory = match &include.project_directory {
            None => first.parent().unwrap_or(Path::new("")).to_path_buf(),
            Some(field) => match field.value.known() {
                Some(directory) => lexical(&context.directory.join(directory)),
                None => {
                    self.gap(
                        field.at,
                        unknown_path("the project directory", field.value.text()),
                    );
                    return None;
                }
            },
        };
        let mut files = Vec::new();
        if include.env_file.is_empty() {
            files.extend(self.env_file(&directory.join(".env")));
        }
        for text in &include.env_file {
            let path = self.local(text, &context.directory, "read for variables")?;
            if path == Path::new("/dev/null") {
                continue;
            }
            match self.loader.readable(&path) {
                Ok(Readable::File) => files.extend(self.env_file(&path)),
                Ok(Readable::Folder) => {
                    self.not_found("include-env-file-not-found", text, Missing::Folder);
                }
                Err(missing) => self.not_found("include-env-file-not-found", text, missing),
            }
        }
        let environment = context
            .environment
            .with_files(files.iter().map(Vec::as_slice));
        let inner = Context {
            directory,
            environment: Arc::new(environment),
            chain,
            role: Role::Include,
        };
        self.model(&paths, &inner)
    }

    /// The path that a text names, if it is a file here; otherwise says why it is not followed.
    fn local(&mut self, text: &Text, directory: &Path, verb: &str) -> Option<PathBuf> {
        let Some(known) = text.value.known() else {
            self.gap(text.at, unknown_path("the path", text.value.text()));
            return None;
        };
        if is_remote(known) {
            self.gap(
                text.at,
                format!(
                    "`{}` is {verb} from elsewhere and not looked at",
                    excerpt(known)
                ),
            );
            if !is_pinned(known) {
                let error = SyntaxError::new(
                    "remote-include",
                    text.at.span,
                    format!("`{}` can change at any time", excerpt(known)),
                )
                .with_help("name a commit or a digest, so that nobody else decides what runs here");
                self.problem(text.at.file, error);
            }
            return None;
        }
        Some(lexical(&directory.join(known)))
    }

    fn not_found(&mut self, rule: &'static str, text: &Text, missing: Missing) {
        self.absent(rule, text.at, text.value.text(), missing);
    }

    /// Says that a file is not there which is named at a place.
    fn absent(&mut self, rule: &'static str, at: Location, name: &str, missing: Missing) {
        self.has_gaps = true;
        let name = excerpt(name);
        let message = match missing {
            Missing::NotFound => format!("there is no file `{name}`"),
            Missing::Folder => format!("`{name}` is a folder, not a file"),
            Missing::Unknown => {
                self.gap(at, format!("`{name}` cannot be looked at"));
                return;
            }
        };
        let error = SyntaxError::new(rule, at.span, message)
            .with_help("paths count from the folder of the project that names them");
        self.problem(at.file, error);
    }

    /// A document whose services and jobs have what they extend. Of another file, jobs extend services too.
    fn with_extended(&mut self, node: Node, place: &Place) -> Node {
        let node = self.with_section_extended(node, "services", place);
        self.with_section_extended(node, "jobs", place)
    }

    fn with_section_extended(&mut self, node: Node, section: &str, place: &Place) -> Node {
        let Some(services) = self.tree.entry(node, section) else {
            return node;
        };
        let mut entries = self.tree.entries(services.node);
        let mut has_extends = false;
        for entry in &mut entries {
            if self.tree.entry(entry.node, "extends").is_none() {
                continue;
            }
            has_extends = true;
            let mut chain = Vec::new();
            entry.node = self.resolved(services.node, entry, place, &mut chain);
        }
        if !has_extends {
            return node;
        }
        let at = self.tree.at(services.node);
        let merged = self.tree.make_map(at, entries);
        let mut root = self.tree.entries(node);
        for entry in &mut root {
            if entry.name == section {
                entry.node = merged;
            }
        }
        let at = self.tree.at(node);
        self.tree.make_map(at, root)
    }

    /// A service over the one that it extends. `chain` holds the services through which it was reached.
    fn resolved(
        &mut self,
        services: Node,
        service: &Entry<'d>,
        place: &Place,
        chain: &mut Vec<(PathBuf, String)>,
    ) -> Node {
        let key = (services, service.name.to_string());
        if let Some(node) = self.extended.get(&key) {
            return *node;
        }
        let Some(extends) = self.tree.entry(service.node, "extends") else {
            return service.node;
        };
        let read = Extends::of(&Reader::new(&self.tree), extends.node);
        let base =
            read.and_then(|extends| self.base(services, &service.name, &extends, place, chain));
        let node = match base {
            None => service.node,
            Some(base) => {
                let path = vec![Cow::Borrowed("services"), service.name.clone()];
                let merged = self.merge(base, service.node, path);
                let mut entries = self.tree.entries(merged);
                entries.retain(|entry| entry.name != "extends");
                let at = self.tree.at(service.node);
                self.tree.make_map(at, entries)
            }
        };
        self.extended.insert(key, node);
        node
    }

    /// The service that another one extends.
    fn base(
        &mut self,
        services: Node,
        name: &str,
        extends: &Extends,
        place: &Place,
        chain: &mut Vec<(PathBuf, String)>,
    ) -> Option<Node> {
        let wanted = extends.service.as_ref()?;
        let Some(known) = wanted.value.known() else {
            self.gap(wanted.at, unknown_path("the service", wanted.value.text()));
            return None;
        };
        let link = (place.path.clone(), name.to_owned());
        if chain.contains(&link) || chain.len() >= MAX_DEPTH {
            let error = SyntaxError::new(
                "extends-cycle",
                wanted.at.span,
                format!("`{}` extends itself", excerpt(name)),
            )
            .with_help("let both extend a third service");
            self.problem(wanted.at.file, error);
            return None;
        }
        chain.push(link);
        let found = match &extends.file {
            None => self
                .find(services, known)
                .map(|entry| (services, entry, None)),
            Some(file) => {
                let text = Text {
                    value: file.value.clone(),
                    at: file.at,
                };
                let path = self.local(&text, &place.context.directory, "extended");
                let loaded = path.map(|path| (self.file(&path), path));
                match loaded {
                    None => {
                        chain.pop();
                        return None;
                    }
                    Some((Err(missing), _)) => {
                        self.not_found("extends-file-not-found", &text, missing);
                        chain.pop();
                        return None;
                    }
                    Some((Ok(loaded), path)) => self.find_in(loaded, path, known, &place.context),
                }
            }
        };
        let Some((services, entry, elsewhere)) = found else {
            self.no_such_service(known, wanted, extends, services);
            chain.pop();
            return None;
        };
        let inner = elsewhere.as_ref().unwrap_or(place);
        self.project.extended.push(Extended {
            service: name.into(),
            at: wanted.text_at(),
            base: Located {
                value: (*entry.name).into(),
                at: entry.key,
            },
            base_at: self.tree.at(entry.node),
        });
        let node = self.resolved(services, &entry, inner, chain);
        chain.pop();
        Some(node)
    }

    fn find(&self, services: Node, name: &str) -> Option<Entry<'d>> {
        self.tree.entry(services, name)
    }

    /// A service of another file, and what `extends` in that file begins at.
    fn find_in(
        &mut self,
        loaded: &'d Loaded,
        path: PathBuf,
        name: &str,
        context: &Context,
    ) -> Option<(Node, Entry<'d>, Option<Place>)> {
        self.register(loaded.source.id, &path, Role::Extends);
        let context = Context {
            directory: path.parent().unwrap_or(Path::new("")).to_path_buf(),
            role: Role::Extends,
            ..context.clone()
        };
        let mut merged = None;
        for node in self.documents(loaded, &context) {
            merged = Some(match merged {
                None => node,
                Some(base) => self.merge(base, node, Vec::new()),
            });
        }
        let services = self.tree.entry(merged?, "services")?.node;
        let entry = self.find(services, name)?;
        Some((services, entry, Some(Place { path, context })))
    }

    fn no_such_service(&mut self, name: &str, wanted: &Text, extends: &Extends, services: Node) {
        let place = match &extends.file {
            Some(file) => format!(" in `{}`", excerpt(file.value.text())),
            None => String::new(),
        };
        let message = format!("there is no service `{}`{place} to extend", excerpt(name));
        let mut error = SyntaxError::new("extends-undefined-service", wanted.at.span, message);
        if extends.file.is_none() && self.tree.is_map(services) {
            let names = self
                .tree
                .entries(services)
                .into_iter()
                .map(|entry| entry.name);
            let near = names
                .map(|known| (strsim::damerau_levenshtein(&known, name), known))
                .min();
            if let Some((distance, known)) = near
                && distance * 3 <= name.len().max(3)
            {
                error = error.with_help(format!("did you mean `{known}`?"));
            }
        }
        self.problem(wanted.at.file, error);
    }

    /// Whether a place stands in what is merged over something: an override file, or a document behind the first one.
    fn is_over(&self, place: Location) -> bool {
        let mut files = self.project.files.iter();
        if files.any(|file| file.id == place.file && file.role == Role::Override) {
            return true;
        }
        let mut sources = self.tree.sources.iter();
        let first = sources.find(|source| source.file == place.file);
        first.is_some_and(|source| !source.document.span.contains(place.span))
    }

    fn finish(
        mut self,
        merged: Option<Node>,
        root: &Root,
        environment: Arc<Environment>,
    ) -> Project {
        let id = self
            .project
            .files
            .iter()
            .find(|file| file.role == Role::Base);
        let id = id.map_or(FileId(0), |file| file.id);
        let is_empty = |node: &Node| self.tree.is_map(*node) && self.tree.entries(*node).is_empty();
        if let Some(node) = merged.filter(is_empty)
            && root.is_certain
            && !self.has_gaps
        {
            let at = self.tree.at(node);
            let error = SyntaxError::new("empty-compose-file", at.span, "file is empty");
            let error = error.with_help("declare at least one service under `services`");
            self.problem(at.file, error);
        }
        if let Some(node) = merged.filter(|_| !self.has_gaps && self.tree.sources.len() > 1) {
            let left = nulls::left_empty(&self.tree, node, |key| self.is_over(key));
            self.project.problems.extend(left);
        }
        let merged = file::read(&self.tree, merged, id);
        let services = || merged.services.iter();
        let lacks_source = services().any(|service| !service.has_source());
        self.project.extent = if self.has_gaps
            || merged.truncated
            || root.is_certain && root.has_variants && lacks_source
        {
            Extent::Part
        } else if root.is_certain {
            Extent::Whole
        } else {
            let path = root.files.first().map_or(Path::new(""), PathBuf::as_path);
            let is_part = merged.services.is_empty() && merged.jobs.is_empty()
                || lacks_source
                || crate::compose::extent::is_override(path);
            if is_part {
                Extent::Part
            } else {
                Extent::Unclear
            }
        };
        self.project.merged = Arc::new(merged);
        self.project.environment = environment;
        self.project.disk = Disk::look(&self.project, &root.env_files, self.loader);
        self.project.read_variables(self.loader);
        self.project
    }
}

fn unknown_path(what: &str, text: &str) -> String {
    format!(
        "{what} `{}` depends on a variable that is not known",
        excerpt(text)
    )
}

/// Whether a path names something that is fetched.
fn is_remote(path: &str) -> bool {
    path.contains("://")
        || path.starts_with("git@")
        || path.starts_with("oci:")
        || path.starts_with("github.com/")
}

/// Whether what is fetched cannot change: a digest, or a commit behind a `#`.
fn is_pinned(path: &str) -> bool {
    if path.contains("@sha256:") {
        return true;
    }
    let reference = path.split_once('#').map_or("", |(_, reference)| reference);
    let commit = reference.split(':').next().unwrap_or_default();
    commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit())
}
