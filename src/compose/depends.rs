//! What a service or job waits for.
//!
//! Not for: dependencies that follow from links and shared namespaces, and cycles.

use super::reader::{Reader, Slot};
use super::value::{Flag, List, Scalar, Setting, Text, Typed};
use crate::text::Location;

/// An entry of `depends_on`, whichever way it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Dependency {
    /// The service.
    pub service: Text,
    /// Where the value stands; the name itself in the list form.
    pub at: Location,
    /// What to wait for. `None`: it is not written, which in the list form means that the service started.
    pub condition: Setting<Typed<Condition>>,
    /// Whether the service has to be there; it has to unless this says `false`.
    pub required: Option<Flag>,
    /// Whether this service restarts with the other.
    pub restart: Option<Flag>,
}

/// What to wait for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Condition {
    /// `service_started`
    Started,
    /// `service_healthy`
    Healthy,
    /// `service_completed_successfully`
    CompletedSuccessfully,
}

impl Dependency {
    /// What to wait for, if that is known.
    pub fn condition(&self) -> Option<Condition> {
        match &self.condition {
            None => Some(Condition::Started),
            Some(condition) => condition.value.value,
        }
    }

    /// Whether the service has to be there. `None` if that is unknown.
    pub fn is_required(&self) -> Option<bool> {
        match &self.required {
            None => Some(true),
            Some(required) => required.value.value,
        }
    }

    pub(super) fn read_all(cx: &Reader<'_>, slot: &Slot<'_>) -> List<Dependency> {
        if !cx.is_mapping(slot.node) {
            return cx.list(slot, |node| {
                let service = cx.text(node)?;
                let at = service.at;
                Some(Dependency::new(service, at))
            });
        }
        let entries = cx.slots(slot.node).into_iter();
        slot.list(entries.map(|slot| Dependency::read(cx, &slot)).collect())
    }

    fn new(service: Text, at: Location) -> Dependency {
        Dependency {
            service,
            at,
            condition: None,
            required: None,
            restart: None,
        }
    }

    fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Dependency {
        let mut dependency = Dependency::new(cx.plain(slot.name, slot.key), slot.at);
        for slot in cx.slots(slot.node) {
            match slot.name {
                "condition" => dependency.condition = cx.typed_field(&slot, condition),
                "required" => dependency.required = cx.flag(&slot),
                "restart" => dependency.restart = cx.flag(&slot),
                _ => {}
            }
        }
        dependency
    }
}

fn condition(scalar: &Scalar) -> Option<Condition> {
    Some(match scalar.known()? {
        "service_started" => Condition::Started,
        "service_healthy" => Condition::Healthy,
        "service_completed_successfully" => Condition::CompletedSuccessfully,
        _ => return None,
    })
}
