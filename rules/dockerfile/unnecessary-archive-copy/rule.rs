//! Flags `COPY` of a tar archive that a later `RUN` unpacks, as `ADD` would have done.

use std::collections::HashMap;

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::source::{ContextSource, is_archive};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::shell::invocation::{Argument, Invocation};
use crate::shell::word::Word;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let mut copied: HashMap<String, Copied<'_>> = HashMap::new();
    for source in file.context_sources() {
        if let Some((name, found)) = copy(file, source) {
            copied.insert(name, found);
        }
    }
    if copied.is_empty() {
        return;
    }
    for place in file.scripts() {
        let Some(script) = &place.script else {
            continue;
        };
        let is_run = matches!(file.acting(place.instruction).kind, InstructionKind::Run(_));
        if !is_run || place.is_trigger {
            continue;
        }
        for found in script.commands() {
            let archive = found.command.unwrapped().and_then(|call| unpacked(&call));
            let Some(path) = archive.and_then(Word::text) else {
                continue;
            };
            let name = path.rsplit('/').next().unwrap_or_default();
            let matching = copied.get(name).filter(|copy| {
                copy.source.instruction < place.instruction
                    && copy.is_at(path)
                    && is_above(file, copy.source.instruction, place.instruction)
            });
            if matching.is_some()
                && let Some(copy) = copied.remove(name)
            {
                let shown = excerpt(copy.source.name());
                cx.report(
                    copy.source.span,
                    format!("`{shown}` is copied, and a later `RUN` unpacks it"),
                )
                .help("write `ADD`, which unpacks it and leaves no archive in the image")
                .label(found.command.span, "unpacked here");
            }
        }
    }
}

/// An archive that was copied.
struct Copied<'m> {
    source: &'m ContextSource,
    /// Where to, as it is written; a directory ends with a slash.
    destination: String,
}

impl Copied<'_> {
    /// Whether a path with the right name at its end can be the archive's. What is relative may be anywhere.
    fn is_at(&self, path: &str) -> bool {
        let Some((folder, _)) = path.rsplit_once('/') else {
            return true;
        };
        let (own, name) = self.destination.rsplit_once('/').unwrap_or_default();
        let is_file = is_archive(name);
        let own = if is_file {
            own
        } else {
            self.destination.trim_end_matches('/')
        };
        !path.starts_with('/') || !self.destination.starts_with('/') || own == folder
    }
}

/// The name that an archive has in the image, and its copy.
fn copy<'m>(file: &'m Dockerfile, source: &'m ContextSource) -> Option<(String, Copied<'m>)> {
    if !source.is_sure || !is_archive(source.name()) {
        return None;
    }
    let InstructionKind::Copy(copy) = &file.ast.instructions[source.instruction].kind else {
        return None;
    };
    let destination = copy.paths.destination()?;
    let value = file.value_at(source.instruction, destination);
    let destination = value.known()?.to_owned();
    let name = destination.rsplit('/').next().unwrap_or_default();
    let name = if is_archive(name) {
        name
    } else {
        source.name()
    };
    Some((
        name.to_owned(),
        Copied {
            source,
            destination: destination.clone(),
        },
    ))
}

/// Whether what one instruction does is there when another one of the same stage, or of one built on it,
/// is run.
fn is_above(file: &Dockerfile, first: usize, second: usize) -> bool {
    let (Some(above), Some(below)) = (file.stage_of(first), file.stage_of(second)) else {
        return false;
    };
    file.chain(below)
        .take(8)
        .any(|stage| stage.index == above.index)
}

/// Options of tar that take a value.
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
fn unpacked<'a>(call: &Invocation<'a>) -> Option<&'a Word> {
    if !call.is_any(&["tar", "bsdtar", "gtar"]) {
        return None;
    }
    let mut archive = None;
    let mut extracts = false;
    // The letters of `tar xzf`, as far as words for them are still to come.
    let mut waiting = Vec::new();
    for (number, argument) in call.arguments(WITH_VALUE).enumerate() {
        match argument {
            Argument::Flag(flag) => match flag.name {
                "x" | "extract" | "get" => extracts = true,
                "f" | "file" => archive = Some(flag.value?.word),
                // These make of it something else than what is in the archive.
                name if name.starts_with("strip") || name.starts_with("exclude") => return None,
                "transform" | "xform" | "wildcards" | "one-top-level" | "T" | "X" | "O"
                | "to-stdout" | "to-command" | "k" | "keep-old-files" | "s" => return None,
                _ => {}
            },
            Argument::Operand(word) if number == 0 => {
                let letters = word.literal()?;
                extracts |= letters.contains('x');
                waiting.extend(
                    letters
                        .chars()
                        .rev()
                        .filter(|letter| WITH_VALUE.contains(&&*letter.to_string())),
                );
            }
            Argument::Operand(word) => match waiting.pop() {
                Some('f') => archive = Some(word),
                Some(_) => {}
                // A single member.
                None => return None,
            },
        }
    }
    archive.filter(|_| extracts)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_archive_is_marked() {
        dockerfile(
            "unnecessary-archive-copy",
            r#"
FROM a AS b
COPY x \
  a.tar.gz b.tgz "c.tar" /tmp/
# ^^^^^^^^ info: `a.tar.gz` is copied, and a later `RUN` unpacks it
#          ^^^^^ info: `b.tgz` is copied
#                ^^^^^^^ info: `c.tar` is copied
RUN cd /tmp && tar xzvf a.tar.gz && rm a.tar.gz
RUN sudo tar --extract --file=/tmp/b.tgz -C /srv; tar xf "c.tar"
COPY e.tar.xz f.tar.bz2 g.tar.zst /e/
#    ^^^^^^^^ info: `e.tar.xz`
COPY h.tar /x/i.tar
#    ^^^^^ info: `h.tar`
FROM b
RUN tar Cxf /srv /e/e.tar.xz
RUN tar -tf /e/f.tar.bz2; tar xf /other/f.tar.bz2; tar xf /e/g.tar.zst one
RUN tar xf /x/i.tar
FROM c
RUN tar xf /e/f.tar.bz2
COPY *.tar.gz /tmp
#    ^^^^^^^^ info: `*.tar.gz`
RUN tar xf /tmp/*.tar.gz
"#,
        );
    }

    #[test]
    fn order_and_doubt_count() {
        dockerfile(
            "unnecessary-archive-copy",
            r#"
FROM a
ARG V=1
RUN tar xf /tmp/a.tar
COPY a.tar a-$V.tar /tmp/
RUN tar xf /tmp/a-$V.tar
RUN echo tar xf a.tar; tar cf a.tar .; tar xf "$A"
ADD b.tar /tmp/
COPY b.tar.gz.asc c.gz /tmp/
RUN tar xf /tmp/b.tar; tar xf /tmp/b.tar.gz.asc; gunzip /tmp/c.gz
RUN tar -xf a.tar --transform s/a/b/; tar xf a.tar -T list
"#,
        );
    }
}
