//! Scripts in arguments: `sh -c '…'`, `eval "…"`, `su -c '…'`.

use std::ops::Range;

use super::Dialect;
use super::ast::{InnerScript, Script, SimpleCommand};
use super::invocation::Invocation;
use super::parse::Parser;
use super::programs::Programs;
use super::word::{Word, WordPart};
use crate::text::{Cooked, CookedBuilder};

/// Which word of an exec form such as `["bash", "-c", "…"]` is a script, and for which shell.
pub fn script_word(words: &[&str]) -> Option<(usize, Dialect)> {
    let (program, args) = words.split_first()?;
    let dialect = Dialect::from_shell(&[program]);
    let index = shell_script(|index| args.get(index).map(|arg| Some(*arg)))?;
    dialect.is_posix().then_some((index + 1, dialect))
}

impl Script {
    /// The script and every script in a string argument that its own text is: `sh -c '…'`.
    pub fn with_exact_inner(&self) -> Vec<&Script> {
        let mut all = vec![self];
        let holders = self.has_inner.then(|| self.commands());
        for found in holders.into_iter().flatten() {
            if let Some(inner) = &found.command.inner
                && inner.is_exact
                && found.context.is_exact()
            {
                all.push(&inner.script);
            }
        }
        all
    }
}

impl Parser<'_> {
    /// Reads the script that a command runs, if one of its arguments is one. The ranges of its words are
    /// noted from `first_word` on.
    pub(super) fn read_inner_script(&mut self, command: &mut SimpleCommand, first_word: usize) {
        // Asked of every command, so the cheap question first.
        if !command.may_run(&RUNNERS) || !may_have_script(&command.words) {
            return;
        }
        let Some(found) = command
            .unwrapped()
            .and_then(|invocation| argument_script(&invocation, self.shared.dialect))
        else {
            return;
        };
        let (Some(word), Some(range)) = (
            command.words.get(found.word),
            self.word_ranges.get(first_word + found.word).cloned(),
        ) else {
            return;
        };
        let is_exact = !word.has_expansion();
        if !is_exact && word.pieces().any(runs_commands) {
            return;
        }
        let at = range.start;
        let text = self.unquoted_text(range);
        if self.enter(at) {
            let is_quiet = !is_exact || found.is_shell_unknown;
            let script = self.inner_script(&text, found.dialect, is_quiet);
            self.leave();
            command.inner = Some(Box::new(InnerScript { script, is_exact }));
            self.shared.has_inner = true;
        }
    }

    /// A word of the text without its quotes. Parameters stay as they are written.
    fn unquoted_text(&mut self, range: Range<usize>) -> Cooked<'static> {
        let mut builder = CookedBuilder::with_capacity(range.len());
        let fallback = self.span_of(range.start..range.start).start;
        let bytes = &self.bytes[..range.end];
        let mut at = range.start;
        // What was read and not appended yet begins here.
        let mut from = at;
        let mut in_double = false;
        while let Some(&byte) = bytes.get(at) {
            let next = bytes.get(at + 1).copied();
            match (byte, next) {
                (b'"', _) => {
                    builder.append(self.cooked, from..at);
                    in_double = !in_double;
                    at += 1;
                    from = at;
                }
                (b'\'', _) if !in_double => {
                    builder.append(self.cooked, from..at);
                    let rest = &bytes[at + 1..];
                    let len = memchr::memchr(b'\'', rest).unwrap_or(rest.len());
                    builder.append(self.cooked, at + 1..at + 1 + len);
                    at = (at + len + 2).min(bytes.len());
                    from = at;
                }
                (b'$', Some(b'\'')) if !in_double => {
                    builder.append(self.cooked, from..at);
                    let end = ansi_end(bytes, at + 2);
                    self.append_ansi(at + 2..end, &mut builder);
                    at = (end + 1).min(bytes.len());
                    from = at;
                }
                (b'$', Some(b'"')) if !in_double => {
                    builder.append(self.cooked, from..at);
                    at += 1;
                    from = at;
                }
                (b'\\', Some(b'\n')) => {
                    builder.append(self.cooked, from..at);
                    at += 2;
                    from = at;
                }
                (b'\\', Some(escaped)) => {
                    if !in_double || matches!(escaped, b'"' | b'$' | b'`' | b'\\') {
                        builder.append(self.cooked, from..at);
                        from = at + 1;
                    }
                    at += 2;
                }
                _ => at += 1,
            }
        }
        builder.append(self.cooked, from..bytes.len());
        builder.finish(fallback)
    }

    /// Appends what is between `$'` and `'`, its escapes resolved.
    fn append_ansi(&self, inside: Range<usize>, builder: &mut CookedBuilder) {
        let mut at = inside.start;
        while let Some(len) = self.text[at..inside.end].find('\\') {
            builder.append(self.cooked, at..at + len);
            at += len;
            let (text, len) = super::escape::first(&self.text[at..inside.end]);
            let text = text.unwrap_or_default();
            if text == self.text[at..at + len] {
                builder.append(self.cooked, at..at + len);
            } else {
                builder.replaced(&text, self.cooked.span(at..at + len));
            }
            at += len;
        }
        builder.append(self.cooked, at..inside.end);
    }
}

/// The programs that run a script in an argument: those of [`argument_script`] and the shells.
const RUNNERS: Programs = Programs::of(&["eval", "runuser", "su"]).and(Dialect::PROGRAMS);

/// Whether some argument looks like the option in front of a script, or the command is `eval`.
fn may_have_script(words: &[Word]) -> bool {
    let is_option = |word: &Word| {
        let text = word.leading_piece();
        text.starts_with('-') && text.contains('c')
    };
    match words {
        [] | [_] => false,
        [name, args @ ..] => args.iter().any(is_option) || name.is("eval"),
    }
}

