//! Flags builds that may do to the host what builds may not do otherwise.

use crate::compose::project::Project;
use crate::compose::value::is_true;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for owned in project.merged.containers() {
        let Some(build) = owned.container.build.as_deref() else {
            continue;
        };
        let build = &build.value;
        if is_true(&build.privileged)
            && let Some(privileged) = &build.privileged
        {
            let text = project.text(privileged.key.file);
            let entry = privileged.entry(text).filter(|_| privileged.via.is_none());
            let edit = entry.and_then(|entry| edit::remove_entry(text, entry));
            let finding = cx.report(
                privileged.whole(),
                "the commands of the build run privileged",
            );
            finding
                .severity(Severity::Error)
                .help("take it out; what needs it belongs into the running container");
            if let Some(edit) = edit {
                finding.fix(Fix::new(
                    "take it out; a command that needs it then fails",
                    Applicability::Unsafe,
                    vec![edit],
                ));
            }
        }
        for entitlement in &build.entitlements {
            let (severity, message) = match entitlement.value.known() {
                Some("security.insecure") => (
                    Severity::Error,
                    "the build may run commands without any confinement",
                ),
                Some("network.host") => (
                    Severity::Warning,
                    "the build may run commands in the network of the host",
                ),
                _ => continue,
            };
            let text = project.text(entitlement.at.file);
            let is_own = build
                .entitlements
                .origin
                .as_ref()
                .is_some_and(|origin| origin.via.is_none());
            let removal = build.entitlements.removal(text, &[entitlement.at.span]);
            let finding = cx.report(entitlement.text_at(), message);
            finding
                .severity(severity)
                .help("take it out, and `--security` or `--network` out of the Dockerfile");
            if let Some(edits) = removal.filter(|_| is_own) {
                finding.fix(Fix::new(
                    "take it out; a command that needs it then fails",
                    Applicability::Unsafe,
                    edits,
                ));
            }
        }
        if let Some(network) = build.network.as_deref()
            && network.value.is("host")
        {
            let text = project.text(network.key.file);
            let entry = network.entry(text).filter(|_| network.via.is_none());
            let edit = entry.and_then(|entry| edit::remove_entry(text, entry));
            let finding = cx.report(
                network.text_at(),
                "the commands of the build run in the network of the host",
            );
            finding.help("take it out; a build reaches the internet without it");
            if let Some(edit) = edit {
                finding.fix(Fix::new(
                    "take it out; a command that needs a port of the host then fails",
                    Applicability::Unsafe,
                    vec![edit],
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn what_gives_the_rights_is_marked() {
        compose(
            "insecure-build-entitlement",
            r#"
services:
  a:
    build:
      context: .
      privileged: true
#     ^^^^^^^^^^^^^^^^ error: the commands of the build run privileged
      entitlements: [network.host, "security.insecure"]
#                    ^^^^^^^^^^^^ warning: the build may run commands in the network of the host
#                                   ^^^^^^^^^^^^^^^^^ error: the build may run commands without
      network: host
#              ^^^^ warning: the commands of the build run in the network of the host
  b: {build: {context: ., privileged: false, network: none, entitlements: [$E, device]}}
  c: {build: {context: ., privileged: $P, network: $N}}
"#,
        );
    }
}
