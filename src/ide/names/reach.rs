//! The documents that a name can reach, and which of their names are the same.
//!
//! Names that stand for one thing are joined: a service in a file and its override, a stage and the `target` that asks
//! for it. What is joined is decided by `link`; names at the very same place are one in any case.

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::occurrence::{Entity, Local, NameKind, Occurrence, Part};
use crate::ide::{Document, Place, Team, Workspace};
use crate::text::Span;
use crate::workspace::kind::Kind;

/// How far to look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Extent {
    /// The projects that the document belongs to.
    Near,
    /// All projects that share files with these.
    Wide,
}

/// A document with its names.
pub(super) struct Page<'s> {
    pub document: &'s Document,
    pub local: Arc<Local>,
    /// The number of its first entity among those of all pages.
    start: usize,
}

impl Page<'_> {
    /// The number of one of its entities among those of all pages.
    pub(super) fn global(&self, entity: usize) -> usize {
        self.start + entity
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.document.path()
    }
}

/// An occurrence and its page.
#[derive(Clone, Copy)]
pub(super) struct Found<'r> {
    pub page: usize,
    pub occurrence: &'r Occurrence,
}

/// Documents and how their names belong together.
#[derive(Default)]
pub(super) struct Reach<'s> {
    pub pages: Vec<Page<'s>>,
    by_path: HashMap<PathBuf, usize>,
    /// For each entity another one that is the same thing, or itself.
    parents: Vec<usize>,
    /// For each page another one that shares its names of Compose, or itself.
    spaces: Vec<usize>,
    /// For each thing its occurrences, by the number of the entity that stands for it.
    members: HashMap<usize, Vec<(usize, usize)>>,
    /// Uses that are not written: an entity, a page and a place there.
    pub implied: Vec<(usize, usize, Span)>,
    /// Where things may be used besides: an entity, a page and a place there.
    pub hidden: Vec<(usize, usize, Span)>,
    /// Dockerfiles of which a variable decides what is built: a page and its part, and a page and a place there.
    pub unknown: HashMap<(usize, Part), (usize, Span)>,
    /// Places that lead to files: a page, the place and the file.
    pub files: Vec<(usize, Span, PathBuf)>,
    /// Pages of projects that are not known as a whole.
    pub open: HashSet<usize>,
}

