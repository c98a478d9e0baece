//! What a Dockerfile writes into files of the image: the text behind `echo … >file`, `tee`, `sed -i`,
//! heredocs of `RUN`, `COPY` and `ADD`.
//!
//! Texts are places in the file, not values: whoever looks for a setting finds it where it stands. Not for:
//! files of the context, downloads, variables.

use std::borrow::Cow;

use super::ast::{Heredoc, InstructionKind, List};
use super::model::Dockerfile;
use crate::shell::ast::{Command, Redirect, Script, SimpleCommand};
use crate::shell::context::Context;
use crate::shell::programs::Programs;
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::Word;
use crate::text::Span;
use crate::text::span::offset;

/// How many files one command is taken to write.
const MAX_FILES: usize = 4;

/// A text that goes into a file of the image.
#[derive(Clone, Debug)]
pub struct Written<'w> {
    /// The path of the file, as far as the first variable.
    pub path: Cow<'w, str>,
    /// Which instruction writes it.
    pub instruction: usize,
    /// The text as it stands in the file that is linted, quotes included.
    pub span: Span,
    /// Whether it is a program for `sed`, of which only replacements are written.
    pub is_sed: bool,
}

/// A setting in such a text: `name=value`, `name = value`, `name "value";`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenSetting<'t> {
    /// Letters and digits of the value.
    pub value: &'t str,
    /// Name to value.
    pub span: Span,
}

impl Written<'_> {
    /// The settings of a name, in any case, in the text.
    pub fn settings<'t>(
        &self,
        name: &'t str,
        file: &'t str,
    ) -> impl Iterator<Item = WrittenSetting<'t>> + use<'t> {
        let text = self.span.text(file);
        let start = self.span.start;
        let is_sed = self.is_sed;
        let mut at = 0;
        let mut line = 0;
        std::iter::from_fn(move || {
            loop {
                let found = at + find(text.get(at..)?, name)?;
                let before = &text[..found];
                if let Some(end) = before[at..].rfind('\n') {
                    line = at + end + 1;
                }
                at = found + name.len();
                let is_whole = !before.ends_with(is_name) || before.ends_with("\\n");
                let Some((value, end)) = value(text, at).filter(|_| is_whole) else {
                    continue;
                };
                if is_comment(&before[line..]) || (is_sed && !is_replacement(before)) {
                    continue;
                }
                let span = Span::new(start + offset(found), start + offset(end));
                return Some(WrittenSetting { value, span });
            }
        })
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// Where a name stands in a text, in any case.
fn find(text: &str, name: &str) -> Option<usize> {
    let (text, name) = (text.as_bytes(), name.as_bytes());
    let mut windows = text.windows(name.len());
    windows.position(|window| window.eq_ignore_ascii_case(name))
}

/// The value behind a name that ends at a byte, and where the value ends.
fn value(text: &str, at: usize) -> Option<(&str, usize)> {
    let behind = &text[at..];
    let rest = behind.trim_start_matches([' ', '\t', '=', '"', '\'', '\\']);
    if rest.len() == behind.len() {
        return None;
    }
    let start = text.len() - rest.len();
    let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    (length > 0).then(|| (&rest[..length], start + length))
}

/// Whether a line of a file with settings is a comment, going by its beginning.
fn is_comment(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '"', '\'']);
    line.starts_with('#') || line.starts_with("//")
}

/// Whether what follows is what `s/…/` puts in.
fn is_replacement(before: &str) -> bool {
    let Some(delimiter) = before.chars().next_back() else {
        return false;
    };
    !is_name(delimiter) && before.matches(delimiter).nth(1).is_some()
}

