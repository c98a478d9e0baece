//! Networks of the file, and a service's place in one.
//!
//! Not for: which services can reach each other.

use super::reader::{Reader, Slot};
use super::resource::External;
use super::tree::Node;
use super::value::{Extension, Flag, List, Name, Named, Pairs, Scalar, Setting, Text, Typed};
use crate::text::Location;

/// A network of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// Its key.
    pub key: Name,
    /// Where its value stands; an empty place when there is none.
    pub at: Location,
    /// Its name in place of `PROJECT_KEY`.
    pub name: Setting<Scalar>,
    /// Whether it exists already.
    pub external: Setting<External>,
    /// The driver.
    pub driver: Setting<Scalar>,
    /// Options of the driver.
    pub driver_opts: Pairs,
    /// Whether it is cut off from the outside.
    pub internal: Option<Flag>,
    /// Whether containers outside the project may join.
    pub attachable: Option<Flag>,
    /// Whether addresses of version 4 are given out.
    pub enable_ipv4: Option<Flag>,
    /// Whether addresses of version 6 are given out.
    pub enable_ipv6: Option<Flag>,
    /// Which addresses are given out.
    pub ipam: Setting<Ipam>,
    /// Labels.
    pub labels: Pairs,
    /// Keys that begin with `x-`.
    pub extensions: Vec<Extension>,
    /// The keys that are there, in order.
    pub keys: Vec<Name>,
}

/// `ipam` of a network.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Ipam {
    /// The driver.
    pub driver: Setting<Scalar>,
    /// Address pools.
    pub config: List<Pool>,
    /// Options of the driver.
    pub options: Pairs,
}

/// An address pool of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// All of it.
    pub at: Location,
    /// The subnet.
    pub subnet: Setting<Scalar>,
    /// The part of it from which addresses are given out.
    pub ip_range: Setting<Scalar>,
    /// The gateway.
    pub gateway: Setting<Scalar>,
    /// Addresses that are taken, by host name.
    pub aux_addresses: Pairs,
}

impl Named for Network {
    fn name(&self) -> &Name {
        &self.key
    }
}

impl Network {
    /// Whether it is certainly not made by Compose.
    pub fn is_external(&self) -> bool {
        self.external
            .as_ref()
            .is_some_and(|field| field.value.is_true())
    }

    pub(super) fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Network {
        let mut network = Network {
            key: slot.declared(),
            at: slot.at,
            name: None,
            external: None,
            driver: None,
            driver_opts: Pairs::default(),
            internal: None,
            attachable: None,
            enable_ipv4: None,
            enable_ipv6: None,
            ipam: None,
            labels: Pairs::default(),
            extensions: Vec::new(),
            keys: Vec::new(),
        };
        for slot in cx.slots(slot.node) {
            let slot = &slot;
            network.keys.push(slot.declared());
            match slot.name {
                "name" => network.name = cx.scalar_field(slot),
                "external" => network.external = External::read(cx, slot),
                "driver" => network.driver = cx.scalar_field(slot),
                "driver_opts" => network.driver_opts = cx.pairs(slot),
                "internal" => network.internal = cx.flag(slot),
                "attachable" => network.attachable = cx.flag(slot),
                "enable_ipv4" => network.enable_ipv4 = cx.flag(slot),
                "enable_ipv6" => network.enable_ipv6 = cx.flag(slot),
                "ipam" => network.ipam = Ipam::read(cx, slot),
                "labels" => network.labels = cx.pairs(slot),
                name if name.starts_with("x-") => network.extensions.push(slot.extension()),
                _ => {}
            }
        }
        network
    }
}

impl Ipam {
    fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Setting<Ipam> {
        if !cx.is_mapping(slot.node) {
            return None;
        }
        let mut ipam = Ipam::default();
        for slot in cx.slots(slot.node) {
            match slot.name {
                "driver" => ipam.driver = cx.scalar_field(&slot),
                "config" => ipam.config = cx.list(&slot, |node| Pool::read(cx, node)),
                "options" => ipam.options = cx.pairs(&slot),
                _ => {}
            }
        }
        Some(slot.field(ipam))
    }
}

impl Pool {
    fn read(cx: &Reader<'_>, node: Node) -> Option<Pool> {
        if !cx.is_mapping(node) {
            return None;
        }
        let mut pool = Pool {
            at: cx.at(node),
            subnet: None,
            ip_range: None,
            gateway: None,
            aux_addresses: Pairs::default(),
        };
        for slot in cx.slots(node) {
            match slot.name {
                "subnet" => pool.subnet = cx.scalar_field(&slot),
                "ip_range" => pool.ip_range = cx.scalar_field(&slot),
                "gateway" => pool.gateway = cx.scalar_field(&slot),
                "aux_addresses" => pool.aux_addresses = cx.pairs(&slot),
                _ => {}
            }
        }
        Some(pool)
    }
}

/// A network that a service joins.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    /// The network's key.
    pub network: Text,
    /// Where the value stands; the name itself in the list form.
    pub at: Location,
    /// More host names of the service.
    pub aliases: List<Text>,
    /// A fixed IPv4 address.
    pub ipv4_address: Setting<Scalar>,
    /// A fixed IPv6 address.
    pub ipv6_address: Setting<Scalar>,
    /// Link-local addresses.
    pub link_local_ips: List<Text>,
    /// The hardware address.
    pub mac_address: Setting<Scalar>,
    /// The name of the network interface.
    pub interface_name: Setting<Scalar>,
    /// Options of the network's driver.
    pub driver_opts: Pairs,
    /// The order in which networks are joined, highest first.
    pub priority: Setting<Typed<f64>>,
    /// The network with the highest number is the default gateway.
    pub gw_priority: Setting<Typed<f64>>,
}

impl Attachment {
    fn new(network: Text, at: Location) -> Attachment {
        Attachment {
            network,
            at,
            aliases: List::default(),
            ipv4_address: None,
            ipv6_address: None,
            link_local_ips: List::default(),
            mac_address: None,
            interface_name: None,
            driver_opts: Pairs::default(),
            priority: None,
            gw_priority: None,
        }
    }

    pub(super) fn read_all(cx: &Reader<'_>, slot: &Slot<'_>) -> List<Attachment> {
        if !cx.is_mapping(slot.node) {
            return cx.list(slot, |node| {
                let name = cx.text(node)?;
                let at = name.at;
                Some(Attachment::new(name, at))
            });
        }
        let networks = cx.slots(slot.node).into_iter();
        slot.list(networks.map(|slot| Attachment::read(cx, &slot)).collect())
    }

    fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Attachment {
        let mut attachment = Attachment::new(cx.plain(slot.name, slot.key), slot.at);
        for slot in cx.slots(slot.node) {
            let slot = &slot;
            match slot.name {
                "aliases" => attachment.aliases = cx.texts(slot),
                "ipv4_address" => attachment.ipv4_address = cx.scalar_field(slot),
                "ipv6_address" => attachment.ipv6_address = cx.scalar_field(slot),
                "link_local_ips" => attachment.link_local_ips = cx.texts(slot),
                "mac_address" => attachment.mac_address = cx.scalar_field(slot),
                "interface_name" => attachment.interface_name = cx.scalar_field(slot),
                "driver_opts" => attachment.driver_opts = cx.pairs(slot),
                "priority" => attachment.priority = cx.float(slot),
                "gw_priority" => attachment.gw_priority = cx.float(slot),
                _ => {}
            }
        }
        attachment
    }
}
