//! Flags `apk add` whose index stays in the image.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::packages::{PackageScript, PackageUse, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::ast::ListOperator;
use crate::shell::packages::managers::System;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

const FLAG: &str = "no-cache";

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    if !script.is_in_output() {
        return;
    }
    let mut is_first = true;
    for found in script.installs().filter(|found| found.is_of(System::Apk)) {
        let is_decided =
            found.has_flag(&[FLAG, "no-network", "p", "initdb"]) || script.may_hide(found, &[FLAG]);
        if is_decided || !found.leaves_cache() {
            continue;
        }
        let mut edits = vec![Edit::insert(found.verb.span.end, " --no-cache")];
        if is_first {
            edits.extend(without_update(script, found, cx.text()));
        }
        is_first = false;
        let finding = cx.report(
            found.verb.span,
            "`apk add` leaves the index of packages in the image",
        );
        finding.help("add `--no-cache`");
        // Behind `--` it would be a package.
        let words = &found.command.command.words;
        let mut before = words
            .iter()
            .take_while(|word| word.span.start < found.verb.span.start);
        let is_option = !before.any(|word| word.is("--"));
        if found.command.context.is_exact() && is_option {
            finding.fix(Fix::new("add `--no-cache`", Applicability::Safe, edits));
        }
    }
}

/// Removes the `apk update` in front, which `--no-cache` makes needless, where it is a command of its own.
fn without_update(script: &PackageScript<'_>, add: &PackageUse<'_>, text: &str) -> Option<Edit> {
    let update = script
        .uses
        .iter()
        .find(|found| found.is_of(System::Apk) && found.is_refresh())?;
    let context = &update.command.context;
    let command = update.command.command;
    let next = context.list.items.get(context.index + 1)?;
    let is_alone = context.pipeline()?.commands.len() == 1
        && !context.is_negated()
        && command.redirects.is_empty()
        && context.operator_before() != Some(ListOperator::Or)
        && matches!(
            context.operator_behind(),
            Some(ListOperator::And | ListOperator::Semicolon | ListOperator::Newline)
        );
    let span = Span::new(command.span.start, next.pipeline.span.start);
    let is_before = span.end <= add.command.command.span.start;
    let is_plain = !span.text(text).contains('#');
    (is_alone && is_before && is_plain && context.is_exact()).then(|| Edit::delete(span))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_verb_is_marked() {
        dockerfile(
            "apk-missing-no-cache",
            r#"
FROM alpine:3.22
ENV OPTIONS="--no-cache -q"
RUN apk -U \
      add a && sudo apk add -t .b b
#     ^^^ `apk add` leaves the index
#                       ^^^ `apk add` leaves the index
RUN apk add --no-cache a && apk add $OPTIONS a && apk add $UNKNOWN a && apk $(cat x) add a
RUN apk update && apk upgrade
RUN rm -rf /var/cache/apk/* && apk add a
#                                  ^^^ `apk add` leaves the index
RUN apk add a && rm -rf /var/cache/apk && apk add b && rm -rf /var/cache/*
RUN --mount=type=cache,target=/etc/apk/cache apk add a
RUN --mount=type=tmpfs,target=/var/cache apk add a
RUN apk -p /rootfs add a && apk --root=/rootfs add a
RUN apk add --no-network ./a.apk
"#,
        );
    }

    #[test]
    fn a_needless_update_goes_away() {
        let fix = |text: &str| fixed("apk-missing-no-cache", Applicability::Safe, text);
        assert_eq!(
            fix("FROM a\nRUN apk update \\\n  && apk add b \\\n  && apk add c\n"),
            "FROM a\nRUN apk add --no-cache b \\\n  && apk add --no-cache c\n"
        );
        assert_eq!(
            fix("FROM a\nRUN apk update >/dev/null && apk add b\n"),
            "FROM a\nRUN apk update >/dev/null && apk add --no-cache b\n"
        );
        assert_eq!(
            fix("FROM a\nRUN <<E\napk update\napk add b\nE\n"),
            "FROM a\nRUN <<E\napk add --no-cache b\nE\n"
        );
        assert_eq!(
            fix("FROM a\nRUN apk -- add b\n"),
            "FROM a\nRUN apk -- add b\n"
        );
    }
}
