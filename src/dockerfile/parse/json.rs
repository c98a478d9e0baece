//! JSON arrays of strings, the exec form.
//!
//! BuildKit tries JSON on anything that begins with `[` and goes on with plain text when it is none
//! (`parser/line_parsers.go`); only an array that holds something else than strings is refused. JSON is
//! as Go's `encoding/json` reads it. Here, what keeps a text from being JSON is found as well.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n};
use nom::character::complete::{digit0, digit1, one_of};
use nom::combinator::{opt, recognize};
use nom::{IResult, Parser};

use crate::diagnostic::{Applicability, Fix, SyntaxError};
use crate::grammar::excerpt;
use crate::text::{CookedBuilder, Edit};

use super::super::ast::{JsonFault, JsonFaultReason};
use super::super::word::Word;
use super::reader::Reader;

/// The nesting that Go's decoder gives up at.
const MAX_DEPTH: usize = 10_000;

/// What an argument text is as JSON.
pub(super) enum Json {
    /// It does not begin with `[`.
    None,
    /// An array. What was no string in it has been reported and stands as it is written.
    Strings(Vec<Word>),
    /// It begins with `[` and is no JSON.
    Broken(JsonFault),
}

/// Reads `text`, a slice of the reader's line without white space around it.
pub(super) fn read<'l>(reader: &mut Reader<'l, '_>, text: &'l str) -> Json {
    if !text.starts_with('[') {
        return Json::None;
    }
    match array(text) {
        Ok(elements) => Json::Strings(
            elements
                .into_iter()
                .map(|element| word(reader, element))
                .collect(),
        ),
        Err(fault) => Json::Broken(JsonFault {
            reason: fault.reason,
            at: reader.span(fault.at),
            is_closed: text.ends_with(']'),
        }),
    }
}

fn word<'l>(reader: &mut Reader<'l, '_>, element: &'l str) -> Word {
    let Some(body) = element
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    else {
        let span = reader.span(element);
        let message = format!("`{}` in the array is not a string", excerpt(element));
        let mut error = SyntaxError::new("invalid-json-array", span, message)
            .with_help("every element has to be a string in double quotes");
        if !element.starts_with(['[', '{', 'n']) {
            error = error.with_fix(Fix::new(
                "put it in quotes",
                Applicability::Safe,
                vec![Edit::insert(span.start, "\""), Edit::insert(span.end, "\"")],
            ));
        }
        reader.error(error);
        return reader.plain(element);
    };
    let span = reader.span(element);
    if !body.contains('\\') {
        return Word::plain(reader.cooked(body), span);
    }
    let mut builder = CookedBuilder::with_capacity(body.len());
    let mut rest = body;
    while !rest.is_empty() {
        let plain = rest.find('\\').unwrap_or(rest.len());
        let (verbatim, behind) = rest.split_at(plain);
        for (at, c) in verbatim.char_indices() {
            let from = reader.file_offset(reader.place(verbatim) + at);
            builder.verbatim(&verbatim[at..at + c.len_utf8()], from);
        }
        let Ok((next, c)) = escape(behind) else {
            break;
        };
        let sequence = &behind[..behind.len() - next.len()];
        builder.replaced(c.encode_utf8(&mut [0; 4]), reader.span(sequence));
        rest = next;
    }
    Word::plain(builder.finish(span.start + 1), span)
}

struct Fault<'t> {
    reason: JsonFaultReason,
    at: &'t str,
}

fn fault<T>(reason: JsonFaultReason, at: &str) -> Result<T, Fault<'_>> {
    Err(Fault { reason, at })
}

/// The elements of an array, each with its bytes. Nothing may follow it.
fn array(text: &str) -> Result<Vec<&str>, Fault<'_>> {
    let mut elements = Vec::new();
    let mut rest = space(&text[1..]);
    if let Some(behind) = rest.strip_prefix(']') {
        return end(behind).map(|()| elements);
    }
    loop {
        let behind = value(rest, elements.is_empty())?;
        elements.push(&rest[..rest.len() - behind.len()]);
        rest = space(behind);
        if let Some(behind) = rest.strip_prefix(',') {
            rest = space(behind);
            if rest.starts_with(']') {
                return fault(JsonFaultReason::StrayComma, token(rest));
            }
        } else if let Some(behind) = rest.strip_prefix(']') {
            return end(behind).map(|()| elements);
        } else {
            return separator_missing(rest);
        }
    }
}

fn end(behind: &str) -> Result<(), Fault<'_>> {
    let behind = space(behind);
    if behind.is_empty() {
        Ok(())
    } else {
        fault(JsonFaultReason::TextBehind, behind)
    }
}

