//! Saying with `wget` what a call of `curl` says, and the other way round.
//!
//! Only the few options that both have in the same meaning, by `curl --help all` and `wget --help`; BusyBox's
//! `wget` has those that are written here as well.

use crate::shell::ast::{Command, ListOperator, SimpleCommand};
use crate::shell::context::CommandUse;
use crate::shell::downloads::{Download, Target, Tool};
use crate::shell::invocation::{Argument, Flag};
use crate::shell::removal;
use crate::shell::word::Word;
use crate::text::{Edit, Span};

/// More calls than need this many edits are left alone.
const MAX_EDITS: usize = 100;

/// Edits that make every call of `tool` one of the other; `None` where one of them says what the other cannot, or
/// depends on what the image has.
pub(super) fn all<'m>(
    commands: impl Iterator<Item = CommandUse<'m>>,
    tool: Tool,
    text: &str,
) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    for found in commands {
        // Whether it is there, or what it says of itself, is asked of the program that goes.
        let Some(download) = Download::of(found.command).filter(|call| call.tool == tool) else {
            continue;
        };
        if download.sources.is_empty() {
            continue;
        }
        if !is_sure(&found) || edits.len() > MAX_EDITS {
            return None;
        }
        edits.extend(one(found.command, &download, text)?);
    }
    Some(edits)
}

/// Whether a command surely runs if all goes well: nothing that it is joined with asks whether it is there, or goes
/// on without it.
pub(super) fn is_sure(found: &CommandUse<'_>) -> bool {
    let context = &found.context;
    let is_conditional = context.in_branch()
        || context.in_condition()
        || context.in_function()
        || context.in_loop()
        || context.in_inner_script();
    let asks = |command: &Command| {
        let name = command.as_simple().and_then(SimpleCommand::name);
        name.is_some_and(|name| matches!(name, "[" | "[[" | "test" | "command" | "which" | "type"))
    };
    !is_conditional
        && context.list.items.iter().all(|item| {
            let is_or = item
                .operator
                .is_some_and(|operator| operator.value == ListOperator::Or);
            !is_or && !item.pipeline.commands.iter().any(asks)
        })
}

/// What the options of a call come to.
#[derive(Default)]
struct Options {
    is_quiet: bool,
    is_unchecked: bool,
}

fn one(command: &SimpleCommand, download: &Download<'_>, text: &str) -> Option<Vec<Edit>> {
    let [source] = download.sources.as_slice() else {
        return None;
    };
    if !download.is_get()
        || download.has_unknown_options()
        || !matches!(source.word.leading_piece(), url if url.starts_with("http"))
    {
        return None;
    }
    let mut edits = Vec::new();
    let mut options = Options::default();
    let mut groups: Vec<(&Word, Vec<Flag<'_>>)> = Vec::new();
    for argument in download
        .invocation
        .arguments_with(download.tool.with_value())
    {
        let Argument::Flag(flag) = argument else {
            continue;
        };
        match groups
            .last_mut()
            .filter(|(word, _)| word.span == flag.word.span)
        {
            Some((_, flags)) => flags.push(flag),
            None => groups.push((flag.word, vec![flag])),
        }
    }
    for (word, flags) in groups {
        edits.push(group(
            command,
            download.tool,
            word,
            &flags,
            &mut options,
            text,
        )?);
    }
    let name = download.invocation.name_word().span;
    edits.push(Edit::replace(
        name,
        program(download.tool, source.word, source.target, &options)?,
    ));
    Some(edits)
}

/// The other program with its options, instead of the name of this one.
fn program(tool: Tool, url: &Word, target: Target<'_>, options: &Options) -> Option<String> {
    let mut program = match (tool, options.is_quiet) {
        (Tool::Wget, true) if options.is_unchecked => "curl -fksSL",
        (Tool::Wget, true) => "curl -fsSL",
        (Tool::Wget, false) if options.is_unchecked => "curl -fkL",
        (Tool::Wget, false) => "curl -fL",
        (_, true) => "wget -q",
        (_, false) => "wget",
    }
    .to_owned();
    if tool != Tool::Wget && options.is_unchecked {
        program.push_str(" --no-check-certificate");
    }
    match target {
        Target::RemoteName { folder: None } => {
            // They agree on the name only if it is plain.
            let (_, path) = url.text()?.split_once("://")?;
            let (_, name) = path.rsplit_once('/')?;
            if name.is_empty() || path.contains(['?', '#', '%']) {
                return None;
            }
            if tool == Tool::Wget {
                program.push_str(" -O");
            }
        }
        Target::Output if tool == Tool::Curl => program.push_str(" -O-"),
        Target::Output => {}
        Target::File { folder: None, .. } => {}
        _ => return None,
    }
    Some(program)
}

/// What becomes of a word of options.
fn group(
    command: &SimpleCommand,
    tool: Tool,
    word: &Word,
    flags: &[Flag<'_>],
    options: &mut Options,
    text: &str,
) -> Option<Edit> {
    if word.text() != Some(word.span.text(text)) {
        return None;
    }
    // Not the letters `n` and `v`.
    if tool == Tool::Wget && word.is("-nv") {
        options.is_quiet = true;
        return Some(removal::part(command, word.span, text));
    }
    let mut output = None;
    for flag in flags {
        match (tool, flag.name) {
            (
                Tool::Curl,
                "f" | "fail" | "S" | "show-error" | "L" | "location" | "O" | "remote-name",
            )
            | (Tool::Wget, "show-progress" | "progress") => {}
            (Tool::Curl, "s" | "silent") | (Tool::Wget, "q" | "quiet" | "nv" | "no-verbose") => {
                options.is_quiet = true;
            }
            (Tool::Curl, "k" | "insecure") | (Tool::Wget, "no-check-certificate") => {
                options.is_unchecked = true;
            }
            (Tool::Curl, "o" | "output") | (Tool::Wget, "O" | "output-document") => {
                output = Some(flag.value?);
            }
            _ => return None,
        }
        if output.is_none() && flag.value.is_some_and(|value| value.word.span != word.span) {
            return None;
        }
    }
    let Some(value) = output else {
        return Some(removal::part(command, word.span, text));
    };
    let is_glued = value.word.span == word.span;
    if value.text == Some("-") {
        let all = if is_glued {
            word.span
        } else {
            word.span.cover(value.word.span)
        };
        return Some(removal::part(command, all, text));
    }
    let option = if tool == Tool::Curl { "-O" } else { "-o" };
    Some(match value.text.filter(|_| is_glued) {
        Some(name) => Edit::replace(word.span, format!("{option} {name}")),
        None if is_glued => return None,
        None => Edit::replace(Span::new(word.span.start, word.span.end), option),
    })
}
