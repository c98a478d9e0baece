//! The files that an editor works on, each read once, and the projects that they make.
//!
//! A workspace lives as long as the editor. It reads files when a question needs them and keeps what it read until it
//! is told of a change. Its user lists the files that were found; which of them make a project, and which Dockerfile a
//! service builds, is decided as for the command line.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use elsa::FrozenMap;
use serde_json::Value as Json;

use super::Place;
use super::document::Document;
use crate::check::{self, Elsewhere, Linked};
use crate::compose::canonical::{View, project_name};
use crate::compose::project::{Loaded, Project, Root};
use crate::engine::built::BuildUse;
use crate::text::{FileId, Location, SourceFile, order};
use crate::workspace::fs::FileSystem;
use crate::workspace::kind::{Kind, kind_of_named};
use crate::workspace::projects::{Group, Leads, Places};

/// The files of a workspace that were found, or are open.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Listed {
    /// Compose files.
    pub compose: Vec<PathBuf>,
    /// Dockerfiles.
    pub dockerfiles: Vec<PathBuf>,
}

/// The files of an editor's workspace.
pub struct Workspace<'w> {
    files: &'w dyn FileSystem,
    places: Places<'w>,
    /// The folders that the editor opened.
    folders: Vec<PathBuf>,
    /// The projects that Compose files belong to, whatever their names and places say.
    given: HashMap<PathBuf, Root>,
    listed: Listed,
    /// What the editor said that a file is, against its name.
    kinds: HashMap<PathBuf, Kind>,
    documents: FrozenMap<PathBuf, Box<Document>>,
    /// Those documents that are in no file.
    held: HashSet<PathBuf>,
    groups: FrozenMap<(), Box<Groups>>,
    teams: FrozenMap<Vec<PathBuf>, Box<Team>>,
    next: AtomicU32,
}

/// Which Compose files belong together.
#[derive(Default)]
struct Groups {
    all: Vec<Group>,
    /// The Compose files of each group.
    members: Vec<Vec<PathBuf>>,
    /// For each Compose file its group.
    of: HashMap<PathBuf, usize>,
}

/// Compose files that share projects, and these projects.
#[derive(Debug)]
pub struct Team {
    /// The projects, at least one.
    pub projects: Vec<Linked>,
    /// All files that were read for them.
    sources: HashMap<FileId, SourceFile>,
    /// The Dockerfiles that they build.
    built: HashSet<PathBuf>,
    /// What each comes to, in canonical form; made when somebody first asks.
    configs: Vec<OnceLock<Json>>,
}

impl Team {
    fn new(projects: Vec<Linked>, sources: HashMap<FileId, SourceFile>) -> Team {
        let mut team = Team {
            configs: projects.iter().map(|_| OnceLock::new()).collect(),
            projects,
            sources,
            built: HashSet::new(),
        };
        let built = team.builds().filter_map(|(_, build)| build.dockerfile);
        let built = built.filter(|built| built.inline.is_none());
        team.built = built.map(|built| built.path.clone()).collect();
        team
    }

    fn number_of(&self, file: FileId) -> Option<usize> {
        let holds = |linked: &Linked| linked.project.files.iter().any(|known| known.id == file);
        self.projects.iter().position(holds)
    }

    /// The first project that a file belongs to.
    pub(super) fn project_of(&self, file: FileId) -> Option<&Project> {
        Some(&self.projects[self.number_of(file)?].project)
    }

    /// What that project comes to, in canonical form.
    pub(super) fn config_of(&self, file: FileId) -> Option<&Json> {
        let number = self.number_of(file)?;
        Some(self.configs[number].get_or_init(|| config(&self.projects[number].project)))
    }

    /// The file that a place is in.
    pub fn source(&self, file: FileId) -> Option<&SourceFile> {
        self.sources.get(&file)
    }

    /// A place in a file of the projects.
    pub fn place(&self, at: Location) -> Option<Place> {
        let source = self.source(at.file)?;
        Some(Place {
            path: source.path.clone(),
            span: at.span,
        })
    }

    /// Whether a file was read for the projects.
    pub fn reads(&self, path: &Path) -> bool {
        self.sources.values().any(|source| source.path == path)
    }

