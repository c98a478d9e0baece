//! Devices of the host, and requests for devices.
//!
//! Not for: what a device lets a container do.

use super::cast;
use super::mount::outside_references;
use super::reader::{Reader, Slot};
use super::tree::Node;
use super::value::{List, Pairs, Scalar, Setting, Text, Typed};
use crate::text::Location;

/// An item of `devices`, whichever way it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Device {
    /// All of it.
    pub at: Location,
    /// The text of the short form; `None` for the long form.
    pub short: Option<Scalar>,
    /// The path on the host, or a name `vendor/class=name`.
    pub source: Option<Text>,
    /// The path in the container; the host's by default.
    pub target: Option<Text>,
    /// Some of `r`, `w` and `m`; all by default.
    pub permissions: Option<Text>,
}

impl Device {
    /// Whether the source is a CDI name, `vendor/class=name`, and no path.
    pub fn is_cdi(&self) -> bool {
        self.source.as_ref().is_some_and(|source| {
            let name = source.value.text();
            !name.starts_with('/')
                && name
                    .split_once('=')
                    .is_some_and(|(kind, _)| kind.contains('/'))
        })
    }

    pub(super) fn read(cx: &Reader<'_>, node: Node) -> Option<Device> {
        let mut device = Device {
            at: cx.at(node),
            short: None,
            source: None,
            target: None,
            permissions: None,
        };
        if cx.is_mapping(node) {
            for slot in cx.slots(node) {
                match slot.name {
                    "source" => device.source = cx.text(slot.node),
                    "target" => device.target = cx.text(slot.node),
                    "permissions" => device.permissions = cx.text(slot.node),
                    _ => {}
                }
            }
            return Some(device);
        }
        let scalar = cx.scalar(node)?;
        let mut parts = sections(scalar.text()).into_iter();
        let mut next = || parts.next().map(|range| cx.part(&scalar, range));
        (device.source, device.target, device.permissions) = (next(), next(), next());
        if parts.next().is_some() {
            return None;
        }
        device.short = Some(scalar);
        Some(device)
    }
}

/// The ranges between the colons of a text that are in no reference.
pub(super) fn sections(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut sections = Vec::new();
    let mut start = 0;
    for end in outside_references(text, ':').chain([text.len()]) {
        sections.push(start..end);
        start = end + 1;
    }
    sections
}

/// An item of `gpus` or of `deploy.resources.reservations.devices`.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceRequest {
    /// All of it.
    pub at: Location,
    /// What the device has to be able to do.
    pub capabilities: List<Text>,
    /// How many devices; `-1` stands for all.
    pub count: Setting<Typed<i64>>,
    /// Which devices.
    pub device_ids: List<Text>,
    /// The driver.
    pub driver: Setting<Scalar>,
    /// Options of the driver.
    pub options: Pairs,
}

impl DeviceRequest {
    pub(super) fn read(cx: &Reader<'_>, node: Node) -> Option<DeviceRequest> {
        if !cx.is_mapping(node) {
            return None;
        }
        let mut request = DeviceRequest {
            at: cx.at(node),
            capabilities: List::default(),
            count: None,
            device_ids: List::default(),
            driver: None,
            options: Pairs::default(),
        };
        for slot in cx.slots(node) {
            match slot.name {
                "capabilities" => request.capabilities = cx.texts(&slot),
                "count" => request.count = cx.typed_field(&slot, device_count),
                "device_ids" => request.device_ids = cx.texts(&slot),
                "driver" => request.driver = cx.scalar_field(&slot),
                "options" => request.options = cx.pairs(&slot),
                _ => {}
            }
        }
        Some(request)
    }
}

fn device_count(scalar: &Scalar) -> Option<i64> {
    if scalar.known()?.eq_ignore_ascii_case("all") {
        return Some(-1);
    }
    cast::integer(scalar)
}

/// `gpus`
#[derive(Clone, Debug, PartialEq)]
pub enum Gpus {
    /// `all`
    All,
    /// Certain devices.
    Requests(Vec<DeviceRequest>),
}

impl Gpus {
    pub(super) fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Setting<Gpus> {
        if cx.is_list(slot.node) {
            let requests = cx.list(slot, |node| DeviceRequest::read(cx, node));
            return Some(slot.field(Gpus::Requests(requests.items)));
        }
        let all = cx.scalar(slot.node)?.is("all");
        all.then(|| slot.field(Gpus::All))
    }
}
