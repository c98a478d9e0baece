//! Flags services without a limit for processes.

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Field, Typed};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    if cx.model.extent == Extent::Part || service.provider.is_some() {
        return;
    }
    let own = service.container.pids_limit.as_deref();
    let below_deploy = service.limits().and_then(|limits| limits.pids.as_deref());
    let bounds = |limit: &Field<Typed<i64>>| match limit.value.value {
        Some(number) => number > 0,
        None => !limit.value.scalar.is_empty(),
    };
    if [own, below_deploy].into_iter().flatten().any(bounds) {
        return;
    }
    let fix = match (own, below_deploy) {
        (None, None) => insertion(service, cx.model),
        _ => None,
    };
    let at = own
        .or(below_deploy)
        .map_or(service.name.at, |limit| limit.at);
    let finding = cx.report(
        at,
        format!("`{}` has no limit for processes", service.name.value),
    );
    finding.help(match service.limits() {
        Some(_) => "set `pids` below `deploy.resources.limits`",
        None => "set `pids_limit`",
    });
    finding.fixes.extend(fix);
}

/// Writes the limit beside others, or behind the image.
fn insertion(service: &Service, project: &Project) -> Option<Fix> {
    let limits = service.limits();
    let (at, entry) = match limits {
        Some(limits) => {
            let memory = limits.memory.as_ref().map(|limit| limit.whole());
            let cpus = limits.cpus.as_ref().map(|limit| limit.whole());
            (memory.max(cpus)?, "pids: 256")
        }
        None => (service.container.image.as_ref()?.whole(), "pids_limit: 256"),
    };
    if at.file != service.name.at.file {
        return None;
    }
    let edit = edit::insert_entry_behind(project.text(at.file), at.span, entry)?;
    let title = "allow 256 processes; a service with more of them fails";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn no_limit_is_none() {
        compose(
            "missing-pids-limit",
            r#"
services:
  a: {image: a, pids_limit: -1}
#                           ^^ `a` has no limit for processes
  b: {image: b, pids_limit: "${P:-0}"}
#                           ^^^^^^^^^ `b` has no limit
  c: {image: c, pids_limit: "${P}"}
  d: {extends: a, pids_limit: 5}
  e: {build: .}
# ^ `e` has no limit
  f: {provider: {type: x}}
"#,
        );
    }
}
