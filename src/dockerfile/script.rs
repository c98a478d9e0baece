//! What the instructions of a Dockerfile run: `RUN`, `CMD`, `ENTRYPOINT`, `HEALTHCHECK CMD`, heredocs, and exec
//! forms.
//!
//! An exec form such as `["sh", "-c", "…"]` is the script in its string. Any other is a single command whose words
//! are its strings as they are: no shell reads them, and their language is [`Dialect::None`]. The words of `CMD`
//! count as a command even behind an `ENTRYPOINT`, which mostly ends by running them.
//!
//! What the shell gets is what BuildKit hands it (`dockerfile2llb/convert.go`, `dispatchRun`): a lone heredoc
//! is the script, or, with `#!` on its first line, a program of its own; a command with heredocs gets their
//! bodies behind it.
//!
//! Not for: which shell is in force (the model says so), nor what a script does.

use crate::diagnostic::SyntaxError;
use crate::knowledge::images::Family;
use crate::shell::ast::Script;
use crate::shell::inner::script_word;
use crate::shell::invocation::Invocation;
use crate::shell::options::ShellOption;
use crate::shell::word::Word as ShellWord;
use crate::shell::words::{GivenWord, parse_words};
use crate::shell::{self, Dialect};
use crate::text::{Cooked, CookedBuilder, Span};

use super::ast::{Command, Escape, Instruction, InstructionKind};
use super::model::{Dockerfile, Setting, Stage};
use super::word::Word;

/// A text that a shell runs, read if it is in a language that we read; or the words of an exec form.
#[derive(Clone, Debug)]
pub struct ShellScript {
    /// The instruction, by its number in [`Ast::instructions`](super::ast::Ast::instructions); for the
    /// trigger of an `ONBUILD` that of the `ONBUILD`.
    pub instruction: usize,
    /// Whether it belongs to the trigger of an `ONBUILD`.
    pub is_trigger: bool,
    /// Where in the instruction it stands.
    pub origin: ScriptOrigin,
    /// The language it is in.
    pub dialect: Dialect,
    /// The text as the shell gets it; the words of an exec form with blanks between them.
    pub text: Cooked<'static>,
    /// Its tree; `None` in a language that we do not read. That of an exec form is a single command.
    pub script: Option<Script>,
    /// Where it does not follow the shell's grammar.
    pub errors: Vec<SyntaxError>,
}

/// Where a script stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ScriptOrigin {
    /// The shell form of an instruction, with the bodies of its heredocs.
    ShellForm,
    /// The body of the lone heredoc of a `RUN`.
    Heredoc,
    /// An exec form: the script in `["sh", "-c", "…"]`, or the words of any other.
    ExecForm,
}

impl ShellScript {
    /// The program and the arguments that the shell is started with, as far as the file says: the words of
    /// `SHELL`, those of the exec form in front of the script, or those behind the `#!` of a heredoc. None for
    /// the default shell.
    pub fn shell_words<'m>(&'m self, model: &'m Dockerfile) -> Vec<&'m str> {
        if let Some(line) = self.shebang() {
            return line.split_ascii_whitespace().collect();
        }
        if self.origin == ScriptOrigin::ExecForm {
            let Some(Command::Exec(form)) = model.acting(self.instruction).command() else {
                return Vec::new();
            };
            let words: Vec<&str> = form.arguments.iter().map(|word| &*word.raw).collect();
            let script = script_word(&words).map_or(0, |(at, _)| at);
            return words.into_iter().take(script).collect();
        }
        let words = model.config_at(self.instruction).shell_words();
        let words = words.unwrap_or_default();
        words.iter().map(|word| &*word.raw).collect()
    }

    /// Whether the shell is started with an option.
    pub fn is_started_with(&self, model: &Dockerfile, option: ShellOption) -> bool {
        let words = self.shell_words(model);
        let options = words.iter().skip_while(|word| !word.starts_with('-'));
        option.is_asked_for(options.copied())
    }

    /// What is behind the `#!` of a heredoc's first line.
    pub fn shebang(&self) -> Option<&str> {
        if self.origin != ScriptOrigin::Heredoc {
            return None;
        }
        self.text.text().lines().next()?.strip_prefix("#!")
    }
}

/// Programs that can put another shell in the place of `/bin/sh`.
pub const REPLACERS: &[&str] = &["cp", "dpkg-reconfigure", "ln", "mv", "update-alternatives"];

