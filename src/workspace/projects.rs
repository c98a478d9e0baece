//! Which Compose files make a project, and the files that a project leads to.
//!
//! A project begins where `docker compose` would begin: with the file that it finds by its name, beside which it
//! takes an override file, or with the list in `COMPOSE_FILE` of an `.env` file (`cli/options.go` of compose-go). Any
//! other file is a project of its own, as far as nobody includes or extends it.
//!
//! Not for: merging (`compose::project`). Nothing outside the workspace is read: that is the repository around the
//! file, or without one the working directory.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::beside::{Below, Beside, Folders};
use super::discover::ignored_by;
use super::fs::{Entry, FileSystem, MAX_NAMES, Name, lexical};
use super::git_index::GitIndex;
use crate::compose::File;
use crate::compose::dotenv::{self, Format};
use crate::compose::environment::Environment;
use crate::compose::extent::is_found_by_itself;
use crate::compose::project::{Loaded, Loader, Missing, Readable, Root, Siblings};
use crate::text::{FileId, SourceFile};

/// The names that Compose looks for, the first one that exists wins.
const BASES: [&str; 4] = [
    "compose.yaml",
    "compose.yml",
    "docker-compose.yml",
    "docker-compose.yaml",
];

/// The names of override files that Compose takes in beside a file that it found by itself (`cli/options.go` of
/// compose-go).
const OVERRIDES: [&str; 4] = [
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
];

/// How many folders above the working directory may hold the repository.
const MAX_ABOVE: usize = 16;

/// The folders of a run, each looked at once.
pub struct Places<'f> {
    files: &'f dyn FileSystem,
    folders: Mutex<HashMap<OsString, Arc<Folder>>>,
    /// For each folder the nearest one that holds a repository, itself or above it in its path.
    repositories: Mutex<HashMap<OsString, Option<PathBuf>>>,
    /// The nearest folder above the working directory that holds a repository.
    above: OnceLock<Option<PathBuf>>,
    workspaces: Mutex<HashMap<OsString, PathBuf>>,
    indexes: Mutex<HashMap<PathBuf, Option<Arc<GitIndex>>>>,
    contexts: Folders<'f>,
    /// Folders that are a workspace where there is no repository.
    opened: Vec<PathBuf>,
    /// The projects of files that somebody has told of.
    given: Mutex<HashMap<OsString, Root>>,
}

/// What is known of a folder.
#[derive(Debug, Default)]
struct Folder {
    names: Arc<[Name]>,
    /// The list of `COMPOSE_FILE` in the `.env` of the folder.
    listed: Option<Vec<PathBuf>>,
}

impl Folder {
    fn has(&self, name: &str) -> bool {
        self.names
            .binary_search_by(|known| (*known.text).cmp(name))
            .is_ok_and(|at| !self.names[at].is_folder)
    }

    fn first(&self, names: &'static [&'static str]) -> Option<&'static str> {
        names.iter().copied().find(|name| self.has(name))
    }
}

impl<'f> Places<'f> {
    /// No folder yet.
    pub fn new(files: &'f dyn FileSystem) -> Places<'f> {
        Places {
            files,
            folders: Mutex::new(HashMap::new()),
            repositories: Mutex::new(HashMap::new()),
            above: OnceLock::new(),
            workspaces: Mutex::new(HashMap::new()),
            indexes: Mutex::new(HashMap::new()),
            contexts: Folders::new(files),
            opened: Vec::new(),
            given: Mutex::new(HashMap::new()),
        }
    }

    /// The same, with folders that somebody opened as a whole: without a repository, the innermost of them that holds
    /// a file is what is looked at for it.
    pub fn with_opened(mut self, folders: Vec<PathBuf>) -> Places<'f> {
        self.opened = folders;
        self
    }

    /// Tells which project a Compose file belongs to, whatever its name and place say.
    pub fn give(&self, path: PathBuf, root: Root) {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.insert(path.into(), root);
    }

