//! Lists of words: separated by white space, or quoted as in `ENV`.
//!
//! As BuildKit's `parser/line_parsers.go`. Words keep their quotes and escapes.

use nom::bytes::complete::take_while;
use nom::{IResult, Parser};

use crate::diagnostic::{Applicability, Fix, Severity, SyntaxError};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};

use super::super::ast::{List, Pair, Separator};
use super::super::word::Word;
use super::json::{self, Json};
use super::reader::Reader;

/// The white space that separates words; other Unicode spaces belong to them.
pub(super) fn is_separator(c: char) -> bool {
    matches!(c, '\t' | '\x0b' | '\x0c' | '\r' | ' ')
}

/// The words of a text without regard to quotes.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_separator).filter(|word| !word.is_empty())
}

/// The first word and what follows it.
pub(super) fn first(text: &str) -> (&str, &str) {
    let word: IResult<&str, &str, ()> = take_while(|c| !is_separator(c)).parse(text);
    match word {
        Ok((rest, word)) => (word, rest.trim_start_matches(is_separator)),
        Err(_) => (text, ""),
    }
}

/// The words of a text in which quotes and the escape character keep white space together.
pub(super) fn quoted(text: &str, escape: char) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, behind) = quoted_word(rest, escape);
        if !word.is_empty() {
            words.push(word);
        }
        rest = behind.trim_start();
    }
    words
}

/// One such word. An escape character at the very end protects nothing and is no part of it.
fn quoted_word(text: &str, escape: char) -> (&str, &str) {
    let mut quote = None;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match quote {
            None if c.is_whitespace() => return text.split_at(at),
            None if matches!(c, '"' | '\'') => quote = Some(c),
            Some(open) if c == open => quote = None,
            _ if c == escape && quote != Some('\'') && chars.next().is_none() => {
                return (&text[..at], "");
            }
            _ => {}
        }
    }
    (text, "")
}

/// Sources and destination, or mount points: a JSON array or words.
pub(super) fn list<'l>(reader: &mut Reader<'l, '_>, text: &'l str) -> List {
    let json_fault = match json::read(reader, text) {
        Json::Strings(words) => {
            return List {
                words: words.into_iter().map(|word| reader.lex(word)).collect(),
                is_json: true,
                json_fault: None,
            };
        }
        Json::Broken(fault) => Some(Box::new(fault)),
        Json::None => None,
    };
    let before = reader.errors.len();
    let words = split(text).map(|word| reader.lexed(word)).collect();
    explain_quotes(reader.errors, before);
    List {
        words,
        is_json: false,
        json_fault,
    }
}

/// Quotes do not keep words together in such a list, so that a quoted name with spaces gives open quotes
/// at both ends. Of the errors from `before` on, one says so for all of them.
fn explain_quotes(errors: &mut Vec<SyntaxError>, before: usize) {
    if errors.len() == before {
        return;
    }
    let mut seen = false;
    for mut error in errors.split_off(before) {
        if error.rule == "unterminated-quote" {
            if std::mem::replace(&mut seen, true) {
                continue;
            }
            error.help = Some(
                "words end at every space here, even in quotes: write a JSON array for names with spaces"
                    .to_owned(),
            );
        }
        errors.push(error);
    }
}

/// The pairs of `ENV` and `LABEL`: `key=value …` or `key value`.
pub(super) fn pairs<'l>(reader: &mut Reader<'l, '_>, keyword: &str, text: &'l str) -> Vec<Pair> {
    let words = quoted(text, reader.escape.as_char());
    let Some(first_word) = words.first() else {
        return Vec::new();
    };
    if !first_word.contains('=') {
        return legacy_pair(reader, keyword, text).into_iter().collect();
    }
    let mut pairs = Vec::with_capacity(words.len());
    for (index, word) in words.iter().copied().enumerate() {
        match word.split_once('=') {
            Some((key, value)) => {
                if key.is_empty() {
                    reader.error(blank_key(reader, keyword, word));
                }
                pairs.push(Pair {
                    key: reader.lexed(key),
                    value: Some(reader.lexed(value)),
                    separator: Separator::Equals,
                    span: reader.span(word),
                });
            }
            // Of several such words in a row the first is enough.
            None if words[index - 1].contains('=') => {
                let error = stray_word(reader, keyword, &words[index - 1..]);
                reader.error(error);
            }
            None => {}
        }
    }
    pairs
}

