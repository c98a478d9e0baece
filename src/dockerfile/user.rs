//! Programs that give up root: who runs an image's program where `USER` does not tell.
//!
//! Images often begin as root on purpose: their entrypoint prepares files and then runs the program as
//! somebody else, through gosu or a tool like it. Mostly the entrypoint is a script outside of the Dockerfile,
//! but that the tool is brought along tells as much.
//!
//! Not for: `USER` itself (the model's settings say it).

use crate::grammar::image::ImageReference;
use crate::shell::ast::{Script, SimpleCommand};
use crate::shell::context::CommandUse;
use crate::shell::{self, Dialect};

use super::ast::{Command, Heredoc, InstructionKind, List};
use super::model::{Dockerfile, Effective, Stage};
use super::script::ShellScript;
use super::word::Word;

/// Programs that an image has for its entrypoint only, to run another one as somebody else.
const BROUGHT_ALONG: [&str; 4] = ["gosu", "s6-setuidgid", "setpriv", "su-exec"];

/// Programs that run another one as somebody else, wherever they stand in a command.
const STEPS_DOWN: [&str; 7] = [
    "gosu",
    "runuser",
    "s6-applyuidgid",
    "s6-setuidgid",
    "setpriv",
    "setuidgid",
    "su-exec",
];

/// Programs that start services, each as its own user: s6-overlay's and systemd's.
const INITS: [&str; 5] = [
    "/init",
    "/lib/systemd/systemd",
    "/sbin/init",
    "/usr/lib/systemd/systemd",
    "/usr/sbin/init",
];

/// How many words of a command are looked at.
const MAX_WORDS: usize = 64;

impl Dockerfile {
    /// Whether `ENTRYPOINT` or `CMD` of this file say what a stage's image runs.
    pub fn has_program(&self, stage: &Stage) -> bool {
        let config = self.final_config(stage);
        let launches = [config.entrypoint(), config.cmd()];
        let mut launches = launches.iter().filter_map(|setting| setting.effective());
        launches.any(|launch| match launch.instruction.command() {
            Some(Command::Exec(form)) => !form.arguments.is_empty(),
            Some(Command::Shell(_)) => true,
            None => false,
        })
    }

    /// Whether the program of a stage's image gives up root by itself, as far as commands tell: `ENTRYPOINT`
    /// or `CMD` says so, or the image gets a tool that is good for nothing else.
    pub fn gives_up_root(&self, stage: &Stage) -> bool {
        match self.gives_up_root.get(stage.index) {
            Some(known) => *known.get_or_init(|| self.finds_giving_up(stage)),
            None => self.finds_giving_up(stage),
        }
    }

    fn finds_giving_up(&self, stage: &Stage) -> bool {
        let config = self.final_config(stage);
        let launches = [config.entrypoint(), config.cmd()];
        let mut launches = launches.iter().filter_map(|setting| setting.effective());
        launches.any(|launch| self.launch_gives_up_root(launch))
            || self.chain(stage).any(|stage| {
                let mut instructions = stage.instructions.clone();
                instructions.any(|index| self.brings_tool(index))
            })
    }

    fn launch_gives_up_root(&self, launch: Effective<'_>) -> bool {
        self.commands_of(launch.index)
            .any(|found| command_gives_up(found.command))
    }

    /// Whether an instruction puts a tool into the image that only an entrypoint needs, or writes an
    /// entrypoint that gives up root.
    fn brings_tool(&self, index: usize) -> bool {
        let instruction = &self.ast.instructions[index];
        let writes = || instruction.heredocs.iter().any(writes_entrypoint);
        match &instruction.kind {
            InstructionKind::Run(_) => {
                let is_named = |script: &ShellScript| {
                    let text = script.text.text();
                    BROUGHT_ALONG.iter().any(|tool| text.contains(tool))
                };
                self.scripts_of(index).iter().any(is_named)
                    && self
                        .commands_of(index)
                        .any(|found| found.command.words.iter().any(names_tool))
            }
            InstructionKind::Copy(copy) => {
                copy.from.as_ref().is_some_and(is_image_of_tool) || brings(&copy.paths) || writes()
            }
            InstructionKind::Add(add) => brings(&add.paths) || writes(),
            _ => false,
        }
    }

    fn commands_of(&self, index: usize) -> impl Iterator<Item = CommandUse<'_>> {
        let scripts = self.scripts_of(index).iter();
        scripts
            .filter_map(|script| script.script.as_ref())
            .flat_map(Script::commands)
    }
}

/// Whether a word of a command is the path or the package of a tool: `/usr/local/bin/gosu`, `su-exec=0.2`.
fn names_tool(word: &shell::word::Word) -> bool {
    word.text().is_some_and(|text| {
        let name = file_name(text);
        BROUGHT_ALONG.contains(&name.split('=').next().unwrap_or(name))
    })
}

fn brings(paths: &List) -> bool {
    paths.words.iter().any(|word| {
        let name = file_name(&word.raw);
        BROUGHT_ALONG.contains(&name) || name.starts_with("s6-overlay-")
    })
}

