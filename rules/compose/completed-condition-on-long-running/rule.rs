//! Flags waiting for the end of a service that never ends.

use crate::compose::container::Container;
use crate::compose::depends::Condition;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::image::ImageReference;
use crate::knowledge::{admin_ports, datastores, hardening};
use crate::text::Location;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let services = project
        .merged
        .services
        .iter()
        .map(|service| &service.container);
    let jobs = project.merged.jobs.iter().map(|job| &job.container);
    for dependency in services
        .chain(jobs)
        .flat_map(|container| &container.depends_on)
    {
        let Some(condition) = &dependency.condition else {
            continue;
        };
        if dependency.condition() != Some(Condition::CompletedSuccessfully) {
            continue;
        }
        let service = dependency.service.value.known();
        let Some((name, service)) = service.and_then(|name| Some((name, project.service(name)?)))
        else {
            continue;
        };
        let Some(reason) = reason(service) else {
            continue;
        };
        let message = format!("`{name}` is not there to end: it {}", reason.what);
        let finding = cx.report(condition.at, message);
        finding.label(reason.at, "said here");
        finding.help("wait for `service_started` or `service_healthy`, or let the service end");
        if !reason.is_certain {
            finding.severity(Severity::Warning);
        }
    }
}

/// Why a service does not end.
struct Reason {
    what: &'static str,
    at: Location,
    is_certain: bool,
}

fn reason(service: &Service) -> Option<Reason> {
    let deploy = service.deploy.as_ref();
    let policy = deploy.and_then(|deploy| deploy.value.restart_policy.as_ref());
    let restart = match policy {
        Some(policy) => policy.value.condition.as_ref(),
        None => service.restart.as_ref(),
    };
    if let Some(restart) = restart
        && matches!(
            restart.value.known(),
            Some("always" | "any" | "unless-stopped")
        )
    {
        return Some(Reason {
            what: "is started again each time",
            at: restart.at,
            is_certain: true,
        });
    }
    // A process that others reach through the network waits for them.
    let ports = &service.container.ports;
    if let Some(origin) = ports.origin.as_ref().filter(|_| !ports.is_empty()) {
        return Some(Reason {
            what: "publishes ports",
            at: origin.key,
            is_certain: false,
        });
    }
    Some(Reason {
        what: "runs a server",
        at: server(&service.container)?,
        is_certain: false,
    })
}

/// The image of a container that runs a known server, as the image is made.
fn server(container: &Container) -> Option<Location> {
    let is_as_made = container.command.is_none() && container.entrypoint.is_none();
    let image = container.image.as_ref().filter(|_| is_as_made)?;
    let reference = ImageReference::parse(image.value.known()?).ok()?;
    let is_server = datastores::of(&reference).is_some_and(|store| store.is_listed())
        || admin_ports::of(&reference).is_some()
        || hardening::needs(&reference).is_some();
    is_server.then(|| image.text_at())
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_condition_is_marked() {
        compose(
            "completed-condition-on-long-running",
            r#"
services:
  a:
    image: x
    depends_on:
      b: {condition: service_completed_successfully}
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `b` is not there to end: it is started
      c: {condition: "service_completed_successfully"}
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `c` is not there to end: it publishes
      d: {condition: service_completed_successfully}
      e: {condition: service_completed_successfully}
      f: {condition: service_started}
      g: {condition: service_completed_successfully}
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `g` is
      h: {condition: service_completed_successfully}
      i: {condition: service_completed_successfully}
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `i` is not there to end: it runs a server
      j: {condition: service_completed_successfully}
      k: {condition: service_completed_successfully}
  b: {image: x, restart: unless-stopped}
  c: {image: x, ports: ["127.0.0.1:80:80"]}
  d: {image: x, restart: on-failure}
  e: {image: x, restart: "${R}"}
  f: {image: x, restart: always}
  g: {image: x, restart: "no", deploy: {restart_policy: {condition: any}}}
  h: {image: x, restart: always, deploy: {restart_policy: {condition: on-failure}}}
  i: {image: "postgres:17"}
  j: {image: "postgres:17", command: pg_dump}
  k: {image: "example/postgres:17"}
"#,
        );
    }
}
