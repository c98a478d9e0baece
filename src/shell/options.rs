//! Options of a shell that `set` or the shell's own arguments switch on: `errexit`, `nounset`, `pipefail`.
//!
//! Names and letters as in POSIX.1-2024, *set*. Whether the shell knows an option is not asked here.

use super::ast::SimpleCommand;

/// An option of a shell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ShellOption {
    /// The letter in `-e`.
    letter: Option<char>,
    /// The name in `-o errexit`.
    name: &'static str,
}

impl ShellOption {
    /// `set -e`: a command that fails ends the shell.
    pub const ERREXIT: ShellOption = ShellOption {
        letter: Some('e'),
        name: "errexit",
    };
    /// `set -u`: a variable that is not set ends the shell.
    pub const NOUNSET: ShellOption = ShellOption {
        letter: Some('u'),
        name: "nounset",
    };
    /// `set -o pipefail`: a pipeline fails when one of its commands does.
    pub const PIPEFAIL: ShellOption = ShellOption {
        letter: None,
        name: "pipefail",
    };

    /// Whether a command is `set` and switches the option on or off.
    pub fn change(self, command: &SimpleCommand) -> Option<bool> {
        let (name, args) = command.words.split_first()?;
        if !name.is("set") {
            return None;
        }
        self.in_arguments(args.iter().map(|word| word.text()))
    }

    /// Whether a shell that is started with these arguments has the option.
    pub fn is_asked_for<'w>(self, arguments: impl Iterator<Item = &'w str>) -> bool {
        self.in_arguments(arguments.map(Some)).unwrap_or(false)
    }

    /// What options do to it, up to the first argument that is none. `None` stands for an unknown word.
    fn in_arguments<'w>(self, arguments: impl Iterator<Item = Option<&'w str>>) -> Option<bool> {
        let mut state = None;
        // Groups of letters such as `-eo` take names of options behind them.
        let mut names = 0;
        let mut is_on = true;
        for argument in arguments {
            let argument = argument?;
            if names > 0 && !argument.starts_with(['-', '+']) {
                names -= 1;
                if argument == self.name {
                    state = Some(is_on);
                }
                continue;
            }
            names = 0;
            let Some(letters) = argument.strip_prefix(['-', '+']) else {
                break;
            };
            if letters.is_empty() || argument == "--" {
                break;
            }
            if argument.starts_with("--") {
                continue;
            }
            is_on = argument.starts_with('-');
            // bash reads `-opipefail` like this, too.
            if letters.strip_prefix('o') == Some(self.name) {
                state = Some(is_on);
                continue;
            }
            for letter in letters.chars() {
                if letter == 'o' {
                    names += 1;
                } else if Some(letter) == self.letter {
                    state = Some(is_on);
                }
            }
        }
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;

    fn change(option: ShellOption, script: &str) -> Option<bool> {
        let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Posix);
        option.change(parsed.tree.commands().next()?.command)
    }

    #[test]
    fn set_switches_options_by_letter_and_name() {
        let cases = [
            ("set -e", Some(true)),
            ("set -eux", Some(true)),
            ("set -x -e", Some(true)),
            ("set -o errexit", Some(true)),
            ("set -o pipefail -e", Some(true)),
            ("set -xo pipefail -o errexit", Some(true)),
            ("set +e", Some(false)),
            ("set +o errexit", Some(false)),
            ("set -e +e", Some(false)),
            ("set -x", None),
            ("set -o pipefail", None),
            ("set -- -e", None),
            ("set a -e", None),
            ("set \"$x\" -e", None),
            ("set", None),
            ("echo -e", None),
        ];
        for (script, expected) in cases {
            assert_eq!(change(ShellOption::ERREXIT, script), expected, "{script}");
        }
        let pipefail = |script| change(ShellOption::PIPEFAIL, script);
        assert_eq!(pipefail("set -euo pipefail"), Some(true));
        assert_eq!(pipefail("set -opipefail"), Some(true));
        assert_eq!(pipefail("set -o nounset"), None);
    }

    #[test]
    fn a_shell_is_started_with_options() {
        let asks = |option: ShellOption, words: &[&str]| option.is_asked_for(words.iter().copied());
        assert!(asks(ShellOption::ERREXIT, &["-ec"]));
        assert!(asks(ShellOption::ERREXIT, &["-o", "pipefail", "-e", "-c"]));
        assert!(asks(ShellOption::PIPEFAIL, &["-eo", "pipefail", "-c"]));
        assert!(!asks(ShellOption::ERREXIT, &["-c", "x", "-e"]));
        assert!(!asks(ShellOption::ERREXIT, &["--noprofile", "-c"]));
    }
}
