//! Flags dependencies on the health of services that have no health check.

use std::collections::HashSet;

use crate::compose::depends::{Condition, Dependency};
use crate::compose::extent::Extent;
use crate::compose::healthcheck::Test;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Field, List, Typed};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::model::Base;
use crate::engine::built::BuildUse;
use crate::engine::{Context, Hooks};
use crate::grammar::image::ImageReference;
use crate::knowledge::official::is_official;
use crate::text::{Edit, Location};

/// Official images that have a health check all the same (`docker/Dockerfile` of
/// <https://github.com/plone/plone.docker>).
const WITH_CHECK: [&str; 1] = ["plone"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
    on.build(check_built);
}

/// Why a service is never healthy.
#[derive(Clone, Copy)]
enum Cause {
    /// Its check is switched off here.
    Disabled(Location),
    /// Neither the service nor its image has one.
    Absent(Location),
    /// Neither the service nor its Dockerfile nor the image there has one.
    Unbuilt(Location),
    /// The Dockerfile switches it off here.
    Removed(Location),
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let mut told = HashSet::new();
    let services = project.merged.services.iter();
    let jobs = project.merged.jobs.iter().map(|job| &job.container);
    let containers = services.map(|service| &service.container).chain(jobs);
    for container in containers {
        dependencies(&container.depends_on, project, &mut told, cx);
    }
}

fn dependencies(
    depends_on: &List<Dependency>,
    project: &Project,
    told: &mut HashSet<Location>,
    cx: &mut Context<'_, Project>,
) {
    for dependency in depends_on {
        let Some(condition) = &dependency.condition else {
            continue;
        };
        if !condition.value.is(&Condition::Healthy) {
            continue;
        }
        let name = dependency.service.value.known();
        let Some(service) = name.and_then(|name| project.service(name)) else {
            continue;
        };
        let Some(cause) = cause(service, project.extent) else {
            continue;
        };
        // What an anchor brings to several services is one fault.
        if !told.insert(condition.at) {
            continue;
        }
        report(dependency, condition, service, cause, cx);
    }
}

