//! Flags limits that the engine refuses, or that make each other useless.
//!
//! The engine's checks are in `daemon/daemon_unix.go` of moby (`verifyPlatformContainerResources`).

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Field, Typed};
use crate::diagnostic::{Finding, Severity};
use crate::engine::{Context, Hooks};

/// The least memory that the engine allows, in bytes.
const LEAST: i64 = 6 << 20;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let limit = service.memory_limit();
    let reservation = service.memory_reservation();
    let swap = container.memswap_limit.as_deref();
    least(limit, "memory", cx);
    least(reservation, "memory that is kept", cx);
    above(
        reservation,
        limit,
        "the memory that is kept is more than the limit",
        cx,
    );
    above(
        limit,
        swap,
        "the limit for memory is above that for memory and swap",
        cx,
    );
    if let Some(finding) = above(
        container.shm_size.as_deref(),
        limit,
        "the shared memory is larger than the limit for memory",
        cx,
    ) {
        finding.severity(Severity::Warning);
    }
    if let Some(swap) = swap
        && number(Some(swap)).is_some_and(|bytes| bytes > 0)
        && limit.is_none()
        && cx.model.extent != Extent::Part
    {
        cx.report(
            swap.key,
            "`memswap_limit` needs a limit for memory beside it",
        )
        .help("set `mem_limit` as well; `memswap_limit` is memory and swap together");
    }
    range(container.mem_swappiness.as_deref(), -1, 100, "0 to 100", cx);
    let weight = container.blkio_config.as_ref();
    let weight = weight.and_then(|config| config.value.weight.as_deref());
    if number(weight) != Some(0) {
        range(weight, 10, 1000, "10 to 1000", cx);
    }
    cpus(service, cx);
    if let Some(set) = &container.cpuset
        && set.value.known().is_some_and(|text| !is_cpu_set(text))
    {
        cx.report(set.text_at(), "this is no list of CPUs")
            .help("write numbers and ranges, such as `0-2,5`");
    }
}

/// Whether a text is a list of CPUs as the engine reads it: numbers and ranges that ascend, with commas between them
/// (`ParseUintList` in `pkg/parsers/parsers.go` of moby). Nothing stands for all.
fn is_cpu_set(text: &str) -> bool {
    text.is_empty()
        || text.split(',').all(|part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            match (first.parse::<u32>(), last.parse::<u32>()) {
                (Ok(first), Ok(last)) => first <= last,
                _ => false,
            }
        })
}

fn number(field: Option<&Field<Typed<i64>>>) -> Option<i64> {
    field?.value.value
}

/// Reports a number of bytes that is below what the engine allows.
fn least(field: Option<&Field<Typed<i64>>>, what: &str, cx: &mut Context<'_, Project>) {
    let Some(field) = field else { return };
    let Some(bytes) = field.value.value.filter(|bytes| (1..LEAST).contains(bytes)) else {
        return;
    };
    let text = field.value.scalar.text();
    let has_unit = !text.bytes().all(|byte| byte.is_ascii_digit());
    let finding = cx.report(
        field.at,
        format!("{what} of {bytes} bytes is less than the 6 MiB that Docker allows"),
    );
    match has_unit {
        true => finding.help("allow more"),
        false => finding.help(format!("write the unit as well, such as `{text}m`")),
    };
}

/// Reports a first number that is above a second one, where both are limits.
fn above<'c>(
    first: Option<&Field<Typed<i64>>>,
    second: Option<&Field<Typed<i64>>>,
    message: &str,
    cx: &'c mut Context<'_, Project>,
) -> Option<&'c mut Finding> {
    let (low, high) = (number(first)?, number(second)?);
    if low <= high || high <= 0 {
        return None;
    }
    let (first, second) = (first?, second?);
    let finding = cx.report(first.at, message);
    finding.label(second.at, "the lower one");
    finding.help("lower the one or raise the other");
    Some(finding)
}

fn range(
    field: Option<&Field<Typed<i64>>>,
    low: i64,
    high: i64,
    shown: &str,
    cx: &mut Context<'_, Project>,
) {
    let Some(field) = field else { return };
    if field
        .value
        .value
        .is_some_and(|number| !(low..=high).contains(&number))
    {
        cx.report(field.at, format!("Docker takes a number from {shown} here"))
            .help(format!("write a number from {shown}"));
    }
}

fn cpus(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let below_deploy = service.limits().and_then(|limits| limits.cpus.as_deref());
    let limit = container.cpus.as_deref().or(below_deploy);
    let Some(limit) = limit else { return };
    let Some(count) = limit.value.value else {
        return;
    };
    if count < 0.0 {
        cx.report(limit.at, "a number of CPUs cannot be negative")
            .help("write a number above 0");
        return;
    }
    let mut others = [&container.cpu_quota, &container.cpu_period]
        .into_iter()
        .flatten();
    let other = others.find(|other| other.value.value.is_some_and(|number| number != 0));
    if let Some(other) = other.filter(|_| count > 0.0) {
        cx.report(
            other.key,
            "Docker takes either `cpus` or a quota and period, not both",
        )
        .help("remove the quota and period")
        .label(limit.key, "`cpus`");
    }
    let kept = service
        .resources()
        .and_then(|all| all.reservations.as_ref());
    let kept = kept.and_then(|kept| kept.value.cpus.as_deref());
    if let Some(kept) = kept
        && count > 0.0
        && kept.value.value.is_some_and(|kept| kept > count)
    {
        cx.report(kept.at, "more CPUs are kept than the limit allows")
            .help("lower the one or raise the other")
            .label(limit.at, "the limit")
            .severity(Severity::Warning);
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn every_contradiction_is_marked_where_it_can_be_mended() {
        compose(
            "inconsistent-memory-settings",
            r#"
services:
  a:
    image: a
    mem_limit: "1g"
#              ^^^^ error: the limit for memory is above that for memory and swap
    memswap_limit: 512m
    mem_reservation: 2g
#                    ^^ error: the memory that is kept is more
    shm_size: 3g
#             ^^ warning: the shared memory is larger
    mem_swappiness: 101
#                   ^^^ error: Docker takes a number from 0 to 100
    blkio_config: {weight: 5}
#                          ^ error: Docker takes a number from 10 to 1000
  b: {image: b, memswap_limit: 1g, cpus: -1}
#               ^^^^^^^^^^^^^ error: `memswap_limit` needs
#                                        ^^ error: a number of CPUs
  c:
    image: c
    mem_limit: "${M:-512}"
#              ^^^^^^^^^^^ error: memory of 512 bytes is less than
    cpus: 1
    cpu_quota: 50000
#   ^^^^^^^^^ error: Docker takes either
    deploy: {resources: {reservations: {cpus: "2"}}}
#                                             ^^^ warning: more CPUs are kept
  d: {image: d, mem_limit: 1g, memswap_limit: -1, mem_reservation: "${R}", mem_swappiness: -1, cpus: 0}
  e: {image: e, mem_limit: 0, mem_reservation: 1g, blkio_config: {weight: 0}}
  f: {image: f, cpuset: "0-2,5"}
  g: {image: g, cpuset: "2-0"}
#                        ^^^ error: this is no list of CPUs
  h: {image: h, cpuset: all}
#                       ^^^ error: this is no list of CPUs
"#,
        );
    }
}
