//! Stages in which there is surely no `/bin/sh`: built on nothing, or on an image without a shell, and without
//! anything that might bring one.
//!
//! A single file copied under another name than that of a shell brings none; a directory, an archive, a pattern, or
//! a name that nobody knows may.

use super::ast::{Command, InstructionKind, Run};
use super::model::{Base, Dockerfile};
use super::word::Word;
use crate::knowledge::images::Shell;

/// What is known of the shell in a stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shells {
    /// There is one, or there may be.
    Perhaps,
    /// There is none up to this instruction, which may bring one.
    NoneUpTo(usize),
    /// There is none.
    None,
}

/// What is known of every stage.
pub(super) fn of_stages(model: &Dockerfile) -> Vec<Shells> {
    let mut all: Vec<Shells> = Vec::with_capacity(model.stages.len());
    for stage in &model.stages {
        let is_certain = match &model.ast.instructions[stage.from].kind {
            InstructionKind::From(from) => from
                .image
                .as_ref()
                .is_some_and(|image| !image.has_variables()),
            _ => false,
        };
        let begins_without = match &stage.base {
            _ if !is_certain => false,
            Base::Stage(base) => all.get(*base) == Some(&Shells::None),
            Base::Scratch | Base::Image(_) => model
                .base_facts(stage)
                .is_some_and(|facts| facts.shell == Some(Shell::None)),
            Base::Unresolved => false,
        };
        all.push(if begins_without {
            let mut instructions = stage.instructions.clone();
            match instructions.find(|index| may_bring(model, *index)) {
                Some(index) => Shells::NoneUpTo(index),
                None => Shells::None,
            }
        } else {
            Shells::Perhaps
        });
    }
    all
}

/// Names of programs that are shells, or have one inside.
const SHELLS: &[&str] = &[
    "ash", "bash", "busybox", "dash", "ksh", "sh", "toybox", "zsh",
];

/// Names that are rather those of directories than of programs.
const DIRECTORIES: &[&str] = &[
    "_output",
    "alpine",
    "bin",
    "build",
    "data",
    "debian",
    "deps",
    "dist",
    "etc",
    "export",
    "files",
    "filesystem",
    "fs",
    "layer",
    "lib",
    "lib64",
    "opt",
    "out",
    "output",
    "overlay",
    "pkg",
    "release",
    "root",
    "rootfs",
    "sbin",
    "src",
    "staging",
    "sysroot",
    "target",
    "tmp",
    "usr",
    "var",
];

/// Whether an instruction may put a shell into the image.
fn may_bring(model: &Dockerfile, index: usize) -> bool {
    let instruction = &model.ast.instructions[index];
    let known = |word: &Word| {
        let value = model.value_at(index, word);
        value.known().map(str::to_owned)
    };
    let (paths, is_add) = match &instruction.kind {
        InstructionKind::Copy(copy) => {
            if copy.parents.is_some() {
                return true;
            }
            (&copy.paths, false)
        }
        InstructionKind::Add(add) => (&add.paths, true),
        // Without a shell only the exec form runs, or what a mount brings along.
        InstructionKind::Run(run) => return is_capable(run),
        InstructionKind::Shell(_) | InstructionKind::Unknown(_) => return true,
        _ => return false,
    };
    let Some(destination) = paths.destination().and_then(known) else {
        return true;
    };
    let destination = destination.trim_end_matches('/');
    let into_folder = matches!(
        destination,
        "" | "." | "/bin" | "/usr" | "/usr/bin" | "bin" | "usr" | "usr/bin"
    );
    let is_shell = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        SHELLS.contains(&name)
    };
    is_shell(destination)
        || paths.sources().iter().any(|source| {
            let Some(source) = known(source) else {
                return true;
            };
            let is_pattern = source.contains(['*', '?', '[']);
            let is_packed = is_add
                && (source.contains("://") || source.contains(".t") || source.contains(".git"));
            let name = source.trim_end_matches('/');
            let last = name.rsplit('/').next().unwrap_or(name);
            let is_folder = source.ends_with('/')
                || matches!(last, "" | "." | "..")
                || DIRECTORIES.contains(&last);
            is_packed || is_shell(name) || (into_folder && (is_pattern || is_folder))
        })
}

/// Whether a `RUN` can do anything where there is no shell.
fn is_capable(run: &Run) -> bool {
    !run.mounts.is_empty() || !matches!(run.command, Some(Command::Shell(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dockerfile::parse::parse;

    /// Whether the last instruction of a file runs without any shell.
    fn has_none(text: &str) -> bool {
        let model = Dockerfile::new(parse(text).tree);
        model.has_no_shell(model.ast.instructions.len() - 1)
    }

    #[test]
    fn single_files_bring_no_shell() {
        for text in [
            "FROM scratch\nRUN a",
            "FROM scratch\nCOPY app /\nCMD a",
            "FROM a AS b\nFROM scratch\nCOPY --from=b /out/app /bin/\nADD x.json /\nRUN a",
            "FROM scratch AS a\nCOPY app /srv/\nFROM a\nRUN a",
            "FROM gcr.io/distroless/static-debian12\nCOPY dist /srv\nCMD a",
        ] {
            assert!(has_none(text), "{text}");
        }
        let model = Dockerfile::new(parse("FROM scratch\nRUN a\nCOPY . /\nRUN b").tree);
        assert!(model.has_no_shell(1) && !model.has_no_shell(3));
    }

    #[test]
    fn much_may_bring_a_shell() {
        for text in [
            "FROM debian\nRUN a",
            "FROM example.com/a\nRUN a",
            "ARG A=scratch\nFROM $A\nRUN a",
            "FROM scratch\nCOPY . /\nRUN a",
            "FROM scratch\nCOPY rootfs/ /\nRUN a",
            "FROM scratch\nCOPY rootfs /\nRUN a",
            "FROM scratch\nADD a.tar.gz /\nRUN a",
            "FROM scratch\nADD https://example.com/a /\nRUN a",
            "FROM scratch\nCOPY --from=busybox /bin/busybox /x\nRUN a",
            "FROM scratch\nCOPY x /bin/sh\nRUN a",
            "FROM scratch\nCOPY --from=debian /bin /bin\nRUN a",
            "FROM scratch\nARG A\nCOPY $A /\nRUN a",
            "FROM scratch\nCOPY a* /\nRUN a",
            "FROM scratch\nRUN [\"/busybox\", \"--install\"]\nRUN a",
            "FROM scratch\nRUN --mount=from=busybox,target=/bin cp -r /bin /\nRUN a",
            "FROM scratch\nSHELL [\"/a\", \"-c\"]\nRUN a",
            "FROM gcr.io/distroless/static-debian12:debug\nRUN a",
        ] {
            assert!(!has_none(text), "{text}");
        }
    }
}
