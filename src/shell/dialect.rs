//! Which shell a text is written for.

use super::programs::Programs;

/// The language of a script, as far as it changes how the script is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Dialect {
    /// `sh`, `dash`, `ash`: Docker's default on Linux. Which program `sh` is depends on the image.
    #[default]
    Posix,
    /// `bash`.
    Bash,
    /// `ksh` and `mksh`.
    Ksh,
    /// `zsh`. Its own syntax goes beyond ours, so its scripts are read but never called wrong.
    Zsh,
    /// Windows PowerShell and `pwsh`; not ours to read.
    PowerShell,
    /// Windows `cmd`, Docker's default on Windows; not ours to read.
    Cmd,
    /// Anything else: another interpreter, or a variable.
    Unknown,
    /// No shell at all: the words of an exec form, which the program gets as they are.
    None,
}

/// The shells by their names.
const SHELLS: [(&str, Dialect); 17] = [
    ("sh", Dialect::Posix),
    ("bash", Dialect::Bash),
    ("dash", Dialect::Posix),
    ("ash", Dialect::Posix),
    ("zsh", Dialect::Zsh),
    ("ksh", Dialect::Ksh),
    ("ksh93", Dialect::Ksh),
    ("loksh", Dialect::Ksh),
    ("mksh", Dialect::Ksh),
    ("oksh", Dialect::Ksh),
    ("pdksh", Dialect::Ksh),
    ("posh", Dialect::Posix),
    ("rbash", Dialect::Bash),
    ("yash", Dialect::Posix),
    ("powershell", Dialect::PowerShell),
    ("pwsh", Dialect::PowerShell),
    ("cmd", Dialect::Cmd),
];

impl Dialect {
    /// The programs that [`Dialect::from_name`] knows.
    pub(super) const PROGRAMS: Programs = {
        let mut all = Programs::of(&[]);
        let mut index = 0;
        while index < SHELLS.len() {
            all = all.and(Programs::of(&[SHELLS[index].0]));
            index += 1;
        }
        all
    };

    /// The dialect of a shell given as words, such as those of `SHELL ["/bin/bash", "-c"]`.
    pub fn from_shell(words: &[&str]) -> Dialect {
        let Some((program, rest)) = words.split_first() else {
            return Dialect::Unknown;
        };
        match program_name(program).as_str() {
            "env" => Dialect::from_shell(after_env_options(rest)),
            "busybox" => Dialect::from_shell(rest),
            name => Dialect::from_name(name),
        }
    }

    /// The dialect that a program speaks, by its name without folder and `.exe`.
    pub fn from_name(name: &str) -> Dialect {
        if !Dialect::PROGRAMS.may_have(name) {
            return Dialect::Unknown;
        }
        let known = SHELLS.iter().find(|(shell, _)| *shell == name);
        known.map_or(Dialect::Unknown, |(_, dialect)| *dialect)
    }

    /// The dialect that a script's first line asks for, if that line begins with `#!`.
    pub fn from_shebang(line: &str) -> Option<Dialect> {
        let command = line.strip_prefix("#!")?;
        let words: Vec<&str> = command.split_ascii_whitespace().collect();
        Some(Dialect::from_shell(&words))
    }

    /// Whether `parse::parse` can read it.
    pub fn is_posix(self) -> bool {
        matches!(
            self,
            Dialect::Posix | Dialect::Bash | Dialect::Ksh | Dialect::Zsh
        )
    }
}

/// The last part of a path with either kind of slash, in lower case and without `.exe`.
fn program_name(path: &str) -> String {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let file = file.to_ascii_lowercase();
    match file.strip_suffix(".exe") {
        Some(name) => name.to_owned(),
        None => file,
    }
}

/// What is left of `env`'s arguments once its options and assignments are gone.
fn after_env_options<'w, 's>(words: &'w [&'s str]) -> &'w [&'s str] {
    let is_setting = |word: &&str| word.starts_with('-') || word.contains('=');
    let count = words.iter().take_while(|word| is_setting(word)).count();
    &words[count..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_is_known_by_its_program() {
        let cases: &[(&[&str], Dialect)] = &[
            (&["/bin/sh", "-c"], Dialect::Posix),
            (&["/bin/ash", "-eo", "pipefail", "-c"], Dialect::Posix),
            (&["/bin/bash", "-o", "pipefail", "-c"], Dialect::Bash),
            (&["/usr/bin/env", "-S", "bash", "-c"], Dialect::Bash),
            (&["env", "A=1", "bash"], Dialect::Bash),
            (&["/bin/busybox", "sh", "-c"], Dialect::Posix),
            (&["zsh", "-c"], Dialect::Zsh),
            (&["ksh93"], Dialect::Ksh),
            (&["powershell", "-Command"], Dialect::PowerShell),
            (
                &["C:\\Program Files\\PowerShell\\pwsh.EXE"],
                Dialect::PowerShell,
            ),
            (&["cmd", "/S", "/C"], Dialect::Cmd),
            (&["/usr/bin/python3", "-c"], Dialect::Unknown),
            (&["$MY_SHELL", "-c"], Dialect::Unknown),
            (&[], Dialect::Unknown),
        ];
        for (words, dialect) in cases {
            assert_eq!(Dialect::from_shell(words), *dialect, "{words:?}");
        }
    }

    #[test]
    fn a_shebang_names_the_interpreter() {
        let cases = [
            ("#!/bin/sh", Some(Dialect::Posix)),
            ("#!/bin/bash -e\r", Some(Dialect::Bash)),
            ("#! /usr/bin/env bash", Some(Dialect::Bash)),
            ("#!/usr/bin/env -S bash -eux", Some(Dialect::Bash)),
            ("#!/usr/bin/env python3", Some(Dialect::Unknown)),
            ("#!", Some(Dialect::Unknown)),
            ("# !/bin/sh", None),
            ("echo", None),
        ];
        for (line, dialect) in cases {
            assert_eq!(Dialect::from_shebang(line), dialect, "{line:?}");
        }
    }
}
