//! Flags arguments that are too many: what the parser refuses, words behind the name of `USER`, which BuildKit takes
//! for a part of the name, and comments among paths and arguments.

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Instruction, InstructionKind, User};
use crate::dockerfile::source::{comment_among, written_paths};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
    on.user(check);
    on.instruction(check_comment);
}

fn check_comment(instruction: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    let among = |list| comment_among(list).map(|at| (list, at));
    // Volumes and arguments with odd names do not stop the build.
    let (span, what, severity) = match &instruction.kind {
        InstructionKind::Volume(volume) => {
            let Some((list, at)) = among(&volume.paths) else {
                return;
            };
            let words = list.words[at..].iter().map(|word| word.span);
            (words.reduce(Span::cover), "a volume", Severity::Warning)
        }
        InstructionKind::Arg(arg) => {
            let mut pairs = arg.pairs.iter().skip(1);
            let first = pairs.find(|pair| pair.key.raw.starts_with('#'));
            let spans = first.into_iter().chain(pairs).map(|pair| pair.span);
            (spans.reduce(Span::cover), "an argument", Severity::Warning)
        }
        _ => {
            let Some((list, at)) = written_paths(instruction.node).and_then(among) else {
                return;
            };
            let words = list.words[at..].iter().map(|word| word.span);
            (words.reduce(Span::cover), "a path", Severity::Error)
        }
    };
    let Some(span) = span else { return };
    let message = format!("each word of this comment is taken for {what}");
    cx.report(span, message)
        .severity(severity)
        .help("put the comment on a line of its own");
}

fn check(user: &Placed<'_, User>, cx: &mut Context<'_, Dockerfile>) {
    let Some(word) = &user.user else { return };
    // What is quoted is meant, and only Windows has names such as `NT AUTHORITY\SYSTEM`.
    let is_plain = !word.raw.contains(['"', '\'', '\\', '`', '{']);
    let is_windows = |stage| cx.model.is_perhaps_for_windows(stage);
    if !is_plain || cx.model.stage_of(user.index).is_some_and(is_windows) {
        return;
    }
    let Some((name, rest)) = word.raw.split_once([' ', '\t']) else {
        return;
    };
    let rest = rest.trim_start();
    let span = word.span_of(word.raw.len() - rest.len()..word.raw.len());
    if rest.starts_with('#') {
        cx.report(span, "this comment is a part of the user's name")
            .help("put the comment on a line of its own");
    } else {
        let message = format!("`{}` is a part of the user's name", excerpt(rest));
        cx.report(span, message)
            .help(format!("write `USER {}`", excerpt(name)));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_surplus_is_marked() {
        dockerfile(
            "extra-arguments",
            r##"
FROM debian:13
HEALTHCHECK NONE # off
#                ^^^^^ `HEALTHCHECK NONE` takes no arguments
"##,
        );
    }

    #[test]
    fn a_comment_needs_its_own_line() {
        dockerfile(
            "extra-arguments",
            r##"
FROM debian:13
COPY a /b/ # the b
#          ^^^^^^^ error: each word of this comment is taken for a path
ADD --link a /b #c
#               ^^ error: each word of this comment
ONBUILD COPY a # b
#              ^^^ error: each word
VOLUME /a /b # c
#            ^^^ warning: each word of this comment is taken for a volume
ARG A=1 # b c=d
#       ^^^^^^^ warning: each word of this comment is taken for an argument
COPY ["a", "#", "/b"]
COPY a #b
COPY #a# /b/
"##,
        );
    }

    #[test]
    fn a_name_of_a_user_has_no_blanks() {
        dockerfile(
            "extra-arguments",
            r##"
FROM debian:13
ARG U
USER app:app   # not root
#              ^^^^^^^^^^ this comment is a part of the user's name
USER $U b
#       ^ `b` is a part of the user's name
USER "a b"
USER ${U:-a b}
ONBUILD USER a \
  b
# ^ `b` is a part of the user's name
FROM example.com/windows
USER NT AUTHORITY\NETWORK SERVICE
FROM mcr.microsoft.com/windows/servercore:ltsc2025
USER My User
"##,
        );
    }
}
