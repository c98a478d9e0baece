//! What a simple command runs: its name, its options, and the command behind `sudo` and the like.
//!
//! Options are told apart as `getopt` does it, but which of them take a value is known only to whoever knows
//! the program; functions here take the names of those.

use super::ast::SimpleCommand;
use super::programs::{Programs, mark};
use super::word::Word;
use crate::text::Span;
use crate::text::span::offset;

/// A command name and its arguments: a simple command, or what is left of it behind a wrapper.
#[derive(Clone, Copy, Debug)]
pub struct Invocation<'a> {
    /// The simple command that it is part of.
    pub command: &'a SimpleCommand,
    /// Index of the name among the command's words; 0 unless wrappers stand in front.
    pub first: usize,
}

/// An argument after option parsing.
#[derive(Clone, Copy, Debug)]
pub enum Argument<'a> {
    /// `-x`, `--long`, one letter of `-abc`.
    Flag(Flag<'a>),
    /// Anything else.
    Operand(&'a Word),
}

/// An option as used.
#[derive(Clone, Copy, Debug)]
pub struct Flag<'a> {
    /// Its name without dashes and value.
    pub name: &'a str,
    /// Whether two dashes stand in front.
    pub is_long: bool,
    /// The word that holds it, perhaps with others.
    pub word: &'a Word,
    /// Its value, if it takes one and has one.
    pub value: Option<FlagValue<'a>>,
}

/// The value of an option.
#[derive(Clone, Copy, Debug)]
pub struct FlagValue<'a> {
    /// The word that holds it: a word of its own, or that of the option.
    pub word: &'a Word,
    /// The value if it is static.
    pub text: Option<&'a str>,
}

/// A variable that a command sets.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// Its name.
    pub name: &'a str,
    /// The value, if it is static.
    pub value: Option<&'a str>,
    /// Name to value.
    pub span: Span,
    /// Whether it stands in front of a command, for which alone it counts.
    pub is_prefix: bool,
}

impl SimpleCommand {
    /// The variables that it sets: assignments, those of `export` and its relatives included, and the
    /// `NAME=value` of `env` and `sudo`.
    pub fn settings(&self) -> impl Iterator<Item = Setting<'_>> {
        let prefix = self.prefix_assignments().len();
        let has_name = !self.words.is_empty();
        let assignments = self.assignments.iter().enumerate();
        let assigned = assignments.filter_map(move |(at, assignment)| {
            let is_prefix = has_name && at < prefix;
            let value = assignment.word()?;
            Some(Setting {
                name: assignment.name.value.as_str(),
                // Nothing behind the `=` is the empty text.
                value: if value.parts.is_empty() {
                    Some("")
                } else {
                    value.text()
                },
                span: assignment.span,
                is_prefix,
            })
        });
        assigned.chain(self.wrapper_settings())
    }

    /// The `NAME=value` that `env` and `sudo` hand to the program behind them.
    pub fn wrapper_settings(&self) -> impl Iterator<Item = Setting<'_>> {
        let wrappers = match self.unwrapped() {
            Some(inner) => self.words.get(..inner.first),
            None => None,
        };
        wrappers.unwrap_or_default().iter().filter_map(|word| {
            let (name, start) = word.leading_piece().split_once('=')?;
            is_setting(word.leading_piece()).then_some(Setting {
                name,
                value: word.text().is_some().then_some(start),
                span: word.span,
                is_prefix: true,
            })
        })
    }

    /// The command as written. Without words it is an assignment or a lone redirection.
    pub fn invocation(&self) -> Option<Invocation<'_>> {
        (!self.words.is_empty()).then_some(Invocation {
            command: self,
            first: 0,
        })
    }

    /// The last part of the path that names the command, if it is static: `curl` for `/usr/bin/curl`.
    pub fn name(&self) -> Option<&str> {
        self.invocation()?.name()
    }

    /// The words behind the name.
    pub fn args(&self) -> &[Word] {
        self.words.get(1..).unwrap_or_default()
    }

    /// See [`Invocation::has_flag`].
    pub fn has_flag(&self, name: &str) -> bool {
        self.invocation()
            .is_some_and(|invocation| invocation.has_flag(name))
    }

    /// What runs in the end: the command behind `sudo`, `env`, `exec`, `xargs` and so on, options of those
    /// skipped; the command itself if there is no such thing.
    pub fn unwrapped(&self) -> Option<Invocation<'_>> {
        (!self.words.is_empty()).then_some(Invocation {
            command: self,
            first: self.program as usize,
        })
    }

    /// Finds the word that names what [`SimpleCommand::unwrapped`] gives. Notes it and the wrappers.
    pub(super) fn find_program(&mut self, programs: &mut Programs) {
        let mut next = self.invocation();
        let (mut first, mut name_start) = (0, 0);
        let mut last = mark("");
        while let Some(invocation) = next {
            first = invocation.first;
            let path = invocation.path().unwrap_or_default();
            let name = name_in(path);
            name_start = path.len() - name.len();
            last = mark(name);
            if !path.is_empty() {
                programs.insert(last);
            }
            next = wrapper(name).and_then(|wrapper| invocation.inside(wrapper));
        }
        self.program = offset(first);
        self.name_start = offset(name_start);
        self.mark = last;
    }
}

