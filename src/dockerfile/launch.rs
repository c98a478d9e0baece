//! What an image starts: how `ENTRYPOINT` and `CMD` come together.
//!
//! A container runs the words of `ENTRYPOINT` with those of `CMD` behind them. A shell form is three words, the
//! shell, `-c` and the text (<https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact>).

use super::ast::{Command, Instruction, InstructionKind};
use super::model::{Dockerfile, Effective, Setting, Stage};
use super::word::Word;
use crate::knowledge::images::Family;
use crate::text::Span;

/// An exec form whose first word is the program that an image starts.
#[derive(Clone, Copy, Debug)]
pub struct Launch<'m> {
    /// Which instruction of the file it is.
    pub index: usize,
    /// The instruction: `ENTRYPOINT` or `CMD`.
    pub instruction: &'m Instruction,
    /// The program and its arguments, those of `CMD` behind an `ENTRYPOINT` left out.
    pub words: &'m [Word],
}

impl<'m> Launch<'m> {
    /// The program's name without its folder.
    pub fn program(&self) -> &'m str {
        self.words.first().map_or("", |word| base_name(&word.raw))
    }
}

/// A `CMD` whose words never become a command of their own.
#[derive(Clone, Copy, Debug)]
pub struct LostCmd<'m> {
    /// The entrypoint that gets them.
    pub entrypoint: &'m Instruction,
    /// What becomes of them.
    pub fate: CmdFate,
}

/// What becomes of the words of `CMD`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CmdFate {
    /// They are arguments of a shell that does not look at them.
    Ignored,
    /// They are the shell, `-c` and the text, handed as arguments to a program that does not run its
    /// arguments.
    HandedOver,
}

/// A command that a `CMD` or `ENTRYPOINT` runs when the container starts.
#[derive(Clone, Debug)]
pub struct StartCommand<'m> {
    /// Its words, wrappers such as `exec` and `tini` left out.
    pub words: Vec<StartWord<'m>>,
    /// From the first of these words to the last.
    pub span: Span,
    /// Whether nothing follows it, so that the container lives as long as it does.
    pub is_last: bool,
}

/// A word of such a command.
#[derive(Clone, Copy, Debug)]
pub struct StartWord<'m> {
    /// The text, if it is known.
    pub text: Option<&'m str>,
    /// Its place.
    pub span: Span,
}

impl<'m> StartCommand<'m> {
    fn new(words: Vec<StartWord<'m>>, is_last: bool) -> Option<StartCommand<'m>> {
        let span = words.first()?.span.cover(words.last()?.span);
        Some(StartCommand {
            words,
            span,
            is_last,
        })
    }

    /// The program's name without its folder, if it is known.
    pub fn program(&self) -> Option<&'m str> {
        self.words.first()?.text.map(base_name)
    }

    /// The known words behind the program; those that are not known are empty.
    pub fn arguments(&self) -> impl Iterator<Item = &'m str> {
        self.words
            .iter()
            .skip(1)
            .map(|word| word.text.unwrap_or_default())
    }

    /// The first argument that is no option.
    pub fn verb(&self) -> Option<&'m str> {
        self.arguments().find(|word| !word.starts_with('-'))
    }
}

