//! Flags limits of a service that differ from their twins below `deploy.resources`.
//!
//! Compose compares only where the service's own key is not 0 and the section of the twin is there; a twin that is
//! missing is 0 then (`compose-go`, `loader/validate.go`).

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Field, Setting, Typed};
use crate::diagnostic::{Applicability, Finding, Fix};
use crate::engine::{Context, Hooks};
use crate::text::{Edit, Location};
use crate::yaml::edit;

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
    let is_here = |via: &Option<Location>| {
        let deploy = service.deploy.as_ref();
        deploy.is_some_and(|deploy| deploy.via.is_none())
            && resources.via.is_none()
            && via.is_none()
    };
    if let Some(limits) = &resources.value.limits {
        let section = "deploy.resources.limits";
        let pair = |key, twin| Names { key, section, twin };
        let values = &limits.value;
        let entries = [
            values.cpus.as_ref().map(|field| (field.key, field.at)),
            values.memory.as_ref().map(|field| (field.key, field.at)),
            values.pids.as_ref().map(|field| (field.key, field.at)),
        ];
        let twins = Twins {
            key: limits.key,
            last: last(entries).filter(|_| is_here(&limits.via)),
        };
        let own = &container.cpus;
        let far = |a: f64, b: f64| (a - b).abs() > SAME_CPUS;
        compare(&pair("cpus", "cpus"), own, &twins, &values.cpus, far, cx);
        let (own, twin) = (&container.mem_limit, &values.memory);
        compare(&pair("mem_limit", "memory"), own, &twins, twin, differ, cx);
        let (own, twin) = (&container.pids_limit, &values.pids);
        compare(&pair("pids_limit", "pids"), own, &twins, twin, differ, cx);
    }
    if let Some(reservations) = &resources.value.reservations {
        let names = Names {
            key: "mem_reservation",
            section: "deploy.resources.reservations",
            twin: "memory",
        };
        let values = &reservations.value;
        let cpus = values.cpus.as_ref().map(|field| (field.key, field.at));
        let twins = Twins {
            key: reservations.key,
            last: last([cpus]).filter(|_| is_here(&reservations.via)),
        };
        let own = &container.mem_reservation;
        compare(&names, own, &twins, &values.memory, differ, cx);
    }
}

/// The section in which the twins stand.
struct Twins {
    key: Location,
    /// The entry of it that stands last, if that is known.
    last: Option<Location>,
}

/// The last of some entries of a mapping, given by their keys and values.
fn last<const N: usize>(entries: [Option<(Location, Location)>; N]) -> Option<Location> {
    let present = entries.into_iter().flatten();
    let (key, value) = present.max_by_key(|(key, _)| key.span.start)?;
    (key.file == value.file && value.span.start >= key.span.end).then(|| Location {
        file: key.file,
        span: key.span.cover(value.span),
    })
}

struct Names {
    key: &'static str,
    section: &'static str,
    twin: &'static str,
}

fn compare<T: Copy + Default + PartialEq>(
    names: &Names,
    own: &Setting<Typed<T>>,
    section: &Twins,
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
        let edits = section
            .last
            .and_then(|last| moved(own, last, names, cx.model));
        let finding = report(own.key, message, section.key, label, cx);
        if let Some(edits) = edits {
            let title = format!("move it to `{above}.{name}`; the limit then holds");
            finding.fix(Fix::new(title, Applicability::Unsafe, edits));
        }
    }
}

/// Takes a key out and writes its value behind an entry of the section where its twin belongs.
fn moved<T>(
    own: &Field<Typed<T>>,
    last: Location,
    names: &Names,
    project: &Project,
) -> Option<Vec<Edit>> {
    let text = project.text(own.key.file);
    let entry = own.entry(text)?;
    if own.key.file != last.file || own.via.is_some() {
        return None;
    }
    let source = text.get(own.at.span.range())?;
    // Memory is text there.
    let is_number = source.bytes().all(|byte| byte.is_ascii_digit());
    let value = match names.twin == "memory" && is_number {
        true => format!("\"{source}\""),
        false => source.to_owned(),
    };
    let line = format!("{}: {value}", names.twin);
    let removed = edit::remove_entry(text, entry)?;
    let added = edit::insert_entry_behind(text, last.span, &line)?;
    Some(vec![removed, added])
}

fn report<'c>(
    at: Location,
    message: String,
    other: Location,
    label: &str,
    cx: &'c mut Context<'_, Project>,
) -> &'c mut Finding {
    cx.report(at, message)
        .label(other, label)
        .help("write the limits in one place, such as `deploy.resources`")
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
