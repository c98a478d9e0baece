//! Flags device rules that cover the disks of the host, where a file for them can be had.

use crate::compose::container::Container;
use crate::compose::extent::Extent;
use crate::compose::host_path;
use crate::compose::mount::MountType;
use crate::compose::project::Project;
use crate::compose::value::{List, Text, is_true};
use crate::dockerfile::runs_as::is_below;
use crate::engine::{Context, Hooks};
use crate::knowledge::capabilities;
use crate::text::Location;

/// Character devices by their numbers: the log of the kernel, and what makes disks of files
/// (<https://www.kernel.org/doc/html/latest/admin-guide/devices.html>).
const DANGEROUS: [(u32, u32); 2] = [(1, 11), (10, 237)];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let containers = project.merged.containers().map(|owned| owned.container);
    for container in containers {
        if container.device_cgroup_rules.is_empty()
            || is_true(&container.privileged)
            || !can_have_files(container, project.extent)
        {
            continue;
        }
        for item in &container.device_cgroup_rules {
            if let Some(what) = item.value.known().and_then(covered) {
                let at = Location {
                    file: item.at.file,
                    span: item.value.span_of(0..item.value.text().len()),
                };
                cx.report(at, format!("the container may use {what} of the host"))
                    .help("name the kind of device that is needed, or drop `MKNOD`");
            }
        }
    }
}

/// Whether the container certainly can make device files, or has those of the host.
fn can_have_files(container: &Container, extent: Extent) -> bool {
    let names = |list: &List<Text>| {
        list.iter().any(|item| {
            item.value.known().is_none_or(|word| {
                capabilities::is_all(word)
                    || capabilities::named(word).is_some_and(|found| found.name == "MKNOD")
            })
        })
    };
    let adds = container.cap_add.iter().any(|item| {
        let word = item.value.known();
        word.is_some_and(|word| {
            capabilities::is_all(word)
                || capabilities::named(word).is_some_and(|found| found.name == "MKNOD")
        })
    });
    let has_files = container.volumes.iter().any(|mount| {
        let source = mount
            .source
            .as_ref()
            .and_then(|source| source.value.known());
        mount.kind() == Some(MountType::Bind)
            && source
                .and_then(host_path::absolute)
                .is_some_and(|path| is_below(&path, "/dev"))
    });
    adds || has_files || extent != Extent::Part && !names(&container.cap_drop)
}

/// What a rule `TYPE MAJOR:MINOR ACCESS` covers, if it is more than one kind of device that is no disk.
fn covered(rule: &str) -> Option<&'static str> {
    let mut words = rule.split(' ');
    let (kind, numbers, access) = (words.next()?, words.next()?, words.next()?);
    let (major, minor) = numbers.split_once(':')?;
    let is_number = |text: &str| text == "*" || text.parse::<u32>().is_ok();
    if words.next().is_some()
        || !is_number(major)
        || !is_number(minor)
        || !access.contains(['r', 'w'])
    {
        return None;
    }
    let covers = |pattern: &str, number: u32| pattern == "*" || pattern.parse() == Ok(number);
    match kind {
        "a" => Some("all devices"),
        "b" if numbers == "*:*" => Some("all disks"),
        "b" => Some("disks"),
        "c" if numbers == "*:*" => Some("all character devices"),
        "c" if DANGEROUS
            .iter()
            .any(|(first, second)| covers(major, *first) && covers(minor, *second)) =>
        {
            Some("devices of the kernel")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{check, compose};

    #[test]
    fn rules_are_read_and_files_looked_for() {
        compose(
            "broad-device-cgroup-rule",
            r#"
services:
  a:
    image: x
    device_cgroup_rules: ["c 1:* r", "c 10:237 rw", "c 10:200 rw", "b 8:0 w", "c *:* m", "a *:*", "${A}", "b x:y r"]
#                          ^^^^^^^ error: the container may use devices of the kernel
#                                     ^^^^^^^^^^^ the container may use devices of the kernel
#                                                                   ^^^^^^^ the container may use disks
  b: {image: x, device_cgroup_rules: ["c *:* rw"], cap_drop: [all], cap_add: [Mknod]}
#                                      ^^^^^^^^ the container may use all character devices
  c: {image: x, device_cgroup_rules: ["b *:* r"], cap_drop: [ALL]}
  d: {image: x, device_cgroup_rules: ["b *:* r"], cap_drop: [ALL], volumes: ["/dev/:/host/dev:ro"]}
#                                      ^^^^^^^ the container may use all disks
  e: {image: x, device_cgroup_rules: ["a *:* r"], cap_drop: ["${E}"]}
  f: {image: x, device_cgroup_rules: ["a *:* r"], privileged: true}
"#,
        );
    }

    #[test]
    fn the_capability_may_be_dropped_elsewhere() {
        check(
            "broad-device-cgroup-rule",
            &serde_json::Value::Null,
            "compose.override.yaml",
            crate::workspace::kind::Kind::Compose,
            "services:\n  a: {device_cgroup_rules: ['a *:* r']}\n",
        );
    }
}
