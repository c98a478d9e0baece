//! Flags services without a limit for processes.

use super::capabilities_not_dropped::addition;
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
        (None, None) => insertion(service, cx),
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
fn insertion(service: &Service, cx: &Context<'_, Project>) -> Option<Fix> {
    let edit = match service.limits() {
        Some(limits) => {
            let memory = limits.memory.as_ref().map(|limit| limit.whole());
            let cpus = limits.cpus.as_ref().map(|limit| limit.whole());
            let at = memory.max(cpus)?;
            let is_here = at.file == service.name.at.file;
            let text = cx.model.text(at.file);
            is_here.then(|| edit::insert_entry_behind(text, at.span, "pids: 256"))??
        }
        None => addition(service, "pids_limit: 256", cx)?,
    };
    let title = "allow 256 processes; a service with more of them fails";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn the_fix_leaves_what_several_services_share() {
        let fixed = |text| fixed_compose("missing-pids-limit", Applicability::Unsafe, text);
        let shared = "x-a: &a {image: x}\nservices: {b: {<<: *a}}\n";
        assert_eq!(fixed(shared), shared);
        assert_eq!(
            fixed("services: {b: {image: x}}\n"),
            "services: {b: {image: x, pids_limit: 256}}\n"
        );
    }

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
