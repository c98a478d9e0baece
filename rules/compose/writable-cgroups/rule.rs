//! Flags containers that may change control groups.

use crate::compose::File;
use crate::compose::host_path;
use crate::compose::mount::{Mount, MountType};
use crate::compose::security_opt::parse_bool;
use crate::compose::value::{Knowledge, Text, is_true};
use crate::diagnostic::{Finding, Severity};
use crate::dockerfile::runs_as::is_below;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let documents = file.documents();
    let containers = documents.flat_map(|document| document.containers());
    for container in containers.map(|owned| owned.container) {
        if is_true(&container.privileged) {
            continue;
        }
        let last = container.last_security_option("writable-cgroups");
        if let Some(option) = last
            && option.known_value().and_then(parse_bool) == Some(true)
        {
            let message = "the container may change its control groups";
            report(option.text, message, cx).help("remove it unless the container runs systemd");
        }
        for mount in &container.volumes {
            if let Some(source) = writable_groups(mount) {
                let message = "the container may change the control groups of the host";
                report(source, message, cx).help("mount it with `:ro`, or not at all");
            }
        }
    }
}

fn report<'c>(text: &Text, message: &str, cx: &'c mut Context<'_, File>) -> &'c mut Finding {
    let finding = cx.report(text.value.span_of(0..text.value.text().len()), message);
    if text.value.knowledge() == Knowledge::Default {
        finding.severity(Severity::Info);
    }
    finding
}

/// The source of a mount, if it is the host's control groups and certainly writable.
pub(super) fn writable_groups(mount: &Mount) -> Option<&Text> {
    let source = mount.source.as_ref()?;
    let is_bind = mount.kind() == Some(MountType::Bind);
    if !is_bind || mount.is_read_only() != Some(false) {
        return None;
    }
    let path = host_path::absolute(source.value.known()?)?;
    is_below(&path, "/sys/fs/cgroup").then_some(source)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn options_and_mounts_are_read() {
        compose(
            "writable-cgroups",
            r#"
services:
  a:
    image: x
    security_opt: ["writable-cgroups:1"]
#                   ^^^^^^^^^^^^^^^^^^ the container may change its control groups
    volumes:
      - "/sys/fs/cgroup/:/cg"
#        ^^^^^^^^^^^^^^^ the container may change the control groups of the host
      - {type: bind, source: /sys/fs/cgroup/a, target: /a}
#                            ^^^^^^^^^^^^^^^^ the container may change the control groups
      - {type: bind, source: /sys/fs/cgroup/a, target: /b, read_only: true}
      - "/sys/fs/cgroup:/c:${MODE}"
      - /sys/fs/cgroups:/d
  b: {image: x, security_opt: [writable-cgroups=true, writable-cgroups=false]}
"#,
        );
    }
}