    /// Forgets what was told so.
    pub fn take_back(&self) {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.clear();
    }

    /// What was told so.
    pub fn given(&self) -> HashMap<PathBuf, Root> {
        let given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let given = given.iter();
        given
            .map(|(path, root)| (path.into(), root.clone()))
            .collect()
    }

    /// The project that a Compose file belongs to by its name and place. Whether another file includes or extends it
    /// is not asked.
    pub fn root_of(&self, path: &Path) -> Root {
        let given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(root) = given.get(path.as_os_str()) {
            return root.clone();
        }
        drop(given);
        let parent = path.parent().unwrap_or(Path::new(""));
        let folder = self.folder(parent);
        let env_file = |directory: &Path| {
            let has = self.folder(directory).has(".env");
            has.then(|| directory.join(".env"))
        };
        if let Some((above, listed)) = self.listed_above(path) {
            let first = listed.first().and_then(|file| file.parent());
            let directory = first.unwrap_or(parent).to_path_buf();
            let mut env_files: Vec<PathBuf> = [&*above, &*directory]
                .into_iter()
                .filter_map(env_file)
                .collect();
            env_files.dedup();
            return Root {
                files: listed,
                directory,
                env_files,
                is_certain: true,
                has_variants: false,
                siblings: Siblings::default(),
            };
        }
        let name = path.file_name().and_then(|name| name.to_str());
        let base = folder.first(&BASES);
        let over = folder.first(&OVERRIDES);
        let is_taken = folder.listed.is_none()
            && name.is_some_and(|name| Some(name) == base || base.is_some() && Some(name) == over);
        let mut files = vec![path.to_path_buf()];
        if is_taken {
            files = [base, over]
                .into_iter()
                .flatten()
                .map(|name| parent.join(name))
                .collect();
        }
        let is_variant = |name: &Name| {
            let text = &*name.text;
            !name.is_folder
                && (text.ends_with(".yml") || text.ends_with(".yaml"))
                && (text.contains("compose"))
                && !BASES.contains(&text)
                && !OVERRIDES.contains(&text)
        };
        let all = |names: &[&'static str]| {
            let names = names.iter().copied();
            names.filter(|name| folder.has(name)).collect()
        };
        let siblings = match &folder.listed {
            Some(_) => Siblings::default(),
            None => Siblings {
                bases: all(&BASES),
                overrides: all(&OVERRIDES),
            },
        };
        Root {
            files,
            siblings,
            directory: parent.to_path_buf(),
            env_files: env_file(parent).into_iter().collect(),
            is_certain: is_taken || is_found_by_itself(path) && folder.names.is_empty(),
            has_variants: folder.names.iter().any(is_variant),
        }
    }

    /// The folder whose `.env` names a file in `COMPOSE_FILE`, and all files that it names. The nearest one counts.
    fn listed_above(&self, path: &Path) -> Option<(PathBuf, Vec<PathBuf>)> {
        let workspace = self.workspace_of(path);
        let parent = path.parent().unwrap_or(Path::new(""));
        let folders = parent
            .ancestors()
            .take_while(|folder| is_below(folder, &workspace));
        for folder in folders.take(MAX_ABOVE) {
            let known = self.folder(folder);
            if let Some(listed) = &known.listed
                && listed.iter().any(|file| file == path)
            {
                return Some((folder.to_path_buf(), listed.clone()));
            }
        }
        None
    }

    fn folder(&self, path: &Path) -> Arc<Folder> {
        let lock = || self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(path.as_os_str()) {
            return known.clone();
        }
        // Two threads may both look; they see the same.
        let names = self.files.names(path, MAX_NAMES).ok().flatten();
        let mut folder = Folder {
            names: names.unwrap_or_default(),
            listed: None,
        };
        if folder.has(".env") {
            folder.listed = self.listed(path);
        }
        let folder = Arc::new(folder);
        lock().insert(path.as_os_str().to_owned(), folder.clone());
        folder
    }

