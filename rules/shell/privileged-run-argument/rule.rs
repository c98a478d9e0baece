//! Flags `docker run --privileged` and the like where an image has it run.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Label;
use crate::engine::nodes::{Placed, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.program(PROGRAMS, check_command);
    on.label(check_label);
}

/// Programs that start containers.
const PROGRAMS: &[&str] = &["docker", "nerdctl", "podman"];

/// Options of `docker run` without a value, by its reference; all others take one.
const WITHOUT_VALUE: &[&str] = &[
    "-P",
    "-d",
    "-dit",
    "-i",
    "-id",
    "-it",
    "-itd",
    "-q",
    "-t",
    "-ti",
    "-tid",
    "--detach",
    "--disable-content-trust",
    "--init",
    "--interactive",
    "--no-healthcheck",
    "--oom-kill-disable",
    "--privileged",
    "--publish-all",
    "--quiet",
    "--read-only",
    "--replace",
    "--rm",
    "--sig-proxy",
    "--tty",
];

fn check_command(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    if cx.model.in_compose().is_some() {
        return;
    }
    let Some(invocation) = found.command.unwrapped() else {
        return;
    };
    if !invocation.is_any(PROGRAMS) {
        return;
    }
    let words = invocation.words().iter();
    let words: Vec<(&str, Span)> = words
        .map(|word| (word.text().unwrap_or("$"), word.span))
        .collect();
    check(&words, cx);
}

/// `LABEL RUN="docker run …"`, which `atomic` and `podman container runlabel` run.
fn check_label(label: &Placed<'_, Label>, cx: &mut Context<'_, Dockerfile>) {
    for pair in &label.pairs {
        let key = pair.key.value();
        let is_command = ["RUN", "INSTALL", "UNINSTALL", "run", "install"].contains(&&*key);
        let Some(value) = pair.value.as_ref().filter(|_| is_command) else {
            continue;
        };
        let text = value.value();
        let words: Vec<(&str, Span)> = text
            .split_ascii_whitespace()
            .map(|word| (word, value.span))
            .collect();
        check(&words, cx);
    }
}

/// The words of a command.
fn check<M>(words: &[(&str, Span)], cx: &mut Context<'_, M>) {
    let Some(((program, _), rest)) = words.split_first() else {
        return;
    };
    let name = program.rsplit('/').next().unwrap_or(program);
    if !PROGRAMS.contains(&name) {
        return;
    }
    let mut rest = rest
        .iter()
        .skip_while(|(word, _)| !matches!(*word, "run" | "create"));
    rest.next();
    while let Some((word, span)) = rest.next() {
        if !word.starts_with('-') {
            return;
        }
        let (option, mut value) = match word.split_once('=') {
            Some((option, value)) => (option, Some((value, *span))),
            None => (*word, None),
        };
        if value.is_none() && !WITHOUT_VALUE.contains(&option) {
            value = rest.next().copied();
        }
        let text = value.map_or("", |(text, _)| text);
        let Some(what) = danger(option, text) else {
            continue;
        };
        let at = value.map_or(*span, |(_, end)| span.cover(end));
        let finding = cx.report(at, format!("`{name}` starts a container {what}"));
        finding.help("give the container only what it needs");
    }
}

/// What an option gives away.
fn danger(option: &str, value: &str) -> Option<&'static str> {
    match option {
        "--privileged" => (value != "false").then_some("with all rights of its host"),
        "--pid" | "--ipc" | "--uts" | "--userns" | "--cgroupns" => {
            (value == "host").then_some("in a namespace of its host")
        }
        "--net" | "--network" => (value == "host").then_some("in the network of its host"),
        "--cap-add" => value
            .eq_ignore_ascii_case("all")
            .then_some("with all capabilities"),
        "-v" | "--volume" => {
            let source = value.split(':').next().unwrap_or_default();
            match source {
                "/" => Some("with all files of its host"),
                _ if source.ends_with("/docker.sock") || source.ends_with("/podman.sock") => {
                    Some("that controls the container runtime of its host")
                }
                _ => None,
            }
        }
        "--mount" => value
            .contains("/docker.sock")
            .then_some("that controls the container runtime of its host"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn options_in_front_of_the_image_count() {
        dockerfile(
            "privileged-run-argument",
            r#"
FROM docker:28
RUN docker run --rm --privileged a
#                   ^^^^^^^^^^^^ `docker` starts a container with all rights of its host
CMD sudo podman --log-level debug run -it --pid=host --net host \
#                                         ^^^^^^^^^^ `podman` starts a container in a namespace
#                                                    ^^^^^^^^^^ `podman` starts a container in the network
  --cap-add=ALL a --cap-add ALL
# ^^^^^^^^^^^^^ `podman` starts a container with all capabilities
ENTRYPOINT ["docker", "run", "-v", "/var/run/docker.sock:/var/run/docker.sock", "a"]
#                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `docker` starts a container that controls
LABEL RUN="docker run --privileged a"
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `docker` starts
RUN docker build --network host . && docker run a --privileged && echo docker run --privileged
RUN docker run --privileged=false --net=none -v "$PWD:/src" --name --privileged a
LABEL description="docker run --privileged a"
"#,
        );
    }
}
