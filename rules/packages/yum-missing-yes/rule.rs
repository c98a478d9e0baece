//! Flags commands of `yum` that wait for an answer.

use super::apt_get_missing_yes::check;
use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(|script, cx| check(script, cx, |found| found.manager.name == "yum"));
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn every_command_that_asks_counts() {
        dockerfile(
            "yum-missing-yes",
            r"
FROM centos:7
RUN yum install a; yum --quiet localinstall b.rpm; yum groupinstall c
#       ^^^^^^^ `yum install` asks before it goes on
#                              ^^^^^^^^^^^^ `yum localinstall` asks
#                                                      ^^^^^^^^^^^^ `yum groupinstall` asks
RUN yum \
      update && yum reinstall a && yum remove a
#     ^^^^^^ `yum update` asks
#                   ^^^^^^^^^ `yum reinstall` asks
#                                      ^^^^^^ `yum remove` asks
RUN yum -qy install a && yum --assumeyes update && yum install $OPTIONS a && yes | yum update
RUN yum clean all && yum makecache && yum repolist && yum install --downloadonly a
RUN dnf install a && yum-config-manager --enable x
",
        );
    }
}
