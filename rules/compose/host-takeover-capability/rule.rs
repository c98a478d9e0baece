//! Flags added capabilities that control the host, and has what the rules about other added capabilities share.

use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::value::{Knowledge, List, Text, is_true};
use crate::diagnostic::{Applicability, Finding, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::knowledge::capabilities::{self, Capability, Class};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

const HELP: &str = "leave it out, and grant the device, mount or smaller capability that is needed";

fn check(file: &File, cx: &mut Context<'_, File>) {
    added(file, Class::Takeover, cx, |_, _, finding| {
        finding.help(HELP);
    });
    for document in file.documents() {
        for owned in document.containers() {
            let container = owned.container;
            if is_true(&container.privileged) {
                continue;
            }
            if let Some(all) = container.cap_add.iter().find(|item| is_all(item)) {
                let message = format!(
                    "`{}` gives the container every right on the host",
                    all.value.text()
                );
                let finding = report(&container.cap_add, all, message, cx);
                finding.help("name the capabilities that are needed");
                if all.value.knowledge() == Knowledge::Default {
                    finding.severity(Severity::Warning);
                }
            }
        }
    }
}

/// Whether an item of `cap_add` or `cap_drop` stands for all capabilities.
pub(super) fn is_all(item: &Text) -> bool {
    item.value.known().is_some_and(capabilities::is_all)
}

/// Reports the capabilities of a class that containers of the file add, where neither `privileged` nor `ALL` gives
/// them anyhow. What is only a default matters less; `describe` adds help, and may know better.
pub(super) fn added(
    file: &File,
    class: Class,
    cx: &mut Context<'_, File>,
    describe: impl Fn(&Container, &Capability, &mut Finding),
) {
    for document in file.documents() {
        for owned in document.containers() {
            let container = owned.container;
            let added = &container.cap_add;
            if is_true(&container.privileged) || added.iter().any(is_all) {
                continue;
            }
            for item in added {
                let Some(capability) = item.value.known().and_then(capabilities::named) else {
                    continue;
                };
                if capability.class != class {
                    continue;
                }
                let allows = capability.allows;
                let message = format!("`{}` lets the container {allows}", item.value.text());
                let finding = report(added, item, message, cx);
                if item.value.knowledge() == Knowledge::Default {
                    let is_error = class == Class::Takeover;
                    finding.severity(if is_error {
                        Severity::Warning
                    } else {
                        Severity::Info
                    });
                }
                describe(container, capability, finding);
            }
        }
    }
}

/// Reports an item of a list, with a fix that takes it out.
pub(super) fn report<'c>(
    list: &List<Text>,
    item: &Text,
    message: String,
    cx: &'c mut Context<'_, File>,
) -> &'c mut Finding {
    let text = cx.text();
    let name = item.value.text();
    let finding = cx.report(item.value.span_of(0..name.len()), message);
    if let Some(edits) = list.removal(text, &[item.at.span]) {
        let title = format!("remove `{name}`; what needs it will fail");
        finding.fix(Fix::new(title, Applicability::Unsafe, edits));
    }
    finding
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn every_spelling_and_every_container_counts() {
        compose(
            "host-takeover-capability",
            r#"
x-caps: &caps
  - "cap_sys_module"
#    ^^^^^^^^^^^^^^ error: `cap_sys_module` lets the container load modules
services:
  a:
    image: x
    cap_add: [Sys_Admin, NET_ADMIN]
#             ^^^^^^^^^ `Sys_Admin` lets the container mount
    pre_start:
      - {image: y, cap_add: ["all", SYS_ADMIN]}
#                             ^^^ error: `all` gives the container every right
  b: {image: x, cap_add: *caps}
  c: {image: x, cap_add: *caps}
  d: {image: x, cap_add: ["${A:-SYS_RAWIO}", "${B}", CAP_ALL, SYSADMIN]}
#                               ^^^^^^^^^ warning: `SYS_RAWIO` lets
  e: {image: x, privileged: true, cap_add: [ALL, SYS_ADMIN]}
jobs:
  f: {image: x, cap_add: [SYS_ADMIN], triggers: {manual: true}}
#                         ^^^^^^^^^ `SYS_ADMIN` lets
"#,
        );
    }

    #[test]
    fn the_last_item_takes_its_key_along_but_not_an_anchor() {
        let fixed =
            |text: &str| fixed_compose("host-takeover-capability", Applicability::Unsafe, text);
        let list =
            "services:\n  a:\n    cap_add:\n    # why\n    - 'SYS_ADMIN' # that\n    image: b\n";
        assert_eq!(fixed(list), "services:\n  a:\n    image: b\n");
        let anchor =
            "services:\n  a: {image: b, cap_add: &c [ALL]}\n  d: {image: b, cap_add: *c}\n";
        assert_eq!(fixed(anchor), anchor);
    }
}