    /// All files that were read for the projects.
    pub fn sources(&self) -> impl Iterator<Item = &SourceFile> {
        self.sources.values()
    }

    /// The builds of all its projects.
    pub fn builds(&self) -> impl Iterator<Item = (&Linked, BuildUse<'_>)> {
        self.projects.iter().flat_map(|linked| {
            let uses = linked.builts.uses(&linked.project);
            uses.into_iter().map(move |build| (linked, build))
        })
    }
}

/// What a project comes to, in canonical form.
pub(super) fn config(project: &Project) -> Json {
    let name = project_name(project).unwrap_or_default();
    View::new(project, &name).config()
}

impl<'w> Workspace<'w> {
    /// A workspace over files, of which none was listed yet.
    pub fn new(files: &'w dyn FileSystem) -> Workspace<'w> {
        Workspace {
            files,
            places: Places::new(files),
            folders: Vec::new(),
            given: HashMap::new(),
            listed: Listed::default(),
            kinds: HashMap::new(),
            documents: FrozenMap::new(),
            held: HashSet::new(),
            groups: FrozenMap::new(),
            teams: FrozenMap::new(),
            next: AtomicU32::new(0),
        }
    }

    fn new_places(&self) -> Places<'w> {
        let places = Places::new(self.files).with_opened(self.folders.clone());
        for (path, root) in &self.given {
            places.give(path.clone(), root.clone());
        }
        places
    }

    /// Says which projects Compose files belong to, where names and places say nothing or something else.
    pub fn give(&mut self, given: HashMap<PathBuf, Root>) {
        if self.given != given {
            self.given = given;
            self.places = self.new_places();
            self.groups = FrozenMap::new();
            self.teams = FrozenMap::new();
        }
    }

    /// Says which folders are open: without a repository around it, a project may reach as far as these.
    pub fn open(&mut self, folders: &[PathBuf]) {
        if self.folders != folders {
            self.folders = folders.to_vec();
            self.forget();
        }
    }

    /// Says which files there are.
    pub fn list(&mut self, mut listed: Listed) {
        order::sort(&mut listed.compose);
        listed.compose.dedup();
        order::sort(&mut listed.dockerfiles);
        listed.dockerfiles.dedup();
        if listed == self.listed {
            return;
        }
        self.listed = listed;
        self.groups = FrozenMap::new();
    }

    /// Takes a text that is in no file, to be asked for under a path; it counts until it is changed or forgotten.
    pub fn hold(&mut self, path: &Path, text: Arc<str>, kind: Option<Kind>) {
        let id = FileId(self.next.fetch_add(1, Ordering::Relaxed));
        let source = SourceFile::from_text(id, path.to_path_buf(), text);
        self.changed(path);
        self.held.insert(path.to_path_buf());
        self.documents
            .insert(path.to_path_buf(), Box::new(Document::new(source, kind)));
    }

    /// The files that there are.
    pub fn listed(&self) -> &Listed {
        &self.listed
    }

    /// Says what a file is, whatever its name and content are; `None` lets these decide.
    pub fn set_kind(&mut self, path: &Path, kind: Option<Kind>) {
        match kind {
            Some(kind) => self.kinds.insert(path.to_path_buf(), kind),
            None => self.kinds.remove(path),
        };
        self.changed(path);
    }

    /// Forgets what was read of one file, because its text changed.
    pub fn changed(&mut self, path: &Path) {
        self.documents.as_mut().remove(path);
        self.held.remove(path);
        let name = path.file_name().and_then(|name| name.to_str());
        let has_leads = self.listed.compose.iter().any(|known| known == path);
        if has_leads || name == Some(".env") {
            self.groups = FrozenMap::new();
            self.places = self.new_places();
        }
        let teams = self.teams.as_mut();
        teams.retain(|_, team| !team.reads(path) && !team.is_near(path));
    }

    /// Forgets everything that was read, because files came or went.
    pub fn forget(&mut self) {
        self.places = self.new_places();
        let held = &self.held;
        self.documents
            .as_mut()
            .retain(|path, _| held.contains(path));
        self.groups = FrozenMap::new();
        self.teams = FrozenMap::new();
    }

