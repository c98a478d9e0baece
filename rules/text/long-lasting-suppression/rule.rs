//! Flags suppression comments that last longer than the configuration allows.

use serde::Deserialize;

use crate::engine::suppress::dialect::is_date;
use crate::engine::suppress::silence::SuppressionUse;
use crate::engine::{Context, Hooks};
use crate::text::Span;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Options {
    max_days: u32,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let Options { max_days } = on.options();
    if max_days > 0 {
        on.suppression(move |suppression: &SuppressionUse<'_>, cx| {
            check(max_days, suppression, cx);
        });
    }
}

fn check(max_days: u32, suppression: &SuppressionUse<'_>, cx: &mut Context<'_, ()>) {
    let comment = suppression.comment;
    let Some(today) = suppression.today.and_then(days) else {
        return;
    };
    let (at, message) = match &comment.until {
        Some(until) => {
            let end = days(&until.value);
            let lasts = end.map(|end| end - today);
            if lasts.is_none_or(|lasts| lasts <= i64::from(max_days)) {
                return;
            }
            let message = format!("this comment lasts longer than {max_days} days");
            (until.span, message)
        }
        None => (
            comment.span,
            "this comment does not say until when it counts".to_owned(),
        ),
    };
    let finding = cx.report(at, message);
    finding.help(format!("write `until=` and a day within {max_days} days into the brackets of a `# dockworthy: ignore[…]`"));
    if let Some(covers) = comment.covers {
        finding.also_suppress_at(Span::empty(covers.start));
    }
}

/// How many days a date such as `2027-01-31` lies behind a fixed day; nothing for what is no date.
fn days(date: &str) -> Option<i64> {
    let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !is_date(date) {
        return None;
    }
    // The year begins in March, so that the day which comes and goes is its last.
    let year = if month > 2 { year } else { year - 1 };
    let month = (month + 9) % 12;
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::days;
    use crate::engine::testing::check;
    use crate::workspace::kind::Kind;

    #[test]
    fn days_are_counted() {
        let between = |one, other| days(other).zip(days(one)).map(|(other, one)| other - one);
        assert_eq!(between("2027-01-31", "2027-02-01"), Some(1));
        assert_eq!(between("2028-02-28", "2028-03-01"), Some(2));
        assert_eq!(between("2026-12-31", "2027-12-31"), Some(365));
        assert_eq!(days("soon"), None);
    }

    #[test]
    fn the_comment_or_its_day_is_marked() {
        check(
            "long-lasting-suppression",
            &json!({"max-days": 30}),
            "Dockerfile",
            Kind::Dockerfile,
            r#"# hadolint ignore=DL3006 # why
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: this comment does not say until when it counts
FROM a
# dockworthy: ignore[root-user until=2027-02-01] why
#                                    ^^^^^^^^^^ this comment lasts longer than 30 days
USER root
# dockworthy: ignore[root-user until=2027-01-31] why
RUN b
# dockworthy: ignore[root-user until=2020-01-31] why
RUN c
"#,
        );
    }
}
