//! Flags commands of `dnf` and its siblings that wait for an answer.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::packages::{PackageScript, Packages};
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in &script.uses {
        let name = found.manager.name;
        if !matches!(name, "dnf" | "microdnf" | "tdnf") || !script.asks(found) {
            continue;
        }
        let message = format!("`{name} {}` asks before it goes on", found.verb.name);
        let finding = cx.report(found.verb.span, message);
        finding.help("add `-y`");
        if found.command.context.is_exact() {
            let edit = Edit::insert(found.verb.span.end, " -y");
            finding.fix(Fix::new("add `-y`", Applicability::Safe, vec![edit]));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn every_command_that_asks_counts() {
        dockerfile(
            "dnf-missing-yes",
            r"
FROM fedora:43
RUN dnf install a; dnf5 upgrade; tdnf erase b; dnf group install c
#       ^^^^^^^ `dnf install` asks before it goes on
#                       ^^^^^^^ `dnf upgrade` asks
#                                     ^^^^^ `tdnf erase` asks
#                                                  ^^^^^^^^^^^^^ `dnf group install` asks
RUN dnf --setopt=tsflags=nodocs \
      builddep a
#     ^^^^^^^^ `dnf builddep` asks
RUN dnf -y install a && dnf install -qy a && dnf install --assumeyes a
RUN dnf install $OPTIONS a && yes | dnf install a && dnf --setopt=assumeyes=true install a
RUN dnf clean all && dnf makecache && dnf config-manager --add-repo x && dnf module enable a
RUN yum install a
",
        );
    }
}
