//! Flags strings of an exec form that only a shell would replace or understand.

use std::ops::Range;

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Command, Escape, ExecForm, Instruction, InstructionKind};
use crate::dockerfile::model::Setting;
use crate::dockerfile::word::Word;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::images::{Family, Shell};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.instruction(check);
}

/// Programs to whom `$`, patterns or operators mean something, or that fill variables in: shells, languages,
/// template tools, programs that hand text to a shell. Without version numbers.
const UNDERSTANDING: &[&str] = &[
    "[",
    "ansible",
    "ash",
    "awk",
    "bash",
    "busybox",
    "cmd",
    "cmd.exe",
    "confd",
    "dash",
    "dockerize",
    "egrep",
    "envsubst",
    "eval",
    "expect",
    "expr",
    "find",
    "fish",
    "gawk",
    "gomplate",
    "grep",
    "jq",
    "ksh",
    "lua",
    "make",
    "mawk",
    "nft",
    "node",
    "perl",
    "php",
    "powershell",
    "powershell.exe",
    "pwsh",
    "python",
    "ruby",
    "runuser",
    "s6-svscan",
    "sed",
    "sh",
    "ssh",
    "su",
    "tclsh",
    "test",
    "watch",
    "xargs",
    "yq",
    "zsh",
];

/// Of these, the ones whose arguments are a program's only behind an option such as `-c` or `-e`.
const LANGUAGES: &[&str] = &["node", "perl", "php", "python", "ruby", "lua"];

/// Options whose value is code.
const CODE: &[&str] = &[
    "-c",
    "-e",
    "-r",
    "-p",
    "-E",
    "--eval",
    "--print",
    "--command",
    "--execute",
];

/// Programs whose arguments are options and files, and that replace nothing themselves.
const FILE_TOOLS: &[&str] = &[
    "cat", "chgrp", "chmod", "chown", "cp", "ln", "ls", "mkdir", "mv", "rm", "rmdir", "touch",
];

const OPERATORS: &[&str] = &[
    "&&",
    "||",
    "|",
    ";",
    "&",
    ">",
    ">>",
    "<",
    "2>&1",
    "2>/dev/null",
    ">/dev/null",
];

fn check(instruction: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    if !matches!(
        instruction.kind,
        InstructionKind::Cmd(_)
            | InstructionKind::Entrypoint(_)
            | InstructionKind::Run(_)
            | InstructionKind::Healthcheck(_)
    ) {
        return;
    }
    let Some(Command::Exec(form)) = instruction.command() else {
        return;
    };
    let Some(words) = words(cx.model, instruction, form) else {
        return;
    };
    let Some((word, range, what)) = offending(&words) else {
        return;
    };
    let written = excerpt(&word.raw[range.clone()]);
    let whole = range == (0..word.raw.len());
    let span = if whole {
        word.span
    } else {
        word.span_of(range)
    };
    let message = match what {
        What::Variable => format!("nothing replaces `{written}` in an array"),
        What::Pattern => format!("nothing replaces the pattern `{written}` in an array"),
        What::Home => format!("nothing replaces `~` of `{written}` in an array"),
        What::Operator => format!("`{written}` is a word like any other in an array"),
    };
    let fix = with_shell(cx.model, instruction, form, cx.text());
    cx.report(span, message)
        .help("call a shell: `[\"/bin/sh\", \"-c\", \"exec program …\"]`")
        .fixes
        .extend(fix);
}

/// What is wrong with a string.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Variable,
    Pattern,
    Home,
    Operator,
}

/// The words of a program and what it is called.
struct Words<'m> {
    program: &'m str,
    /// The words that are looked at, the program's own included when it stands among them.
    words: &'m [Word],
    has_program: bool,
}

