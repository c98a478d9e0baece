//! Archives that `COPY` or `ADD` brings into a stage as they are, and that a later `RUN` unpacks.
//!
//! Only what is certain: `tar` names the very file, and does nothing that `ADD` could not do.

use std::collections::HashMap;

use super::ast::InstructionKind;
use super::model::Dockerfile;
use super::source::{SourceKind, is_archive};
use super::word::Word as DockerWord;
use crate::shell::invocation::{Argument, Invocation};
use crate::shell::word::Word;
use crate::text::Span;

/// An archive and what unpacks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpacked {
    /// Which `COPY` or `ADD`.
    pub instruction: usize,
    /// The bytes of the source.
    pub span: Span,
    /// The name of the archive in the image.
    pub name: Box<str>,
    /// Whether it is downloaded, and not taken from the build context.
    pub is_remote: bool,
    /// The command that unpacks it.
    pub command: Span,
}

/// An archive on its way.
struct Archive<'m> {
    instruction: usize,
    span: Span,
    is_remote: bool,
    /// The folder that it lies in, as it is written.
    folder: &'m str,
}

impl Dockerfile {
    /// Every archive that comes in packed and is unpacked later, in the order of the commands that unpack.
    pub fn unpacked_archives(&self) -> Vec<Unpacked> {
        let values = self.archive_words();
        let mut archives: HashMap<&str, Archive<'_>> = HashMap::new();
        for (instruction, word, source, destination) in &values {
            if let Some((name, archive)) = archive(*instruction, word, source, destination) {
                archives.insert(name, archive);
            }
        }
        let mut found = Vec::new();
        if archives.is_empty() {
            return found;
        }
        for place in self.scripts() {
            let acting = self.acting(place.instruction);
            let script = place.script.as_ref();
            let Some(script) = script.filter(|_| matches!(acting.kind, InstructionKind::Run(_)))
            else {
                continue;
            };
            for command in script.commands() {
                let archive = command.command.unwrapped().and_then(|call| unpacks(&call));
                let Some(path) = archive.and_then(Word::text) else {
                    continue;
                };
                let name = path.rsplit('/').next().unwrap_or_default();
                let is_it = archives.get(name).is_some_and(|archive| {
                    archive.instruction < place.instruction
                        && !place.is_trigger
                        && archive.is_in(path.rsplit_once('/').map(|(folder, _)| folder))
                        && self.is_above(archive.instruction, place.instruction)
                });
                if is_it && let Some((name, archive)) = archives.remove_entry(name) {
                    found.push(Unpacked {
                        instruction: archive.instruction,
                        span: archive.span,
                        name: name.into(),
                        is_remote: archive.is_remote,
                        command: command.command.span,
                    });
                }
            }
        }
        found
    }

    /// Every source that can be an archive, with its text and that of the destination, as far as they are
    /// known in every build.
    fn archive_words(&self) -> Vec<(usize, &DockerWord, String, String)> {
        let mut found = Vec::new();
        for (index, instruction) in self.ast.instructions.iter().enumerate() {
            let paths = match &instruction.kind {
                InstructionKind::Copy(copy) if copy.from.is_none() => &copy.paths,
                // A local archive is unpacked at once, and `--unpack` says so for any.
                InstructionKind::Add(add) if add.unpack.is_none() => &add.paths,
                _ => continue,
            };
            let is_add = matches!(instruction.kind, InstructionKind::Add(_));
            let Some(destination) = paths.destination() else {
                continue;
            };
            let is_perhaps_archive = |word: &DockerWord| {
                word.has_variables() || memchr::memmem::find(word.raw.as_bytes(), b".t").is_some()
            };
            let is_named = is_perhaps_archive(destination);
            for word in paths.sources() {
                if !is_named && !is_perhaps_archive(word) {
                    continue;
                }
                let value = self.value_at(index, word);
                let Some(source) = value.known() else {
                    continue;
                };
                let is_remote = SourceKind::of(source) == SourceKind::Url;
                if is_remote != is_add || SourceKind::of(source) == SourceKind::Git {
                    continue;
                }
                if let Some(destination) = self.value_at(index, destination).known() {
                    found.push((index, word, source.to_owned(), destination.to_owned()));
                }
            }
        }
        found
    }

