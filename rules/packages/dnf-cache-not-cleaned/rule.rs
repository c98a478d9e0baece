//! Flags `dnf` and its siblings whose cache stays in the image.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::packages::{PackageScript, PackageUse, Packages};
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(|script, cx| {
        let is_dnf =
            |found: &PackageUse<'_>| matches!(found.manager.name, "dnf" | "microdnf" | "tdnf");
        check(script, cx, "clean all", is_dnf);
    });
}

/// Reports the last command of some managers whose cache stays in the image; `clean` is what deletes it.
pub(super) fn check(
    script: &PackageScript<'_>,
    cx: &mut Context<'_, Packages<'_>>,
    clean: &str,
    is_looked_at: impl Fn(&PackageUse<'_>) -> bool,
) {
    if !script.is_in_output() {
        return;
    }
    let mut uses = script.uses.iter().rev();
    let Some(last) = uses.find(|found| is_looked_at(found) && found.leaves_cache()) else {
        return;
    };
    // `dnf5` stays `dnf5`.
    let program = last.invocation.name().unwrap_or(last.manager.name);
    let verb = last.verb.name;
    let edit = script.at_end(last, &format!("{program} {clean}"));
    let finding = cx.report(
        last.head(),
        format!("the cache of `{program} {verb}` stays in the image"),
    );
    finding.help(format!("end the same `RUN` with `{program} {clean}`"));
    if let Some(edit) = edit {
        let title = "clean the cache in the same `RUN`";
        finding.fix(Fix::new(title, Applicability::Safe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn what_cleans_behind_the_last_command_counts() {
        dockerfile(
            "dnf-cache-not-cleaned",
            r"
FROM fedora:43
RUN dnf -y \
#   ^^^^^^^^ the cache of `dnf install` stays
      install a && dnf clean packages
RUN tdnf install -y a; tdnf clean dbcache
#   ^^^^^^^^^^^^ the cache of `tdnf install` stays
RUN dnf5 makecache
#   ^^^^^^^^^^^^^^ the cache of `dnf5 makecache` stays
RUN dnf install -y a && yum clean all && microdnf upgrade -y && rm -rf /var/cache/yum
RUN dnf install -y --installroot /x a && dnf clean all --installroot /x
RUN dnf config-manager --add-repo x && dnf copr enable y && dnf module enable z
RUN --mount=type=cache,dst=/var/cache dnf install -y a
RUN yum install -y a
",
        );
    }

    #[test]
    fn the_program_that_is_used_cleans() {
        assert_eq!(
            fixed(
                "dnf-cache-not-cleaned",
                Applicability::Safe,
                "FROM a\nRUN <<E\nsudo dnf5 install -y b\necho c\nE\n"
            ),
            "FROM a\nRUN <<E\nsudo dnf5 install -y b\necho c\nsudo dnf5 clean all\nE\n"
        );
    }
}
