//! Passes on parts of a project that are fetched and not pinned.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}
