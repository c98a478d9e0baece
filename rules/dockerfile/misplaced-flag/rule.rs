//! Flags words behind the first argument of an instruction that are meant as its flags.

use std::ops::Range;

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Command, Healthcheck, Instruction, InstructionKind, ShellForm};
use crate::dockerfile::keyword::Keyword;
use crate::dockerfile::parse::flags::flag_names;
use crate::dockerfile::script::ScriptOrigin;
use crate::dockerfile::source::misplaced_flag;
use crate::engine::nodes::{Host, InstructionScript, Placed, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.instruction(paths);
    on.healthcheck(healthcheck);
    on.script(script);
}

fn paths(instruction: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    let (paths, what) = match &instruction.kind {
        InstructionKind::Copy(copy) => (&copy.paths, "`COPY`"),
        InstructionKind::Add(add) => (&add.paths, "`ADD`"),
        _ => return,
    };
    if paths.is_json {
        return;
    }
    for pair in paths.words.windows(2) {
        let [before, word] = pair else { continue };
        if let Some(name) = misplaced_flag(instruction.node, word) {
            let message = format!("{what} takes `--{name}` here for a path");
            let fix = fix(
                instruction.node,
                name,
                word.span,
                before.span.end,
                cx.text(),
            );
            report(word.span, message, fix, cx);
        }
    }
}

fn healthcheck(check: &Placed<'_, Healthcheck>, cx: &mut Context<'_, Dockerfile>) {
    let Some(Command::Shell(form)) = &check.command else {
        return;
    };
    let text = form.text.text();
    // The program that the words so far belong to, and where the last of them ended.
    let mut program = None;
    let mut before = 0;
    while let Some(word) = text[before..].split_whitespace().next() {
        let start = before + text[before..].find(word).unwrap_or_default();
        let end = start + word.len();
        let flag = word
            .strip_prefix("--")
            .and_then(|flag| flag.split_once('='));
        let name = flag
            .map(|(name, _)| name)
            .filter(|name| flag_names(Keyword::Healthcheck).any(|known| known == *name));
        match (name, program) {
            (Some(name), None) => {
                // What follows moves up, so that it stands behind `CMD`.
                let next = text[end..].split_whitespace().next();
                let behind = next.and_then(|next| text[end..].find(next));
                let gone = behind.map(|behind| start..end + behind);
                healthcheck_flag(check, form, name, (start, end), gone, cx);
            }
            (Some(name), Some(program)) if !is_option_of(program, name) => {
                healthcheck_flag(check, form, name, (start, end), Some(before..end), cx);
            }
            // Quotes and operators make something else of what follows.
            _ if word.contains(['"', '\'', '`', '|', '&', ';', '$', '(', '<', '>']) => return,
            (None, None) => program = Some(word),
            _ => {}
        }
        before = end;
    }
}

/// Whether a program may have an option with the name of a flag of `HEALTHCHECK`. Only of curl and wget is it
/// known which ones they have not (curl(1), wget(1)).
fn is_option_of(program: &str, name: &str) -> bool {
    match program.rsplit('/').next() {
        Some("curl") => false,
        Some("wget") => name == "timeout",
        _ => true,
    }
}

/// Reports a flag at a range of the command; `gone` is what goes away when it moves in front of `CMD`.
fn healthcheck_flag(
    check: &Placed<'_, Healthcheck>,
    form: &ShellForm,
    name: &str,
    (start, end): (usize, usize),
    gone: Option<Range<usize>>,
    cx: &mut Context<'_, Dockerfile>,
) {
    let span = form.text.span(start..end);
    let fix = gone.and_then(|gone| {
        // The borders of what goes away are those of words.
        let start = if gone.start == start {
            span.start
        } else {
            form.text.end_of(gone.start)
        };
        let end = if gone.end == end {
            span.end
        } else {
            form.text.start_of(gone.end)
        };
        let gone = Span::new(start, end);
        let is_free = check.instruction.flag(name).is_none() && is_blank(gone, span, cx.text());
        let word = span.text(cx.text());
        let front = Edit::insert(check.instruction.arguments.start, format!("{word} "));
        is_free.then(|| safe(vec![front, Edit::delete(gone)]))
    });
    let message = format!("`CMD` takes `--{name}` here for a part of the command");
    report(span, message, fix, cx);
}

fn script(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(script) = &script.in_dockerfile() else {
        return;
    };
    let Some(run) = script.run() else { return };
    let is_plain = script.place.origin == ScriptOrigin::ShellForm && run.command.is_some();
    if is_plain && script.place.text.text().contains("--mount=type=") {
        for found in script.script.commands() {
            command(&found, script, cx);
        }
    }
}

fn command<M>(command: &CommandUse<'_>, script: &InstructionScript<'_>, cx: &mut Context<'_, M>) {
    if command.context.in_inner_script() {
        return;
    }
    let takes_mounts = command.command.unwrapped().is_none_or(|call| {
        call.is_any(&[
            "docker", "podman", "buildah", "nerdctl", "buildctl", "echo", "printf",
        ])
    });
    if takes_mounts {
        return;
    }
    let instruction = script.instruction();
    let mut before = None;
    for word in &command.command.words {
        let text = word.leading_piece();
        let kind = text.strip_prefix("--mount=type=");
        let kind = kind.and_then(|kind| kind.split(',').next());
        if kind.is_some_and(|kind| matches!(kind, "bind" | "cache" | "tmpfs" | "secret" | "ssh")) {
            let end = before.unwrap_or(word.span.start);
            let fix =
                fix(instruction, "mount", word.span, end, cx.text()).filter(|_| before.is_some());
            report(
                word.span,
                "the command gets `--mount`, and nothing is mounted".to_owned(),
                fix,
                cx,
            );
        }
        before = Some(word.span.end);
    }
}

