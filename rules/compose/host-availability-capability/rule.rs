//! Flags containers that get a capability that can slow or stop the host.

use super::host_takeover_capability::added;
use crate::diagnostic::Severity;
use crate::engine::Hooks;
use crate::knowledge::capabilities::Class;

/// Images that keep keys in memory and lock it (<https://hub.docker.com/r/hashicorp/vault>).
const LOCKS_MEMORY: [&str; 2] = ["openbao", "vault"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| {
        added(
            file,
            Class::Availability,
            cx,
            |container, capability, finding| {
                finding.help("leave it out, or set `cpus` and `mem_limit` as well");
                let name = container.image_name();
                let locks = name.is_some_and(|name| LOCKS_MEMORY.contains(&name));
                if locks && capability.name == "IPC_LOCK" {
                    finding.severity(Severity::Info);
                }
            },
        );
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn known_images_make_it_a_note() {
        compose(
            "host-availability-capability",
            r#"
services:
  a:
    image: openbao/openbao
    cap_add: [IPC_LOCK, cap_lease]
#             ^^^^^^^^ info: `IPC_LOCK` lets the container keep any amount
#                       ^^^^^^^^^ warning: `cap_lease` lets the container hold up
"#,
        );
    }
}
