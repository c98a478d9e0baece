//! Scripts in arguments (`sh -c '…'`, `eval "…"`, `su -c '…'`) and in what a shell reads (`bash <<EOF`).

use std::ops::Range;
use std::sync::Arc;

use super::Dialect;
use super::ast::{InnerScript, Script, SimpleCommand};
use super::heredoc::Pending;
use super::invocation::Invocation;
use super::parse::Parser;
use super::programs::Programs;
use super::word::{Word, WordPart};
use crate::text::{Cooked, CookedBuilder, Span};

/// What stands in a script for a text that nobody knows: a parameter that no script sets.
pub const HOLE: &str = "${__}";

/// How many heredocs that are scripts may stand inside each other; the lines of a deeper one are not read, as each
/// takes a copy of them.
const MAX_HEREDOCS: u32 = 4;

/// Which word of an exec form such as `["bash", "-c", "…"]` is a script, and for which shell.
pub fn script_word(words: &[&str]) -> Option<(usize, Dialect)> {
    let (program, args) = words.split_first()?;
    let dialect = Dialect::from_shell(&[program]);
    let options = ShellOptions::of(|index| args.get(index).map(|arg| Some(*arg)));
    let index = options.script.filter(|index| *index < args.len())?;
    dialect.is_posix().then_some((index + 1, dialect))
}

impl Script {
    /// The script and every script in a string argument or heredoc that its own text is: `sh -c '…'`.
    pub fn with_exact_inner(&self) -> Vec<&Script> {
        let mut all = vec![self];
        let holders = self.has_inner.then(|| self.commands());
        for found in holders.into_iter().flatten() {
            if let Some(inner) = found.command.inner_script()
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

    /// Notes that the lines of a heredoc are a script, if the command is a shell that reads them. The heredocs
    /// of the command are the pending ones from `first` on.
    pub(super) fn mark_heredoc_script(&mut self, command: &SimpleCommand, first: usize) {
        let inputs = command.redirects.iter().rev();
        let input = inputs.into_iter().find(|redirect| redirect.is_input());
        let Some(heredoc) = input.and_then(|redirect| redirect.heredoc.as_deref()) else {
            return;
        };
        let Some(dialect) = reading_shell(command) else {
            return;
        };
        let pending = self.pending.iter_mut().skip(first);
        for pending in pending.filter(|pending| Arc::ptr_eq(&pending.body, &heredoc.body)) {
            pending.shell = Some(dialect);
        }
    }

    /// The script that the lines of a heredoc are, `range` being the lines and `text` how the tree has them.
    pub(super) fn heredoc_script(
        &mut self,
        heredoc: &Pending,
        range: Range<usize>,
        text: &Word,
        is_whole: bool,
    ) -> Option<Box<InnerScript>> {
        let dialect = heredoc.shell?;
        let is_exact = !text.has_expansion();
        if self.shared.heredoc_depth >= MAX_HEREDOCS {
            return None;
        }
        let at = range.start;
        let computed = text.pieces().filter(|part| runs_commands(part));
        let computed: Vec<Span> = computed.map(WordPart::span).collect();
        let lines = self.unquoted_lines(range, heredoc, &computed);
        if !self.enter(at) {
            return None;
        }
        self.shared.heredoc_depth += 1;
        let script = self.inner_script(&lines, dialect, !is_exact || !is_whole);
        self.shared.heredoc_depth -= 1;
        self.leave();
        self.shared.has_inner = true;
        Some(Box::new(InnerScript { script, is_exact }))
    }

    /// The lines of a heredoc as the shell hands them on. Parameters stay as they are written; what is `computed`,
    /// by its places in order, is a [`HOLE`]: its commands stand in the tree already.
    fn unquoted_lines(
        &self,
        range: Range<usize>,
        heredoc: &Pending,
        computed: &[Span],
    ) -> Cooked<'static> {
        let (quoted, strip_tabs) = (heredoc.quoted, heredoc.strip_tabs);
        let mut computed = computed.iter().peekable();
        let mut builder = CookedBuilder::with_capacity(range.len());
        let fallback = self.cooked.start_of(range.start);
        let bytes = &self.bytes[..range.end];
        let mut at = range.start;
        // What was read and not appended yet begins here.
        let mut from = at;
        let mut is_line_start = true;
        while let Some(&byte) = bytes.get(at) {
            if is_line_start && strip_tabs && byte == b'\t' {
                builder.append(self.cooked, from..at);
                at += 1;
                from = at;
                continue;
            }
            is_line_start = byte == b'\n';
            let begins = |span: &&Span| self.cooked.start_of(at) >= span.start;
            if matches!(byte, b'$' | b'`')
                && let Some(span) = computed.next_if(begins)
            {
                builder.append(self.cooked, from..at);
                builder.replaced(HOLE, *span);
                while at < bytes.len() && self.cooked.start_of(at) < span.end {
                    at += 1;
                }
                from = at;
                continue;
            }
            let next = bytes.get(at + 1).copied();
            match (byte, next) {
                (b'\\', Some(b'\n')) if !quoted => {
                    builder.append(self.cooked, from..at);
                    at += 2;
                    from = at;
                }
                (b'\\', Some(b'$' | b'`' | b'\\')) if !quoted => {
                    builder.append(self.cooked, from..at);
                    from = at + 1;
                    at += 2;
                }
                _ => at += 1,
            }
        }
        builder.append(self.cooked, from..bytes.len());
        builder.finish(fallback)
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
pub(super) struct Found {
    /// Index among the command's words.
    pub(super) word: usize,
    pub(super) dialect: Dialect,
    /// Whether some shell reads it, but nobody knows which.
    pub(super) is_shell_unknown: bool,
}

/// The script that a command gets as an argument. `dialect` is what the command itself is written in.
pub(super) fn argument_script(invocation: &Invocation<'_>, dialect: Dialect) -> Option<Found> {
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
            let index = ShellOptions::of_words(args).script?;
            args.get(index)?;
            Some(found(index, dialect, false))
        }
    }
}

/// What the options of a shell say about its script.
struct ShellOptions {
    /// Which argument is the script, if there is one: the first behind the options with `-c`.
    script: Option<usize>,
    /// Which argument is the first behind the options.
    operands: usize,
    /// Whether commands are read from the standard input, whatever the operands: `-s`.
    reads_input: bool,
}

impl ShellOptions {
    fn of_words(args: &[Word]) -> ShellOptions {
        ShellOptions::of(|index| args.get(index).map(Word::text))
    }