fn legacy_pair<'l>(reader: &mut Reader<'l, '_>, keyword: &str, text: &'l str) -> Option<Pair> {
    let (key, value) = first(text);
    if key.len() == text.len() {
        let message = format!("`{}` has no value", excerpt(key));
        reader.error(
            SyntaxError::new("invalid-key-value", reader.span(key), message)
                .with_help(format!("write `{keyword} {}=value`", excerpt(key))),
        );
        return None;
    }
    Some(Pair {
        key: reader.lexed(key),
        value: Some(reader.lexed(value)),
        separator: Separator::Space,
        span: reader.span(text),
    })
}

/// The arguments of `ARG`: `key` or `key=default`, any number. Keys are never expanded.
pub(super) fn arguments<'l>(reader: &mut Reader<'l, '_>, text: &'l str) -> Vec<Pair> {
    let words = quoted(text, reader.escape.as_char());
    words
        .iter()
        .enumerate()
        .map(|(index, &word)| {
            let (key, value, separator) = match word.split_once('=') {
                Some((key, value)) => (key, Some(reader.lexed(value)), Separator::Equals),
                None => (word, None, Separator::None),
            };
            if key.is_empty() {
                let before = index.checked_sub(1).map(|before| words[before]);
                let error = match before.filter(|before| !before.contains('=')) {
                    Some(name) => cut_off(reader, name, word, words.get(index + 1).copied()),
                    None => blank_key(reader, "ARG", word),
                };
                reader.error(error);
            }
            Pair {
                key: reader.plain(key),
                value,
                separator,
                span: reader.span(word),
            }
        })
        .collect()
}

/// `ARG NAME = value`, which is a name, and a pair without one.
fn cut_off(reader: &Reader<'_, '_>, name: &str, word: &str, behind: Option<&str>) -> SyntaxError {
    let (name_span, span) = (reader.span(name), reader.span(word));
    let sign = Span::new(span.start, span.start + 1);
    let message = format!(
        "`{}` gets no value, because of the blank before `=`",
        excerpt(name)
    );
    let error = SyntaxError::new("space-around-equals", sign, message)
        .with_severity(Severity::Error)
        .with_help(format!("write `ARG {}=…` without blanks", excerpt(name)));
    let behind = behind.filter(|value| word == "=" && !value.contains('='));
    let mut gaps = vec![(name, word)];
    gaps.extend(behind.map(|value| (word, value)));
    // A gap in the file that is longer than in the text has a line break in it, perhaps with comments.
    let is_plain = gaps.iter().all(|(before, after)| {
        let gap = reader.place(after) - (reader.place(before) + before.len());
        (reader.span(after).start - reader.span(before).end) as usize == gap
    });
    if !is_plain {
        return error;
    }
    let mut edits = vec![Edit::delete(Span::new(name_span.end, span.start))];
    edits.extend(behind.map(|value| Edit::delete(Span::new(span.end, reader.span(value).start))));
    error.with_fix(Fix::new("remove the blanks", Applicability::Safe, edits))
}

fn blank_key(reader: &Reader<'_, '_>, keyword: &str, word: &str) -> SyntaxError {
    let message = format!("`{}` has no name before the `=`", excerpt(word));
    SyntaxError::new("blank-key", reader.span(word), message)
        .with_help(format!("write `{keyword} NAME=value`"))
}

/// A word without `=` behind a pair: most often a value with spaces that wants quotes. `words` are the
/// pair, that word and what follows.
fn stray_word(reader: &Reader<'_, '_>, keyword: &str, words: &[&str]) -> SyntaxError {
    let (pair, stray) = (words[0], words[1]);
    let message = format!("`{}` has no `=`", excerpt(stray));
    let error = SyntaxError::new("invalid-key-value", reader.span(stray), message);
    if stray.starts_with('#') {
        return error.with_help(format!(
            "a comment needs a line of its own; here it is read as part of `{keyword}`"
        ));
    }
    let value = pair.split_once('=').map_or("", |(_, value)| value);
    let last = words[1..]
        .iter()
        .take_while(|word| !word.contains('='))
        .last()
        .unwrap_or(&stray);
    let start = reader.place(value);
    let whole = &reader.text()[start..reader.place(last) + last.len()];
    if value.is_empty() {
        // `ENV NAME= value`: with one word behind the blank, that is the value.
        let (end, from) = (reader.span(pair).end, reader.span(stray).start);
        let gap = reader.place(stray) - (reader.place(pair) + pair.len());
        let error = error.with_help("put the value right behind the `=`");
        if *last != stray || (from - end) as usize != gap {
            return error;
        }
        return error.with_fix(Fix::new(
            "remove the blank",
            Applicability::Unsafe,
            vec![Edit::delete(Span::new(end, from))],
        ));
    }
    let error = error.with_help("put quotes around a value that has spaces in it");
    if whole.contains(['"', '\'', '$', reader.escape.as_char()]) {
        return error;
    }
    let span = reader.span(whole);
    error.with_fix(Fix::new(
        "put quotes around the words; they may not belong together",
        Applicability::Unsafe,
        vec![Edit::insert(span.start, "\""), Edit::insert(span.end, "\"")],
    ))
}