impl<'a> Invocation<'a> {
    /// The name and the arguments.
    pub fn words(&self) -> &'a [Word] {
        &self.command.words[self.first..]
    }

    /// The word that names the command.
    pub fn name_word(&self) -> &'a Word {
        &self.command.words[self.first]
    }

    /// The words behind the name.
    pub fn args(&self) -> &'a [Word] {
        &self.command.words[self.first + 1..]
    }

    /// The command as it is named, with its path, if that is static.
    pub fn path(&self) -> Option<&'a str> {
        self.name_word().literal()
    }

    /// The last part of [`Invocation::path`].
    pub fn name(&self) -> Option<&'a str> {
        let path = self.path()?;
        match self.first == self.command.program as usize {
            true if self.command.name_start == 0 => Some(path),
            true => path.get(self.command.name_start as usize..),
            false => Some(name_in(path)),
        }
    }

    /// Whether it is called by one of these names, with any path.
    pub fn is_any(&self, names: &[&str]) -> bool {
        self.name().is_some_and(|name| names.contains(&name))
    }

    /// Name to last argument.
    pub fn span(&self) -> Span {
        let words = self.words();
        words
            .iter()
            .fold(self.name_word().span, |span, word| span.cover(word.span))
    }

    /// Whether wrappers stand in front.
    pub fn is_wrapped(&self) -> bool {
        self.first > 0
    }

    /// Whether an option is given: `y` means `-y`, alone or in `-qy`; `yes` means `--yes` or `--yes=…`;
    /// with its dashes, `-delete` means just that. As no option is known to take a value, letters glued to
    /// an option of one letter count as options; see [`Invocation::flag`].
    pub fn has_flag(&self, name: &str) -> bool {
        self.flag(name, &[]).is_some()
    }

    /// Whether one of several options is given, named without dashes as in [`Invocation::has_flag`].
    pub fn has_any_flag(&self, names: &[&str]) -> bool {
        self.arguments(&[]).any(|argument| match argument {
            Argument::Flag(flag) => names
                .iter()
                .any(|name| flag.name == *name && flag.is_long == (name.len() > 1)),
            Argument::Operand(_) => false,
        })
    }

    /// The first use of an option, named as in [`Invocation::has_flag`]. `with_value` names the options that
    /// take a value, without dashes: `&["o", "output"]`.
    pub fn flag(&self, name: &str, with_value: &'a [&'a str]) -> Option<Flag<'a>> {
        let is_verbatim = name.starts_with('-');
        if is_verbatim {
            let before_end = self.args().iter().take_while(|word| !word.is("--"));
            let mut matching = before_end.filter_map(|word| {
                let text = word.literal()?;
                (text == name).then_some((word, text))
            });
            return matching.next().map(|(word, text)| Flag {
                name: text.trim_start_matches('-'),
                is_long: text.starts_with("--"),
                word,
                value: None,
            });
        }
        let is_long = name.chars().nth(1).is_some();
        self.arguments(with_value)
            .find_map(|argument| match argument {
                Argument::Flag(flag) if flag.name == name && flag.is_long == is_long => Some(flag),
                _ => None,
            })
    }

    /// The value of the first option with one of these names, without dashes: `-o x`, `-ox`, `--output x`,
    /// `--output=x`.
    pub fn value_of(&self, names: &'a [&'a str]) -> Option<FlagValue<'a>> {
        self.arguments(names).find_map(|argument| match argument {
            Argument::Flag(flag) if names.contains(&flag.name) => flag.value,
            _ => None,
        })
    }

    /// The arguments that are no options and no values of options. `with_value` as in
    /// [`Invocation::flag`].
    pub fn operands(&self, with_value: &'a [&'a str]) -> impl Iterator<Item = &'a Word> + use<'a> {
        self.arguments(with_value)
            .filter_map(|argument| match argument {
                Argument::Operand(word) => Some(word),
                Argument::Flag(_) => None,
            })
    }

    /// All arguments as options and operands. `with_value` as in [`Invocation::flag`].
    pub fn arguments(&self, with_value: &'a [&'a str]) -> Arguments<'a> {
        Arguments {
            words: self.args(),
            with_value,
            group: None,
            letters: None,
            all: None,
            is_over: false,
            is_one_dash_long: false,
        }
    }

    /// Like [`Invocation::arguments`], with options that were looked at before: for long lists.
    pub fn arguments_with(&self, values: &'a Values<'a>) -> Arguments<'a> {
        Arguments {
            letters: Some(values.letters),
            all: Some(&values.all),
            ..self.arguments(values.names)
        }
    }

    /// Like [`Invocation::arguments`] for a program whose long options have one dash, as those of Go:
    /// `-tags x`.
    pub fn arguments_with_one_dash(&self, values: &'a Values<'a>) -> Arguments<'a> {
        Arguments {
            is_one_dash_long: true,
            ..self.arguments_with(values)
        }
    }

    /// The command that this one runs with its arguments, if it is a wrapper.
    pub fn inside_wrapper(&self) -> Option<Invocation<'a>> {
        self.inside(wrapper(self.name()?)?)
    }

    /// The command that this one runs with its arguments, if this one is the wrapper.
    fn inside(&self, wrapper: &Wrapper) -> Option<Invocation<'a>> {
        let args = self.args();
        let mut skipped = 0;
        let mut operands = wrapper.operands;
        while let Some(word) = args.get(skipped) {
            let text = word.leading_text();
            if word.is("--") {
                skipped += 1;
                continue;
            }
            if let Some(option) = text.strip_prefix('-').filter(|option| !option.is_empty()) {
                let (takes_value, has_value) = wrapper.option(option)?;
                skipped += 1 + usize::from(takes_value && !has_value);
                continue;
            }
            if wrapper.takes_assignments && is_setting(&text) {
                skipped += 1;
                continue;
            }
            if operands == 0 {
                return Some(Invocation {
                    command: self.command,
                    first: self.first + 1 + skipped,
                });
            }
            operands -= 1;
            skipped += 1;
        }
        None
    }
}

