//! Flags between the keyword and the arguments: `--name` and `--name=value`.
//!
//! How they are cut off the line is BuildKit's `parser/split_command.go`; which ones there are and what
//! they take is `instructions/parse.go` and `bflag.go`. What a value means is left to the instruction.

use nom::Parser;
use nom::bytes::complete::take_while;

use crate::diagnostic::{Applicability, Fix, Severity, SyntaxError};
use crate::grammar::excerpt;
use crate::text::{Cooked, CookedBuilder, Edit, Span, Spanned};

use super::super::ast::Flag;
use super::super::keyword::Keyword;
use super::super::nearest::nearest;
use super::super::word::Word;
use super::reader::Reader;

/// What a flag takes.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Takes {
    /// `--name`, `--name=true` or `--name=false`.
    Bool,
    /// `--name=value`, once.
    One,
    /// `--name=value`, any number of times.
    Many,
}

/// The flags of an instruction; nothing for one whose flags BuildKit never looks at.
fn known_flags(keyword: Keyword) -> Option<&'static [(&'static str, Takes)]> {
    use Takes::{Bool, Many, One};
    match keyword {
        Keyword::Add => Some(&[
            ("chown", One),
            ("chmod", One),
            ("link", Bool),
            ("keep-git-dir", Bool),
            ("checksum", One),
            ("unpack", Bool),
            ("exclude", Many),
        ]),
        Keyword::Copy => Some(&[
            ("from", One),
            ("chown", One),
            ("chmod", One),
            ("link", Bool),
            ("parents", Bool),
            ("exclude", Many),
        ]),
        Keyword::From => Some(&[("platform", One)]),
        Keyword::Healthcheck => Some(&[
            ("interval", One),
            ("timeout", One),
            ("start-period", One),
            ("start-interval", One),
            ("retries", One),
        ]),
        Keyword::Run => Some(&[
            ("mount", Many),
            ("network", One),
            ("security", One),
            ("device", Many),
        ]),
        Keyword::Arg | Keyword::StopSignal => None,
        Keyword::Cmd
        | Keyword::Entrypoint
        | Keyword::Env
        | Keyword::Expose
        | Keyword::Label
        | Keyword::Maintainer
        | Keyword::Onbuild
        | Keyword::Shell
        | Keyword::User
        | Keyword::Volume
        | Keyword::Workdir => Some(&[]),
    }
}

/// The names of all flags that an instruction takes.
pub fn flag_names(keyword: Keyword) -> impl Iterator<Item = &'static str> {
    known_flags(keyword)
        .unwrap_or_default()
        .iter()
        .map(|(name, _)| *name)
}

/// Cuts the flags off `input`, what follows the keyword, and gives them and the rest.
pub(super) fn take<'l>(reader: &Reader<'l, '_>, input: &'l str) -> (Vec<Flag>, &'l str) {
    let mut flags = Vec::new();
    let mut rest = input;
    loop {
        rest = rest.trim_start();
        if !rest.starts_with("--") {
            return (flags, rest);
        }
        let (word, escaped) = flag_word(rest, reader.escape.as_char());
        rest = &rest[word.len()..];
        let text = if escaped {
            unquoted(reader, word)
        } else {
            reader.cooked(word)
        };
        if text.text() == "--" {
            return (flags, rest);
        }
        flags.push(flag(&text, reader.span(word)));
    }
}

/// The bytes of one word, and whether quotes or escapes are in it. Unlike elsewhere, single quotes
/// protect nothing from the escape character here.
fn flag_word(input: &str, escape: char) -> (&str, bool) {
    let is_plain = |c: char| !c.is_whitespace() && !matches!(c, '"' | '\'') && c != escape;
    let plain: Result<(&str, &str), nom::Err<()>> = take_while(is_plain).parse(input);
    let Ok((rest, plain)) = plain else {
        return (input, false);
    };
    if rest.chars().next().is_none_or(char::is_whitespace) {
        return (plain, false);
    }
    let mut quote = None;
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        match quote {
            None if c.is_whitespace() => return (&input[..plain.len() + at], true),
            None if matches!(c, '"' | '\'') => quote = Some(c),
            Some(open) if c == open => quote = None,
            _ if c == escape => {
                chars.next();
            }
            _ => {}
        }
    }
    (input, true)
}

/// A flag's word without its quotes and escapes.
fn unquoted(reader: &Reader<'_, '_>, word: &str) -> Cooked<'static> {
    let escape = reader.escape.as_char();
    let start = reader.place(word);
    let mut builder = CookedBuilder::with_capacity(word.len());
    let mut quote = None;
    let mut chars = word.char_indices();
    while let Some((at, c)) = chars.next() {
        let (at, c) = match quote {
            None if matches!(c, '"' | '\'') => {
                quote = Some(c);
                continue;
            }
            Some(open) if c == open => {
                quote = None;
                continue;
            }
            _ if c == escape => match chars.next() {
                Some(next) => next,
                None => break,
            },
            _ => (at, c),
        };
        builder.verbatim(&word[at..at + c.len_utf8()], reader.file_offset(start + at));
    }
    builder.finish(reader.file_offset(start))
}

