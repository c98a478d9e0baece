//! Flags Node packages that are installed in whatever version is newest.

use crate::dockerfile::packages::{PackageScript, PackageUse, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::{Action, System};
use crate::shell::packages::{Package, Source, named};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in &script.uses {
        if !matches!(
            found.manager.system,
            System::Npm | System::Yarn | System::Pnpm | System::Bun
        ) {
            continue;
        }
        let packages = wanted(found);
        let unpinned: Vec<&Package<'_>> = packages
            .iter()
            .filter(|package| package.source == Source::Index && !is_pinned(package))
            .collect();
        let [first, rest @ ..] = unpinned.as_slice() else {
            continue;
        };
        let manager = found.manager.name;
        let names = named(&unpinned);
        let message = format!("`{manager}` installs whatever version of {names} is newest");
        let finding = cx.report(first.span, message);
        finding.help("name a version: `name@1.2.3`");
        for package in rest.iter().take(MAX_LABELS) {
            finding.label(package.span, "also without a version");
        }
    }
}

/// How many further packages are pointed at.
const MAX_LABELS: usize = 8;

/// The packages that a command asks an index for.
fn wanted<'m>(found: &PackageUse<'m>) -> Vec<Package<'m>> {
    match (found.verb.name, found.action) {
        // What stands behind the package are its own arguments.
        ("dlx", _) => found.found.packages().take(1).collect(),
        (_, Action::Install) => found.packages.clone(),
        (_, Action::Upgrade) if found.is_of(System::Npm) => found.packages.clone(),
        _ => Vec::new(),
    }
}

/// Whether a version is named, and not a tag, which moves.
fn is_pinned(package: &Package<'_>) -> bool {
    package.version.as_ref().is_some_and(|version| {
        version.text.is_none_or(|text| {
            let is_tag = text.starts_with(|first: char| first.is_ascii_alphabetic())
                && !text.starts_with('v')
                && !text.contains([':', '/']);
            !is_tag && !matches!(text, "" | "*" | "x" | "X")
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn names_without_a_version_are_found() {
        dockerfile(
            "unpinned-npm-package",
            r#"
FROM node:24
RUN npm i -g --omit=dev \
    a @b/c d@1
#   ^ `npm` installs whatever version of `a` and `@b/c` is newest
RUN npm install && npm ci && npm i "$X" a@$V b@v1 c@~1.2 d@npm:e@1 f@github:g/h i@workspace:*
RUN npm update a; yarn add b@*; pnpm add @c/d@beta; bun add e; npx f; pnpm dlx g h; yarn dlx i@1 j; pnpm install
#              ^ `npm` installs whatever version of `a`
#                          ^^^ `yarn` installs whatever version of `b`
#                                        ^^^^^^^^^ `pnpm` installs whatever version of `@c/d`
#                                                           ^ `bun` installs whatever version of `e`
#                                                                              ^ `pnpm` installs whatever version of `g`
RUN echo npm install a && npm uninstall a && npm run install a && bun install
"#,
        );
    }
}