/// The last part of a path.
fn name_in(path: &str) -> &str {
    let bytes = path.as_bytes();
    // For a few bytes a plain loop is faster than to get ready for many.
    let slash = match bytes.len() {
        0..=SHORT => bytes.iter().rposition(|byte| *byte == b'/'),
        _ => memchr::memrchr(b'/', bytes),
    };
    slash.map_or(path, |slash| &path[slash + 1..])
}

/// The options of a program that take a value, looked at once for all of its commands.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a> {
    /// Their names, without dashes.
    pub names: &'a [&'a str],
    /// Those of one letter, as bits.
    letters: u128,
    /// All of them.
    all: Programs,
}

impl<'a> Values<'a> {
    /// The options with these names, without dashes.
    pub const fn of(names: &'a [&'a str]) -> Values<'a> {
        Values {
            names,
            letters: letters_of(names),
            all: Programs::of(names),
        }
    }
}

/// The names of one letter, as bits.
const fn letters_of(names: &[&str]) -> u128 {
    let mut letters = 0;
    let mut index = 0;
    while index < names.len() {
        if let [only] = names[index].as_bytes()
            && only.is_ascii()
        {
            letters |= 1 << *only;
        }
        index += 1;
    }
    letters
}

/// Iterates over arguments as options and operands.
#[derive(Clone, Debug)]
pub struct Arguments<'a> {
    words: &'a [Word],
    with_value: &'a [&'a str],
    /// The single letters of `with_value`, as bits, once somebody asked: the lists of some programs are long.
    letters: Option<u128>,
    /// All names of `with_value` as a set, where it is known.
    all: Option<&'a Programs>,
    /// The word whose letters are being read, its text, and how many bytes of it were read.
    group: Option<(&'a Word, &'a str, usize)>,
    /// Whether `--` was read.
    is_over: bool,
    /// Whether what follows one dash is one option.
    is_one_dash_long: bool,
}

