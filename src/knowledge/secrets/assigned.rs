//! Secrets that can be told by the name in front of them: `db_password: 8fK2…`, `--token=…`.
//!
//! The value must look random by itself, since such names stand in front of all kinds of things: words,
//! variables, paths, calls. One pass over a text of any kind, with a bounded look around each `=` and `:`.

use std::ops::Range;

use super::name::is_strong_secret_name;
use super::token::looks_random;
use super::value::{ValueKind, kind};

/// A name and the literal behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assigned {
    /// The bytes of the name.
    pub name: Range<usize>,
    /// The bytes of the value, without quotes.
    pub value: Range<usize>,
}

/// How long a name can be, in bytes.
const MAX_NAME: usize = 64;

/// How short and long a value can be, in bytes.
const LENGTHS: Range<usize> = 16..200;

/// Every secret of this kind in a text: first those behind `=` and `:`, then those behind the name of an option.
pub fn assigned(text: &str) -> impl Iterator<Item = Assigned> {
    let bytes = text.as_bytes();
    let separators = memchr::memchr2_iter(b'=', b':', bytes);
    let options = memchr::memmem::find_iter(bytes, b"--");
    let blanks = options.filter_map(|at| blank_behind_option(bytes, at));
    separators.chain(blanks).filter_map(|at| behind(text, at))
}

/// The blank behind the long option whose first dash is at `at`.
fn blank_behind_option(bytes: &[u8], at: usize) -> Option<usize> {
    let is_inside = at
        .checked_sub(1)
        .is_some_and(|before| is_name(bytes[before]));
    if is_inside {
        return None;
    }
    let name = bytes[at..].iter().take(MAX_NAME + 1);
    let end = at + name.take_while(|byte| is_name(**byte)).count();
    (bytes.get(end) == Some(&b' ')).then_some(end)
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// Which bytes a value is made of.
const IN_VALUE: [bool; 256] = {
    let mut all = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let value = byte as u8;
        let is_sign = matches!(
            value,
            b'+' | b'/' | b'=' | b'_' | b'.' | b'~' | b'!' | b'@' | b'%' | b'^' | b'*' | b'-'
        );
        all[byte] = value.is_ascii_alphanumeric() || is_sign;
        byte += 1;
    }
    all
};

/// The secret behind the separator at `at`.
fn behind(text: &str, at: usize) -> Option<Assigned> {
    let bytes = text.as_bytes();
    let is_blank = bytes[at] == b' ';
    let mut from = at + 1;
    while from < bytes.len() && from - at < 5 && matches!(bytes[from], b' ' | b'"' | b'\'' | b'>') {
        from += 1;
    }
    let rest = &bytes[from..bytes.len().min(from + LENGTHS.end)];
    let is_in_value = |byte: &u8| IN_VALUE[usize::from(*byte)];
    // Most are too short, which is seen the soonest from behind.
    let shortest = rest.get(..LENGTHS.start)?;
    if !shortest.iter().rev().all(is_in_value) {
        return None;
    }
    let len = rest.iter().take_while(|byte| is_in_value(byte)).count();
    if !LENGTHS.contains(&len) {
        return None;
    }
    let mut end = at;
    while end > 0 && matches!(bytes[end - 1], b' ' | b'"' | b'\'') && !is_blank && at - end < 3 {
        end -= 1;
    }
    let mut start = end;
    while start > 0 && end - start < MAX_NAME && is_name(bytes[start - 1]) {
        start -= 1;
    }
    // A blank separates only an option from its value.
    let name = text.get(start..end)?;
    if name.len() < 4 || is_blank && !name.starts_with("--") {
        return None;
    }
    let to = from + len;
    let ends = bytes.get(to).is_none_or(|byte| {
        matches!(
            byte,
            b'"' | b'\'' | b'\\' | b',' | b';' | b'&' | b'|' | b')' | b'}' | b']'
        ) || byte.is_ascii_whitespace()
    });
    let value = text.get(from..to)?;
    let is_secret = ends
        && is_mixed(value)
        && says_secret(name)
        && matches!(kind(value), ValueKind::Other)
        && looks_random(value.as_bytes());
    is_secret.then_some(Assigned {
        name: start..end,
        value: from..to,
    })
}

