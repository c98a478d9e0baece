//! Text that a terminal or an annotation shows as it is meant to be read.
//!
//! Files, names and messages can hold characters that steer a terminal, turn the direction of writing, or
//! are not seen at all. Each of them becomes one visible character, so that columns stay what they were:
//! the picture of a control character where there is one (`␛`), else the replacement character.
//!
//! Not for: JSON, which escapes instead and loses nothing.

use std::borrow::Cow;

/// The most characters of one message, label or title that are printed.
const LONGEST: usize = 2000;

/// Whether a character must not reach a terminal: a control character, a line break that is none to us, a
/// mark that turns the direction of writing, or an invisible one that hides in names. Joiners and
/// variation selectors are not among them; emoji and many scripts need those.
pub(super) fn is_harmful(character: char) -> bool {
    // Nearly every character asked about is one of these.
    if matches!(character, ' '..='~') {
        return false;
    }
    character.is_control()
        || matches!(character,
            '\u{ad}'                    // soft hyphen
            | '\u{61c}'                 // Arabic letter mark
            | '\u{180e}'                // Mongolian vowel separator
            | '\u{200b}'                // zero width space
            | '\u{200e}' | '\u{200f}'   // direction marks
            | '\u{2028}' | '\u{2029}'   // line and paragraph separator
            | '\u{202a}'..='\u{202e}'   // embeddings and overrides of direction
            | '\u{2060}'..='\u{206f}'   // word joiner, isolates, deprecated format characters
            | '\u{feff}'                // byte order mark
            | '\u{fff9}'..='\u{fffb}'   // interlinear annotation
            | '\u{e0000}'..='\u{e007f}' // tags
        )
}

/// The visible character that stands for a harmful one.
fn picture(character: char, unicode: bool) -> char {
    match character {
        _ if !unicode => '?',
        '\0'..='\x1f' => {
            char::from_u32(0x2400 + u32::from(character)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        '\x7f' => '␡',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// The mark that something was left out.
pub(super) fn ellipsis(unicode: bool) -> &'static str {
    if unicode { "…" } else { "..." }
}

/// Appends a piece of a source line; tabs stay, because the renderer expands them.
pub(super) fn push_source(into: &mut String, text: &str, unicode: bool) {
    into.extend(text.chars().map(|character| in_source(character, unicode)));
}

/// The bytes that [`push_source`] appends for a piece.
pub(super) fn source_len(text: &str, unicode: bool) -> usize {
    text.chars()
        .map(|character| in_source(character, unicode).len_utf8())
        .sum()
}

fn in_source(character: char, unicode: bool) -> char {
    if character != '\t' && is_harmful(character) {
        picture(character, unicode)
    } else {
        character
    }
}

/// A text on one line, cut when it is very long.
pub(super) fn one_line(text: &str, unicode: bool) -> Cow<'_, str> {
    // Bytes are at least as many as characters. Nearly every text is plain, which is seen fastest without a way out.
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~');
    let is_clean =
        || text.bytes().fold(true, |is, byte| is & is_plain(byte)) || !text.chars().any(is_harmful);
    if text.len() <= LONGEST && is_clean() {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len().min(4 * LONGEST));
    for (count, character) in text.chars().enumerate() {
        if count == LONGEST {
            result.push_str(ellipsis(unicode));
            break;
        }
        result.push(if is_harmful(character) {
            picture(character, unicode)
        } else {
            character
        });
    }
    Cow::Owned(result)
}

/// The same for a text that may have several lines, such as a help: its line breaks stay.
pub(super) fn lines(text: &str, unicode: bool) -> Cow<'_, str> {
    if !text.contains('\n') {
        return one_line(text, unicode);
    }
    let lines: Vec<Cow<'_, str>> = text.lines().map(|line| one_line(line, unicode)).collect();
    Cow::Owned(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clean_text_is_not_copied() {
        assert!(matches!(one_line("`é🎉` is 日本", true), Cow::Borrowed(_)));
    }

    #[test]
    fn each_harmful_character_becomes_one_visible_one() {
        let text = "a\x1b[31m\x07\x7f\u{9b}\u{202e}\u{200b}\n\tz";
        assert_eq!(one_line(text, true), "a␛[31m␇␡���␊␉z");
        assert_eq!(one_line(text, false), "a?[31m???????z");
        assert_eq!(one_line(text, true).chars().count(), text.chars().count());
    }

    #[test]
    fn a_help_keeps_its_lines() {
        assert_eq!(lines("a\r\nb\x07\n  c", true), "a\nb␇\n  c");
    }

    #[test]
    fn a_very_long_text_is_cut() {
        let text = "é".repeat(3000);
        assert_eq!(one_line(&text, true).chars().count(), LONGEST + 1);
        assert!(one_line(&text, false).ends_with("é..."));
    }
}