    /// The files that `COMPOSE_FILE` in a folder's `.env` names.
    fn listed(&self, folder: &Path) -> Option<Vec<PathBuf>> {
        let path = folder.join(".env");
        let bytes = self.bytes(&path, &self.workspace_of(&path)).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        if !text.contains("COMPOSE_FILE") {
            return None;
        }
        let entries = dotenv::parse(&text, Format::Dotenv).tree;
        let environment = Environment::default().with_files([&*entries]);
        let list = environment.get("COMPOSE_FILE")?;
        let separator = environment.get("COMPOSE_PATH_SEPARATOR").unwrap_or(":");
        let files: Vec<PathBuf> = list
            .split(separator)
            .filter(|file| !file.is_empty())
            .map(|file| lexical(&folder.join(file)))
            .collect();
        (!files.is_empty()).then_some(files)
    }

    fn bytes(&self, path: &Path, workspace: &Path) -> Result<Vec<u8>, Missing> {
        match self.readable(path, workspace)? {
            Readable::File => {}
            Readable::Folder => return Err(Missing::Folder),
        }
        // A link may lead out of the workspace.
        let inside = match (self.files.canonical(path), self.files.canonical(workspace)) {
            (Ok(target), Ok(workspace)) => target.starts_with(workspace),
            _ => false,
        };
        if !inside {
            return Err(Missing::Unknown);
        }
        self.files.read(path).map_err(|_| Missing::Unknown)
    }

    /// What a path of a workspace leads to.
    ///
    /// # Errors
    /// When there is nothing, or it lies outside, or is neither a file nor a folder.
    pub fn readable(&self, path: &Path, workspace: &Path) -> Result<Readable, Missing> {
        if !is_below(path, workspace) {
            return Err(Missing::Unknown);
        }
        match self.files.entry(path) {
            Ok(Entry::File) => Ok(Readable::File),
            Ok(Entry::Folder) => Ok(Readable::Folder),
            Ok(Entry::Other(_)) => Err(Missing::Unknown),
            Err(error) if is_absent(&error) => Err(Missing::NotFound),
            Err(_) => Err(Missing::Unknown),
        }
    }

    /// Whether an ignore file of git, from the workspace down to the folder of a path, names the path or a folder of
    /// it; the nearest that has an opinion decides.
    fn is_ignored(&self, path: &Path, workspace: &Path) -> bool {
        self.ignore_lists(path, workspace)
            .find_map(|(folder, text)| ignored_by(&text, path.strip_prefix(folder).ok()?))
            .unwrap_or(false)
    }

