//! Flags SSH agents that a Dockerfile mounts and its build is not given.
//!
//! Without it a mount with `required` stops the build; any other is left out (`dockerfile2llb/convert_ssh.go`).

use std::collections::HashSet;

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::ast::{Add, InstructionKind};
use crate::dockerfile::mount::{Mount, MountKind};
use crate::dockerfile::source::SourceKind;
use crate::engine::built::{BuildUse, Reading};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Location, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    // What is missing here may be in another file.
    if cx.model.extent != Extent::Whole {
        return;
    }
    context_over_ssh(used, cx);
    let Some(reading) = used.reading() else {
        return;
    };
    let ssh = &used.build.value.ssh;
    let mut granted: HashSet<&str> = HashSet::new();
    for pair in ssh {
        let Some(id) = pair.name.value.known() else {
            return;
        };
        granted.insert(id);
    }
    let without = |number| does_without(&reading, number);
    let found = reading.not_granted(MountKind::Ssh, &granted, Mount::ssh_id, without);
    for found in &found {
        let place = reading.file.location(found.mount.span);
        let severity = match found.is_required {
            true => Severity::Error,
            false => Severity::Warning,
        };
        report(used, place, &found.id, severity, cx);
    }
    if granted.is_empty() && found.is_empty() {
        fetched(used, &reading, cx);
    }
}

/// Whether a command is likely to do without: it asks for the agent, or bears a failure.
fn does_without(reading: &Reading<'_>, number: usize) -> bool {
    let mut scripts = reading.model().scripts_of(number).iter();
    scripts.any(|script| {
        let text = script.text.text();
        text.contains("SSH_AUTH_SOCK") || text.contains("||")
    })
}

/// Repositories that `ADD` fetches over SSH, which takes the agent `default`.
fn fetched(used: &BuildUse<'_>, reading: &Reading<'_>, cx: &mut Context<'_, Project>) {
    for (_, instruction) in reading.instructions() {
        let InstructionKind::Add(add) = &instruction.kind else {
            continue;
        };
        if let Some(span) = over_ssh(add) {
            let place = reading.file.location(span);
            report(used, place, "default", Severity::Info, cx);
            return;
        }
    }
}

/// A build context that is fetched over SSH.
fn context_over_ssh(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let build = &used.build.value;
    let Some(context) = build.context.as_ref().filter(|_| !build.ssh.is_set()) else {
        return;
    };
    let text = context.value.known().unwrap_or_default();
    if is_over_ssh(text) {
        report(used, context.text_at(), "default", Severity::Info, cx);
    }
}

fn is_over_ssh(text: &str) -> bool {
    let is_ssh = text.starts_with("ssh://") || !text.contains("://") && text.contains('@');
    is_ssh && SourceKind::of(text) == SourceKind::Git
}

fn over_ssh(add: &Add) -> Option<Span> {
    let (_, sources) = add.paths.words.split_last()?;
    let mut sources = sources.iter();
    let found = sources.find(|source| source.literal().is_some_and(|text| is_over_ssh(&text)));
    found.map(|source| source.span)
}

fn report(
    used: &BuildUse<'_>,
    place: Location,
    id: &str,
    severity: Severity,
    cx: &mut Context<'_, Project>,
) {
    let ssh = &used.build.value.ssh;
    let message = match id {
        "default" => "the build uses an SSH agent and is not given one".to_owned(),
        id => format!(
            "the build uses the SSH agent `{}` and is not given it",
            excerpt(id)
        ),
    };
    let fix = (id == "default").then(|| fix(used, cx.model)).flatten();
    let finding = cx.report(ssh.key().unwrap_or(used.build.key), message);
    finding.severity(severity);
    finding.label(place, "used here");
    finding.help(match id {
        "default" => "write `ssh: [default]` below `build`".to_owned(),
        id => format!(
            "give `{}` a socket or key below `ssh` of the build",
            excerpt(id)
        ),
    });
    if let Some(fix) = fix {
        finding.fix(fix);
    }
}

fn fix(used: &BuildUse<'_>, project: &Project) -> Option<Fix> {
    if used.build.value.ssh.is_set() {
        return None;
    }
    Some(Fix::new(
        "give the build your SSH agent; its commands can then use your keys",
        Applicability::Unsafe,
        vec![used.addition("ssh: [default]", project)?],
    ))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    const FILES: &[(&str, &str)] = &[
        (
            "Dockerfile",
            "FROM a\nRUN --mount=type=ssh,required git clone x\nRUN --mount=type=ssh,id=other git clone y\n",
        ),
        (
            "soft/Dockerfile",
            "FROM a\nRUN --mount=type=ssh if [ -n \"$SSH_AUTH_SOCK\" ]; then git clone x; fi\nRUN --mount=type=ssh,id=$X y\n",
        ),
        (
            "add/Dockerfile",
            "FROM a\nADD git@example.com:a/b.git /b\nADD https://example.com/c.git /c\n",
        ),
    ];

    #[test]
    fn the_build_or_its_agents_are_marked() {
        compose_among(
            "build-ssh-not-granted",
            FILES,
            "compose.yaml",
            r"
services:
  a:
    build: .
#   ^^^^^ error: the build uses an SSH agent and is not given one
#   ^^^^^ warning: the build uses the SSH agent `other` and is not given it
  b:
    build:
      ssh: [default]
#     ^^^ warning: the build uses the SSH agent `other`
  c: {build: {ssh: {default: , other: key}}}
  d: {build: {ssh: [other=key]}}
#             ^^^ error: the build uses an SSH agent
  e: {build: {ssh: [$X]}}
  f: {build: soft}
  g: {build: add}
#     ^^^^^ info: the build uses an SSH agent
  h: {build: {context: add, ssh: [default]}}
  i: {build: git@example.com:a/b.git}
#     ^^^^^ info: the build uses an SSH agent
  j: {build: {context: git@example.com:a/b.git, ssh: [default]}}
  k: {build: https://example.com/a/b.git}
",
        );
        let text = "services: {a: {build: .}}\n";
        compose_among("build-ssh-not-granted", FILES, "prod.yaml", text);
    }
}