impl Dockerfile {
    /// The commands that a `CMD` or `ENTRYPOINT` runs when the container starts, by its number. None for other
    /// instructions, and for scripts in languages that we do not read.
    pub fn start_commands(&self, index: usize) -> Vec<StartCommand<'_>> {
        let Some(instruction) = self.ast.instructions.get(index) else {
            return Vec::new();
        };
        if !matches!(
            instruction.kind,
            InstructionKind::Cmd(_) | InstructionKind::Entrypoint(_)
        ) {
            return Vec::new();
        }
        let scripts = self.scripts_of(index).iter();
        let scripts = scripts.filter_map(|script| script.script.as_ref());
        let commands = scripts.flat_map(|script| {
            let last = script.body.items.last();
            script.commands().filter_map(move |command| {
                let invocation = command.command.unwrapped()?;
                let words = invocation.words().iter().map(|word| StartWord {
                    text: word.literal(),
                    span: word.span,
                });
                let own = command.context.item();
                let is_last = own
                    .zip(last)
                    .is_some_and(|(own, last)| std::ptr::eq(own, last));
                StartCommand::new(words.collect(), is_last)
            })
        });
        commands.collect()
    }

    /// The exec form that a stage's image starts with, if the file tells which that is.
    pub fn launch(&self, stage: &Stage) -> Option<Launch<'_>> {
        let config = self.final_config(stage);
        let exec = |effective: Effective<'_>| {
            let instruction = self.acting(effective.index);
            match instruction.command() {
                Some(Command::Exec(form)) if !form.arguments.is_empty() => Some(Launch {
                    index: effective.index,
                    instruction,
                    words: &form.arguments,
                }),
                _ => None,
            }
        };
        match config.entrypoint() {
            Setting::Set(entrypoint) if !is_reset(entrypoint.instruction) => exec(entrypoint),
            // Either there is none, or it ends by running the words of `CMD`.
            Setting::Inherited => {
                self.base_image(stage)?.entrypoint?;
                exec(config.cmd().effective()?)
            }
            Setting::Nothing | Setting::Set(_) => exec(config.cmd().effective()?),
        }
    }

    /// What becomes of a `CMD` of an image that is built, if it is not what it looks like.
    pub fn lost_cmd(&self, index: usize) -> Option<LostCmd<'_>> {
        let stage = self.stage_of(index).filter(|stage| stage.is_output)?;
        let config = self.final_config(stage);
        let cmd = config.cmd().effective().filter(|cmd| cmd.index == index)?;
        let is_cmd = matches!(self.ast.instructions[index].kind, InstructionKind::Cmd(_));
        let entrypoint = config.entrypoint().effective().filter(|_| is_cmd)?;
        let entrypoint = self.acting(entrypoint.index);
        let fate = match (entrypoint.command()?, cmd.instruction.command()?) {
            // `CMD []` takes away what a base image has.
            (_, Command::Exec(form)) if form.arguments.is_empty() => return None,
            (Command::Shell(form), _) if !uses_arguments(form.text.text()) => CmdFate::Ignored,
            (Command::Exec(form), Command::Shell(_)) if never_runs_arguments(&form.arguments) => {
                CmdFate::HandedOver
            }
            _ => return None,
        };
        // What Windows' shells make of it is another matter.
        let family = self.base_image(stage).and_then(|image| image.family);
        let is_posix = family != Some(Family::Windows)
            && self.ast.escape == super::ast::Escape::Backslash
            && config.shell().effective().is_none();
        is_posix.then_some(LostCmd { entrypoint, fate })
    }
}

/// Whether an `ENTRYPOINT` is the empty array that takes away the one of the base image.
fn is_reset(entrypoint: &Instruction) -> bool {
    matches!(entrypoint.command(), Some(Command::Exec(form)) if form.arguments.is_empty())
}

/// The longest entrypoint that is looked at, in bytes or words. Many stages can have the same one.
const LONGEST: usize = 4096;

/// Whether a script looks at its arguments, or may: `$@`, `$1`, `${*}`.
fn uses_arguments(script: &str) -> bool {
    if script.len() > LONGEST {
        return true;
    }
    let mut behind = script.split('$').skip(1);
    behind.any(|text| {
        let name = text.trim_start_matches(['{', '#', '!']);
        name.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '@' | '*'))
            || text.starts_with('#')
    })
}

/// Programs that take their arguments for scripts, files or settings, and never for a command to run.
const PROGRAMS: &[&str] = &[
    "ash",
    "bash",
    "bun",
    "caddy",
    "dash",
    "deno",
    "dotnet",
    "flask",
    "gunicorn",
    "httpd",
    "java",
    "ksh",
    "mongod",
    "mysqld",
    "nginx",
    "node",
    "nodejs",
    "npm",
    "perl",
    "php",
    "php-fpm",
    "pip",
    "pnpm",
    "postgres",
    "puma",
    "pypy",
    "python",
    "redis-server",
    "ruby",
    "sh",
    "uvicorn",
    "yarn",
    "zsh",
];

