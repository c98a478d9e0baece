//! Durations: `1h30m`, `500ms`.
//!
//! Dockerfiles use Go's `time.ParseDuration` (HEALTHCHECK flags); Compose uses go-str2duration, which is the
//! same with days and weeks (compose-go `types/duration.go`).

use nom::bytes::complete::take_while1;
use nom::character::complete::{char, digit0, digit1, one_of};
use nom::combinator::{opt, recognize};
use nom::sequence::preceded;
use nom::{IResult, Parser, branch::alt};

use super::{GrammarError, excerpt, is_known};

/// Which units exist.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Units {
    /// `ns`, `us`, `ms`, `s`, `m`, `h`.
    Go,
    /// Those of Go, and `d` and `w`.
    Compose,
}

impl Units {
    /// The length of a unit in nanoseconds.
    fn nanoseconds(self, unit: &str) -> Option<u64> {
        Some(match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            "d" if self == Units::Compose => 86_400_000_000_000,
            "w" if self == Units::Compose => 604_800_000_000_000,
            _ => return None,
        })
    }
}

/// A length of time, possibly negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Duration {
    /// In nanoseconds.
    pub nanoseconds: i64,
}

/// Reads a duration; `None` if a variable is in it.
pub fn parse(text: &str, units: Units) -> Result<Option<Duration>, GrammarError> {
    if !is_known(text) {
        return Ok(None);
    }
    let whole = |message: String| GrammarError::new(0..text.len(), message);
    let shown = excerpt(text);
    let (sign, unsigned) = match opt(sign).parse(text) {
        Ok((rest, sign)) => (sign, rest),
        Err(_) => (None, text),
    };
    if unsigned == "0" {
        return Ok(Some(Duration { nanoseconds: 0 }));
    }
    if unsigned.is_empty() {
        let what = if text.is_empty() {
            "duration is empty".to_owned()
        } else {
            not_a_duration(&shown)
        };
        return Err(whole(what));
    }
    let mut rest = unsigned;
    let mut total = 0_i128;
    while !rest.is_empty() {
        let Ok((after, number)) = number(rest) else {
            return Err(whole(not_a_duration(&shown)));
        };
        let start = text.len() - after.len();
        let Ok((next, unit)) = unit(after) else {
            let help = if text.bytes().all(|byte| byte.is_ascii_digit()) {
                format!("write `{text}s` for seconds")
            } else {
                "end it with a unit such as `s`".to_owned()
            };
            return Err(whole(format!("duration `{shown}` has no unit")).with_help(help));
        };
        let Some(length) = units.nanoseconds(unit) else {
            let message = format!("`{}` is not a unit of time", excerpt(unit));
            let known = match units {
                Units::Go => "use `ns`, `us`, `ms`, `s`, `m` or `h`",
                Units::Compose => "use `ns`, `us`, `ms`, `s`, `m`, `h`, `d` or `w`",
            };
            return Err(GrammarError::new(start..start + unit.len(), message).with_help(known));
        };
        total = total.saturating_add(scaled(number, length));
        rest = next;
    }
    let signed = if sign == Some('-') { -total } else { total };
    match i64::try_from(signed) {
        Ok(nanoseconds) => Ok(Some(Duration { nanoseconds })),
        Err(_) => Err(whole(format!("duration `{shown}` is too long"))),
    }
}

fn not_a_duration(shown: &str) -> String {
    format!("`{shown}` is not a duration")
}

/// A number's digits times a unit, rounded down to the nanosecond.
fn scaled(number: &str, length: u64) -> i128 {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole: u64 = if whole.is_empty() {
        0
    } else {
        whole.parse().unwrap_or(u64::MAX)
    };
    // Sixteen digits hold a nanosecond of the longest unit.
    let digits = fraction.bytes().take(16);
    let (part, scale) = digits.fold((0_i128, 1_i128), |(part, scale), digit| {
        (part * 10 + i128::from(digit - b'0'), scale * 10)
    });
    let length = i128::from(length);
    i128::from(whole) * length + part * length / scale
}

fn sign(input: &str) -> IResult<&str, char> {
    one_of("+-").parse(input)
}

/// Digits, a dot and digits, of which one of both may be missing.
fn number(input: &str) -> IResult<&str, &str> {
    let whole = recognize((digit1, opt(preceded(char('.'), digit0))));
    let fraction = recognize(preceded(char('.'), digit1));
    alt((whole, fraction)).parse(input)
}

fn unit(input: &str) -> IResult<&str, &str> {
    take_while1(|c: char| c != '.' && !c.is_ascii_digit()).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000_000;

    #[test]
    fn durations() {
        for (text, nanoseconds) in [
            ("0", 0),
            ("-0", 0),
            ("0s", 0),
            ("1ns", 1),
            ("1us", 1_000),
            ("1µs", 1_000),
            ("1μs", 1_000),
            ("500ms", SECOND / 2),
            ("30s", 30 * SECOND),
            ("1m30s", 90 * SECOND),
            ("1h", 3600 * SECOND),
            ("1.5s", 3 * SECOND / 2),
            (".5s", SECOND / 2),
            ("1.s", SECOND),
            ("+5s", 5 * SECOND),
            ("-5s", -5 * SECOND),
            ("1s1s", 2 * SECOND),
            ("0.000000001s", 1),
            ("0.3333333333333333333h", 1_199_999_999_999),
            ("2562047h47m16s", 9_223_372_036 * SECOND),
        ] {
            for units in [Units::Go, Units::Compose] {
                assert_eq!(
                    parse(text, units),
                    Ok(Some(Duration { nanoseconds })),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn compose_knows_days_and_weeks() {
        for (text, seconds) in [("1d", 86_400), ("2w", 1_209_600), ("1w1d1h", 694_800)] {
            let nanoseconds = seconds * SECOND;
            assert_eq!(
                parse(text, Units::Compose),
                Ok(Some(Duration { nanoseconds })),
                "{text}"
            );
            assert!(parse(text, Units::Go).is_err(), "{text}");
        }
    }

    #[test]
    fn a_variable_makes_it_unknown() {
        assert_eq!(parse("${T}s", Units::Go), Ok(None));
    }

    #[test]
    fn errors() {
        for (text, range, message) in [
            ("", "", "duration is empty"),
            ("-", "-", "`-` is not a duration"),
            ("30", "30", "duration `30` has no unit"),
            ("1m30", "1m30", "duration `1m30` has no unit"),
            ("s", "s", "`s` is not a duration"),
            (".s", ".s", "`.s` is not a duration"),
            ("5 s", " s", "` s` is not a unit of time"),
            ("5min", "min", "`min` is not a unit of time"),
            ("5S", "S", "`S` is not a unit of time"),
            ("1s 5m", "s ", "`s ` is not a unit of time"),
            ("1y", "y", "`y` is not a unit of time"),
            ("1.2.3s", "1.2.3s", "duration `1.2.3s` has no unit"),
            ("--1s", "--1s", "`--1s` is not a duration"),
            (
                "9999999999h",
                "9999999999h",
                "duration `9999999999h` is too long",
            ),
            (
                "99999999999999999999999s",
                "99999999999999999999999s",
                "duration `99999999999999999999999s` is too long",
            ),
        ] {
            let error = parse(text, Units::Compose).expect_err(text);
            assert_eq!(
                (&text[error.range], &*error.message),
                (range, message),
                "{text}"
            );
        }
    }
}
