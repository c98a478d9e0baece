//! Flags containers that get a capability that ends at its borders, if these are whole.

use super::host_takeover_capability::added;
use crate::compose::container::Container;
use crate::compose::mount::MountType;
use crate::diagnostic::Severity;
use crate::engine::Hooks;
use crate::knowledge::capabilities::Class;
use crate::text::Location;

/// What opens the border that the capability ends at, and what is there to see.
fn opening(container: &Container, capability: &str) -> Option<(Location, &'static str)> {
    if capability == "SYS_PTRACE" {
        let pid = container.pid.as_ref();
        let pid = pid.filter(|pid| pid.value.text.is("host"))?;
        return Some((pid.at, "the other processes are those of the host"));
    }
    let mut mounts = container.volumes.iter();
    let bind = mounts.find(|mount| mount.kind() == Some(MountType::Bind))?;
    Some((
        bind.at,
        "files of the host's disk can be opened through this",
    ))
}

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| {
        added(
            file,
            Class::Bounded,
            cx,
            |container, capability, finding| {
                finding.help("leave it out unless the program fails without it");
                if let Some((at, what)) = opening(container, capability.name) {
                    finding.severity(Severity::Warning);
                    finding.label(at, what);
                }
            },
        );
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn an_open_border_makes_it_a_warning() {
        compose(
            "bounded-capability",
            r#"
services:
  a: {image: x, cap_add: ["SYS_PTRACE"], volumes: ["./a:/a"]}
#                          ^^^^^^^^^^ info: `SYS_PTRACE` lets the container read and change
  b: {image: x, cap_add: [SYS_PTRACE], pid: host}
#                         ^^^^^^^^^^ warning: `SYS_PTRACE` lets
  c: {image: x, cap_add: [dac_read_search], pid: host, volumes: ["a:/a"]}
#                         ^^^^^^^^^^^^^^^ info: `dac_read_search` lets
  d: {image: x, cap_add: [DAC_READ_SEARCH], volumes: ["/srv:/srv:ro"]}
#                         ^^^^^^^^^^^^^^^ warning: `DAC_READ_SEARCH` lets
"#,
        );
    }
}
