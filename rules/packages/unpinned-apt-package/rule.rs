//! Flags Debian packages that are installed without a version.

use crate::dockerfile::packages::{PackageScript, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::System;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in script.installs().filter(|found| found.is_of(System::Apt)) {
        if let Some((first, message)) = found.unpinned_summary() {
            let finding = cx.report(first.span, message);
            finding.help("name the version: `package=version`");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_first_of_the_packages_without_a_version_is_marked() {
        dockerfile(
            "unpinned-apt-package",
            r#"
FROM debian:13
RUN apt-get install -y a=1 b c "d" && apt install -y -t sid 'e'
#                          ^ `b` and 2 more packages
#                                                           ^^^ `e`
RUN apt-get install -y \
      a=1 \
      b:arm64 \
#     ^^^^^^^ `b:arm64`
      c=$VERSION d=${VERSION} $e f$g "$h" i- ./j.deb k/sid task^
RUN apt-get install -y php-*
#                      ^^^^^ `php-*`
RUN apt-get remove a && apt-get build-dep b && apt-get update
RUN x='a=1 b' && apt-get install -y $x && y="$y c" && apt-get install -y $y
#          ^ `b`
RUN sh -c "apt-get install -y a"
#                             ^ `a`
"#,
        );
    }
}
