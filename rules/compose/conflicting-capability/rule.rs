//! Flags capabilities that are dropped without effect.

use std::collections::HashSet;

use super::host_takeover_capability::is_all;
use crate::compose::container::Container;
use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::value::{List, Text, is_true};
use crate::diagnostic::{Applicability, Finding, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::knowledge::capabilities::{self, Capability};
use crate::text::Location;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let containers = || {
        project
            .merged
            .containers()
            .map(|owned| owned.container)
            .filter(|container| !container.cap_drop.is_empty())
    };
    let shared = shared(containers().map(|container| &container.cap_drop));
    for container in containers() {
        check_container(container, &shared, cx);
    }
}

/// The places of items that several containers have in common, through an anchor or `extends`. What is needless in one
/// of them may be needed in another.
pub(super) fn shared<'f>(lists: impl Iterator<Item = &'f List<Text>>) -> HashSet<Location> {
    let mut seen = HashSet::new();
    let places = lists.flatten().map(|item| item.at);
    places.filter(|at| !seen.insert(*at)).collect()
}

fn check_container(
    container: &Container,
    shared: &HashSet<Location>,
    cx: &mut Context<'_, Project>,
) {
    let (added, dropped) = (&container.cap_add, &container.cap_drop);
    let mut all = added.iter().chain(dropped);
    if is_true(&container.privileged) || all.any(|item| item.value.known().is_none()) {
        return;
    }
    let adds_all = added.iter().find(|item| is_all(item));
    let drops_all = dropped.iter().any(is_all);
    for item in dropped {
        let name = item.value.text();
        if let Some(all) = adds_all {
            if is_all(item) {
                let message =
                    format!("`{name}` in `cap_drop` has no effect beside that in `cap_add`");
                let finding = report(dropped, item, message, shared, cx);
                finding.label(all.at, "all capabilities are added here");
                finding.help("name the capabilities that are needed in `cap_add`");
            }
            continue;
        }
        let Some(capability) = capability(item) else {
            continue;
        };
        let same = added
            .iter()
            .find(|item| self::capability(item) == Some(capability));
        if let Some(same) = same {
            let message = format!("`{name}` is dropped, but `cap_add` gives it back");
            let finding = report(dropped, item, message, shared, cx);
            finding.label(same.at, "it is added here, which counts");
            finding.help("remove it from one of the two lists");
        } else if !drops_all && !capability.is_default() && cx.model.extent != Extent::Part {
            let message = format!("`{name}` is dropped, but Docker does not give it anyhow");
            let finding = report(dropped, item, message, shared, cx);
            finding.help("drop `ALL` and add what is needed");
            finding.severity(Severity::Info);
        }
    }
}

fn capability(item: &Text) -> Option<&'static Capability> {
    capabilities::named(item.value.known()?)
}

/// Reports an item of a list that has no effect, with a fix that takes it out where that concerns nobody else.
pub(super) fn report<'c>(
    list: &List<Text>,
    item: &Text,
    message: String,
    shared: &HashSet<Location>,
    cx: &'c mut Context<'_, Project>,
) -> &'c mut Finding {
    let (source, text) = (cx.source.id, cx.text());
    let name = item.value.text();
    let at = Location {
        file: item.at.file,
        span: item.value.span_of(0..name.len()),
    };
    let finding = cx.report(at, message);
    let is_here = list.iter().all(|item| item.at.file == source) && !shared.contains(&item.at);
    if is_here && let Some(edits) = list.removal(text, &[item.at.span]) {
        let title = format!("remove `{name}`, which has no effect");
        finding.fix(Fix::new(title, Applicability::Safe, edits));
    }
    finding
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn what_is_dropped_in_vain_is_marked() {
        compose(
            "conflicting-capability",
            r#"
x-drop: &drop ["cap_net_raw"]
#               ^^^^^^^^^^^ warning: `cap_net_raw` is dropped, but `cap_add` gives it back
services:
  a: {image: x, cap_drop: *drop, cap_add: [NET_RAW]}
  b: {image: x, cap_drop: [ALL, NET_RAW], cap_add: [net_raw]}
#                               ^^^^^^^ warning: `NET_RAW` is dropped, but `cap_add`
  c: {image: x, cap_drop: [BPF, CHOWN]}
#                          ^^^ info: `BPF` is dropped, but Docker does not
  d: {image: x, cap_drop: [ALL, BPF]}
  e: {image: x, cap_drop: [NET_RAW, "${E}"], cap_add: [NET_RAW]}
  f: {image: x, cap_drop: [all, BPF], cap_add: [ALL]}
#                          ^^^ warning: `all` in `cap_drop` has no effect
  g: {image: x, cap_drop: [ALL], cap_add: [ALL], privileged: true}
jobs:
  h: {image: x, cap_drop: [KILL], cap_add: [KILL], triggers: {manual: true}}
#                          ^^^^ `KILL` is dropped, but `cap_add`
"#,
        );
    }

    #[test]
    fn what_others_share_is_not_taken_from_them() {
        let text =
            "services:\n  a: &a {image: x, cap_drop: [KILL]}\n  b: {<<: *a, cap_add: [KILL]}\n";
        assert_eq!(
            fixed_compose("conflicting-capability", Applicability::Safe, text),
            text
        );
    }
}
