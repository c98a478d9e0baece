//! Published and exposed ports.
//!
//! Not for: which ports collide or are open to everyone.

use std::net::IpAddr;
use std::ops::RangeInclusive;

use super::cast;
use super::reader::{Reader, Slot};
use super::tree::Node;
use super::value::{Scalar, Setting, Text, Typed};
use crate::grammar::port::{self, HostIp, Ports, Protocol};
use crate::text::{Located, Location};

/// An item of `ports`, whichever way it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Port {
    /// All of it.
    pub at: Location,
    /// The text of the short form; `None` for the long form.
    pub short: Option<Scalar>,
    /// The address on the host.
    pub host_ip: PortHost,
    /// The ports on the host. `None`: certainly not given, so that Docker chooses one. A range beside a
    /// single container port is a pool to choose from.
    pub published: Option<Located<Typed<RangeInclusive<u16>>>>,
    /// The ports in the container; a range only in the short form.
    pub target: Option<Located<Typed<RangeInclusive<u16>>>>,
    /// The protocol, if it is written.
    pub protocol: Option<Located<Typed<Protocol>>>,
    /// `app_protocol` of the long form.
    pub app_protocol: Setting<Scalar>,
    /// `mode` of the long form.
    pub mode: Setting<Scalar>,
    /// `name` of the long form.
    pub name: Setting<Scalar>,
}

/// The address of the host on which a port is published.
#[derive(Clone, Debug, PartialEq)]
pub enum PortHost {
    /// None is given: every address.
    Absent,
    /// This one. Its value is missing when it is no address.
    Given(Located<Typed<IpAddr>>),
    /// A variable may bring one.
    Unknown,
}

impl Port {
    /// The protocol in effect; `None` if it is unknown.
    pub fn protocol(&self) -> Option<Protocol> {
        match &self.protocol {
            None => Some(Protocol::Tcp),
            Some(protocol) => protocol.value.value,
        }
    }

    /// The address, if one is given and known.
    pub fn host_address(&self) -> Option<IpAddr> {
        match &self.host_ip {
            PortHost::Given(address) => address.value.value,
            _ => None,
        }
    }

    /// Whether the port is reachable on every address of the host. `None` if that is unknown.
    pub fn is_on_all_interfaces(&self) -> Option<bool> {
        match &self.host_ip {
            PortHost::Absent => Some(true),
            PortHost::Given(address) => Some(address.value.value?.to_canonical().is_unspecified()),
            PortHost::Unknown => None,
        }
    }

    /// Whether the port is bound to a loopback address. `None` if that is unknown.
    pub fn is_on_loopback(&self) -> Option<bool> {
        match &self.host_ip {
            PortHost::Absent => Some(false),
            PortHost::Given(address) => Some(address.value.value?.to_canonical().is_loopback()),
            PortHost::Unknown => None,
        }
    }

    /// The ports on the host, if they are given and known.
    pub fn published_numbers(&self) -> Option<RangeInclusive<u16>> {
        self.published.as_ref()?.value.value.clone()
    }

    /// The ports in the container, if they are known.
    pub fn target_numbers(&self) -> Option<RangeInclusive<u16>> {
        self.target.as_ref()?.value.value.clone()
    }

    pub(super) fn read(cx: &Reader<'_>, node: Node) -> Option<Port> {
        if cx.is_mapping(node) {
            return Some(Port::long(cx, node));
        }
        let text = cx.text(node)?;
        let scalar = text.value;
        // A number in another base is a port all the same.
        let shown = scalar.as_seen();
        let parsed = match (&shown, scalar.resolved()) {
            (Some(number), crate::yaml::Resolved::Int(_)) if number != scalar.text() => {
                return Port::number(&scalar, text.at);
            }
            _ => port::parse_short(scalar.text()).ok()?,
        };
        let ports = |ports: Ports| {
            let part = cx.part(&scalar, ports.range);
            Located {
                at: part.at,
                value: Typed {
                    scalar: part.value,
                    value: ports.numbers,
                },
            }
        };
        Some(Port {
            at: text.at,
            host_ip: match parsed.host_ip {
                HostIp::Absent => PortHost::Absent,
                HostIp::Unknown => PortHost::Unknown,
                HostIp::Address { range, address } => {
                    let part = cx.part(&scalar, range);
                    PortHost::Given(Located {
                        at: part.at,
                        value: Typed {
                            scalar: part.value,
                            value: Some(address),
                        },
                    })
                }
            },
            published: parsed.host.map(ports),
            target: Some(ports(parsed.container)),
            protocol: parsed.protocol.map(|protocol| {
                let part = cx.part(&scalar, protocol.range);
                Located {
                    at: part.at,
                    value: Typed {
                        scalar: part.value,
                        value: protocol.protocol,
                    },
                }
            }),
            app_protocol: None,
            mode: None,
            name: None,
            short: Some(scalar),
        })
    }

