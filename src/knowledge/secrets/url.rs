//! Passwords in URLs: `scheme://user:password@host`.
//!
//! The text may hold marks for what is unknown, which no password that is known has in it.

use std::ops::Range;

use super::value::is_placeholder_value;

/// Longest part of a URL before its `@` that is looked at, in bytes.
const MAX_USERINFO: usize = 1024;

/// The passwords that stand as they are in the URLs of a text, from left to right. Placeholders and what a
/// program fills in are none.
pub fn passwords(text: &str) -> impl Iterator<Item = Range<usize>> {
    memchr::memmem::find_iter(text.as_bytes(), b"://").filter_map(move |at| password(text, at))
}

/// The password of the URL whose `://` is at `at`.
fn password(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text.as_bytes().get(at.checked_sub(1)?)?;
    if !before.is_ascii_alphanumeric() {
        return None;
    }
    let start = at + "://".len();
    let rest = text.as_bytes().get(start..)?;
    let rest = &rest[..rest.len().min(MAX_USERINFO)];
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"/?#\"'`<>\\|".contains(byte);
    let authority = &rest[..rest.iter().position(is_end).unwrap_or(rest.len())];
    // In a list of URLs, the next one begins behind a comma.
    let next = memchr::memchr(b',', authority).filter(|_| authority.ends_with(b":"));
    let authority = &authority[..next.unwrap_or(authority.len())];
    let end = memchr::memrchr(b'@', authority)?;
    let colon = memchr::memchr(b':', &authority[..end])?;
    let range = start + colon + 1..start + end;
    let value = text.get(range.clone())?;
    let is_written = !value.is_empty()
        && !value.contains(|c: char| !c.is_ascii() || c.is_control() || "${}[]()*".contains(c))
        && !value.contains("%(")
        && !value.starts_with('%')
        && !is_placeholder_value(value);
    is_written.then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_passwords_that_are_written_down_count() {
        let table: [(&str, &[&str]); 14] = [
            ("postgres://shop:hunter2@db:5432/shop", &["hunter2"]),
            ("redis://:hunter2@cache", &["hunter2"]),
            ("amqp://a:b@c,amqps://d:e@f", &["b", "e"]),
            ("jdbc:mysql://root:p@ss@db/a", &["p@ss"]),
            ("a http://u:one@x b https://u:two@y", &["one", "two"]),
            ("https://user@example.com", &[]),
            ("https://example.com:8080/a@b", &[]),
            ("https://u:\u{fffc}@x", &[]),
            ("https://u:a\u{fffc}@x", &[]),
            ("https://u:$PASSWORD@x", &[]),
            ("https://u:{password}@x", &[]),
            ("https://u:<password>@x", &[]),
            ("https://u:xxx@x https://u:your-password@x", &[]),
            ("://u:p@x https://u:@x", &[]),
        ];
        for (text, expected) in table {
            let found: Vec<&str> = passwords(text).map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
