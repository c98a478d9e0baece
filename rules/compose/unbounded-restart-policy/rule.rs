//! Flags containers that are restarted without end when they fail.

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::Edit;

/// How many restarts the CIS Docker Benchmark allows.
const MOST: i64 = 5;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let deploy = service.deploy.as_ref();
    if let Some(policy) = deploy.and_then(|deploy| deploy.value.restart_policy.as_ref()) {
        // It wins over `restart`.
        let Some(condition) = &policy.value.condition else {
            return;
        };
        let attempts = policy.value.max_attempts.as_ref();
        let is_bounded = match attempts {
            None => cx.model.extent == Extent::Part,
            Some(attempts) => attempts
                .value
                .value
                .is_none_or(|count| (1..=MOST).contains(&count)),
        };
        if condition.value.is("on-failure") && !is_bounded {
            let at = attempts.map_or(condition.at, |attempts| attempts.at);
            cx.report(at, "a container that fails is restarted without end")
                .help("set `max_attempts` to 5 or less");
        }
        return;
    }
    let Some(restart) = &service.restart else {
        return;
    };
    let Some(policy) = restart.value.known() else {
        return;
    };
    let Some(count) = policy.strip_prefix("on-failure") else {
        return;
    };
    let count = count
        .strip_prefix(':')
        .map(|count| count.trim().parse::<i64>());
    let message = match count {
        None | Some(Ok(0)) => "a container that fails is restarted without end",
        Some(Ok(count)) if count > MOST => "a container that fails is restarted too often",
        Some(_) => return,
    };
    let is_literal = restart.value.literal().is_some();
    let finding = cx.report(restart.at, message);
    finding.help("write `on-failure:5`");
    if is_literal {
        let range = restart.value.span_of(0..policy.len());
        let edits = vec![Edit::replace(range, "on-failure:5".to_owned())];
        finding.fix(Fix::new(
            "restart it five times; after that it stays down",
            Applicability::Unsafe,
            edits,
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_policy_that_wins_is_marked() {
        compose(
            "unbounded-restart-policy",
            r#"
services:
  a: {image: a, restart: "on-failure:10"}
#                        ^^^^^^^^^^^^^^^ a container that fails is restarted too often
  b: {image: b, restart: "${R:-on-failure}"}
#                        ^^^^^^^^^^^^^^^^^^ a container that fails is restarted without end
  c:
    image: c
    restart: on-failure
    deploy: {restart_policy: {condition: on-failure}}
#                                        ^^^^^^^^^^ a container that fails
  d: {image: d, deploy: {restart_policy: {condition: any}}}
  e: {image: e, restart: always}
  f: {image: f, restart: "on-failure:${N}"}
"#,
        );
    }
}