/// All of a text as one word with variables; nothing for no text.
pub(super) fn whole<'l>(reader: &mut Reader<'l, '_>, text: &'l str) -> Option<Word> {
    (!text.is_empty()).then(|| reader.lexed(text))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{errors, fixed};
    use super::*;

    #[test]
    fn quotes_and_escapes_keep_words_together() {
        assert_eq!(quoted(r#"a "b c" d\ e"#, '\\'), ["a", "\"b c\"", r"d\ e"]);
        assert_eq!(quoted(r#"a='b\' c"#, '\\'), [r"a='b\'", "c"]);
        assert_eq!(quoted(r#"a="b\" c" d"#, '\\'), [r#"a="b\" c""#, "d"]);
    }

    #[test]
    fn an_escape_character_at_the_end_is_dropped() {
        assert_eq!(quoted(r"a b\", '\\'), ["a", "b"]);
        assert_eq!(quoted(r"a \", '\\'), ["a"]);
        assert_eq!(quoted(r"a b\\", '\\'), ["a", r"b\\"]);
        assert_eq!(quoted(r#"a "b\"#, '\\'), ["a", "\"b"]);
    }

    #[test]
    fn faults_of_pairs_are_reported_where_they_are() {
        assert_eq!(errors("FROM a\nENV a"), [("invalid-key-value", "a")]);
        assert_eq!(
            errors("FROM a\nENV a=b c d e=f g"),
            [("invalid-key-value", "c"), ("invalid-key-value", "g")]
        );
        assert_eq!(errors("FROM a\nLABEL =b c=d"), [("blank-key", "=b")]);
        assert_eq!(errors("FROM a\nARG =b c"), [("blank-key", "=b")]);
        assert_eq!(errors("FROM a\nENV a=b # c"), [("invalid-key-value", "#")]);
        assert_eq!(
            errors("FROM a\nENV a b=c d\nENV a = b\nARG a = b"),
            [("space-around-equals", "=")]
        );
    }

    #[test]
    fn a_value_with_spaces_gets_quotes() {
        assert_eq!(
            fixed("FROM a\nENV a=b c d e=f"),
            "FROM a\nENV a=\"b c d\" e=f"
        );
        assert_eq!(
            fixed("FROM a\nENV a=b \\\n c"),
            "FROM a\nENV a=\"b \\\n c\""
        );
    }

    #[test]
    fn a_value_behind_a_blank_goes_to_its_name() {
        assert_eq!(fixed("FROM a\nENV a= b c=d"), "FROM a\nENV a=b c=d");
        for text in ["FROM a\nENV a= b c", "FROM a\nENV a= \\\n b"] {
            let errors = super::super::parse(text).errors;
            assert!(errors.iter().all(|error| error.fix.is_none()), "{text}");
        }
    }

    #[test]
    fn quotes_are_for_the_lexer_to_close() {
        assert_eq!(errors("FROM a\nENV a=\"b"), [("unterminated-quote", "\"")]);
        assert_eq!(errors("FROM a\nENV a it's"), [("unterminated-quote", "'")]);
        assert_eq!(
            errors("FROM a\nENV a=${b\nUSER ${}\nCOPY ${c^} d"),
            [
                ("invalid-variable-substitution", "${b"),
                ("invalid-variable-substitution", "${}"),
                ("invalid-variable-substitution", "${c^}"),
            ]
        );
        assert_eq!(
            errors("FROM a\nRUN \"$\nCMD '${\nMAINTAINER 'a\nARG 'b"),
            []
        );
    }

    #[test]
    fn only_ascii_white_space_splits_plain_lists() {
        assert_eq!(split("a\u{a0}b\tc").collect::<Vec<_>>(), ["a\u{a0}b", "c"]);
    }
}