/// Steps over one value of any kind. Nested arrays and objects are followed without recursion.
fn value(text: &str, is_first: bool) -> Result<&str, Fault<'_>> {
    let mut rest = text;
    // For each open bracket, whether it is an object's.
    let mut open: Vec<bool> = Vec::new();
    loop {
        match rest.bytes().next() {
            None => return fault(JsonFaultReason::OpenArray, rest),
            Some(b'"') => rest = string(rest)?,
            Some(bracket @ (b'[' | b'{')) => {
                if open.len() == MAX_DEPTH {
                    return fault(JsonFaultReason::TooDeep, token(rest));
                }
                let is_object = bracket == b'{';
                rest = space(&rest[1..]);
                match rest.strip_prefix(if is_object { '}' } else { ']' }) {
                    Some(behind) => rest = behind,
                    None => {
                        open.push(is_object);
                        if is_object {
                            rest = key(rest)?;
                        }
                        continue;
                    }
                }
            }
            Some(b'-' | b'0'..=b'9') => rest = number(rest)?,
            Some(b',') if is_first && open.is_empty() => {
                return fault(JsonFaultReason::StrayComma, token(rest));
            }
            Some(_) => rest = literal(rest)?,
        }
        // A value is complete: close what it completes.
        loop {
            let Some(is_object) = open.last().copied() else {
                return Ok(rest);
            };
            rest = space(rest);
            if let Some(behind) = rest.strip_prefix(',') {
                rest = space(behind);
                if is_object {
                    rest = key(rest)?;
                }
                break;
            }
            match rest.strip_prefix(if is_object { '}' } else { ']' }) {
                Some(behind) => {
                    open.pop();
                    rest = behind;
                }
                None => return separator_missing(rest),
            }
        }
    }
}

/// A key of an object with its colon, up to the value.
fn key(text: &str) -> Result<&str, Fault<'_>> {
    if !text.starts_with('"') {
        return fault(JsonFaultReason::Unquoted, token(text));
    }
    let rest = space(string(text)?);
    match rest.strip_prefix(':') {
        Some(behind) => Ok(space(behind)),
        None => fault(JsonFaultReason::Unquoted, token(rest)),
    }
}

/// Neither `,` nor a closing bracket behind a value.
fn separator_missing<T>(rest: &str) -> Result<T, Fault<'_>> {
    let reason = match rest.chars().next() {
        None => JsonFaultReason::OpenArray,
        Some('"' | '[' | '{') => JsonFaultReason::MissingComma,
        Some('\'') => JsonFaultReason::SingleQuote,
        Some(_) => JsonFaultReason::Unquoted,
    };
    fault(reason, token(rest))
}

fn literal(text: &str) -> Result<&str, Fault<'_>> {
    let word: IResult<&str, &str, ()> = alt((tag("true"), tag("false"), tag("null"))).parse(text);
    if let Ok((rest, _)) = word
        && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
    {
        return Ok(rest);
    }
    let reason = match text.chars().next() {
        Some('\'') => JsonFaultReason::SingleQuote,
        Some(',' | ']' | '}') => JsonFaultReason::StrayComma,
        _ => JsonFaultReason::Unquoted,
    };
    fault(reason, token(text))
}

fn number(text: &str) -> Result<&str, Fault<'_>> {
    let integer = alt((tag("0"), recognize((one_of("123456789"), digit0))));
    let fraction = opt((tag("."), digit1));
    let exponent = opt((one_of("eE"), opt(one_of("+-")), digit1));
    let parsed: IResult<&str, &str, ()> =
        recognize((opt(tag("-")), integer, fraction, exponent)).parse(text);
    match parsed {
        Ok((rest, digits)) if digits.parse::<f64>().is_ok_and(f64::is_finite) => Ok(rest),
        _ => {
            let is_number = text
                .trim_start_matches('-')
                .starts_with(|c: char| c.is_ascii_digit());
            let reason = if is_number {
                JsonFaultReason::BadNumber
            } else {
                JsonFaultReason::Unquoted
            };
            fault(reason, token(text))
        }
    }
}

/// Steps over a string; `text` begins with its quote.
fn string(text: &str) -> Result<&str, Fault<'_>> {
    let mut rest = &text[1..];
    loop {
        let Some(at) = rest
            .bytes()
            .position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))
        else {
            return fault(JsonFaultReason::OpenString, text);
        };
        rest = &rest[at..];
        if let Some(behind) = rest.strip_prefix('"') {
            return Ok(behind);
        }
        if rest.starts_with('\\') {
            match escape(rest) {
                Ok((behind, _)) => rest = behind,
                Err(_) if rest.len() == 1 => return fault(JsonFaultReason::OpenString, text),
                Err(_) => {
                    let second = rest[1..].chars().next().map_or(0, char::len_utf8);
                    return fault(JsonFaultReason::BadEscape, &rest[..1 + second]);
                }
            }
        } else {
            return fault(JsonFaultReason::ControlCharacter, &rest[..1]);
        }
    }
}

