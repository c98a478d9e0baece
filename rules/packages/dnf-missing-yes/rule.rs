//! Flags commands of `dnf` and its siblings that wait for an answer.

use super::apt_get_missing_yes::check;
use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(|script, cx| {
        check(script, cx, |found| {
            matches!(found.manager.name, "dnf" | "microdnf" | "tdnf")
        });
    });
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
