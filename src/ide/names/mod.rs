//! Names: where they are declared and used, in a document, in its projects, and through the link between Compose files
//! and Dockerfiles.
//!
//! All questions are answered from one list of occurrences for each document (`occurrence`), read once, and from what
//! joins the lists of several (`link`).
//!
//! Not for: what a name's thing is like, which a hover says.

mod anchors;
mod compose;
mod dockerfile;
mod hosts;
mod link;
mod occurrence;
mod reach;
mod rename;
mod script;
mod search;
#[cfg(test)]
mod tests;
mod variables;

use std::collections::BTreeSet;
use std::path::Path;

pub(super) use occurrence::Local;
pub use occurrence::{NameKind, Role};
pub use rename::{RenameError, prepare_rename, rename};
pub use search::{Named, NamedKind, workspace_symbols};

use super::{Place, Workspace};
use crate::dockerfile::Dockerfile;
use crate::text::{FileId, SourceFile, Span, order};
use crate::workspace::kind::Kind;
use occurrence::{Names, Part};
use reach::{Extent, Found, Reach};

/// What the name at an offset leads to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Target {
    /// The name that was asked about.
    pub origin: Span,
    /// The name in the declaration; the beginning of a file for a path.
    pub place: Place,
    /// All of the declaration.
    pub full: Place,
}

/// What is done to a thing where its name stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Access {
    /// It is used.
    Read,
    /// It is declared or changed.
    Write,
}

/// Reads the names of a document as one of a kind.
pub(super) fn read(source: &SourceFile, kind: Kind) -> Local {
    match kind {
        Kind::Dockerfile => {
            let model = Dockerfile::new(crate::dockerfile::parse::parse(&source.text).tree);
            of_dockerfile(&model, &source.text)
        }
        Kind::Compose => {
            let yaml = crate::yaml::parse(&source.text).tree;
            let file = crate::compose::File::lower(&yaml, FileId(0));
            compose::read(&file, &yaml, &source.text)
        }
        Kind::Env => variables::read(&source.text),
        Kind::Dockerignore | Kind::Config => Local::default(),
    }
}

/// The names of a document, from what was read of it.
pub(super) fn of(document: &super::Document) -> Local {
    if let Some(dockerfile) = document.dockerfile() {
        of_dockerfile(&dockerfile.model, document.text())
    } else if let Some(file) = document.compose() {
        compose::read(&file.file, &file.loaded.yaml, document.text())
    } else {
        let kind = document.kind;
        kind.map_or_else(Local::default, |kind| read(&document.source, kind))
    }
}

fn of_dockerfile(model: &Dockerfile, text: &str) -> Local {
    let mut names = Names::new(text);
    dockerfile::read(model, Part::Whole, &|span| span, &mut names);
    names.finish()
}

/// Where the name at an offset is declared. A path leads to the beginning of its file.
pub fn definition(workspace: &Workspace<'_>, path: &Path, offset: u32) -> Vec<Target> {
    let reach = Reach::of(workspace, path, Extent::Near);
    reach.map_or_else(Vec::new, |reach| definition_in(&reach, path, offset))
}

fn definition_in(reach: &Reach<'_>, path: &Path, offset: u32) -> Vec<Target> {
    let mut targets = BTreeSet::new();
    if let Some(found) = reach.at(path, offset) {
        let origin = found.occurrence.span;
        let is_own = |other: &Found<'_>| other.page == found.page;
        let mut all: Vec<Found<'_>> = reach.all(found).collect();
        all.retain(|other| other.occurrence.role == Role::Declaration);
        if let Some(leads) = found.occurrence.leads {
            all.retain(|other| is_own(other) && other.occurrence.span == leads);
        } else if found.occurrence.role == Role::Declaration
            && reach.entity(found).kind <= NameKind::Environment
        {
            // Of several in a Dockerfile each is one by itself.
            all.retain(|other| is_own(other) && other.occurrence.span == origin);
        }
        targets.extend(all.iter().map(|other| Target {
            origin,
            place: reach.place(other.page, other.occurrence.span),
            full: reach.place(other.page, other.occurrence.full),
        }));
    }
    let page = reach.page_of(path);
    for (own, span, to) in &reach.files {
        if Some(*own) == page && span.touches(offset) {
            let start = Place {
                path: to.clone(),
                span: Span::empty(0),
            };
            targets.insert(Target {
                origin: *span,
                place: start.clone(),
                full: start,
            });
        }
    }
    targets.into_iter().collect()
}

/// Where the thing is used whose name stands at an offset, and, if they are asked for, its declarations: in all
/// documents, in their order. A build that needs a stage without naming it is a use, too.
pub fn references(
    workspace: &Workspace<'_>,
    path: &Path,
    offset: u32,
    include_declaration: bool,
) -> Vec<Place> {
    let reach = Reach::of(workspace, path, Extent::Wide);
    reach.map_or_else(Vec::new, |reach| {
        references_in(&reach, path, offset, include_declaration)
    })
}

fn references_in(
    reach: &Reach<'_>,
    path: &Path,
    offset: u32,
    include_declaration: bool,
) -> Vec<Place> {
    let Some(found) = reach.at(path, offset) else {
        return Vec::new();
    };
    let is_wanted =
        |other: &Found<'_>| include_declaration || other.occurrence.role != Role::Declaration;
    let written = reach.all(found).filter(is_wanted);
    let mut places =
        order::set(written.map(|other| reach.place(other.page, other.occurrence.span)));
    let thing = reach.thing(found);
    for (entity, page, span) in &reach.implied {
        if reach.thing_of(*entity) == thing {
            places.insert(reach.place(*page, *span));
        }
    }
    places.into_iter().collect()
}

/// Where the thing whose name stands at an offset is named in the same document, and what is done to it there.
pub fn highlights(workspace: &Workspace<'_>, path: &Path, offset: u32) -> Vec<(Span, Access)> {
    let reach = Reach::of(workspace, path, Extent::Near);
    reach.map_or_else(Vec::new, |reach| highlights_in(&reach, path, offset))
}

fn highlights_in(reach: &Reach<'_>, path: &Path, offset: u32) -> Vec<(Span, Access)> {
    let Some(found) = reach.at(path, offset) else {
        return Vec::new();
    };
    let own = reach.all(found).filter(|other| other.page == found.page);
    let mut spans: Vec<(Span, Access)> = own
        .map(|other| match other.occurrence.role {
            Role::Declaration | Role::Write => (other.occurrence.span, Access::Write),
            Role::Use => (other.occurrence.span, Access::Read),
        })
        .collect();
    // A place that does both is one that writes.
    order::sort_by_key(&mut spans, |(span, access)| {
        (*span, std::cmp::Reverse(*access))
    });
    spans.dedup_by_key(|(span, _)| *span);
    spans
}