impl<'a> Arguments<'a> {
    fn next_word(&mut self) -> Option<&'a Word> {
        let (word, rest) = self.words.split_first()?;
        self.words = rest;
        Some(word)
    }

    fn value_in_next_word(&mut self) -> Option<FlagValue<'a>> {
        let word = self.next_word()?;
        Some(FlagValue {
            word,
            text: word.text(),
        })
    }

    /// Whether an option of one letter takes a value.
    fn has_letter(&mut self, letter: char, name: &str) -> bool {
        let Some(bit) = u8::try_from(letter).ok().filter(u8::is_ascii) else {
            return has(self.with_value, name);
        };
        let letters = *self
            .letters
            .get_or_insert_with(|| letters_of(self.with_value));
        letters & 1 << bit != 0
    }

    /// The next letter of `-abc`, with what is glued to it if it takes a value.
    fn next_letter(&mut self, word: &'a Word, text: &'a str, at: usize) -> Option<Flag<'a>> {
        let letter = text.get(at..)?.chars().next()?;
        let end = at + letter.len_utf8();
        let name = &text[at..end];
        let mut value = None;
        self.group = None;
        if self.has_letter(letter, name) {
            let glued = &text[end..];
            value = if !glued.is_empty() || word.has_expansion() {
                let is_static = !word.has_expansion();
                Some(FlagValue {
                    word,
                    text: is_static.then_some(glued),
                })
            } else {
                self.value_in_next_word()
            };
        } else if text[end..].starts_with(|next: char| next.is_ascii_alphanumeric()) {
            self.group = Some((word, text, end));
        }
        Some(Flag {
            name,
            is_long: false,
            word,
            value,
        })
    }
}

impl<'a> Iterator for Arguments<'a> {
    type Item = Argument<'a>;