    /// The files below it.
    pub fn files(&self) -> &'w dyn FileSystem {
        self.files
    }

    /// A document; `None` when it cannot be read.
    pub fn document(&self, path: &Path) -> Option<&Document> {
        if let Some(known) = self.documents.get(path) {
            return Some(known);
        }
        let bytes = self.files.read(path).ok()?;
        let id = FileId(self.next.fetch_add(1, Ordering::Relaxed));
        let source = SourceFile::from_bytes(id, path.to_path_buf(), bytes);
        let kind = self.kind(path, &source);
        let document = Box::new(Document::new(source, kind));
        Some(self.documents.insert(path.to_path_buf(), document))
    }

    fn kind(&self, path: &Path, source: &SourceFile) -> Option<Kind> {
        if let Some(kind) = self.kinds.get(path) {
            return Some(*kind);
        }
        if self.listed.compose.iter().any(|known| known == path) {
            return Some(Kind::Compose);
        }
        if self.listed.dockerfiles.iter().any(|known| known == path) {
            return Some(Kind::Dockerfile);
        }
        kind_of_named(path, &source.text)
    }

    fn groups(&self) -> &Groups {
        if let Some(known) = self.groups.get(&()) {
            return known;
        }
        let documents = self.listed.compose.iter();
        let leads = documents.filter_map(|path| Some(self.document(path)?.leads().clone()));
        let leads: Vec<Leads> = leads.collect();
        let mut groups = Groups {
            all: self.places.group(&leads),
            ..Groups::default()
        };
        for (number, group) in groups.all.iter().enumerate() {
            let members = group.files.iter().map(|file| leads[*file].path.clone());
            let members: Vec<PathBuf> = members.collect();
            groups
                .of
                .extend(members.iter().cloned().map(|path| (path, number)));
            groups.members.push(members);
        }
        self.groups.insert((), Box::new(groups))
    }

    /// The projects that a Compose file belongs to.
    pub fn team(&self, path: &Path) -> Option<&Team> {
        let groups = self.groups();
        match groups.of.get(path) {
            Some(number) => self.team_of(&groups.members[*number], &groups.all[*number]),
            None => {
                // An open file that was not listed.
                let leads = self.document(path)?.leads().clone();
                let groups = self.places.group(&[leads]);
                self.team_of(&[path.to_path_buf()], groups.first()?)
            }
        }
    }

    fn team_of(&self, members: &[PathBuf], group: &Group) -> Option<&Team> {
        if let Some(known) = self.teams.get(members) {
            return Some(known);
        }
        let documents = members.iter().filter_map(|path| self.document(path));
        let loaded = documents.filter_map(|document| Some(document.compose()?.loaded.clone()));
        let loaded: Vec<Arc<Loaded>> = loaded.collect();
        if loaded.is_empty() {
            return None;
        }
        let elsewhere = Elsewhere {
            places: &self.places,
            next: &self.next,
        };
        let (projects, sources) = check::load_unit(&loaded, &group.roots, elsewhere);
        let team = Team::new(projects, sources);
        Some(self.teams.insert(members.to_vec(), Box::new(team)))
    }

    /// All projects of the workspace.
    pub fn teams(&self) -> impl Iterator<Item = &Team> {
        let groups = self.groups();
        let groups = groups.all.iter().zip(&groups.members);
        groups.filter_map(|(group, members)| self.team_of(members, group))
    }

    /// The builds of the workspace that use a Dockerfile, with the projects that they are in.
    pub fn builds_of<'s>(
        &'s self,
        dockerfile: &'s Path,
    ) -> impl Iterator<Item = (&'s Team, &'s Linked, BuildUse<'s>)> {
        let teams = self.teams().filter(|team| team.built.contains(dockerfile));
        teams.flat_map(move |team| {
            let builds = team.builds();
            let own = builds.filter(move |(_, build)| {
                let built = build.dockerfile;
                built.is_some_and(|built| built.inline.is_none() && built.path == dockerfile)
            });
            own.map(move |(linked, build)| (team, linked, build))
        })
    }
}

