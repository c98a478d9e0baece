//! Flags containers that the kernel spares when memory runs out.

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::is_true;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

/// The score from which on a container is hardly ever killed.
const HARDLY: i64 = -900;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let limit = service.memory_limit();
    let is_limited = limit.is_some_and(|limit| limit.value.value.is_none_or(|bytes| bytes > 0));
    if let Some(flag) = &container.oom_kill_disable
        && is_true(&container.oom_kill_disable)
        && !is_limited
        && cx.model.extent != Extent::Part
    {
        let text = cx.model.text(flag.key.file);
        let edit = flag
            .entry(text)
            .and_then(|entry| edit::remove_entry(text, entry));
        let finding = cx.report(
            flag.key,
            "the container may take all memory, and is not killed then",
        );
        finding.help("remove it, or limit the memory");
        if let Some(edit) = edit {
            let title =
                "remove `oom_kill_disable`; the container may be killed when memory runs out";
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
    if let Some(score) = &container.oom_score_adj
        && let Some(number) = score.value.value
        && number < 0
    {
        let message = "other processes are killed in place of this container's";
        let finding = cx.report(score.at, message);
        finding.help("remove it, and give the container a limit for memory that fits");
        if number > HARDLY {
            finding.severity(Severity::Info);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn a_limit_that_may_be_there_is_enough() {
        compose(
            "oom-killer-disabled",
            r#"
services:
  a: {image: a, oom_kill_disable: "yes", mem_limit: 0}
#               ^^^^^^^^^^^^^^^^ warning: the container may take all memory
  b: {image: a, oom_kill_disable: true, mem_limit: "${M}"}
  c: {image: a, oom_kill_disable: true, deploy: {resources: {limits: {memory: 1g}}}}
  d: {image: a, oom_kill_disable: false, oom_score_adj: -500}
#                                                       ^^^^ info: other processes
  e: {image: a, oom_kill_disable: "${O}", oom_score_adj: "-1000"}
#                                                        ^^^^^^^ warning: other processes
"#,
        );
    }
}