/// The words that the program gets; `None` where some program may understand them.
fn words<'m>(
    model: &'m Dockerfile,
    instruction: &Placed<'_, Instruction>,
    form: &'m ExecForm,
) -> Option<Words<'m>> {
    let (first, _) = form.arguments.split_first()?;
    let mut words = Words {
        program: &first.raw,
        words: &form.arguments,
        has_program: true,
    };
    if matches!(instruction.kind, InstructionKind::Cmd(_))
        && let Some(stage) = model.stage_of(instruction.index)
        && let Setting::Set(entrypoint) = model.final_config(stage).entrypoint()
    {
        match model.acting(entrypoint.index).command()? {
            // The shell's own text decides, or never looks.
            Command::Shell(_) => return None,
            Command::Exec(entrypoint) => {
                if has_shell(&entrypoint.arguments) {
                    return None;
                }
                if let Some(program) = entrypoint.arguments.first() {
                    words.program = &program.raw;
                    words.has_program = false;
                }
            }
        }
    }
    // A whole command in one string is another fault.
    let is_one_string = words.has_program && first.raw.contains(char::is_whitespace);
    let program = bare(words.program);
    let is_understood = UNDERSTANDING.contains(&program) && !LANGUAGES.contains(&program);
    (!is_one_string && !is_understood && !has_shell(&form.arguments)).then_some(words)
}

/// A program's name without folder and version.
fn bare(program: &str) -> &str {
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program);
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    if bare.is_empty() { name } else { bare }
}

/// Whether one of the words is a shell, which then gets what follows.
fn has_shell(words: &[Word]) -> bool {
    words.iter().any(|word| {
        let name = bare(&word.raw);
        UNDERSTANDING.contains(&name) && !LANGUAGES.contains(&name) && name != "test" && name != "["
    })
}

/// The first thing that needs a shell.
fn offending<'m>(words: &Words<'m>) -> Option<(&'m Word, Range<usize>, What)> {
    let program = bare(words.program);
    let is_file_tool = FILE_TOOLS.contains(&program);
    let is_java = program == "java";
    let mut is_code = false;
    for (index, word) in words.words.iter().enumerate() {
        let raw = &*word.raw;
        let is_program = index == 0 && words.has_program;
        let was_code = std::mem::replace(&mut is_code, CODE.contains(&raw));
        // Spring and others replace variables in properties themselves.
        let is_property = is_java && (raw.starts_with("-D") || raw.starts_with("--"));
        if was_code || is_property {
            continue;
        }
        let whole = 0..raw.len();
        if !is_program && OPERATORS.contains(&raw) {
            return Some((word, whole, What::Operator));
        }
        if let Some(range) = variable(raw) {
            return Some((word, range, What::Variable));
        }
        if (is_program || is_file_tool) && (raw == "~" || raw.starts_with("~/")) {
            return Some((word, whole, What::Home));
        }
        if is_file_tool && !is_program && !raw.starts_with('-') && raw.contains('*') {
            return Some((word, whole, What::Pattern));
        }
    }
    None
}

/// The first `$NAME`, `${NAME…}` or `$(…)` of a text.
fn variable(text: &str) -> Option<Range<usize>> {
    for (at, _) in text.match_indices('$') {
        let behind = &text[at + 1..];
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let begins = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        // `$$` and `\$` are protected from somebody who replaces variables.
        if text[..at].ends_with(['$', '\\']) {
            continue;
        }
        let close = match behind.chars().next() {
            Some('{') if begins(&behind[1..]) => behind.find('}').map(|end| end + 1),
            Some('(') => behind.find(')').map(|end| end + 1),
            _ if begins(behind) => Some(behind.find(|c| !is_name(c)).unwrap_or(behind.len())),
            _ => None,
        };
        if let Some(close) = close {
            return Some(at..at + 1 + close);
        }
    }
    None
}

