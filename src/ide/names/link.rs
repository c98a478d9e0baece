//! Which names of a project's files are the same thing.
//!
//! Files that are merged share their names; a file that is only extended keeps its services to itself. Builds join
//! Compose files with Dockerfiles.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::occurrence::{NameKind, Part};
use super::reach::Reach;
use crate::check::Linked;
use crate::compose::project::{Project, Role};
use crate::engine::built::BuildUse;
use crate::ide::Workspace;
use crate::text::path::lexical;
use crate::text::{FileId, Location};
use crate::workspace::fs::Entry;
use crate::workspace::kind::Kind;

/// The pages of a project.
struct Pages<'p> {
    project: &'p Project,
    all: Vec<(usize, Role)>,
    by_file: HashMap<FileId, usize>,
}

/// The names of Compose that files of a project share.
fn is_shared(kind: NameKind) -> bool {
    matches!(
        kind,
        NameKind::Service
            | NameKind::Network
            | NameKind::Volume
            | NameKind::Secret
            | NameKind::Config
            | NameKind::Model
            | NameKind::Profile
            | NameKind::Variable
    )
}

impl<'s> Reach<'s> {
    /// Adds the files of a project and joins their names.
    pub(super) fn project(&mut self, workspace: &'s Workspace<'_>, linked: &'s Linked) {
        let project = &linked.project;
        let mut pages = Pages {
            project,
            all: Vec::new(),
            by_file: HashMap::new(),
        };
        for file in &project.files {
            let kind = match file.role {
                Role::Environment => Kind::Env,
                _ => Kind::Compose,
            };
            if let Some(page) = self.page(workspace, &file.path, kind) {
                pages.all.push((page, file.role));
                pages.by_file.insert(file.id, page);
            }
        }
        self.share_names(&pages);
        self.extended(&pages);
        self.paths(workspace, &pages);
        self.builds(workspace, &pages, linked);
        let is_open = |rule: &str| matches!(rule, "analysis-incomplete" | "remote-include");
        if project
            .problems
            .iter()
            .any(|(_, error)| is_open(error.rule))
        {
            self.open.extend(pages.all.iter().map(|(page, _)| *page));
        }
    }

    fn share_names(&mut self, pages: &Pages<'_>) {
        let mut first: HashMap<(NameKind, Box<str>), usize> = HashMap::new();
        let mut services: HashSet<Box<str>> = HashSet::new();
        let mut joins = Vec::new();
        for (page, role) in &pages.all {
            let page = &self.pages[*page];
            for (number, entity) in page.local.entities.iter().enumerate() {
                if entity.part != Part::Whole || !is_shared(entity.kind) {
                    continue;
                }
                let is_service = entity.kind == NameKind::Service && page.local.declared[number];
                if is_service && *role == Role::Extends {
                    continue;
                }
                if is_service {
                    services.insert(entity.name.clone());
                }
                let key = (entity.kind, entity.name.clone());
                let other = *first.entry(key).or_insert(page.global(number));
                joins.push((page.global(number), other));
            }
        }
        for (page, _) in &pages.all {
            let page = &self.pages[*page];
            for host in &page.local.hosts {
                let name = &page.local.entities[*host].name;
                let service = first.get(&(NameKind::Service, name.clone()));
                if let Some(service) = service.filter(|_| services.contains(name)) {
                    joins.push((page.global(*host), *service));
                }
            }
        }
        for (a, b) in joins {
            self.join(a, b);
        }
        for pair in pages.all.windows(2) {
            self.share(pair[0].0, pair[1].0);
        }
    }

    /// Joins the names of services in other files with their declarations there.
    fn extended(&mut self, pages: &Pages<'_>) {
        let mut joins = Vec::new();
        for (id, page) in &pages.by_file {
            let page = &self.pages[*page];
            for extends in &page.local.extends {
                let name = &page.local.entities[extends.entity].name;
                let other = path_from(pages.project, *id, &extends.file);
                let other = other.and_then(|path| self.page_of(&path));
                let Some(other) = other.map(|other| &self.pages[other]) else {
                    continue;
                };
                if let Some(service) = other.local.find(NameKind::Service, Part::Whole, name) {
                    joins.push((page.global(extends.entity), other.global(service)));
                }
            }
        }
        for (a, b) in joins {
            self.join(a, b);
        }
    }

    /// Notes the places that lead to files that are there.
    fn paths(&mut self, workspace: &Workspace<'_>, pages: &Pages<'_>) {
        let mut found = Vec::new();
        for (id, page) in &pages.by_file {
            for path in &self.pages[*page].local.paths {
                if let Some(to) = path_from(pages.project, *id, &path.path)
                    && matches!(workspace.files().entry(&to), Ok(Entry::File))
                {
                    found.push((*page, path.span, to));
                }
            }
        }
        self.files.extend(found);
    }

