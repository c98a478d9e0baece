//! Commands that set the mode or the owner of files: `chmod`, `chown`, `install`, `mkdir`.
//!
//! Options as in the manual pages of the GNU programs and of BusyBox. Not for: which files there are.

use super::invocation::{Argument, Invocation};
use super::programs::Programs;
use super::word::Word;
use crate::text::Span;

/// A command that sets the mode of files.
#[derive(Clone, Debug)]
pub struct ModeUse<'a> {
    /// The mode as it is written, if it is static.
    pub mode: Option<&'a str>,
    /// The word that holds it.
    pub span: Span,
    /// Whether the mode is that of directories for sure: `mkdir -m`, `install -d`.
    pub is_directory: bool,
    /// Whether everything below is changed as well.
    pub is_recursive: bool,
    /// The files.
    pub targets: Vec<&'a Word>,
}

/// A command that sets the owner of files.
#[derive(Clone, Debug)]
pub struct OwnerUse<'a> {
    /// `user`, `user:group` or `:group` as it is written, if it is static.
    pub owner: Option<&'a str>,
    /// The word that holds it.
    pub span: Span,
    /// Whether everything below is changed as well.
    pub is_recursive: bool,
    /// Whether there is an option besides those that recurse and report.
    pub has_other_options: bool,
    /// The files.
    pub targets: Vec<&'a Word>,
}

/// Options of `install` that take a value.
const INSTALL_OPTIONS: &[&str] = &[
    "g",
    "group",
    "m",
    "mode",
    "o",
    "owner",
    "S",
    "suffix",
    "t",
    "target-directory",
];

/// Options of `mkdir` that take a value.
const MKDIR_OPTIONS: &[&str] = &["m", "mode"];

/// The programs of [`mode_use`].
pub const MODE_PROGRAMS: Programs = Programs::of(&["chmod", "install", "mkdir"]);

/// What a command does to the mode of files; `None` where it does nothing to it.
pub fn mode_use<'a>(invocation: &Invocation<'a>) -> Option<ModeUse<'a>> {
    let (options, is_mkdir) = match invocation.name()? {
        "chmod" => return chmod(invocation),
        "install" => (INSTALL_OPTIONS, false),
        "mkdir" => (MKDIR_OPTIONS, true),
        _ => return None,
    };
    let mut mode = None;
    let mut is_directory = is_mkdir;
    let mut targets = Vec::new();
    for argument in invocation.arguments(options) {
        match argument {
            Argument::Flag(flag) => match flag.name {
                "m" | "mode" => mode = flag.value,
                "d" | "directory" if !is_mkdir => is_directory = true,
                _ => {}
            },
            Argument::Operand(word) => targets.push(word),
        }
    }
    let mode = mode?;
    Some(ModeUse {
        mode: mode.text,
        span: mode.word.span,
        is_directory,
        is_recursive: false,
        targets,
    })
}

/// The mode of `chmod` can begin with a dash, as in `chmod -x`.
fn chmod<'a>(invocation: &Invocation<'a>) -> Option<ModeUse<'a>> {
    let mut is_recursive = false;
    let mut operands = Vec::new();
    for word in invocation.args() {
        let text = word.leading_piece();
        if text.starts_with("--") {
            if text.starts_with("--reference") {
                return None;
            }
            is_recursive |= text == "--recursive";
        } else if text.len() > 1 && text.starts_with('-') && text[1..].bytes().all(is_chmod_option)
        {
            is_recursive |= text.contains('R');
        } else {
            operands.push(word);
        }
    }
    let (mode, targets) = operands.split_first()?;
    Some(ModeUse {
        mode: mode.text(),
        span: mode.span,
        is_directory: false,
        is_recursive,
        targets: targets.to_vec(),
    })
}

fn is_chmod_option(byte: u8) -> bool {
    matches!(byte, b'R' | b'c' | b'f' | b'v' | b'h' | b'H' | b'L' | b'P')
}

/// What `chown` does; `None` for another program.
pub fn owner_use<'a>(invocation: &Invocation<'a>) -> Option<OwnerUse<'a>> {
    if !invocation.is_any(&["chown"]) {
        return None;
    }
    let mut is_recursive = false;
    let mut has_other_options = false;
    let mut operands = Vec::new();
    for argument in invocation.arguments(&[]) {
        match argument {
            Argument::Flag(flag) => match flag.name {
                "R" | "recursive" => is_recursive = true,
                "c" | "changes" | "v" | "verbose" => {}
                "reference" => return None,
                _ => has_other_options = true,
            },
            Argument::Operand(word) => operands.push(word),
        }
    }
    let (owner, targets) = operands.split_first()?;
    Some(OwnerUse {
        owner: owner.text(),
        span: owner.span,
        is_recursive,
        has_other_options,
        targets: targets.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;

    #[test]
    fn modes_are_found() {
        let shown = |script: &str| {
            let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Posix);
            let command = parsed.tree.commands().next()?.command;
            let found = mode_use(&command.unwrapped()?)?;
            let targets = found.targets.iter();
            let targets: Vec<&str> = targets.map(|word| word.span.text(script)).collect();
            let kind = if found.is_directory { "d" } else { "f" };
            let kind = if found.is_recursive { "r" } else { kind };
            let mode = found.mode.unwrap_or("?");
            Some(format!("{mode} {kind} {}", targets.join(" ")))
        };
        for (script, expected) in [
            ("chmod 755 a b", Some("755 f a b")),
            ("chmod -R --verbose u+s a", Some("u+s r a")),
            ("chmod -x a", Some("-x f a")),
            ("chmod $M a", Some("? f a")),
            ("chmod --reference=a b", None),
            ("install -m 4755 -o root a b", Some("4755 f a b")),
            ("install -d --mode=1777 a", Some("1777 d a")),
            ("install a b", None),
            ("mkdir -pm 0777 a", Some("0777 d a")),
            ("mkdir -p a", None),
            ("echo chmod 755 a", None),
        ] {
            assert_eq!(shown(script).as_deref(), expected, "{script}");
        }
    }

    #[test]
    fn owners_are_found() {
        let shown = |script: &str| {
            let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Posix);
            let command = parsed.tree.commands().next()?.command;
            let found = owner_use(&command.unwrapped()?)?;
            let targets = found.targets.len();
            Some((
                found.owner?.to_owned(),
                found.is_recursive,
                found.has_other_options,
                targets,
            ))
        };
        assert_eq!(
            shown("chown -Rv a:b c d"),
            Some(("a:b".to_owned(), true, false, 2))
        );
        assert_eq!(
            shown("chown -h a c"),
            Some(("a".to_owned(), false, true, 1))
        );
        assert_eq!(shown("chown --reference=a b"), None);
        assert_eq!(shown("chgrp a b"), None);
    }
}
