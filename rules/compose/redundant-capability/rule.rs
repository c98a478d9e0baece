//! Flags capabilities, devices and security options that change nothing.

use std::collections::HashSet;

use super::conflicting_capability::{report, shared};
use super::host_takeover_capability::{is_all, names};
use crate::compose::container::Container;
use crate::compose::device::Device;
use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::value::{Knowledge, List, Text};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::knowledge::capabilities;
use crate::text::Location;
use crate::yaml::edit;

/// Of Docker's default capabilities those that Podman does not give
/// (`default_capabilities` in <https://github.com/containers/common/blob/main/docs/containers.conf.5.md>, which names these
/// three; read on 2026-11-23).
const NOT_IN_PODMAN: [&str; 3] = ["AUDIT_WRITE", "MKNOD", "NET_RAW"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let containers = || project.merged.containers().map(|owned| owned.container);
    let lists = containers().flat_map(|container| [&container.cap_add, &container.cap_drop]);
    let shared = shared(lists);
    for container in containers() {
        let privileged = container.privileged.as_ref();
        let literal = privileged
            .filter(|flag| flag.value.scalar.knowledge() == Knowledge::Known)
            .map(|flag| flag.value.value);
        match literal {
            Some(Some(true)) => check_privileged(container, cx),
            None if privileged.is_some() => {}
            _ => check_lists(container, &shared, cx),
        }
    }
}

fn check_lists(container: &Container, shared: &HashSet<Location>, cx: &mut Context<'_, Project>) {
    let (added, dropped) = (&container.cap_add, &container.cap_drop);
    let (added_names, dropped_names) = (names(added), names(dropped));
    let adds_all = added.iter().any(is_all);
    beside_all(added, "added", shared, cx);
    if !adds_all {
        // What is added again is somebody else's finding.
        if !dropped_names
            .keys()
            .any(|name| added_names.contains_key(name))
        {
            beside_all(dropped, "dropped", shared, cx);
        }
    }
    let may_be_dropped = |item: &Text| item.value.known().is_none_or(capabilities::is_all);
    if adds_all || cx.model.extent == Extent::Part || dropped.iter().any(may_be_dropped) {
        return;
    }
    for item in added {
        let Some(capability) = item.value.known().and_then(capabilities::named) else {
            continue;
        };
        if !capability.is_default() || dropped_names.contains_key(capability.name) {
            continue;
        }
        let message = format!("Docker gives `{}` to every container", item.value.text());
        let finding = report(added, item, message, shared, cx);
        finding.help("remove it, or drop `ALL` first");
        if NOT_IN_PODMAN.contains(&capability.name) {
            for fix in &mut finding.fixes {
                fix.applicability = Applicability::Unsafe;
            }
        }
    }
}

/// Reports what stands beside `ALL` in the same list.
fn beside_all(
    list: &List<Text>,
    what: &str,
    shared: &HashSet<Location>,
    cx: &mut Context<'_, Project>,
) {
    let Some(all) = list.iter().find(|item| is_all(item)) else {
        return;
    };
    for item in list {
        if item.value.known().and_then(capabilities::named).is_some() {
            let message = format!("`{}` is {what} with `ALL` already", item.value.text());
            let finding = report(list, item, message, shared, cx);
            finding.label(all.at, "this stands for all of them");
            finding.help("remove it");
        }
    }
}

fn check_privileged(container: &Container, cx: &mut Context<'_, Project>) {
    for (name, list) in [
        ("cap_add", &container.cap_add),
        ("cap_drop", &container.cap_drop),
    ] {
        if let (Some(key), false) = (list.key(), list.is_empty()) {
            let text = cx.model.text(key.file);
            let finding = cx.report(key, format!("`{name}` has no effect beside `privileged`"));
            if name == "cap_add" {
                finding.help("remove `privileged` and keep this, or remove this");
            } else {
                finding.help("remove `privileged`, or this, which only looks safe");
            }
            let entry = list
                .entry(text)
                .filter(|_| list.iter().all(|item| item.at.file == key.file));
            if let Some(edit) = entry.and_then(|entry| edit::remove_entry(text, entry)) {
                let title =
                    format!("remove `{name}`; it tells what is needed without `privileged`");
                finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
            }
        }
    }
    for device in &container.devices {
        if let Some(path) = same_path(device) {
            let message = format!("`{path}` is there anyhow, beside `privileged`");
            let finding = cx.report(device.at, message);
            finding.help("remove `privileged` and keep this, or remove this");
        }
    }
    for option in container.security_options() {
        let value = option.known_value();
        let is_off = ["seccomp", "apparmor"]
            .iter()
            .any(|key| option.key.value.is(key))
            && value == Some("unconfined")
            || option.key.value.is("label") && value == Some("disable");
        if is_off {
            let message = format!(
                "`{}` has no effect beside `privileged`",
                option.text.value.text()
            );
            cx.report(option.text.at, message).help("remove it");
        }
    }
}

/// The path of a device that has the same one in the container; a privileged container has all of these.
fn same_path(device: &Device) -> Option<&str> {
    let source = device.source.as_ref()?.value.known()?;
    let is_same = match &device.target {
        None => true,
        Some(target) => target.value.is(source),
    };
    (is_same && !device.is_cdi()).then_some(source)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn what_changes_nothing_is_marked() {
        compose(
            "redundant-capability",
            r#"
services:
  a: {image: x, cap_add: ["cap_kill", BPF], cap_drop: [CHOWN]}
#                          ^^^^^^^^ info: Docker gives `cap_kill` to every container
  b: {image: x, cap_add: [KILL, FSETID], cap_drop: [KILL, "${B}"]}
  c: {image: x, cap_add: [KILL], cap_drop: [KILL]}
  d: {image: x, cap_add: [all, KILL, BPF], cap_drop: [KILL]}
#                              ^^^^ `KILL` is added with `ALL` already
#                                    ^^^ `BPF` is added with `ALL` already
  e: {image: x, cap_drop: [ALL, KILL], cap_add: [KILL]}
  f:
    image: x
    privileged: true
    cap_drop: [ALL]
#   ^^^^^^^^ `cap_drop` has no effect beside `privileged`
    devices: [/dev/a, "/dev/b:/dev/b:r", "/dev/c:/dev/d", {source: /dev/e, target: /dev/e}]
#             ^^^^^^ `/dev/a` is there anyhow
#                     ^^^^^^^^^^^^^^^^^ `/dev/b` is there anyhow
#                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `/dev/e` is
    security_opt: ["apparmor=unconfined", "seccomp=a.json", label=disable]
#                  ^^^^^^^^^^^^^^^^^^^^^ `apparmor=unconfined` has no effect
#                                                           ^^^^^^^^^^^^^ `label=disable` has no effect
  g: {image: x, privileged: "${P:-true}", cap_add: [KILL]}
"#,
        );
    }

    #[test]
    fn only_what_every_engine_gives_is_taken_away() {
        let fixed = |text: &str| fixed_compose("redundant-capability", Applicability::Safe, text);
        let raw = "services:\n  a: {image: x, cap_add: [NET_RAW, KILL]}\n";
        assert_eq!(
            fixed(raw),
            "services:\n  a: {image: x, cap_add: [NET_RAW]}\n"
        );
        let part = "services:\n  a: {cap_add: [KILL]}\n";
        assert_eq!(fixed(part), part);
    }
}
