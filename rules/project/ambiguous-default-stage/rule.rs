//! Flags a build without `target` of a Dockerfile whose last stage is by its name not the one to ship.

use crate::compose::container::Container;
use crate::compose::project::Project;
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::built::BuildUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Location, Span};
use crate::yaml::edit;

/// Names of stages that are for making, testing or debugging an image.
const FOR_WORK: [&str; 14] = [
    "build",
    "builder",
    "ci",
    "debug",
    "debugger",
    "dev",
    "dev-envs",
    "devcontainer",
    "development",
    "lint",
    "linter",
    "test",
    "tester",
    "tests",
];

/// Words that say that a file, a service or a stage is meant for work.
const WORDS: [&str; 14] = [
    "build",
    "builder",
    "ci",
    "debug",
    "dev",
    "devcontainer",
    "development",
    "e2e",
    "integration",
    "lint",
    "local",
    "test",
    "testing",
    "tests",
];

/// Names of stages that are meant to be shipped.
const TO_SHIP: [&str; 11] = [
    "app",
    "deploy",
    "final",
    "main",
    "prod",
    "production",
    "release",
    "run",
    "runner",
    "runtime",
    "server",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let build = &used.build.value;
    if build.target.is_some() || !used.is_settled(cx.model) || is_for_work(used, cx) {
        return;
    }
    let Some(reading) = used.reading() else {
        return;
    };
    let (model, stage) = (reading.model(), reading.stage);
    let Some(name) = &stage.name else {
        return;
    };
    let lower = name.value.to_ascii_lowercase();
    if !FOR_WORK.contains(&lower.as_str()) {
        return;
    }
    // Without one that is meant to be shipped there is nothing to choose from.
    let Some(right) = to_ship(model, stage) else {
        return;
    };
    let (right_name, last) = (right.0, reading.file.location(name.span));
    let place = place(used);
    let message = format!(
        "the service is built from `{}`, the last stage of its Dockerfile",
        excerpt(&name.value)
    );
    let help = format!(
        "say which stage is meant, such as `target: {}`",
        excerpt(right_name)
    );
    let fix = fix(used, right_name, cx.model);
    let finding = cx.report(place, message);
    finding.help(help);
    finding.label(last, "the last stage");
    finding.label(
        reading.file.location(right.1),
        "this one looks like the one to ship",
    );
    if let Some(fix) = fix {
        finding.fix(fix);
    }
}

/// The one stage in front of the last whose name says that it is to be shipped.
fn to_ship<'m>(model: &'m Dockerfile, last: &Stage) -> Option<(&'m str, Span)> {
    let stages = model.stages.iter().take(last.index);
    let mut named = stages.filter_map(|stage| {
        let name = stage.name.as_ref()?;
        let is_meant = TO_SHIP
            .iter()
            .any(|known| name.value.eq_ignore_ascii_case(known));
        is_meant.then_some((&*name.value, name.span))
    });
    let first = named.next()?;
    named.next().is_none().then_some(first)
}

/// Where the target is missing: the key of the build, or of the context in the short form the path itself.
fn place(used: &BuildUse<'_>) -> Location {
    match (&used.build.value.context, used.build.value.short) {
        (Some(context), true) => context.text_at(),
        _ => used.build.key,
    }
}

/// Whether something says that the stage for work is meant: the name of the service, of a file, a profile, or another
/// part of the build.
fn is_for_work(used: &BuildUse<'_>, cx: &Context<'_, Project>) -> bool {
    let build = &used.build.value;
    let settings = [&build.context, &build.dockerfile];
    let texts = settings
        .into_iter()
        .flatten()
        .map(|field| field.value.text());
    let image = image(used.container);
    let files = cx.model.files.iter().filter_map(|file| file.path.to_str());
    let service = cx.model.service(&used.owner.value);
    let profiles = service.into_iter().flat_map(|service| &service.profiles);
    let mut all = texts
        .chain([&*used.owner.value, image])
        .chain(files)
        .chain(profiles.map(|profile| profile.value.text()));
    let watches = service.is_some_and(|service| !service.watch.is_empty());
    watches || all.any(says_work)
}

fn image(container: &Container) -> &str {
    container
        .image
        .as_ref()
        .map_or("", |image| image.value.text())
}

fn says_work(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

fn fix(used: &BuildUse<'_>, right: &str, project: &Project) -> Option<Fix> {
    let build = &used.build.value;
    let is_plain = right
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte));
    if build.short || !is_plain || used.build.via.is_some() {
        return None;
    }
    let other = build.dockerfile.as_ref().or(build.context.as_ref())?;
    let text = project.text(other.key.file);
    let edit = edit::insert_entry_behind(text, other.entry(text)?, &format!("target: {right}"))?;
    Some(Fix::new(
        format!("build `{right}`; the container then runs another image"),
        Applicability::Unsafe,
        vec![edit],
    ))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    const DOCKERFILE: &str =
        "FROM a AS build\nFROM b AS production\nFROM build AS test\nRUN make test\n";

    #[track_caller]
    fn check(text: &str) {
        let files = [
            ("Dockerfile", DOCKERFILE),
            ("api/Dockerfile", DOCKERFILE),
            ("api/Dockerfile.dev", DOCKERFILE),
            ("one/Dockerfile", "FROM a AS dev\n"),
            ("two/Dockerfile", "FROM a AS base\nFROM a AS dev\n"),
            ("last/Dockerfile", "FROM a AS dev\nFROM a AS prod\n"),
        ];
        compose_among("ambiguous-default-stage", &files, "compose.yaml", text);
    }

    #[test]
    fn the_build_is_marked() {
        check(
            r"
services:
  a: {build: .}
#            ^ warning: the service is built from `test`, the last stage of its Dockerfile
  b:
    build:
#   ^^^^^ warning: the service is built from `test`
      context: api
",
        );
    }

    #[test]
    fn what_is_meant_is_not_ambiguous() {
        check(
            r"
services:
  a: {build: {target: production}}
  tests: {build: .}
  c: {build: {context: api, dockerfile: Dockerfile.dev}}
  d: {build: ., profiles: [dev]}
  e: {build: one}
  f: {build: two}
  g: {build: last}
  h: {build: ., image: 'example/app:dev'}
  i: {build: ., develop: {watch: [{path: ., action: rebuild}]}}
  j: {build: none}
",
        );
        let files = [("Dockerfile", DOCKERFILE)];
        let text = "services: {a: {build: .}}\n";
        for path in ["compose.dev.yaml", "compose.override.yaml"] {
            compose_among("ambiguous-default-stage", &files, path, text);
        }
    }
}