    /// An argument is `Some(None)` where its text is not known; it is then taken for the first operand.
    fn of<'t>(arg: impl Fn(usize) -> Option<Option<&'t str>>) -> ShellOptions {
        let mut index = 0;
        let mut takes_script = false;
        let mut reads_input = false;
        while let Some(Some(text)) = arg(index) {
            let is_option = text.len() > 1 && text.starts_with(['-', '+']);
            if !is_option {
                break;
            }
            index += 1;
            match text {
                "--" => break,
                "--rcfile" | "--init-file" => index += 1,
                _ if text.starts_with("--") => {}
                _ => {
                    let is_on = text.starts_with('-');
                    takes_script |= is_on && text.contains('c');
                    reads_input |= is_on && text.contains('s');
                    // `-o` and `-O` take the next argument, wherever in the group they stand.
                    index += text
                        .bytes()
                        .filter(|byte| matches!(byte, b'o' | b'O'))
                        .count();
                }
            }
        }
        ShellOptions {
            script: takes_script.then_some(index),
            operands: index,
            reads_input,
        }
    }
}

/// The shell that reads its commands from what it is given with the operator `<<`; `None` for a command that does
/// something else with it, or may.
fn reading_shell(command: &SimpleCommand) -> Option<Dialect> {
    let invocation = command.unwrapped()?;
    let dialect = Dialect::from_name(invocation.name()?);
    let wrappers = command.words.get(..invocation.first).unwrap_or_default();
    // `xargs` reads the lines itself.
    if !dialect.is_posix() || wrappers.iter().any(|word| word.is("xargs")) {
        return None;
    }
    let args = invocation.args();
    let options = ShellOptions::of_words(args);
    let is_input = |word: &Word| word.is("-") || word.is("/dev/stdin");
    let reads = match args.get(options.operands..).unwrap_or_default() {
        [] => true,
        [only] if is_input(only) => true,
        _ => options.reads_input,
    };
    (reads && options.script.is_none()).then_some(dialect)
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
                commands.all(|found| found.command.inner_script().is_none()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_string_that_is_expanded_first_is_never_called_wrong() {
        let parsed = parse(&Cooked::verbatim("sh -c \"if $a\"", 0), Dialect::Posix);
        assert_eq!(parsed.errors, []);
        let mut commands = parsed.tree.commands();
        let inner = commands.next().unwrap().command.inner_script().unwrap();
        assert!(!inner.is_exact);
    }

    /// The words of the commands in scripts that heredocs are.
    fn read_by_shells(text: &str) -> Vec<String> {
        let parsed = parse(&Cooked::verbatim(text, 0), Dialect::Posix);
        assert_eq!(parsed.errors, [], "{text}");
        let inner = parsed.tree.commands();
        let inner = inner.filter(|found| found.context.in_inner_script());
        let shown = inner.map(|found| {
            let exact = if found.context.is_exact() { "" } else { "?" };
            format!("{}{exact}", found.command.span.text(text))
        });
        shown.collect()
    }

    #[test]
    fn the_lines_that_a_shell_reads_are_a_script() {
        let cases: &[(&str, &[&str])] = &[
            ("bash <<E\na b\nc\nE\nd", &["a b", "c"]),
            ("<<E sh && d\na\nE", &["a"]),
            ("/bin/bash -ex <<'E'\na $b $(c)\nE", &["a $b $(c)", "c"]),
            (
                "sudo -E bash -s -- x <<-E\n\ta\n\t\tb 'c\n\td'\n\tE",
                &["a", "b 'c\n\td'"],
            ),
            ("bash -euo pipefail - <<\"E\"\na\nE", &["a"]),
            ("sh 2>&1 >x 3<y 0<<E\na\nE", &["a"]),
            ("if x; then bash <<E; fi\na\nE", &["a"]),
            ("x | bash <<E | y\na\nE", &["a"]),
            ("bash <<E\nsh <<F\na\nF\nE", &["sh <<F", "a"]),
            ("bash <<E\na \\$b \\\\ \\\n  c\nE", &["a \\$b \\\\ \\\n  c"]),
            ("bash <<E\na $b\nc\nE", &["a $b?", "c?"]),
            (
                "bash <<E\na $(b)`c`é $((1 + 2))d\n# `e`\nf 'g'\nE",
                &["a $(b)`c`é $((1 + 2))d?", "f 'g'?"],
            ),
            ("bash <<E\na \\$(b)\nE", &["a \\$(b)", "b"]),
            ("bash <<E\n\nE", &[]),
        ];
        for (text, wanted) in cases {
            assert_eq!(read_by_shells(text), *wanted, "{text}");
        }
    }

    #[test]
    fn scripts_of_scripts_are_read_to_some_depth() {
        let open: String = (0..9).map(|level| format!("sh <<E{level}\n")).collect();
        let close: String = (0..9).rev().map(|level| format!("\nE{level}")).collect();
        let found = read_by_shells(&format!("{open}a{close}"));
        assert_eq!(found, ["sh <<E1", "sh <<E2", "sh <<E3", "sh <<E4"]);
    }

    #[test]
    fn lines_that_something_else_reads_are_no_script() {
        for text in [
            "bash x.sh <<E\na\nE",
            "bash $x <<E\na\nE",
            "cat <<E\na\nE",
            "python3 <<E\na\nE",
            "$sh <<E\na\nE",
            "xargs bash <<E\na\nE",
            "bash <<E <x\na\nE",
            "bash 3<<E\na\nE",
            "cat <<E | bash\na\nE",
            "pwsh <<E\na\nE",
        ] {
            let inner = read_by_shells(text);
            assert!(inner.is_empty(), "{text}: {inner:?}");
        }
        assert_eq!(read_by_shells("bash -c x <<E\na\nE"), ["x"]);
    }

    #[test]
    fn the_dialect_of_such_a_script_is_that_of_its_shell() {
        let parsed = parse(&Cooked::verbatim("bash <<E\na\nE", 0), Dialect::Posix);
        let [_, (inner, Some(command))] = parsed.tree.with_inner()[..] else {
            panic!("{:?}", parsed.tree);
        };
        assert_eq!(
            (inner.dialect, command.name()),
            (Dialect::Bash, Some("bash"))
        );
        assert_eq!(parsed.tree.with_exact_inner().len(), 2);
    }

    #[test]
    fn only_lines_that_nothing_changes_are_called_wrong() {
        let errors = |text: &str| {
            let parsed = parse(&Cooked::verbatim(text, 0), Dialect::Posix);
            let errors = parsed.errors.iter();
            errors
                .map(|error| error.span.text(text).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(errors("bash <<'E'\nif $a\nE"), ["if"]);
        assert_eq!(errors("bash <<E\nif a\nE"), ["if"]);
        assert!(errors("bash <<E\nif $a\nE").is_empty());
    }
}
