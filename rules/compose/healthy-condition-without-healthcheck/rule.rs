//! Flags dependencies on the health of services that have no health check.

use std::collections::HashSet;

use crate::compose::depends::{Condition, Dependency};
use crate::compose::extent::Extent;
use crate::compose::healthcheck::Test;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::List;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::image::ImageReference;
use crate::knowledge::official::is_official;
use crate::text::{Edit, Location};

/// Official images that have a health check all the same (`docker/Dockerfile` of
/// <https://github.com/plone/plone.docker>).
const WITH_CHECK: [&str; 1] = ["plone"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

/// Why a service is never healthy.
enum Cause {
    /// Its check is switched off here.
    Disabled(Location),
    /// Neither the service nor its image has one.
    Absent(Location),
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
        let name = &service.name.value;
        let message = match cause {
            Cause::Disabled(_) => format!("the health check of `{name}` is switched off"),
            Cause::Absent(_) => format!("`{name}` has no health check"),
        };
        let finding = cx.report(condition.text_at(), message);
        match cause {
            Cause::Disabled(at) => finding.label(at, "switched off here"),
            Cause::Absent(at) => finding.label(at, "this image has none"),
        };
        finding.help("add a `healthcheck` there, or wait for `service_started`");
        if condition.value.scalar.literal().is_some() {
            let edit = Edit::replace(condition.text_at().span, "service_started");
            let title = "wait for `service_started`; it may not be ready then";
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
        // Compose then goes on with a warning.
        if dependency.is_required() != Some(true) {
            finding.severity(Severity::Warning);
        }
    }
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
    image.value.known()?;
    let reference = ImageReference::parse(image.value.text()).ok()?;
    let name = reference.familiar_name()?;
    let has_none = is_official(&name) && !WITH_CHECK.contains(&&*name);
    has_none.then(|| Cause::Absent(image.text_at()))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

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
}
