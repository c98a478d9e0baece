//! Flags pipelines in which a command can fail without anybody noticing.

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::ast::{Command as Form, Instruction, InstructionKind};
use crate::dockerfile::model::Base;
use crate::dockerfile::script::{ScriptOrigin, ShellScript};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::knowledge::images::{Family, Shell};
use crate::shell::Dialect;
use crate::shell::ast::{
    Command, CompoundKind, ListItem, ListOperator, Pipeline, Script, SimpleCommand,
};
use crate::shell::context;
use crate::shell::invocation::Invocation;
use crate::shell::programs::Programs;
use crate::shell::walk::{Kinds, Node};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// Programs that fail for reasons outside the build: the network, broken archives, signatures, sources.
const CAN_FAIL: &[&str] = &[
    "7z",
    "ar",
    "apk",
    "apt",
    "apt-get",
    "aria2c",
    "aws",
    "axel",
    "base64",
    "bsdtar",
    "bunzip2",
    "bzcat",
    "bzip2",
    "cargo",
    "cmake",
    "composer",
    "configure",
    "cosign",
    "cpio",
    "curl",
    "dnf",
    "dpkg-deb",
    "filterdiff",
    "gcc",
    "gh",
    "git",
    "go",
    "gpg",
    "gpg2",
    "gpgv",
    "gsutil",
    "gunzip",
    "gzip",
    "hg",
    "http",
    "https",
    "interdiff",
    "lz4",
    "lzma",
    "make",
    "mvn",
    "ninja",
    "node",
    "npm",
    "npx",
    "openssl",
    "patch",
    "pip",
    "pip3",
    "pnpm",
    "python",
    "python3",
    "rpm2cpio",
    "rsync",
    "scp",
    "ssh",
    "svn",
    "tar",
    "unlzma",
    "unxz",
    "unzip",
    "wget",
    "xz",
    "xzcat",
    "yarn",
    "yum",
    "zcat",
    "zstd",
    "zstdcat",
];

/// Programs that only print what they are told, or whose failing says nothing.
const HARMLESS: &[&str] = &[
    "yes", "echo", "awk", "cut", "grep", "head", "sed", "sort", "tail", "tee", "tr", "uniq",
    "printf", "cat", "true", ":", "ls", "seq", "sleep", "test", "[",
];

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    // One `SHELL` mends all that comes behind it in its stage.
    let mut mended = None;
    for place in model.scripts() {
        let instruction = model.acting(place.instruction);
        let (Some(script), InstructionKind::Run(_)) = (&place.script, &instruction.kind) else {
            continue;
        };
        if !has_pipe(place.text.text()) || is_set_outside(model, place, instruction) {
            continue;
        }
        let found = pipelines(script);
        let Some((first, rest)) = found.split_first() else {
            continue;
        };
        let shell = shell(model, place);
        let (help, advice) = advice(shell, place);
        let stage = model.stage_of(place.instruction).map(|stage| stage.index);
        let fix = match advice {
            Advice::Set => set_option(place, script),
            Advice::Shell if stage != mended && !place.is_trigger => {
                mended = stage;
                set_shell(model, place, instruction, shell, cx.text())
            }
            Advice::Shell | Advice::Nothing => None,
        };
        let finding = cx.report(first.at, first.message());
        finding.help(help);
        for other in rest.iter().take(8) {
            finding.label(other.at, "and here");
        }
        if shell == InForce::None {
            finding.severity(Severity::Info);
        }
        finding.fixes.extend(fix);
    }
}

/// Whether there is a `|` in a text that is no half of `||`.
fn has_pipe(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_pipe = |at: Option<usize>| at.and_then(|at| bytes.get(at)) == Some(&b'|');
    memchr::memchr_iter(b'|', bytes)
        .any(|at| !is_pipe(at.checked_sub(1)) && !is_pipe(at.checked_add(1)))
}

/// A pipeline whose producer can fail unseen.
struct Masked<'s> {
    /// The name of the producer.
    at: Span,
    producer: &'s str,
    /// The name of the command whose status counts, if it is a plain one.
    last: Option<&'s str>,
}

