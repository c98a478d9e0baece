//! Flags options and settings by which yum, dnf and zypper trust any server.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::packages::{PackageScript, Packages};
use crate::dockerfile::written::written;
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::shell::invocation::{Argument, Flag};
use crate::shell::packages::is_false;
use crate::shell::packages::managers::System;
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
    on.program(&["yum-config-manager"], check_program);
    on.dockerfile(check_files);
}

/// Folders and files in which repositories and managers are set up.
const FILES: &[&str] = &[
    "/etc/yum.repos.d/",
    "/etc/yum.conf",
    "/etc/dnf/",
    "/etc/zypp/",
];

fn report<M>(span: Span, setting: &str, cx: &mut Context<'_, M>) {
    let shown: String = setting.chars().take(60).collect();
    let finding = cx.report(span, format!("`{shown}` trusts any server"));
    finding.help("leave the check on, and name your own authority with `sslcacert`");
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in &script.uses {
        let is_dnf = found.is_of(System::Dnf);
        if is_dnf {
            for flag in found.flags() {
                check_setting(&flag, cx);
            }
        }
        let configures = is_dnf && found.verb.name == "config-manager";
        if configures || found.is_of(System::Zypper) {
            for word in found.operands() {
                let text = word.text().unwrap_or_default();
                let query = text.split_once('?').map_or("", |(_, query)| query);
                let in_query = query.split('&').find(|part| switches_off(part));
                let whole = (configures && switches_off(text)).then_some(text);
                if let Some(setting) = in_query.or(whole) {
                    report(word.span, setting, cx);
                }
            }
        }
    }
}

/// Reports `--setopt=sslverify=0`.
fn check_setting<M>(flag: &Flag<'_>, cx: &mut Context<'_, M>) {
    let Some(value) = flag.value.filter(|_| flag.name == "setopt") else {
        return;
    };
    if let Some(text) = value.text.filter(|text| switches_off(text)) {
        report(flag.word.span.cover(value.word.span), text, cx);
    }
}

/// Whether `[repository.]sslverify=0` and the like is set.
fn switches_off(setting: &str) -> bool {
    setting.split_once('=').is_some_and(|(name, value)| {
        let last = name.trim().rsplit('.').next().unwrap_or(name);
        matches!(last, "sslverify" | "ssl_verify") && is_false(value)
    })
}

fn check_program(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let Some(invocation) = found.command.unwrapped() else {
        return;
    };
    if invocation.name() != Some("yum-config-manager") || cx.model.run().is_none() {
        return;
    }
    for argument in invocation.arguments(&["setopt"]) {
        if let Argument::Flag(flag) = argument {
            check_setting(&flag, cx);
        }
    }
}

fn check_files(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let text = cx.text();
    let mut beginnings = memchr::memmem::find_iter(text.as_bytes(), "ssl");
    let is_setting = |at: usize| {
        let rest = &text[at + "ssl".len()..];
        rest.starts_with("verify") || rest.starts_with("_verify")
    };
    if !beginnings.any(is_setting) {
        return;
    }
    written(model, |written| {
        if !FILES.iter().any(|file| written.path.starts_with(file)) {
            return;
        }
        for name in ["sslverify", "ssl_verify"] {
            for setting in written.settings(name, text) {
                if is_false(setting.value) {
                    report(setting.span, setting.span.text(text), cx);
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn options_and_files_count() {
        dockerfile(
            "package-manager-tls-disabled",
            r#"
FROM fedora:43
RUN yum -y \
      --setopt=sslverify=0 install a
#     ^^^^^^^^^^^^^^^^^^^^ `sslverify=0` trusts any server
RUN dnf --setopt a.sslverify=False update; dnf config-manager --setopt=b.sslverify=no
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^ `a.sslverify=False` trusts
#                                                             ^^^^^^^^^^^^^^^^^^^^^^^ `b.sslverify=no` trusts
RUN dnf5 config-manager setopt c.sslverify=0
#                              ^^^^^^^^^^^^^ `c.sslverify=0` trusts
RUN yum-config-manager --setopt=sslverify=0 --save && zypper ar "https://a/b?x=1&ssl_verify=no" c
#                      ^^^^^^^^^^^^^^^^^^^^ `sslverify=0` trusts
#                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `ssl_verify=no` trusts
RUN echo "sslverify=false" >>/etc/yum.conf && echo sslverify=1 >>/etc/dnf/dnf.conf && echo sslverify=0 >/tmp/x
#         ^^^^^^^^^^^^^^^ `sslverify=false` trusts
RUN dnf --setopt=sslverify=1 install a && dnf --setopt=sslverify=$X install a && echo --setopt=sslverify=0
"#,
        );
    }
}
