//! Flags `CMD` and `ENTRYPOINT` in shell form.
//!
//! The shell's own tree says whether a shell is needed. Where it is not, the words become a JSON array; where
//! it is, `exec` in front of the last command lets that command take the shell's place.

mod array;

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Cmd, Command, Entrypoint, Instruction, InstructionKind, ShellForm};
use crate::dockerfile::model::Setting;
use crate::dockerfile::script::ScriptOrigin;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::shell::ast::{
    Command as ShellCommand, CompoundKind, ListItem, ListOperator, Script, SimpleCommand,
};
use crate::shell::walk::Node;
use crate::shell::word::{Word, WordPart};
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.cmd(|cmd: &Placed<'_, Cmd>, cx| check(cmd.instruction, cmd.index, cx));
    on.entrypoint(|entrypoint: &Placed<'_, Entrypoint>, cx| {
        check(entrypoint.instruction, entrypoint.index, cx);
    });
}

/// What shells do themselves because it changes the shell, so that there is no program for it.
const BUILTINS: &[&str] = &[
    ".", ":", "alias", "bg", "break", "builtin", "cd", "command", "continue", "declare", "eval",
    "exit", "export", "fc", "fg", "getopts", "hash", "jobs", "let", "local", "popd", "pushd",
    "read", "readonly", "return", "set", "shift", "shopt", "source", "times", "trap", "type",
    "typeset", "ulimit", "umask", "unalias", "unset", "wait",
];

/// Whether another one of its kind follows in the stage, so that this one has no effect.
fn is_replaced(model: &Dockerfile, instruction: &Instruction, index: usize) -> bool {
    let keyword = instruction.kind.keyword();
    let Some(stage) = model.stage_of(index) else {
        return false;
    };
    let behind = model
        .ast
        .instructions
        .get(index + 1..stage.instructions.end);
    let mut behind = behind.unwrap_or_default().iter();
    behind.any(|other| other.kind.keyword() == keyword)
}

/// The longest text in bytes that is shown as the reason for a shell.
const LONGEST_SHOWN: usize = 24;

fn check(instruction: &Instruction, index: usize, cx: &mut Context<'_, Dockerfile>) {
    let Some(Command::Shell(form)) = instruction.command() else {
        return;
    };
    let model = cx.model;
    // Whoever writes `SHELL` wants a shell.
    if model.config_at(index).shell().effective().is_some() {
        return;
    }
    if !instruction.is_trigger && is_replaced(model, instruction, index) {
        return;
    }
    // Behind such an entrypoint, who gets the signals is the least of its troubles.
    if !instruction.is_trigger && model.lost_cmd(index).is_some() {
        return;
    }
    let place = model.scripts_of(index).iter().find(|place| {
        place.origin == ScriptOrigin::ShellForm && place.is_trigger == instruction.is_trigger
    });
    let Some(place) = place else { return };
    // Shells of Windows and unknown ones are not ours to judge.
    let Some(script) = &place.script else { return };
    if is_meant_as_array(form, script) {
        return;
    }
    let report = Report {
        instruction,
        index,
        form,
        script,
        is_read: place.errors.is_empty(),
        marked: marked(instruction, form, cx.text()),
    };
    if cx.model.has_no_shell(index) {
        report.absent(cx);
    } else if let Some(exec) = last_exec(script) {
        report.replaced(exec, cx);
    } else if let Some(feature) = feature(script) {
        report.needed(feature, cx);
    } else {
        report.needless(cx);
    }
}

/// What the findings are about.
struct Report<'a> {
    instruction: &'a Instruction,
    index: usize,
    form: &'a ShellForm,
    script: &'a Script,
    /// Whether the shell's grammar was followed.
    is_read: bool,
    marked: Span,
}

