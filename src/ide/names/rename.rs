//! Another name for a thing, wherever it is named.
//!
//! A name is changed everywhere or nowhere: where a use may be out of sight, or the new name would mean something
//! else, an error says why.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::occurrence::{Entity, Form, NameKind, Part};
use super::reach::{Extent, Found, Page, Reach};
use crate::compose::schema::is_resource_name;
use crate::dockerfile::parse::is_stage_name;
use crate::ide::Workspace;
use crate::knowledge::predefined::predefined;
use crate::text::source::printed;
use crate::text::{Edit, Span, order};
use crate::yaml::{Document, Kind, NodeId, Resolved, Scalar, ScalarStyle, edit};

/// The network that every project has.
const DEFAULT: &str = "default";

/// Why a name stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenameError {
    /// No name that can be changed stands there.
    NoName,
    /// The new name does not follow the grammar of such names.
    Invalid {
        /// The new name.
        name: String,
        /// Of which kind it would be.
        kind: NameKind,
    },
    /// Something else has the new name.
    Taken {
        /// The new name.
        name: String,
        /// Where the other thing is named, as path and line.
        at: String,
    },
    /// Docker gives the name a meaning of its own.
    Predefined {
        /// The name.
        name: String,
    },
    /// A variable decides whether a place names the thing.
    Decided {
        /// The old name.
        name: String,
        /// The place, as path and line.
        at: String,
    },
    /// The name is used in a text that is not read.
    Hidden {
        /// The old name.
        name: String,
        /// The place, as path and line.
        at: String,
    },
    /// The name is a part of something else, or is written with escapes.
    Inexact {
        /// The old name.
        name: String,
        /// The place, as path and line.
        at: String,
    },
    /// A container gets the variable under this name.
    InContainer {
        /// The old name.
        name: String,
        /// The place, as path and line.
        at: String,
    },
    /// The project has files that cannot be read.
    Incomplete {
        /// The old name.
        name: String,
    },
}

impl std::fmt::Display for RenameError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            RenameError::NoName => f.write_str("there is no name that can be changed"),
            RenameError::Invalid { name, kind } => {
                write!(f, "`{name}` cannot be {}: {}", kind.title(), kind.grammar())
            }
            RenameError::Taken { name, at } => {
                write!(f, "`{name}` is already the name of something else: {at}")
            }
            RenameError::Predefined { name } => {
                write!(f, "`{name}` has a meaning of its own for Docker")
            }
            RenameError::Decided { name, at } => {
                write!(f, "a variable decides whether `{name}` is meant: {at}")
            }
            RenameError::Hidden { name, at } => {
                write!(f, "`{name}` may be used in a text that is not read: {at}")
            }
            RenameError::Inexact { name, at } => {
                write!(f, "`{name}` is not written as it is: {at}")
            }
            RenameError::InContainer { name, at } => {
                write!(f, "a container gets `{name}` under this name: {at}")
            }
            RenameError::Incomplete { name } => {
                write!(
                    f,
                    "`{name}` may be used in a file of the project that cannot be read"
                )
            }
        }
    }
}

impl std::error::Error for RenameError {}

