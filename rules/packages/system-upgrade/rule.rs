//! Flags commands that bring all packages up to date.

use crate::dockerfile::packages::{PackageScript, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::{Action, System};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in &script.uses {
        let is_system = matches!(
            found.manager.system,
            System::Apt | System::Apk | System::Dnf | System::Zypper
        );
        let is_for_all = found.action == Action::Upgrade && found.operands().next().is_none();
        if !is_system || !is_for_all || found.has_flag(found.manager.dry) {
            continue;
        }
        let (manager, verb) = (found.manager.name, found.verb.name);
        let message = format!("`{manager} {verb}` brings every package up to date");
        let finding = cx.report(found.head(), message);
        finding.help("build on a fresh base image instead");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn commands_without_packages_count() {
        dockerfile(
            "system-upgrade",
            r"
FROM debian:13
RUN apt-get -y \
#   ^^^^^^^^^^^^ `apt-get upgrade` brings every package up to date
      upgrade && apk upgrade --no-cache
#                ^^^^^^^^^^^ `apk upgrade` brings
RUN yum update -y; dnf5 upgrade -y --security; zypper -n up
#   ^^^^^^^^^^ `yum update` brings
#                  ^^^^^^^^^^^^ `dnf upgrade` brings
#                                              ^^^^^^^^^^^^ `zypper up` brings
RUN apt-get update && apk upgrade curl && dnf -y update $PACKAGES && npm update && apt-get -s upgrade
CMD apk upgrade
",
        );
    }
}
