//! Flags suppression comments without a reason or without a name, and those that nobody may write.

use serde::Deserialize;

use crate::diagnostic::{Applicability, Fix};
use crate::engine::suppress::dialect::Directive;
use crate::engine::suppress::remove::{name_removal, removal};
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
    let fix = removal_of(options, suppression, cx.text());
    let finding = cx.report(at, message);
    finding.help(help);
    finding.fixes.extend(fix);
    if let Some(covers) = comment.covers.filter(|_| !options.forbid) {
        finding.also_suppress_at(Span::empty(covers.start));
    }
}

/// Takes away the comment, or the name that must not be ignored, so that what it hides is seen.
fn removal_of(options: &Options, suppression: &SuppressionUse<'_>, text: &str) -> Option<Fix> {
    let comment = suppression.comment;
    let name = forbidden(options, suppression).filter(|_| !options.forbid);
    let number = name.and_then(|name| {
        let mut names = suppression.names.iter();
        names.position(|other| std::ptr::eq(other, name))
    });
    let edit = match number {
        Some(number) if comment.rules.len() > 1 => name_removal(comment, number),
        _ => removal(comment, text)?,
    };
    let title = "remove it; what it hides comes back";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
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