/// A flag from its text without quotes; `span` has them.
fn flag(text: &Cooked<'_>, span: Span) -> Flag {
    let whole = text.text();
    let (name_end, value) = match whole.find('=') {
        Some(at) => {
            let value = text.slice(at + 1..whole.len());
            let value_span = Span::new(text.end_of(at + 1), span.end);
            (at, Some(Word::plain(value, value_span)))
        }
        None => (whole.len(), None),
    };
    Flag {
        name: Spanned::new(whole[2..name_end].into(), text.span(2..name_end)),
        value,
        span,
    }
}

/// Reports flags that the instruction does not take, or not so.
pub(super) fn check(reader: &mut Reader<'_, '_>, keyword: Keyword, flags: &[Flag]) {
    let Some(known) = known_flags(keyword).filter(|_| !flags.is_empty()) else {
        return;
    };
    let mut first_of: Vec<Option<&Flag>> = vec![None; known.len()];
    for flag in flags {
        let name = &*flag.name.value;
        let Some(index) = known.iter().position(|(known, _)| *known == name) else {
            reader.error(unknown(keyword, flag));
            continue;
        };
        let takes = known[index].1;
        let first = *first_of[index].get_or_insert(flag);
        if takes != Takes::Many && !std::ptr::eq(first, flag) {
            let message = format!("`--{name}` is given twice");
            reader.error(
                SyntaxError::new("duplicate-flag", flag.span, message)
                    .with_help("keep one of them")
                    .with_label(first.span, "given here first"),
            );
        }
        match (takes, &flag.value) {
            (Takes::Bool, Some(value)) => check_bool(reader, name, flag.span, value),
            (Takes::One, Some(value)) if value.raw.is_empty() && name != "network" => {
                // BuildKit takes that for a flag that is not there.
                let message = format!("`--{name}=` has no value and so no effect");
                reader.error(
                    SyntaxError::new("flag-missing-value", flag.span, message)
                        .with_severity(Severity::Warning)
                        .with_help("give it a value, or take it away"),
                );
            }
            (Takes::Bool, None) | (_, Some(_)) => {}
            (_, None) => {
                let message = format!("`--{name}` has no value");
                reader.error(
                    SyntaxError::new("flag-missing-value", flag.span, message)
                        .with_help(format!("write `--{name}=VALUE`, without a space")),
                );
            }
        }
    }
}

fn check_bool(reader: &mut Reader<'_, '_>, name: &str, flag: Span, value: &Word) {
    if value.raw.is_empty() {
        let message = format!("`--{name}=` has no value");
        reader.error(
            SyntaxError::new("flag-missing-value", flag, message).with_help(format!(
                "write `--{name}` alone, or give it `true` or `false`"
            )),
        );
    } else if bool_value(value).is_none() {
        let message = format!("`{}` is neither `true` nor `false`", excerpt(&value.raw));
        reader.error(
            SyntaxError::new("invalid-flag-value", value.span, message)
                .with_help(format!("`--{name}` is a switch: leave the value out")),
        );
    }
}

fn bool_value(value: &Word) -> Option<bool> {
    if value.raw.eq_ignore_ascii_case("true") {
        Some(true)
    } else if value.raw.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

fn unknown(keyword: Keyword, flag: &Flag) -> SyntaxError {
    let name = &*flag.name.value;
    let message = format!("`{}` has no flag `--{}`", keyword.as_str(), excerpt(name));
    let error = SyntaxError::new("unknown-flag", flag.span, message);
    if let Some(near) = nearest(name, flag_names(keyword)) {
        return error
            .with_help(format!("`--{near}` may be meant"))
            .with_fix(Fix::new(
                format!("write `--{near}`; it may not be what was meant"),
                Applicability::Unsafe,
                vec![Edit::replace(flag.name.span, near)],
            ));
    }
    let mut names = flag_names(keyword).map(|name| format!("`--{name}`"));
    error.with_help(match names.next() {
        None => format!("`{}` takes no flags", keyword.as_str()),
        Some(first) => names.fold(format!("it takes {first}"), |list, name| {
            list + ", " + &name
        }),
    })
}

/// The switch of this name: its value, and the flag's bytes.
pub(super) fn switch(flags: &[Flag], name: &str) -> Option<Spanned<bool>> {
    let flag = find(flags, name)?;
    let value = match &flag.value {
        None => true,
        Some(value) => bool_value(value)?,
    };
    Some(Spanned::new(value, flag.span))
}

/// The first flag of this name.
pub(super) fn find<'f>(flags: &'f [Flag], name: &str) -> Option<&'f Flag> {
    flags.iter().find(|flag| &*flag.name.value == name)
}

