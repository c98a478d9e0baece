//! Flags `pre_start` steps that are to run for each replica.
//!
//! docker/compose, `pkg/compose/pre_start.go` (`runPreStart`).

use crate::compose::File;
use crate::compose::service::Service;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.service(check);
}

fn check(service: &Service, cx: &mut Context<'_, File>) {
    for step in &service.pre_start {
        let Some(flag) = step
            .per_replica
            .as_ref()
            .filter(|flag| flag.value.is(&true))
        else {
            continue;
        };
        let text = cx.text();
        let finding = cx.report(flag.key, "Compose does not support `per_replica`");
        finding.help("remove it: the step runs once for all containers");
        if let Some(edit) = flag
            .entry(text)
            .and_then(|entry| edit::remove_entry(text, entry))
        {
            let title = "remove `per_replica`; the step runs once";
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_true_is_unsupported() {
        compose(
            "pre-start-per-replica-unsupported",
            r#"
x-step: &step
  per_replica: true
# ^^^^^^^^^^^ Compose does not support
services:
  a: {image: x, pre_start: [{image: y, "per_replica": "${P:-true}"}]}
#                                      ^^^^^^^^^^^^^ Compose does not support
  b: {image: x, pre_start: [{<<: *step, image: y}]}
  c: {image: x, pre_start: [{image: y, per_replica: false}, {image: y, per_replica: "${P}"}]}
"#,
        );
    }
}
