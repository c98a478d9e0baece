//! Passes on `env_file` of `include` that leads nowhere.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}