impl NameKind {
    /// What it is called, with its article.
    pub fn title(self) -> &'static str {
        match self {
            NameKind::Stage => "a stage",
            NameKind::Argument => "a build argument",
            NameKind::Environment | NameKind::Variable => "a variable",
            NameKind::Context => "a build context",
            NameKind::BuildSecret | NameKind::Secret => "a secret",
            NameKind::SshAgent => "an SSH agent",
            NameKind::Service => "a service",
            NameKind::Network => "a network",
            NameKind::Volume => "a volume",
            NameKind::Config => "a config",
            NameKind::Model => "a model",
            NameKind::Profile => "a profile",
            NameKind::Anchor => "an anchor",
        }
    }

    fn grammar(self) -> &'static str {
        match self {
            NameKind::Stage | NameKind::Context => {
                "a name begins with a letter and goes on with letters, digits, `-`, `_` and `.`"
            }
            NameKind::Argument | NameKind::Environment | NameKind::Variable => {
                "a name begins with a letter or `_` and goes on with letters, digits and `_`"
            }
            NameKind::Anchor => "a name is made of letters, digits, `-` and `_`",
            NameKind::Profile => {
                "a name begins with a letter or digit and goes on with letters, digits, `-`, `_` and `.`"
            }
            _ => "a name is made of letters, digits, `-`, `_` and `.`",
        }
    }

    fn allows(self, name: &str) -> bool {
        match self {
            // BuildKit takes `scratch` for nothing and `context` for the build context.
            NameKind::Stage | NameKind::Context => {
                is_stage_name(name)
                    && !["scratch", "context"].contains(&&*name.to_ascii_lowercase())
            }
            NameKind::Argument | NameKind::Environment | NameKind::Variable => is_variable(name),
            NameKind::Anchor => {
                let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
                !name.is_empty() && name.bytes().all(allowed)
            }
            NameKind::Profile => {
                is_resource_name(name) && name.as_bytes()[0].is_ascii_alphanumeric()
            }
            _ => is_resource_name(name),
        }
    }

    /// Kinds in which two things may not have the same name.
    fn space(self) -> NameKind {
        match self {
            NameKind::Environment => NameKind::Argument,
            NameKind::Context => NameKind::Stage,
            kind => kind,
        }
    }

    /// Whether a name means something to Docker whatever the files say.
    fn is_predefined(self, name: &str) -> bool {
        match self {
            NameKind::Argument => predefined(name).is_some(),
            NameKind::Environment => name == "PATH",
            NameKind::Variable => name.starts_with("COMPOSE_") || name.starts_with("DOCKER_"),
            NameKind::Network | NameKind::SshAgent => name == DEFAULT,
            _ => false,
        }
    }
}

fn is_variable(name: &str) -> bool {
    let is_part = |byte: u8| byte == b'_' || byte.is_ascii_alphanumeric();
    name.bytes().all(is_part)
        && name
            .bytes()
            .next()
            .is_some_and(|first| !first.is_ascii_digit())
}

/// The name at an offset and its bytes, if it can be changed at all. Whether it can be changed everywhere is said by
/// [`rename`].
pub fn prepare_rename(
    workspace: &Workspace<'_>,
    path: &Path,
    offset: u32,
) -> Option<(Span, String)> {
    let reach = Reach::of(workspace, path, Extent::Near)?;
    let found = renameable(&reach, path, offset)?;
    Some((found.occurrence.span, name_at(&reach, found)))
}

/// The edits that change the name at an offset into another one, file by file.
///
/// # Errors
/// [`RenameError`] when there is no such name, or it cannot be changed everywhere, or not into this one.
pub fn rename(
    workspace: &Workspace<'_>,
    path: &Path,
    offset: u32,
    new: &str,
) -> Result<Vec<(PathBuf, Vec<Edit>)>, RenameError> {
    let reach = Reach::of(workspace, path, Extent::Wide).ok_or(RenameError::NoName)?;
    rename_in(&reach, path, offset, new)
}

/// The occurrence at an offset if its bytes are its name and it has one that may be changed.
pub(super) fn renameable<'r>(reach: &'r Reach<'_>, path: &Path, offset: u32) -> Option<Found<'r>> {
    let found = reach.at(path, offset)?;
    let entity = reach.entity(found);
    let is_name = !matches!(
        found.occurrence.form,
        Form::Number | Form::Unnamed | Form::Inexact
    );
    // Nobody declares a variable that the environment gives.
    let is_known = entity.kind == NameKind::Variable || reach.is_declared(found);
    let mut all = reach.all(found);
    let is_fixed = |other: Found<'_>| {
        let entity = reach.entity(other);
        entity.kind.is_predefined(&entity.name)
    };
    (is_name && is_known && !all.any(is_fixed)).then_some(found)
}

fn name_at(reach: &Reach<'_>, found: Found<'_>) -> String {
    let text = reach.pages[found.page].document.text();
    found.occurrence.span.text(text).to_owned()
}

