//! Resource limits of processes.
//!
//! Not for: limits of a container's memory and CPUs.

use super::cast;
use super::reader::{Reader, Slot};
use super::value::{List, Name, Named, Typed};
use crate::text::{Located, Location};

/// An entry of `ulimits`, whichever way it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Ulimit {
    /// What is limited, such as `nofile`.
    pub name: Name,
    /// Where the value stands.
    pub at: Location,
    /// The limit that is enforced; `-1` stands for none. A single number is both limits.
    pub soft: Option<Located<Typed<i64>>>,
    /// The limit of the limit.
    pub hard: Option<Located<Typed<i64>>>,
}

impl Named for Ulimit {
    fn name(&self) -> &Name {
        &self.name
    }
}

impl Ulimit {
    pub(super) fn read_all(cx: &Reader<'_>, slot: &Slot<'_>) -> List<Ulimit> {
        let limits = cx.slots(slot.node).into_iter();
        slot.list(limits.map(|slot| Ulimit::read(cx, &slot)).collect())
    }

    fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Ulimit {
        let number = |slot: &Slot<'_>| Some(cx.typed_field(slot, cast::integer)?.located());
        let mut limit = Ulimit {
            name: slot.declared(),
            at: slot.at,
            soft: None,
            hard: None,
        };
        if cx.is_mapping(slot.node) {
            for slot in cx.slots(slot.node) {
                match slot.name {
                    "soft" => limit.soft = number(&slot),
                    "hard" => limit.hard = number(&slot),
                    _ => {}
                }
            }
        } else {
            limit.soft = number(slot);
            limit.hard = limit.soft.clone();
        }
        limit
    }
}