fn report(
    dependency: &Dependency,
    condition: &Field<Typed<Condition>>,
    service: &Service,
    cause: Cause,
    cx: &mut Context<'_, Project>,
) {
    let name = &service.name.value;
    let text = if condition.at.file == cx.source.id {
        cx.text()
    } else {
        ""
    };
    let message = match cause {
        Cause::Disabled(_) => format!("the health check of `{name}` is switched off"),
        Cause::Absent(_) | Cause::Unbuilt(_) | Cause::Removed(_) => {
            format!("`{name}` has no health check")
        }
    };
    let finding = cx.report(condition.text_at(), message);
    match cause {
        Cause::Disabled(at) => finding.label(at, "switched off here"),
        Cause::Absent(at) => finding.label(at, "this image has none"),
        Cause::Unbuilt(at) => finding.label(at, "neither this image has one nor the Dockerfile"),
        Cause::Removed(at) => finding.label(at, "switched off here"),
    };
    finding.help("add a `healthcheck` there, or wait for `service_started`");
    // Compose then goes on with a warning.
    if dependency.is_required() != Some(true) {
        finding.severity(Severity::Warning);
    }
    if let Some(edit) = started(dependency, condition, text) {
        let title = "wait only for its start; nothing tells then when it is ready";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// The edit that waits for the start, where the condition belongs to this dependency alone.
fn started(
    dependency: &Dependency,
    condition: &Field<Typed<Condition>>,
    text: &str,
) -> Option<Edit> {
    let (from, at) = (dependency.service.at, condition.text_at());
    let between = text.get(from.span.end as usize..at.span.start as usize)?;
    let is_plain = at.span.text(text) == "service_healthy" && !between.contains(['&', '*', '#']);
    (is_plain && from.file == at.file).then(|| Edit::replace(at.span, "service_started"))
}

/// The same of a service whose Dockerfile tells that it has no check.
fn check_built(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let project = cx.model;
    let Some(service) = project.service(&used.owner.value) else {
        return;
    };
    let container = &service.container;
    let is_its_own = container.build.as_ref().map(|build| build.key) == Some(used.build.key);
    let has_test = container
        .healthcheck
        .as_ref()
        .is_some_and(|check| check.value.test.is_some() || check.value.disable.is_some());
    if !is_its_own || has_test || service.provider.is_some() || !used.is_settled(project) {
        return;
    }
    let Some(cause) = cause_in_dockerfile(used) else {
        return;
    };
    let services = project.merged.services.iter();
    let jobs = project.merged.jobs.iter().map(|job| &job.container);
    let containers = services.map(|service| &service.container).chain(jobs);
    for dependency in containers.flat_map(|container| &container.depends_on) {
        if let Some(condition) = &dependency.condition
            && condition.value.is(&Condition::Healthy)
            && dependency.service.value.is(&service.name.value)
        {
            report(dependency, condition, service, cause, cx);
        }
    }
}

fn cause_in_dockerfile(used: &BuildUse<'_>) -> Option<Cause> {
    let reading = used.reading()?;
    let build = &used.build.value;
    // A context may stand for a stage or for the image.
    if !build.additional_contexts.is_empty() {
        return None;
    }
    let model = reading.model();
    if let Some(check) = model.final_config(reading.stage).healthcheck().effective() {
        let at = reading.file.location(check.instruction.span);
        let InstructionKind::Healthcheck(healthcheck) = &check.instruction.kind else {
            return None;
        };
        return healthcheck.is_none().then_some(Cause::Removed(at));
    }
    let root = model.root_of(reading.stage);
    let InstructionKind::From(from) = &model.ast.instructions[root.from].kind else {
        return None;
    };
    let image = from.image.as_ref()?;
    let is_without = match &root.base {
        Base::Scratch => true,
        // Arguments may name another one.
        Base::Image(name) if image.references().next().is_none() => {
            let reference = ImageReference::parse(name.text()?).ok()?;
            has_no_check(&reference)?
        }
        Base::Image(_) | Base::Stage(_) | Base::Unresolved => false,
    };
    is_without.then(|| Cause::Unbuilt(reading.file.location(image.span)))
}

/// Why a service is certainly never healthy, if it is.
fn cause(service: &Service, extent: Extent) -> Option<Cause> {
    let container = &service.container;
    if service.provider.is_some() {
        return None;
    }
    if let Some(check) = &container.healthcheck {
        if let Some(disable) = check
            .value
            .disable
            .as_ref()
            .filter(|flag| flag.value.is(&true))
        {
            return Some(Cause::Disabled(disable.whole()));
        }
        if let Some(test) = &check.value.test {
            let is_off = matches!(test.value, Test::None { .. });
            return is_off.then_some(Cause::Disabled(test.at));
        }
    }
    if extent == Extent::Part || container.build.is_some() || service.extends.is_some() {
        return None;
    }
    let image = container.image.as_ref()?;
    has_no_check(container.known_reference()?)?.then(|| Cause::Absent(image.text_at()))
}

/// Whether an image certainly has no health check of its own.
fn has_no_check(reference: &ImageReference) -> Option<bool> {
    let name = reference.familiar_name()?;
    Some(is_official(&name) && !WITH_CHECK.contains(&&*name))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, compose_among, fixed_compose};

    #[test]
    fn checks_are_looked_for_in_the_service_and_its_image() {
        compose(
            "healthy-condition-without-healthcheck",
            r#"
x-wait: &wait {condition: service_healthy}
services:
  a:
    image: x
    depends_on:
      b: {"condition": "service_healthy"}
#                       ^^^^^^^^^^^^^^^ the health check of `b` is switched off
      c: {condition: "${A:-service_healthy}"}
#                          ^^^^^^^^^^^^^^^ `c` has no health check
      d: *wait
      e: *wait
      f: *wait
      g: *wait
      i: {condition: service_started}
      k: {condition: service_healthy, required: false}
#                    ^^^^^^^^^^^^^^^ warning: `k` has no health check
  b: {image: x, healthcheck: {test: [NONE]}}
  c: {image: "docker.io/library/redis:8", healthcheck: {interval: 5s}}
  d: {image: redis, healthcheck: {test: redis-cli ping}}
  e: {image: x/redis}
  f: {image: redis, build: .}
  g: {image: "${G}"}
  i: {image: redis}
  k: {image: redis}
jobs:
  j: {image: x, triggers: {manual: true}, depends_on: {i: {condition: service_healthy}}}
#                                                                     ^^^^^^^^^^^^^^^ `i` has no health check
"#,
        );
    }

    #[test]
    fn a_dockerfile_tells_whether_there_is_a_check() {
        let files = [
            ("none/Dockerfile", "FROM alpine:3.22\n"),
            (
                "own/Dockerfile",
                "FROM alpine:3.22 AS a\nHEALTHCHECK CMD x\nFROM a\n",
            ),
            ("off/Dockerfile", "FROM far/away:1\nHEALTHCHECK NONE\n"),
            ("far/Dockerfile", "FROM far/away:1\n"),
            ("arg/Dockerfile", "ARG B=alpine\nFROM $B\n"),
            ("scratch/Dockerfile", "FROM scratch\n"),
        ];
        compose_among(
            "healthy-condition-without-healthcheck",
            &files,
            "compose.yaml",
            r#"
services:
  a:
    image: x
    depends_on:
      none: {condition: service_healthy}
#                       ^^^^^^^^^^^^^^^ error: `none` has no health check
      own: {condition: service_healthy}
      off: {condition: service_healthy}
#                      ^^^^^^^^^^^^^^^ error: `off` has no health check
      far: {condition: service_healthy}
      arg: {condition: service_healthy}
      scratch: {condition: service_healthy, required: false}
#                          ^^^^^^^^^^^^^^^ warning: `scratch` has no health check
      here: {condition: service_healthy}
      context: {condition: service_healthy}
  none: {build: none}
  own: {build: own}
  off: {build: off}
  far: {build: far}
  arg: {build: arg}
  scratch: {build: scratch, healthcheck: {interval: 5s}}
  here: {build: none, healthcheck: {test: x}}
  context: {build: {context: none, additional_contexts: {"alpine:3.22": "docker-image://x"}}}
"#,
        );
    }

    #[test]
    fn the_fix_waits_for_the_start() {
        let rule = "healthy-condition-without-healthcheck";
        let text = "services: {a: {image: x, depends_on: {b: {condition: 'service_healthy'}}}, b: {image: redis}}\n";
        assert_eq!(
            fixed_compose(rule, Applicability::Unsafe, text),
            text.replace("service_healthy", "service_started")
        );
        let shared = "x-a: &a {condition: service_healthy}\nservices: {a: {image: x, depends_on: {b: *a}}, b: {image: redis}}\n";
        assert_eq!(fixed_compose(rule, Applicability::Unsafe, shared), shared);
    }
}