/// One escape sequence and what it stands for. Half of a surrogate pair stands for U+FFFD.
fn escape(text: &str) -> IResult<&str, char, ()> {
    let (rest, _) = tag("\\").parse(text)?;
    let (rest, kind) = one_of("\"\\/bfnrtu").parse(rest)?;
    let c = match kind {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let (rest, unit) = hex(rest)?;
            if let Some(c) = char::from_u32(unit) {
                return Ok((rest, c));
            }
            let low = (tag::<_, _, ()>("\\u"), hex).parse(rest);
            if let (0xd800..0xdc00, Ok((behind, (_, low @ 0xdc00..0xe000)))) = (unit, low) {
                let code = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                return Ok((behind, char::from_u32(code).unwrap_or('\u{fffd}')));
            }
            return Ok((rest, '\u{fffd}'));
        }
        other => other,
    };
    Ok((rest, c))
}

fn hex(text: &str) -> IResult<&str, u32, ()> {
    let (rest, digits) = take_while_m_n(4, 4, |c: char| c.is_ascii_hexdigit()).parse(text)?;
    Ok((rest, u32::from_str_radix(digits, 16).unwrap_or(0xfffd)))
}

fn space(text: &str) -> &str {
    let skipped: IResult<&str, &str, ()> =
        take_while(|c| matches!(c, ' ' | '\t' | '\r' | '\n')).parse(text);
    skipped.map_or(text, |(rest, _)| rest)
}

/// The offending token at the start of a text: a quoted string, a word or one character.
fn token(text: &str) -> &str {
    let len = match text.chars().next() {
        None => 0,
        Some(quote @ ('\'' | '"')) => text[1..].find(quote).map_or(text.len(), |at| 1 + at + 1),
        Some(',' | ']' | '[' | '{' | '}') => 1,
        Some(_) => text
            .find([',', ']', ' ', '\t', '"'])
            .filter(|at| *at > 0)
            .unwrap_or(text.len()),
    };
    &text[..len]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> Option<(JsonFaultReason, &str)> {
        array(text).err().map(|fault| (fault.reason, fault.at))
    }

    #[test]
    fn arrays_are_read_as_go_reads_them() {
        for text in [
            "[]",
            "[ ]",
            r#"["a", "b"]"#,
            r#"[ "a\u00e9\n" , "" ] "#,
            r#"["a", 1, -0.5e+3, null, [true, {"k": []}], {}]"#,
        ] {
            assert_eq!(reason(text), None, "{text}");
        }
    }

    #[test]
    fn the_fault_is_named_and_placed() {
        use JsonFaultReason as R;
        for (text, expected, at) in [
            ("['a', 'b']", R::SingleQuote, "'a'"),
            (r#"["a", 'b']"#, R::SingleQuote, "'b'"),
            (r#"["a", b]"#, R::Unquoted, "b"),
            ("[ -f x ] && y", R::Unquoted, "-f"),
            (r#"["a" "b"]"#, R::MissingComma, "\"b\""),
            (r#"["a", ]"#, R::StrayComma, "]"),
            (r#"[, "a"]"#, R::StrayComma, ","),
            (r#"["a", "b"#, R::OpenString, "\"b"),
            (r#"["a", "b""#, R::OpenArray, ""),
            (r#"["a"] b"#, R::TextBehind, "b"),
            (r#"["C:\dir"]"#, R::BadEscape, r"\d"),
            ("[\"a\tb\"]", R::ControlCharacter, "\t"),
            ("[01]", R::Unquoted, "1"),
            ("[1e999]", R::BadNumber, "1e999"),
            (r#"[{"a" 1}]"#, R::Unquoted, "1}"),
        ] {
            assert_eq!(reason(text), Some((expected, at)), "{text}");
        }
    }

    #[test]
    fn nesting_is_limited_without_recursion() {
        let deep = "[".repeat(200_000);
        assert_eq!(reason(&deep).unwrap().0, JsonFaultReason::TooDeep);
        let fits = format!("{}{}", "[".repeat(9_000), "]".repeat(9_000));
        assert_eq!(reason(&fits), None);
    }

    #[test]
    fn escapes_are_decoded() {
        assert_eq!(escape(r"\u0041x"), Ok(("x", 'A')));
        assert_eq!(escape(r"\ud83d\ude00"), Ok(("", '😀')));
        assert_eq!(escape(r"\ud83dx"), Ok(("x", '\u{fffd}')));
        assert_eq!(escape(r"\/"), Ok(("", '/')));
        assert!(escape(r"\x41").is_err());
    }
}
