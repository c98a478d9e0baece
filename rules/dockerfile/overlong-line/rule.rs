//! Passes on the parser's errors about lines that BuildKit does not read.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}
