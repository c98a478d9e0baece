//! Flags syntax of bash in scripts for a `sh` that lacks it.

mod syntax;

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::model::{Base, Lookup};
use crate::dockerfile::script::{REPLACERS, ShellScript, replaces_sh};
use crate::engine::{Context, Hooks};
use crate::knowledge::images;
use crate::shell::Dialect;
use crate::shell::ast::{Command, CompoundKind, Script};
use crate::shell::programs::Programs;
use crate::shell::walk::{Kinds, Node};
use crate::text::Span;
use syntax::{Construct, Row};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// What `sh` is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sh {
    Dash,
    Ash,
    /// bash, or who knows what.
    Other,
    Unknown,
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    // Stages in which something else was put in the place of `sh`, up to the script at hand.
    let mut replaced = vec![false; model.stages.len()];
    let mut inherited = 0;
    for place in model.scripts() {
        let Some(stage) = model.stage_of(place.instruction) else {
            continue;
        };
        while inherited <= stage.index {
            if let Base::Stage(base) = model.stages[inherited].base {
                replaced[inherited] = replaced[base];
            }
            inherited += 1;
        }
        let Some(script) = &place.script else {
            continue;
        };
        if !replaced[stage.index] {
            replaced[stage.index] =
                script
                    .commands_of(const { &Programs::of(REPLACERS) })
                    .any(|found| {
                        let invocation = found.command.unwrapped();
                        invocation.is_some_and(|invocation| replaces_sh(&invocation))
                    });
        }
        let sh = sh(model, place);
        if replaced[stage.index] || sh == Sh::Other {
            continue;
        }
        for (inner, command) in script.with_inner() {
            let holder = command.and_then(|command| command.inner_script());
            let is_exact = holder.is_none_or(|holder| holder.is_exact);
            if inner.dialect == Dialect::Posix && is_exact {
                check_script(
                    &Place {
                        model,
                        place,
                        script: inner,
                    },
                    sh,
                    cx,
                );
            }
        }
    }
}

/// A script and where it stands.
struct Place<'m> {
    model: &'m Dockerfile,
    place: &'m ShellScript,
    script: &'m Script,
}

/// The `sh` that a script is run by, or that the scripts in its arguments are.
fn sh(model: &Dockerfile, place: &ShellScript) -> Sh {
    let words = place.shell_words(model);
    let mut names = words
        .iter()
        .map(|word| word.rsplit('/').next().unwrap_or_default());
    match names.find(|name| !matches!(*name, "env" | "-S")) {
        Some("dash") => return Sh::Dash,
        Some("ash" | "busybox") => return Sh::Ash,
        Some("sh" | "bash") | None => {}
        Some(_) => return Sh::Other,
    }
    let stage = model.stage_of(place.instruction);
    let facts = stage.and_then(|stage| model.base_facts(stage));
    match facts.map(|facts| facts.shell) {
        Some(Some(images::Shell::Dash)) => Sh::Dash,
        Some(Some(images::Shell::Ash)) => Sh::Ash,
        Some(Some(_)) => Sh::Other,
        Some(None) | None => Sh::Unknown,
    }
}

/// The places of one construct.
struct Group {
    row: &'static Row,
    places: Vec<Span>,
}

