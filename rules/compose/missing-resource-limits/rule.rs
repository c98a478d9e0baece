//! Flags services without a limit for memory or CPU time.

use super::capabilities_not_dropped::addition;
use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Field, Typed};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

/// What a service is limited in.
#[derive(Default)]
struct Limited {
    memory: bool,
    cpu: bool,
    /// Whether there is a key of the service itself for it, and not only below `deploy`.
    by_own_keys: bool,
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    if cx.model.extent == Extent::Part || service.provider.is_some() {
        return;
    }
    let limited = limits(service);
    let (missing, own, below_deploy) = match (limited.memory, limited.cpu) {
        (true, true) => return,
        (false, false) => (
            "memory or CPU",
            "`mem_limit` and `cpus`",
            "`memory` and `cpus`",
        ),
        (false, true) => ("memory", "`mem_limit`", "`memory`"),
        (true, false) => ("CPU", "`cpus`", "`cpus`"),
    };
    let message = format!("`{}` has no limit for {missing}", service.name.value);
    let fix = fix(service, &limited, cx);
    let finding = cx.report(service.name.at, message);
    finding.fixes.extend(fix);
    if limited.by_own_keys {
        finding.help(format!("set {own}"));
    } else {
        finding.help(format!(
            "set {below_deploy} below `deploy.resources.limits`"
        ));
    }
}

/// Sets limits that many services get along with.
fn fix(service: &Service, limited: &Limited, cx: &Context<'_, Project>) -> Option<Fix> {
    let entry = match (limited.memory, limited.cpu) {
        _ if service.deploy.is_none() && !limited.by_own_keys => {
            "deploy: {resources: {limits: {cpus: \"1\", memory: 512M}}}"
        }
        (false, true) if service.deploy.is_none() => "mem_limit: 512m",
        (true, false) if service.deploy.is_none() => "cpus: 1",
        _ => return None,
    };
    let edit = addition(service, entry, cx)?;
    let title = format!("add `{entry}`; set what the service needs, or it may be too little");
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

fn limits(service: &Service) -> Limited {
    let mut limited = Limited::default();
    let container = &service.container;
    let own_memory = bounds(container.mem_limit.as_deref(), 0);
    let own_cpu = bounds(container.cpus.as_deref(), 0.0)
        || bounds(container.cpu_quota.as_deref(), 0)
        || bounds(container.cpu_count.as_deref(), 0)
        || bounds(container.cpu_percent.as_deref(), 0.0);
    limited.by_own_keys |= own_memory || own_cpu;
    limited.memory |= own_memory;
    limited.cpu |= own_cpu;
    if let Some(limits) = service.limits() {
        limited.memory |= bounds(limits.memory.as_deref(), 0);
        limited.cpu |= bounds(limits.cpus.as_deref(), 0.0);
    }
    limited
}

/// Whether a limit is there and more than nothing. One that is unknown may be.
fn bounds<T: PartialOrd>(limit: Option<&Field<Typed<T>>>, nothing: T) -> bool {
    limit.is_some_and(|limit| match &limit.value.value {
        Some(value) => *value > nothing,
        None => !limit.value.scalar.is_empty(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::diagnostic::Applicability;
    use crate::engine::testing::{check, compose, fixed_compose};
    use crate::workspace::kind::Kind;

    #[test]
    fn the_fix_adds_what_is_missing() {
        let fixed = |text| fixed_compose("missing-resource-limits", Applicability::Unsafe, text);
        assert_eq!(
            fixed("services: {a: {image: x, cpus: 2}, b: {image: y, mem_limit: 1g}}\n"),
            "services: {a: {image: x, mem_limit: 512m, cpus: 2}, b: {image: y, cpus: 1, mem_limit: 1g}}\n"
        );
        let below = "services: {a: {image: x, deploy: {replicas: 1}}}\n";
        assert_eq!(fixed(below), below);
    }

    #[test]
    fn what_is_missing_is_named() {
        compose(
            "missing-resource-limits",
            r#"
services:
  a: {image: x}
# ^ `a` has no limit for memory or CPU
  b: {image: x, mem_limit: 1g}
# ^ `b` has no limit for CPU
  c:
# ^ `c` has no limit for memory
    image: x
    deploy: {resources: {limits: {cpus: "1"}, reservations: {memory: 1g}}}
  d: {image: x, mem_limit: 1g, cpu_quota: 50000}
  e: {image: x, mem_limit: "${M}", cpus: "${C}"}
"#,
        );
    }

    #[test]
    fn a_limit_of_nothing_is_none() {
        compose(
            "missing-resource-limits",
            r#"
services:
  a: {image: x, cpus: 1, mem_limit: "0.5"}
# ^ `a` has no limit for memory
  b: {image: x, cpus: 1, mem_limit: ""}
# ^ `b` has no limit for memory
  c: {image: x, cpus: 0, mem_limit: -1}
# ^ `c` has no limit for memory or CPU
  d: {image: x, cpus: 1, mem_limit: "${M:-}"}
# ^ `d` has no limit for memory
  e: {image: x, cpu_shares: 512, cpuset: "0", mem_limit: 1g}
# ^ `e` has no limit for CPU
"#,
        );
    }

    #[test]
    fn limits_of_a_base_in_the_same_file_count() {
        compose(
            "missing-resource-limits",
            r"
services:
  base: {image: x, cpus: 1, mem_limit: 1g}
  a: {extends: base}
  b: {extends: {service: base}}
  c: {extends: d}
# ^ `c` has no limit for memory or CPU
  d: {image: x}
# ^ `d` has no limit for memory or CPU
",
        );
    }

    #[test]
    fn a_part_of_a_project_is_not_asked() {
        let text = "services:\n  a: {image: x}\n  b: {extends: {service: b, file: other.yaml}}\n";
        compose("missing-resource-limits", text);
        let text = "services:\n  a: {image: x}\n";
        check(
            "missing-resource-limits",
            &Value::Null,
            "docker-compose.override.yml",
            Kind::Compose,
            text,
        );
    }
}
