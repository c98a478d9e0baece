//! Flags RPM packages that are installed without a version.

use crate::dockerfile::packages::{PackageScript, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::System;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in script.installs() {
        // Others install groups, streams of modules, files, or again what is there.
        let is_by_name = matches!(found.verb.name, "install" | "in");
        if !is_by_name || !(found.is_of(System::Dnf) || found.is_of(System::Zypper)) {
            continue;
        }
        if let Some((first, message)) = found.unpinned_summary() {
            let finding = cx.report(first.span, message);
            finding.help("name the version: `package-version`");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_first_of_the_packages_without_a_version_is_marked() {
        dockerfile(
            "unpinned-rpm-package",
            r#"
FROM fedora:43
RUN yum install -y --enablerepo epel a-1.2 python3-pip; microdnf install java-17-openjdk
#                                          ^^^^^^^^^^^ `python3-pip`
#                                                                        ^^^^^^^^^^^^^^^ `java-17-openjdk`
RUN dnf install -y \
      a-1.2-3.el9.noarch "b-2*" $c d-$e ./f.rpm http://g/h @i \
      libX11
#     ^^^^^^ `libX11`
RUN zypper -n in -t pattern x && zypper -n in a=1 'b>=2' c-3
#                           ^ `x`
RUN dnf module install -y a:1 && dnf group install -y b && dnf reinstall -y c && dnf update -y d
RUN dnf groupinstall -y a && yum localinstall -y b.rpm && dnf remove -y c
"#,
        );
    }
}
