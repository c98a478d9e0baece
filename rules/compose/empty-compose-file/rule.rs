//! Passes on files without content.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}
