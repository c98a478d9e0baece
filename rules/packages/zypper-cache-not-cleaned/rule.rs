//! Flags `zypper` whose cache stays in the image.

use super::dnf_cache_not_cleaned::check;
use crate::engine::Hooks;
use crate::shell::packages::managers::System;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(|script, cx| {
        check(script, cx, "clean --all", |found| {
            found.is_of(System::Zypper)
        });
    });
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
