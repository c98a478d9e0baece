//! Flags options and settings by which RPM packages are installed unchecked.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::packages::{PackageScript, Packages};
use crate::dockerfile::written::{Written, written};
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::shell::invocation::{Argument, Flag, Invocation};
use crate::shell::packages::is_false;
use crate::shell::packages::managers::System;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
    on.program(&["rpm", "yum-config-manager"], check_program);
    on.dockerfile(check_files);
}

const HELP: &str = "import the key with `rpm --import` and leave the check on";

/// Folders and files in which repositories and managers are set up.
const FILES: &[&str] = &[
    "/etc/yum.repos.d/",
    "/etc/yum.conf",
    "/etc/dnf/",
    "/etc/zypp/",
];

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in &script.uses {
        let is_zypper = found.is_of(System::Zypper);
        if !is_zypper && !found.is_of(System::Dnf) {
            continue;
        }
        let verb = found.verb.name;
        for flag in found.flags() {
            let is_off = match flag.name {
                "nogpgcheck" | "no-gpgchecks" | "no-gpgcheck" => true,
                "no-gpg-checks"
                | "allow-unsigned-rpm"
                | "gpgcheck-allow-unsigned"
                | "gpgcheck-allow-unsigned-package" => is_zypper,
                "G" => is_zypper && matches!(verb, "ar" | "addrepo" | "mr" | "modifyrepo"),
                _ => false,
            };
            if is_off {
                let dashes = if flag.is_long { "--" } else { "-" };
                let message = format!("`{dashes}{}` installs packages unchecked", flag.name);
                cx.report(flag.word.span, message).help(HELP);
            }
            check_setting(&flag, cx);
        }
        // `dnf5 config-manager setopt tool.gpgcheck=0`
        if verb == "config-manager" {
            for word in found.operands() {
                if word.text().is_some_and(switches_off) {
                    let message = "`gpgcheck=0` installs packages unchecked";
                    cx.report(word.span, message).help(HELP);
                }
            }
        }
    }
}

/// Reports `--setopt=gpgcheck=0`.
fn check_setting<M>(flag: &Flag<'_>, cx: &mut Context<'_, M>) {
    let value = flag.value.filter(|_| flag.name == "setopt");
    if let Some(value) = value
        && value.text.is_some_and(switches_off)
    {
        let span = flag.word.span.cover(value.word.span);
        let finding = cx.report(span, "`gpgcheck=0` installs packages unchecked");
        finding.help(HELP);
    }
}

/// Whether `[repository.]gpgcheck=0` and the like is set.
fn switches_off(setting: &str) -> bool {
    setting.split_once('=').is_some_and(|(name, value)| {
        let last = name.trim().rsplit('.').next().unwrap_or(name);
        matches!(last, "gpgcheck" | "pkg_gpgcheck" | "localpkg_gpgcheck") && is_false(value)
    })
}

fn check_program(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let Some(invocation) = found.command.unwrapped() else {
        return;
    };
    if !invocation.is_any(&["rpm", "yum-config-manager"]) || cx.model.run().is_none() {
        return;
    }
    if invocation.name() == Some("rpm") {
        check_rpm(&invocation, cx);
        return;
    }
    for argument in invocation.arguments(&["setopt"]) {
        if let Argument::Flag(flag) = argument {
            check_setting(&flag, cx);
        }
    }
}

/// Options of rpm(8) that take a value.
const RPM_VALUES: &[&str] = &[
    "root",
    "dbpath",
    "prefix",
    "relocate",
    "excludepath",
    "D",
    "define",
    "E",
    "eval",
];

fn check_rpm(invocation: &Invocation<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let flags = || {
        let arguments = invocation.arguments(RPM_VALUES);
        arguments.filter_map(|argument| match argument {
            Argument::Flag(flag) => Some(flag),
            Argument::Operand(_) => None,
        })
    };
    let has = |names: &[&str]| flags().any(|flag| names.contains(&flag.name));
    // `-qi` asks about a package.
    let asks = has(&["q", "query", "V", "verify", "K", "checksig"]);
    let installs = has(&["i", "install", "U", "upgrade", "F", "freshen", "reinstall"]);
    if asks || !installs {
        return;
    }
    for flag in flags() {
        if matches!(
            flag.name,
            "nosignature" | "nodigest" | "noverify" | "nofiledigest"
        ) {
            let message = format!("`--{}` installs packages unchecked", flag.name);
            cx.report(flag.word.span, message).help(HELP);
        }
    }
}