    /// The ignore files of git from the folder of a path up to the workspace, each with its folder.
    fn ignore_lists<'a>(
        &'a self,
        path: &'a Path,
        workspace: &'a Path,
    ) -> impl Iterator<Item = (&'a Path, String)> + 'a {
        let folders = path.ancestors().skip(1);
        let folders = folders.take_while(|folder| is_below(folder, workspace));
        folders.filter_map(|folder| {
            let bytes = self.bytes(&folder.join(".gitignore"), workspace).ok()?;
            Some((folder, String::from_utf8_lossy(&bytes).into_owned()))
        })
    }

    /// Whether `git add` takes a file that is not tracked: it lies in a repository, or below a list of what git is to
    /// ignore, and nothing says that git ignores it. Lists outside the repository are not read.
    fn is_open_to_git(&self, path: &Path, workspace: &Path) -> bool {
        let exists = |name: &str| self.files.entry(&workspace.join(name)).is_ok();
        let is_unread = exists(".git/index") && self.index(workspace).is_none();
        let is_meant = exists(".git") || self.ignore_lists(path, workspace).next().is_some();
        let excluded = self.bytes(&workspace.join(".git/info/exclude"), workspace);
        let is_excluded = excluded.is_ok_and(|bytes| {
            let inside = path.strip_prefix(workspace).unwrap_or(path);
            ignored_by(&String::from_utf8_lossy(&bytes), inside) == Some(true)
        });
        is_meant && !is_unread && !is_excluded && !self.is_ignored(path, workspace)
    }

    /// The folder outside which nothing is looked at for a file: the nearest one above it that holds a repository, or
    /// the working directory.
    pub fn workspace_of(&self, path: &Path) -> PathBuf {
        let parent = path.parent().unwrap_or(Path::new(""));
        let lock = || {
            self.workspaces
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(known) = lock().get(parent.as_os_str()) {
            return known.clone();
        }
        let found = self.repository_above(parent);
        let is_plain = |path: &Path| {
            let mut parts = path.components();
            parts.all(|part| matches!(part, Component::Normal(_)))
        };
        let opened = || {
            let around = self
                .opened
                .iter()
                .filter(|folder| parent.starts_with(folder));
            let innermost = around.max_by_key(|folder| folder.components().count());
            innermost.cloned()
        };
        let found = found.or_else(opened).unwrap_or_else(|| {
            if !is_plain(parent) {
                return parent.to_path_buf();
            }
            let above = self.above.get_or_init(|| {
                let mut above = PathBuf::new();
                let mut all = (0..MAX_ABOVE).map(|_| {
                    above.push("..");
                    above.clone()
                });
                all.find(|folder| self.has_repository(folder))
            });
            above.clone().unwrap_or_default()
        });
        lock().insert(parent.as_os_str().to_owned(), found.clone());
        found
    }

    /// The nearest folder that holds a repository, among a folder and those in its path. Each is looked at once.
    fn repository_above(&self, folder: &Path) -> Option<PathBuf> {
        let lock = || {
            self.repositories
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        let mut unknown = Vec::new();
        let mut found = None;
        for folder in folder.ancestors() {
            if let Some(known) = lock().get(folder.as_os_str()) {
                found.clone_from(known);
                break;
            }
            unknown.push(folder);
            if self.has_repository(folder) {
                found = Some(folder.to_path_buf());
                break;
            }
        }
        let mut known = lock();
        for folder in unknown {
            known.insert(folder.as_os_str().to_owned(), found.clone());
        }
        found
    }

    fn has_repository(&self, folder: &Path) -> bool {
        self.files.entry(&folder.join(".git")).is_ok()
    }
}

impl Places<'_> {
    /// Whether git tracks a file as it stands. `None` if that is not known: outside a repository, with an index that
    /// cannot be read, and where the file may be encrypted on its way into the repository.
    pub fn tracked(&self, path: &Path) -> Option<bool> {
        let repository = self.workspace_of(path);
        let index = self.index(&repository)?;
        // Links are followed, since git tracks only where they lead.
        let file = self.files.canonical(path).ok()?;
        let root = self.files.canonical(&repository).ok()?;
        let parts = file.strip_prefix(root).ok()?.components();
        let names: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
        index.tracks(&names?.join("/"))
    }

    /// The index of the repository at a folder, read once.
    fn index(&self, repository: &Path) -> Option<Arc<GitIndex>> {
        let mut indexes = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = indexes.get(repository) {
            return known.clone();
        }
        let attributes = self.files.read(&repository.join(".gitattributes"));
        let is_filtered = attributes.is_ok_and(|attributes| {
            let text = String::from_utf8_lossy(&attributes);
            let mut words = text.split_ascii_whitespace();
            words.any(|word| word.starts_with("filter=") && word != "filter=lfs")
        });
        let index = (!is_filtered)
            .then(|| GitIndex::read(self.files, repository))
            .flatten()
            .map(Arc::new);
        indexes.insert(repository.to_path_buf(), index.clone());
        index
    }
}

/// Whether a path without dots lies below a folder, both as seen from the working directory.
fn is_below(path: &Path, folder: &Path) -> bool {
    // Nearly every path begins with the folder as it is written.
    let written = folder.as_os_str().as_encoded_bytes();
    let below = path.as_os_str().as_encoded_bytes().strip_prefix(written);
    match (written, below) {
        ([], Some([first, ..])) if !matches!(first, b'.' | b'/') => return path.is_relative(),
        // What begins with dots may go on with dots.
        ([first, ..], Some([] | [b'/', ..])) if *first != b'.' => return true,
        _ => {}
    }
    let ups = |path: &Path| {
        let parts = path.components();
        parts
            .take_while(|part| *part == Component::ParentDir)
            .count()
    };
    match (path.is_absolute(), folder.is_absolute()) {
        (true, true) => return path.starts_with(folder),
        (false, false) => {}
        // One of them is somewhere, nobody here knows where as seen from the other.
        _ => return false,
    }
    let is_only_ups = folder.components().all(|part| part == Component::ParentDir);
    if is_only_ups {
        ups(path) <= ups(folder)
    } else {
        path.starts_with(folder)
    }
}

/// Whether an error says that there is nothing at a path.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// A Compose file of a run, and the files that it includes or extends.
#[derive(Clone, Debug, Default)]
pub struct Leads {
    /// Its path.
    pub path: PathBuf,
    /// Those paths.
    pub to: Vec<PathBuf>,
    /// The Dockerfiles that it builds whose names are not the usual one.
    pub dockerfiles: Vec<PathBuf>,
}

/// The files that a Compose file includes or extends, as far as their paths are known. Most have none, which costs
/// them no more than a search for two words.
pub fn leads(path: &Path, text: &str) -> Leads {
    let mut leads = Leads {
        path: path.to_path_buf(),
        ..Leads::default()
    };
    if !may_lead(text.as_bytes()) {
        return leads;
    }
    let file = File::lower(&crate::yaml::parse(&text.into()).tree, FileId(0));
    let folder = path.parent().unwrap_or(Path::new(""));
    for document in file.documents() {
        let included = document.include.iter().flat_map(|include| &include.path);
        let extended = document.services.iter().filter_map(|service| {
            let extends = service.extends.as_ref()?;
            Some(&extends.value.file.as_ref()?.value)
        });
        let paths = included.map(|path| &path.value).chain(extended);
        leads.to.extend(
            paths
                .filter_map(|path| path.known())
                .map(|path| lexical(&folder.join(path))),
        );
        for owned in document.containers() {
            let Some(build) = &owned.container.build else {
                continue;
            };
            if build.value.dockerfile.is_some()
                && let Some(path) = build.value.dockerfile_path()
            {
                leads.dockerfiles.push(lexical(&folder.join(path)));
            }
        }
    }
    leads
}

/// Whether a text may lead to another file.
pub fn may_lead(text: &[u8]) -> bool {
    let words = ["include", "extends", "dockerfile"];
    let mut words = words.iter().map(|word| word.as_bytes());
    words.any(|word| memchr::memmem::find(text, word).is_some())
}

/// Files that belong together, by their numbers in a list, and the projects that begin among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The numbers, in order.
    pub files: Vec<usize>,
    /// Where projects begin.
    pub roots: Vec<Root>,
}

