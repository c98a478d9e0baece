//! Where a script runs what it downloads: `curl … | sh`, `bash <(curl …)`, `sh -c "$(curl …)"`, `eval`, and files
//! that it saves and runs without a check in between.
//!
//! Not for: PowerShell, and files that another instruction runs.

use std::collections::VecDeque;

use super::ast::{Command, CompoundKind, List, RedirectOperator, Script, SimpleCommand};
use super::context::CommandUse;
use super::downloads::{Download, Tool, verifies, written};
use super::invocation::Invocation;
use super::programs::Programs;
use super::word::{Word, WordPart};
use crate::text::Span;

/// A place where a download is run.
#[derive(Clone, Debug)]
pub struct Execution<'a> {
    /// What runs it: the interpreter, or the file itself.
    pub at: Span,
    /// Where it comes from.
    pub download: Download<'a>,
}

/// Programs that run what they read, and their options whose value is the program.
const INTERPRETERS: &[(&str, &[&str])] = &[
    ("sh", SHELL),
    ("bash", SHELL),
    ("ash", SHELL),
    ("dash", SHELL),
    ("zsh", SHELL),
    ("ksh", SHELL),
    ("mksh", SHELL),
    ("python", &["c", "m"]),
    ("python2", &["c", "m"]),
    ("python3", &["c", "m"]),
    ("pypy", &["c", "m"]),
    ("pypy3", &["c", "m"]),
    ("perl", &["e", "E", "n", "p"]),
    ("ruby", &["e", "n", "p"]),
    ("node", &["e", "eval", "p", "print"]),
    ("php", &["r"]),
];

const SHELL: &[&str] = &["c"];

/// Options of interpreters that take a value and are no program.
const INTERPRETER_VALUES: &[&str] = &[
    "o",
    "O",
    "W",
    "X",
    "I",
    "r",
    "require",
    "rcfile",
    "init-file",
    "d",
];

/// How many commands in front of an interpreter in a pipeline are looked at.
const MAX_PIPED: usize = 16;

/// How many files are remembered; the oldest are forgotten first.
const MAX_SAVED: usize = 64;

/// Every place of a script where it runs a download, in its order. `text` is that of the file under check.
pub fn executions<'a>(script: &'a Script, text: &str) -> Vec<Execution<'a>> {
    let mut found = Vec::new();
    if !script.may_run(&Tool::PROGRAMS) || !script.commands().any(|found| may_run_file(&found)) {
        return found;
    }
    let mut saved: VecDeque<Saved> = VecDeque::new();
    let mut downloads: Vec<Download<'a>> = Vec::new();
    for command in script.commands() {
        let Some(invocation) = command.command.unwrapped() else {
            continue;
        };
        if verifies(&invocation) {
            saved.clear();
            continue;
        }
        let program = program(&invocation);
        let run = piped(&command, &invocation, program)
            .or_else(|| substituted(command.command, &invocation, program))
            .map(|download| (invocation.name_word().span, download))
            .or_else(|| {
                let (at, index) = run_of(&saved, &invocation, program, text)?;
                saved.retain(|file| file.download != index);
                Some((at, downloads.get(index)?.clone()))
            });
        found.extend(run.map(|(at, download)| Execution { at, download }));
        if let Some(download) = remote(command.command) {
            for path in download
                .sources
                .iter()
                .filter_map(|source| source.path(text))
            {
                if saved.len() == MAX_SAVED {
                    saved.pop_front();
                }
                saved.push_back(Saved {
                    path,
                    download: downloads.len(),
                });
            }
            downloads.push(download);
        }
    }
    found
}

/// False if a command surely runs nothing that was downloaded: it is no interpreter, nor a file named with its folder.
fn may_run_file(found: &CommandUse<'_>) -> bool {
    const RUNNERS: Programs = {
        let mut runners = Programs::of(&[".", "source", "eval"]);
        let mut index = 0;
        while index < INTERPRETERS.len() {
            runners = runners.and(Programs::of(&[INTERPRETERS[index].0]));
            index += 1;
        }
        runners
    };
    let Some(invocation) = found.command.unwrapped() else {
        return false;
    };
    found.command.may_run(&RUNNERS) || invocation.path().is_none_or(|path| path.contains('/'))
}

/// What a command downloads from elsewhere.
fn remote(command: &SimpleCommand) -> Option<Download<'_>> {
    Download::of(command).filter(|download| !download.is_local())
}

/// The download in a list, at any place of it.
fn download_in(list: &List) -> Option<Download<'_>> {
    let commands = list
        .items
        .iter()
        .flat_map(|item| item.pipeline.commands.iter());
    commands.filter_map(Command::as_simple).find_map(remote)
}

/// The download whose output a command reads, itself or in parentheses or braces.
fn download_of(command: &Command) -> Option<Download<'_>> {
    match command {
        Command::Simple(command) => remote(command),
        Command::Compound(command) => match &command.kind {
            CompoundKind::Group(list) | CompoundKind::Subshell(list) => download_in(list),
            _ => None,
        },
        Command::Function(_) | Command::Coprocess(_) => None,
    }
}

