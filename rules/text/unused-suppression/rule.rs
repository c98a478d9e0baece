//! Flags names in suppression comments that silence nothing.

use serde::Deserialize;

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::suppress::dialect::Tool;
use crate::engine::suppress::remove::{name_removal, removal};
use crate::engine::suppress::silence::{Outcome, SuppressionUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Span;

#[derive(Deserialize)]
struct Options {
    report: bool,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let options: Options = on.options();
    if options.report {
        on.suppression(check);
    }
}

fn check(suppression: &SuppressionUse<'_>, cx: &mut Context<'_, ()>) {
    let comment = suppression.comment;
    let is_ours = comment.tool == Tool::Dockworthy;
    let Some(covers) = comment.covers else {
        let is_misplaced = is_ours && comment.span.text(cx.text()).contains("ignore-file");
        let message = if is_misplaced {
            "`ignore-file` has no effect behind the beginning of the file"
        } else {
            "nothing follows that this comment could cover"
        };
        let help = if is_misplaced {
            "move it to the beginning, or remove it"
        } else {
            "remove it"
        };
        // Nobody else would know what it covers either.
        let fix = removal(comment, cx.text()).filter(|_| !is_misplaced);
        let fix = fix.map(|edit| Fix::new("remove the comment", Applicability::Safe, vec![edit]));
        cx.report(comment.span, message)
            .help(help)
            .fixes
            .extend(fix);
        return;
    };
    let is_unused = |outcome| outcome == Outcome::Unused;
    let is_useless = comment.everything.is_none()
        && suppression.names.iter().all(|name| is_unused(name.outcome));
    let unused = suppression.names.iter().enumerate();
    for (index, name) in unused.filter(|(_, name)| is_unused(name.outcome)) {
        let written = excerpt(name.name.span.text(cx.text()));
        let (edit, title) = if is_useless {
            (removal(comment, cx.text()), "remove the comment".to_owned())
        } else {
            (
                Some(name_removal(comment, index)),
                format!("remove `{written}` from the comment"),
            )
        };
        let (applicability, title) = if is_ours {
            (Applicability::Safe, title)
        } else {
            (
                Applicability::Unsafe,
                format!("{title}; {} may still need it", comment.tool.as_str()),
            )
        };
        let fix = edit.map(|edit| Fix::new(title, applicability, vec![edit]));
        let message = format!("`{written}` is ignored, but nothing here goes against it");
        let finding = cx.report(name.name.span, message);
        finding.also_suppress_at(Span::empty(covers.start));
        if is_ours {
            finding.help("remove it");
        } else {
            let help = format!(
                "remove it, unless {} itself still needs it",
                comment.tool.as_str()
            );
            finding.help(help).severity(Severity::Info);
        }
        finding.fixes.extend(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, dockerfile, fixed};

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "unused-suppression",
            r#"
# dockworthy: ignore[latest-tag,untagged-image until=2030-01-01] why
#                    ^^^^^^^^^^ warning: `latest-tag` is ignored, but nothing here goes against it
FROM debian
# hadolint ignore=DL3007,DL4000
#                        ^^^^^^ info: `DL4000` is ignored
#                 ^^^^^^ info: `DL3007` is ignored
USER root
RUN a \
  # hadolint ignore=DL3004
  #                 ^^^^^^ info: `DL3004` is ignored
  b
"#,
        );
        compose(
            "unused-suppression",
            "services:\n  a:\n    image: b:1 # dockworthy: ignore[untagged-image]\n    #                               ^^^^^^^^^^^^^^ `untagged-image` is ignored\n",
        );
    }

    #[test]
    fn what_is_used_or_undecided_is_silent() {
        for comment in [
            "# hadolint ignore=DL3006",
            "# hadolint global ignore=DL3006",
            "# hadolint stage ignore=DL3006",
            "# hadolint ignore=DL9999,SC9999",
            "# tally ignore=all",
            "# dockerfile-utils: ignore",
            "# dockworthy: ignore[unused-suppression, DL3006]",
            "# dockworthy: ignore[latest-tag, unused-suppression]",
            "# dockworthy: ignore[no-such-rule]",
        ] {
            dockerfile("unused-suppression", &format!("{comment}\nFROM debian\n"));
        }
        dockerfile(
            "unused-suppression",
            "# check=skip=JSONArgsRecommended\nFROM debian\nCMD a b\n",
        );
    }

    #[test]
    fn a_file_with_syntax_errors_is_silent() {
        dockerfile(
            "unused-suppression",
            "# dockworthy: ignore[latest-tag]\nFROM debian:1\nRUNN a\n",
        );
    }

    #[test]
    fn what_covers_nothing_is_marked() {
        dockerfile(
            "unused-suppression",
            "FROM debian\n# dockworthy: ignore-file[latest-tag]\n#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `ignore-file` has no effect behind the beginning\nRUN a\n# hadolint ignore=DL3006\n#^^^^^^^^^^^^^^^^^^^^^^^ warning: nothing follows\n",
        );
    }

    #[test]
    fn an_expired_one_that_is_not_needed_is_marked() {
        dockerfile(
            "unused-suppression",
            "# dockworthy: ignore[latest-tag until=2026-12-31]\n#                    ^^^^^^^^^^ `latest-tag`\nFROM debian:1\n",
        );
        dockerfile(
            "unused-suppression",
            "# dockworthy: ignore[latest-tag until=2026-12-31]\nFROM debian:latest\n",
        );
    }

    #[test]
    fn fixing_takes_away_what_has_no_effect() {
        let threshold = Applicability::Safe;
        for (before, after) in [
            ("# dockworthy: ignore[latest-tag]\nFROM a:1\n", "FROM a:1\n"),
            (
                "FROM a:1\r\n \t# dockworthy: ignore[latest-tag]  \r\nRUN b\r\n",
                "FROM a:1\r\nRUN b\r\n",
            ),
            (
                "FROM a\nRUN b \\\n  # dockworthy: ignore[latest-tag, root-user]\n  c\n",
                "FROM a\nRUN b \\\n  c\n",
            ),
            (
                "# dockworthy: ignore[latest-tag untagged-image, root-user] b\nFROM a\n",
                "# dockworthy: ignore[untagged-image] b\nFROM a\n",
            ),
            (
                "# hadolint ignore=DL3007\nFROM a:1\n",
                "# hadolint ignore=DL3007\nFROM a:1\n",
            ),
            (
                "# dockworthy: ignore[latest-tag]\n# escape=`\nFROM a:1\n",
                "# dockworthy: ignore[latest-tag]\n# escape=`\nFROM a:1\n",
            ),
            ("FROM a:1\n# dockworthy: ignore[latest-tag]", "FROM a:1\n"),
        ] {
            assert_eq!(fixed("unused-suppression", threshold, before), after);
        }
        let before = "# check=skip=StageNameCasing,MaintainerDeprecated;error=true\nFROM a:1\n";
        let after = fixed("unused-suppression", Applicability::Unsafe, before);
        assert!(after.ends_with("error=true\nFROM a:1\n"), "{after}");
    }
}
