//! Flags the package `sudo`.

use crate::dockerfile::packages::{PackageScript, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::{Action, System};
use crate::shell::word::Word;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    let is_for_development = cx
        .source
        .path
        .components()
        .any(|part| part.as_os_str() == ".devcontainer");
    if !script.is_in_output() || is_for_development {
        return;
    }
    // Whether a later command removes it.
    let mut is_removed = false;
    for found in script.uses.iter().rev() {
        is_removed |= found.action == Action::Remove && found.operands().any(may_be_sudo);
        let is_system = matches!(
            found.manager.system,
            System::Apt | System::Apk | System::Dnf | System::Zypper
        );
        let installs = found.is_install() && is_system && !found.has_flag(found.manager.dry);
        let mut packages = found.packages.iter();
        if let Some(package) = packages.find(|package| package.name == "sudo")
            && installs
            && !is_removed
        {
            let finding = cx.report(package.span, "`sudo` is installed into the image");
            finding
                .help("do what needs root before `USER`; use `gosu` or `setpriv` to drop rights");
        }
    }
}

/// Whether a word names `sudo`, a virtual package that may have it, or only the build knows.
fn may_be_sudo(word: &Word) -> bool {
    word.text()
        .is_none_or(|text| text == "sudo" || text.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_package_is_marked() {
        dockerfile(
            "sudo-installed",
            r#"
FROM debian:13
RUN apt-get install -y a \
      "sudo=1.9*" b
#     ^^^^^^^^^^^ `sudo` is installed into the image
RUN dnf install -y sudo && zypper -n in sudo
#                  ^^^^ `sudo` is installed
#                                       ^^^^ `sudo` is installed
RUN deps='a sudo' && apt-get install -y $deps
#           ^^^^ `sudo` is installed
RUN apk add -t .deps sudo && apk del .deps
RUN apt-get install -y sudoku libsudo && sudo x && pip install sudo && echo sudo
"#,
        );
    }
}
