//! Flags commands that have nothing to do in a build.

use crate::diagnostic::Severity;
use crate::dockerfile::ast::Run;
use crate::dockerfile::mount::MountKind;
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::Script;
use crate::shell::context::CommandUse;
use crate::shell::invocation::Invocation;
use crate::shell::programs::Programs;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

/// Verbs of `systemctl` that only make links.
const SYSTEMCTL_FILES: &[&str] = &[
    "add-requires",
    "add-wants",
    "disable",
    "edit",
    "enable",
    "is-enabled",
    "link",
    "list-unit-files",
    "mask",
    "preset",
    "preset-all",
    "reenable",
    "revert",
    "set-default",
    "unmask",
];

/// Programs that may have nothing to do in a build.
const PROGRAMS: Programs = Programs::of(&[
    "emacs",
    "free",
    "halt",
    "htop",
    "ifconfig",
    "irb",
    "kill",
    "less",
    "more",
    "mount",
    "nano",
    "node",
    "nvim",
    "pico",
    "poweroff",
    "ps",
    "python",
    "python3",
    "reboot",
    "service",
    "shutdown",
    "ssh",
    "systemctl",
    "top",
    "vi",
    "vim",
]);

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(run) = script.run() else { return };
    let mut starts_something = None;
    let mut said: Vec<&str> = Vec::new();
    for found in script.script.commands_of(&PROGRAMS) {
        let Some(invocation) = found.command.unwrapped() else {
            continue;
        };
        let Some(name) = invocation.name() else {
            continue;
        };
        let Some(why) = why(name, &invocation, &found, run) else {
            continue;
        };
        // `service a start && … && service a stop` is one thought.
        if said.contains(&name) {
            continue;
        }
        said.push(name);
        let span = invocation.name_word().span;
        let finding = cx.report(span, format!("`{name}` {why}"));
        // A service that is started for the rest of the command, and stopped behind it.
        let is_for_the_build = matches!(name, "kill" | "service" | "systemctl")
            && *starts_something.get_or_insert_with(|| starts(script.script));
        if is_for_the_build {
            finding.severity(Severity::Info);
            finding.help("nothing keeps running behind a `RUN`; mind that it ends cleanly");
        } else {
            finding.help("leave it away; what runs in the container belongs into `CMD`");
        }
    }
}

/// Whether a script starts something in the background and does more behind it.
fn starts(script: &Script) -> bool {
    let mut is_started = false;
    for found in script.commands() {
        if is_started {
            return true;
        }
        let invocation = found.command.unwrapped();
        is_started = found.context.in_background()
            || invocation.is_some_and(|invocation| {
                invocation.is_any(&["service"])
                    && invocation.args().iter().any(|word| word.is("start"))
            });
    }
    false
}

/// What is wrong with a command during a build, if its program is one of [`PROGRAMS`].
fn why(
    name: &str,
    invocation: &Invocation<'_>,
    found: &CommandUse<'_>,
    run: &Run,
) -> Option<&'static str> {
    let args = invocation.args();
    let is_alone = found.context.piped_from().is_none() && found.command.redirects.is_empty();
    let says_who = matches!(args, [only] if only.is("--version") || only.is("-V"));
    if says_who {
        return None;
    }
    match name {
        "free" | "ps" => Some("shows the build machine, not the container"),
        "top" | "htop" if !invocation.has_flag("b") => {
            Some("shows the build machine, not the container")
        }
        "ifconfig" => Some("is about the network of the build"),
        "kill" => Some("has no processes to end that an image could keep"),
        "service" => Some("starts or stops what ends with this `RUN` anyway"),
        "systemctl" => {
            let verb = invocation
                .operands(&["root", "H", "host", "M", "machine"])
                .next()?;
            let verb = verb.literal()?;
            let is_about_files = SYSTEMCTL_FILES.contains(&verb)
                || args
                    .iter()
                    .any(|word| word.leading_piece().starts_with("--root"));
            (!is_about_files).then_some("has no systemd to talk to during a build")
        }
        "shutdown" | "reboot" | "halt" | "poweroff" => Some("has no machine to stop"),
        "mount" => {
            let is_privileged = run.security.is_some();
            (!is_privileged).then_some("may not mount anything during a build")
        }
        "ssh" => {
            let has_key = run
                .mounts
                .iter()
                .any(|mount| matches!(mount.kind, None | Some(MountKind::Ssh | MountKind::Secret)));
            (!has_key).then_some("has no keys and no terminal during a build")
        }
        // With scripts as arguments, editors work without a terminal.
        "vi" | "vim" | "nvim" | "emacs" => {
            let is_scripted = args
                .iter()
                .any(|word| word.leading_piece().starts_with(['-', '+']));
            (!is_scripted && is_alone).then_some("waits for somebody at a terminal")
        }
        "nano" | "pico" => Some("waits for somebody at a terminal"),
        "less" | "more" => is_alone.then_some("waits for somebody at a terminal"),
        "irb" | "node" | "python" | "python3" => {
            (args.is_empty() && is_alone).then_some("waits for somebody at a terminal")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_commands_that_can_do_nothing_count() {
        dockerfile(
            "useless-command",
            r#"
FROM debian:13
RUN free -h && sudo ps aux && ifconfig && top
#   ^^^^ warning: `free` shows the build machine
#                   ^^ warning: `ps` shows
#                             ^^^^^^^^ warning: `ifconfig` is about
#                                         ^^^ warning: `top` shows
RUN systemctl start a; systemctl --now enable a; systemctl daemon-reload; reboot
#   ^^^^^^^^^ warning: `systemctl` has no systemd
#                                                                         ^^^^^^ warning: `reboot` has no machine
RUN service a restart && \
#   ^^^^^^^ warning: `service` starts
  ssh git@example.com
# ^^^ warning: `ssh` has no keys
RUN mount /dev/sda1 /mnt && vim a && less b && python3
#   ^^^^^ warning: `mount` may not
#                           ^^^ warning: `vim` waits
#                                    ^^^^ warning: `less` waits
#                                              ^^^^^^^ warning: `python3` waits
RUN service a start && psql -f b && service a stop
#   ^^^^^^^ info: `service` starts
RUN server & sleep 1; kill $!
#                     ^^^^ info: `kill` has no
RUN service a start
#   ^^^^^^^ warning: `service` starts
RUN apt-get install -y ssh vim top && which ps && command -v top && echo kill && ssh-keyscan a && ssh -V
RUN vim +PluginInstall +qall && vim -es a && cat a | less && python3 - <a && python3 a && node <a && top -bn1
RUN --mount=type=ssh ssh git@example.com
RUN --security=insecure mount -t tmpfs a /b
CMD service a start
"#,
        );
    }
}
