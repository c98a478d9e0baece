//! What a scalar says as a boolean, a number, a size, a duration or a file mode.
//!
//! Not for: saying what is wrong with one that says nothing of the kind (`validate`).

use std::borrow::Cow;

use super::value::Scalar;
use crate::grammar::duration::{self, Duration, Units};
use crate::grammar::size;
use crate::yaml::Resolved;

/// A word that Compose takes for a boolean (`toBoolean` in compose-go's `loader/interpolate.go`).
pub fn boolean_word(word: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
    if is(&["true", "yes", "y", "on"]) {
        Some(true)
    } else if is(&["false", "no", "n", "off"]) {
        Some(false)
    } else {
        None
    }
}

/// The scalar as a boolean.
pub fn boolean(scalar: &Scalar) -> Option<bool> {
    match scalar.resolved() {
        Resolved::Bool(flag) => Some(flag),
        Resolved::Str => boolean_word(scalar.known()?),
        _ => None,
    }
}

/// A decimal whole number, perhaps with a sign, as Go's `strconv.Atoi` reads it.
pub fn whole_number(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// A number as Go's `strconv.ParseFloat` reads it, without hexadecimal ones.
pub fn number(text: &str) -> Option<f64> {
    without_underscores(text).parse().ok()
}

/// The text without the underscores that Go allows between digits.
fn without_underscores(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| {
        let byte = at.and_then(|at| bytes.get(at));
        byte.is_some_and(u8::is_ascii_digit)
    };
    let mut underscores = text.match_indices('_').map(|(at, _)| at).peekable();
    let between = |at: usize| is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
    if underscores.peek().is_some() && underscores.all(between) {
        Cow::Owned(text.replace('_', ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// The scalar as a whole number.
pub fn integer(scalar: &Scalar) -> Option<i64> {
    match scalar.resolved() {
        Resolved::Int(number) => i64::try_from(number).ok(),
        Resolved::Float(number) => whole(number),
        Resolved::Str => whole_number(scalar.known()?),
        _ => None,
    }
}

/// A float without a fraction, as an integer.
pub fn whole(number: f64) -> Option<i64> {
    // Beyond 2^53 not every whole number is a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

/// The scalar as a number.
pub fn float(scalar: &Scalar) -> Option<f64> {
    match scalar.resolved() {
        Resolved::Int(number) =>
        {
            #[expect(clippy::cast_precision_loss, reason = "a float is what is asked for")]
            Some(number as f64)
        }
        Resolved::Float(number) => Some(number),
        Resolved::Str => number(scalar.known()?),
        _ => None,
    }
}

/// The scalar as a number of bytes. A bare number may be negative: `-1` stands for no limit.
pub fn bytes(scalar: &Scalar) -> Option<i64> {
    match scalar.resolved() {
        Resolved::Int(number) => i64::try_from(number).ok(),
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a fraction of a byte is cut off"
        )]
        Resolved::Float(number) => Some(number as i64),
        Resolved::Str => {
            let text = scalar.known()?;
            whole_number(text).or_else(|| {
                let bytes = size::parse(&without_underscores(text)).ok().flatten()?;
                i64::try_from(bytes).ok()
            })
        }
        _ => None,
    }
}

/// The scalar as a duration.
pub fn duration(scalar: &Scalar) -> Option<Duration> {
    match scalar.resolved() {
        Resolved::Str => duration::parse(scalar.known()?, Units::Compose)
            .ok()
            .flatten(),
        _ => None,
    }
}

/// The scalar as a file mode: a number, or text with its octal digits.
pub fn file_mode(scalar: &Scalar) -> Option<u32> {
    match scalar.resolved() {
        Resolved::Int(number) => u32::try_from(number).ok(),
        Resolved::Str => u32::from_str_radix(scalar.known()?, 8).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Cooked;
    use crate::yaml::ScalarStyle;

    fn text(text: &str) -> Scalar {
        let raw = Cooked::verbatim(text, 0).into_owned();
        Scalar::new(raw, ScalarStyle::Plain, Resolved::Str)
    }

    fn typed(resolved: Resolved) -> Scalar {
        let raw = Cooked::verbatim("?", 0).into_owned();
        Scalar::new(raw, ScalarStyle::Plain, resolved)
    }

    #[test]
    fn booleans_have_many_spellings() {
        for (word, flag) in [
            ("true", Some(true)),
            ("YES", Some(true)),
            ("y", Some(true)),
            ("On", Some(true)),
            ("n", Some(false)),
            ("off", Some(false)),
            ("1", None),
            ("t", None),
            ("", None),
            ("${A}", None),
            ("${A:-true}", Some(true)),
        ] {
            assert_eq!(boolean(&text(word)), flag, "{word}");
        }
        assert_eq!(boolean(&typed(Resolved::Bool(false))), Some(false));
        assert_eq!(boolean(&typed(Resolved::Int(1))), None);
    }

    #[test]
    fn numbers_are_read_from_text_and_from_yaml() {
        assert_eq!(integer(&text("+5")), Some(5));
        assert_eq!(integer(&text("0x5")), None);
        assert_eq!(integer(&typed(Resolved::Float(5.0))), Some(5));
        assert_eq!(integer(&typed(Resolved::Float(5.5))), None);
        assert_eq!(float(&text("0.5")), Some(0.5));
        assert_eq!(float(&typed(Resolved::Int(2))), Some(2.0));
    }

    #[test]
    fn sizes_and_modes_are_read() {
        assert_eq!(bytes(&text("1k")), Some(1024));
        assert_eq!(bytes(&text("-1")), Some(-1));
        assert_eq!(bytes(&text("-1k")), None);
        assert_eq!(bytes(&text("1_000k")), Some(1_024_000));
        assert_eq!(bytes(&text("1_k")), None);
        assert_eq!(bytes(&typed(Resolved::Int(7))), Some(7));
        assert_eq!(file_mode(&text("0440")), Some(0o440));
        assert_eq!(file_mode(&text("9")), None);
        assert_eq!(
            duration(&text("1m30s")).map(|d| d.nanoseconds),
            Some(90_000_000_000)
        );
    }
}
