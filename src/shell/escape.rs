//! Escapes inside `$'…'`.

/// The text that stands between `$'` and `'` once its escapes are resolved, by the *ANSI-C Quoting* section
/// of the Bash Reference Manual. `None` if the bytes are no UTF-8.
pub(super) fn ansi(text: &str) -> Option<String> {
    let mut bytes: Vec<u8> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        rest = escape(&rest[at + 1..], &mut bytes);
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok()
}

/// What the escape at the start of the text, backslash included, stands for, and how long it is. `None` if
/// its bytes alone are no UTF-8.
pub(super) fn first(text: &str) -> (Option<String>, usize) {
    let mut bytes = Vec::new();
    let rest = escape(text.get(1..).unwrap_or_default(), &mut bytes);
    (String::from_utf8(bytes).ok(), text.len() - rest.len())
}

/// Resolves the escape whose backslash was just read and gives what follows it.
fn escape<'t>(text: &'t str, bytes: &mut Vec<u8>) -> &'t str {
    let Some(kind) = text.chars().next() else {
        bytes.push(b'\\');
        return text;
    };
    let rest = &text[kind.len_utf8()..];
    let simple = match kind {
        'a' => 0x07,
        'b' => 0x08,
        'e' | 'E' => 0x1b,
        'f' => 0x0c,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 0x0b,
        '\\' | '\'' | '"' | '?' => return push_char(kind, bytes, rest),
        '0'..='7' => {
            let (value, _, rest) = number(text, 8, 3);
            bytes.push(value.to_le_bytes()[0]);
            return rest;
        }
        'x' => {
            return code(text, 2, bytes, |value, bytes| {
                bytes.push(value.to_le_bytes()[0])
            });
        }
        'u' => return code(text, 4, bytes, push_scalar),
        'U' => return code(text, 8, bytes, push_scalar),
        'c' => {
            let Some(control) = rest.bytes().next().filter(u8::is_ascii) else {
                return push_unknown(kind, bytes, rest);
            };
            bytes.push(control & 0x1f);
            return &rest[1..];
        }
        _ => return push_unknown(kind, bytes, rest),
    };
    bytes.push(simple);
    rest
}

fn push_char<'t>(value: char, bytes: &mut Vec<u8>, rest: &'t str) -> &'t str {
    bytes.extend_from_slice(value.encode_utf8(&mut [0; 4]).as_bytes());
    rest
}

fn push_unknown<'t>(kind: char, bytes: &mut Vec<u8>, rest: &'t str) -> &'t str {
    bytes.push(b'\\');
    push_char(kind, bytes, rest)
}

fn push_scalar(value: u32, bytes: &mut Vec<u8>) {
    match char::from_u32(value) {
        Some(value) => {
            push_char(value, bytes, "");
        }
        // No character, so the whole text is none.
        None => bytes.push(0xff),
    }
}

/// Resolves an escape of one letter and at most `digits` hexadecimal digits.
fn code<'t>(
    text: &'t str,
    digits: usize,
    bytes: &mut Vec<u8>,
    push: fn(u32, &mut Vec<u8>),
) -> &'t str {
    let (value, count, rest) = number(&text[1..], 16, digits);
    if count == 0 {
        bytes.push(b'\\');
        bytes.push(text.as_bytes()[0]);
    } else {
        push(value, bytes);
    }
    rest
}

/// A number of at most so many digits, how many there are, and what follows.
fn number(text: &str, radix: u32, digits: usize) -> (u32, usize, &str) {
    let mut value = 0u32;
    let mut count = 0;
    for digit in text.chars().take(digits).map_while(|c| c.to_digit(radix)) {
        value = value.wrapping_mul(radix).wrapping_add(digit);
        count += 1;
    }
    (value, count, &text[count..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_those_of_bash() {
        let cases = [
            (r"a\n\tb", Some("a\n\tb")),
            (r#"\'\"\\\?"#, Some("'\"\\?")),
            (r"\x41\101\u00e9\U0001F600", Some("AAé😀")),
            (r"\xc3\xa9", Some("é")),
            (r"\xff", None),
            (r"\ud800", None),
            (r"\q\x\cA", Some("\\q\\x\u{1}")),
            ("é\\", Some("é\\")),
            (r"\e[0m", Some("\u{1b}[0m")),
        ];
        for (text, value) in cases {
            assert_eq!(ansi(text).as_deref(), value, "{text}");
        }
    }
}