    fn next(&mut self) -> Option<Argument<'a>> {
        if let Some((word, text, at)) = self.group.take()
            && let Some(flag) = self.next_letter(word, text, at)
        {
            return Some(Argument::Flag(flag));
        }
        let mut word = self.next_word()?;
        if !self.is_over && word.is("--") {
            self.is_over = true;
            word = self.next_word()?;
        }
        let text = word.leading_piece();
        if self.is_over || !text.starts_with('-') || text == "-" {
            return Some(Argument::Operand(word));
        }
        let one_dash = || text.strip_prefix('-').filter(|_| self.is_one_dash_long);
        let Some(long) = text.strip_prefix("--").or_else(one_dash) else {
            let flag = self.next_letter(word, text, 1);
            return Some(flag.map_or(Argument::Operand(word), Argument::Flag));
        };
        let (name, glued) = match long.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (long, None),
        };
        let value = match glued {
            Some(value) => Some(FlagValue {
                word,
                text: word
                    .text()
                    .map(|text| text.split_once('=').map_or(value, |(_, value)| value)),
            }),
            None if self.all.is_none_or(|all| all.may_have(name)) && has(self.with_value, name) => {
                self.value_in_next_word()
            }
            None => None,
        };
        Some(Argument::Flag(Flag {
            name,
            is_long: true,
            word,
            value,
        }))
    }
}

/// Whether a name is one of many. They are compared only where they begin and are as long as it.
fn has(names: &[&str], name: &str) -> bool {
    let first = name.as_bytes().first();
    names.iter().any(|other| {
        other.len() == name.len() && other.as_bytes().first() == first && *other == name
    })
}

/// A program that runs the command in its arguments.
struct Wrapper {
    name: &'static str,
    /// Options that take a value, without dashes.
    with_value: &'static [&'static str],
    /// Options with which it runs no command.
    without_command: &'static [&'static str],
    /// How many operands stand before the command.
    operands: usize,
    /// Whether `NAME=value` may stand before the command.
    takes_assignments: bool,
}

impl Wrapper {
    const fn new(name: &'static str, with_value: &'static [&'static str]) -> Wrapper {
        Wrapper {
            name,
            with_value,
            without_command: &[],
            operands: 0,
            takes_assignments: false,
        }
    }

    /// For an option without its first dash: whether it takes a value and whether the value is glued to it.
    /// `None` if there is no command to run with it.
    fn option(&self, option: &str) -> Option<(bool, bool)> {
        if let Some(long) = option.strip_prefix('-') {
            let (name, has_value) = match long.split_once('=') {
                Some((name, _)) => (name, true),
                None => (long, false),
            };
            if self.without_command.contains(&name) {
                return None;
            }
            return Some((self.with_value.contains(&name), has_value));
        }
        for (at, letter) in option.char_indices() {
            let end = at + letter.len_utf8();
            let name = &option[at..end];
            if self.without_command.contains(&name) {
                return None;
            }
            if self.with_value.contains(&name) {
                return Some((true, end < option.len()));
            }
        }
        Some((false, false))
    }
}

/// Names up to this length are short, in bytes.
const SHORT: usize = 32;

/// The wrapper with a name.
fn wrapper(name: &str) -> Option<&'static Wrapper> {
    let first = name.bytes().next()?;
    let is_likely = FIRST_LETTERS.get(name.len())? & letter(first) != 0;
    if !is_likely {
        return None;
    }
    WRAPPERS.iter().find(|wrapper| wrapper.name == name)
}

/// The first letters of wrappers by the lengths of their names, as bits: nearly every command is none, and this
/// shows it at once.
const FIRST_LETTERS: [u32; SHORT] = {
    let mut letters = [0; SHORT];
    let mut index = 0;
    while index < WRAPPERS.len() {
        let name = WRAPPERS[index].name.as_bytes();
        letters[name.len()] |= letter(name[0]);
        index += 1;
    }
    letters
};

/// The bit of a letter.
const fn letter(byte: u8) -> u32 {
    1 << (byte & 31)
}

