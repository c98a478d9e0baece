//! Flags containers that get a capability that shows what the host keeps to itself.

use super::host_takeover_capability::added;
use crate::engine::Hooks;
use crate::knowledge::capabilities::Class;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| {
        added(file, Class::Disclosure, cx, |_, _, finding| {
            finding.help("leave it out, and read the log on the host");
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_kernels_log_is_found_in_any_spelling() {
        compose(
            "host-disclosure-capability",
            "services:\n  a: {image: x, cap_add: ['cap_syslog']}\n#                          ^^^^^^^^^^ `cap_syslog` lets the container read\n",
        );
    }
}
