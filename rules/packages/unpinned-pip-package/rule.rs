//! Flags Python packages that are installed in whatever version is newest.

use crate::dockerfile::packages::{PackageScript, PackageUse, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::System;
use crate::shell::packages::{Package, Source, named};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in script.installs() {
        let is_pip = match found.manager.system {
            System::Pip => true,
            // What `uv add` picks it writes down.
            System::Uv => found.verb.name == "pip install",
            _ => false,
        };
        if !is_pip || is_told(script, found) {
            continue;
        }
        let packages = found.packages.iter();
        let unpinned: Vec<&Package<'_>> = packages
            .filter(|package| package.source == Source::Index && !is_pinned(package))
            .collect();
        let [first, rest @ ..] = unpinned.as_slice() else {
            continue;
        };
        let manager = found.manager.name;
        let names = named(&unpinned);
        let message = format!("`{manager}` installs whatever version of {names} is newest");
        let finding = cx.report(first.span, message);
        finding.help("name a version: `name==1.2.3`, or keep the versions in a requirements file");
        for package in rest.iter().take(MAX_LABELS) {
            finding.label(package.span, "also without a version");
        }
    }
}

/// How many further packages are pointed at.
const MAX_LABELS: usize = 8;

/// Whether something else than the names of packages may tell their versions.
fn is_told(script: &PackageScript<'_>, found: &PackageUse<'_>) -> bool {
    let files = [
        "r",
        "requirement",
        "requirements",
        "c",
        "constraint",
        "constraints",
        "override",
        "overrides",
        "require-hashes",
        "no-index",
        "group",
    ];
    let variables = [
        "PIP_CONSTRAINT",
        "PIP_REQUIREMENT",
        "PIP_REQUIRE_HASHES",
        "UV_CONSTRAINT",
    ];
    let hidden = |flag: Option<&str>| {
        flag.is_none_or(|flag| {
            let name = flag.trim_start_matches('-');
            let name = name.split_once('=').map_or(name, |(name, _)| name);
            files.contains(&name)
        })
    };
    found.has_flag(&files)
        || script.hidden_flags(found).any(hidden)
        || variables
            .iter()
            .any(|name| script.variable(found, name).is_some())
}

/// Whether a version is named, or a range with an upper end.
fn is_pinned(package: &Package<'_>) -> bool {
    package.version.as_ref().is_some_and(|version| {
        let has_end = |text: &str| text.contains('<') || text.contains("==") || text.contains("~=");
        matches!(version.operator, "==" | "===" | "~=" | "<" | "<=" | "@")
            || version.text.is_none_or(has_end)
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn names_without_a_version_are_found() {
        dockerfile(
            "unpinned-pip-package",
            r#"
FROM python:3.13
RUN pip3.12 install -q --upgrade \
    'a[x,y]' b==1 c
#   ^^^^^^^^ `pip` installs whatever version of `a` and `c` is newest
RUN PACKAGES='a>=1 b~=2' && pip install $PACKAGES && pip install $UNKNOWN "b==$V" c~=2 d===1 'e<2' 'f!=1,==2.*'
#             ^^^^ `pip` installs whatever version of `a` is
RUN uv add a && uv pip install a b c && uv tool install d && pip download e && pip install
#                              ^ `uv` installs whatever version of `a` and 2 more is newest
RUN pip install -r requirements.txt a && PIP_CONSTRAINT=x pip install a && pip install $OPTIONS a
RUN pip install --require-hashes a && pip install --target /t -i https://example.com a && echo pip install a
#                                                                                    ^ `pip` installs
"#,
        );
    }
}