/// Whether a name says secret, in the notation of any language.
fn says_secret(name: &str) -> bool {
    let plain: String = name
        .trim_start_matches('-')
        .chars()
        .map(|c| if matches!(c, '-' | '.') { '_' } else { c })
        .collect();
    is_strong_secret_name(&plain)
}

/// Whether a literal is made of letters and digits that take turns.
fn is_mixed(value: &str) -> bool {
    #[derive(Clone, Copy, PartialEq)]
    enum Class {
        Lower,
        Upper,
        Digit,
        Other,
    }
    let class = |byte: u8| match byte {
        b'a'..=b'z' => Class::Lower,
        b'A'..=b'Z' => Class::Upper,
        b'0'..=b'9' => Class::Digit,
        _ => Class::Other,
    };
    let bytes = value.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    // Addresses and paths mostly have no more, which is seen the soonest.
    if digits < 2 {
        return false;
    }
    let (mut letters, mut changes) = (0, 0);
    let mut last = Class::Other;
    for byte in bytes {
        let next = class(*byte);
        letters += usize::from(matches!(next, Class::Lower | Class::Upper));
        changes += usize::from(next != last && next != Class::Other && last != Class::Other);
        last = next;
    }
    letters >= 4 && changes * 3 >= bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made here, since one that is written down would be found by every scanner that reads this file.
    fn secret(len: usize) -> String {
        let alphabet = b"a7Kx2Qf9Lz4Tb8Rm3Wd6Pn5Hc";
        let mut state = 5_usize;
        (0..len)
            .map(|_| {
                state = (state * 31 + 7) % 101;
                char::from(alphabet[state % alphabet.len()])
            })
            .collect::<String>()
    }

    fn found(text: &str) -> Vec<(&str, &str)> {
        assigned(text)
            .map(|found| (&text[found.name], &text[found.value]))
            .collect()
    }

    #[test]
    fn a_random_literal_behind_a_name_is_found() {
        let s = secret(20);
        for (text, name) in [
            (format!("DB_PASSWORD={s}"), "DB_PASSWORD"),
            (format!("password = \"{s}\""), "password"),
            (format!("{{\"clientSecret\": \"{s}\"}}"), "clientSecret"),
            (format!("spring.db.password: {s}\n"), "spring.db.password"),
            (format!("x --api-token {s} y"), "--api-token"),
            (format!("x --api-token={s} y"), "--api-token"),
            (format!("'token' => '{s}',"), "token"),
        ] {
            assert_eq!(found(&text), [(name, &*s)], "{text}");
        }
    }

    #[test]
    fn other_names_and_values_are_none() {
        let s = secret(20);
        for text in [
            format!("VERSION={s}"),
            format!("TOKEN_URL={s}"),
            format!("key: {s}"),
            format!("the token {s}"),
            format!("password=${s}"),
            format!("password={s}(x)"),
            format!("password={}", secret(12)),
            "password=correct-horse-battery-staple-1234".to_owned(),
            "secret=/run/secrets/a7Kx2Qf9Lz4Tb8Rm3Wd6Pn5Hc".to_owned(),
            "token=7169605F62C751356D054A26A821E680E5FA6305".to_owned(),
            "password=aaaaaaaaaaaaaaaaaaaaaaa".to_owned(),
            "password=your1Password2Goes3Here4Now".to_owned(),
            "libsecret-1-0=0.20.5-3ubuntu2.1+deb12u1".to_owned(),
            "=".repeat(200),
        ] {
            assert_eq!(found(&text), [], "{text}");
        }
    }
}
