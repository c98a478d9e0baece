//! Flags commands that move to another release of the distribution.

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::packages::{PackageScript, Packages};
use crate::dockerfile::written::written;
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::shell::packages::managers::{Action, System};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
    on.program(&["do-release-upgrade"], check_program);
    on.dockerfile(check_sources);
}

/// Names of releases in lists of sources.
const RELEASES: &[&str] = &[
    "buster",
    "bullseye",
    "bookworm",
    "trixie",
    "forky",
    "sid",
    "stable",
    "oldstable",
    "testing",
    "unstable",
    "trusty",
    "xenial",
    "bionic",
    "focal",
    "jammy",
    "mantic",
    "noble",
    "oracular",
    "plucky",
    "questing",
    "edge",
    "latest-stable",
    "wheezy",
    "jessie",
    "stretch",
];

const HELP: &str = "name the release in `FROM`";

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in &script.uses {
        if found.action == Action::Release && !found.has_flag(found.manager.dry) {
            let (manager, verb) = (found.manager.name, found.verb.name);
            let message = format!("`{manager} {verb}` replaces what the base image is made of");
            let finding = cx.report(found.head(), message);
            // With apt, the lists of sources decide whether it is another release.
            if found.is_of(System::Apt) {
                finding.help("build on a newer base image, which has the updates");
            } else {
                finding.help(HELP);
            }
            if !script.is_in_output() {
                finding.severity(Severity::Info);
            }
        }
    }
}

fn check_program(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let Some(invocation) = found.command.unwrapped() else {
        return;
    };
    if cx.model.run().is_some() && invocation.name() == Some("do-release-upgrade") {
        let span = invocation.name_word().span;
        let message = "`do-release-upgrade` replaces what the base image is made of";
        cx.report(span, message).help(HELP);
    }
}

fn check_sources(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let text = cx.text();
    if memchr::memmem::find(text.as_bytes(), b"sed ").is_none() {
        return;
    }
    written(model, |written| {
        let is_sources = written.path.starts_with("/etc/apt/sources.list")
            || written.path.starts_with("/etc/apk/repositories");
        let program = written.span.text(text);
        if let Some(release) = replacement(program).filter(|_| written.is_sed && is_sources) {
            let message = format!("packages come from the release `{release}` from here on");
            cx.report(written.span, message).help(HELP);
        }
    });
}

/// The release that `s/release/release/` puts in place of another one.
fn replacement(program: &str) -> Option<&str> {
    let program = program.trim_matches(['\'', '"']);
    let rest = program.strip_prefix('s')?;
    let delimiter = rest.chars().next().filter(|c| !c.is_alphanumeric())?;
    let mut parts = rest.get(delimiter.len_utf8()..)?.split(delimiter);
    let (old, new) = (parts.next()?, parts.next()?);
    (is_release(old) && is_release(new) && old != new).then_some(new)
}

/// Whether a text is the name of a release, or a version of Alpine such as `v3\.22`.
fn is_release(text: &str) -> bool {
    let is_version = text.strip_prefix('v').is_some_and(|version| {
        version.starts_with("3")
            && version
                .chars()
                .all(|c| c.is_ascii_digit() || "\\.[]+*".contains(c))
    });
    is_version || RELEASES.contains(&text)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn every_way_to_another_release_counts() {
        dockerfile(
            "dist-upgrade",
            r#"
FROM debian:13
RUN apt-get update && apt-get -y \
#                     ^^^^^^^^^^^^ `apt-get dist-upgrade` replaces what the base image is made of
      dist-upgrade
RUN apt full-upgrade -y && zypper -n dist-upgrade && dnf -y system-upgrade reboot
#   ^^^^^^^^^^^^^^^^ `apt full-upgrade` replaces
#                          ^^^^^^^^^^^^^^^^^^^^^^ `zypper dist-upgrade` replaces
#                                                    ^^^^^^^^^^^^^^^^^^^^^ `dnf system-upgrade` replaces
RUN sudo do-release-upgrade -f
#        ^^^^^^^^^^^^^^^^^^ `do-release-upgrade` replaces
RUN sed -i "s|stable|testing|" /etc/apt/sources.list.d/debian.sources
#          ^^^^^^^^^^^^^^^^^^^ packages come from the release `testing`
RUN sed -i 's/main/main contrib/; s/a/b/' /etc/apt/sources.list && sed 's/stable/sid/' /etc/apt/sources.list
RUN sed -i 's/bookworm/trixie/' /etc/other && apt-get -s dist-upgrade && apt-get -y upgrade
RUN echo apt-get dist-upgrade && dnf -y distro-sync
"#,
        );
    }

    #[test]
    fn a_stage_that_only_builds_gets_a_remark() {
        dockerfile(
            "dist-upgrade",
            r"
FROM swift:6.2 AS build
RUN apt-get -q update && apt-get -q dist-upgrade -y
#                        ^^^^^^^^^^^^^^^^^^^^^^^ info: `apt-get dist-upgrade` replaces
FROM debian:13
COPY --from=build /app /app
",
        );
    }
}
