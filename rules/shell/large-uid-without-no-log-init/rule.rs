//! Flags `useradd` with a large number and without `--no-log-init`.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::account::{USER_OPTIONS, option};
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::text::Edit;

/// The first number of six digits: its row in `lastlog`, of 292 bytes, stands behind 29 MB.
const LARGE: u32 = 100_000;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.program(&["useradd"], check);
}

fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let Some(invocation) = found.command.unwrapped() else {
        return;
    };
    if !invocation.is_any(&["useradd"]) || cx.model.run().is_none() {
        return;
    }
    let has_option = |name| invocation.flag(name, USER_OPTIONS).is_some();
    let Some(value) = option(&invocation, USER_OPTIONS, &["u", "uid"]) else {
        return;
    };
    let number: Option<u32> = value.text.and_then(|text| text.parse().ok());
    let Some(number) = number.filter(|number| *number >= LARGE) else {
        return;
    };
    if has_option("l") || has_option("no-log-init") {
        return;
    }
    let at = invocation.name_word().span.end;
    let edits = vec![Edit::insert(at, " --no-log-init")];
    let message = format!("`useradd` writes log files as long as the number {number} is large");
    cx.report(value.word.span, message)
        .help("add `--no-log-init`")
        .fix(Fix::new("add `--no-log-init`", Applicability::Safe, edits));
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_number_is_marked_however_it_is_given() {
        dockerfile(
            "large-uid-without-no-log-init",
            r#"
FROM debian:13
RUN useradd -u 99999 a && sudo /usr/sbin/useradd -mu100000 b
#                                                ^^^^^^^^^ `useradd` writes log files as long as the number 100000
RUN useradd -G x \
  --uid 4294967294 c
#       ^^^^^^^^^^ `useradd` writes
RUN useradd -d -l -u 123456 c; echo useradd -u 123456; usermod -u 123456 c
#                    ^^^^^^ `useradd` writes
CMD useradd -u 123456 d
"#,
        );
    }

    #[test]
    fn the_option_stands_right_behind_the_command() {
        let fixed = fixed(
            "large-uid-without-no-log-init",
            Applicability::Safe,
            "FROM a\r\nRUN useradd \\\r\n  -u 123456 a\r\n",
        );
        assert_eq!(
            fixed,
            "FROM a\r\nRUN useradd --no-log-init \\\r\n  -u 123456 a\r\n"
        );
    }
}