fn check_files(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let text = cx.text();
    if memchr::memmem::find(text.as_bytes(), b"gpgcheck").is_none() {
        return;
    }
    let is_repository =
        |written: &Written<'_>| FILES.iter().any(|file| written.path.starts_with(file));
    // Instructions that switch on the check of packages, in order.
    let mut checked: Vec<usize> = Vec::new();
    written(model, |written| {
        let mut settings = written.settings("gpgcheck", text);
        if is_repository(written) && settings.any(|setting| setting.value == "1") {
            checked.push(written.instruction);
        }
    });
    written(model, |written| {
        if !is_repository(written) {
            return;
        }
        for name in ["gpgcheck", "pkg_gpgcheck", "repo_gpgcheck"] {
            let is_checked = checked.binary_search(&written.instruction).is_ok();
            if name == "repo_gpgcheck" && is_checked {
                continue;
            }
            for setting in written.settings(name, text) {
                if is_false(setting.value) {
                    let message = format!("`{name}={}` installs packages unchecked", setting.value);
                    cx.report(setting.span, message).help(HELP);
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn options_count() {
        dockerfile(
            "rpm-signature-check-disabled",
            r"
FROM fedora:43
RUN yum install -y a \
      --nogpgcheck
#     ^^^^^^^^^^^^ `--nogpgcheck` installs packages unchecked
RUN dnf --setopt=a.gpgcheck=0 install a; dnf5 --no-gpgchecks install a; dnf --setopt gpgcheck=False update
#       ^^^^^^^^^^^^^^^^^^^^^ `gpgcheck=0` installs
#                                             ^^^^^^^^^^^^^^ `--no-gpgchecks` installs
#                                                                           ^^^^^^^^^^^^^^^^^^^^^^^ `gpgcheck=0` installs
RUN yum-config-manager --save --setopt=a.gpgcheck=0; dnf config-manager setopt a.gpgcheck=0
#                             ^^^^^^^^^^^^^^^^^^^^^ `gpgcheck=0` installs
#                                                                              ^^^^^^^^^^^^ `gpgcheck=0` installs
RUN rpm -ivh --nosignature --nodigest a.rpm; rpm -qi --nosignature b.rpm; rpm --import c
#            ^^^^^^^^^^^^^ `--nosignature` installs
#                          ^^^^^^^^^^ `--nodigest` installs
RUN zypper ar -G http://a b; zypper --no-gpg-checks in c; zypper in --allow-unsigned-rpm d; zypper -n in -G e
#             ^^ `-G` installs
#                                   ^^^^^^^^^^^^^^^ `--no-gpg-checks` installs
#                                                                   ^^^^^^^^^^^^^^^^^^^^ `--allow-unsigned-rpm` installs
RUN zypper --gpg-auto-import-keys refresh && dnf --setopt=gpgcheck=1 install a && echo --nogpgcheck
CMD rpm -i --nosignature a.rpm
",
        );
    }

    #[test]
    fn files_count() {
        dockerfile(
            "rpm-signature-check-disabled",
            r#"
FROM fedora:43
RUN printf '[a]\nbaseurl=x\ngpgcheck=0\n' | sudo tee /etc/yum.repos.d/a.repo
#                           ^^^^^^^^^^ `gpgcheck=0` installs
RUN sed -i 's/gpgcheck=1/gpgcheck=0/' /etc/yum.repos.d/a.repo && sed -i s/gpgcheck=0/gpgcheck=1/ /etc/yum.conf
#                        ^^^^^^^^^^ `gpgcheck=0` installs
RUN cat <<EOF >/etc/yum.repos.d/b.repo
  gpgcheck = no
# ^^^^^^^^^^^^^ `gpgcheck=no` installs
EOF
COPY <<EOF /etc/zypp/repos.d/c.repo
x=1
    repo_gpgcheck=0
#   ^^^^^^^^^^^^^^^ `repo_gpgcheck=0` installs
EOF
COPY <<EOF /etc/yum.repos.d/d.repo
gpgcheck=1
repo_gpgcheck=0
EOF
RUN echo gpgcheck=0 >/tmp/x && echo gpgcheck=1 >>/etc/yum.conf && echo "gpgcheck=$X" >>/etc/yum.conf
"#,
        );
    }
}