fn check_script(place: &Place<'_>, sh: Sh, cx: &mut Context<'_, Dockerfile>) {
    let text = cx.text();
    let mut groups: Vec<Group> = Vec::new();
    for (node, context) in place.script.nodes_of(
        const {
            Kinds::PIPELINES
                .and(Kinds::COMMANDS)
                .and(Kinds::COMPOUNDS)
                .and(Kinds::ASSIGNMENTS)
                .and(Kinds::REDIRECTS)
                .and(Kinds::WORDS)
                .and(Kinds::PARAMETERS)
                .and(Kinds::PARTS)
        },
    ) {
        if context.in_inner_script() {
            continue;
        }
        syntax::find(&node, text, &mut |construct, span| {
            let row = construct.row();
            let is_there = match sh {
                Sh::Ash => row.in_ash,
                Sh::Dash | Sh::Unknown | Sh::Other => row.in_dash,
            };
            if is_there {
                return;
            }
            match groups.iter_mut().find(|group| std::ptr::eq(group.row, row)) {
                Some(group) => group.places.push(span),
                None => groups.push(Group {
                    row,
                    places: vec![span],
                }),
            }
        });
    }
    for mut group in groups {
        leave_out_given(&mut group, place, text);
        let Some((first, rest)) = group.places.split_first() else {
            continue;
        };
        let name = group.row.name;
        let message = match sh {
            Sh::Dash => format!("{name} does not work in dash, the `sh` of this image"),
            Sh::Ash => format!("{name} does not work in BusyBox' ash, the `sh` of this image"),
            Sh::Unknown | Sh::Other => format!("{name} does not work in every `sh`"),
        };
        let finding = cx.report(*first, message);
        for other in rest.iter().take(8) {
            finding.label(*other, "and here");
        }
        finding.help(match group.row.instead {
            "" => "write `SHELL [\"/bin/bash\", \"-c\"]` above, if the image has bash",
            instead => instead,
        });
        if sh == Sh::Unknown {
            finding.severity(Severity::Info);
        }
    }
}

/// Leaves out names that have a meaning nevertheless: variables that only bash sets, but the file as well, and
/// builtins of bash that the script defines as functions.
fn leave_out_given(group: &mut Group, place: &Place<'_>, text: &str) {
    let is_given: &dyn Fn(&str) -> bool = match group.row.construct {
        Construct::BashVariable | Construct::Random => &|name| {
            let config = place.model.config_at(place.place.instruction);
            matches!(config.lookup(name), Lookup::Defined(_)) || sets(place.script, name)
        },
        Construct::BashBuiltin | Construct::Let | Construct::Source => {
            &|name| defines(place.script, name)
        }
        _ => return,
    };
    // The same few names again and again.
    let mut known: Vec<(&str, bool)> = Vec::new();
    group.places.retain(|span| {
        let name = span.text(text).trim_start_matches(['$', '{']);
        let is_name = |byte: &u8| *byte == b'_' || byte.is_ascii_alphanumeric();
        let name = &name[..name.bytes().take_while(is_name).count()];
        match known.iter().find(|(other, _)| *other == name) {
            Some((_, is_given)) => !is_given,
            None => {
                let given = is_given(name);
                known.push((name, given));
                !given
            }
        }
    });
}

/// Whether a script gives a variable a value.
fn sets(script: &Script, name: &str) -> bool {
    script.nodes_of(const { Kinds::COMMANDS.and(Kinds::COMPOUNDS).and(Kinds::ASSIGNMENTS) }).any(|(node, _)| match node {
        Node::Assignment(assignment) => &*assignment.name.value == name,
        Node::Command(Command::Compound(compound)) => {
            matches!(&compound.kind, CompoundKind::For(command) if &*command.variable.value == name)
        }
        Node::Command(Command::Simple(command)) => {
            command.name() == Some("read") && command.args().iter().any(|word| word.is(name))
        }
        _ => false,
    })
}