/// Wrappers and their options, by their manual pages (sudo 1.9, GNU coreutils, findutils, BusyBox, bash).
const WRAPPERS: &[Wrapper] = &[
    Wrapper {
        without_command: &["l", "list", "v", "validate", "V", "version", "e", "edit"],
        takes_assignments: true,
        ..Wrapper::new(
            "sudo",
            &[
                "C",
                "close-from",
                "D",
                "chdir",
                "g",
                "group",
                "h",
                "host",
                "p",
                "prompt",
                "R",
                "chroot",
                "r",
                "role",
                "T",
                "command-timeout",
                "t",
                "type",
                "U",
                "other-user",
                "u",
                "user",
            ],
        )
    },
    Wrapper::new("doas", &["u", "C"]),
    Wrapper {
        takes_assignments: true,
        ..Wrapper::new("env", &["u", "unset", "C", "chdir", "S", "split-string"])
    },
    Wrapper::new("exec", &["a"]),
    Wrapper {
        without_command: &["v", "V"],
        ..Wrapper::new("command", &[])
    },
    Wrapper::new("builtin", &[]),
    Wrapper::new("time", &["f", "format", "o", "output"]),
    Wrapper::new("nice", &["n", "adjustment"]),
    Wrapper {
        without_command: &["p", "pid", "P", "pgid", "u", "uid"],
        ..Wrapper::new("ionice", &["c", "class", "n", "classdata"])
    },
    Wrapper::new("nohup", &[]),
    Wrapper::new("setsid", &[]),
    Wrapper::new("stdbuf", &["i", "input", "o", "output", "e", "error"]),
    Wrapper {
        operands: 1,
        ..Wrapper::new("timeout", &["k", "kill-after", "s", "signal"])
    },
    Wrapper::new(
        "xargs",
        &[
            "a",
            "arg-file",
            "d",
            "delimiter",
            "E",
            "I",
            "replace",
            "L",
            "max-lines",
            "n",
            "max-args",
            "P",
            "max-procs",
            "s",
            "max-chars",
        ],
    ),
    Wrapper {
        without_command: &["list", "list-full", "install", "help"],
        ..Wrapper::new("busybox", &[])
    },
    Wrapper {
        operands: 1,
        ..Wrapper::new("gosu", &[])
    },
    Wrapper {
        operands: 1,
        ..Wrapper::new("su-exec", &[])
    },
    Wrapper::new("tini", &["p", "e"]),
    Wrapper::new("dumb-init", &["rewrite", "r"]),
    Wrapper {
        without_command: &["V", "version", "h", "help"],
        ..Wrapper::new("catatonit", &[])
    },
    Wrapper::new("eatmydata", &[]),
    Wrapper::new("fakeroot", &["l", "lib", "f", "faked", "s", "i", "b"]),
];

