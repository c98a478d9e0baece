//! Where the names of one document stand: what all questions about names are answered from.
//!
//! A document is read by itself and once. What its names mean in other documents is `link`'s business.

use std::collections::HashMap;

use crate::text::{Span, order};

/// What a name is the name of; what belongs to a Dockerfile comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NameKind {
    /// A stage of a Dockerfile.
    Stage,
    /// A build argument: an `ARG` of a Dockerfile, `args` of a Compose file.
    Argument,
    /// A variable that `ENV` sets.
    Environment,
    /// A context that a build is given by name.
    Context,
    /// A secret as a build sees it.
    BuildSecret,
    /// An SSH agent or key as a build sees it.
    SshAgent,
    /// A service or job.
    Service,
    /// A network.
    Network,
    /// A volume.
    Volume,
    /// A secret.
    Secret,
    /// A config.
    Config,
    /// An AI model.
    Model,
    /// A profile.
    Profile,
    /// An anchor of YAML.
    Anchor,
    /// A variable that Compose replaces, as `.env` sets it.
    Variable,
}

/// What an occurrence does with its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// It says that the thing exists.
    Declaration,
    /// It gives the thing another value or content.
    Write,
    /// It uses the thing.
    Use,
}

/// How a name is written at a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Form {
    /// The bytes are the name.
    Exact,
    /// The bytes are the name in lower case, as `FROM` wants it.
    Lower,
    /// The number of a stage stands for it.
    Number,
    /// A variable decides; its default is the name.
    Decided,
    /// The name is there, but not as these bytes: with escapes, or as the end of a path.
    Inexact,
    /// The thing has no name; this is what declares it.
    Unnamed,
    /// A container sees the name as well.
    Container,
}

/// The part of a document that a name belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// A Dockerfile that stands in a Compose file, by the offset of its value.
    Inline(u32),
    /// A YAML document of it, by its number.
    Document(u32),
    /// Only its own place: what it means is said by another document, if by any.
    Slot,
}

/// Something that has a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Entity {
    /// What it is.
    pub kind: NameKind,
    /// Where it belongs.
    pub part: Part,
    /// Tells things of the same name apart.
    pub number: u32,
    /// The name.
    pub name: Box<str>,
}

/// A place where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Occurrence {
    /// The bytes.
    pub span: Span,
    /// Which of the document's entities.
    pub entity: usize,
    /// What it does.
    pub role: Role,
    /// How it is written.
    pub form: Form,
    /// All of the declaration; for others the same as `span`.
    pub full: Span,
    /// The declaration in the same document that counts here, where one of several does.
    pub leads: Option<Span>,
}

/// What a container's `build` says by names, for the link to its Dockerfile. The numbers are those of entities.
#[derive(Clone, Debug, Default)]
pub(super) struct BuildNames {
    /// The service or job.
    pub owner: Box<str>,
    /// The stages that `target` and `no_cache_filter` name.
    pub stages: Vec<usize>,
    /// Where a variable without a default decides on the target.
    pub unknown_target: Option<Span>,
    /// The names of `args`.
    pub arguments: Vec<usize>,
    /// The names of `additional_contexts`.
    pub contexts: Vec<usize>,
    /// The names under which the build sees secrets.
    pub secrets: Vec<usize>,
    /// The names of `ssh`.
    pub agents: Vec<usize>,
}

/// A service of another file that one extends.
#[derive(Clone, Debug)]
pub(super) struct ExtendsName {
    /// The entity of the name behind `service`.
    pub entity: usize,
    /// The path of the file.
    pub file: Box<str>,
}

/// A path to another file.
#[derive(Clone, Debug)]
pub(super) struct PathUse {
    /// Where it stands.
    pub span: Span,
    /// The path, relative to the folder that the document's paths begin at.
    pub path: Box<str>,
}

/// Why the uses of a thing are not all known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hidden {
    /// Which of the document's entities.
    pub entity: usize,
    /// Where it may be used.
    pub span: Span,
}

/// All names of a document.
#[derive(Debug, Default)]
pub(in crate::ide) struct Local {
    /// What has a name. Some have no occurrence: names that are taken.
    pub(super) entities: Vec<Entity>,
    /// Where the names stand, in the order of the text, each once.
    pub(super) occurrences: Vec<Occurrence>,
    /// Which entities are declared, by their number.
    pub(super) declared: Vec<bool>,
    pub(super) builds: Vec<BuildNames>,
    pub(super) extends: Vec<ExtendsName>,
    pub(super) paths: Vec<PathUse>,
    /// Entities that are hosts in values of containers, if services have these names.
    pub(super) hosts: Vec<usize>,
    pub(super) hidden: Vec<Hidden>,
    keys: HashMap<Entity, usize>,
    /// The last stage of each name in lower case.
    stages: HashMap<(Part, String), usize>,
}

