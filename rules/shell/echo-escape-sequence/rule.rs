//! Flags backslash sequences that `echo` may print as they are.

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::model::Setting;
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::knowledge::images::Family;
use crate::shell::Dialect;
use crate::shell::context::CommandUse;
use crate::shell::word::{Word, WordPart};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.program(&["echo"], check);
}

fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let command = found.command;
    if command.name() != Some("echo") || found.context.in_inner_script() {
        return;
    }
    let mut echo = None;
    for (word, letter) in sequences(command.args()) {
        let echo = *echo.get_or_insert_with(|| echo_of(cx.model));
        let shown = String::from_iter(['\\', letter]);
        let message = match echo {
            Echo::Expands | Echo::Other => return,
            Echo::Prints => format!("`echo` prints `{shown}` as it is"),
            Echo::Unknown => {
                format!("whether `echo` prints `{shown}` as it is depends on the shell")
            }
        };
        let fix = fixed(found, cx);
        let finding = cx.report(word.span, message);
        finding.help("use `printf`, or a heredoc");
        if echo == Echo::Unknown {
            finding.severity(Severity::Info);
        }
        if let Some(fix) = fix {
            finding.fix(fix);
        }
    }
}

/// The arguments of an `echo` that is not told what to do with sequences, each with the letter of its first one.
pub(super) fn sequences(args: &[Word]) -> impl Iterator<Item = (&Word, char)> {
    let is_told = args.iter().any(expands);
    let found = |word| sequence(word).map(|letter| (word, letter));
    args.iter().filter_map(found).filter(move |_| !is_told)
}

/// The first sequence in a word that some `echo` replaces: the character behind the backslash.
fn sequence(word: &Word) -> Option<char> {
    if let Some(text) = word.text() {
        let is_ansi = word
            .parts
            .iter()
            .any(|part| matches!(part, WordPart::AnsiQuoted(_)));
        return in_text(text).filter(|_| !is_ansi);
    }
    word.pieces().find_map(|part| match part {
        WordPart::Literal(text) | WordPart::SingleQuoted(text) => in_text(&text.value),
        _ => None,
    })
}

fn in_text(text: &str) -> Option<char> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'\\', bytes).find_map(|at| {
        let next = *bytes.get(at + 1)?;
        let is_sequence = match next {
            b'a' | b'b' | b'e' | b'f' | b'n' | b'r' | b't' | b'v' | b'0'..=b'7' => true,
            b'x' => bytes.get(at + 2).is_some_and(u8::is_ascii_hexdigit),
            _ => false,
        };
        is_sequence.then_some(char::from(next))
    })
}

/// Whether an argument is an option that makes `echo` replace sequences.
fn expands(word: &Word) -> bool {
    let Some(letters) = word.text().and_then(|text| text.strip_prefix('-')) else {
        return false;
    };
    letters.contains('e')
        && letters
            .bytes()
            .all(|letter| matches!(letter, b'n' | b'e' | b'E'))
}

/// What `echo` does with a sequence.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Echo {
    /// Prints it as it is.
    Prints,
    /// Replaces it.
    Expands,
    /// It depends on the image.
    Unknown,
    /// The shell is none of those that have this question.
    Other,
}

/// What the `echo` of a script's shell does: the manuals of bash and dash, `coreutils/echo.c` of BusyBox.
pub(super) fn echo_of(script: &ScriptUse<'_>) -> Echo {
    let Some(script) = script.in_dockerfile() else {
        return Echo::Other;
    };
    let place = script.place;
    match place.dialect {
        Dialect::Bash => return Echo::Prints,
        Dialect::Posix => {}
        _ => return Echo::Other,
    }
    if place.is_trigger {
        return Echo::Unknown;
    }
    let config = script.model.config_at(place.instruction);
    let program = match config.shell() {
        Setting::Set(_) => config.shell_words().and_then(|words| words.first()),
        _ => None,
    };
    match program.map(|program| &*program.raw) {
        None | Some("sh" | "/bin/sh") => {}
        Some(path) if path.ends_with("dash") => return Echo::Expands,
        Some(_) => return Echo::Unknown,
    }
    let stage = script.model.stage_of(place.instruction);
    let image = stage.and_then(|stage| script.model.base_image(stage));
    match image.and_then(|image| image.family) {
        Some(Family::Debian) => Echo::Expands,
        Some(
            Family::Alpine
            | Family::Busybox
            | Family::Wolfi
            | Family::Redhat
            | Family::Suse
            | Family::Arch,
        ) => Echo::Prints,
        _ => Echo::Unknown,
    }
}

/// The same with `printf`.
fn fixed(found: &CommandUse<'_>, cx: &Context<'_, ScriptUse<'_>>) -> Option<Fix> {
    let [name, word] = &found.command.words[..] else {
        return None;
    };
    let is_quoted = matches!(
        &word.parts[..],
        [WordPart::SingleQuoted(_) | WordPart::DoubleQuoted(_)]
    );
    let text = word.text()?;
    let is_plain =
        is_quoted && !text.contains('%') && !text.starts_with('-') && cx.model.takes_quotes();
    if !is_plain {
        return None;
    }
    let edits = vec![
        Edit::replace(name.span, "printf"),
        Edit::replace(Span::empty(word.span.end - 1), "\\n"),
    ];
    Some(Fix::new(
        "print it with `printf`",
        Applicability::Unsafe,
        edits,
    ))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn only_sequences_of_echo_count() {
        dockerfile(
            "echo-escape-sequence",
            r#"
FROM debian:13
SHELL ["/bin/bash", "-c"]
RUN echo "a\nb" && echo 'c\td' -n && echo e\\nf "\x1b" && echo -n g "$h\n" && /bin/echo "\033[0m"
#        ^^^^^^ warning: `echo` prints `\n` as it is
#                       ^^^^^^ warning: `echo` prints `\t` as it is
#                                         ^^^^^ warning: `echo` prints `\n`
#                                               ^^^^^^ warning: `echo` prints `\x`
#                                                                   ^^^^^^ warning: `echo` prints `\n`
#                                                                                       ^^^^^^^^^ warning: `echo` prints `\0`
RUN echo -e "\n" && echo -en "\n" && echo $'\n' && printf "\n" && echo "\d \u00e4 \c" a\nb && a "\n"
RUN echo a \
  'b\n'
# ^^^^^ warning: `echo` prints `\n`
"#,
        );
    }

    #[test]
    fn the_shell_of_the_image_decides() {
        dockerfile(
            "echo-escape-sequence",
            r#"
FROM debian:13
RUN echo "\n"
FROM example/a
RUN echo "\n"
#        ^^^^ info: whether `echo` prints `\n` as it is depends on the shell
FROM alpine
RUN echo "\n"
#        ^^^^ warning: `echo` prints `\n` as it is
FROM fedora
RUN echo "\n"
#        ^^^^ warning: `echo` prints `\n` as it is
SHELL ["/bin/dash", "-c"]
RUN echo "\n"
"#,
        );
    }

    #[test]
    fn printf_is_the_fix() {
        let text = "FROM alpine\nRUN echo \"a\\nb\" >c && echo 'd\\t' e && echo '5%\\n'\n";
        assert_eq!(
            fixed("echo-escape-sequence", Applicability::Unsafe, text),
            "FROM alpine\nRUN printf \"a\\nb\\n\" >c && echo 'd\\t' e && echo '5%\\n'\n"
        );
    }
}