/// A script among the arguments of a command.
struct Found {
    /// Index among the command's words.
    word: usize,
    dialect: Dialect,
    /// Whether some shell reads it, but nobody knows which.
    is_shell_unknown: bool,
}

fn argument_script(invocation: &Invocation<'_>, dialect: Dialect) -> Option<Found> {
    let name = invocation.name()?;
    let args = invocation.args();
    let found = |index: usize, dialect, is_shell_unknown| Found {
        word: invocation.first + 1 + index,
        dialect,
        is_shell_unknown,
    };
    match name {
        "eval" => {
            let [_] = args else { return None };
            Some(found(0, dialect, false))
        }
        "su" | "runuser" => {
            let option = args
                .iter()
                .position(|word| word.is("-c") || word.is("--command"))?;
            args.get(option + 1)?;
            Some(found(option + 1, dialect, true))
        }
        _ => {
            let dialect = Dialect::from_name(name);
            if !dialect.is_posix() {
                return None;
            }
            let index = shell_script(|index| args.get(index).map(Word::text))?;
            Some(found(index, dialect, false))
        }
    }
}

/// Which argument of a shell is the script, going by the options in front of it. An argument is `Some(None)`
/// where its text is not known.
fn shell_script<'t>(arg: impl Fn(usize) -> Option<Option<&'t str>>) -> Option<usize> {
    let mut index = 0;
    let mut takes_script = false;
    loop {
        let Some(text) = arg(index)? else {
            return takes_script.then_some(index);
        };
        let is_option = text.len() > 1 && text.starts_with(['-', '+']);
        if !is_option {
            return takes_script.then_some(index);
        }
        index += 1;
        match text {
            "--" => {
                arg(index)?;
                return takes_script.then_some(index);
            }
            "--rcfile" | "--init-file" => index += 1,
            _ if text.starts_with("--") => {}
            _ => {
                takes_script |= text.starts_with('-') && text.contains('c');
                // `-o` and `-O` take the next argument, wherever in the group they stand.
                index += text
                    .bytes()
                    .filter(|byte| matches!(byte, b'o' | b'O'))
                    .count();
            }
        }
    }
}

/// Whether an expansion runs commands or computes something, so that its text says nothing of the result.
fn runs_commands(part: &WordPart) -> bool {
    matches!(
        part,
        WordPart::CommandSubstitution(_)
            | WordPart::ProcessSubstitution(_)
            | WordPart::Arithmetic(_)
    )
}

/// Where the `'` stands that ends `$'…'`.
fn ansi_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\'' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::parse;

    #[test]
    fn the_script_of_an_exec_form_is_behind_its_options() {
        type Case<'a> = (&'a [&'a str], Option<(usize, Dialect)>);
        let cases: &[Case<'_>] = &[
            (&["sh", "-c", "x"], Some((2, Dialect::Posix))),
            (&["/bin/bash", "-lc", "x"], Some((2, Dialect::Bash))),
            (
                &["bash", "-eo", "pipefail", "-c", "x", "y"],
                Some((4, Dialect::Bash)),
            ),
            (
                &["bash", "-ceuo", "pipefail", "x"],
                Some((3, Dialect::Bash)),
            ),
            (&["bash", "-c", "-e", "--", "x"], Some((4, Dialect::Bash))),
            (&["bash", "x.sh"], None),
            (&["bash", "-c"], None),
            (&["python", "-c", "x"], None),
            (&[], None),
        ];
        for (words, script) in cases {
            assert_eq!(script_word(words), *script, "{words:?}");
        }
    }

    #[test]
    fn scripts_in_arguments_are_read_with_the_places_of_the_file() {
        let cases = [
            ("sh -c 'a b'", "a b"),
            ("bash -lc \"a \\\"b\\\"\"", "a \"b\\\""),
            ("sudo -E bash -ec 'a b'", "a b"),
            ("eval \"a b\"", "a b"),
            ("su - x -c 'a b'", "a b"),
            ("sh -c a", "a"),
            ("sh -c \"a $b\"", "a $b"),
            ("bash -c $'a \\'b\\''", "a \\'b\\'"),
            ("sh -c 'sh -c \"a b\"'", "sh -c \"a b\" a b"),
            ("sh -c \"$a\"", "$a"),
        ];
        for (text, expected) in cases {
            let parsed = parse(&Cooked::verbatim(text, 0), Dialect::Posix);
            assert_eq!(parsed.errors, [], "{text}");
            let inner = parsed
                .tree
                .commands()
                .filter(|found| found.context.in_inner_script());
            let words = inner.flat_map(|found| &found.command.words);
            let places: Vec<&str> = words.map(|word| word.span.text(text)).collect();
            let expected: Vec<&str> = expected.split(' ').collect();
            assert_eq!(places.join(" "), expected.join(" "), "{text}");
        }
    }

    #[test]
    fn what_is_no_script_is_not_read_as_one() {
        let cases = [
            "sh a.sh -c b",
            "sh -c",
            "eval a b",
            "sh -c \"$(a) b\"",
            "python -c 'a b'",
            "echo sh -c 'a b'",
            "sh -o c 'a b'",
        ];
        for text in cases {
            let parsed = parse(&Cooked::verbatim(text, 0), Dialect::Posix);
            let mut commands = parsed.tree.commands();
            assert!(
                commands.all(|found| found.command.inner.is_none()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_string_that_is_expanded_first_is_never_called_wrong() {
        let parsed = parse(&Cooked::verbatim("sh -c \"if $a\"", 0), Dialect::Posix);
        assert_eq!(parsed.errors, []);
        let mut commands = parsed.tree.commands();
        let inner = commands.next().unwrap().command.inner.as_ref().unwrap();
        assert!(!inner.is_exact);
    }
}