/// Whether a command, one of the [`REPLACERS`], puts another shell in the place of `/bin/sh`.
pub fn replaces_sh(invocation: &Invocation<'_>) -> bool {
    let is_sh = |word: &ShellWord| word.is("/bin/sh") || word.is("/usr/bin/sh");
    match invocation.name() {
        Some("ln" | "mv" | "cp") => {
            let mut operands = invocation.operands(&["S", "suffix", "t", "target-directory"]);
            operands.next().is_some_and(|source| !is_sh(source))
                && operands.last().is_some_and(is_sh)
        }
        Some("update-alternatives") => invocation.args().iter().any(is_sh),
        Some("dpkg-reconfigure") => invocation.operands(&[]).any(|word| word.is("dash")),
        _ => false,
    }
}

/// All scripts of a Dockerfile, in its order.
pub(super) fn scripts(model: &Dockerfile) -> Vec<ShellScript> {
    let mut found = Vec::new();
    let mut pragma = None;
    for (index, instruction) in model.ast.instructions.iter().enumerate() {
        for comment in model.ast.comments_before(instruction) {
            if let Some(dialect) = shell_pragma(&comment.text) {
                pragma = Some(Pragma { index, dialect });
            }
        }
        scripts_of(
            instruction,
            index,
            &mut || shell_at(model, index, pragma),
            &mut found,
        );
    }
    found
}

/// A comment that names the shell of what follows.
#[derive(Clone, Copy)]
struct Pragma {
    /// The instruction behind it.
    index: usize,
    dialect: Dialect,
}

/// The language that a comment such as `hadolint shell=bash` says, which hadolint has for images whose shell
/// the file does not tell.
fn shell_pragma(comment: &str) -> Option<Dialect> {
    let rest = comment.trim_start_matches(['#', ' ', '\t']);
    let rest = rest.strip_prefix("hadolint")?;
    let rest = rest.trim_start().strip_prefix("shell")?;
    let value = rest.trim_start().strip_prefix('=')?;
    let words: Vec<&str> = value.split_ascii_whitespace().collect();
    Some(Dialect::from_shell(&words))
}

/// The language of shell forms at an instruction.
fn shell_at(model: &Dockerfile, index: usize, pragma: Option<Pragma>) -> Dialect {
    let config = model.config_at(index);
    if let Some(pragma) = pragma {
        let set_behind = config.shell().effective();
        if set_behind.is_none_or(|effective| effective.index < pragma.index) {
            return pragma.dialect;
        }
    }
    match config.shell() {
        Setting::Set(_) => match config.shell_words() {
            Some(words) => {
                let words: Vec<&str> = words.iter().map(|word| &*word.raw).collect();
                Dialect::from_shell(&words)
            }
            None => Dialect::Unknown,
        },
        Setting::Nothing => Dialect::Posix,
        Setting::Inherited => model
            .stage_of(index)
            .map_or(Dialect::Posix, |stage| default_shell(model, stage)),
    }
}

/// The language of shell forms where no `SHELL` is in sight.
fn default_shell(model: &Dockerfile, stage: &Stage) -> Dialect {
    if is_for_windows(model, model.root_of(stage)) {
        return Dialect::Cmd;
    }
    // For a stage that begins with nothing, whatever is copied into it decides.
    let family = model.base_image(stage).and_then(|image| image.family);
    match (family, model.ast.escape) {
        (Some(Family::Windows), _) => Dialect::Cmd,
        // Nobody asks for the backtick but where the backslash separates folders.
        (None, Escape::Backtick) => Dialect::Unknown,
        _ => Dialect::Posix,
    }
}

impl Dockerfile {
    /// Whether a stage is surely built on Windows: by its base image or by the platform that it asks for.
    pub fn is_for_windows(&self, stage: &Stage) -> bool {
        let family = self.base_image(stage).and_then(|image| image.family);
        family == Some(Family::Windows) || is_for_windows(self, self.root_of(stage))
    }
}

/// Whether a stage's own `--platform` is one of Windows.
fn is_for_windows(model: &Dockerfile, stage: &Stage) -> bool {
    let InstructionKind::From(from) = &model.ast.instructions[stage.from].kind else {
        return false;
    };
    let platform = from.platform.as_ref().and_then(Word::literal);
    platform.is_some_and(|platform| platform.split('/').next() == Some("windows"))
}

