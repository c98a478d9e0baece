//! Flags containers that get a capability beyond those that Docker gives.

use super::host_takeover_capability::added;
use crate::engine::Hooks;
use crate::knowledge::capabilities::Class;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| {
        added(file, Class::Other, cx, |_, _, finding| {
            finding.help("leave it out unless the program fails without it");
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn neither_default_nor_known_to_be_dangerous() {
        compose(
            "added-capability",
            "services:\n  a: {image: x, cap_add: ['wake_alarm', KILL, SYS_ADMIN, $C]}\n#                          ^^^^^^^^^^ info: `wake_alarm` lets the container wake\n",
        );
    }
}
