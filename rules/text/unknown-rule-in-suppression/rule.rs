//! Flags names in suppression comments that no rule has.

use crate::diagnostic::{Applicability, Fix};
use crate::engine::suppress::dialect::Tool;
use crate::engine::suppress::silence::{Outcome, SuppressionUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.suppression(check);
}

fn check(suppression: &SuppressionUse<'_>, cx: &mut Context<'_, ()>) {
    let comment = suppression.comment;
    for name in &suppression.names {
        let Outcome::Unknown { nearest } = name.outcome else {
            continue;
        };
        let span = name.name.span;
        let written = excerpt(span.text(cx.text()));
        let message = match comment.tool {
            Tool::Dockworthy => format!("no rule is called `{written}`"),
            tool => format!(
                "neither dockworthy nor {} has a rule `{written}`",
                tool.as_str()
            ),
        };
        let finding = cx.report(span, message);
        if let Some(covers) = comment.covers {
            finding.also_suppress_at(Span::empty(covers.start));
        }
        match nearest {
            Some(nearest) => finding
                .help(format!("did you mean `{nearest}`?"))
                .fix(Fix::new(
                    format!("write `{nearest}`, if that is the rule that was meant"),
                    Applicability::Unsafe,
                    vec![Edit::replace(span, nearest)],
                )),
            None => finding.help("`dockworthy rules` lists the names"),
        };
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "unknown-rule-in-suppression",
            r#"
# dockworthy: ignore[root-user, rot-user until=2027-01-31] why
#                               ^^^^^^^^ warning: no rule is called `rot-user`
FROM a:1
# hadolint ignore=DL3008,latest
#                        ^^^^^^ neither dockworthy nor hadolint has a rule `latest`
# check=skip=JSONArgs,StageNameCasing
#            ^^^^^^^^ neither dockworthy nor BuildKit has a rule `JSONArgs`
RUN b \
  # tally ignore=tally/no-such-rule,DLxxxx
  #                                 ^^^^^^ neither dockworthy nor tally
  c
"#,
        );
        compose(
            "unknown-rule-in-suppression",
            "services:\n  a:\n    image: b # dockworthy: ignore[image-tag]\n    #                             ^^^^^^^^^ no rule is called `image-tag`\n",
        );
    }

    #[test]
    fn the_directive_of_buildkit_is_read() {
        dockerfile(
            "unknown-rule-in-suppression",
            "# check=error=true;skip=StageNameCasing,StageCasing\n#                                       ^^^^^^^^^^^ neither\nFROM a\n",
        );
    }

    #[test]
    fn names_of_tools_are_known() {
        for comment in [
            "# hadolint ignore=DL3999,sc1000",
            "# dockworthy: ignore[DF999, tally/x, SC2086, CopyIgnoredFile, S1234]",
            "# checkov:skip=CKV_SECRET_6:x",
            "# trivy:ignore:AVD-DS-0099",
            "# shellcheck disable=add-default-case",
            "# tally ignore=max-lines",
        ] {
            dockerfile(
                "unknown-rule-in-suppression",
                &format!("{comment}\nFROM a\n"),
            );
        }
    }

    #[test]
    fn it_can_be_silenced_itself() {
        dockerfile(
            "unknown-rule-in-suppression",
            "# dockworthy: ignore[of-mine, unknown-rule-in-suppression]\nFROM a\n",
        );
    }

    #[test]
    fn thousands_of_names_are_no_trouble() {
        let names: Vec<String> = (0..5000).map(|number| format!("a{number}b")).collect();
        let text = format!("# dockworthy: ignore[{}]\nFROM a\n", names.join(","));
        let ruleset = crate::engine::ruleset::Ruleset::build(
            crate::rules::RULES,
            &crate::engine::settings::Settings::default(),
        );
        let source = crate::text::SourceFile::from_text(
            crate::text::FileId(0),
            "Dockerfile".into(),
            text.as_str(),
        );
        let kind = crate::workspace::kind::Kind::Dockerfile;
        let linted = crate::check::lint(&source, kind, &ruleset, None);
        assert!(linted.diagnostics.len() >= 5000);
    }
}