impl Report<'_> {
    /// A shell that is not there.
    fn absent(&self, cx: &mut Context<'_, Dockerfile>) {
        let keyword = &self.instruction.keyword.value;
        let fix = simple(self.script)
            .filter(|command| feature(self.script).is_none() && is_program(command, &command.words))
            .map(|command| self.as_array(&command.words, command.span.start, cx));
        let message = format!("`{keyword}` needs `/bin/sh`, which is not in this image");
        cx.report(self.marked, message)
            .severity(Severity::Error)
            .help("write a JSON array: `[\"program\", \"argument\"]`")
            .fixes
            .extend(fix.filter(|_| self.is_read));
    }

    /// A shell that `exec` replaces.
    fn replaced(&self, exec: &SimpleCommand, cx: &mut Context<'_, Dockerfile>) {
        let keyword = &self.instruction.keyword.value;
        let words = exec.words.get(1..).unwrap_or_default();
        let start = exec
            .words
            .first()
            .map_or(exec.span.start, |word| word.span.start);
        let gap = words
            .first()
            .map_or("", |word| Span::new(start, word.span.start).text(cx.text()));
        let is_program = feature(self.script).is_none() && is_program(exec, words);
        let fix = (is_program && !gap.contains('\n')).then(|| self.as_array(words, start, cx));
        let message = format!("a shell runs `{keyword}`, if only until `exec` takes its place");
        cx.report(self.marked, message)
            .severity(Severity::Info)
            .help("write a JSON array, unless the shell replaces variables in it")
            .fixes
            .extend(fix.filter(|_| self.is_read));
    }

    /// A shell that something in the command needs.
    fn needed(&self, feature: Span, cx: &mut Context<'_, Dockerfile>) {
        let keyword = &self.instruction.keyword.value;
        let shown = feature.text(cx.text()).trim();
        let what = if (1..=LONGEST_SHOWN).contains(&shown.len()) {
            format!(" for `{}`", excerpt(shown))
        } else {
            String::new()
        };
        let message =
            format!("`{keyword}` needs a shell{what}, which may keep signals from the program");
        let fix = self.with_exec().filter(|_| self.is_read);
        cx.report(self.marked, message)
            .help("write `[\"/bin/sh\", \"-c\", \"… && exec program\"]`, or move it to a script")
            .fixes
            .extend(fix);
    }

    /// A shell that nothing needs.
    fn needless(&self, cx: &mut Context<'_, Dockerfile>) {
        let keyword = &self.instruction.keyword.value;
        let fix = simple(self.script)
            .filter(|command| is_program(command, &command.words))
            .map(|command| self.as_array(&command.words, command.span.start, cx));
        let message = format!("a shell runs `{keyword}` and may keep signals from the program");
        cx.report(self.marked, message)
            .help("write a JSON array: `[\"program\", \"argument\"]`")
            .fixes
            .extend(fix.filter(|_| self.is_read));
    }

    /// The fix that writes a JSON array, and whether that can change more than who gets the signals.
    fn as_array(&self, words: &[Word], start: u32, cx: &Context<'_, Dockerfile>) -> Fix {
        let program = words.first().and_then(Word::literal);
        let (title, applicability) = if program.is_some_and(|name| name.ends_with(".sh")) {
            (
                "write a JSON array; the script then needs a line with `#!`",
                Applicability::Unsafe,
            )
        } else if self.gives_other_words(cx.model) {
            (
                "write a JSON array; the entrypoint then gets other words",
                Applicability::Unsafe,
            )
        } else {
            ("write a JSON array", Applicability::Safe)
        };
        let edits = array::of_words(words, start, cx.text());
        Fix::new(title, applicability, edits)
    }

    /// Whether, once this is an array, an entrypoint perhaps gets other words than before.
    fn gives_other_words(&self, model: &Dockerfile) -> bool {
        // A trigger becomes part of another image.
        let stage = model.stage_of(self.index);
        let Some(stage) = stage.filter(|_| !self.instruction.is_trigger) else {
            return true;
        };
        let config = model.final_config(stage);
        if matches!(self.instruction.kind, InstructionKind::Entrypoint(_)) {
            return config.cmd().effective().is_some();
        }
        match config.entrypoint() {
            Setting::Set(_) => true,
            Setting::Inherited => model
                .base_image(stage)
                .is_none_or(|image| image.entrypoint.is_none()),
            Setting::Nothing => false,
        }
    }

    /// The change that keeps the shell and lets the last command take its place.
    fn with_exec(&self) -> Option<Fix> {
        let name = last(self.script)?.words.first()?;
        let is_builtin = name.literal().is_none_or(is_builtin);
        if is_builtin || !self.script.comments.is_empty() {
            return None;
        }
        Some(Fix::new(
            "keep the shell, and let the last command take its place",
            Applicability::Unsafe,
            array::of_script(self.form, name.span.start)?,
        ))
    }
}

