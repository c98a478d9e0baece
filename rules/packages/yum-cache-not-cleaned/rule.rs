//! Flags `yum` whose cache stays in the image.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::packages::{PackageScript, Packages};
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    if !script.is_in_output() {
        return;
    }
    let mut uses = script.uses.iter().rev();
    let Some(last) = uses.find(|found| found.manager.name == "yum" && found.leaves_cache()) else {
        return;
    };
    let message = format!("the cache of `yum {}` stays in the image", last.verb.name);
    let edit = script.at_end(last, "yum clean all");
    let finding = cx.report(last.head(), message);
    finding.help("end the same `RUN` with `yum clean all`");
    if let Some(edit) = edit {
        let title = "clean the cache in the same `RUN`";
        finding.fix(Fix::new(title, Applicability::Safe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn what_cleans_behind_the_last_command_counts() {
        dockerfile(
            "yum-cache-not-cleaned",
            r"
FROM amazonlinux:2
RUN yum clean all && yum -y \
#                    ^^^^^^^^ the cache of `yum install` stays
      install a && rm -rf /tmp/*
RUN yum install -y a && yum clean all && yum -y update
#                                        ^^^^^^^^^^^^^ the cache of `yum update` stays
RUN yum install -y a && yum clean metadata && yum -y remove b
#   ^^^^^^^^^^^ the cache of `yum install` stays
RUN yum install -y a && yum -y clean all
RUN yum install -y a && dnf clean all && yum install -y b; rm -rf /var/cache/*
RUN yum install -y a && ./cleanup.sh
RUN --mount=type=tmpfs,target=/var/cache yum install -y a
RUN yum --installroot=/x install -y a && yum remove -y b && yum install --downloadonly c
RUN dnf install -y a && microdnf install -y b
",
        );
    }
}