impl Places<'_> {
    /// Sorts Compose files into groups that share a project. A file that another one includes, extends or overrides
    /// begins no project.
    pub fn group(&self, files: &[Leads]) -> Vec<Group> {
        group(
            files,
            files.iter().map(|file| self.root_of(&file.path)).collect(),
        )
    }
}

/// Like [`Places::group`], of files whose projects were asked for.
pub fn group(files: &[Leads], roots: Vec<Root>) -> Vec<Group> {
    let numbers: HashMap<&OsStr, usize> = files
        .iter()
        .enumerate()
        .map(|(number, file)| (file.path.as_os_str(), number))
        .collect();
    let mut parents: Vec<usize> = (0..files.len()).collect();
    let mut is_part = vec![false; files.len()];
    for (number, (file, root)) in files.iter().zip(&roots).enumerate() {
        for path in root.files.iter().chain(&file.to) {
            if let Some(&other) = numbers.get(path.as_os_str())
                && other != number
            {
                join(&mut parents, number, other);
            }
        }
        for path in &file.to {
            if let Some(&other) = numbers.get(path.as_os_str())
                && other != number
            {
                is_part[other] = true;
            }
        }
    }
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for number in 0..files.len() {
        let top = find(&mut parents, number);
        groups.entry(top).or_default().files.push(number);
    }
    for group in groups.values_mut() {
        let all_are_parts = group.files.iter().all(|number| is_part[*number]);
        for &number in &group.files {
            let root = &roots[number];
            let begins = !is_part[number] || all_are_parts;
            if begins && !group.roots.contains(root) {
                group.roots.push(root.clone());
            }
        }
    }
    groups.into_values().collect()
}

