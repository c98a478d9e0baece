//! Merges one tree over another as Compose merges override files, `extends` and included projects (compose-go
//! `override/merge.go`, `override/uncity.go`; every row tried on 5.6.1).
//!
//! Mappings are merged key by key, lists are appended, scalars replaced; what is different is in [`Manner`]. Both
//! trees stay as they are: the result points into them.
//!
//! Not for: which trees are merged in which order (`project`).
//!
//! Invariant: merging ends and costs no more than the size of both trees, because documents are finite and a budget
//! bounds what aliases multiply.

use std::borrow::Cow;
use std::collections::HashMap;

use super::mount::Mount;
use super::port::{Port, PortHost};
use super::reader::Reader;
use super::schema::{self, Shape};
use super::tree::{Entry, EntryTag, Node, NodeKind, Tree};
use super::value::Scalar;
use crate::diagnostic::SyntaxError;
use crate::grammar::port::Protocol;
use crate::text::{CookedBuilder, FileId, Location};

/// How many entries and items may be merged in a project; files of real projects have some thousands.
const MAX_VISITS: usize = 2_000_000;

/// How deep merging goes. The specification has no more than ten levels; below `x-` anything may stand.
const MAX_DEPTH: usize = 64;

/// How two values of a key become one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Manner {
    /// The usual one: mappings are merged, lists appended, scalars replaced.
    Usual,
    /// The second replaces the first.
    Replace,
    /// Keys and values, in either form: merged by key.
    Pairs,
    /// A list of names, or a mapping of names: merged by name. A name alone stands for this.
    Named(NameAlone),
    /// A text or a mapping in which the text stands under this key.
    Object(&'static str),
    /// One text or a list of them: appended.
    Texts,
    /// Hosts and addresses: appended, but for what is there already.
    Hosts,
    /// Keys and values, of which the list form is a mapping once a file has been read: a list cannot be merged over
    /// what an earlier file says.
    Keys,
    /// `logging`: replaced if the driver is another.
    Logging,
    /// A list whose items have an identity: an item replaces that with the same one.
    Unique(Identity),
}

/// What a name alone stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum NameAlone {
    /// Nothing: a key without a value.
    Null,
    /// The long form of a dependency.
    Dependency,
}

/// What makes an item of a list the same as another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Identity {
    /// All of its text.
    Text,
    /// Where a volume or device is mounted.
    MountTarget,
    /// Address, published and container port, protocol.
    Port,
    /// Where a secret or config is mounted; by default below this folder.
    GrantTarget(&'static str),
    /// The path of an `env_file`.
    EnvFile,
    /// The container path of a device.
    DeviceTarget,
    /// `subnet`
    Subnet,
}