    fn builds(&mut self, workspace: &'s Workspace<'_>, pages: &Pages<'_>, linked: &Linked) {
        let mut owners: HashMap<Box<str>, Vec<(usize, usize)>> = HashMap::new();
        for (page, _) in &pages.all {
            for (index, build) in self.pages[*page].local.builds.iter().enumerate() {
                let known = owners.entry(build.owner.clone()).or_default();
                known.push((*page, index));
            }
        }
        let bases = bases(pages.project);
        for build in linked.builts.uses(pages.project) {
            let (page, part) = match (&build.build.value.dockerfile_inline, build.dockerfile) {
                (Some(inline), _) => {
                    let page = pages.by_file.get(&inline.at.file).copied();
                    (page, Part::Inline(inline.at.span.start))
                }
                (None, Some(dockerfile)) => {
                    let page = self.page(workspace, &dockerfile.path, Kind::Dockerfile);
                    (page, Part::Whole)
                }
                (None, None) => continue,
            };
            let Some(page) = page else { continue };
            let target = BuildTarget { page, part };
            for owner in owners_of(&bases, &build.owner.value) {
                for (page, index) in owners.get(owner).into_iter().flatten() {
                    self.build(*page, *index, target);
                }
            }
            self.implied_stage(pages, &build, target);
            if let Some(dockerfile) = build.dockerfile.filter(|_| part == Part::Whole) {
                self.dockerfile_path(pages, &build, &dockerfile.path);
            }
        }
    }

    /// Joins the names of a build with those of its Dockerfile.
    fn build(&mut self, page: usize, index: usize, target: BuildTarget) {
        let own = &self.pages[page];
        let file = &self.pages[target.page];
        let build = &own.local.builds[index];
        let name = |entity: &usize| &*own.local.entities[*entity].name;
        let mut joins = Vec::new();
        for entity in &build.stages {
            let stage = file.local.stage(target.part, name(entity));
            joins.extend(stage.map(|stage| (*entity, stage)));
        }
        for entity in &build.arguments {
            let argument = file
                .local
                .find(NameKind::Argument, target.part, name(entity));
            let argument = argument.filter(|argument| file.local.declared[*argument]);
            joins.extend(argument.map(|argument| (*entity, argument)));
        }
        for entity in &build.contexts {
            let lower = name(entity).to_ascii_lowercase();
            let context = file.local.find(NameKind::Context, target.part, &lower);
            let context = context.or_else(|| file.local.stage(target.part, &lower));
            joins.extend(context.map(|context| (*entity, context)));
        }
        for entity in &build.secrets {
            let secret = file
                .local
                .find(NameKind::BuildSecret, target.part, name(entity));
            joins.extend(secret.map(|secret| (*entity, secret)));
        }
        for entity in &build.agents {
            let agent = file
                .local
                .find(NameKind::SshAgent, target.part, name(entity));
            joins.extend(agent.map(|agent| (*entity, agent)));
        }
        let joins = joins.into_iter();
        let joins: Vec<(usize, usize)> = joins
            .map(|(a, b)| (own.global(a), file.global(b)))
            .collect();
        if let Some(span) = build.unknown_target {
            self.unknown
                .insert((target.page, target.part), (page, span));
        }
        for (a, b) in joins {
            self.join(a, b);
        }
    }

    /// A build without `target` builds the last stage.
    fn implied_stage(&mut self, pages: &Pages<'_>, build: &BuildUse<'_>, target: BuildTarget) {
        let value = &build.build.value;
        if value
            .target
            .as_ref()
            .is_some_and(|target| !target.value.is_empty())
        {
            return;
        }
        let file = &self.pages[target.page];
        let Some(stage) = file.local.last_stage(target.part) else {
            return;
        };
        let stage = file.global(stage);
        let at = match (&value.dockerfile, &value.dockerfile_inline, &value.context) {
            (Some(dockerfile), None, _) => dockerfile.text_at(),
            (_, Some(inline), _) => inline.key,
            (None, None, Some(context)) => context.text_at(),
            (None, None, None) => build.build.key,
        };
        if let Some(page) = pages.by_file.get(&at.file) {
            self.implied.push((stage, *page, at.span));
        }
    }

    /// `dockerfile`, and `context` where the Dockerfile has its usual name, lead to the Dockerfile.
    fn dockerfile_path(&mut self, pages: &Pages<'_>, build: &BuildUse<'_>, path: &Path) {
        let value = &build.build.value;
        let at: Option<Location> = match (&value.dockerfile, &value.context) {
            (Some(dockerfile), _) => Some(dockerfile.text_at()),
            (None, context) => context.as_ref().map(|context| context.text_at()),
        };
        if let Some(at) = at
            && let Some(page) = pages.by_file.get(&at.file)
        {
            self.files.push((*page, at.span, path.to_path_buf()));
        }
    }
}

/// The Dockerfile of a build.
#[derive(Clone, Copy)]
struct BuildTarget {
    page: usize,
    part: Part,
}

/// For each service those that it extends, by their names.
fn bases(project: &Project) -> HashMap<&str, Vec<&str>> {
    let mut bases: HashMap<&str, Vec<&str>> = HashMap::new();
    for extended in &project.extended {
        let known = bases.entry(&extended.service).or_default();
        known.push(&extended.base.value);
    }
    bases
}

/// A service and all that it extends, by their names.
fn owners_of<'p>(bases: &HashMap<&'p str, Vec<&'p str>>, owner: &'p str) -> Vec<&'p str> {
    let mut owners = vec![owner];
    let mut known = HashSet::from([owner]);
    let mut next = 0;
    while let Some(owner) = owners.get(next) {
        let more = bases.get(owner).into_iter().flatten().copied();
        let more: Vec<&str> = more.filter(|base| known.insert(base)).collect();
        owners.extend(more);
        next += 1;
    }
    owners
}

/// The file that a path leads to, if it is one of the workspace.
fn path_from(project: &Project, file: FileId, path: &str) -> Option<PathBuf> {
    if path.starts_with(['/', '~', '\\']) || path.contains("://") || path.contains(['\0', '\\']) {
        return None;
    }
    Some(lexical(&project.directory_of(file)?.join(path)))
}