impl<'s> Reach<'s> {
    /// The documents that names of a document can reach.
    pub(super) fn of(
        workspace: &'s Workspace<'_>,
        path: &Path,
        extent: Extent,
    ) -> Option<Reach<'s>> {
        let document = workspace.document(path)?;
        let kind = document.kind.filter(|kind| is_read(*kind))?;
        let mut reach = Reach::default();
        reach.page(workspace, path, kind);
        let is_listed = workspace.listed().compose.iter().any(|known| known == path);
        let near: Vec<&'s Team> = if is_listed {
            workspace.team(path).into_iter().collect()
        } else {
            let readers = workspace.teams().filter(|team| team.reads(path));
            let readers: Vec<&Team> = readers.collect();
            match readers.is_empty() && kind == Kind::Compose {
                true => workspace.team(path).into_iter().collect(),
                false => readers,
            }
        };
        match extent {
            Extent::Near => near.iter().for_each(|team| reach.team(workspace, team)),
            Extent::Wide => reach.spread(workspace, near),
        }
        reach.settle();
        Some(reach)
    }

    /// Adds teams, and all that share a file with them.
    fn spread(&mut self, workspace: &'s Workspace<'_>, near: Vec<&'s Team>) {
        let all: Vec<&'s Team> = workspace.teams().collect();
        let mut readers: HashMap<&Path, Vec<&'s Team>> = HashMap::new();
        for team in all {
            for source in team.sources() {
                readers.entry(&source.path).or_default().push(team);
            }
        }
        let mut known: HashSet<*const Team> =
            near.iter().map(|team| std::ptr::from_ref(*team)).collect();
        let mut open: VecDeque<&'s Team> = near.into();
        while let Some(team) = open.pop_front() {
            self.team(workspace, team);
            let shared = team
                .sources()
                .filter_map(|source| readers.get(&*source.path));
            let mut next: Vec<&'s Team> = shared.flatten().copied().collect();
            next.retain(|team| known.insert(std::ptr::from_ref(*team)));
            open.extend(next);
        }
    }

    fn team(&mut self, workspace: &'s Workspace<'_>, team: &'s Team) {
        for linked in &team.projects {
            self.project(workspace, linked);
        }
    }

    /// The page of a document, which is read as what the project takes it for.
    pub(super) fn page(
        &mut self,
        workspace: &'s Workspace<'_>,
        path: &Path,
        kind: Kind,
    ) -> Option<usize> {
        if let Some(known) = self.by_path.get(path) {
            return Some(*known);
        }
        let document = workspace.document(path)?;
        let local = match document.kind == Some(kind) {
            true => document.names().clone(),
            false => Arc::new(super::read(&document.source, kind)),
        };
        let number = self.pages.len();
        let start = self.parents.len();
        self.parents.extend(start..start + local.entities.len());
        self.spaces.push(number);
        let hidden = local.hidden.iter();
        let hidden = hidden.map(|hidden| (start + hidden.entity, number, hidden.span));
        self.hidden.extend(hidden);
        self.pages.push(Page {
            document,
            local,
            start,
        });
        self.by_path.insert(path.to_path_buf(), number);
        Some(number)
    }

    /// The page of a path, if it is one.
    pub(super) fn page_of(&self, path: &Path) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    fn root(&mut self, mut entity: usize) -> usize {
        while self.parents[entity] != entity {
            self.parents[entity] = self.parents[self.parents[entity]];
            entity = self.parents[entity];
        }
        entity
    }

    /// Says that two entities are one thing.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }

    /// Says that two pages share their names of Compose.
    pub(super) fn share(&mut self, a: usize, b: usize) {
        let (a, b) = (self.space(a), self.space(b));
        self.spaces[a.max(b)] = a.min(b);
    }

    pub(super) fn space(&self, mut page: usize) -> usize {
        while self.spaces[page] != page {
            page = self.spaces[page];
        }
        page
    }

    /// Joins what stands at the same place, and collects the occurrences of every thing.
    fn settle(&mut self) {
        for page in 0..self.pages.len() {
            let local = self.pages[page].local.clone();
            let start = self.pages[page].start;
            for pair in local.occurrences.windows(2) {
                if pair[0].span == pair[1].span {
                    self.join(start + pair[0].entity, start + pair[1].entity);
                }
            }
        }
        for entity in 0..self.parents.len() {
            self.parents[entity] = self.root(entity);
        }
        for (number, page) in self.pages.iter().enumerate() {
            for (index, occurrence) in page.local.occurrences.iter().enumerate() {
                let root = self.parents[page.start + occurrence.entity];
                self.members.entry(root).or_default().push((number, index));
            }
        }
    }

    /// The occurrence at an offset of a document, if its name means something.
    pub(super) fn at(&self, path: &Path, offset: u32) -> Option<Found<'_>> {
        let page = self.page_of(path)?;
        let occurrence = self.pages[page].local.at(offset)?;
        let found = Found { page, occurrence };
        self.means_something(found).then_some(found)
    }

    /// Whether a name is more than a word that no document explains.
    pub(super) fn means_something(&self, found: Found<'_>) -> bool {
        let entity = self.entity(found);
        let stands_alone = entity.part != Part::Slot && entity.kind != NameKind::Context;
        stands_alone || self.is_declared(found)
    }

    /// Whether the thing has a declaration.
    pub(super) fn is_declared(&self, found: Found<'_>) -> bool {
        self.all(found).any(|other| {
            let local = &self.pages[other.page].local;
            let entity = &local.entities[other.occurrence.entity];
            // A context that a build is given replaces one in the Dockerfile; alone it is nothing.
            local.declared[other.occurrence.entity] && entity.part != Part::Slot
        }) || self.is_given(found)
    }

    /// Whether a Compose file gives what a Dockerfile asks for.
    fn is_given(&self, found: Found<'_>) -> bool {
        let mut all = self.all(found).map(|other| self.entity(other).part);
        let mut others = self.all(found).map(|other| self.entity(other).part);
        all.any(|part| part == Part::Slot) && others.any(|part| part != Part::Slot)
    }

    /// What an occurrence is one of.
    pub(super) fn entity(&self, found: Found<'_>) -> &Entity {
        &self.pages[found.page].local.entities[found.occurrence.entity]
    }

    /// The number that stands for the thing of an occurrence.
    pub(super) fn thing(&self, found: Found<'_>) -> usize {
        self.thing_of(self.pages[found.page].global(found.occurrence.entity))
    }

    /// The number that stands for the thing of an entity.
    pub(super) fn thing_of(&self, entity: usize) -> usize {
        self.parents[entity]
    }

    /// All occurrences of the same thing.
    pub(super) fn all(&self, found: Found<'_>) -> impl Iterator<Item = Found<'_>> {
        let members = self.members.get(&self.thing(found));
        let members = members.into_iter().flatten();
        members.map(|(page, index)| Found {
            page: *page,
            occurrence: &self.pages[*page].local.occurrences[*index],
        })
    }

    /// A place of a page.
    pub(super) fn place(&self, page: usize, span: Span) -> Place {
        Place {
            path: self.pages[page].path().to_path_buf(),
            span,
        }
    }
}

/// Whether names are looked for in a document.
fn is_read(kind: Kind) -> bool {
    matches!(kind, Kind::Dockerfile | Kind::Compose | Kind::Env)
}