/// The number that stands for a group.
fn find(parents: &mut [usize], mut number: usize) -> usize {
    while parents[number] != number {
        parents[number] = parents[parents[number]];
        number = parents[number];
    }
    number
}

fn join(parents: &mut [usize], one: usize, other: usize) {
    let (one, other) = (find(parents, one), find(parents, other));
    // The smaller number leads, so that the order of groups is that of the files.
    parents[one.max(other)] = one.min(other);
}

/// Gives the files of one project: those that are linted anyway, and others from the workspace.
pub struct Files<'p> {
    places: &'p Places<'p>,
    workspace: PathBuf,
    /// Where the numbers of files begin that are only read.
    next: &'p AtomicU32,
    loaded: RefCell<BTreeMap<PathBuf, Result<Arc<Loaded>, Missing>>>,
    texts: RefCell<BTreeMap<PathBuf, Result<Arc<SourceFile>, Missing>>>,
}

impl<'p> Files<'p> {
    /// No file yet of a project to which the files at these paths belong; `next` is the first number that no other
    /// file has.
    pub fn new<'a>(
        places: &'p Places<'p>,
        paths: impl IntoIterator<Item = &'a Path>,
        next: &'p AtomicU32,
    ) -> Files<'p> {
        let workspaces = paths.into_iter().map(|path| places.workspace_of(path));
        // Without a repository each has a folder of its own; the outermost one holds most.
        let outermost = workspaces.min_by_key(|path| path.components().count());
        Files {
            places,
            workspace: outermost.unwrap_or_default(),
            next,
            loaded: RefCell::default(),
            texts: RefCell::default(),
        }
    }

    /// Puts in a file that is read already.
    pub fn insert(&self, path: PathBuf, loaded: Arc<Loaded>) {
        self.loaded.borrow_mut().insert(path, Ok(loaded));
    }

    /// The texts of the files that were read, by their numbers.
    pub fn sources(&self) -> HashMap<FileId, SourceFile> {
        let loaded = self.loaded.borrow();
        let texts = self.texts.borrow();
        let loaded = loaded.values().flatten().map(|loaded| &loaded.source);
        let texts = texts.values().flatten().map(|source| &**source);
        loaded
            .chain(texts)
            .map(|source| (source.id, source.clone()))
            .collect()
    }

    /// What stands in a folder that a Dockerfile is built in; `None` when that is not known.
    pub fn folder(&self, context: &Path, dockerfile: &Path) -> Option<Beside> {
        if self.readable(context) != Ok(Readable::Folder) {
            return None;
        }
        self.places.contexts.of_context(context, dockerfile)
    }

    /// What stands at a path below a folder of the workspace; see [`Folders::below`].
    pub fn below(&self, folder: &Path, path: &str) -> Option<Below> {
        self.places.contexts.below(folder, path)
    }

    /// The names in a folder of the workspace, sorted; `None` when that is not known.
    pub fn names(&self, folder: &Path) -> Option<Arc<[Name]>> {
        if self.readable(folder) != Ok(Readable::Folder) {
            return None;
        }
        self.places.contexts.names(folder)
    }

    fn source(&self, path: &Path) -> Result<SourceFile, Missing> {
        let bytes = self.places.bytes(path, &self.workspace)?;
        let id = FileId(self.next.fetch_add(1, Ordering::Relaxed));
        Ok(SourceFile::from_bytes(id, path.to_path_buf(), bytes))
    }
}