/// The scripts of one instruction, its trigger's included. `shell` tells the language of shell forms.
fn scripts_of(
    instruction: &Instruction,
    index: usize,
    shell: &mut dyn FnMut() -> Dialect,
    found: &mut Vec<ShellScript>,
) {
    if let InstructionKind::Onbuild(onbuild) = &instruction.kind {
        if let Some(trigger) = &onbuild.trigger {
            scripts_of(trigger, index, shell, found);
        }
        return;
    }
    // The words of `SHELL` are the shell itself.
    if matches!(instruction.kind, InstructionKind::Shell(_)) {
        return;
    }
    let (origin, dialect, text) = match instruction.command() {
        Some(Command::Shell(form)) => match lone_heredoc(instruction, &form.text) {
            Some(body) => {
                let first_line = body.text().lines().next().unwrap_or_default();
                let dialect = Dialect::from_shebang(first_line).unwrap_or_else(shell);
                (ScriptOrigin::Heredoc, dialect, body.clone())
            }
            None => (
                ScriptOrigin::ShellForm,
                shell(),
                with_bodies(instruction, &form.text),
            ),
        },
        Some(Command::Exec(form)) => {
            let words: Vec<&str> = form.arguments.iter().map(|word| &*word.raw).collect();
            let (dialect, text) = match script_word(&words) {
                Some((at, dialect)) => (dialect, form.arguments[at].cooked().into_owned()),
                None => (Dialect::None, joined(&form.arguments)),
            };
            (ScriptOrigin::ExecForm, dialect, text)
        }
        None => return,
    };
    let is_trigger = instruction.is_trigger;
    let mut script = ShellScript {
        instruction: index,
        is_trigger,
        origin,
        dialect,
        text,
        script: None,
        errors: Vec::new(),
    };
    if let (Dialect::None, Some(Command::Exec(form))) = (dialect, instruction.command()) {
        let words = form.has_only_strings().then(|| given(&form.arguments));
        let Some(parsed) = words.and_then(|words| parse_words(&script.text, words)) else {
            return;
        };
        script.script = Some(parsed.tree);
        script.errors = parsed.errors;
    } else if dialect.is_posix() {
        let parsed = shell::parse(&script.text, dialect);
        script.script = Some(parsed.tree);
        // What is meant as a JSON array and is none has no faults of a shell.
        let is_array = matches!(instruction.command(), Some(Command::Shell(form)) if form.json_fault.is_some())
            && script.text.text().trim_start().starts_with("[\"");
        if !is_array {
            script.errors = parsed.errors;
        }
    }
    found.push(script);
}

/// The words of an exec form with blanks between them.
fn joined(words: &[Word]) -> Cooked<'static> {
    let len: usize = words.iter().map(|word| word.raw.len() + 1).sum();
    let mut whole = CookedBuilder::with_capacity(len);
    let mut end = None;
    for word in words {
        if let Some(end) = end {
            whole.replaced(" ", Span::new(end, word.span.start));
        }
        whole.cooked(&word.cooked());
        end = Some(word.span.end);
    }
    whole.finish(words.first().map_or(0, |word| word.span.start))
}

/// Where in [`joined`] each of the words is.
fn given(words: &[Word]) -> impl ExactSizeIterator<Item = GivenWord> + Clone {
    let mut at = 0;
    words.iter().map(move |word| {
        let start = at;
        at = start + word.raw.len() + 1;
        GivenWord {
            range: start..start + word.raw.len(),
            span: word.span,
        }
    })
}

/// The body of a heredoc that is the whole command.
fn lone_heredoc<'i>(
    instruction: &'i Instruction,
    text: &Cooked<'_>,
) -> Option<&'i Cooked<'static>> {
    let [heredoc] = instruction.heredocs.as_slice() else {
        return None;
    };
    let length = text.text().trim().len();
    let whole = text.span(0..text.text().len());
    (whole.contains(heredoc.word) && length <= heredoc.word.len() as usize).then_some(&heredoc.body)
}

