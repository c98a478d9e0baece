//! Flags images that start a program of their own and have no `HEALTHCHECK`, and services of other images without one.

use std::collections::HashSet;

use crate::compose::depends::Condition;
use crate::compose::extent::{Extent, is_for_development};
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::dockerfile::ast::{Command, InstructionKind};
use crate::dockerfile::model::{Base, Config};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::image::ImageReference;
use crate::knowledge::images::Shell;

#[derive(serde::Deserialize)]
struct Options {
    engine: String,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let options: Options = on.options();
    // `buildah` warns: "HEALTHCHECK is not supported for OCI image format and will be ignored".
    if options.engine != "podman" {
        on.stage(check);
    }
    on.project(check_project);
}

/// Parts of the names of base images whose functions are asked by the platform.
const FUNCTIONS: [&str; 7] = [
    "lambda/",
    "azure-functions/",
    "openfaas/",
    "of-watchdog",
    "functions-framework",
    "serverless-runtimes",
    "amazon/aws-lambda-",
];

/// Shells that somebody types in.
const SHELLS: [&str; 7] = ["sh", "bash", "ash", "dash", "zsh", "fish", "pwsh"];

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let config = model.final_config(stage);
    if !stage.is_target
        || config.healthcheck().effective().is_some()
        || !model.has_program(stage)
        || starts_a_shell(config)
    {
        return;
    }
    let root = model.root_of(stage);
    let name = match &root.base {
        Base::Image(value) => value
            .text()
            .and_then(|text| ImageReference::parse(text).ok())
            .and_then(|reference| reference.familiar_name().map(String::from)),
        Base::Unresolved => return,
        Base::Scratch | Base::Stage(_) => None,
    };
    let is_function = |name: &String| FUNCTIONS.iter().any(|part| name.contains(part));
    if name.as_ref().is_some_and(is_function) {
        return;
    }
    let InstructionKind::From(from) = &model.ast.instructions[stage.from].kind else {
        return;
    };
    let Some(image) = &from.image else { return };
    let launch = config.entrypoint().effective().or(config.cmd().effective());
    let has_shell = model.base_facts(stage).and_then(|facts| facts.shell) != Some(Shell::None);
    let message = "no `HEALTHCHECK` tells whether the program works";
    let finding = cx.report(image.span, message);
    if has_shell {
        finding.help("add a `HEALTHCHECK`, or `HEALTHCHECK NONE` if something else checks it");
    } else {
        finding.help("the base has no tools for a check: copy one in, or write `HEALTHCHECK NONE`");
    }
    if let Some(launch) = launch {
        finding.label(launch.instruction.keyword.span, "this is what runs");
    }
}

/// Whether what an image runs is a shell for somebody to type in.
fn starts_a_shell(config: Config<'_>) -> bool {
    let launch = match (config.entrypoint().effective(), config.cmd().effective()) {
        // An entrypoint usually ends by running the words of `CMD`.
        (_, Some(cmd)) => cmd,
        (Some(entrypoint), None) => entrypoint,
        (None, None) => return false,
    };
    let mut words: Vec<&str> = match launch.instruction.command() {
        Some(Command::Exec(form)) => form.arguments.iter().map(|word| &*word.raw).collect(),
        Some(Command::Shell(form)) => form.text.text().split_whitespace().collect(),
        None => return false,
    };
    words.reverse();
    let program = words.pop().unwrap_or_default();
    let program = program.rsplit('/').next().unwrap_or_default();
    SHELLS.contains(&program)
        && words
            .iter()
            .all(|word| matches!(*word, "-i" | "-l" | "--login"))
}

/// Images whose Dockerfiles have a `HEALTHCHECK`, sorted by their names without the registry.
const CHECKED: [&str; 12] = [
    "docker-mailserver/docker-mailserver",
    "gitlab/gitlab-ce",
    "gitlab/gitlab-ee",
    "google/cadvisor",
    "immich-app/immich-machine-learning",
    "immich-app/immich-server",
    "jellyfin/jellyfin",
    "louislam/uptime-kuma",
    "mailserver/docker-mailserver",
    "paperless-ngx/paperless-ngx",
    "pihole/pihole",
    "vaultwarden/server",
];

fn check_project(project: &Project, cx: &mut Context<'_, Project>) {
    if project.extent == Extent::Part || is_for_development(&cx.source.path) {
        return;
    }
    let waiting = project
        .merged
        .containers()
        .flat_map(|owned| &owned.container.depends_on);
    let completed: HashSet<&str> = waiting
        .filter(|dependency| {
            !matches!(
                dependency.condition(),
                Some(Condition::Started | Condition::Healthy)
            )
        })
        .filter_map(|dependency| dependency.service.value.known())
        .collect();
    for service in &project.merged.services {
        if service.container.healthcheck.is_none()
            && !completed.contains(&*service.name.value)
            && runs_on(service)
            && !may_have_one(service)
        {
            let message = format!("nothing tells whether `{}` works", service.name.value);
            cx.report(service.name.at, message)
                .help("write a `healthcheck`, unless the image has one");
        }
    }
}

/// Whether the service is meant to run all the time.
fn runs_on(service: &Service) -> bool {
    let restart = service
        .restart
        .as_ref()
        .and_then(|restart| restart.value.known());
    service.provider.is_none()
        && !service.profiles.is_set()
        && restart != Some("no")
        && !service
            .scale
            .as_ref()
            .is_some_and(|scale| scale.value.is(&0))
}

fn may_have_one(service: &Service) -> bool {
    let container = &service.container;
    let reference = container.known_reference();
    let Some(reference) = reference.filter(|_| container.build.is_none()) else {
        return true;
    };
    CHECKED.binary_search(&&*reference.path.value).is_ok()
}

#[cfg(test)]
mod tests {
    use super::CHECKED;
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn the_image_of_the_last_from_is_marked() {
        dockerfile(
            "missing-healthcheck",
            r#"
FROM debian AS base
CMD ["a"]
FROM --platform=$BUILDPLATFORM base AS last
#                              ^^^^ info: no `HEALTHCHECK` tells
"#,
        );
        dockerfile(
            "missing-healthcheck",
            "FROM scratch\n#    ^^^^^^^ no `HEALTHCHECK`\nCOPY a /\nENTRYPOINT [\"/a\"]\n",
        );
    }

    #[test]
    fn what_is_exempt_is_silent() {
        for text in [
            "FROM debian\nCMD bash\n",
            "FROM debian\nCMD [\"/bin/sh\", \"-l\"]\n",
            "FROM debian\n",
            "FROM mcr.microsoft.com/azure-functions/node:4\nCMD a\n",
            "ARG BASE\nFROM $BASE\nCMD a\n",
            "FROM debian AS test\nCMD a\nFROM debian\n",
        ] {
            dockerfile("missing-healthcheck", text);
        }
    }

    #[test]
    fn the_name_of_a_service_is_marked() {
        assert!(CHECKED.is_sorted());
        compose(
            "missing-healthcheck",
            r#"
services:
  a: {image: a, depends_on: {b: {condition: service_completed_successfully}}}
# ^ nothing tells whether `a` works
  b: {image: b}
  c: {image: "ghcr.io/immich-app/immich-server:v2"}
  d: {image: "${D}"}
  e: {image: e, profiles: [tools]}
  f: {image: f, healthcheck: {disable: true}}
"#,
        );
    }
}