impl Local {
    /// All names of one kind, in the order in which they were read; some more than once.
    pub(in crate::ide) fn names_of(&self, kind: NameKind) -> impl Iterator<Item = &str> {
        let entities = self.entities.iter();
        let of_kind = entities.filter(move |entity| entity.kind == kind);
        of_kind.map(|entity| &*entity.name)
    }

    /// The thing of this name.
    pub(super) fn find(&self, kind: NameKind, part: Part, name: &str) -> Option<usize> {
        let entity = Entity {
            kind,
            part,
            number: 0,
            name: name.into(),
        };
        self.keys.get(&entity).copied()
    }

    /// The stage of this name, in any case; the last one where several have it.
    pub(super) fn stage(&self, part: Part, name: &str) -> Option<usize> {
        let key = (part, name.to_ascii_lowercase());
        self.stages.get(&key).copied()
    }

    /// The last stage of a Dockerfile.
    pub(super) fn last_stage(&self, part: Part) -> Option<usize> {
        let is_own = |entity: &&Entity| entity.kind == NameKind::Stage && entity.part == part;
        let stages = self.entities.iter().filter(is_own);
        let last = stages.max_by_key(|stage| stage.number)?;
        self.keys.get(last).copied()
    }

    /// The occurrences that an offset lies in or at the end of; those that begin there win.
    pub(super) fn at(&self, offset: u32) -> Option<&Occurrence> {
        let end = self
            .occurrences
            .partition_point(|found| found.span.start <= offset);
        let before = self.occurrences[..end].iter().rev();
        // Names do not lie in one another, but the default of a variable may hold one.
        let mut touching = before.take(8).filter(|found| found.span.touches(offset));
        let first = touching.next()?;
        Some(touching.fold(first, |best, next| {
            let is_better =
                best.span.end == offset && best.span.start != offset && next.span.end > offset
                    || best.span.is_empty();
            if is_better { next } else { best }
        }))
    }
}

/// Collects the names of a document.
pub(super) struct Names<'t> {
    /// The text of the document.
    pub text: &'t str,
    pub local: Local,
}

impl<'t> Names<'t> {
    pub(super) fn new(text: &'t str) -> Names<'t> {
        Names {
            text,
            local: Local::default(),
        }
    }

    /// The number of an entity, which becomes known if it is not yet.
    pub(super) fn entity(&mut self, entity: Entity) -> usize {
        if let Some(known) = self.local.keys.get(&entity) {
            return *known;
        }
        let number = self.local.entities.len();
        if entity.kind == NameKind::Stage && entity.part != Part::Slot && !entity.name.is_empty() {
            let key = (entity.part, entity.name.to_ascii_lowercase());
            self.local.stages.insert(key, number);
        }
        self.local.entities.push(entity.clone());
        self.local.declared.push(false);
        self.local.keys.insert(entity, number);
        number
    }

    /// The entity of a kind and name that is the only one of them in its part.
    pub(super) fn only(&mut self, kind: NameKind, part: Part, name: &str) -> usize {
        self.entity(Entity {
            kind,
            part,
            number: 0,
            name: name.into(),
        })
    }

    /// A name at a place, of which another document says what it means.
    pub(super) fn slot(&mut self, kind: NameKind, name: &str, span: Span) -> usize {
        self.entity(Entity {
            kind,
            part: Part::Slot,
            number: span.start,
            name: name.into(),
        })
    }

    /// Adds an occurrence. Whether the bytes are the name is looked at here.
    pub(super) fn add(&mut self, occurrence: Occurrence) {
        let span = occurrence.span;
        let Some(written) = self.text.get(span.range()) else {
            return;
        };
        if occurrence.role == Role::Declaration {
            self.local.declared[occurrence.entity] = true;
        }
        let entity = &self.local.entities[occurrence.entity];
        let is_name = match entity.kind {
            NameKind::Stage | NameKind::Context => written.eq_ignore_ascii_case(&entity.name),
            _ => written == &*entity.name,
        };
        let form = match occurrence.form {
            Form::Exact | Form::Lower | Form::Container if !is_name => Form::Inexact,
            form => form,
        };
        self.local
            .occurrences
            .push(Occurrence { form, ..occurrence });
    }

    /// Adds a plain use.
    pub(super) fn add_use(&mut self, entity: usize, span: Span, form: Form) {
        self.add(Occurrence {
            span,
            entity,
            role: Role::Use,
            form,
            full: span,
            leads: None,
        });
    }

    /// Adds a declaration with all of what it declares.
    pub(super) fn declare(&mut self, entity: usize, span: Span, full: Span) {
        self.add(Occurrence {
            span,
            entity,
            role: Role::Declaration,
            form: Form::Exact,
            full: full.cover(span),
            leads: None,
        });
    }

    /// All names, in order.
    pub(super) fn finish(self) -> Local {
        let mut local = self.local;
        order::sort(&mut local.occurrences);
        local
            .occurrences
            .dedup_by_key(|found| (found.span, found.entity));
        local
    }
}
