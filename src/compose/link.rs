//! Short texts that name another service or a host: links, namespaces, additional hosts.
//!
//! Not for: whether what they name exists.

use super::mount::outside_references;
use super::reader::{Reader, Slot};
use super::tree::Node;
use super::value::{List, Scalar, Setting, Text};
use crate::text::Location;

/// An item of `links` or `external_links`: `NAME[:ALIAS]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// All of it.
    pub at: Location,
    /// The service or container.
    pub name: Text,
    /// The host name under which it is reached.
    pub alias: Option<Text>,
}

impl Link {
    pub(super) fn read(cx: &Reader<'_>, node: Node) -> Option<Link> {
        let text = cx.text(node)?;
        let line = text.value.text();
        let colon = outside_references(line, ':').next();
        let end = line.len();
        Some(Link {
            at: text.at,
            name: cx.part(&text.value, 0..colon.unwrap_or(end)),
            alias: colon.map(|colon| cx.part(&text.value, colon + 1..end)),
        })
    }
}

/// A namespace of a container: `network_mode`, `pid`, `ipc`, `uts`, `cgroup`.
#[derive(Clone, Debug, PartialEq)]
pub struct Namespace {
    /// All of it.
    pub text: Scalar,
    /// Whose it is.
    pub owner: NamespaceOwner,
}

/// Whose namespace a container uses.
#[derive(Clone, Debug, PartialEq)]
pub enum NamespaceOwner {
    /// That of a service of the project: `service:NAME`.
    Service(Text),
    /// That of a container: `container:NAME`.
    Container(Text),
    /// Anything else, such as `host`.
    Other,
}

impl Namespace {
    pub(super) fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Setting<Namespace> {
        let text = cx.scalar(slot.node)?;
        let end = text.text().len();
        let owner = if text.text().starts_with("service:") {
            NamespaceOwner::Service(cx.part(&text, "service:".len()..end))
        } else if text.text().starts_with("container:") {
            NamespaceOwner::Container(cx.part(&text, "container:".len()..end))
        } else {
            NamespaceOwner::Other
        };
        Some(slot.field(Namespace { text, owner }))
    }
}

/// An item of `extra_hosts`, whichever way it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtraHost {
    /// All of it.
    pub at: Location,
    /// The host name.
    pub host: Text,
    /// The addresses, brackets included.
    pub addresses: Vec<Text>,
}

impl ExtraHost {
    pub(super) fn read_all(cx: &Reader<'_>, slot: &Slot<'_>) -> List<ExtraHost> {
        if cx.is_mapping(slot.node) {
            let hosts = cx.slots(slot.node).into_iter().map(|slot| ExtraHost {
                at: slot.whole(),
                host: cx.plain(slot.name, slot.key),
                addresses: cx.texts(&slot).items,
            });
            return slot.list(hosts.collect());
        }
        cx.list(slot, |node| ExtraHost::read(cx, node))
    }

    /// `HOST=IP[,IP]` or `HOST:IP`; `=` is tried first (compose-go `types/hostList.go`).
    fn read(cx: &Reader<'_>, node: Node) -> Option<ExtraHost> {
        let text = cx.text(node)?;
        let line = text.value.text();
        let at = outside_references(line, '=')
            .next()
            .or_else(|| outside_references(line, ':').next())?;
        let mut addresses = Vec::new();
        let mut start = at + 1;
        let commas = outside_references(&line[start..], ',').map(|comma| at + 1 + comma);
        for end in commas.chain([line.len()]) {
            addresses.push(cx.part(&text.value, start..end));
            start = end + 1;
        }
        Some(ExtraHost {
            at: text.at,
            host: cx.part(&text.value, 0..at),
            addresses,
        })
    }
}

/// A device's limit of `blkio_config`: path and number have their places.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockLimit {
    /// All of it.
    pub at: Location,
    /// The device.
    pub path: Option<Text>,
    /// The limit or weight.
    pub value: Option<Text>,
}

impl BlockLimit {
    pub(super) fn read(cx: &Reader<'_>, node: Node) -> Option<BlockLimit> {
        if !cx.is_mapping(node) {
            return None;
        }
        let mut limit = BlockLimit {
            at: cx.at(node),
            path: None,
            value: None,
        };
        for slot in cx.slots(node) {
            match slot.name {
                "path" => limit.path = cx.text(slot.node),
                "rate" | "weight" => limit.value = cx.text(slot.node),
                _ => {}
            }
        }
        Some(limit)
    }
}
