//! Secrets and configs that are given to a container or a build.
//!
//! Not for: where they come from (`secret`).

use super::cast;
use super::reader::Reader;
use super::tree::Node;
use super::value::{Scalar, Setting, Text, Typed};
use crate::text::Location;

/// An item of `secrets` or `configs`, whichever way it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// All of it.
    pub at: Location,
    /// Whether it is the long form.
    pub long: bool,
    /// The name of the secret or config that the file declares.
    pub source: Option<Text>,
    /// Where it appears in the container.
    pub target: Setting<Scalar>,
    /// The user who owns it.
    pub uid: Setting<Scalar>,
    /// The group that owns it.
    pub gid: Setting<Scalar>,
    /// Its permissions.
    pub mode: Setting<Typed<u32>>,
}

impl Grant {
    pub(super) fn read(cx: &Reader<'_>, node: Node) -> Option<Grant> {
        let long = cx.is_mapping(node);
        let mut grant = Grant {
            at: cx.at(node),
            long,
            source: None,
            target: None,
            uid: None,
            gid: None,
            mode: None,
        };
        if !long {
            grant.source = Some(cx.text(node)?);
            return Some(grant);
        }
        for slot in cx.slots(node) {
            match slot.name {
                "source" => grant.source = cx.text(slot.node),
                "target" => grant.target = cx.scalar_field(&slot),
                "uid" => grant.uid = cx.scalar_field(&slot),
                "gid" => grant.gid = cx.scalar_field(&slot),
                "mode" => grant.mode = cx.typed_field(&slot, cast::file_mode),
                _ => {}
            }
        }
        Some(grant)
    }
}
