//! Flags suppression comments without a reason, without a name, or past their day.

use serde::Deserialize;

use crate::engine::suppress::dialect::{Directive, is_date};
use crate::engine::suppress::silence::{NameUse, SuppressionUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Span;
use crate::text::span::offset;

#[derive(Deserialize)]
struct Options {
    reason: bool,
    forbid: bool,
    forbidden: Vec<String>,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let options: Options = on.options();
    on.suppression(move |suppression: &SuppressionUse<'_>, cx| check(&options, suppression, cx));
}

fn check(options: &Options, suppression: &SuppressionUse<'_>, cx: &mut Context<'_, ()>) {
    let comment = suppression.comment;
    let (at, message, help) = if options.forbid {
        let message = "findings must not be ignored by comments".to_owned();
        (comment.span, message, "remove it, and mend what it hides")
    } else if let Some(name) = forbidden(options, suppression) {
        let written = excerpt(name.name.span.text(cx.text()));
        let message = format!("`{written}` must not be ignored");
        (name.name.span, message, "remove it, and mend what it hides")
    } else if let Some(until) = comment
        .until
        .as_ref()
        .filter(|until| !is_date(&until.value))
    {
        let message = format!(
            "`{}` is no date, so this never expires",
            excerpt(&until.value)
        );
        (until.span, message, "write a date such as 2027-01-31")
    } else if let Some(until) = comment.until.as_ref().filter(|_| suppression.is_expired) {
        let message = format!("this comment expired on {}", until.value);
        (until.span, message, "remove it, or set another date")
    } else if let Some(everything) = comment.everything {
        let message = "this comment ignores every rule".to_owned();
        (everything, message, "name the rules that it is about")
    } else if options.reason
        && comment.reason.is_none()
        && !is_explained_above(comment.span, cx.text())
    {
        let message = "this comment does not say why".to_owned();
        (comment.span, message, "add a reason behind it")
    } else {
        return;
    };
    let finding = cx.report(at, message);
    finding.help(help);
    if let Some(covers) = comment.covers.filter(|_| !options.forbid) {
        finding.also_suppress_at(Span::empty(covers.start));
    }
}

/// The first name that must not be ignored.
fn forbidden<'s>(
    options: &Options,
    suppression: &'s SuppressionUse<'_>,
) -> Option<&'s NameUse<'s>> {
    let is_listed = |name: &str| {
        options
            .forbidden
            .iter()
            .any(|forbidden| forbidden.eq_ignore_ascii_case(name))
    };
    suppression
        .names
        .iter()
        .find(|name| is_listed(&name.name.value) || name.rules.iter().any(|rule| is_listed(rule)))
}

/// Whether the line above is a comment for people.
fn is_explained_above(comment: Span, text: &str) -> bool {
    let before = text.get(..comment.start as usize).unwrap_or_default();
    let before = before.trim_end_matches([' ', '\t']);
    let Some(above) = before.strip_suffix('\n') else {
        return false;
    };
    let start = above.rfind('\n').map_or(0, |end| end + 1);
    let line = above[start..].trim();
    let is_sentence = line
        .strip_prefix('#')
        .is_some_and(|body| body.contains(char::is_alphabetic));
    is_sentence && Directive::parse(line, offset(start), false).is_none()
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn the_comment_or_the_word_is_marked() {
        dockerfile(
            "suppression-without-reason",
            r#"
# hadolint ignore=DL3006
#^^^^^^^^^^^^^^^^^^^^^^^ info: this comment does not say why
FROM a
# dockworthy: ignore[root-user until=2026-12-31] why
#                                    ^^^^^^^^^^ this comment expired on 2026-12-31
USER root
# dockworthy: ignore[latest-tag until=soon] why
#                                     ^^^^ `soon` is no date
RUN b \
  # check=skip=all
  #            ^^^ this comment ignores every rule
  c
"#,
        );
        compose(
            "suppression-without-reason",
            "a: 1 # dockworthy: ignore[b]\n#    ^^^^^^^^^^^^^^^^^^^^^^^ this comment does not say why\n",
        );
    }

    #[test]
    fn reasons_of_every_dialect_count() {
        for comment in [
            "# dockworthy: ignore[a] b",
            "# dockworthy: ignore[a until=2027-01-02]: b",
            "# hadolint ignore=DL3006 # b",
            "# check=skip=StageNameCasing // b",
            "# tally ignore=max-lines;reason=b",
            "# droast ignore=DF001 reason=\"b\"",
            "#checkov:skip=CKV_DOCKER_3:b",
            "# b\n# hadolint ignore=DL3006",
        ] {
            dockerfile(
                "suppression-without-reason",
                &format!("{comment}\nFROM a\n"),
            );
        }
    }
}