    /// Whether what one instruction does is there when another one of the same stage, or of one built on
    /// it, is run. Long chains are not followed to their end.
    fn is_above(&self, first: usize, second: usize) -> bool {
        let (Some(above), Some(below)) = (self.stage_of(first), self.stage_of(second)) else {
            return false;
        };
        let mut chain = self.chain(below).take(8);
        chain.any(|stage| stage.index == above.index)
    }
}

/// The name that a source has in the image if it is an archive.
fn archive<'m>(
    instruction: usize,
    word: &DockerWord,
    source: &'m str,
    destination: &'m str,
) -> Option<(&'m str, Archive<'m>)> {
    let is_remote = SourceKind::of(source).is_remote();
    let path = match source.find(['?', '#']) {
        Some(end) if is_remote => &source[..end],
        _ => source,
    };
    let own = path.trim_end_matches('/').rsplit('/').next()?;
    let (folder, last) = destination.rsplit_once('/').unwrap_or(("", destination));
    let (folder, name) = if is_archive(last) {
        (folder, last)
    } else {
        (destination.trim_end_matches('/'), own)
    };
    is_archive(name).then_some((
        name,
        Archive {
            instruction,
            span: word.span,
            is_remote,
            folder,
        },
    ))
}

impl Archive<'_> {
    /// Whether it can be in a folder. What is relative may be anywhere.
    fn is_in(&self, folder: Option<&str>) -> bool {
        let is_relative = |folder: &str| !folder.is_empty() && !folder.starts_with('/');
        folder.is_none_or(|folder| {
            is_relative(folder) || is_relative(self.folder) || folder == self.folder
        })
    }
}

/// Options of tar that take a value (`tar(1)` of GNU tar).
const WITH_VALUE: &[&str] = &[
    "f",
    "C",
    "b",
    "I",
    "T",
    "X",
    "file",
    "directory",
    "use-compress-program",
    "owner",
    "group",
    "mode",
];

/// The archive that a `tar` unpacks as a whole.
fn unpacks<'a>(call: &Invocation<'a>) -> Option<&'a Word> {
    if !call.is_any(&["tar", "bsdtar", "gtar"]) {
        return None;
    }
    let mut archive = None;
    let mut extracts = false;
    // The letters of `tar xzf` whose words are still to come, the last first.
    let mut waiting = Vec::new();
    for (number, argument) in call.arguments(WITH_VALUE).enumerate() {
        match argument {
            Argument::Flag(flag) => match flag.name {
                "x" | "extract" | "get" => extracts = true,
                "f" | "file" => archive = Some(flag.value?.word),
                // These make of it something else than what is in the archive.
                name if name.starts_with("strip") || name.starts_with("exclude") => return None,
                "transform" | "xform" | "wildcards" | "one-top-level" | "T" | "X" | "O" | "s"
                | "to-stdout" | "to-command" | "k" | "keep-old-files" => return None,
                _ => {}
            },
            Argument::Operand(word) if number == 0 => {
                let letters = word.literal()?;
                extracts |= letters.contains('x');
                let with_value =
                    |letter: &char| matches!(letter, 'f' | 'C' | 'b' | 'I' | 'T' | 'X');
                waiting.extend(letters.chars().rev().filter(with_value));
            }
            Argument::Operand(word) => match waiting.pop() {
                Some('f') => archive = Some(word),
                Some('T' | 'X') => return None,
                Some(_) => {}
                // A single member.
                None => return None,
            },
        }
    }
    archive.filter(|_| extracts)
}
