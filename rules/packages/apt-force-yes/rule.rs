//! Flags `apt-get --force-yes`.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::packages::{PackageScript, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::is_true;
use crate::shell::packages::managers::System;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    let text = cx.text();
    for found in script.uses.iter().filter(|found| found.is_of(System::Apt)) {
        let is_yes = found.has_flag(&["y", "yes", "assume-yes"]);
        for flag in found.flags() {
            let span = flag.word.span;
            if flag.name == "force-yes" {
                let finding = cx.report(span, "`--force-yes` also skips the check of signatures");
                finding.help("use `-y`, and name what is to be allowed with `--allow-…`");
                let before = blanks_before(span, text);
                let edit = match before {
                    Some(blanks) if is_yes => Edit::delete(blanks.cover(span)),
                    _ => Edit::replace(span, "-y"),
                };
                if found.command.context.is_exact() {
                    let fix = Fix::new("say only yes", Applicability::Safe, vec![edit]);
                    finding.fix(fix);
                }
            } else if matches!(flag.name, "o" | "option")
                && let Some(value) = flag.value
                && value.text.is_some_and(forces)
            {
                let message = "`APT::Get::force-yes` also skips the check of signatures";
                let finding = cx.report(span.cover(value.word.span), message);
                finding.help("use `-y`, and name what is to be allowed with `--allow-…`");
            }
        }
    }
}

/// Whether a setting is `APT::Get::force-yes` with a yes.
fn forces(setting: &str) -> bool {
    setting.split_once('=').is_some_and(|(name, value)| {
        name.trim().eq_ignore_ascii_case("APT::Get::force-yes") && is_true(value)
    })
}

/// The blanks between a word and the one before it on the same line.
fn blanks_before(span: Span, text: &str) -> Option<Span> {
    let head = Span::new(0, span.start).text(text);
    let blanks = head.len() - head.trim_end_matches([' ', '\t']).len();
    let start = span.start.checked_sub(u32::try_from(blanks).ok()?)?;
    let is_first = start == 0 || head.as_bytes()[start as usize - 1] == b'\n';
    (blanks > 0 && !is_first).then(|| Span::new(start, span.start))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn options_and_settings_count() {
        dockerfile(
            "apt-force-yes",
            r#"
FROM debian:13
RUN apt-get install --force-yes a
#                   ^^^^^^^^^^^ `--force-yes` also skips
RUN sudo apt \
      --force-yes remove b
#     ^^^^^^^^^^^ `--force-yes` also skips
RUN apt-get -o "apt::get::force-yes=1" install a
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^ `APT::Get::force-yes` also
RUN apt-get -o APT::Get::force-yes=false install a && echo apt-get --force-yes && apt-get install -y a
"#,
        );
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(
            fixed(
                "apt-force-yes",
                Applicability::Safe,
                "FROM debian\nRUN apt-get -qy \\\n  --force-yes \\\n  install a\n",
            ),
            "FROM debian\nRUN apt-get -qy \\\n  -y \\\n  install a\n"
        );
    }
}
