//! Byte sizes: `64m`, `1.5 GiB`.
//!
//! All units are powers of 1024. Grammar after `RAMInBytes` of docker/go-units, which Compose calls for
//! memory and BuildKit for the size of a tmpfs mount.

use nom::branch::alt;
use nom::bytes::complete::tag_no_case;
use nom::character::complete::{char, digit0, digit1, one_of};
use nom::combinator::{all_consuming, opt, recognize, value};
use nom::sequence::preceded;
use nom::{IResult, Parser};

use super::{GrammarError, excerpt, is_known};

/// Reads a size in bytes; `None` if a variable is in it. A fraction of a byte is cut off.
pub fn parse(text: &str) -> Result<Option<u64>, GrammarError> {
    if !is_known(text) {
        return Ok(None);
    }
    if text.is_empty() {
        return Err(GrammarError::new(0..0, "size is empty"));
    }
    let shown = excerpt(text);
    let Ok((suffix, number)) = number(text) else {
        return Err(GrammarError::new(
            0..text.len(),
            format!("`{shown}` is not a size"),
        ));
    };
    let suffix = suffix.strip_prefix(' ').unwrap_or(suffix);
    let Ok((_, factor)) = all_consuming(unit).parse(suffix) else {
        let start = text.len() - suffix.len();
        let message = format!("`{}` is not a unit of size", excerpt(suffix));
        let error = GrammarError::new(start..text.len(), message);
        return Err(error.with_help(match suffix {
            // Kubernetes writes `Mi`, Compose does not know it.
            "Ki" | "Mi" | "Gi" | "Ti" | "Pi" => format!("write `{suffix}B`"),
            _ => "use `b`, `k`, `m`, `g`, `t` or `p`".to_owned(),
        }));
    };
    let bytes = match number.parse::<u64>() {
        Ok(whole) => u128::from(whole) * u128::from(factor),
        Err(_) => fractional(number, factor),
    };
    u64::try_from(bytes)
        .ok()
        .filter(|&bytes| i64::try_from(bytes).is_ok())
        .map(Some)
        .ok_or_else(|| GrammarError::new(0..text.len(), format!("size `{shown}` is too large")))
}

/// A number that is no plain integer times a factor, rounded down; too large for a size if it is not one.
fn fractional(number: &str, factor: u64) -> u128 {
    // Exact up to 2^53, far beyond what anyone writes with a fraction.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a float is what the reference uses; casts of floats saturate"
    )]
    number
        .parse::<f64>()
        .map_or(u128::MAX, |number| (number * factor as f64) as u128)
}

/// What Go reads as a decimal number, without a minus sign.
fn number(input: &str) -> IResult<&str, &str> {
    let whole = recognize((digit1, opt(preceded(char('.'), digit0))));
    let fraction = recognize(preceded(char('.'), digit1));
    let exponent = (one_of("eE"), opt(one_of("+-")), digit1);
    recognize((opt(char('+')), alt((whole, fraction)), opt(exponent))).parse(input)
}

/// Nothing, `b`, or a letter with `b` or `ib` behind it, in any case.
fn unit(input: &str) -> IResult<&str, u64> {
    let letter = alt((
        value(1 << 10, one_of("kK")),
        value(1 << 20, one_of("mM")),
        value(1 << 30, one_of("gG")),
        value(1 << 40, one_of("tT")),
        value(1 << 50, one_of("pP")),
    ));
    let scaled = (letter, opt(alt((tag_no_case("ib"), tag_no_case("b")))));
    let (rest, factor) = opt(alt((
        scaled.map(|(factor, _)| factor),
        value(1, tag_no_case("b")),
    )))
    .parse(input)?;
    Ok((rest, factor.unwrap_or(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (text, bytes) in [
            ("0", 0),
            ("512", 512),
            ("512b", 512),
            ("512B", 512),
            ("1k", 1 << 10),
            ("1K", 1 << 10),
            ("1kb", 1 << 10),
            ("1KiB", 1 << 10),
            ("64m", 64 << 20),
            ("64 MB", 64 << 20),
            ("1GiB", 1 << 30),
            ("1g", 1 << 30),
            ("2t", 2 << 40),
            ("1pib", 1 << 50),
            ("1.5g", 3 << 29),
            ("0.5", 0),
            (".5k", 512),
            ("1.k", 1 << 10),
            ("1e3", 1000),
            ("1 ", 1),
            ("9223372036854775807", 9_223_372_036_854_775_807),
        ] {
            assert_eq!(parse(text), Ok(Some(bytes)), "{text}");
        }
        assert_eq!(parse("${MEM}m"), Ok(None));
    }

    #[test]
    fn errors() {
        for (text, range, message) in [
            ("", "", "size is empty"),
            ("m", "m", "`m` is not a size"),
            ("-1", "-1", "`-1` is not a size"),
            (" 1m", " 1m", "` 1m` is not a size"),
            ("512Mi", "Mi", "`Mi` is not a unit of size"),
            ("1gig", "gig", "`gig` is not a unit of size"),
            ("1bb", "bb", "`bb` is not a unit of size"),
            ("1  g", " g", "` g` is not a unit of size"),
            ("1.2.3", ".3", "`.3` is not a unit of size"),
            ("1e", "e", "`e` is not a unit of size"),
            ("1x", "x", "`x` is not a unit of size"),
            (
                "9999999999999p",
                "9999999999999p",
                "size `9999999999999p` is too large",
            ),
            ("1e400", "1e400", "size `1e400` is too large"),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!(
                (&text[error.range], &*error.message),
                (range, message),
                "{text}"
            );
        }
    }
}