/// How values at a path are merged. Paths begin at the root of the file.
fn manner(path: &[Cow<'_, str>]) -> Manner {
    let names: Vec<&str> = path.iter().map(|name| &**name).take(7).collect();
    match names.as_slice() {
        ["networks" | "volumes", _, "labels"] => Manner::Pairs,
        ["networks", _, "ipam", "config"] => Manner::Unique(Identity::Subnet),
        ["services" | "jobs", _, rest @ ..] => service_manner(rest),
        _ => Manner::Usual,
    }
}

fn service_manner(path: &[&str]) -> Manner {
    match path {
        ["annotations" | "environment" | "labels" | "sysctls"]
        | ["build", "args" | "labels" | "additional_contexts"]
        | ["deploy", "labels"] => Manner::Pairs,
        ["depends_on"] => Manner::Named(NameAlone::Dependency),
        ["networks" | "models"] => Manner::Named(NameAlone::Null),
        ["build"] => Manner::Object("context"),
        ["extends"] => Manner::Object("service"),
        ["command" | "entrypoint" | "provider"] | ["healthcheck", "test"] | ["ulimits", _] => {
            Manner::Replace
        }
        ["build", "ssh"] => Manner::Keys,
        ["logging"] => Manner::Logging,
        ["extra_hosts"] | ["build", "extra_hosts"] => Manner::Hosts,
        ["label_file"] => Manner::Texts,
        ["env_file"] => Manner::Unique(Identity::EnvFile),
        ["volumes"] => Manner::Unique(Identity::MountTarget),
        ["devices"] => Manner::Unique(Identity::DeviceTarget),
        ["ports"] => Manner::Unique(Identity::Port),
        ["secrets"] => Manner::Unique(Identity::GrantTarget("/run/secrets")),
        ["configs"] => Manner::Unique(Identity::GrantTarget("")),
        [
            "cap_add"
            | "cap_drop"
            | "dns"
            | "dns_opt"
            | "dns_search"
            | "expose"
            | "external_links"
            | "group_add"
            | "links"
            | "profiles"
            | "security_opt"
            | "tmpfs"
            | "device_cgroup_rules",
        ]
        | [
            "build",
            "tags" | "platforms" | "cache_from" | "cache_to" | "entitlements",
        ] => Manner::Unique(Identity::Text),
        _ => Manner::Usual,
    }
}

/// Whether a value of this kind may stand somewhere.
fn allows(shape: &Shape, kind: NodeKind) -> bool {
    match kind {
        NodeKind::Null => true,
        NodeKind::Scalar => shape.word.is_some(),
        NodeKind::List => shape.list.is_some(),
        NodeKind::Map => shape.map.is_some(),
    }
}

/// Merges trees.
pub(super) struct Merger<'t, 'd> {
    pub tree: &'t mut Tree<'d>,
    /// What cannot be merged, with the file that it stands in.
    pub errors: Vec<(FileId, SyntaxError)>,
    left: usize,
    /// Whether files are merged, and not a service with the one that it extends.
    between_files: bool,
}

impl<'t, 'd> Merger<'t, 'd> {
    pub fn new(tree: &'t mut Tree<'d>) -> Merger<'t, 'd> {
        Merger {
            tree,
            errors: Vec::new(),
            left: MAX_VISITS,
            between_files: true,
        }
    }

    /// Whether there was too much to merge, so that something is missing.
    pub fn is_exhausted(&self) -> bool {
        self.left == 0
    }

    fn spend(&mut self, count: usize) -> bool {
        self.left = self.left.saturating_sub(count);
        self.left > 0
    }

    /// The second tree over the first, at a path from the root of a file.
    pub fn merge(&mut self, base: Node, over: Node, path: &mut Vec<Cow<'d, str>>) -> Node {
        let over_entry = Entry {
            name: path.last().cloned().unwrap_or_default(),
            key: self.tree.at(over),
            node: over,
            via: None,
            tag: EntryTag::None,
        };
        self.between_files = path.is_empty();
        self.value(base, &over_entry, path)
    }

    fn value(&mut self, base: Node, over: &Entry<'d>, path: &mut Vec<Cow<'d, str>>) -> Node {
        if path.len() > MAX_DEPTH || !self.spend(1) {
            return over.node;
        }
        let (below, above) = (self.tree.kind(base), self.tree.kind(over.node));
        // A key without a value leaves what stands below it, but among keys and values it is a value.
        let is_pair = || path.split_last().map(|(_, outer)| manner(outer)) == Some(Manner::Pairs);
        if above == NodeKind::Null && manner(path) != Manner::Replace && !is_pair() {
            if manner(path) == Manner::Logging && below == NodeKind::Map {
                self.conflict(base, below, over, above, path);
            }
            return base;
        }
        match manner(path) {
            Manner::Replace => over.node,
            Manner::Pairs if is_collection(below) && is_collection(above) => {
                let base_entries = self.pairs(base);
                let mut over_entries = self.pairs(over.node);
                if below == NodeKind::List {
                    // A tag acts upon what is written below it, and a list has no such keys.
                    over_entries.retain(|entry| entry.tag != EntryTag::Reset);
                }
                self.by_name(base, base_entries, over_entries, path)
            }
            Manner::Named(alone) if is_collection(below) && is_collection(above) => {
                let base_entries = self.named(base, alone);
                let over_entries = self.named(over.node, alone);
                self.by_name(base, base_entries, over_entries, path)
            }
            Manner::Object(key)
                if matches!(below, NodeKind::Scalar | NodeKind::Map)
                    && matches!(above, NodeKind::Scalar | NodeKind::Map)
                    && (below, above) != (NodeKind::Scalar, NodeKind::Scalar) =>
            {
                let base_entries = self.object(base, key);
                let over_entries = self.object(over.node, key);
                self.by_name(base, base_entries, over_entries, path)
            }
            Manner::Texts if below != NodeKind::Map && above != NodeKind::Map => {
                let mut items = self.texts(base);
                items.extend(self.texts(over.node));
                self.list(base, items)
            }
            Manner::Hosts if is_collection(below) && is_collection(above) => {
                self.hosts(base, over.node)
            }
            Manner::Keys if self.between_files && is_collection(below) => {
                if above != NodeKind::Map {
                    self.conflict(base, NodeKind::Map, over, above, path);
                    return over.node;
                }
                let base_entries = self.pairs(base);
                let over_entries = self.tree.entries(over.node);
                self.by_name(base, base_entries, over_entries, path)
            }
            Manner::Logging if (below, above) == (NodeKind::Map, NodeKind::Map) => {
                let driver = |node| {
                    let driver = self.tree.entry(node, "driver")?;
                    self.tree
                        .scalar(driver.node)
                        .map(|driver| driver.text().to_owned())
                };
                match (driver(base), driver(over.node)) {
                    (Some(one), Some(other)) if one != other => over.node,
                    _ => self.usual(base, over, path),
                }
            }
            Manner::Unique(identity) if below != NodeKind::Map && above != NodeKind::Map => {
                let mut items = self.texts(base);
                items.extend(self.texts(over.node));
                let items = self.unique(items, identity);
                self.list(base, items)
            }
            _ => self.usual(base, over, path),
        }
    }

    fn usual(&mut self, base: Node, over: &Entry<'d>, path: &mut Vec<Cow<'d, str>>) -> Node {
        match (self.tree.kind(base), self.tree.kind(over.node)) {
            (NodeKind::Map, NodeKind::Map) => {
                let base_entries = self.tree.entries(base);
                let over_entries = self.tree.entries(over.node);
                self.by_name(base, base_entries, over_entries, path)
            }
            (NodeKind::List, NodeKind::List) => {
                let mut items = self.tree.items(base);
                items.extend(self.tree.items(over.node));
                self.list(base, items)
            }
            (below @ (NodeKind::Map | NodeKind::List), above) => {
                self.conflict(base, below, over, above, path);
                over.node
            }
            _ => over.node,
        }
    }

    /// Entries of two mappings as one.
    fn by_name(
        &mut self,
        base: Node,
        base_entries: Vec<Entry<'d>>,
        over_entries: Vec<Entry<'d>>,
        path: &mut Vec<Cow<'d, str>>,
    ) -> Node {
        self.spend(base_entries.len() + over_entries.len());
        let mut entries = base_entries;
        entries.retain(|entry| entry.tag != EntryTag::Reset);
        let mut places: HashMap<Cow<'d, str>, usize> = HashMap::with_capacity(entries.len());
        for (place, entry) in entries.iter().enumerate() {
            places.insert(entry.name.clone(), place);
        }
        let mut has_reset = false;
        for over in over_entries {
            match places.get(&over.name).copied() {
                None => {
                    places.insert(over.name.clone(), entries.len());
                    entries.push(over);
                }
                Some(place) if over.tag == EntryTag::Reset => {
                    has_reset = true;
                    entries[place].tag = EntryTag::Reset;
                }
                Some(place)
                    if entries[place].tag == EntryTag::Reset || over.tag == EntryTag::Override =>
                {
                    entries[place] = over;
                }
                Some(place) => {
                    path.push(over.name.clone());
                    let below = entries[place].node;
                    let node = self.value(below, &over, path);
                    path.pop();
                    if node == over.node {
                        // The value stands with its key; a name keeps the place where it was first declared.
                        let key = if path.len() == 1 {
                            entries[place].key
                        } else {
                            over.key
                        };
                        entries[place] = Entry { key, ..over };
                    } else {
                        entries[place].node = node;
                    }
                }
            }
        }
        if has_reset {
            entries.retain(|entry| entry.tag != EntryTag::Reset);
        }
        let at = self.tree.at(base);
        self.tree.make_map(at, entries)
    }

    fn list(&mut self, base: Node, items: Vec<Node>) -> Node {
        self.spend(items.len());
        let at = self.tree.at(base);
        self.tree.make_list(at, items)
    }

    /// The items of a list, or a single text as one.
    fn texts(&self, node: Node) -> Vec<Node> {
        match self.tree.kind(node) {
            NodeKind::Null => Vec::new(),
            NodeKind::List => self.tree.items(node),
            NodeKind::Scalar | NodeKind::Map => vec![node],
        }
    }

    /// Keys and values in either form as entries.
    fn pairs(&mut self, node: Node) -> Vec<Entry<'d>> {
        if !self.tree.is_list(node) {
            return self.tree.entries(node);
        }
        let items = self.tree.items(node).into_iter();
        let pairs: Vec<_> = items.filter_map(|item| self.tree.pair(item)).collect();
        let entry = |pair: super::value::Pair| {
            let at = pair.value.as_ref().map_or(pair.name.at, |value| value.at);
            let value = pair.value.map(|value| value.value);
            Entry {
                name: Cow::Owned(pair.name.value.text().to_owned()),
                key: pair.name.at,
                node: self.tree.make_scalar(at, value),
                via: None,
                tag: EntryTag::None,
            }
        };
        // The last one of a name counts.
        let mut entries: Vec<Entry<'d>> = Vec::with_capacity(pairs.len());
        let mut places = HashMap::new();
        for entry in pairs.into_iter().map(entry) {
            match places.insert(entry.name.clone(), entries.len()) {
                Some(place) => {
                    places.insert(entry.name.clone(), place);
                    entries[place] = entry;
                }
                None => entries.push(entry),
            }
        }
        entries
    }

    /// Names in either form as entries.
    fn named(&mut self, node: Node, alone: NameAlone) -> Vec<Entry<'d>> {
        if !self.tree.is_list(node) {
            return self.tree.entries(node);
        }
        let mut entries = Vec::new();
        for item in self.tree.items(node) {
            let at = self.tree.at(item);
            let Some(scalar) = self.tree.scalar(item) else {
                continue;
            };
            let value = match alone {
                NameAlone::Null => self.tree.make_scalar(at, None),
                NameAlone::Dependency => {
                    let condition = self.word_entry(at, "condition", "service_started");
                    let required = self.word_entry(at, "required", "true");
                    self.tree.make_map(at, vec![condition, required])
                }
            };
            entries.push(Entry {
                name: Cow::Owned(scalar.text().to_owned()),
                key: at,
                node: value,
                via: None,
                tag: EntryTag::None,
            });
        }
        entries
    }

    /// A key and a value that the specification reads into a short form.
    fn word_entry(&mut self, at: Location, name: &'static str, value: &str) -> Entry<'d> {
        let mut builder = CookedBuilder::with_capacity(value.len());
        builder.replaced(value, at.span);
        let text = builder.finish(at.span.start);
        Entry {
            name: Cow::Borrowed(name),
            key: at,
            node: self
                .tree
                .make_scalar(at, Some(Scalar::verbatim(text, at.file))),
            via: None,
            tag: EntryTag::None,
        }
    }

    /// A mapping, or a text that stands under a key of one, as entries.
    fn object(&mut self, node: Node, key: &'static str) -> Vec<Entry<'d>> {
        if self.tree.is_map(node) {
            return self.tree.entries(node);
        }
        vec![Entry {
            name: Cow::Borrowed(key),
            key: self.tree.at(node),
            node,
            via: None,
            tag: EntryTag::None,
        }]
    }

    /// Hosts in either form as one list, without what is there already.
    fn hosts(&mut self, base: Node, over: Node) -> Node {
        let mut items = self.host_items(base);
        items.extend(self.host_items(over));
        let items = self.unique(items, Identity::Text);
        self.list(base, items)
    }

    fn host_items(&mut self, node: Node) -> Vec<Node> {
        if !self.tree.is_map(node) {
            return self.texts(node);
        }
        let mut items = Vec::new();
        for entry in self.tree.entries(node) {
            for address in self.texts(entry.node) {
                let Some(scalar) = self.tree.scalar(address) else {
                    continue;
                };
                let mut builder = CookedBuilder::with_capacity(entry.name.len() + 20);
                builder.replaced(&format!("{}=", entry.name), entry.key.span);
                builder.cooked(scalar.cooked());
                let at = self.tree.at(address);
                let text = Scalar::verbatim(builder.finish(entry.key.span.start), at.file);
                items.push(self.tree.make_scalar(at, Some(text)));
            }
        }
        items
    }

    /// Items of which each stands in the place of the first one with the same identity; the last one counts.
    fn unique(&mut self, items: Vec<Node>, identity: Identity) -> Vec<Node> {
        let mut kept: Vec<Node> = Vec::with_capacity(items.len());
        let mut places: HashMap<String, usize> = HashMap::new();
        for item in items {
            let Some(key) = self.identity(item, identity) else {
                kept.push(item);
                continue;
            };
            match places.get(&key) {
                Some(&place) => {
                    kept[place] = match identity {
                        Identity::Subnet
                            if self.tree.is_map(kept[place]) && self.tree.is_map(item) =>
                        {
                            let base = kept[place];
                            let below = self.tree.entries(base);
                            let above = self.tree.entries(item);
                            self.by_name(base, below, above, &mut Vec::new())
                        }
                        _ => item,
                    };
                }
                None => {
                    places.insert(key, kept.len());
                    kept.push(item);
                }
            }
        }
        kept
    }

    fn identity(&self, item: Node, identity: Identity) -> Option<String> {
        let cx = Reader::new(self.tree);
        let text = |name: &str| {
            let entry = self.tree.entry(item, name)?;
            Some(self.tree.scalar(entry.node)?.text().to_owned())
        };
        match identity {
            Identity::Text => Some(self.tree.scalar(item)?.text().to_owned()),
            Identity::MountTarget => {
                let mount = Mount::read(&cx, item)?;
                let target = mount.target.as_ref()?.value.text();
                Some(target.trim_end_matches('/').to_owned())
            }
            Identity::Port => {
                let port = Port::read(&cx, item)?;
                let host = match &port.host_ip {
                    PortHost::Absent => String::new(),
                    PortHost::Given(host) => host.value.value?.to_string(),
                    PortHost::Unknown => return None,
                };
                let published = match &port.published {
                    Some(published) => Some(published.value.value.clone()?),
                    None => None,
                };
                let target = port.target.as_ref()?.value.value.clone()?;
                let protocol = match &port.protocol {
                    Some(protocol) => Some(protocol.value.value?),
                    None => None,
                };
                let protocol = protocol.unwrap_or(Protocol::Tcp);
                Some(format!("{host} {published:?} {target:?} {protocol:?}"))
            }
            Identity::GrantTarget(folder) => {
                if let Some(scalar) = self.tree.scalar(item) {
                    return Some(format!("{folder}/{}", scalar.text()));
                }
                text("target").or_else(|| Some(format!("{folder}/{}", text("source")?)))
            }
            Identity::EnvFile => match self.tree.scalar(item) {
                Some(scalar) => Some(scalar.text().to_owned()),
                None => text("path"),
            },
            Identity::DeviceTarget => match self.tree.scalar(item) {
                Some(scalar) => {
                    let mut parts = scalar.text().splitn(3, ':');
                    let source = parts.next()?;
                    Some(parts.next().unwrap_or(source).to_owned())
                }
                None => text("target").or_else(|| text("source")),
            },
            Identity::Subnet => text("subnet"),
        }
    }

    fn conflict(
        &mut self,
        base: Node,
        below: NodeKind,
        over: &Entry<'d>,
        above: NodeKind,
        path: &[Cow<'d, str>],
    ) {
        // What may not stand there at all is an error of its own.
        let shape = schema::shape_at(path.iter().map(|name| &**name));
        if shape.is_some_and(|shape| !allows(shape, above)) {
            return;
        }
        let base_at = self.tree.at(base);
        let at = self.tree.at(over.node);
        let span = if at.span.is_empty() || above != NodeKind::Scalar {
            over.key.span
        } else {
            at.span
        };
        let name = path.last().map_or("", |name| &**name);
        let message = format!(
            "`{name}` is {} here, but {} in what it is merged with",
            word(above),
            word(below)
        );
        let mut error = SyntaxError::new("merge-type-conflict", span, message);
        error.help =
            Some("write both in the same form, or put `!override` in front of this one".to_owned());
        if base_at.file == at.file {
            error = error.with_label(base_at.span, "merged with this");
        }
        self.errors.push((at.file, error));
    }
}

fn is_collection(kind: NodeKind) -> bool {
    matches!(kind, NodeKind::List | NodeKind::Map)
}

fn word(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Null => "empty",
        NodeKind::Scalar => "a single value",
        NodeKind::List => "a list",
        NodeKind::Map => "a mapping",
    }
}
