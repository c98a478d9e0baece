//! Flags limits of a service that differ from their twins below `deploy.resources`.
//!
//! Compose compares only where the service's own key is not 0 and the section of the twin is there; a twin that is
//! missing is 0 then (`compose-go`, `loader/validate.go`).

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Field, Setting, Typed};
use crate::engine::{Context, Hooks};
use crate::text::Location;

/// How far two numbers of CPUs may lie apart and still count as the same: Compose keeps them in 32 bits.
const SAME_CPUS: f64 = 1e-9;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let deploy = service
        .deploy
        .as_ref()
        .and_then(|deploy| deploy.value.resources.as_ref());
    let Some(resources) = deploy else {
        return;
    };
    let differ = |a: i64, b: i64| a != b;
    if let Some(limits) = &resources.value.limits {
        let section = "deploy.resources.limits";
        let pair = |key, twin| Names { key, section, twin };
        let own = &container.cpus;
        let far = |a: f64, b: f64| (a - b).abs() > SAME_CPUS;
        compare(
            &pair("cpus", "cpus"),
            own,
            limits,
            &limits.value.cpus,
            far,
            cx,
        );
        let own = &container.mem_limit;
        let twin = &limits.value.memory;
        compare(&pair("mem_limit", "memory"), own, limits, twin, differ, cx);
        let own = &container.pids_limit;
        let twin = &limits.value.pids;
        compare(&pair("pids_limit", "pids"), own, limits, twin, differ, cx);
    }
    if let Some(reservations) = &resources.value.reservations {
        let names = Names {
            key: "mem_reservation",
            section: "deploy.resources.reservations",
            twin: "memory",
        };
        let own = &container.mem_reservation;
        let twin = &reservations.value.memory;
        compare(&names, own, reservations, twin, differ, cx);
    }
}

struct Names {
    key: &'static str,
    section: &'static str,
    twin: &'static str,
}

fn compare<T: Copy + Default + PartialEq, S>(
    names: &Names,
    own: &Setting<Typed<T>>,
    section: &Field<S>,
    twin: &Setting<Typed<T>>,
    differ: fn(T, T) -> bool,
    cx: &mut Context<'_, Project>,
) {
    let Some(own) = own else { return };
    let Some(value) = own.value.value.filter(|value| *value != T::default()) else {
        return;
    };
    let Names {
        key,
        section: above,
        twin: name,
    } = names;
    if let Some(twin) = twin {
        let is_other = twin.value.value.is_some_and(|other| differ(value, other));
        if is_other {
            let message = format!("`{key}` is not what `{above}.{name}` says");
            let label = "the other value";
            report(own.text_at(), message, twin.text_at(), label, cx);
        }
    } else if cx.model.extent != Extent::Part {
        let message = format!("`{key}` stands beside `{above}` without `{name}`");
        let label = "Compose takes what is missing here for 0";
        report(own.key, message, section.key, label, cx);
    }
}

fn report(
    at: Location,
    message: String,
    other: Location,
    label: &str,
    cx: &mut Context<'_, Project>,
) {
    cx.report(at, message)
        .label(other, label)
        .help("write the limits in one place, such as `deploy.resources`");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn each_key_is_compared_with_its_twin() {
        compose(
            "conflicting-resource-limits",
            r#"
x-limits: &limits {resources: {limits: {cpus: "1.50", memory: 1g}}}
services:
  a: {image: x, cpus: 1.5, mem_limit: 1024m, deploy: *limits}
  b: {image: x, cpus: "1.6", mem_limit: "${M:-2g}", deploy: *limits}
#                      ^^^ `cpus` is not what `deploy.resources.limits.cpus` says
#                                             ^^ `mem_limit` is not what
  c: {image: x, pids_limit: -1, deploy: *limits}
#               ^^^^^^^^^^ `pids_limit` stands beside `deploy.resources.limits` without `pids`
  d: {image: x, cpus: 0, mem_limit: "${M}", mem_reservation: 1g, deploy: *limits}
  e:
    image: x
    mem_reservation: 1g
#   ^^^^^^^^^^^^^^^ `mem_reservation` stands beside `deploy.resources.reservations`
    deploy: {resources: {reservations: {cpus: "1"}}}
  f: {image: x, cpus: 1, deploy: {resources: {}}}
  g: {image: x, cpu_count: 2, memswap_limit: 2g, deploy: *limits}
  h: {image: x, cpus: 1, deploy: {resources: {limits: {}}}}
#               ^^^^ `cpus` stands beside
"#,
        );
    }
}
