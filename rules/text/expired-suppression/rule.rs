//! Flags suppression comments past their day, and those whose day is no date.

use crate::diagnostic::{Applicability, Fix};
use crate::engine::suppress::dialect::{Tool, is_date};
use crate::engine::suppress::remove::removal;
use crate::engine::suppress::silence::SuppressionUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.suppression(check);
}

fn check(suppression: &SuppressionUse<'_>, cx: &mut Context<'_, ()>) {
    let comment = suppression.comment;
    let Some(until) = &comment.until else {
        return;
    };
    let text = cx.text();
    let finding = if !is_date(&until.value) {
        let message = format!(
            "`{}` is no date, so this never expires",
            excerpt(&until.value)
        );
        let finding = cx.report(until.span, message);
        finding.help("write a date such as 2027-01-31")
    } else if suppression.is_expired {
        let message = format!("this comment expired on {}", until.value);
        let fix = removal(comment, text).map(|edit| {
            let (title, applicability) = match comment.tool {
                Tool::Dockworthy => ("remove the comment".to_owned(), Applicability::Safe),
                tool => (
                    format!("remove the comment; {} may still read it", tool.as_str()),
                    Applicability::Unsafe,
                ),
            };
            Fix::new(title, applicability, vec![edit])
        });
        let finding = cx.report(until.span, message);
        finding.fixes.extend(fix);
        finding.help("remove it and mend what it hides, or set another date")
    } else {
        return;
    };
    if let Some(covers) = comment.covers {
        finding.also_suppress_at(Span::empty(covers.start));
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, dockerfile, fixed};

    #[test]
    fn the_date_is_marked() {
        dockerfile(
            "expired-suppression",
            r#"
# dockworthy: ignore[untagged-image until=2026-12-31] why
#                                         ^^^^^^^^^^ warning: this comment expired on 2026-12-31
FROM a
# dockworthy: ignore[latest-tag until=soon] why
#                                     ^^^^ `soon` is no date
# droast ignore=DF001 expires=2026-01-01
#                             ^^^^^^^^^^ this comment expired
# trivy:ignore:DS-0001:exp:2026-01-01
#                          ^^^^^^^^^^ this comment expired
# dockworthy: ignore[latest-tag until=2027-01-02] why
USER root
"#,
        );
        compose(
            "expired-suppression",
            "a: 1 # dockworthy: ignore[b until=2027-01-01]\n#                                 ^^^^^^^^^^ this comment expired\n",
        );
    }

    #[test]
    fn fixing_takes_it_away() {
        let before = "# dockworthy: ignore[x until=2026-12-31] y\r\nFROM a\r\n# droast ignore=DF001 expires=2026-01-01\r\nRUN b\r\n";
        let safe = fixed("expired-suppression", Applicability::Safe, before);
        assert_eq!(
            safe,
            "FROM a\r\n# droast ignore=DF001 expires=2026-01-01\r\nRUN b\r\n"
        );
        let both = fixed("expired-suppression", Applicability::Unsafe, before);
        assert_eq!(both, "FROM a\r\nRUN b\r\n");
    }
}
