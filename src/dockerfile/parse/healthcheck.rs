//! `HEALTHCHECK [flags] CMD command` and `HEALTHCHECK NONE`.

use crate::diagnostic::{Applicability, Fix, SyntaxError};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};

use super::super::ast::{Command, Flag, Healthcheck};
use super::super::nearest::nearest;
use super::super::word::Word;
use super::flags;
use super::reader::Reader;
use super::{command, missing};

/// Reads `HEALTHCHECK`; `all` is what errors about missing words point to.
pub(super) fn healthcheck<'l>(
    reader: &mut Reader<'l, '_>,
    found: &[Flag],
    text: &'l str,
    all: Span,
) -> Healthcheck {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (test, rest) = (&text[..end], text[end..].trim_start());
    let mut healthcheck = Healthcheck {
        interval: flags::plain(found, "interval"),
        timeout: flags::plain(found, "timeout"),
        start_period: flags::plain(found, "start-period"),
        start_interval: flags::plain(found, "start-interval"),
        retries: flags::plain(found, "retries"),
        test: (!test.is_empty()).then(|| reader.spanned(test)),
        command: None,
    };
    if test.is_empty() {
        reader.error(missing(
            all,
            "`HEALTHCHECK` has no arguments",
            "write `HEALTHCHECK CMD command` or `HEALTHCHECK NONE`",
        ));
        return healthcheck;
    }
    healthcheck.command = command::command(reader, rest);
    if test.eq_ignore_ascii_case("none") {
        if !rest.is_empty() {
            let message = "`HEALTHCHECK NONE` takes no arguments";
            reader.error(
                SyntaxError::new("extra-arguments", reader.span(rest), message)
                    .with_help("remove them; a comment needs a line of its own"),
            );
        }
        return healthcheck;
    }
    if !test.eq_ignore_ascii_case("cmd") {
        reader.error(unknown_test(reader, test));
    } else if is_empty(healthcheck.command.as_ref()) {
        let message = "`HEALTHCHECK CMD` is not followed by a command";
        reader.error(
            SyntaxError::new("invalid-healthcheck", reader.span(test), message)
                .with_help("write the command behind `CMD`"),
        );
    }
    for (name, value) in [
        ("interval", &healthcheck.interval),
        ("timeout", &healthcheck.timeout),
        ("start-period", &healthcheck.start_period),
        ("start-interval", &healthcheck.start_interval),
    ] {
        if let Some(value) = value {
            check_duration(reader, name, value);
        }
    }
    if let Some(value) = &healthcheck.retries {
        check_retries(reader, value);
    }
    healthcheck
}

fn is_empty(command: Option<&Command>) -> bool {
    match command {
        None => true,
        Some(Command::Exec(exec)) => exec.arguments.is_empty(),
        Some(Command::Shell(_)) => false,
    }
}

fn unknown_test(reader: &Reader<'_, '_>, test: &str) -> SyntaxError {
    let span = reader.span(test);
    let message = format!("`{}` is neither `CMD` nor `NONE`", excerpt(test));
    let error = SyntaxError::new("invalid-healthcheck", span, message)
        .with_help("write `HEALTHCHECK CMD command` or `HEALTHCHECK NONE`");
    if test.starts_with("--") {
        return error;
    }
    let fix = match nearest(test, ["CMD", "NONE"]) {
        Some(near) => Edit::replace(span, near),
        None => Edit::insert(span.start, "CMD "),
    };
    error.with_fix(Fix::new(
        "make it a command to run; it may not be what was meant",
        Applicability::Unsafe,
        vec![fix],
    ))
}

fn check_duration(reader: &mut Reader<'_, '_>, name: &str, value: &Word) {
    let text = &*value.raw;
    let (message, help) = match nanoseconds(text) {
        // An empty value stands for the default, as does 0.
        Some(0) => return,
        None if text.is_empty() => return,
        Some(1_000_000..) => return,
        Some(_) => (
            format!("`--{name}` is shorter than 1ms"),
            "write at least `1ms`, or `0s` for the default".to_owned(),
        ),
        None if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => (
            format!("`{}` has no unit", excerpt(text)),
            format!("write `{}s` if seconds are meant", excerpt(text)),
        ),
        None => (
            format!("`{}` is no duration", excerpt(text)),
            "write numbers with units, such as `30s` or `1m30s`".to_owned(),
        ),
    };
    let mut error = SyntaxError::new("invalid-healthcheck", value.span, message).with_help(help);
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        error = error.with_fix(Fix::new(
            "add `s` for seconds; another unit may be meant",
            Applicability::Unsafe,
            vec![Edit::insert(value.span.end, "s")],
        ));
    }
    reader.error(error);
}

