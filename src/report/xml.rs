//! Text in XML 1.0 documents.
//!
//! XML cannot hold control characters and noncharacters at all, not even as references
//! (<https://www.w3.org/TR/xml/#charsets>), so what [`clean`] knows as harmful becomes visible first.

use super::clean;

/// The line that documents begin with.
pub(super) const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

/// A text on one line, for an attribute between double quotes.
pub(super) fn attribute(text: &str) -> String {
    escaped(&clean::one_line(text, true))
}

/// A text with its line breaks, for between two tags.
pub(super) fn content(text: &str) -> String {
    escaped(&clean::lines(text, true))
}

fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '"' => result.push_str("&quot;"),
            '\'' => result.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => result.push(char::REPLACEMENT_CHARACTER),
            character => result.push(character),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_becomes_visible() {
        assert_eq!(
            attribute("<a b=\"c\" d='e'>&\n\t\0\x1b\u{202e}\u{ffff}é🎉]]>"),
            "&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;␊␉␀␛��é🎉]]&gt;"
        );
        assert_eq!(content("a\r\nb\x07"), "a\nb␇");
    }
}
