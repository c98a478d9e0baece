//! Flags intervals of a start period that is not there.
//!
//! docker/compose, `pkg/compose/convert.go`; the engine's side is <https://github.com/moby/moby/issues/48874>.

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let Some(check) = &service.container.healthcheck else {
        return;
    };
    let Some(interval) = &check.value.start_interval else {
        return;
    };
    if let Some(period) = &check.value.start_period {
        let zero = period
            .value
            .value
            .is_some_and(|period| period.nanoseconds == 0);
        if zero {
            cx.report(
                interval.key,
                "`start_interval` has no effect in a `start_period` of 0",
            )
            .label(period.text_at(), "the start period")
            .help("give the service time to start")
            .severity(Severity::Warning);
        }
        return;
    }
    if cx.model.extent == Extent::Part {
        return;
    }
    let (text, file) = (cx.text(), cx.source.id);
    let finding = cx.report(
        interval.key,
        "`start_interval` stands without `start_period`",
    );
    finding.help("add a `start_period`: how long the service may take to start");
    if interval.key.file == file
        && let Some(entry) = interval.entry(text)
        && let Some(edit) = edit::insert_entry_behind(text, entry, "start_period: 30s")
    {
        let title = "add a `start_period`; the time is a guess";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn a_start_period_may_come_from_anywhere() {
        compose(
            "healthcheck-start-interval-without-start-period",
            r#"
x-check: &check
  start_period: 10s
services:
  a: {image: x, healthcheck: {test: y, "start_interval": 5s}}
#                                      ^^^^^^^^^^^^^^^^ `start_interval` stands without
  b:
    image: x
    healthcheck:
      <<: *check
      start_interval: 5s
  c: {image: x, healthcheck: {start_interval: 5s, start_period: "${C:-0s}"}}
#                             ^^^^^^^^^^^^^^ warning: `start_interval` has no effect
  d: {image: x, healthcheck: {start_interval: 5s, start_period: "${D}"}}
  e: {image: x, healthcheck: {start_interval: 5s, disable: true}}
#                             ^^^^^^^^^^^^^^ error: `start_interval` stands without
"#,
        );
    }
}