impl Loader for Files<'_> {
    fn compose(&self, path: &Path) -> Result<Arc<Loaded>, Missing> {
        if let Some(known) = self.loaded.borrow().get(path) {
            return known.clone();
        }
        let loaded = self.source(path).map(|source| {
            let yaml = crate::yaml::parse(&source.text).tree;
            Arc::new(Loaded { source, yaml })
        });
        self.loaded
            .borrow_mut()
            .insert(path.to_path_buf(), loaded.clone());
        loaded
    }

    fn text(&self, path: &Path) -> Result<Arc<SourceFile>, Missing> {
        if let Some(known) = self.texts.borrow().get(path) {
            return known.clone();
        }
        let source = self.source(path).map(Arc::new);
        self.texts
            .borrow_mut()
            .insert(path.to_path_buf(), source.clone());
        source
    }

    fn readable(&self, path: &Path) -> Result<Readable, Missing> {
        if path == Path::new("/dev/null") {
            return Ok(Readable::File);
        }
        self.places.readable(path, &self.workspace)
    }

    fn is_ignored(&self, path: &Path) -> bool {
        self.places.is_ignored(path, &self.workspace)
    }

    fn is_open_to_git(&self, path: &Path) -> bool {
        self.places.is_open_to_git(path, &self.workspace)
    }

    fn tracked(&self, path: &Path) -> Option<bool> {
        self.readable(path).ok()?;
        self.places.tracked(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::fs::Memory;

    #[test]
    fn files_that_share_a_project_are_one_group() {
        let include = "include: [sub/compose.yaml]\n";
        let extends = "services: {a: {extends: {file: base.yml, service: b}}}\n";
        let files = [
            ("alone/compose.yaml", ""),
            ("base.yml", ""),
            ("compose.override.yaml", extends),
            ("compose.yaml", include),
            ("sub/compose.yaml", ""),
        ];
        let memory: Memory = files.iter().copied().collect();
        let places = Places::new(&memory);
        let list: Vec<Leads> = files
            .iter()
            .map(|(path, text)| leads(Path::new(path), text))
            .collect();
        let groups = places.group(&list);
        let numbers: Vec<_> = groups.iter().map(|group| &*group.files).collect();
        assert_eq!(numbers, [&[0][..], &[1, 2, 3, 4]]);
        let roots: Vec<_> = groups[1].roots.iter().map(names).collect();
        assert_eq!(roots, [["compose.yaml", "compose.override.yaml"]]);
    }

    fn root(files: &[(&str, &str)], path: &str) -> Root {
        let memory: Memory = files.iter().copied().collect();
        Places::new(&memory).root_of(Path::new(path))
    }

    fn names(root: &Root) -> Vec<&str> {
        let names = root.files.iter().map(|path| path.to_str());
        names.collect::<Option<_>>().expect("Unicode")
    }

    #[test]
    fn overrides_go_with_the_base_whatever_their_stem() {
        let files = [
            ("a/compose.yaml", ""),
            ("a/docker-compose.yml", ""),
            ("a/docker-compose.override.yml", ""),
            ("a/compose.prod.yaml", ""),
        ];
        let both = ["a/compose.yaml", "a/docker-compose.override.yml"];
        let base = root(&files, "a/compose.yaml");
        assert_eq!(names(&base), both);
        assert!(base.is_certain && base.has_variants);
        assert_eq!(names(&root(&files, "a/docker-compose.override.yml")), both);
        let dead = root(&files, "a/docker-compose.yml");
        assert_eq!(names(&dead), ["a/docker-compose.yml"]);
        assert!(!dead.is_certain);
        let other = root(&files, "a/compose.prod.yaml");
        assert_eq!(names(&other), ["a/compose.prod.yaml"]);
        assert!(!other.is_certain);
    }

    #[test]
    fn a_list_in_the_env_file_decides() {
        let files = [
            (".env", "COMPOSE_FILE=base.yaml:x/../prod.yaml\n"),
            ("base.yaml", ""),
            ("prod.yaml", ""),
            ("compose.yaml", ""),
        ];
        let listed = root(&files, "prod.yaml");
        assert_eq!(names(&listed), ["base.yaml", "prod.yaml"]);
        assert!(listed.is_certain);
        assert_eq!(listed.env_files, [PathBuf::from(".env")]);
        let dead = root(&files, "compose.yaml");
        assert_eq!(
            (names(&dead), dead.is_certain),
            (vec!["compose.yaml"], false)
        );
        let files = [
            (".env", "COMPOSE_FILE=sub/base.yaml\n"),
            ("sub/base.yaml", ""),
            ("sub/.env", ""),
            ("sub/compose.yaml", ""),
        ];
        let below = root(&files, "sub/base.yaml");
        assert_eq!(below.directory, PathBuf::from("sub"));
        assert_eq!(below.env_files, [".env", "sub/.env"].map(PathBuf::from));
        let own = root(&files, "sub/compose.yaml");
        assert_eq!(own.env_files, [PathBuf::from("sub/.env")]);
        let files = [
            (
                ".env",
                "COMPOSE_FILE=a.yaml;b.yaml\nCOMPOSE_PATH_SEPARATOR=;\n",
            ),
            ("a.yaml", ""),
        ];
        assert_eq!(names(&root(&files, "a.yaml")), ["a.yaml", "b.yaml"]);
    }

    #[test]
    fn what_is_below_a_folder_is_told_by_names() {
        let below = |path: &str, folder: &str| is_below(Path::new(path), Path::new(folder));
        for (path, folder) in [
            ("a", ""),
            ("a/b", "a"),
            ("a", "a"),
            ("../a", ".."),
            ("a", ".."),
            ("../../a", "../.."),
            ("/a/b", "/a"),
            ("../a/b", "../a"),
        ] {
            assert!(below(path, folder), "{path} {folder}");
        }
        for (path, folder) in [
            ("ab", "a"),
            ("a", "a/b"),
            ("../a", ""),
            ("../../a", ".."),
            ("/a", ""),
            ("/ab", "/a"),
            ("a", "/a"),
        ] {
            assert!(!below(path, folder), "{path} {folder}");
        }
    }

    #[test]
    fn the_workspace_ends_at_the_repository() {
        let memory: Memory = [("a/.git/HEAD", ""), ("a/b/c", ""), ("d/e", "")]
            .into_iter()
            .collect();
        let places = Places::new(&memory);
        let readable = |path: &str, from: &str| {
            places.readable(Path::new(path), &places.workspace_of(Path::new(from)))
        };
        assert_eq!(readable("a/b/c", "a/b/compose.yaml"), Ok(Readable::File));
        assert_eq!(readable("a/b", "a/b/compose.yaml"), Ok(Readable::Folder));
        let from = "a/compose.yaml";
        assert_eq!(readable("a/x", from), Err(Missing::NotFound));
        assert_eq!(readable("d/e", from), Err(Missing::Unknown));
        assert_eq!(readable("../x", from), Err(Missing::Unknown));
        assert_eq!(readable("/etc/passwd", from), Err(Missing::Unknown));
        assert_eq!(readable("a/b/c", "d/compose.yaml"), Ok(Readable::File));
        assert_eq!(readable("../x", "d/compose.yaml"), Err(Missing::Unknown));
        let memory: Memory = [("/w/a/compose.yaml", ""), ("/w/b", "")]
            .into_iter()
            .collect();
        let alone = Places::new(&memory);
        let from = Path::new("/w/a/compose.yaml");
        assert_eq!(alone.workspace_of(from), Path::new("/w/a"));
        let opened = Places::new(&memory).with_opened(vec!["/".into(), "/w".into()]);
        assert_eq!(opened.workspace_of(from), Path::new("/w"));
    }
}
