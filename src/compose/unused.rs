//! What a project declares and nothing in it uses.
//!
//! Not for: whether all of the project is known, which whoever asks has to look at first.

use std::collections::HashSet;

use super::File;
use super::container::Container;
use super::mount::MountType;
use super::network::Network;
use super::project::Project;
use super::resource::{FileObject, Volume};
use super::schema::Space;
use super::value::{Map, Named, Scalar, Text};
use crate::text::{Edit, Location, Span};
use crate::yaml::edit;

/// Something that a project declares in a section of its own and that containers use by its name.
pub trait Resource: Named {
    /// Where its value stands.
    fn at(&self) -> Location;

    /// Whether it exists already, outside the project.
    fn is_external(&self) -> bool;
}

/// One line per type: its own field and method answer.
macro_rules! resources {
    ($($name:ident),*) => {
        $(
            impl Resource for $name {
                fn at(&self) -> Location {
                    self.at
                }

                fn is_external(&self) -> bool {
                    $name::is_external(self)
                }
            }
        )*
    };
}

resources!(FileObject, Network, Volume);

/// The things of one kind that the project declares and that no container of it uses, whatever its profile. Nothing
/// if a container uses something whose name is unknown.
pub fn unused<'p, T: Named>(
    project: &'p Project,
    space: Space,
    section: impl Fn(&'p File) -> &'p Map<T>,
) -> Vec<&'p T> {
    let mut documents = project.merged.documents();
    if documents.all(|document| section(document).is_empty()) {
        return Vec::new();
    }
    let mut used: HashSet<Box<str>> = HashSet::new();
    for document in project.merged.documents() {
        for owned in document.containers() {
            if names_unknown(owned.container, space) {
                return Vec::new();
            }
            let uses = owned.container.uses().into_iter();
            used.extend(
                uses.filter(|used| used.space == space)
                    .map(|used| used.name),
            );
            used.extend(others(owned.container, space).map(Box::from));
        }
    }
    let declared = project
        .merged
        .documents()
        .flat_map(|document| section(document).iter());
    declared
        .filter(|item| !used.contains(&*item.name().value))
        .collect()
}

/// Whether the container may use a thing of this kind under a name that is not known.
fn names_unknown(container: &Container, space: Space) -> bool {
    let is_unknown = |text: &Text| text.value.known().is_none();
    match space {
        Space::Volume => container.volumes.iter().any(|mount| {
            let is_path = matches!(mount.kind(), Some(MountType::Bind | MountType::Npipe));
            // All of a short form that is a variable may be a volume and its target.
            let part = mount.source.as_ref().or(mount.target.as_ref());
            !is_path && part.is_some_and(is_unknown)
        }),
        Space::Network => container
            .networks
            .iter()
            .any(|joined| is_unknown(&joined.network)),
        Space::Secret => {
            let build = container.build.as_ref();
            let built = build.into_iter().flat_map(|build| &build.value.secrets);
            let mut grants = container.secrets.iter().chain(built);
            grants.any(|grant| grant.source.as_ref().is_some_and(is_unknown))
        }
        Space::Config => {
            let mut grants = container.configs.iter();
            grants.any(|grant| grant.source.as_ref().is_some_and(is_unknown))
        }
        _ => false,
    }
}

/// Names that a container uses in places where others may be meant as well.
fn others(container: &Container, space: Space) -> impl Iterator<Item = &str> {
    let sources = container
        .volumes
        .iter()
        .filter_map(|mount| mount.source.as_ref());
    let sources = sources.filter(move |_| space == Space::Volume);
    let network = container
        .build
        .as_ref()
        .and_then(|build| build.value.network.as_ref());
    let mode = container.network_mode.as_ref().map(|mode| &mode.value.text);
    let networks = network
        .map(|network| &network.value)
        .into_iter()
        .chain(mode);
    let networks = networks.filter(move |_| space == Space::Network);
    sources
        .map(|source| &source.value)
        .chain(networks)
        .map(Scalar::text)
}

/// The edit that takes something out of a section of the text, or the section with its last entry.
pub fn removal<T: Named>(text: &str, section: &Map<T>, key: Span, value: Span) -> Option<Edit> {
    let top = section.key?.span;
    let entry = edit::entry(key, value);
    // What came here through an alias or a merge key stands elsewhere, and what has an anchor is used elsewhere.
    if key.start < top.end || value.start < key.end || entry.text(text).contains('&') {
        return None;
    }
    let whole = if section.len() == 1 {
        top.cover(entry)
    } else {
        entry
    };
    edit::remove_entry(text, whole)
}
