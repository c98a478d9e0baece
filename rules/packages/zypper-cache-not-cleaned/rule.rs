//! Flags `zypper` whose cache stays in the image.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::packages::{PackageScript, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::System;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    if !script.is_in_output() {
        return;
    }
    let mut uses = script.uses.iter().rev();
    let Some(last) = uses.find(|found| found.is_of(System::Zypper) && found.leaves_cache()) else {
        return;
    };
    let message = format!(
        "the cache of `zypper {}` stays in the image",
        last.verb.name
    );
    let edit = script.at_end(last, "zypper clean --all");
    let finding = cx.report(last.head(), message);
    finding.help("end the same `RUN` with `zypper clean --all`");
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
            "zypper-cache-not-cleaned",
            r"
FROM opensuse/leap:16.0
RUN zypper clean && zypper -n \
#                   ^^^^^^^^^^^ the cache of `zypper in` stays
      in a
RUN zypper --gpg-auto-import-keys refresh
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the cache of `zypper refresh` stays
RUN zypper -n up && zypper clean --all && zypper -n in a && rm -rf /var/cache/zypp*
RUN zypper --root /x -n in a && zypper lr && zypper rm -y b
",
        );
    }
}