/// The array that hands the words to a shell, where one is likely there and can be told what is meant.
fn with_shell(
    model: &Dockerfile,
    instruction: &Placed<'_, Instruction>,
    form: &ExecForm,
    text: &str,
) -> Option<Fix> {
    let stage = model.stage_of(instruction.index)?;
    let facts = model.base_facts(stage);
    let has_no_shell = facts.is_some_and(|facts| {
        facts.shell == Some(Shell::None) || facts.family == Some(Family::Windows)
    });
    if has_no_shell || model.ast.escape == Escape::Backtick || form.span.text(text).contains('\n') {
        return None;
    }
    let is_entrypoint = matches!(instruction.kind, InstructionKind::Entrypoint(_));
    let is_cmd = matches!(instruction.kind, InstructionKind::Cmd(_));
    if is_cmd && model.final_config(stage).entrypoint().effective().is_some() {
        return None;
    }
    let mut script = String::new();
    let mut has_operator = false;
    for word in &form.arguments {
        if !script.is_empty() {
            script.push(' ');
        }
        let is_operator = OPERATORS.contains(&&*word.raw);
        has_operator |= is_operator;
        if is_operator {
            script.push_str(&word.raw);
        } else {
            quoted(&word.raw, &mut script)?;
        }
    }
    if !has_operator {
        script.insert_str(0, "exec ");
    }
    let more = if is_entrypoint {
        if has_operator {
            return None;
        }
        script.push_str(" \"$@\"");
        ", \"--\""
    } else {
        ""
    };
    let script = serde_json::to_string(&script).ok()?;
    let array = format!("[\"/bin/sh\", \"-c\", {script}{more}]");
    Some(Fix::new(
        "let a shell replace it, if the image has one",
        Applicability::Unsafe,
        vec![Edit::replace(form.span, array)],
    ))
}

/// A word for a shell that replaces variables and patterns in it, and nothing else.
fn quoted(word: &str, script: &mut String) -> Option<()> {
    let is_plain = |c: char| {
        c.is_alphanumeric()
            || matches!(
                c,
                '-' | '_' | '.' | '/' | ':' | '=' | ',' | '@' | '+' | '%' | '*' | '~'
            )
    };
    if !word.is_empty() && word.chars().all(is_plain) {
        script.push_str(word);
        return Some(());
    }
    if word.contains(|c: char| c.is_control()) || word.contains('*') || word.starts_with('~') {
        return None;
    }
    script.push('"');
    for c in word.chars() {
        if matches!(c, '"' | '\\' | '`') {
            script.push('\\');
        }
        script.push(c);
    }
    script.push('"');
    Some(())
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_part_is_marked() {
        dockerfile(
            "exec-form-no-expansion",
            r#"
FROM debian:13
RUN ["cp", "a", \
  "${HOME:-/root}/b"]
#  ^^^^^^^^^^^^^^ warning: nothing replaces `${HOME:-/root}` in an array
RUN ["mv", "~/a", "b"]
#          ^^^^^ nothing replaces `~` of `~/a`
ONBUILD RUN ["ls", "a", "|", "b"]
#                       ^^^ `|` is a word like any other
HEALTHCHECK CMD ["curl", "http://$(hostname)/"]
#                                ^^^^^^^^^^^ nothing replaces `$(hostname)`
ENTRYPOINT ["/docker-entrypoint.sh"]
CMD ["server", "-p\u0041", "--port=$PORT"]
#                                  ^^^^^ nothing replaces `$PORT`
"#,
        );
    }

    #[test]
    fn programs_that_understand_it_are_silent() {
        for command in [
            "CMD [\"tini\", \"--\", \"sh\", \"-c\", \"echo $A\"]",
            "CMD [\"python3\", \"-c\", \"print('$A')\"]",
            "CMD [\"env\", \"A=b\", \"bash\", \"-c\", \"$C\"]",
            "CMD [\"server\", \"^a$\", \"$\", \"$1\", \"$$A\", \"100$\"]",
            "CMD [\"curl\", \"http://a/?b=*\"]",
            "CMD [\"mutt\", \"-F\", \"~/.muttrc\"]",
            "RUN [\"test\", \"1\", \">\", \"2\"]",
            "RUN [\"find\", \".\", \";\"]",
            "CMD [\"dockerize\", \"-wait\", \"$A\"]",
            "CMD [\"dotnet\", \"a.dll\", \"--urls=http://*:80\"]",
            "CMD [\"node server.js $A\"]",
            "SHELL [\"a\", \"$B\"]",
        ] {
            dockerfile(
                "exec-form-no-expansion",
                &format!("FROM debian:13\n{command}\n"),
            );
        }
    }
}
