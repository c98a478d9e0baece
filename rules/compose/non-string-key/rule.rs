//! Passes on keys that YAML reads as numbers or as null.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}
