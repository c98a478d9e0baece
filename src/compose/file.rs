//! A Compose file, typed: what it declares, with the place of every value.
//!
//! Not for: other files. What `include`, `extends` and overrides bring is merged by `project`.

use super::network::Network;
use super::reader::{Reader, Slot};
use super::resource::{FileObject, Model, Volume};
use super::service::{Job, Service};
use super::tree::{Node, Tree};
use super::value::{Extension, Map, Named, Scalar, Setting, Text};
use crate::text::{FileId, Located, Location};
use crate::yaml::{Document, Yaml};

/// A Compose file, or one document of it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct File {
    /// Which file of the run.
    pub id: FileId,
    /// The project's name.
    pub name: Setting<Scalar>,
    /// The version of an old format; it means nothing.
    pub version: Setting<Scalar>,
    /// Other files that become part of the project.
    pub include: Vec<Include>,
    /// Services.
    pub services: Map<Service>,
    /// Jobs.
    pub jobs: Map<Job>,
    /// Networks.
    pub networks: Map<Network>,
    /// Volumes.
    pub volumes: Map<Volume>,
    /// Secrets.
    pub secrets: Map<FileObject>,
    /// Configs.
    pub configs: Map<FileObject>,
    /// AI models.
    pub models: Map<Model>,
    /// Keys that begin with `x-`.
    pub extensions: Vec<Extension>,
    /// The paths of nodes with the tag `!reset`, such as `services.web.ports`.
    pub resets: Vec<Located<String>>,
    /// The paths of nodes with the tag `!override`.
    pub replacements: Vec<Located<String>>,
    /// Whether some of it was left out: because it could not be read, or because aliases multiply the document
    /// too much. What seems to be missing may be there.
    pub truncated: bool,
    /// The documents behind a `---`, each of which overrides what stands before it.
    pub overlays: Vec<File>,
}

/// An item of `include`, whichever way it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Include {
    /// All of it.
    pub at: Location,
    /// The files; several are merged into one.
    pub path: Vec<Text>,
    /// Files with the variables of the included file.
    pub env_file: Vec<Text>,
    /// The directory from which its paths count.
    pub project_directory: Setting<Scalar>,
}

impl File {
    /// Lowers all documents of a file. Never fails: what has the wrong shape is left out, and
    /// [`validate`](super::validate) reports it.
    pub fn lower(yaml: &Yaml, id: FileId) -> File {
        let mut documents = yaml.documents.iter().map(|document| lower(document, id));
        let mut file = documents.next().unwrap_or_default();
        file.overlays = documents.collect();
        file.truncated |= !yaml.skipped.is_empty();
        file
    }

    /// The service of this name.
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.services.get(name)
    }
}

fn lower(document: &Document, id: FileId) -> File {
    let tree = Tree::of(document, id);
    let root = document.root.map(|root| tree.written(0, root));
    let mut file = read(&tree, root, id);
    for node in document.ids() {
        if let Some(tag) = document.tag(node)
            && let Some(list) = match tag.text {
                "!reset" => Some(&mut file.resets),
                "!override" => Some(&mut file.replacements),
                _ => None,
            }
        {
            list.push(Located {
                value: document.path(node),
                at: Location {
                    file: id,
                    span: document.full_span(node),
                },
            });
        }
    }
    file
}

/// Reads everything below a root.
pub(super) fn read(tree: &Tree<'_>, root: Option<Node>, id: FileId) -> File {
    let cx = Reader::new(tree);
    let mut file = File {
        id,
        ..File::default()
    };
    let Some(root) = root else {
        return file;
    };
    for slot in cx.slots(root) {
        let slot = &slot;
        match slot.name {
            "name" => file.name = cx.scalar_field(slot),
            "version" => file.version = cx.scalar_field(slot),
            "include" => {
                file.include = cx.list(slot, |node| Include::read(&cx, node)).items;
            }
            "services" => file.services = section(&cx, slot, Service::read),
            "jobs" => file.jobs = section(&cx, slot, Job::read),
            "networks" => file.networks = section(&cx, slot, Network::read),
            "volumes" => file.volumes = section(&cx, slot, Volume::read),
            "secrets" => file.secrets = section(&cx, slot, FileObject::read),
            "configs" => file.configs = section(&cx, slot, FileObject::read),
            "models" => file.models = section(&cx, slot, Model::read),
            name if name.starts_with("x-") => file.extensions.push(slot.extension()),
            _ => {}
        }
    }
    file.truncated = cx.is_exhausted();
    file
}

fn section<T: Named>(
    cx: &Reader<'_>,
    slot: &Slot<'_>,
    read: fn(&Reader<'_>, &Slot<'_>) -> T,
) -> Map<T> {
    let slots = cx.slots(slot.node);
    let items = slots.iter().map(|slot| read(cx, slot)).collect();
    Map::new(Some(slot.key), items)
}

impl Include {
    pub(super) fn read(cx: &Reader<'_>, node: Node) -> Option<Include> {
        let mut include = Include {
            at: cx.at(node),
            path: Vec::new(),
            env_file: Vec::new(),
            project_directory: None,
        };
        if !cx.is_mapping(node) {
            include.path.push(cx.text(node)?);
            return Some(include);
        }
        for slot in cx.slots(node) {
            match slot.name {
                "path" => include.path = cx.texts(&slot).items,
                "env_file" => include.env_file = cx.texts(&slot).items,
                "project_directory" => include.project_directory = cx.scalar_field(&slot),
                _ => {}
            }
        }
        Some(include)
    }
}