    /// A number that is not written in decimal digits.
    fn number(scalar: &Scalar, at: Location) -> Option<Port> {
        let number = u16::try_from(cast::integer(scalar)?).ok()?;
        Some(Port {
            target: Some(Located {
                at,
                value: Typed {
                    scalar: scalar.clone(),
                    value: Some(number..=number),
                },
            }),
            short: Some(scalar.clone()),
            ..Port::empty(at)
        })
    }

    fn empty(at: Location) -> Port {
        Port {
            at,
            short: None,
            host_ip: PortHost::Absent,
            published: None,
            target: None,
            protocol: None,
            app_protocol: None,
            mode: None,
            name: None,
        }
    }

    fn long(cx: &Reader<'_>, node: Node) -> Port {
        let mut port = Port::empty(cx.at(node));
        for slot in cx.slots(node) {
            let typed = |slot: &Slot<'_>| Some(cx.typed_field(slot, ports)?.located());
            match slot.name {
                "target" => port.target = typed(&slot),
                "published" => port.published = typed(&slot),
                "protocol" => {
                    port.protocol = cx.typed_field(&slot, protocol).map(|field| field.located());
                }
                "host_ip" => {
                    if let Some(address) = cx.typed_field(&slot, address) {
                        port.host_ip = PortHost::Given(address.located());
                    }
                }
                "app_protocol" => port.app_protocol = cx.scalar_field(&slot),
                "mode" => port.mode = cx.scalar_field(&slot),
                "name" => port.name = cx.scalar_field(&slot),
                _ => {}
            }
        }
        port
    }
}

/// A port or a range of ports, as text or number.
fn ports(scalar: &Scalar) -> Option<RangeInclusive<u16>> {
    if let Some(number) = cast::integer(scalar) {
        let number = u16::try_from(number).ok()?;
        return Some(number..=number);
    }
    let (first, last) = scalar.known()?.split_once('-')?;
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (first <= last).then_some(first..=last)
}

fn protocol(scalar: &Scalar) -> Option<Protocol> {
    let word = scalar.known()?;
    [
        ("tcp", Protocol::Tcp),
        ("udp", Protocol::Udp),
        ("sctp", Protocol::Sctp),
    ]
    .into_iter()
    .find(|(name, _)| word.eq_ignore_ascii_case(name))
    .map(|(_, protocol)| protocol)
}

fn address(scalar: &Scalar) -> Option<IpAddr> {
    scalar.known()?.parse().ok()
}

/// An item of `expose`.
#[derive(Clone, Debug, PartialEq)]
pub struct ExposedPort {
    /// The ports; their value is missing when they are unknown or no ports.
    pub ports: Located<Typed<RangeInclusive<u16>>>,
    /// The protocol, if it is written.
    pub protocol: Option<Text>,
}

impl ExposedPort {
    pub(super) fn read(cx: &Reader<'_>, node: Node) -> Option<ExposedPort> {
        let text = cx.text(node)?;
        let slash = text.value.text().find('/');
        let end = text.value.text().len();
        let number = match slash {
            Some(slash) => cx.part(&text.value, 0..slash),
            None => text.clone(),
        };
        Some(ExposedPort {
            ports: Located {
                at: number.at,
                value: Typed::new(number.value, ports),
            },
            protocol: slash.map(|slash| cx.part(&text.value, slash + 1..end)),
        })
    }
}