fn report<M: ?Sized>(span: Span, message: String, fix: Option<Fix>, cx: &mut Context<'_, M>) {
    cx.report(span, message)
        .help("flags stand between the keyword and the first argument")
        .fixes
        .extend(fix);
}

/// Takes a word away, together with what is between it and `before`, and puts it in front of the arguments.
fn fix(instruction: &Instruction, name: &str, word: Span, before: u32, text: &str) -> Option<Fix> {
    let is_repeated = instruction.flag(name).is_some() && !matches!(name, "mount" | "exclude");
    let gone = Span::new(before, word.end);
    if is_repeated || !is_blank(gone, word, text) {
        return None;
    }
    let front = Edit::insert(instruction.arguments.start, format!("{} ", word.text(text)));
    Some(safe(vec![front, Edit::delete(gone)]))
}

fn safe(edits: Vec<Edit>) -> Fix {
    Fix::new(
        "move the flag in front of the first argument",
        Applicability::Safe,
        edits,
    )
}

/// Whether nothing but white space and continuations goes away with a word that is in one piece.
fn is_blank(gone: Span, word: Span, text: &str) -> bool {
    let around = [
        Span::new(gone.start, word.start.max(gone.start)),
        Span::new(word.end.min(gone.end), gone.end),
    ];
    let is_blank = |span: Span| {
        let mut chars = span.text(text).chars();
        chars.all(|char| char.is_whitespace() || matches!(char, '\\' | '`'))
    };
    around.into_iter().all(is_blank) && !word.text(text).contains(['\n', '\\'])
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_flag_is_marked() {
        dockerfile(
            "misplaced-flag",
            r#"
FROM a AS b
COPY a \
  --from=b /c
# ^^^^^^^^ error: `COPY` takes `--from` here for a path
ADD a /b --link --chmod=755
#        ^^^^^^ error: `ADD` takes `--link` here for a path
#               ^^^^^^^^^^^ error: `ADD` takes `--chmod`
ADD a --from=b /c
COPY a --chown /c
COPY ["a", "--chown=1", "/"]
ONBUILD COPY a --exclude=b /c
#              ^^^^^^^^^^^ error: `COPY` takes `--exclude`
HEALTHCHECK CMD --retries=2 true
#               ^^^^^^^^^^^ error: `CMD` takes `--retries` here for a part of the command
HEALTHCHECK CMD --verbose --retries=2
HEALTHCHECK CMD curl -f http://localhost/ --interval=5s || exit 1
#                                         ^^^^^^^^^^^^^ error: `CMD` takes `--interval`
HEALTHCHECK CMD wget --timeout=3 http://localhost/ \
  --start-period=5s
# ^^^^^^^^^^^^^^^^^ error: `CMD` takes `--start-period`
HEALTHCHECK CMD curl "a --retries=3" || probe --interval=3s
HEALTHCHECK CMD probe --interval=3s
HEALTHCHECK CMD ["--retries=2"]
RUN a && b --mount=type=secret,id=c d
#          ^^^^^^^^^^^^^^^^^^^^^^^^ error: the command gets `--mount`
RUN a --mount=src --mount type=cache; docker run --mount=type=bind,src=/ x
RUN echo --mount=type=cache; sh -c 'x --mount=type=cache,target=/a'
CMD a --mount=type=cache,target=/b
"#,
        );
    }

    #[test]
    fn the_fix_moves_the_flag() {
        for (before, after) in [
            ("COPY a --link /b", "COPY --link a /b"),
            ("COPY --link a /b --chown=1", "COPY --link --chown=1 a /b"),
            ("COPY a --chown=1 --link /b", "COPY --chown=1 --link a /b"),
            (
                "COPY a \\\n  --chown=1 \\\n  /b",
                "COPY --chown=1 a \\\n  /b",
            ),
            (
                "COPY a \\\n# why\n  --chown=1 /b",
                "COPY a \\\n# why\n  --chown=1 /b",
            ),
            (
                "COPY --chown=2 a --chown=1 /b",
                "COPY --chown=2 a --chown=1 /b",
            ),
            (
                "HEALTHCHECK CMD  --timeout=1s a",
                "HEALTHCHECK --timeout=1s CMD  a",
            ),
            (
                "HEALTHCHECK --retries=2 CMD curl x --timeout=1s || exit 1",
                "HEALTHCHECK --retries=2 --timeout=1s CMD curl x || exit 1",
            ),
            (
                "RUN --mount=type=ssh a --mount=type=tmpfs,target=/b c",
                "RUN --mount=type=ssh --mount=type=tmpfs,target=/b a c",
            ),
        ] {
            let text = format!("FROM a\n{before}\n");
            let fixed = fixed("misplaced-flag", Applicability::Safe, &text);
            assert_eq!(fixed, format!("FROM a\n{after}\n"));
        }
    }
}
