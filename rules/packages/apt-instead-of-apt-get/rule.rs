//! Flags `apt` in scripts.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::model::Base;
use crate::dockerfile::packages::{PackageScript, PackageUse, Packages};
use crate::engine::{Context, Hooks};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    if is_mint(script) {
        return;
    }
    for found in script
        .uses
        .iter()
        .filter(|found| found.manager.name == "apt")
    {
        let word = found.invocation.name_word();
        let fix = fix(found, cx.text());
        let finding = cx.report(word.span, "`apt` has no stable interface for scripts");
        finding.help("use `apt-get`, or `apt-cache` to look things up");
        if found.command.context.is_exact() {
            finding.fixes.extend(fix);
        }
    }
}

/// Whether the stage is built on Linux Mint, whose `apt` is another one.
fn is_mint(script: &PackageScript<'_>) -> bool {
    match &script.dockerfile.root_of(script.stage).base {
        Base::Image(image) => image.text().is_some_and(|name| name.contains("mint")),
        _ => false,
    }
}

fn fix(found: &PackageUse<'_>, text: &str) -> Option<Fix> {
    let (program, applicability) = match found.verb.name {
        "install" | "remove" | "purge" | "update" | "full-upgrade" | "dist-upgrade"
        | "autoremove" | "autopurge" | "build-dep" | "clean" | "autoclean" | "distclean"
        | "source" | "download" => ("apt-get", Applicability::Safe),
        "upgrade" => ("apt-get", Applicability::Unsafe),
        "show" | "search" | "policy" | "depends" | "rdepends" => ("apt-cache", Applicability::Safe),
        _ => return None,
    };
    let word = found.invocation.name_word().inside();
    // `/usr/bin/apt`; quotes are too rare to be worth it.
    if !word.text(text).ends_with("apt") {
        return None;
    }
    let edit = Edit::replace(Span::new(word.end - 3, word.end), program);
    Some(Fix::new(
        format!("use `{program}`"),
        applicability,
        vec![edit],
    ))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_program_is_marked() {
        dockerfile(
            "apt-instead-of-apt-get",
            r#"
FROM debian:13
RUN apt update && DEBIAN_FRONTEND=noninteractive sudo -E /usr/bin/apt -y \
#   ^^^ `apt` has no stable interface
#                                                        ^^^^^^^^^^^^ `apt` has no stable
      install apt && xargs apt install <list
#                          ^^^ `apt` has no stable interface
RUN apt-get install apt && apt-key list && echo apt install && cat /etc/apt/sources.list
RUN sh -c 'apt list --installed'
#          ^^^ `apt` has no stable interface
CMD apt install a
"#,
        );
    }

    #[test]
    fn paths_stay_and_upgrading_is_asked_about() {
        let text = "FROM debian\nRUN /usr/bin/apt install a && apt upgrade && apt list\n";
        assert_eq!(
            fixed("apt-instead-of-apt-get", Applicability::Safe, text),
            "FROM debian\nRUN /usr/bin/apt-get install a && apt upgrade && apt list\n"
        );
        assert_eq!(
            fixed("apt-instead-of-apt-get", Applicability::Unsafe, text),
            "FROM debian\nRUN /usr/bin/apt-get install a && apt-get upgrade && apt list\n"
        );
    }
}
