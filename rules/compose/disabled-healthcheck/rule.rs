//! Flags health checks that are switched off.

use crate::compose::File;
use crate::compose::healthcheck::{Healthcheck, Test};
use crate::compose::value::{Field, is_true};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let containers = file.documents().flat_map(File::containers);
    for check in containers.filter_map(|owned| owned.container.healthcheck.as_deref()) {
        let test = check.value.test.as_ref();
        if let Some(disable) = &check.value.disable
            && is_true(&check.value.disable)
        {
            let fix = fix(check, cx.text());
            let finding = match test.map(|test| (test, &test.value)) {
                Some((test, Test::Text(_) | Test::Cmd { .. } | Test::CmdShell { .. })) => {
                    let message = "health check is switched off, so that its `test` never runs";
                    let finding = cx.report(disable.at, message);
                    finding.label(test.at, "this test");
                    finding.help("remove `disable`, or the test");
                    finding
                }
                _ => {
                    let finding = cx.report(disable.at, "image's health check is switched off");
                    finding.help("remove it, or write a `test` that suits the service");
                    finding
                }
            };
            finding.fixes.extend(fix);
        } else if let Some(test) = test
            && let Test::None { keyword } = &test.value
        {
            let fix = fix(check, cx.text());
            let finding = cx.report(keyword.at, "image's health check is switched off");
            finding.help("remove it, or write a `test` that suits the service");
            finding.fixes.extend(fix);
        }
    }
}

/// Removes what switches the check off, and `healthcheck` with it where there is nothing else.
fn fix(check: &Field<Healthcheck>, text: &str) -> Option<Fix> {
    let healthcheck = &check.value;
    let off = match (&healthcheck.disable, &healthcheck.test) {
        (Some(disable), _) if is_true(&healthcheck.disable) => disable.entry(text)?,
        (_, Some(test)) => test.entry(text)?,
        _ => return None,
    };
    let is_alone = healthcheck.interval.is_none()
        && healthcheck.timeout.is_none()
        && healthcheck.retries.is_none()
        && healthcheck.start_period.is_none()
        && healthcheck.start_interval.is_none()
        && (healthcheck.test.is_none() || healthcheck.disable.is_none());
    let entry = match is_alone {
        true if check.via.is_none() => check.entry(text)?,
        true => return None,
        false => off,
    };
    let edit = edit::remove_entry(text, entry)?;
    let title = "remove it, so that the health check runs";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn what_switches_it_off_is_marked() {
        compose(
            "disabled-healthcheck",
            r#"
services:
  a:
    image: x
    healthcheck:
      disable: "yes"
#              ^^^^^ image's health check
  b: {image: x, healthcheck: {test: ["NONE"]}}
#                                    ^^^^^^ image's health check
  c:
    image: x
    healthcheck:
      test: ["CMD", "a"]
      disable: true
#              ^^^^ health check is switched off, so
  d: {image: x, healthcheck: {test: NONE}}
  e: {image: x, healthcheck: {disable: false}}
  f: {image: x, healthcheck: {disable: "${OFF}"}}
"#,
        );
    }

    #[test]
    fn the_fix_leaves_the_rest_of_the_check() {
        let fixed = |text: &str| fixed_compose("disabled-healthcheck", Applicability::Unsafe, text);
        let text =
            "services:\n  a:\n    image: x\n    healthcheck:\n      disable: true\n      test: a\n";
        let wanted = "services:\n  a:\n    image: x\n    healthcheck:\n      test: a\n";
        assert_eq!(fixed(text), wanted);
        let text =
            "services:\n  a:\n    image: x\n    healthcheck: {test: [NONE]}\n    tty: true\n";
        let wanted = "services:\n  a:\n    image: x\n    tty: true\n";
        assert_eq!(fixed(text), wanted);
    }
}
