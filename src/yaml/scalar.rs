//! What a scalar means to Docker's YAML reader.
//!
//! Compose reads with go-yaml, whose rules are YAML 1.2's with a few of 1.1's: `012` is octal and `1_000` a
//! number, but `yes` and `1:30` are text. All of it was checked against `docker compose config` 5.6.1.
//!
//! Not for: Compose's casts by path, which come after interpolation.

use super::ScalarStyle;
use super::node::CoreTag;

/// A scalar's text and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scalar<'d> {
    /// The text, unquoted, unescaped and folded.
    pub value: &'d str,
    /// How it is written.
    pub style: ScalarStyle,
    /// Its explicit tag; [`CoreTag::Other`] for those that are not YAML's own, such as `!reset`.
    pub tag: Option<CoreTag>,
}

/// The type and value of a scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolved {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`; never `yes` or `on`.
    Bool(bool),
    /// A whole number of at most 64 bits, signed or not.
    Int(i128),
    /// Any other number, infinity and not-a-number included.
    Float(f64),
    /// Text. Timestamps are text too; see [`Scalar::is_timestamp`].
    Str,
}

impl Scalar<'_> {
    /// The type and value that the scalar has for Compose. Quoted and block scalars are text unless they
    /// have a tag such as `!!int`; scalars with a tag of another kind are always text.
    pub fn resolve(self) -> Resolved {
        match self.tag {
            None if self.style == ScalarStyle::Plain => resolve(self.value),
            Some(CoreTag::Int | CoreTag::Bool | CoreTag::Null) => resolve(self.value),
            Some(CoreTag::Float) => match resolve(self.value) {
                #[expect(clippy::cast_precision_loss, reason = "the reader converts like this")]
                Resolved::Int(number) => Resolved::Float(number as f64),
                other => other,
            },
            _ => Resolved::Str,
        }
    }

    /// Whether the scalar is nothing: `key:` without a value, `~` or `null`.
    pub fn is_null(self) -> bool {
        self.resolve() == Resolved::Null
    }

    /// Whether Compose takes the scalar for a timestamp and writes it out in another form, as it does with
    /// an unquoted `2024-01-01` in `environment` (go-yaml, `parseTimestamp`).
    pub fn is_timestamp(self) -> bool {
        let typed = match self.tag {
            None => self.style == ScalarStyle::Plain,
            Some(tag) => tag == CoreTag::Timestamp,
        };
        typed && timestamp(self.value).is_some()
    }
}

fn resolve(text: &str) -> Resolved {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Resolved::Null,
        "true" | "True" | "TRUE" => return Resolved::Bool(true),
        "false" | "False" | "FALSE" => return Resolved::Bool(false),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Resolved::Float(f64::INFINITY);
        }
        "-.inf" | "-.Inf" | "-.INF" => return Resolved::Float(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => return Resolved::Float(f64::NAN),
        "-0" => return Resolved::Float(-0.0),
        _ => {}
    }
    if !text.starts_with([
        '+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
    ]) {
        return Resolved::Str;
    }
    let plain = text.replace('_', "");
    if let Some(number) = integer(&plain) {
        return Resolved::Int(number);
    }
    if is_decimal(&plain)
        && let Ok(number) = plain.parse()
    {
        return Resolved::Float(number);
    }
    Resolved::Str
}

/// A whole number with an optional sign, in base 16, 2, 8 (`0o17` or `017`) or 10, that fits a signed or an
/// unsigned integer of 64 bits.
fn integer(text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix(['+', '-']) {
        Some(digits) => (text.starts_with('-'), digits),
        None => (false, text),
    };
    let (digits, base) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&digits[2..], 16),
        [b'0', b'b' | b'B', ..] => (&digits[2..], 2),
        [b'0', b'o' | b'O', ..] => (&digits[2..], 8),
        [b'0', _, ..] => (&digits[1..], 8),
        _ => (digits, 10),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let number = i128::from_str_radix(digits, base).ok()?;
    let number = if negative { -number } else { number };
    (i128::from(i64::MIN)..=i128::from(u64::MAX))
        .contains(&number)
        .then_some(number)
}