/// Whether the text begins as a JSON array that something is wrong with, which is another rule's fault, and
/// not with the command `[`.
fn is_meant_as_array(form: &ShellForm, script: &Script) -> bool {
    let Some(fault) = &form.json_fault else {
        return false;
    };
    let is_test = script
        .commands()
        .next()
        .is_some_and(|first| first.command.name() == Some("["));
    fault.is_closed || !is_test
}

/// All of a command on one line, the keyword of another.
fn marked(instruction: &Instruction, form: &ShellForm, text: &str) -> Span {
    if form.span.text(text).contains('\n') {
        instruction.keyword.span
    } else {
        form.span
    }
}

/// The only command of a script, if that is a simple one.
fn simple(script: &Script) -> Option<&SimpleCommand> {
    let [item] = &*script.body.items else {
        return None;
    };
    item.pipeline.commands.first()?.as_simple()
}

/// The last command of a script, if it runs whenever those before it succeeded, and alone.
fn last(script: &Script) -> Option<&SimpleCommand> {
    let (item, before) = script.body.items.split_last()?;
    let joins = |item: &ListItem| {
        item.operator.is_some_and(|operator| {
            matches!(
                operator.value,
                ListOperator::And | ListOperator::Semicolon | ListOperator::Newline
            )
        })
    };
    let [command] = &*item.pipeline.commands else {
        return None;
    };
    let is_plain = item.pipeline.negation.is_none() && item.pipeline.time.is_none();
    let is_last = item.operator.is_none() && is_plain && before.iter().all(joins);
    command.as_simple().filter(|_| is_last)
}

/// The last command, if `exec` begins it and something follows.
fn last_exec(script: &Script) -> Option<&SimpleCommand> {
    last(script).filter(|command| {
        let [first, _, ..] = command.words.as_slice() else {
            return false;
        };
        first.is("exec")
    })
}

/// Whether a command is a program and its arguments, all known. `words` are those of the command without
/// `exec`.
fn is_program(command: &SimpleCommand, words: &[Word]) -> bool {
    let name = words.first().and_then(Word::literal).unwrap_or_default();
    let is_name = !name.is_empty() && !name.starts_with('-') && !is_builtin(name);
    is_name && command.redirects.is_empty() && words.iter().all(|word| word.literal().is_some())
}

fn is_builtin(name: &str) -> bool {
    name == "exec" || BUILTINS.contains(&name)
}

