//! Flags commands of `yum` that wait for an answer.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::packages::{PackageScript, Packages};
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in &script.uses {
        if found.manager.name != "yum" || !script.asks(found) {
            continue;
        }
        let message = format!("`yum {}` asks before it goes on", found.verb.name);
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
