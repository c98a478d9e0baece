//! `FROM image [AS name]`.

use crate::diagnostic::SyntaxError;
use crate::grammar::excerpt;
use crate::text::Span;

use super::super::ast::{Flag, From};
use super::flags;
use super::reader::Reader;
use super::words;

/// Reads `FROM`; `all` is what errors about missing words point to.
pub(super) fn from<'l>(
    reader: &mut Reader<'l, '_>,
    found: &[Flag],
    text: &'l str,
    all: Span,
) -> From {
    let platform = flags::lexed(reader, found, "platform");
    let words: Vec<&str> = words::split(text).collect();
    let mut from = From {
        platform,
        ..From::default()
    };
    let Some(image) = words.first().copied() else {
        reader.error(
            SyntaxError::new("invalid-from-arguments", all, "`FROM` names no image")
                .with_help("write `FROM image:tag`, or `FROM image:tag AS name`"),
        );
        return from;
    };
    from.image = Some(reader.lexed(image));
    let has_as = words
        .get(1)
        .is_some_and(|word| word.eq_ignore_ascii_case("as"));
    if has_as {
        from.as_keyword = words.get(1).map(|word| reader.spanned(word));
        from.name = words.get(2).map(|word| reader.spanned(word));
    }
    match words.as_slice() {
        [_] => {}
        [_, _, name] if has_as => {
            if !is_stage_name(name) {
                reader.error(invalid_name(reader, name));
            }
        }
        [_, rest @ ..] => {
            let error = bad_arguments(reader, text, rest, has_as);
            reader.error(error);
        }
        [] => {}
    }
    from
}

/// Whether a text can be the name of a stage: a letter, then letters, digits, `-`, `_` and `.`. BuildKit lowers the
/// case first.
pub fn is_stage_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn invalid_name(reader: &Reader<'_, '_>, name: &str) -> SyntaxError {
    let message = format!("`{}` cannot be the name of a stage", excerpt(name));
    SyntaxError::new("invalid-stage-name", reader.span(name), message)
        .with_help("a name begins with a letter and goes on with letters, digits, `-`, `_` and `.`")
}

fn bad_arguments(reader: &Reader<'_, '_>, text: &str, rest: &[&str], has_as: bool) -> SyntaxError {
    // From the first word too many to the last.
    let (from, message, help) = match rest {
        [] | ["as" | "AS" | "As" | "aS"] => (
            0,
            "`AS` is not followed by a name".to_owned(),
            "write a name behind `AS`, or leave `AS` out",
        ),
        [_, _, extra, ..] if has_as => (
            2,
            format!("`{}` is one word too many for `FROM`", excerpt(extra)),
            "a comment needs a line of its own; a flag comes before the image",
        ),
        [first, ..] => (
            0,
            format!("`{}` is neither `AS` nor a comment", excerpt(first)),
            "write `FROM image AS name`; a comment needs a line of its own, a flag comes first",
        ),
    };
    let span = match rest.get(from) {
        Some(first) => {
            let start = reader.place(first);
            let end = reader.place(text) + text.len();
            reader.span(&reader.text()[start..end])
        }
        None => reader.span(text),
    };
    SyntaxError::new("invalid-from-arguments", span, message).with_help(help)
}

#[cfg(test)]
mod tests {
    use super::super::tests::errors;

    #[test]
    fn from_takes_one_or_three_words() {
        assert_eq!(errors("FROM a\nFROM b AS c\nfrom d as E.f_g-1"), []);
        assert_eq!(errors("FROM"), [("invalid-from-arguments", "FROM")]);
        assert_eq!(errors("FROM a AS"), [("invalid-from-arguments", "AS")]);
        assert_eq!(errors("FROM a b"), [("invalid-from-arguments", "b")]);
        assert_eq!(
            errors("FROM a AS b c d"),
            [("invalid-from-arguments", "c d")]
        );
        assert_eq!(errors("FROM a # b"), [("invalid-from-arguments", "# b")]);
        assert_eq!(errors("FROM a AZ b"), [("invalid-from-arguments", "AZ b")]);
    }

    #[test]
    fn stage_names_begin_with_a_letter() {
        for name in ["1a", "-a", "a/b", "a:b", "ä", "$a"] {
            let text = format!("FROM a AS {name}");
            assert_eq!(errors(&text), [("invalid-stage-name", name)]);
        }
    }
}