pub(super) fn rename_in(
    reach: &Reach<'_>,
    path: &Path,
    offset: u32,
    new: &str,
) -> Result<Vec<(PathBuf, Vec<Edit>)>, RenameError> {
    let Some(found) = renameable(reach, path, offset) else {
        return Err(refusal(reach, path, offset));
    };
    let old = name_at(reach, found);
    if old == new {
        return Ok(Vec::new());
    }
    let all: Vec<Found<'_>> = reach.all(found).collect();
    for other in &all {
        let kind = reach.entity(*other).kind;
        if !kind.allows(new) {
            let name = new.to_owned();
            return Err(RenameError::Invalid { name, kind });
        }
        if kind.is_predefined(new) {
            let name = new.to_owned();
            return Err(RenameError::Predefined { name });
        }
    }
    check_uses(reach, found, &all, &old)?;
    check_free(reach, &all, new)?;
    edits(reach, &all, &old, new)
}

/// Why nothing can be renamed at an offset.
fn refusal(reach: &Reach<'_>, path: &Path, offset: u32) -> RenameError {
    let Some(found) = reach.at(path, offset) else {
        return RenameError::NoName;
    };
    let fixed = reach.all(found).find_map(|other| {
        let entity = reach.entity(other);
        let is_fixed = entity.kind.is_predefined(&entity.name);
        is_fixed.then(|| entity.name.to_string())
    });
    fixed.map_or(RenameError::NoName, |name| RenameError::Predefined { name })
}

/// Whether all uses of a thing are known and are its name.
fn check_uses(
    reach: &Reach<'_>,
    found: Found<'_>,
    all: &[Found<'_>],
    old: &str,
) -> Result<(), RenameError> {
    let name = old.to_owned();
    for other in all {
        let at = || shown(&reach.pages[other.page], other.occurrence.span);
        match other.occurrence.form {
            Form::Exact | Form::Lower | Form::Number | Form::Unnamed => {}
            Form::Decided => return Err(RenameError::Decided { name, at: at() }),
            Form::Inexact => return Err(RenameError::Inexact { name, at: at() }),
            Form::Container => return Err(RenameError::InContainer { name, at: at() }),
        }
    }
    for other in all {
        let Entity { kind, part, .. } = reach.entity(*other);
        if *kind == NameKind::Stage
            && let Some((page, span)) = reach.unknown.get(&(other.page, *part))
        {
            let at = shown(&reach.pages[*page], *span);
            return Err(RenameError::Decided { name, at });
        }
    }
    let thing = reach.thing(found);
    let mut hidden = reach.hidden.iter();
    if let Some((_, page, span)) = hidden.find(|hidden| reach.thing_of(hidden.0) == thing) {
        let at = shown(&reach.pages[*page], *span);
        return Err(RenameError::Hidden { name, at });
    }
    let is_local = |kind: NameKind| kind <= NameKind::Context || kind == NameKind::Anchor;
    let is_open = |other: &Found<'_>| {
        reach.open.contains(&other.page) && !is_local(reach.entity(*other).kind)
    };
    if all.iter().any(is_open) {
        return Err(RenameError::Incomplete { name });
    }
    Ok(())
}

/// Whether nothing else has the new name where it would be known.
fn check_free(reach: &Reach<'_>, all: &[Found<'_>], new: &str) -> Result<(), RenameError> {
    let space = |page: usize, kind: NameKind, part: Part| {
        let kind = kind.space();
        let is_own = kind <= NameKind::SshAgent;
        let part = if is_own { part } else { Part::Whole };
        let page = if is_own || kind == NameKind::Anchor {
            page
        } else {
            reach.space(page)
        };
        (page, kind, part)
    };
    let own = all.iter().map(|found| (found.page, reach.entity(*found)));
    let own = own.filter(|(_, entity)| entity.part != Part::Slot);
    let own = order::set(own.map(|(page, entity)| space(page, entity.kind, entity.part)));
    let is_other = |thing: usize| all.iter().all(|found| reach.thing(*found) != thing);
    let mut mentioned = None;
    for (number, page) in reach.pages.iter().enumerate() {
        for (index, entity) in page.local.entities.iter().enumerate() {
            let is_same = match entity.kind.space() {
                NameKind::Stage => entity.name.eq_ignore_ascii_case(new),
                _ => *entity.name == *new,
            };
            if is_same
                && entity.part != Part::Slot
                && own.contains(&space(number, entity.kind, entity.part))
                && is_other(reach.thing_of(page.global(index)))
            {
                let name = new.to_owned();
                let at = first_place(page, index);
                let error = RenameError::Taken { name, at };
                if page.local.declared[index] {
                    return Err(error);
                }
                mentioned.get_or_insert(error);
            }
        }
    }
    mentioned.map_or(Ok(()), Err)
}