/// Whether a text is digits with at most one point, an optional sign and an optional exponent.
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let mantissa = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_is_right = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    !(whole.is_empty() && fraction.is_empty())
        && digits(whole)
        && digits(fraction)
        && exponent_is_right
}

/// What becomes of `2024-1-2`, and of that with `T`, `t` and a time with a zone, or a blank and a time without, when
/// Compose writes it out: `2024-01-02 00:00:00 +0000 UTC` (`Time.String` of Go). `None` for what is no timestamp.
///
/// A zone other than UTC is written as on a machine that is not in it.
pub fn timestamp(text: &str) -> Option<String> {
    let (year, rest) = text.split_once('-')?;
    let (month, rest) = rest.split_once('-')?;
    let day_len = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (day, time) = rest.split_at(day_len);
    if year.len() != 4 {
        return None;
    }
    let year = number(year, 4, 0..=9999)?;
    let month = number(month, 2, 1..=12)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day = number(day, 2, 1..=days)?;
    let date = format!("{year:04}-{month:02}-{day:02}");
    if time.is_empty() {
        return Some(format!("{date} 00:00:00 +0000 UTC"));
    }
    let zoned = time.starts_with(['T', 't']);
    let time = time.strip_prefix(['T', 't', ' '])?;
    let mut zone = "+0000 UTC".to_owned();
    let clock = match time.strip_suffix('Z') {
        Some(clock) if zoned => clock,
        None if zoned => {
            let sign = time.rfind(['+', '-'])?;
            let (hours, minutes) = time[sign + 1..].split_once(':')?;
            if hours.len() != 2 || minutes.len() != 2 {
                return None;
            }
            let is_other = number(hours, 2, 0..=24)? + number(minutes, 2, 0..=60)? > 0;
            if is_other {
                let offset = time[sign..].replace(':', "");
                zone = format!("{offset} {offset}");
            }
            &time[..sign]
        }
        _ => time,
    };
    let (hour, rest) = clock.split_once(':')?;
    let (minute, second) = rest.split_once(':')?;
    let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
    let hour = number(hour, 2, 0..=23)?;
    let minute = number(minute, 2, 0..=59)?;
    let second = number(second, 2, 0..=59)?;
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Nanoseconds, without zeros at the end.
    let fraction = &fraction[..fraction.len().min(9)];
    let fraction = match fraction.trim_end_matches('0') {
        "" => String::new(),
        digits => format!(".{digits}"),
    };
    Some(format!(
        "{date} {hour:02}:{minute:02}:{second:02}{fraction} {zone}"
    ))
}

