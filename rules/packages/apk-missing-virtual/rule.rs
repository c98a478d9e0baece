//! Flags `apk del` of packages that the same `RUN` adds by name.

use std::collections::HashSet;

use crate::dockerfile::packages::{PackageScript, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::{Action, System};
use crate::shell::word::Word;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    let removes = |action| action == Action::Remove;
    let mut uses = script.uses.iter().filter(|found| found.is_of(System::Apk));
    if !uses.any(|found| removes(found.action)) {
        return;
    }
    let mut added: HashSet<&str> = HashSet::new();
    for found in script.uses.iter().filter(|found| found.is_of(System::Apk)) {
        if found.is_install() && !found.has_flag(&["t", "virtual"]) {
            added.extend(found.packages.iter().map(|package| package.name));
        }
        let names = |word: &&Word| {
            word.text()
                .is_some_and(|name| !name.is_empty() && added.contains(name))
        };
        if removes(found.action)
            && let Some(word) = found.operands().find(names)
        {
            let message = "`apk del` repeats names that `apk add` has installed";
            let finding = cx.report(word.span, message);
            finding.help("install them with `--virtual .name`, and delete that");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_first_name_that_is_repeated_is_marked() {
        dockerfile(
            "apk-missing-virtual",
            r"
FROM alpine:3.22
RUN apk add a=1 b && apk del c \
      a b
#     ^ `apk del` repeats names
RUN apk add -t .d a && apk del .d a
RUN apk del a && apk add a
RUN apk add $a && apk del $a
",
        );
    }
}