impl Team {
    /// Whether a file stands in a folder that something of the projects looks at.
    fn is_near(&self, path: &Path) -> bool {
        let is_ignore = path.extension().is_some_and(|end| end == "dockerignore")
            || path.file_name().is_some_and(|name| name == ".dockerignore");
        is_ignore
            || self.projects.iter().any(|linked| {
                let folder = path.parent();
                folder == Some(&*linked.project.directory)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::fs::Memory;

    fn listed() -> Listed {
        Listed {
            compose: vec!["compose.yaml".into(), "sub/part.yaml".into()],
            dockerfiles: vec!["api/Dockerfile".into()],
        }
    }

    fn memory() -> Memory {
        let compose =
            "include: [sub/part.yaml]\nservices:\n  api:\n    build: {context: api, target: run}\n";
        [
            ("compose.yaml", compose),
            ("sub/part.yaml", "services: {db: {image: postgres}}\n"),
            ("api/Dockerfile", "FROM alpine AS run\n"),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn a_part_leads_to_its_project() {
        let files = memory();
        let mut workspace = Workspace::new(&files);
        workspace.list(listed());
        let team = workspace.team(Path::new("sub/part.yaml")).expect("a team");
        assert_eq!(team.projects.len(), 1);
        let merged = &team.projects[0].project.merged;
        let service = merged.service("db").expect("db");
        let place = team.place(service.name.at).expect("known");
        assert_eq!(place.path, Path::new("sub/part.yaml"));
    }

    #[test]
    fn a_dockerfile_leads_to_its_builds() {
        let files = memory();
        let mut workspace = Workspace::new(&files);
        workspace.list(listed());
        let path = Path::new("api/Dockerfile");
        let builds: Vec<_> = workspace.builds_of(path).collect();
        let [(_, _, build)] = &builds[..] else {
            panic!("one build, not {}", builds.len());
        };
        assert_eq!((&*build.owner.value, build.stage()), ("api", Some(0)));
        drop(builds);
        workspace.changed(path);
        assert_eq!(workspace.builds_of(path).count(), 1);
    }

    #[test]
    fn a_project_may_be_given() {
        let files: Memory = [
            ("a.yaml", "services: {db: {image: postgres}}\n"),
            ("b.yaml", "services: {api: {depends_on: [db], image: a}}\n"),
        ]
        .into_iter()
        .collect();
        let paths: Vec<PathBuf> = vec!["a.yaml".into(), "b.yaml".into()];
        let mut workspace = Workspace::new(&files);
        workspace.list(Listed {
            compose: paths.clone(),
            dockerfiles: Vec::new(),
        });
        let services = |workspace: &Workspace<'_>| {
            let team = workspace.team(Path::new("b.yaml")).expect("a team");
            team.projects[0].project.merged.services.len()
        };
        assert_eq!(services(&workspace), 1);
        let root = Root {
            files: paths.clone(),
            is_certain: true,
            ..Root::default()
        };
        let given = paths.iter().map(|path| (path.clone(), root.clone()));
        workspace.give(given.collect());
        assert_eq!(services(&workspace), 2);
        // What is read anew stays given.
        workspace.changed(Path::new("a.yaml"));
        assert_eq!(services(&workspace), 2);
        workspace.give(HashMap::new());
        assert_eq!(services(&workspace), 1);
    }

    #[test]
    fn an_open_folder_is_as_good_as_a_repository() {
        let files: Memory = [
            ("/w/sub/compose.yaml", "include: [../part.yaml]\n"),
            ("/w/part.yaml", "services: {db: {image: postgres}}\n"),
        ]
        .into_iter()
        .collect();
        let mut workspace = Workspace::new(&files);
        let path = Path::new("/w/sub/compose.yaml");
        let has_db = |workspace: &Workspace<'_>| {
            let team = workspace.team(path).expect("a team");
            team.projects[0].project.service("db").is_some()
        };
        assert!(!has_db(&workspace));
        workspace.open(&["/w".into()]);
        assert!(has_db(&workspace));
    }

    #[test]
    fn a_file_that_was_not_listed_is_a_project_of_its_own() {
        let files = memory();
        let workspace = Workspace::new(&files);
        let team = workspace.team(Path::new("sub/part.yaml")).expect("a team");
        assert!(team.projects[0].project.service("db").is_some());
    }
}