/// Whether the program of an exec form never runs its arguments as a command.
fn never_runs_arguments(words: &[Word]) -> bool {
    let Some((program, arguments)) = words.split_first() else {
        return false;
    };
    let program = base_name(&program.raw);
    let program = program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    // A script can do anything with its arguments.
    let is_plain = arguments
        .iter()
        .all(|word| word.raw.starts_with('-') || word.raw.contains(".jar"));
    is_plain && PROGRAMS.contains(&program)
}

/// The last part of a path.
pub(crate) fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dockerfile::parse::parse;

    fn model(text: &str) -> Dockerfile {
        Dockerfile::new(parse(text).tree)
    }

    fn launched(text: &str) -> String {
        let model = model(text);
        let stage = model.last_stage().expect("a stage");
        model
            .launch(stage)
            .map_or("-", |launch| launch.program())
            .to_owned()
    }

    #[test]
    fn the_entrypoint_is_what_starts() {
        for (text, wanted) in [
            ("FROM debian\nCMD [\"/usr/sbin/nginx\", \"-g\"]", "nginx"),
            ("FROM node\nCMD [\"node\"]", "node"),
            ("FROM debian\nENTRYPOINT [\"a\"]\nCMD [\"b\"]", "a"),
            ("FROM debian\nENTRYPOINT a\nCMD [\"b\"]", "-"),
            ("FROM debian\nENTRYPOINT []\nCMD [\"b\"]", "b"),
            ("FROM example/unknown\nCMD [\"b\"]", "-"),
            (
                "FROM debian AS x\nENTRYPOINT [\"a\"]\nFROM x\nCMD [\"b\"]",
                "a",
            ),
            ("FROM debian\nCMD b", "-"),
        ] {
            assert_eq!(launched(text), wanted, "{text}");
        }
    }

    #[test]
    fn commands_of_all_forms_are_found() {
        let started = |text: &str| -> Vec<String> {
            let text = format!("FROM debian\n{text}\n");
            let model = model(&text);
            let commands = model.start_commands(1);
            let shown = commands.iter().map(|command| {
                let end = if command.is_last { "." } else { "" };
                format!("{}{end}", command.span.text(&text))
            });
            shown.collect()
        };
        assert_eq!(
            started("CMD [\"tini\", \"-v\", \"--\", \"a\", \"b\"]"),
            ["\"a\", \"b\"."]
        );
        assert_eq!(started("CMD a && exec b $C"), ["a", "b $C."]);
        assert_eq!(
            started("ENTRYPOINT [\"sh\", \"-c\", \"a; b &\"]"),
            ["a", "b."]
        );
        assert_eq!(started("CMD [\"gosu\", \"www\", \"a\"]"), ["\"a\"."]);
        assert!(started("RUN a").is_empty());
    }

    #[test]
    fn a_cmd_can_be_lost() {
        let fate = |text: &str| {
            let model = model(text);
            model
                .lost_cmd(model.ast.instructions.len() - 1)
                .map(|lost| lost.fate)
        };
        for (text, wanted) in [
            ("ENTRYPOINT a\nCMD [\"b\"]", Some(CmdFate::Ignored)),
            ("ENTRYPOINT a b\nCMD b", Some(CmdFate::Ignored)),
            ("ENTRYPOINT exec a \"$@\"\nCMD [\"b\"]", None),
            ("ENTRYPOINT a ${1}\nCMD [\"b\"]", None),
            ("ENTRYPOINT a $HOME\nCMD [\"b\"]", Some(CmdFate::Ignored)),
            ("ENTRYPOINT a\nCMD []", None),
            ("ENTRYPOINT [\"node\"]\nCMD b", Some(CmdFate::HandedOver)),
            (
                "ENTRYPOINT [\"/usr/bin/python3.13\", \"-u\"]\nCMD b",
                Some(CmdFate::HandedOver),
            ),
            ("ENTRYPOINT [\"python\", \"run.py\"]\nCMD b", None),
            ("ENTRYPOINT [\"/entrypoint.sh\"]\nCMD b", None),
            ("ENTRYPOINT [\"node\"]\nCMD [\"b\"]", None),
            ("SHELL [\"bash\", \"-c\"]\nENTRYPOINT a\nCMD b", None),
        ] {
            assert_eq!(fate(&format!("FROM debian\n{text}\n")), wanted, "{text}");
        }
    }
}