/// Shows every text that the `RUN`, `COPY` and `ADD` instructions of a file write.
pub fn written(model: &Dockerfile, mut visit: impl FnMut(&Written<'_>)) {
    for index in 0..model.ast.instructions.len() {
        let instruction = model.acting(index);
        let heredocs = &instruction.heredocs;
        match &instruction.kind {
            InstructionKind::Copy(copy) => copied(model, index, &copy.paths, heredocs, &mut visit),
            InstructionKind::Add(add) => copied(model, index, &add.paths, heredocs, &mut visit),
            InstructionKind::Run(_) => {
                for place in model.scripts_of(index) {
                    if let Some(script) = &place.script {
                        by_script(script, index, &mut visit);
                    }
                }
            }
            _ => {}
        }
    }
}

fn copied(
    model: &Dockerfile,
    index: usize,
    paths: &List,
    heredocs: &[Heredoc],
    visit: &mut impl FnMut(&Written<'_>),
) {
    let Some(destination) = paths.destination().filter(|_| !heredocs.is_empty()) else {
        return;
    };
    let value = model.value_at(index, destination);
    let Some(path) = value.text() else {
        return;
    };
    for heredoc in heredocs {
        visit(&Written {
            path: Cow::Borrowed(path),
            instruction: index,
            span: heredoc.body_span,
            is_sed: false,
        });
    }
}

/// The programs whose files [`by_command`] knows.
const WRITERS: Programs = Programs::of(&["cat", "echo", "printf", "sed", "tee"]);

fn by_script(script: &Script, instruction: usize, visit: &mut impl FnMut(&Written<'_>)) {
    if !script.may_run(&WRITERS) {
        return;
    }
    // The end of the last compound command whose output goes into a file, and that file.
    let mut group: Option<(u32, &Word)> = None;
    for (node, context) in script.nodes_of(const { Kinds::COMMANDS.and(Kinds::COMPOUNDS) }) {
        match node {
            Node::Command(Command::Compound(compound)) => {
                if let Some(target) = output(&compound.redirects) {
                    group = Some((compound.span.end, target));
                }
            }
            Node::Command(Command::Simple(command)) if command.may_run(&WRITERS) => {
                let around = group.filter(|(end, _)| command.span.end <= *end);
                let around = around.map(|(_, target)| target);
                by_command(command, &context, around, instruction, visit);
            }
            _ => {}
        }
    }
}

/// The file that standard output goes to in the end.
fn output(redirects: &[Redirect]) -> Option<&Word> {
    let mut redirects = redirects.iter().rev();
    let last = redirects.find(|redirect| redirect.operator.value.writes())?;
    Some(&last.target)
}

fn by_command(
    command: &SimpleCommand,
    context: &Context<'_>,
    around: Option<&Word>,
    instruction: usize,
    visit: &mut impl FnMut(&Written<'_>),
) {
    let Some(invocation) = command.unwrapped() else {
        return;
    };
    let bodies = || {
        let heredocs = command.redirects.iter();
        heredocs.filter_map(|redirect| Some(redirect.heredoc.as_ref()?.body()?.text.span))
    };
    let mut show = |target: &Word, span: Span, is_sed: bool| {
        visit(&Written {
            path: target.leading_text(),
            instruction,
            span,
            is_sed,
        });
    };
    let operands = || invocation.operands(&["e", "expression", "f"]);
    match invocation.name() {
        Some("echo" | "printf" | "cat") => {
            let piped = context.piped_into().and_then(Command::as_simple);
            let tee = piped
                .and_then(SimpleCommand::unwrapped)
                .filter(|next| next.name() == Some("tee"));
            let through = piped.and_then(|next| output(&next.redirects));
            let own = output(&command.redirects).or(through).or(around);
            let files = tee.iter().flat_map(|tee| tee.operands(&[]));
            for target in own.into_iter().chain(files).take(MAX_FILES) {
                for word in invocation.args() {
                    show(target, word.span, false);
                }
                for body in bodies() {
                    show(target, body, false);
                }
            }
        }
        Some("tee") => {
            for target in operands().take(MAX_FILES) {
                for body in bodies() {
                    show(target, body, false);
                }
            }
        }
        Some("sed") if invocation.has_flag("i") || invocation.has_flag("in-place") => {
            let mut files = operands();
            let option = invocation.value_of(&["e", "expression"]);
            let program = option.map(|value| value.word).or_else(|| files.next());
            for target in files.take(MAX_FILES) {
                if let Some(program) = program {
                    show(target, program.span, true);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dockerfile::parse::parse;

    /// Path, text and value of each setting called `key`.
    fn settings(line: &str) -> Vec<String> {
        let text = format!("FROM a\n{line}\n");
        let model = Dockerfile::new(parse(&text).tree);
        let mut found = Vec::new();
        written(&model, |written| {
            for setting in written.settings("key", &text) {
                let place = setting.span.text(&text);
                found.push(format!("{} {place} {}", written.path, setting.value));
            }
        });
        found
    }

    #[test]
    fn settings_are_found_in_what_is_written() {
        let cases: &[(&str, &[&str])] = &[
            ("RUN echo 'key=0' >/a", &["/a key=0 0"]),
            ("RUN echo key = 0 other_key=1 >/a >/b", &[]),
            (
                "RUN echo \"key = no\" | sudo tee -a /a",
                &["/a key = no no"],
            ),
            ("RUN printf '[x]\\nkey=0\\n' >/a", &["/a key=0 0"]),
            ("RUN printf '[x]\\n key=0\\n' >/a", &["/a key=0 0"]),
            (
                "RUN cat <<E >/a\nx=1\nKEY \"true\";\nE",
                &["/a KEY \"true true"],
            ),
            ("RUN tee /a <<E\nkey=0\nE", &["/a key=0 0"]),
            ("RUN <<E\ncat <<F >/a\nkey=0\nF\nE", &["/a key=0 0"]),
            (
                "RUN { echo a; echo key=0; } >/a && echo key=1",
                &["/a key=0 0"],
            ),
            ("RUN sed -i 's/key=1/key=0/' /a", &["/a key=0 0"]),
            ("RUN sed -i -e 's|key=0|key=1|' /a", &["/a key=1 1"]),
            ("RUN sed 's/key=1/key=0/' /a", &[]),
            ("COPY <<E /a\nkey=0\nE", &["/a key=0 0"]),
            ("COPY b /a", &[]),
            ("COPY <<E /a\n # key=0\n//key=0\nE", &[]),
            ("RUN echo '#key=0' >/a", &[]),
            ("RUN echo key=0", &[]),
            ("RUN echo keys=0 akey=0 >/a", &[]),
            ("RUN echo 'key=0' >/a$X/b", &["/a key=0 0"]),
        ];
        for (line, expected) in cases {
            assert_eq!(settings(line), *expected, "{line}");
        }
    }
}