/// Whether a word is `NAME=value`, its value perhaps an expansion.
fn is_setting(text: &str) -> bool {
    text.split_once('=')
        .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(super::lex::is_name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::ast::Script;
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;

    fn read(text: &str) -> Script {
        let parsed = parse(&Cooked::verbatim(text, 0), Dialect::Bash);
        assert_eq!(parsed.errors, [], "{text}");
        parsed.tree
    }

    fn first(script: &Script) -> &SimpleCommand {
        script.commands().next().unwrap().command
    }

    #[test]
    fn wrappers_are_looked_through() {
        let cases = [
            ("apt-get update", "apt-get"),
            ("sudo apt-get update", "apt-get"),
            ("sudo -E -u root A=1 -- /usr/bin/apt-get update", "apt-get"),
            ("sudo -uroot apt-get update", "apt-get"),
            ("sudo -l", "sudo"),
            ("sudo -i", "sudo"),
            ("env -i A=1 B=\"$c\" pip install x", "pip"),
            ("env", "env"),
            ("env A=1", "env"),
            ("exec sudo -H nice -n 5 make", "make"),
            ("command -p ls", "ls"),
            ("command -v ls", "command"),
            ("xargs -0 -n1 -I {} rm {}", "rm"),
            ("xargs -r apt-get install", "apt-get"),
            ("xargs", "xargs"),
            ("timeout -k 5 10s curl x", "curl"),
            ("gosu postgres psql", "psql"),
            ("busybox wget x", "wget"),
            ("busybox --install /bin", "busybox"),
            ("nohup nohup a", "a"),
            ("sudo $a b", "?"),
            ("$a b", "?"),
        ];
        for (text, name) in cases {
            let script = read(text);
            let invocation = first(&script).unwrapped().unwrap();
            assert_eq!(invocation.name().unwrap_or("?"), name, "{text}");
            assert_eq!(invocation.is_wrapped(), invocation.first > 0);
        }
        // `time` is a reserved word of bash and a program to a POSIX shell.
        let script = parse(&Cooked::verbatim("time -p a", 0), Dialect::Posix).tree;
        assert_eq!(first(&script).unwrapped().unwrap().name(), Some("a"));
    }

    #[test]
    fn flags_are_found_alone_in_groups_and_spelt_out() {
        let script = read("apt-get -qqUy install --no-install-recommends -o=x a=1 -- -z");
        let command = first(&script);
        for flag in ["q", "U", "y", "no-install-recommends", "-qqUy"] {
            assert!(command.has_flag(flag), "{flag}");
        }
        for flag in ["z", "n", "x", "install", "a", "yes", "-z", "-y"] {
            assert!(!command.has_flag(flag), "{flag}");
        }
        let invocation = command.invocation().unwrap();
        assert!(invocation.has_any_flag(&["z", "y"]));
        assert!(!invocation.has_any_flag(&["z", "install", "qqUy"]));
    }

    #[test]
    fn values_are_glued_or_in_the_next_word() {
        let names = &["o", "output"];
        let cases = [
            ("curl -o x u", Some("x")),
            ("curl -ox u", Some("x")),
            ("curl -fsSLo x u", Some("x")),
            ("curl --output x u", Some("x")),
            ("curl --output='x y' u", Some("x y")),
            ("curl --output=$x u", None),
            ("curl -o \"$x\" u", None),
            ("curl -o$x u", None),
        ];
        for (text, expected) in cases {
            let script = read(text);
            let invocation = first(&script).invocation().unwrap();
            let value = invocation.value_of(names).unwrap();
            assert_eq!(value.text, expected, "{text}");
            let operands = invocation.operands(names).map(Word::text);
            assert_eq!(operands.collect::<Vec<_>>(), [Some("u")], "{text}");
        }
        let script = read("curl u -o");
        let invocation = first(&script).invocation().unwrap();
        assert!(invocation.value_of(names).is_none());
    }

    #[test]
    fn operands_are_what_is_neither_option_nor_value() {
        let script = read("pip -q install -r a.txt --index-url=u b \"$c\" - -- -d");
        let invocation = first(&script).invocation().unwrap();
        let operands = invocation.operands(&["r"]);
        let operands: Vec<&str> = operands.map(|word| word.text().unwrap_or("?")).collect();
        assert_eq!(operands, ["install", "b", "?", "-", "-d"]);
    }

    #[test]
    fn variables_are_set_in_many_ways() {
        for (text, expected) in [
            ("A=1 b", "A=1 prefix"),
            ("A=1", "A=1"),
            ("A= b", "A= prefix"),
            ("export A=\"$b\" C=2", "A=? C=2"),
            ("sudo env A=1 B=$c d E=3", "A=1 prefix B=? prefix"),
            ("make A=1", ""),
        ] {
            let script = read(text);
            let shown = first(&script).settings().map(|setting| {
                let kind = if setting.is_prefix { " prefix" } else { "" };
                format!("{}={}{kind}", setting.name, setting.value.unwrap_or("?"))
            });
            assert_eq!(shown.collect::<Vec<_>>().join(" "), expected, "{text}");
        }
    }

    #[test]
    fn assignments_of_declaration_builtins_are_set_apart() {
        let script = read("A=1 export B=\"$c\" -n D e=(f)");
        let command = first(&script);
        let names = |all: &[crate::shell::ast::Assignment]| {
            let names = all
                .iter()
                .map(|assignment| assignment.name.value.to_string());
            names.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(command.prefix_assignments()), "A");
        assert_eq!(names(command.declarations()), "B e");
        assert_eq!(command.words.len(), 3);
    }
}