/// A duration as Go's `time.ParseDuration` reads it, in nanoseconds.
fn nanoseconds(text: &str) -> Option<i64> {
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total: f64 = 0.0;
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !(c.is_ascii_digit() || c == '.'))
            .unwrap_or(rest.len());
        let number: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let unit = rest
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(rest.len());
        total += number
            * match &rest[..unit] {
                "ns" => 1.0,
                "us" | "µs" | "μs" => 1e3,
                "ms" => 1e6,
                "s" => 1e9,
                "m" => 60e9,
                "h" => 3600e9,
                _ => return None,
            };
        rest = &rest[unit..];
    }
    // 2^63: the longest duration that Go can hold.
    if total >= 9_223_372_036_854_775_808.0 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range was checked above, and a fraction of a nanosecond is nothing"
    )]
    let total = total as i64;
    Some(if negative { -total } else { total })
}

fn check_retries(reader: &mut Reader<'_, '_>, value: &Word) {
    let text = &*value.raw;
    if text.is_empty() || text.parse::<i32>().is_ok_and(|retries| retries >= 0) {
        return;
    }
    let message = format!("`{}` is no number of retries", excerpt(text));
    reader.error(
        SyntaxError::new("invalid-healthcheck", value.span, message)
            .with_help("write a whole number of at least 1, or 0 for the default"),
    );
}

#[cfg(test)]
mod tests {
    use super::super::tests::{errors, fixed};
    use super::*;

    #[test]
    fn durations_are_read_as_go_reads_them() {
        for (text, expected) in [
            ("30s", Some(30_000_000_000)),
            ("1m30s", Some(90_000_000_000)),
            ("1.5ms", Some(1_500_000)),
            ("-1s", Some(-1_000_000_000)),
            ("0", Some(0)),
            ("30", None),
            ("", None),
            ("s", None),
            ("1d", None),
            ("1 s", None),
        ] {
            assert_eq!(nanoseconds(text), expected, "{text}");
        }
    }

    #[test]
    fn the_test_is_a_command_or_none() {
        assert_eq!(errors("FROM a\nHEALTHCHECK cmd b\nHEALTHCHECK none"), []);
        assert_eq!(
            errors("FROM a\nHEALTHCHECK CMD"),
            [("invalid-healthcheck", "CMD")]
        );
        assert_eq!(
            errors("FROM a\nHEALTHCHECK CMD []"),
            [("invalid-healthcheck", "CMD")]
        );
        assert_eq!(
            errors("FROM a\nHEALTHCHECK curl b"),
            [("invalid-healthcheck", "curl")]
        );
        assert_eq!(
            fixed("FROM a\nHEALTHCHECK curl b"),
            "FROM a\nHEALTHCHECK CMD curl b"
        );
        assert_eq!(
            errors("FROM a\nHEALTHCHECK NONE b"),
            [("extra-arguments", "b")]
        );
    }

    #[test]
    fn durations_and_retries_are_checked() {
        let text = "FROM a\nHEALTHCHECK --interval=30 --timeout=1us --start-period=-1s \
            --start-interval=x --retries=-1 CMD b";
        let rules: Vec<&str> = errors(text).iter().map(|(_, text)| *text).collect();
        assert_eq!(rules, ["30", "1us", "-1s", "x", "-1"]);
        assert_eq!(
            errors("FROM a\nHEALTHCHECK --interval=0s --timeout= --retries=0 CMD b"),
            [("flag-missing-value", "--timeout=")]
        );
        assert_eq!(
            errors("FROM a\nHEALTHCHECK --interval=$b CMD c"),
            [("invalid-healthcheck", "$b")]
        );
    }
}