/// Where an entity is declared, or else named first, as path and line.
fn first_place(page: &Page<'_>, entity: usize) -> String {
    let own = page.local.occurrences.iter();
    let own = own.filter(|found| found.entity == entity);
    let first = own.min_by_key(|found| (found.role, found.span));
    first.map_or_else(|| printed(page.path()), |found| shown(page, found.span))
}

/// A place as path and line.
fn shown(page: &Page<'_>, span: Span) -> String {
    let source = &page.document.source;
    let before = source.text.get(..span.range().start).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    format!("{}:{line}", source.display_path())
}

fn edits(
    reach: &Reach<'_>,
    all: &[Found<'_>],
    old: &str,
    new: &str,
) -> Result<Vec<(PathBuf, Vec<Edit>)>, RenameError> {
    let mut files: BTreeMap<&Path, BTreeMap<Span, String>> = BTreeMap::new();
    for found in all {
        let page = &reach.pages[found.page];
        let span = found.occurrence.span;
        let text = match found.occurrence.form {
            Form::Number | Form::Unnamed => continue,
            Form::Lower => new.to_ascii_lowercase(),
            _ if reach.entity(*found).kind == NameKind::Anchor => new.to_owned(),
            _ => in_yaml(page, span, old, new)?,
        };
        files.entry(page.path()).or_default().insert(span, text);
    }
    let files = files.into_iter().map(|(path, edits)| {
        let edits = edits.into_iter();
        let edits = edits.map(|(span, text)| Edit::replace(span, text));
        (path.to_path_buf(), edits.collect())
    });
    Ok(files.collect())
}

/// The new name as it is to be written at a place: with quotes where a scalar of YAML needs them.
fn in_yaml(page: &Page<'_>, span: Span, old: &str, new: &str) -> Result<String, RenameError> {
    let plain = new.to_owned();
    let Some(compose) = page.document.compose() else {
        return Ok(plain);
    };
    let Some((document, node)) = compose.loaded.yaml.node_at(span.start) else {
        return Ok(plain);
    };
    let Kind::Scalar(scalar) = document.kind(node) else {
        return Ok(plain);
    };
    if document.span(node).contains(span) && is_in_use(document, node, old, new) {
        let at = shown(page, span);
        return Err(RenameError::Taken { name: plain, at });
    }
    let is_whole = scalar.style == ScalarStyle::Plain && document.span(node) == span;
    Ok(match is_whole && !is_plain(new) {
        true => edit::double_quoted(new),
        false => plain,
    })
}

/// Whether the key next to a key, or the item next to an item, has the new name already.
fn is_in_use(document: &Document, node: NodeId, old: &str, new: &str) -> bool {
    if document.as_str(node) != Some(old) {
        return false;
    }
    let Some(parent) = document.parent(node) else {
        return false;
    };
    let is_key = matches!(document.place(node), crate::yaml::Place::Key(_));
    is_key && document.entry(parent, new).is_some()
}

/// Whether a name is text for YAML without quotes.
fn is_plain(name: &str) -> bool {
    let scalar = Scalar {
        value: name,
        style: ScalarStyle::Plain,
        tag: None,
    };
    let begins = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    scalar.resolve() == Resolved::Str
        && !scalar.is_timestamp()
        && name.bytes().next().is_some_and(begins)
}