/// Whether a script defines a function.
fn defines(script: &Script, name: &str) -> bool {
    script.nodes_of(Kinds::COMPOUNDS).any(|(node, _)| {
        matches!(node, Node::Command(Command::Function(function)) if &*function.name.value == name)
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn what_dash_lacks_is_reported() {
        dockerfile(
            "bashism-in-sh",
            r#"
FROM debian:13
RUN [[ -f a ]] && if [[ b == c ]]; then d; fi
#   ^^ warning: `[[ … ]]` does not work in dash, the `sh` of this image
RUN diff <(a) b && echo -e "c\n" && source d && a &> e && set -euo pipefail
#        ^^^^ a process substitution does not work in dash
#                       ^^ `echo` with an option other than `-n` does not work in dash
#                                   ^^^^^^ `source` does not work in dash
#                                                 ^^ `&>` does not work in dash
#                                                                  ^^^^^^^^ `set -o` with this name does not work
RUN a=(b c); echo ${a[0]} ${d:1} ${d^^} \
#   ^^^^^^^ an array
#                         ^^^^^^ a substring
#                                ^^^^^^ changing the case
  ${d/e/f} {g,h} $'i' ${!j} $((k++)) $((2**3)) $RANDOM $UID
# ^^^^^^^^ replacing
#          ^^^^^ a brace expansion
#                ^^^^ `$'…'`
#                     ^^^^^ an indirect
#                           ^^^^^^^^ `++` or `--`
#                                    ^^^^^^^^^ `**`
#                                              ^^^^^^^ `$RANDOM`
#                                                      ^^^^ a variable
RUN function f { a; }; cat <<< b; for ((;;)); do c; done; ((d)); a |& b; [ a == b ]; let c=1; pushd d
#   ^^^^^^^^ the word `function`
#                          ^^^ a here-string
#                                 ^^^ a loop as in C
#                                                         ^^ `(( … ))`
#                                                                  ^^ `|&`
#                                                                            ^^ `==`
#                                                                                    ^^^ `let`
#                                                                                             ^^^^^ a builtin of bash
RUN read -n 1 a; printf -v b c; a+=b; trap c ERR; trap d SIGINT; a >& b; x=$(<y); export -f f
#        ^^ an option
#                       ^^ an option
#                                ^ `+=`
#                                            ^^^ `trap … ERR`
#                                                        ^^^^^^ a signal
#                                                                  ^^ `>&` with
#                                                                          ^^^^^ `$(<file)`
RUN coproc a; echo $[1+2]; case a in b) c;& d) e;; esac
#   ^^^^^^ `coproc`
#                   ^^^^^ `$[ … ]`
#                                        ^^ falling through
RUN bash -c '[[ a ]]' && sh -c '[[ a ]]'
#                               ^^ `[[ … ]]` does not
RUN /bin/echo -e a && xargs echo -e && echo -n b && echo "[[ a ]] <(b) {c,d}" && local x && find . -exec a {} +
RUN UID=1; echo $UID && pushd() { :; } && pushd a && read -r a && set -eux && trap b EXIT && case a in b) c;; esac
ENV UID=1
RUN echo $UID ${UID:-0} && a 2>&1 >&2 && echo $((1 + 2)) ${a:-b} ${a%.*} ${#a} [!a]*
SHELL ["/bin/bash", "-c"]
RUN [[ a ]]
"#,
        );
    }

    #[test]
    fn the_image_decides() {
        dockerfile(
            "bashism-in-sh",
            r#"
FROM alpine:3.22
RUN [[ a ]] && source b && echo -e c && set -o pipefail && d &> e && read -t 1 f && diff <(a) <(b)
RUN a=(b)
#   ^^^^^ warning: an array does not work in BusyBox' ash, the `sh` of this image
FROM fedora:43
RUN [[ a ]]
FROM example.com/unknown
RUN [[ a ]]
#   ^^ info: `[[ … ]]` does not work in every `sh`
FROM debian:13 AS base
RUN ln -sf /bin/bash /bin/sh
RUN [[ a ]]
FROM base
RUN [[ a ]]
FROM debian:13
RUN <<E
#!/bin/sh
[[ a ]]
#^ warning: `[[ … ]]` does not work in dash
E
RUN <<E
#!/bin/bash
[[ a ]]
E
RUN ["ash", "-c", "[[ a ]]"]
FROM mcr.microsoft.com/windows/servercore:ltsc2025
RUN [[ a ]]
"#,
        );
    }
}
