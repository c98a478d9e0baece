//! Flags `COPY` of a tar archive that a later `RUN` unpacks, as `ADD` would have done.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::source::is_archive;
use crate::dockerfile::unpack::Unpacked;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::shell::ast::SimpleCommand;
use crate::shell::invocation::Argument;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// How many archives of a file get a fix; each is a search in the whole file.
const MAX_FIXES: usize = 32;

fn check(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    for (number, found) in file.unpacked_archives().into_iter().enumerate() {
        let stage = file.stage_of(found.instruction);
        if found.is_remote || !stage.is_some_and(|stage| stage.is_output) {
            continue;
        }
        let message = format!(
            "`{}` is copied, and a later `RUN` unpacks it",
            excerpt(&found.name)
        );
        let fix = (number < MAX_FIXES)
            .then(|| fix(file, &found, cx.text()))
            .flatten();
        let finding = cx.report(found.span, message);
        finding
            .help("write `ADD`, which unpacks it and leaves no archive in the image")
            .label(found.command, "unpacked here");
        finding.fixes.extend(fix);
    }
}

/// Writes `ADD` for `COPY`, with the folder that `tar` unpacks into, and takes `tar` and the `rm` of the archive
/// out of their `RUN`. Only where the very next `RUN` does nothing before it but make folders, and the archive is
/// named nowhere else.
fn fix(file: &Dockerfile, found: &Unpacked, text: &str) -> Option<Fix> {
    let copy = &file.ast.instructions[found.instruction];
    let InstructionKind::Copy(arguments) = &copy.kind else {
        return None;
    };
    let [source, destination] = arguments.paths.words.as_slice() else {
        return None;
    };
    if arguments.paths.is_json
        || !copy.flags.is_empty()
        || !is_archive(&source.literal()?)
        || source.raw.contains(['*', '?', '['])
    {
        return None;
    }
    let is_run =
        |index: &usize| matches!(file.ast.instructions[*index].kind, InstructionKind::Run(_));
    let stage = file.stage_of(found.instruction)?;
    let index = (found.instruction + 1..stage.instructions.end).find(is_run)?;
    let steps = file.steps(index)?;
    let commands = steps.steps.iter().map(|step| step.command);
    let number = steps.steps.iter().position(|step| {
        step.command
            .is_some_and(|command| command.span == found.command)
    })?;
    let makes_folders = |command: Option<&SimpleCommand>| {
        command.is_some_and(|command| command.name() == Some("mkdir"))
    };
    if !commands.clone().take(number).all(makes_folders) {
        return None;
    }
    let unpacking = Unpacking::of(commands.clone().nth(number)??)?;
    let directory = match unpacking.directory {
        Some(directory) if directory.starts_with('/') => directory.to_owned(),
        Some(_) => return None,
        None => file.config_at(index).directory().known()?.to_owned(),
    };
    let is_plain =
        |char: char| char.is_ascii_alphanumeric() || matches!(char, '/' | '.' | '_' | '-');
    if !directory.chars().all(is_plain) {
        return None;
    }
    let mut gone = vec![number];
    let mut mentions = 2 + usize::from(destination.raw.contains(&*found.name))
        - usize::from(!source.raw.contains(&*found.name));
    for (later, command) in commands.enumerate().skip(number + 1) {
        if command.is_some_and(|command| removes(command, unpacking.archive)) {
            gone.push(later);
            mentions += 1;
        }
    }
    if text.matches(&*found.name).count() != mentions {
        return None;
    }
    let mut edits = steps.without(&gone, text)?;
    let slash = if directory.ends_with('/') { "" } else { "/" };
    edits.push(Edit::replace(copy.keyword.span, "ADD"));
    edits.push(Edit::replace(
        destination.span,
        format!("{directory}{slash}"),
    ));
    let title = "let `ADD` unpack it; as the user root, and with the owners that the archive names";
    Some(Fix::new(title, Applicability::Unsafe, edits))
}

/// A `tar` that does what `ADD` does.
struct Unpacking<'a> {
    archive: &'a str,
    directory: Option<&'a str>,
}