fn is_image_of_tool(word: &Word) -> bool {
    ImageReference::parse(&word.raw)
        .is_ok_and(|image| BROUGHT_ALONG.contains(&file_name(&image.name.value)))
}

/// Whether a heredoc is a script that gives up root.
fn writes_entrypoint(heredoc: &Heredoc) -> bool {
    let first_line = heredoc.body.text().lines().next().unwrap_or_default();
    let Some(dialect) = Dialect::from_shebang(first_line).filter(|dialect| dialect.is_posix())
    else {
        return false;
    };
    let script = shell::parse(&heredoc.body, dialect).tree;
    script
        .commands()
        .any(|found| command_gives_up(found.command))
}

fn command_gives_up(command: &SimpleCommand) -> bool {
    let words = command.words.iter();
    let words: Vec<&str> = words.map(|word| word.text().unwrap_or_default()).collect();
    gives_up(&words)
}

/// Whether a command line runs something as another user.
fn gives_up(words: &[&str]) -> bool {
    let words = &words[..words.len().min(MAX_WORDS)];
    words.first().is_some_and(|first| INITS.contains(first))
        || (0..words.len()).any(|at| gives_up_at(words, at))
}

/// Whether the word at `at` is a program that runs what follows as another user.
fn gives_up_at(words: &[&str], at: usize) -> bool {
    let arguments = &words[at + 1..];
    let name = file_name(words[at]);
    if STEPS_DOWN.contains(&name) {
        return true;
    }
    let has = |prefix: &str| arguments.iter().any(|word| word.starts_with(prefix));
    // These are words like others unless a command begins here.
    let begins = at == 0 || matches!(words[at - 1], "exec" | "--");
    match name {
        "chroot" => begins && has("--userspec"),
        "start-stop-daemon" => begins && (has("-c") || has("--chuid")),
        "chpst" => begins && (has("-u") || has("-U")),
        "su" => begins && !matches!(arguments.first(), None | Some(&("root" | "-c"))),
        "sudo" | "doas" => begins && (has("-u") || has("--user")),
        _ => false,
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    fn model(text: &str) -> Dockerfile {
        Dockerfile::new(parse(text).tree)
    }

    #[track_caller]
    fn check(expected: bool, rest: &[&str]) {
        for rest in rest {
            let model = model(&format!("FROM debian\n{rest}\n"));
            let stage = model.last_stage().unwrap();
            assert_eq!(model.gives_up_root(stage), expected, "{rest}");
        }
    }

    #[test]
    fn the_program_can_give_up_root() {
        check(
            true,
            &[
                "CMD [\"gosu\", \"app\", \"server\"]",
                "CMD exec su-exec app server",
                "ENTRYPOINT [\"tini\", \"--\", \"setpriv\", \"--reuid=app\", \"server\"]",
                "CMD [\"sh\", \"-c\", \"chown app /data && exec runuser -u app server\"]",
                "CMD chroot --userspec=app / server",
                "CMD su -s /bin/sh app -c server",
                "CMD su - app -c server",
                "CMD [\"tini\", \"--\", \"su\", \"app\"]",
                "CMD exec sudo -u app server",
                "ENTRYPOINT [\"/init\"]",
                "CMD [\"/sbin/init\"]",
            ],
        );
    }

    #[test]
    fn a_tool_that_is_brought_along_tells_as_much() {
        check(
            true,
            &[
                "RUN apt-get install -y gosu",
                "RUN apk add --no-cache su-exec=0.2-r3",
                "RUN wget -O /usr/local/bin/gosu https://example.org/gosu",
                "COPY --from=tianon/gosu:1.17 /gosu /usr/local/bin/",
                "COPY gosu /bin/",
                "ADD https://example.org/s6-overlay-noarch.tar.xz /tmp/",
                "COPY <<EOF /entrypoint\n#!/bin/sh\nexec su app -c \"$@\"\nEOF",
            ],
        );
    }

    #[test]
    fn other_words_and_users_during_the_build_tell_nothing() {
        check(
            false,
            &[
                "CMD [\"server\"]",
                "CMD [\"echo\", \"su\", \"sudo\", \"-u\"]",
                "CMD su -c server",
                "CMD su root",
                "CMD sudo server",
                "CMD chroot / server",
                "RUN su app -c make",
                "RUN sudo -u app make",
                "RUN echo 'exec gosu app' > /entrypoint",
                "COPY gosu/ /x",
                "COPY <<EOF /notes\nsu app\nEOF",
                "CMD [\"gosu\", \"app\"]\nCMD [\"server\"]",
            ],
        );
    }

    #[test]
    fn a_tool_counts_in_every_stage_that_is_built_on_it() {
        let text = "FROM a AS b\nRUN apk add su-exec\nFROM b\nFROM c";
        let model = model(text);
        assert!(model.gives_up_root(&model.stages[1]));
        assert!(!model.gives_up_root(&model.stages[2]));
    }
}