/// The first thing in a script that only a shell understands. A comment is one as well: an array has none.
fn feature(script: &Script) -> Option<Span> {
    if let Some(comment) = script.comments.first() {
        return Some(comment.span);
    }
    let nodes = script.nodes();
    let mut own = nodes.filter(|(_, context)| !context.in_inner_script());
    own.find_map(|(node, _)| match node {
        Node::List(list) => {
            let operator = list.items.iter().find_map(|item| item.operator);
            operator.map(|operator| operator.span)
        }
        Node::Pipeline(pipeline) => {
            let pipe = pipeline.pipes.first().map(|pipe| pipe.span);
            pipe.or(pipeline.negation).or(pipeline.time)
        }
        Node::Command(ShellCommand::Simple(command)) => {
            let name = command.words.first()?;
            let is_builtin = name.literal().is_some_and(|name| BUILTINS.contains(&name));
            is_builtin.then_some(name.span)
        }
        Node::Command(ShellCommand::Compound(command)) => {
            let opening = match command.kind {
                CompoundKind::Group(_) | CompoundKind::Subshell(_) => 1,
                _ => 2,
            };
            Some(Span::new(command.span.start, command.span.start + opening))
        }
        Node::Command(ShellCommand::Function(function)) => Some(function.name.span),
        Node::Command(ShellCommand::Coprocess(coprocess)) => Some(coprocess.span),
        Node::Assignment(assignment) => Some(assignment.name.span),
        Node::Redirect(redirect) => Some(redirect.operator.span),
        Node::Part(part) => {
            let is_pattern = matches!(
                part,
                WordPart::Glob(_)
                    | WordPart::ExtendedGlob(_)
                    | WordPart::Brace(_)
                    | WordPart::Tilde(_)
            );
            (is_pattern || part.is_expansion()).then(|| part.span())
        }
        Node::Word(_) | Node::Conditional(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_command_is_marked() {
        dockerfile(
            "shell-form-entrypoint",
            r#"
FROM debian
CMD server --port 80
#   ^^^^^^^^^^^^^^^^ warning: a shell runs `CMD` and may keep signals from the program
FROM debian
cmd exec server
#   ^^^^^^^^^^^ info: a shell runs `cmd`, if only until `exec` takes its place
FROM debian
CMD export A=1 && exec server $A
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: a shell runs `CMD`, if only until `exec` takes its place
FROM debian
CMD exec server $A || exit 1
#   ^^^^^^^^^^^^^^^^^^^^^^^^ warning: `CMD` needs a shell for `||`, which may keep signals from the program
ONBUILD CMD server
#           ^^^^^^ a shell runs `CMD` and may keep signals from the program
HEALTHCHECK CMD curl http://localhost || exit 1
FROM debian
ENTRYPOINT server \
#^^^^^^^^^ a shell runs `ENTRYPOINT` and may keep signals from the program
  --port 80
"#,
        );
    }

    #[test]
    fn without_a_shell_nothing_runs() {
        dockerfile(
            "shell-form-entrypoint",
            r"
FROM scratch
COPY app /
CMD /app
#   ^^^^ error: `CMD` needs `/bin/sh`, which is not in this image
ENTRYPOINT /app $PORT
#          ^^^^^^^^^^ error: `ENTRYPOINT` needs `/bin/sh`
FROM scratch
COPY . /
CMD /app
#   ^^^^ warning: a shell runs `CMD`
",
        );
    }

    #[test]
    fn a_cmd_that_is_no_command_is_left_to_others() {
        dockerfile(
            "shell-form-entrypoint",
            "FROM debian\nENTRYPOINT [\"node\"]\nCMD server.js\n",
        );
        dockerfile(
            "shell-form-entrypoint",
            "FROM debian\nENTRYPOINT [\"/entrypoint.sh\"]\nCMD a\n#   ^ a shell runs `CMD`\n",
        );
    }

    #[test]
    fn what_needs_the_shell_is_named() {
        for (command, feature) in [
            ("a && b", "&&"),
            ("a; b", ";"),
            ("a | b", "|"),
            ("a >b", ">"),
            ("a $B", "$B"),
            ("a $(b)", "$(b)"),
            ("a \"${B}\"", "${B}"),
            ("A=1 b", "A"),
            ("a *.b", "*"),
            ("a ~/b", "~"),
            ("! a", "!"),
            ("cd a", "cd"),
            ("(a)", "("),
            ("{ a; }", "{"),
            ("if a; then b; fi", "if"),
            ("[ -f a ] && b", "&&"),
        ] {
            let marks = "^".repeat(command.len());
            let message = format!("`CMD` needs a shell for `{feature}`, which may");
            dockerfile(
                "shell-form-entrypoint",
                &format!("FROM debian\nCMD {command}\n#   {marks} {message}\n"),
            );
        }
    }

    #[test]
    fn other_shells_and_other_faults_are_left_alone() {
        for text in [
            "FROM a\nSHELL [\"/bin/bash\", \"-c\"]\nCMD b\n",
            "FROM a AS c\nSHELL [\"/bin/bash\", \"-c\"]\nFROM c\nCMD b\n",
            "FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCMD b\n",
            "FROM --platform=windows/amd64 a\nCMD b\n",
            "# escape=`\nFROM a\nCMD b\n",
            "FROM a\nCMD ['b', 'c']\n",
            "FROM a\nCMD [\"b\",\n",
            "FROM a\nCMD\n",
        ] {
            dockerfile("shell-form-entrypoint", text);
        }
    }

    #[track_caller]
    fn check(threshold: Applicability, cases: &[(&str, &str)]) {
        for (before, after) in cases {
            let before = format!("{before}\n");
            let fixed = fixed("shell-form-entrypoint", threshold, &before);
            assert_eq!(fixed, format!("{after}\n"));
        }
    }

    #[test]
    fn words_become_an_array() {
        check(
            Applicability::Safe,
            &[
                ("FROM node\nCMD a", "FROM node\nCMD [\"a\"]"),
                (
                    "FROM node\nCMD \"a\"  'b c' d\\\"e",
                    "FROM node\nCMD [\"a\",  \"b c\", \"d\\\"e\"]",
                ),
                (
                    "FROM debian\nENTRYPOINT a \\\n  # b\n  --c '$d'",
                    "FROM debian\nENTRYPOINT [\"a\", \\\n  # b\n  \"--c\", \"$d\"]",
                ),
                (
                    "FROM debian\nCMD bash -c \"a && b\"",
                    "FROM debian\nCMD [\"bash\", \"-c\", \"a && b\"]",
                ),
                (
                    "FROM debian\nCMD exec a b",
                    "FROM debian\nCMD [\"a\", \"b\"]",
                ),
                ("FROM scratch\nCMD a", "FROM scratch\nCMD [\"a\"]"),
                ("FROM debian\nCMD a $B", "FROM debian\nCMD a $B"),
                ("FROM debian\nCMD exec a $B", "FROM debian\nCMD exec a $B"),
                ("FROM debian\nCMD exec", "FROM debian\nCMD exec"),
                ("FROM debian\nCMD a # b", "FROM debian\nCMD a # b"),
            ],
        );
    }

    #[test]
    fn where_more_may_change_the_fix_is_unsafe() {
        for text in [
            "FROM debian\nCMD ./a.sh",
            "FROM postgres\nCMD postgres",
            "FROM unknown\nCMD a",
            "FROM debian\nENTRYPOINT [\"b\"]\nCMD a",
            "FROM debian\nCMD [\"b\"]\nENTRYPOINT a",
            "FROM debian\nONBUILD CMD a",
        ] {
            check(Applicability::Safe, &[(text, text)]);
            let fixed = fixed("shell-form-entrypoint", Applicability::Unsafe, text);
            assert_ne!(fixed, text);
        }
    }

    #[test]
    fn the_last_command_can_take_the_place_of_the_shell() {
        check(
            Applicability::Unsafe,
            &[
                (
                    "FROM debian\nCMD cd a && \\\n    b \"$C\"",
                    "FROM debian\nCMD [\"/bin/sh\", \"-c\", \"cd a && \\\n    exec b \\\"$C\\\"\"]",
                ),
                (
                    "FROM debian\nCMD a $B",
                    "FROM debian\nCMD [\"/bin/sh\", \"-c\", \"exec a $B\"]",
                ),
                (
                    "FROM debian\nCMD A=1 b",
                    "FROM debian\nCMD [\"/bin/sh\", \"-c\", \"A=1 exec b\"]",
                ),
                ("FROM debian\nCMD a | b", "FROM debian\nCMD a | b"),
                ("FROM debian\nCMD a & b", "FROM debian\nCMD a & b"),
                ("FROM debian\nCMD a || b", "FROM debian\nCMD a || b"),
                ("FROM debian\nCMD a && exit", "FROM debian\nCMD a && exit"),
            ],
        );
    }
}