/// How an interpreter is told what to run.
#[derive(Clone, Copy)]
enum Program<'a> {
    /// By its standard input.
    Input,
    /// By a file.
    File(&'a Word),
    /// By an argument behind `-c` and the like.
    Text(&'a Word),
    /// Otherwise.
    Other,
}

fn program<'a>(invocation: &Invocation<'a>) -> Option<Program<'a>> {
    let name = invocation.name()?;
    if matches!(name, "." | "source") {
        let file = invocation.args().iter().find(|word| !word.is("--"))?;
        return Some(Program::File(file));
    }
    let (_, options) = INTERPRETERS.iter().find(|(known, _)| *known == name)?;
    let mut args = invocation.args().iter();
    let mut reads_input = false;
    while let Some(word) = args.next() {
        let text = word.leading_text();
        if word.is("-") || word.is("/dev/stdin") {
            return Some(Program::Input);
        }
        let Some(option) = text.strip_prefix('-') else {
            if text.starts_with('+') {
                continue;
            }
            return Some(if reads_input {
                Program::Input
            } else {
                Program::File(word)
            });
        };
        if let Some(long) = option.strip_prefix('-') {
            if options.contains(&long) {
                return Some(args.next().map_or(Program::Other, Program::Text));
            }
            if INTERPRETER_VALUES.contains(&long) {
                args.next();
            }
            continue;
        }
        let tells = option
            .char_indices()
            .any(|(at, letter)| options.contains(&&option[at..at + letter.len_utf8()]));
        if tells {
            // `-ec text`; of what is glued to the option nothing is known.
            return Some(args.next().map_or(Program::Other, Program::Text));
        }
        reads_input |= options == &SHELL && option.contains('s');
        let takes_value = option
            .char_indices()
            .next_back()
            .is_some_and(|(at, _)| INTERPRETER_VALUES.contains(&&option[at..]));
        if takes_value {
            args.next();
        }
    }
    let asks = invocation.has_flag("version") || invocation.has_flag("help");
    Some(if asks { Program::Other } else { Program::Input })
}

/// The download that is piped into an interpreter.
fn piped<'a>(
    found: &CommandUse<'a>,
    invocation: &Invocation<'a>,
    program: Option<Program<'a>>,
) -> Option<Download<'a>> {
    if found.context.position == 0 || !matches!(program?, Program::Input) {
        return None;
    }
    // `xargs sh` makes arguments of what it reads.
    let wrappers = found
        .command
        .words
        .get(..invocation.first)
        .unwrap_or_default();
    if wrappers.iter().any(|word| word.is("xargs")) {
        return None;
    }
    let commands = &found.context.pipeline()?.commands;
    // The command may be in a group that reads the pipe; then it is not this pipeline's.
    let before = commands.get(..found.context.position)?;
    let nearest = before.len().saturating_sub(MAX_PIPED);
    before[nearest..].iter().find_map(download_of)
}

/// The download in a substitution that an interpreter runs.
fn substituted<'a>(
    command: &'a SimpleCommand,
    invocation: &Invocation<'a>,
    program: Option<Program<'a>>,
) -> Option<Download<'a>> {
    if invocation.name() == Some("eval") {
        return output(invocation.args().iter().find(|word| !word.is("--"))?);
    }
    match program? {
        Program::Text(word) => output(word),
        Program::File(word) => word.parts.iter().find_map(|part| match part {
            WordPart::ProcessSubstitution(substitution) if !substitution.output => {
                download_in(&substitution.body)
            }
            _ => None,
        }),
        Program::Input => {
            let strings = command
                .redirects
                .iter()
                .filter(|redirect| redirect.operator.value == RedirectOperator::HereString);
            strings
                .map(|redirect| &redirect.target)
                .find_map(output)
                .or_else(|| {
                    let files = command
                        .redirects
                        .iter()
                        .filter(|redirect| redirect.operator.value == RedirectOperator::Input);
                    let mut parts = files.flat_map(|redirect| redirect.target.parts.iter());
                    parts.find_map(|part| match part {
                        WordPart::ProcessSubstitution(substitution) => {
                            download_in(&substitution.body)
                        }
                        _ => None,
                    })
                })
        }
        Program::Other => None,
    }
}

/// The download whose output a word begins with: `"$(curl …)"`.
fn output(word: &Word) -> Option<Download<'_>> {
    match word.pieces().next()? {
        WordPart::CommandSubstitution(substitution) => download_in(&substitution.body),
        _ => None,
    }
}

/// A file that was downloaded.
struct Saved {
    path: String,
    /// Which download of the script.
    download: usize,
}

/// Where a saved file is run, and its download.
fn run_of(
    saved: &VecDeque<Saved>,
    invocation: &Invocation<'_>,
    program: Option<Program<'_>>,
    text: &str,
) -> Option<(Span, usize)> {
    if saved.is_empty() {
        return None;
    }
    let file = match program {
        Some(Program::File(word)) => word,
        Some(_) => return None,
        // Without a slash the name is looked up on `PATH`.
        None => Some(invocation.name_word()).filter(|word| written(word, text).contains('/'))?,
    };
    let run = written(file, text);
    let found = saved.iter().find(|saved| is_same(&saved.path, &run))?;
    Some((file.span, found.download))
}

/// Whether two paths name the same file: they are equal, or one has no folder, which `cd` may have chosen,
/// and the last part of the other.
fn is_same(saved: &str, run: &str) -> bool {
    let plain = |path: &str| {
        path.strip_prefix("./")
            .unwrap_or(path)
            .replace(['{', '}'], "")
    };
    let (saved, run) = (plain(saved), plain(run));
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    saved == run || ((!saved.contains('/') || !run.contains('/')) && last(&saved) == last(&run))
}