/// The command and, behind it, the heredocs that it reads, as a shell expects them.
fn with_bodies(instruction: &Instruction, text: &Cooked<'static>) -> Cooked<'static> {
    if instruction.heredocs.is_empty() {
        return text.clone();
    }
    let start = text.start_of(0);
    let mut whole = CookedBuilder::with_capacity(text.text().len());
    whole.cooked(text);
    for heredoc in &instruction.heredocs {
        whole.replaced("\n", Span::empty(heredoc.body_span.start));
        whole.cooked(&heredoc.body);
        let end = heredoc
            .terminator
            .unwrap_or(Span::empty(heredoc.body_span.end));
        whole.replaced(&heredoc.delimiter.value, end);
    }
    whole.finish(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Origin, language and text of each script.
    fn scripts(text: &str) -> Vec<(ScriptOrigin, Dialect, String)> {
        let model = Dockerfile::new(super::super::parse::parse(text).tree);
        let shown =
            |script: &ShellScript| (script.origin, script.dialect, script.text.text().to_owned());
        model.scripts().iter().map(shown).collect()
    }

    fn one(text: &str) -> (ScriptOrigin, Dialect, String) {
        let mut all = scripts(text);
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    #[test]
    fn shell_forms_are_scripts() {
        let wanted = (
            ScriptOrigin::ShellForm,
            Dialect::Posix,
            "a &&   b".to_owned(),
        );
        assert_eq!(one("FROM debian\nRUN a && \\\n  b\n"), wanted);
        for keyword in ["CMD", "ENTRYPOINT", "HEALTHCHECK CMD", "ONBUILD RUN"] {
            assert_eq!(
                one(&format!("FROM debian\n{keyword} a b\n")).2,
                "a b",
                "{keyword}"
            );
        }
    }

    #[test]
    fn an_exec_form_is_the_script_of_its_shell() {
        let script =
            one("FROM debian\nCMD [\"/bin/bash\", \"-o\", \"pipefail\", \"-ec\", \"a | b\"]\n");
        assert_eq!(
            (script.0, script.1, script.2.as_str()),
            (ScriptOrigin::ExecForm, Dialect::Bash, "a | b")
        );
    }

    /// The commands of the first script, wrappers left out, each word as it is written and as it is read.
    fn commands(text: &str) -> Vec<Vec<(String, String)>> {
        let model = Dockerfile::new(super::super::parse::parse(text).tree);
        let scripts = model.scripts();
        let script = scripts.first().and_then(|place| place.script.as_ref());
        let commands = script.map(Script::commands).into_iter().flatten();
        let shown = commands.map(|found| {
            let invocation = found.command.unwrapped().expect("a command");
            let words = invocation.words().iter();
            let shown = words.map(|word| {
                let read = word.literal().expect("nothing is expanded");
                (word.span.text(text).to_owned(), read.to_owned())
            });
            shown.collect()
        });
        shown.collect()
    }

    fn pairs(words: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = words.iter();
        owned
            .map(|(written, read)| ((*written).to_owned(), (*read).to_owned()))
            .collect()
    }

    #[test]
    fn any_other_exec_form_is_a_command_of_its_words() {
        for keyword in [
            "RUN",
            "CMD",
            "ENTRYPOINT",
            "HEALTHCHECK CMD",
            "ONBUILD RUN",
            "RUN --network=none",
        ] {
            let text = format!(
                "FROM debian\n{keyword} [ \"/bin/a\", \"\", \"$x\" ,\\\n \"*\",\"~/b\", \"c\\\"d\\u0041\", \"é && f\" ]\n"
            );
            let wanted = pairs(&[
                ("\"/bin/a\"", "/bin/a"),
                ("\"\"", ""),
                ("\"$x\"", "$x"),
                ("\"*\"", "*"),
                ("\"~/b\"", "~/b"),
                ("\"c\\\"d\\u0041\"", "c\"dA"),
                ("\"é && f\"", "é && f"),
            ]);
            assert_eq!(commands(&text), [wanted], "{keyword}");
            let script = one(&text);
            assert_eq!(
                (script.0, script.1),
                (ScriptOrigin::ExecForm, Dialect::None)
            );
            assert_eq!(script.2, "/bin/a  $x * ~/b c\"dA é && f");
        }
    }

    #[test]
    fn the_parts_of_such_words_stand_between_the_quotes() {
        let text = "FROM debian\nRUN [\"a\", \"\\u0062c\", \"\"]\n";
        let model = Dockerfile::new(super::super::parse::parse(text).tree);
        let script = model.scripts()[0].script.as_ref().expect("a tree");
        let found = script.commands().next().expect("a command");
        let parts = found
            .command
            .words
            .iter()
            .flat_map(|word| word.parts.iter());
        let parts: Vec<&str> = parts.map(|part| part.span().text(text)).collect();
        assert_eq!(parts, ["a", "\\u0062c", ""]);
        assert_eq!(script.span.text(text), "\"a\", \"\\u0062c\", \"\"");
        assert!(found.command.words.iter().all(|word| {
            word.parts
                .iter()
                .all(|part| word.span.contains(part.span()))
        }));
    }

    #[test]
    fn wrappers_in_exec_forms_are_looked_through() {
        for (array, wanted) in [
            (
                r#"["sudo", "-E", "a", "b"]"#,
                pairs(&[("\"a\"", "a"), ("\"b\"", "b")]),
            ),
            (r#"["/usr/bin/env", "X=1", "a"]"#, pairs(&[("\"a\"", "a")])),
            (r#"["catatonit", "--", "a"]"#, pairs(&[("\"a\"", "a")])),
        ] {
            assert_eq!(commands(&format!("FROM a\nRUN {array}\n")), [wanted]);
        }
        let inner = commands("FROM a\nRUN [\"sudo\", \"sh\", \"-c\", \"a \\\"b\\\" && c\"]\n");
        let wanted = [
            pairs(&[
                ("\"sh\"", "sh"),
                ("\"-c\"", "-c"),
                ("\"a \\\"b\\\" && c\"", "a \"b\" && c"),
            ]),
            pairs(&[("a", "a"), ("\\\"b\\\"", "b")]),
            pairs(&[("c", "c")]),
        ];
        assert_eq!(inner, wanted);
    }

    #[test]
    fn an_exec_form_without_a_program_is_no_command() {
        for array in [
            "[]",
            r#"[""]"#,
            r#"["", "a"]"#,
            r#"["a", 1]"#,
            r#"["set", "-e"]"#,
            r#"["export", "A=1"]"#,
            r#"["sh", "-c"]"#,
        ] {
            let found = commands(&format!("FROM a\nRUN {array}\n"));
            let is_shell = array.contains("sh\"");
            assert_eq!(found.len(), usize::from(is_shell), "{array}");
        }
        assert!(scripts("FROM a\nSHELL [\"a\", \"b\"]\n").is_empty());
        let long = format!("FROM a\nRUN [\"a\"{}]\n", ", \"b\"".repeat(70_000));
        assert!(scripts(&long).is_empty());
        let long = format!("FROM a\nRUN [\"a\"{}]\n", ", \"b\"".repeat(60_000));
        assert_eq!(commands(&long)[0].len(), 60_001);
    }

    #[test]
    fn a_lone_heredoc_is_the_script() {
        let script = one("FROM debian\nRUN <<-EOF\n\ta\n\tb\nEOF\n");
        assert_eq!(
            script,
            (ScriptOrigin::Heredoc, Dialect::Posix, "a\nb\n".to_owned())
        );
        assert_eq!(
            one("FROM debian\nRUN <<EOF\n#!/bin/bash\na\nEOF\n").1,
            Dialect::Bash
        );
        assert_eq!(
            one("FROM debian\nRUN <<EOF\n#!/usr/bin/python3\nimport os\nEOF\n").1,
            Dialect::Unknown
        );
    }

    #[test]
    fn a_command_gets_the_bodies_of_its_heredocs() {
        let script = one("FROM debian\nRUN cat <<A >x && cat <<B\n1\nA\n2\nB\n");
        assert_eq!(script.2, "cat <<A >x && cat <<B\n1\nA\n2\nB");
    }

    #[test]
    fn a_comment_can_say_which_shell_it_is() {
        let dialects = |text: &str| {
            let all = scripts(text).into_iter().map(|script| script.1);
            all.collect::<Vec<_>>()
        };
        assert_eq!(
            dialects(
                "FROM a\nRUN a\n# hadolint shell=bash\nRUN a\nSHELL [\"sh\", \"-c\"]\nRUN a\n"
            ),
            [Dialect::Posix, Dialect::Bash, Dialect::Posix]
        );
        assert_eq!(
            dialects(
                "#hadolint  shell = /bin/bash\nFROM a\nSHELL [\"sh\", \"-c\"]\nFROM b\nRUN a\n"
            ),
            [Dialect::Bash]
        );
        assert_eq!(
            dialects(
                "FROM a\n# hadolint shell=powershell\nRUN a\n# hadolint ignore=DL3008\nRUN a\n"
            ),
            [Dialect::PowerShell, Dialect::PowerShell]
        );
    }

    #[test]
    fn the_shell_in_force_decides_about_the_language() {
        let dialect = |text: &str| one(text).1;
        assert_eq!(
            dialect("FROM a\nSHELL [\"/bin/bash\", \"-c\"]\nRUN a\n"),
            Dialect::Bash
        );
        assert_eq!(
            dialect("FROM a\nSHELL [\"pwsh\", \"-Command\"]\nRUN a\n"),
            Dialect::PowerShell
        );
        assert_eq!(
            dialect("FROM a AS b\nSHELL [\"/bin/bash\", \"-c\"]\nFROM b\nRUN a\n"),
            Dialect::Bash
        );
        assert_eq!(
            dialect("FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nRUN a\n"),
            Dialect::Cmd
        );
        assert_eq!(dialect("# escape=`\nFROM a\nRUN a\n"), Dialect::Unknown);
        assert_eq!(
            dialect("FROM --platform=windows/amd64 a\nRUN a\n"),
            Dialect::Cmd
        );
        assert_eq!(dialect("FROM scratch\nRUN a\n"), Dialect::Posix);
    }
}
