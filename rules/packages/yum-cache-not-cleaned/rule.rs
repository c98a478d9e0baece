//! Flags `yum` whose cache stays in the image.

use super::dnf_cache_not_cleaned::check;
use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(|script, cx| {
        check(script, cx, "clean all", |found| found.manager.name == "yum");
    });
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