/// The value of the first flag of this name, as it stands.
pub(super) fn plain(flags: &[Flag], name: &str) -> Option<Word> {
    find(flags, name)?.value.clone()
}

/// The value of the first flag of this name, with its variables.
pub(super) fn lexed(reader: &mut Reader<'_, '_>, flags: &[Flag], name: &str) -> Option<Word> {
    plain(flags, name).map(|value| reader.lex(value))
}

/// The values of all flags of this name, as they stand.
pub(super) fn all(flags: &[Flag], name: &str) -> Vec<Word> {
    flags
        .iter()
        .filter(|flag| &*flag.name.value == name)
        .filter_map(|flag| flag.value.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{errors, fixed};
    use crate::dockerfile::ast::InstructionKind;
    use crate::dockerfile::parse::parse;

    #[test]
    fn unknown_flags_get_the_nearest_one() {
        assert_eq!(
            errors("FROM a\nCOPY --form=b c d"),
            [("unknown-flag", "--form=b")]
        );
        assert_eq!(
            fixed("FROM a\nCOPY --form=b c d"),
            "FROM a\nCOPY --from=b c d"
        );
        assert_eq!(
            errors("FROM --x a\nENV --y b=c\nRUN --chown=d e"),
            [
                ("unknown-flag", "--x"),
                ("unknown-flag", "--y"),
                ("unknown-flag", "--chown=d"),
            ]
        );
    }

    #[test]
    fn what_buildkit_never_looks_at_is_not_reported() {
        let text = "FROM a\nARG --x b\nSTOPSIGNAL --y TERM\nHEALTHCHECK --z NONE";
        assert_eq!(errors(text), []);
    }

    #[test]
    fn only_some_flags_may_be_repeated() {
        let text = "FROM a\nCOPY --chown=b --chown=c --exclude=d --exclude=e f g";
        assert_eq!(errors(text), [("duplicate-flag", "--chown=c")]);
        assert_eq!(
            errors("FROM a\nRUN --mount=type=ssh --mount=type=tmpfs,target=/b c"),
            []
        );
    }

    #[test]
    fn values_are_required_or_refused() {
        assert_eq!(
            errors("FROM a\nCOPY --from b c d"),
            [("flag-missing-value", "--from")]
        );
        assert_eq!(
            errors("FROM a\nCOPY --from= --link b c\nRUN --network= b"),
            [
                ("flag-missing-value", "--from="),
                ("invalid-flag-value", "")
            ]
        );
        assert_eq!(
            errors("FROM a\nCOPY --link= b c"),
            [("flag-missing-value", "--link=")]
        );
        assert_eq!(
            errors("FROM a\nCOPY --link=yes b c"),
            [("invalid-flag-value", "yes")]
        );
        assert_eq!(errors("FROM a\nCOPY --link=False --parents=TRUE b c"), []);
        assert_eq!(
            errors("FROM a\nRUN --network=off b"),
            [("invalid-flag-value", "off")]
        );
        assert_eq!(
            errors("FROM a\nRUN --security=Insecure b"),
            [("invalid-flag-value", "Insecure")]
        );
        assert_eq!(
            errors("FROM a\nADD --chmod=888 b c"),
            [("invalid-flag-value", "888")]
        );
        assert_eq!(errors("FROM a\nADD --chmod=$b --chown=$c d e"), []);
    }

    #[test]
    fn quotes_and_escapes_of_flags_are_taken_away() {
        let text = "FROM a\nCOPY --chown=\"b c\":d\\e --from='f' \\\n --link -- --g h";
        let ast = parse(text).tree;
        let InstructionKind::Copy(copy) = &ast.instructions[1].kind else {
            panic!();
        };
        let chown = copy.chown.as_ref().unwrap();
        assert_eq!(&*chown.raw, "b c:de");
        assert_eq!(chown.span_of(0..3).text(text), "b c");
        assert_eq!(chown.span_of(3..6).text(text), ":d\\e");
        assert_eq!(&*copy.from.as_ref().unwrap().raw, "f");
        assert_eq!(copy.link.unwrap().span.text(text), "--link");
        assert_eq!(&*copy.paths.words[0].raw, "--g");
    }

    #[test]
    fn flags_end_at_the_first_argument() {
        assert_eq!(errors("FROM a\nRUN b --mount=c\nCOPY d --from=e f"), []);
        assert_eq!(
            errors("FROM a\nCOPY --"),
            [("missing-arguments", "COPY --")]
        );
    }
}