impl Masked<'_> {
    fn message(&self) -> String {
        let producer: String = self.producer.chars().take(30).collect();
        match self.last {
            Some(last) => {
                let last: String = last.chars().take(30).collect();
                format!("`{producer}` can fail unnoticed: only the status of `{last}` counts")
            }
            None => format!("`{producer}` can fail unnoticed: only the end of the pipeline counts"),
        }
    }
}

/// The pipelines of a script that hide a failure, up to one that sets `pipefail`.
fn pipelines(script: &Script) -> Vec<Masked<'_>> {
    let mut found = Vec::new();
    // The status of what is substituted up to here gets lost anyway.
    let mut lost_until = 0;
    for (node, context) in
        script.nodes_of(const { Kinds::PIPELINES.and(Kinds::COMMANDS).and(Kinds::COMPOUNDS) })
    {
        match node {
            Node::Command(Command::Simple(command)) => {
                if sets_pipefail(command) && !context.in_inner_script() {
                    break;
                }
                if !command.words.is_empty() {
                    lost_until = lost_until.max(command.span.end);
                }
            }
            Node::Command(Command::Compound(compound)) => {
                let words = match &compound.kind {
                    CompoundKind::For(command) => command.words.iter().flatten().next_back(),
                    CompoundKind::Case(command) => Some(&command.subject),
                    _ => None,
                };
                lost_until = lost_until.max(words.map_or(0, |word| word.span.end));
            }
            Node::Pipeline(pipeline) if pipeline.commands.len() > 1 => {
                let is_lost = context.in_substitution() && pipeline.span.start < lost_until;
                let is_asked = context.in_condition()
                    || context.is_negated()
                    || context.in_background()
                    || has_alternative(&context);
                if !is_lost && !is_asked && !context.in_inner_script() {
                    found.extend(masked(pipeline));
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether `||` stands right behind a pipeline or in front of the end of its chain, so that its failing is
/// thought of. `a | b && [ -z "$c" ] || d && e` is another case, and so is `a | b || exit 1`, which asks for the
/// script to stop and does not get it.
fn has_alternative(context: &context::Context<'_>) -> bool {
    let rest = context.list.items.get(context.index..).unwrap_or_default();
    // The rest of a long chain says nothing new, and is not worth going through again and again.
    let is_or = |item: &ListItem| {
        item.operator
            .is_some_and(|operator| operator.value == ListOperator::Or)
    };
    let end = rest.iter().take(64).position(|item| !item.is_chained());
    let chain = rest.get(..=end.unwrap_or(63)).unwrap_or(rest);
    match chain {
        [first, next, ..] if is_or(first) => !stops(next),
        [.., before, last] if is_or(before) => !stops(last),
        _ => false,
    }
}

/// Whether an item ends the script as failed: `exit 1`, `false`, or a group with that at its end.
fn stops(item: &ListItem) -> bool {
    let mut command = item.pipeline.commands.last();
    // Groups in groups are rare.
    for _ in 0..4 {
        let list = match command {
            Some(Command::Simple(simple)) => {
                let succeeds = simple.args().first().is_some_and(|status| status.is("0"));
                return !succeeds && matches!(simple.name(), Some("exit" | "return" | "false"));
            }
            Some(Command::Compound(compound)) => match &compound.kind {
                CompoundKind::Group(list) | CompoundKind::Subshell(list) => list,
                _ => return false,
            },
            _ => return false,
        };
        let last = list.items.last();
        command = last.and_then(|item| item.pipeline.commands.last());
    }
    false
}

fn masked(pipeline: &Pipeline) -> Option<Masked<'_>> {
    let (last, producers) = pipeline.commands.split_last()?;
    let last = last.as_simple().and_then(SimpleCommand::unwrapped);
    let last = last.and_then(|invocation| invocation.name());
    let mut simple = producers.iter().filter_map(Command::as_simple);
    simple.find_map(|command| {
        let invocation = command.unwrapped()?;
        let name = invocation.name()?;
        // What goes through `tee` is the output of something worth keeping.
        let is_kept = last == Some("tee") && !HARMLESS.contains(&name);
        let can_fail = CAN_FAIL.contains(&name) && !only_tells(&invocation);
        (can_fail || is_kept).then(|| Masked {
            at: invocation.name_word().span,
            producer: name,
            last,
        })
    })
}

/// Whether a program is only asked about itself, or for what is installed, where nothing found is a failure.
fn only_tells(invocation: &Invocation<'_>) -> bool {
    let args = invocation.args();
    if invocation.is_any(&["apk"]) && args.first().is_some_and(|verb| verb.is("info")) {
        return true;
    }
    let asks = ["--version", "-V", "-v", "version", "--help", "-version"];
    matches!(args, [only] if only.literal().is_some_and(|only| asks.contains(&only)))
}

/// Whether a command is `set` with `-o pipefail`, alone or with other options.
fn sets_pipefail(command: &SimpleCommand) -> bool {
    command.may_run(const { &Programs::of(&["set"]) })
        && command.name() == Some("set")
        && asks_for_pipefail(command.args().iter().map(|word| word.text()))
}

/// Whether a shell's options have `pipefail` behind `-o` or a group of letters with `o`.
fn asks_for_pipefail<'w>(words: impl Iterator<Item = Option<&'w str>>) -> bool {
    let mut takes_name = false;
    for word in words {
        let word = word.unwrap_or_default();
        if takes_name && word == "pipefail" {
            return true;
        }
        takes_name = word.starts_with('-') && !word.starts_with("--") && word.contains('o');
        if word == "-opipefail" {
            return true;
        }
    }
    false
}

/// Whether the shell is started with `pipefail`.
fn is_set_outside(model: &Dockerfile, place: &ShellScript, instruction: &Instruction) -> bool {
    match place.origin {
        ScriptOrigin::ExecForm => match instruction.command() {
            Some(Form::Exec(form)) => {
                asks_for_pipefail(form.arguments.iter().map(|word| Some(&*word.raw)))
            }
            _ => false,
        },
        ScriptOrigin::Heredoc | ScriptOrigin::ShellForm => {
            if let Some(line) = shebang(place) {
                return asks_for_pipefail(line.split_ascii_whitespace().map(Some));
            }
            // The shell of a trigger is that of the file that uses the image.
            if place.is_trigger {
                return true;
            }
            let config = model.config_at(place.instruction);
            let words = config.shell_words().unwrap_or_default();
            asks_for_pipefail(words.iter().map(|word| Some(&*word.raw)))
        }
    }
}

fn shebang(place: &ShellScript) -> Option<&str> {
    let is_heredoc = place.origin == ScriptOrigin::Heredoc;
    let line = place.text.text().lines().next()?;
    (is_heredoc && line.starts_with("#!")).then_some(line)
}

/// The shell that runs a script, as far as `pipefail` is concerned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum InForce {
    /// One that knows `pipefail`.
    Knows,
    /// Debian's `sh`, with bash beside it.
    DashWithBash,
    /// Debian's `sh`, or another that lacks it.
    Dash,
    /// There is none, so that the instruction fails anyway.
    None,
    Unknown,
}

fn shell(model: &Dockerfile, place: &ShellScript) -> InForce {
    if !matches!(place.dialect, Dialect::Posix) {
        return InForce::Knows;
    }
    if let Some(line) = shebang(place) {
        return if line.contains("dash") {
            InForce::Dash
        } else {
            InForce::Unknown
        };
    }
    let config = model.config_at(place.instruction);
    let program = config.shell_words().and_then(|words| words.first());
    if program.is_some_and(|program| program.raw.ends_with("ash") && !program.raw.ends_with("dash"))
    {
        return InForce::Knows;
    }
    let facts = model
        .stage_of(place.instruction)
        .and_then(|stage| model.base_facts(stage));
    let Some(facts) = facts else {
        return InForce::Unknown;
    };
    match (facts.shell, facts.family) {
        (Some(Shell::Ash | Shell::Bash), _) => InForce::Knows,
        // bash is essential in Debian and Ubuntu: every image of theirs has it.
        (Some(Shell::Dash), Some(Family::Debian)) => InForce::DashWithBash,
        (Some(Shell::Dash), _) => InForce::Dash,
        (Some(Shell::None), _) if facts.family != Some(Family::Scratch) => InForce::None,
        _ => InForce::Unknown,
    }
}

/// Which fix suits.
enum Advice {
    Set,
    Shell,
    Nothing,
}

fn advice(shell: InForce, place: &ShellScript) -> (&'static str, Advice) {
    match shell {
        InForce::Knows => (
            "begin the command with `set -o pipefail`, or give `SHELL` the option `-o pipefail`",
            Advice::Set,
        ),
        InForce::None => ("use a stage that has a shell", Advice::Nothing),
        _ if place.origin == ScriptOrigin::ExecForm || shebang(place).is_some() => (
            "run it with `bash -o pipefail`, if the image has bash",
            Advice::Nothing,
        ),
        InForce::DashWithBash => (
            "write `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]` above; dash has no `pipefail`",
            Advice::Shell,
        ),
        InForce::Dash => (
            "save the output in a file first; this shell has no `pipefail`",
            Advice::Nothing,
        ),
        InForce::Unknown => (
            "write `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]` above, if the image has bash",
            Advice::Shell,
        ),
    }
}

/// `set -o pipefail` at the start of the script.
fn set_option(place: &ShellScript, script: &Script) -> Option<Fix> {
    let start = script.body.items.first()?.pipeline.span.start;
    let text = match place.origin {
        ScriptOrigin::Heredoc => "set -o pipefail\n",
        ScriptOrigin::ShellForm => "set -o pipefail && ",
        ScriptOrigin::ExecForm => return None,
    };
    // `a && b &` would take the option into the background.
    let begins_in_background = script.body.chains().next().is_some_and(|chain| {
        let operator = chain.last().and_then(|item| item.operator);
        operator.is_some_and(|operator| operator.value == ListOperator::Background)
    });
    if begins_in_background && place.origin == ScriptOrigin::ShellForm {
        return None;
    }
    let applicability = if breaks_with_pipefail(script) {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    };
    let edit = Edit::insert(start, text);
    Some(Fix::new(
        "let the whole pipeline fail",
        applicability,
        vec![edit],
    ))
}

/// A `SHELL` instruction above the one with the script.
fn set_shell(
    model: &Dockerfile,
    place: &ShellScript,
    instruction: &Instruction,
    shell: InForce,
    text: &str,
) -> Option<Fix> {
    let stage = model.stage_of(place.instruction)?;
    let line = "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]";
    let edit = Edit::insert_line(text, instruction.span.start, line);
    let is_safe =
        shell == InForce::DashWithBash && is_alike_in_bash(model, stage, place.instruction);
    let (title, applicability) = if is_safe {
        (
            "run this and what follows in bash with `pipefail`",
            Applicability::Safe,
        )
    } else {
        let title = "run this and what follows in bash, which may be absent or differ";
        (title, Applicability::Unsafe)
    };
    Some(Fix::new(title, applicability, vec![edit]))
}

/// Whether nothing from an instruction on in its stage depends on which shell it is run by.
fn is_alike_in_bash(model: &Dockerfile, stage: &Stage, from: usize) -> bool {
    let is_base = model
        .stages
        .iter()
        .any(|other| other.base == Base::Stage(stage.index));
    let is_own_shell = model.config_at(from).shell().is_inherited();
    let mut scripts = (from..stage.instructions.end).flat_map(|index| model.scripts_of(index));
    !is_base
        && is_own_shell
        && scripts.all(|place| {
            // These name their shell, or have none.
            if place.origin == ScriptOrigin::ExecForm {
                return true;
            }
            let is_run = matches!(
                model.acting(place.instruction).kind,
                InstructionKind::Run(_)
            );
            let Some(script) = &place.script else {
                return false;
            };
            is_run && !place.is_trigger && !echoes_escapes(script) && !breaks_with_pipefail(script)
        })
}

/// Whether `echo` is given a backslash, which dash resolves and bash prints.
fn echoes_escapes(script: &Script) -> bool {
    script.commands().any(|found| {
        let is_echo = found
            .command
            .unwrapped()
            .is_some_and(|invocation| invocation.is_any(&["echo"]));
        is_echo
            && found.command.args().iter().any(|word| {
                word.has_expansion() || word.text().is_some_and(|text| text.contains('\\'))
            })
    })
}

/// Whether a pipeline has a reader that stops early: with `pipefail`, what writes to it fails by `SIGPIPE`.
/// Or one that fails on purpose, like `grep` without a match.
fn breaks_with_pipefail(script: &Script) -> bool {
    script
        .nodes_of(Kinds::PIPELINES)
        .any(|(node, _)| match node {
            Node::Pipeline(pipeline) if pipeline.commands.len() > 1 => {
                pipeline.commands.iter().any(|command| {
                    let name = command.as_simple().and_then(SimpleCommand::unwrapped);
                    let name = name.and_then(|invocation| invocation.name());
                    name.is_none_or(|name| {
                        matches!(
                            name,
                            "yes"
                                | "head"
                                | "grep"
                                | "egrep"
                                | "fgrep"
                                | "sed"
                                | "awk"
                                | "diff"
                                | "false"
                        )
                    })
                })
            }
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_what_can_fail_and_counts_is_reported() {
        dockerfile(
            "missing-pipefail",
            r#"
FROM debian:13
RUN curl -fsSL https://example.com/x | tar -x
#   ^^^^ `curl` can fail unnoticed: only the status of `tar` counts
RUN cat x | gpg --dearmor | tee y
#           ^^^ `gpg` can fail unnoticed: only the status of `tee` counts
RUN filterdiff -x '*/NEWS' x.patch | patch -p1
#   ^^^^^^^^^^ `filterdiff` can fail unnoticed
RUN ./build.sh --all 2>&1 | tee log
#   ^^^^^^^^^^ `build.sh` can fail unnoticed
RUN V=$(sudo wget -qO- https://example.com/v | tr -d v) && echo $V
#            ^^^^ `wget` can fail unnoticed
RUN curl x | (cd /x && tar -x)
#   ^^^^ `curl` can fail unnoticed: only the end of the pipeline counts
RUN (curl x; curl y) | tar x
RUN yes | apt-get install x && echo "a|b" | tee c && printf a | b && cat d | e
RUN if curl x | grep -q y; then z; fi; ! curl x | grep y; curl x | grep -q y || z
RUN echo "$(curl x | tr a b)" && for i in $(curl x | tr a b); do :; done
RUN ls | wc -l && find . -name x | xargs rm && curl x || y && case a in a|b) ;; esac
RUN curl --version | tail -1; echo a | tee b | tee c; curl x | tar x && y || true
RUN curl x | tar x && [ -z "$y" ] || z && y
#   ^^^^ `curl` can fail unnoticed
RUN curl x | tar x || { echo y >&2; exit 1; }
#   ^^^^ `curl` can fail unnoticed
RUN wget x | tar x && y || (z; false)
#   ^^^^ `wget` can fail unnoticed
RUN curl x | tar x || exit 0; curl x | tar x || (exit 1; y)
RUN bash -o pipefail -c 'curl x | tar x'
RUN deps="$(scanelf -R /usr | xargs -r apk info --installed | sort -u)"
CMD curl x | tar x
ONBUILD RUN curl x | tar x
"#,
        );
    }

    #[test]
    fn every_way_to_set_the_option_counts() {
        dockerfile(
            "missing-pipefail",
            r#"
FROM alpine:3.22 AS a
RUN set -euxo pipefail; curl x | tar x
RUN set -e -o pipefail && curl x | tar x
RUN curl x | tar x && set -o pipefail
#   ^^^^ `curl` can fail unnoticed
RUN <<EOF
set -eo pipefail
curl x | tar x
EOF
RUN <<EOF
#!/usr/bin/env -S bash -eo pipefail
curl x | tar x
EOF
RUN <<EOF
#!/usr/bin/env python3
curl x | tar x
EOF
RUN ["/bin/bash", "-o", "pipefail", "-c", "curl x | tar x"]
RUN ["/bin/bash", "-ec", "curl x | tar x"]
#                         ^^^^ `curl` can fail unnoticed
SHELL ["/bin/ash", "-eo", "pipefail", "-c"]
RUN curl x | tar x
RUN <<EOF
curl x | tar x
EOF
FROM a
RUN curl x | tar x
SHELL ["/bin/sh", "-c"]
RUN curl x | tar x
#   ^^^^ `curl` can fail unnoticed
SHELL ["pwsh", "-Command"]
RUN curl x | tar x
"#,
        );
    }
}
