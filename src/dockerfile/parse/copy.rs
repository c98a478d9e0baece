//! `COPY` and `ADD`: flags, sources and destination.

use crate::diagnostic::SyntaxError;
use crate::grammar::excerpt;
use crate::text::Span;

use super::super::ast::{Add, Copy, Flag, List};
use super::super::word::Word;
use super::reader::Reader;
use super::{flags, heredoc, missing, mount, words};

/// `COPY` with its flags; `all` is what errors about missing words point to.
pub(super) fn copy<'l>(
    reader: &mut Reader<'l, '_>,
    found: &[Flag],
    text: &'l str,
    all: Span,
) -> Copy {
    let from = flags::lexed(reader, found, "from");
    if let Some(from) = &from
        && from.has_variables()
    {
        let error = mount::variable_in_from("--from", from);
        reader.error(error);
    }
    let paths = words::list(reader, text);
    check_paths(reader, "COPY", &paths, all);
    Copy {
        from,
        chown: flags::lexed(reader, found, "chown"),
        chmod: chmod(reader, found),
        link: flags::switch(found, "link"),
        parents: flags::switch(found, "parents"),
        exclude: flags::all(found, "exclude"),
        paths,
    }
}

/// `ADD` with its flags; `all` is what errors about missing words point to.
pub(super) fn add<'l>(
    reader: &mut Reader<'l, '_>,
    found: &[Flag],
    text: &'l str,
    all: Span,
) -> Add {
    let paths = words::list(reader, text);
    check_paths(reader, "ADD", &paths, all);
    Add {
        chown: flags::lexed(reader, found, "chown"),
        chmod: chmod(reader, found),
        checksum: flags::lexed(reader, found, "checksum"),
        link: flags::switch(found, "link"),
        keep_git_dir: flags::switch(found, "keep-git-dir"),
        unpack: flags::switch(found, "unpack"),
        exclude: flags::all(found, "exclude"),
        paths,
    }
}

/// The value of `--chmod`, with a report when it is neither an octal nor a symbolic mode.
fn chmod(reader: &mut Reader<'_, '_>, found: &[Flag]) -> Option<Word> {
    let mode = flags::lexed(reader, found, "chmod")?;
    if let Some(value) = mode.literal()
        && !value.is_empty()
        && !is_mode(&value)
    {
        let message = format!("`{}` is no file mode", excerpt(&value));
        reader.error(
            SyntaxError::new("invalid-flag-value", mode.span, message)
                .with_help("write an octal mode up to `7777`, or a symbolic one such as `u+x`"),
        );
    }
    Some(mode)
}

/// An octal mode, or clauses such as `u+rw,go=` (BuildKit's `dispatchCopy`; symbolic modes since
/// Dockerfile 1.14).
fn is_mode(mode: &str) -> bool {
    if mode.bytes().all(|byte| byte.is_ascii_digit()) {
        return u32::from_str_radix(mode, 8).is_ok_and(|mode| mode <= 0o7777);
    }
    mode.split(',').all(|clause| {
        let actions = clause.trim_start_matches(['u', 'g', 'o', 'a']);
        actions.starts_with(['+', '-', '='])
            && actions.chars().all(|c| {
                matches!(
                    c,
                    '+' | '-' | '=' | 'r' | 'w' | 'x' | 'X' | 's' | 't' | 'u' | 'g' | 'o'
                )
            })
    })
}

/// Reports too few words, and a heredoc for a destination.
fn check_paths(reader: &mut Reader<'_, '_>, name: &str, paths: &List, all: Span) {
    let Some(destination) = paths.destination() else {
        let (message, help) = match paths.words.first() {
            None => (
                format!("`{name}` has no source and no destination"),
                format!("write `{name} source destination`"),
            ),
            Some(only) => (
                format!("`{name}` has no destination for `{}`", excerpt(&only.raw)),
                format!("write `{name} {} destination`", excerpt(&only.raw)),
            ),
        };
        reader.error(missing(all, &message, &help));
        return;
    };
    if heredoc::is_opener(&destination.raw) {
        let message = format!("`{name}` copies to a heredoc");
        reader.error(
            SyntaxError::new("invalid-heredoc", destination.span, message)
                .with_help("put the destination behind the heredoc's word"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::errors;
    use super::is_mode;
    use crate::dockerfile::ast::InstructionKind;
    use crate::dockerfile::parse::parse;

    #[test]
    fn modes_are_octal_or_symbolic() {
        for mode in ["755", "0644", "7777", "+x", "u+rwX,go-w", "a=r", "g=u"] {
            assert!(is_mode(mode), "{mode}");
        }
        for mode in ["64a", "10000", "888", "x", "u", "u+z", ",+x", "rwx"] {
            assert!(!is_mode(mode), "{mode}");
        }
    }

    #[test]
    fn a_destination_is_needed_and_is_no_heredoc() {
        assert_eq!(
            errors("FROM a\nCOPY b\nADD [\"c\"]"),
            [
                ("missing-arguments", "COPY b"),
                ("missing-arguments", "ADD [\"c\"]"),
            ]
        );
        assert_eq!(
            errors("FROM a\nCOPY b <<C\nC\n"),
            [("invalid-heredoc", "<<C")]
        );
    }

    #[test]
    fn from_takes_no_variable() {
        assert_eq!(
            errors("FROM a\nCOPY --from=$b c d"),
            [("variable-in-from-flag", "$b")]
        );
    }

    #[test]
    fn json_paths_are_lexed_after_decoding() {
        let text = "FROM a\nCOPY [\"b\\u0041c\", \"it's\"]";
        assert_eq!(errors(text), [("unterminated-quote", "'")]);
        let ast = parse(text).tree;
        let InstructionKind::Copy(copy) = &ast.instructions[1].kind else {
            panic!()
        };
        let word = &copy.paths.words[0];
        assert_eq!(&*word.raw, "bAc");
        assert_eq!(word.span.text(text), "\"b\\u0041c\"");
        assert_eq!(word.span_of(1..2).text(text), "\\u0041");
    }
}
