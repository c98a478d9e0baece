//! Flags options that allow a version of TLS with known weaknesses.

use crate::diagnostic::{Applicability, Fix};
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::shell::downloads::Tool;
use crate::shell::invocation::{Argument, Flag};
use crate::shell::removal;
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.program(
        &["openssl", "curl", "wget", "aria2c", "axel", "fetch"],
        check,
    );
}

fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let Some(invocation) = found.command.unwrapped() else {
        return;
    };
    let Some(name) = invocation.name() else {
        return;
    };
    if name == "openssl" {
        let mut args = invocation.args().iter();
        if args
            .next()
            .is_some_and(|verb| verb.is("s_client") || verb.is("s_server"))
        {
            let old = ["-ssl2", "-ssl3", "-tls1", "-tls1_1"];
            for word in args.filter(|word| old.iter().any(|old| word.is(old))) {
                let edit = removal::part(found.command, word.span, cx.text());
                report(word.span, "openssl", cx).fix(Fix::new(
                    TITLE,
                    Applicability::Safe,
                    vec![edit],
                ));
            }
        }
        return;
    }
    let Some(tool) = Tool::called(name) else {
        return;
    };
    for argument in invocation.arguments_with(tool.with_value()) {
        let Argument::Flag(flag) = argument else {
            continue;
        };
        if is_weak(tool, &flag) {
            let span = flag.value.map_or(flag.word.span, |value| {
                flag.word.span.cover(value.word.span)
            });
            let edit = removal::option(found.command, &flag, cx.text())
                .filter(|_| found.context.is_exact());
            let fix = edit.map(|edit| Fix::new(TITLE, Applicability::Safe, vec![edit]));
            report(span, name, cx).fixes.extend(fix);
        }
    }
}

const TITLE: &str = "leave the version to the client";

fn report<'c>(
    span: Span,
    name: &str,
    cx: &'c mut Context<'_, ScriptUse<'_>>,
) -> &'c mut crate::diagnostic::Finding {
    let shown: String = span.text(cx.text()).chars().take(40).collect();
    let message = format!("`{shown}` lets `{name}` use a broken version of TLS");
    cx.report(span, message)
        .help("remove it, or ask for at least TLS 1.2")
}

/// Whether an option allows a version before TLS 1.2, by curl(1), GNU Wget's manual and aria2c(1). `--tlsv1` of
/// curl means any version.
fn is_weak(tool: Tool, flag: &Flag<'_>) -> bool {
    let value = flag.value.and_then(|value| value.text);
    match (tool, flag.name) {
        (Tool::Curl, "tlsv1.0" | "tlsv1.1" | "sslv2" | "sslv3" | "2" | "3") => true,
        (Tool::Curl, "tls-max") => matches!(value, Some("1.0" | "1.1")),
        (Tool::Wget, "secure-protocol") => value.is_some_and(|value| {
            ["SSLv2", "SSLv3", "TLSv1", "TLSv1_1"]
                .iter()
                .any(|old| value.eq_ignore_ascii_case(old))
        }),
        (Tool::Aria2, "min-tls-version") => matches!(value, Some("SSLv3" | "TLSv1" | "TLSv1.1")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn old_versions_are_found() {
        dockerfile(
            "weak-tls-version",
            r"
FROM debian:13
RUN curl -3 https://a.example && curl --tlsv1 https://a.example
#        ^^ `-3` lets `curl` use a broken version of TLS
RUN openssl s_client -tls1_1 -connect a.example:443 && openssl s_client -tls1_2 && wget --secure-protocol=auto a
#                    ^^^^^^^ `-tls1_1` lets `openssl` use a broken version
RUN aria2c --min-tls-version=TLSv1.1 https://a.example && echo curl --sslv3
#          ^^^^^^^^^^^^^^^^^^^^^^^^^ `--min-tls-version=TLSv1.1` lets
",
        );
    }

    #[test]
    fn the_fix_takes_the_value_along() {
        assert_eq!(
            fixed(
                "weak-tls-version",
                Applicability::Safe,
                "FROM a\nRUN curl -sL3 --tls-max \\\n  1.1 \\\n  https://a.example && openssl s_client -ssl3 -connect a\n"
            ),
            "FROM a\nRUN curl -sL \\\n  https://a.example && openssl s_client -connect a\n"
        );
    }
}
