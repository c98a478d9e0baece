//! All that has a name in a workspace, for finding it by a few letters.

use std::path::Path;

use super::occurrence::NameKind;
use crate::compose::value::{Map, Name, Named as Declared};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::model::Origin;
use crate::ide::{Place, Workspace};
use crate::text::source::printed;
use crate::text::{Span, order};

/// The most names that are given.
const MAX_FOUND: usize = 1000;

/// What a named thing is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NamedKind {
    /// A job of a Compose file.
    Job,
    /// Anything else.
    Name(NameKind),
}

/// Something with a name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// What it is the name of.
    pub kind: NamedKind,
    /// What the thing belongs to: the stage of a variable, else the file.
    pub container: String,
}

/// What has a name with the letters of a query in their order, in any case: stages, arguments and variables of
/// Dockerfiles, services, jobs, networks, volumes, secrets, configs and models. Sorted by name and place; no more than
/// 1,000.
pub fn workspace_symbols(workspace: &Workspace<'_>, query: &str) -> Vec<Named> {
    let mut search = Search {
        letters: query.chars().flat_map(char::to_lowercase).collect(),
        found: Vec::new(),
    };
    for path in &workspace.listed().dockerfiles {
        let document = workspace.document(path);
        if let Some(dockerfile) = document.and_then(|document| document.dockerfile()) {
            search.dockerfile(path, &dockerfile.model);
        }
    }
    for path in &workspace.listed().compose {
        let Some(document) = workspace.document(path) else {
            continue;
        };
        let text = document.text();
        let files = document.compose().into_iter();
        for file in files.flat_map(|compose| compose.file.documents()) {
            search.section(
                path,
                text,
                NamedKind::Name(NameKind::Service),
                &file.services,
            );
            search.section(path, text, NamedKind::Job, &file.jobs);
            search.section(
                path,
                text,
                NamedKind::Name(NameKind::Network),
                &file.networks,
            );
            search.section(path, text, NamedKind::Name(NameKind::Volume), &file.volumes);
            search.section(path, text, NamedKind::Name(NameKind::Secret), &file.secrets);
            search.section(path, text, NamedKind::Name(NameKind::Config), &file.configs);
            search.section(path, text, NamedKind::Name(NameKind::Model), &file.models);
        }
    }
    let mut found = search.found;
    order::sort(&mut found);
    found.dedup();
    found.truncate(MAX_FOUND);
    found
}

struct Search {
    /// The query in lower case.
    letters: Vec<char>,
    found: Vec<Named>,
}

impl Search {
    fn is_wanted(&self, name: &str) -> bool {
        let mut letters = self.letters.iter().peekable();
        for c in name.chars().flat_map(char::to_lowercase) {
            if letters.peek() == Some(&&c) {
                letters.next();
            }
        }
        letters.peek().is_none()
    }

    fn add(&mut self, path: &Path, span: Span, kind: NamedKind, name: &str, container: String) {
        if !name.is_empty() && self.is_wanted(name) {
            self.found.push(Named {
                name: name.to_owned(),
                place: Place {
                    path: path.to_path_buf(),
                    span,
                },
                kind,
                container,
            });
        }
    }

    fn section<T: Declared>(&mut self, path: &Path, text: &str, kind: NamedKind, map: &Map<T>) {
        for item in map {
            let Name { value: name, at } = item.name();
            let is_quoted = at.span.text(text).starts_with(['"', '\'']) && at.span.len() > 1;
            let span = match is_quoted {
                true => Span::new(at.span.start + 1, at.span.end - 1),
                false => at.span,
            };
            self.add(path, span, kind, name, printed(path));
        }
    }

    fn dockerfile(&mut self, path: &Path, model: &Dockerfile) {
        for stage in &model.stages {
            if let Some(name) = &stage.name {
                let kind = NamedKind::Name(NameKind::Stage);
                self.add(path, name.span, kind, &name.value, printed(path));
            }
        }
        for definition in model.definitions() {
            let instruction = &model.ast.instructions[definition.instruction].kind;
            // Those of triggers stand in another stage.
            if matches!(instruction, InstructionKind::Onbuild(_)) {
                continue;
            }
            let kind = NamedKind::Name(match definition.origin {
                Origin::Arg => NameKind::Argument,
                Origin::Env => NameKind::Environment,
            });
            let stage = definition.stage.and_then(|stage| model.stages.get(stage));
            let stage = stage.and_then(|stage| stage.name.as_ref());
            let container = match stage {
                Some(stage) => format!("{} in {}", stage.value, printed(path)),
                None => printed(path),
            };
            self.add(
                path,
                definition.name_span,
                kind,
                &definition.name,
                container,
            );
        }
    }
}