fn number(text: &str, max_len: usize, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
    let is_number = text.len() <= max_len && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| is_number)?;
    range.contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(value: &str) -> Scalar<'_> {
        Scalar {
            value,
            style: ScalarStyle::Plain,
            tag: None,
        }
    }

    #[test]
    fn whole_numbers_are_read_as_compose_reads_them() {
        for (text, number) in [
            ("0", 0),
            ("+0", 0),
            ("012", 10),
            ("-012", -10),
            ("0_12", 10),
            ("0o17", 15),
            ("0O17", 15),
            ("-0o17", -15),
            ("0x1F", 31),
            ("+0x1F", 31),
            ("0x_F", 15),
            ("0b11", 3),
            ("1_000", 1000),
            ("1_", 1),
            ("18446744073709551615", i128::from(u64::MAX)),
            ("-9223372036854775808", i128::from(i64::MIN)),
        ] {
            assert_eq!(plain(text).resolve(), Resolved::Int(number), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_floats() {
        for (text, number) in [
            ("08", 8.0),
            ("089", 89.0),
            (".5", 0.5),
            ("+.5", 0.5),
            (".5_0", 0.5),
            ("1.", 1.0),
            ("1e3", 1000.0),
            ("1.e3", 1000.0),
            ("1_000.5", 1000.5),
            ("18446744073709551616", 18_446_744_073_709_551_616.0),
            ("-9223372036854775809", -9_223_372_036_854_775_809.0),
            ("-.inf", f64::NEG_INFINITY),
        ] {
            assert_eq!(plain(text).resolve(), Resolved::Float(number), "{text}");
        }
        let zero = plain("-0").resolve();
        assert!(matches!(zero, Resolved::Float(zero) if zero.is_sign_negative()));
    }

    #[test]
    fn what_only_looks_like_a_number_is_text() {
        for text in [
            "_1", "0x", "0o18", "1e", ".", ".e3", "-", "--", "+", "1:30", "22:22", "1.2.3", "inf",
            "nan", "infinity", "0xg", "0x-1", "1-2", "é", "1é",
        ] {
            assert_eq!(plain(text).resolve(), Resolved::Str, "{text}");
        }
    }

    #[test]
    fn only_true_and_false_are_booleans() {
        for text in ["yes", "no", "on", "off", "y", "n", "tRue"] {
            assert_eq!(plain(text).resolve(), Resolved::Str, "{text}");
        }
        assert_eq!(plain("True").resolve(), Resolved::Bool(true));
        assert_eq!(plain("FALSE").resolve(), Resolved::Bool(false));
    }

    #[test]
    fn quotes_and_foreign_tags_make_text() {
        let quoted = Scalar {
            style: ScalarStyle::DoubleQuoted,
            ..plain("12")
        };
        assert_eq!(quoted.resolve(), Resolved::Str);
        let tagged = |tag, text| Scalar {
            tag: Some(tag),
            ..plain(text)
        };
        assert_eq!(tagged(CoreTag::Str, "12").resolve(), Resolved::Str);
        assert_eq!(tagged(CoreTag::Other, "12").resolve(), Resolved::Str);
        assert_eq!(tagged(CoreTag::Other, "~").resolve(), Resolved::Str);
        assert_eq!(tagged(CoreTag::Float, "3").resolve(), Resolved::Float(3.0));
        let quoted = Scalar {
            style: ScalarStyle::SingleQuoted,
            ..tagged(CoreTag::Int, "12")
        };
        assert_eq!(quoted.resolve(), Resolved::Int(12));
    }

    #[test]
    fn timestamps_are_known() {
        for text in [
            "2024-01-01",
            "2024-1-1",
            "2024-02-29",
            "2001-12-14t21:59:43.10-05:00",
            "2001-12-14T21:59:43Z",
            "2001-12-14 21:59:43.10",
        ] {
            assert!(plain(text).is_timestamp(), "{text}");
        }
        for text in [
            "2024-13-01",
            "2023-02-29",
            "24-01-01",
            "2024-01",
            "2024-01-01x",
            "2024-01-01T10:00",
            "2001-12-14 21:59:43Z",
            "2024-01-01é",
        ] {
            assert!(!plain(text).is_timestamp(), "{text}");
        }
    }

    #[test]
    fn timestamps_are_written_as_compose_writes_them() {
        for (text, written) in [
            ("2001-1-4", "2001-01-04 00:00:00 +0000 UTC"),
            ("2001-12-14 1:2:3.120", "2001-12-14 01:02:03.12 +0000 UTC"),
            (
                "2001-12-14T21:59:43.1234567891Z",
                "2001-12-14 21:59:43.123456789 +0000 UTC",
            ),
            ("2001-12-14T21:59:43+00:00", "2001-12-14 21:59:43 +0000 UTC"),
            (
                "2001-12-14t21:59:43.10-05:00",
                "2001-12-14 21:59:43.1 -0500 -0500",
            ),
        ] {
            assert_eq!(timestamp(text).as_deref(), Some(written), "{text}");
        }
    }
}
