//! Flags gems that are installed in whatever version is newest.

use crate::dockerfile::packages::{PackageScript, PackageUse, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::System;
use crate::shell::packages::{Package, Source, named};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in script.installs().filter(|found| found.is_of(System::Gem)) {
        if is_told(script, found) {
            continue;
        }
        let packages = found.packages.iter();
        let unpinned: Vec<&Package<'_>> = packages
            .filter(|package| package.source == Source::Index && package.version.is_none())
            .collect();
        let [first, rest @ ..] = unpinned.as_slice() else {
            continue;
        };
        let names = named(&unpinned);
        let message = format!("`gem` installs whatever version of {names} is newest");
        let finding = cx.report(first.span, message);
        finding.help("name a version: `name:1.2.3`");
        for package in rest.iter().take(MAX_LABELS) {
            finding.label(package.span, "also without a version");
        }
    }
}

/// How many further packages are pointed at.
const MAX_LABELS: usize = 8;

/// Whether an option, perhaps one in a variable, tells the versions.
fn is_told(script: &PackageScript<'_>, found: &PackageUse<'_>) -> bool {
    let options = ["v", "version", "g", "file", "l", "local", "h", "help"];
    found.has_flag(&options) || script.hidden_flags(found).any(|flag| flag.is_none())
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn names_without_a_version_are_found() {
        dockerfile(
            "unpinned-gem",
            r#"
FROM ruby:3.4
RUN gem install -N \
    a b:1 c d
#   ^ `gem` installs whatever version of `a` and 2 more is newest
RUN gem i a -- --with-b=/c && gem install $GEMS && gem install $OPTIONS a && gem update a && gem install a -v1
#         ^ `gem` installs whatever version of `a` is newest
RUN bundle install && echo gem install a
"#,
        );
    }
}