impl<'a> Unpacking<'a> {
    fn of(command: &'a SimpleCommand) -> Option<Unpacking<'a>> {
        let call = command.invocation()?;
        if call.name() != Some("tar")
            || !command.assignments.is_empty()
            || !command.redirects.is_empty()
        {
            return None;
        }
        let (mut archive, mut directory) = (None, None);
        // The letters of `tar xzf` whose words are still to come, the last first.
        let mut waiting: Vec<char> = Vec::new();
        let plain = [
            "x", "v", "z", "j", "J", "p", "extract", "get", "verbose", "gzip", "bzip2", "xz",
        ];
        for (number, argument) in call.arguments(&["f", "C", "file", "directory"]).enumerate() {
            match argument {
                Argument::Flag(flag) => match flag.name {
                    "f" | "file" if archive.is_none() => archive = Some(flag.value?.text?),
                    "C" | "directory" if directory.is_none() => {
                        directory = Some(flag.value?.text?);
                    }
                    name if plain.contains(&name) => {}
                    _ => return None,
                },
                Argument::Operand(word) if number == 0 => {
                    let letters = word.literal()?;
                    if !letters.chars().all(|char| "xvzjJpfC".contains(char)) {
                        return None;
                    }
                    waiting.extend(
                        letters
                            .chars()
                            .rev()
                            .filter(|char| matches!(char, 'f' | 'C')),
                    );
                }
                Argument::Operand(word) => match waiting.pop()? {
                    'f' if archive.is_none() => archive = Some(word.text()?),
                    'C' if directory.is_none() => directory = Some(word.text()?),
                    _ => return None,
                },
            }
        }
        Some(Unpacking {
            archive: archive?,
            directory,
        })
    }
}

/// Whether a command removes this file and nothing else.
fn removes(command: &SimpleCommand, archive: &str) -> bool {
    let Some(call) = command
        .invocation()
        .filter(|call| call.name() == Some("rm"))
    else {
        return false;
    };
    let mut operands = call.operands(&[]);
    let only = operands.next().filter(|_| operands.next().is_none());
    command.redirects.is_empty() && only.is_some_and(|word| word.text() == Some(archive))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn add_unpacks_it() {
        let fix = |text: &str| {
            let text = format!("FROM a\n{text}\n");
            let result = fixed("unnecessary-archive-copy", Applicability::Unsafe, &text);
            result.trim_start_matches("FROM a\n").trim_end().to_owned()
        };
        for (before, after) in [
            (
                "COPY a.tgz /tmp/\nRUN mkdir -p /b && tar xzf /tmp/a.tgz -C /b \\\n && rm /tmp/a.tgz \\\n && c",
                "ADD a.tgz /b/\nRUN mkdir -p /b && c",
            ),
            (
                "WORKDIR /w\nCOPY x/a.tar b.tar\nENV A=b\nRUN tar -xf b.tar\nUSER 1",
                "WORKDIR /w\nADD x/a.tar /w/\nENV A=b\nUSER 1",
            ),
            (
                "COPY a.tar.gz /a.tar.gz\nRUN tar -C /b --extract --file=/a.tar.gz && c",
                "ADD a.tar.gz /b/\nRUN c",
            ),
        ] {
            assert_eq!(fix(before), after);
        }
        for kept in [
            "COPY --chown=1 a.tar /tmp/\nRUN tar xf /tmp/a.tar -C /b",
            "COPY a.tar b.tar /tmp/\nRUN tar xf /tmp/a.tar -C /b",
            "COPY a.tar /tmp/\nRUN tar xf /tmp/a.tar -C /b && cp /tmp/a.tar /c",
            "COPY a.tar /tmp/\nRUN c\nRUN tar xf /tmp/a.tar -C /b",
            "COPY a.tar /tmp/\nRUN c && tar xf /tmp/a.tar -C /b",
            "COPY a.tar /tmp/\nRUN tar xf /tmp/a.tar -C $B",
            "COPY a.tar /tmp/\nRUN tar xf /tmp/a.tar -C b",
            "COPY a.tar /tmp/\nRUN tar xf /tmp/a.tar",
            "COPY a.tar /tmp/\nRUN tar xf /tmp/a.tar -C /b --no-same-owner",
            "COPY a.tar /tmp/\nRUN tar xf /tmp/a.tar -C /b; c",
            "COPY a.tar /tmp/\nRUN tar xf /tmp/a.tar -C /b | c",
            "COPY *.tar /tmp/\nRUN tar xf /tmp/*.tar -C /b",
        ] {
            assert_eq!(fix(kept), kept);
        }
    }

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
#    ^^^^^ info: `i.tar`
FROM b
RUN tar Cxf /srv /e/e.tar.xz
RUN tar -tf /e/f.tar.bz2; tar xf /other/f.tar.bz2; tar xf /e/g.tar.zst one
RUN tar xf /x/i.tar
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
FROM b AS left-behind
COPY c.tar /
RUN tar xf /c.tar
FROM a
RUN tar xf /tmp/a.tar
"#,
        );
    }
}
