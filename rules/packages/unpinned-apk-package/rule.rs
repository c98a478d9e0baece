//! Flags Alpine packages that are installed without a version.

use crate::dockerfile::packages::{PackageScript, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::System;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in script.installs().filter(|found| found.is_of(System::Apk)) {
        if let Some((first, message)) = found.unpinned_summary() {
            let finding = cx.report(first.span, message);
            finding
                .help("name the version: `package=version`, or `package~version` for its builds");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_first_of_the_packages_without_a_version_is_marked() {
        dockerfile(
            "unpinned-apk-package",
            r#"
FROM alpine:3.22
RUN apk --no-cache add -X http://a/b -t .deps c d=1 && apk add --virtual=.x -U e@edge
#                                             ^ `c`
#                                                                              ^^^^^^ `e`
RUN apk add \
      a=1 b~1 "c~=1" 'd>1' 'e<1' \
      f && apk add g.apk ./h '!i' $j "$k" l$m n=$o && apk del p
#     ^ `f`
RUN apk update && apk upgrade
"#,
        );
    }
}
