//! Flags expansions that single quotes protect from the shell.

use std::ops::Range;

use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::Text;
use crate::shell::ast::{Assignment, SimpleCommand};
use crate::shell::context::CommandUse;
use crate::shell::word::{Word, WordPart};
use crate::text::span::offset;
use crate::text::{Span, Spanned};

/// Programs and builtins to which a dollar or a backtick in an argument means something of their own.
const OWN_LANGUAGE: &[&str] = &[
    "alias",
    "ash",
    "awk",
    "bash",
    "busybox",
    "crontab",
    "dash",
    "docker",
    "dpkg-query",
    "egrep",
    "envsubst",
    "eval",
    "expect",
    "expr",
    "fgrep",
    "gawk",
    "gojq",
    "grep",
    "jq",
    "ksh",
    "kubectl",
    "lua",
    "mawk",
    "mongo",
    "mongosh",
    "mumps",
    "mysql",
    "nawk",
    "node",
    "nodejs",
    "oc",
    "parallel",
    "perl",
    "php",
    "podman",
    "psql",
    "rename",
    "Rscript",
    "rg",
    "ruby",
    "runuser",
    "sh",
    "sqlite3",
    "ssh",
    "su",
    "tclsh",
    "trap",
    "unset",
    "watch",
    "xprop",
    "yq",
    "zsh",
];

/// Variables that the shell expands when it uses them.
const EXPANDED_LATER: &[&str] = &["PS1", "PS2", "PS3", "PS4", "PROMPT_COMMAND"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.command(check);
}

fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let command = found.command;
    if !found.context.is_exact() {
        return;
    }
    let values = command.assignments.iter();
    let values = values.filter(|assignment| !EXPANDED_LATER.contains(&&*assignment.name.value));
    for word in values.filter_map(Assignment::word) {
        report(word, Language::Any, cx);
    }
    let mut language = None;
    for word in &command.words {
        if word.parts.iter().any(is_single_quoted) {
            let language = *language.get_or_insert_with(|| language_of(command));
            report(word, language, cx);
        }
    }
    for redirect in &command.redirects {
        if redirect.heredoc.is_none() {
            report(&redirect.target, Language::Any, cx);
        }
    }
}

/// What an argument is to the command.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    /// Nothing that we know of.
    Any,
    /// A script for `sed`, in which `$` is the last line or the end of one.
    Sed,
    /// Something in which `$` has a meaning.
    Own,
}

fn language_of(command: &SimpleCommand) -> Language {
    let Some(invocation) = command.unwrapped() else {
        return Language::Any;
    };
    let Some(name) = invocation.name() else {
        return Language::Any;
    };
    let args = invocation.args();
    let runs_script = |word: &Word| {
        let program = word.text().and_then(|text| text.rsplit('/').next());
        program.is_some_and(|program| matches!(program, "sh" | "bash" | "awk" | "perl"))
    };
    let is_own = match name {
        "git" => args.first().is_some_and(|word| word.is("filter-branch")),
        "find" => args.iter().any(runs_script),
        "test" | "[" => args.iter().any(|word| word.is("-v")),
        _ => OWN_LANGUAGE.contains(&name) || name.starts_with("python"),
    };
    match name {
        _ if is_own || command.inner_script().is_some() => Language::Own,
        "sed" | "gsed" => Language::Sed,
        _ => Language::Any,
    }
}

fn is_single_quoted(part: &WordPart) -> bool {
    matches!(part, WordPart::SingleQuoted(_))
}

fn report(word: &Word, language: Language, cx: &mut Context<'_, ScriptUse<'_>>) {
    if language == Language::Own {
        return;
    }
    for part in &word.parts {
        let WordPart::SingleQuoted(text) = part else {
            continue;
        };
        // What Compose puts in is gone before the shell sees the quotes.
        if cx.model.has_hole_in(text.span) {
            continue;
        }
        let Some(range) = expansion(&text.value, language) else {
            continue;
        };
        let span = place(text, &range);
        let written = text.value[range].chars().take(40).collect::<String>();
        let finding = if written.starts_with('`') {
            cx.report(span, "command in backticks is not run in single quotes")
        } else {
            cx.report(
                span,
                format!("`{written}` is not expanded in single quotes"),
            )
        };
        finding.help("use double quotes if the shell is to put in the value");
    }
}

/// Where in the file a part of a quoted text stands; the whole quote if that is not one piece of the file.
fn place(text: &Spanned<Text>, range: &Range<usize>) -> Span {
    if text.span.len() != offset(text.value.len() + 2) {
        return text.span;
    }
    let start = text.span.start + 1;
    Span::new(start + offset(range.start), start + offset(range.end))
}

/// The first thing that a shell would expand.
fn expansion(text: &str, language: Language) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(next) = text[at..].find(['$', '`']) {
        at += next;
        let (sign, rest) = text[at..].split_at(1);
        if sign == "`" {
            let end = rest.find('`')?;
            return Some(at..at + end + 2);
        }
        let length = match rest.bytes().next()? {
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => rest
                .find(|c: char| c != '_' && !c.is_ascii_alphanumeric())
                .unwrap_or(rest.len()),
            b'0'..=b'9' => 1,
            b'{' if language == Language::Sed => 0,
            b'{' => rest.find('}').map_or(rest.len(), |end| end + 1),
            b'(' => rest.find(')').map_or(rest.len(), |end| end + 1),
            _ => 0,
        };
        let is_address = language == Language::Sed && is_address(&text[..at]);
        if length > 0 && !is_address {
            return Some(at..at + 1 + length);
        }
        at += 1;
    }
    None
}

/// Whether a `$` behind this text of a `sed` script means the last line.
fn is_address(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with([';', '{', ',', '\n'])
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_what_a_shell_would_expand_is_reported() {
        dockerfile(
            "expansion-in-single-quotes",
            r#"
FROM debian:13
RUN a '$b' '${c}/$d' '$(e f)' '`g`' '$1' '$' '$ h' '$?' '`' 'i'"$j"'$k' l=$'$m'
#      ^^ `$b` is not expanded in single quotes
#           ^^^^ `${c}`
#                     ^^^^^^ `$(e f)`
#                              ^^^ command in backticks is not run
#                                    ^^ `$1`
#                                                                   ^^ `$k`
RUN a='$b' PS1='$c' && export d='$e' && echo "'$f'" >'$g'
#      ^^ `$b`
#                                ^^ `$e`
#                                                     ^^ `$g`
RUN sed 's/$a/b/;$d;s/c$/d/;${p}' && sed -e '1,$d' -e '$ a x' -e 's/x$//' -e 's/x/$1/'
#          ^^ `$a`
#                                                                                 ^^ `$1`
RUN sudo -u a awk '$1' && jq '.[$a]' && find . -exec sh -c '$0' {} \; && xargs -0 sh -c '$1' && \
    env A=1 perl -e '$_' && dpkg-query -Wf '${Package}' && find . -name '$a' && a 'b\
#                                                                        ^^ `$a`
#                                                                                 ^^^ `$c`
$c'
"#,
        );
    }
}
