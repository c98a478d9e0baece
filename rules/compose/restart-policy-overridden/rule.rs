//! Flags `restart` where `deploy.restart_policy` counts, and such a policy without a condition.
//!
//! Compose (`pkg/compose/create.go`, `getRestartPolicy`) takes the second if it is there, and hands an empty condition
//! on to the engine, for which it means never.

use crate::compose::deploy::RestartPolicy;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::Field;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let deploy = service.deploy.as_ref();
    let Some(policy) = deploy.and_then(|deploy| deploy.value.restart_policy.as_ref()) else {
        return;
    };
    // `None` for what is not known.
    let condition = match &policy.value.condition {
        None => Some(None),
        Some(condition) => condition.value.known().map(Some),
    };
    if let Some(restart) = &service.restart {
        let is_same = match (condition, restart.value.known()) {
            (Some(condition), Some(name)) => Some(same(condition, name, &policy.value)),
            _ => None,
        };
        let fix = (restart.at.file == cx.source.id && restart.via.is_none())
            .then(|| edit::remove_entry(cx.text(), restart.entry(cx.text())?))
            .flatten();
        let message = match is_same {
            Some(false) => "`deploy.restart_policy` says something else, and that counts",
            _ => "`restart` is ignored where `deploy.restart_policy` is there",
        };
        let finding = cx.report(restart.at, message);
        finding.label(policy.key, "this counts");
        finding.help("say it in one place");
        if is_same == Some(false) {
            finding.severity(Severity::Error);
        }
        if let Some(edit) = fix {
            let title = "remove `restart`; the other says what is done";
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    } else if condition == Some(None) {
        without_condition(policy, cx);
    }
}

fn without_condition(policy: &Field<RestartPolicy>, cx: &mut Context<'_, Project>) {
    let message = "restart policy without a `condition` never restarts the container";
    cx.report(policy.key, message)
        .help("write `condition: any`, or what else is meant");
}

/// Whether both say the same.
fn same(condition: Option<&str>, restart: &str, policy: &RestartPolicy) -> bool {
    let (name, count) = match restart.split_once(':') {
        Some((name, count)) => (name, count.parse().ok()),
        None => (restart, None),
    };
    let plain = |name: &str| match name {
        "none" | "" => "no".to_owned(),
        "any" => "always".to_owned(),
        name => excerpt(name),
    };
    let attempts = policy.max_attempts.as_ref();
    let attempts = attempts.map(|attempts| attempts.value.value);
    // An unknown number may be the same.
    let is_count_same = match (attempts, count) {
        (Some(None), _) => true,
        (Some(Some(attempts)), count) => attempts == count.unwrap_or(0),
        (None, count) => count.unwrap_or(0) == 0,
    };
    plain(condition.unwrap_or_default()) == plain(name) && is_count_same
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_what_is_known_to_differ_is_an_error() {
        compose(
            "restart-policy-overridden",
            r"
services:
  a:
    image: x
    restart: always
#            ^^^^^^ error: `deploy.restart_policy` says something else
    deploy: {restart_policy: {condition: on-failure}}
  b:
    image: x
    restart: always
#            ^^^^^^ warning: `restart` is ignored
    deploy: {restart_policy: {condition: any}}
  c:
    image: x
    restart: on-failure:3
#            ^^^^^^^^^^^^ warning: `restart` is ignored
    deploy: {restart_policy: {condition: on-failure, max_attempts: 3}}
  d:
    image: x
    restart: on-failure:3
#            ^^^^^^^^^^^^ error: `deploy
    deploy: {restart_policy: {condition: on-failure, max_attempts: 5}}
  e:
    image: x
    restart: ${R}
#            ^^^^ warning: `restart` is
    deploy: {restart_policy: {condition: any}}
  f:
    image: x
    restart: always
#            ^^^^^^ error: `deploy
    deploy: {restart_policy: {delay: 5s}}
  g:
    image: x
    deploy: {restart_policy: {delay: 5s}}
#            ^^^^^^^^^^^^^^ warning: restart policy without
  h: {image: x, deploy: {replicas: 2}, restart: always}
",
        );
    }

    #[test]
    fn a_policy_that_a_merge_key_brings_counts() {
        compose(
            "restart-policy-overridden",
            r"
x-base: &base
  deploy: {restart_policy: {condition: any}}
services:
  a:
    <<: *base
    image: x
    restart: unless-stopped
#            ^^^^^^^^^^^^^^ `deploy.restart_policy` says
",
        );
    }
}
