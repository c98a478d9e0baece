//! Flags clones of a branch that moves.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::InstructionKind;
use crate::engine::{Context, Hooks};
use crate::shell::ast::Script;
use crate::shell::invocation::{Argument, Invocation};
use crate::shell::programs::Programs;
use crate::shell::word::Word;
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// A clone that nothing has pinned so far.
struct Clone<'a> {
    at: Span,
    /// The branch, if one is named.
    branch: Option<&'a str>,
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    for stage in &model.stages {
        let mut clones: Vec<Clone<'_>> = Vec::new();
        for index in stage.instructions.clone() {
            if !matches!(model.acting(index).kind, InstructionKind::Run(_)) {
                continue;
            }
            let scripts = model.scripts_of(index).iter();
            for script in scripts.filter_map(|place| place.script.as_ref()) {
                read(script, &mut clones);
            }
        }
        for Clone { at, branch } in clones {
            let message = match branch {
                Some(branch) => {
                    let branch = crate::grammar::excerpt(branch);
                    format!("`git clone` takes whatever is on `{branch}` today")
                }
                None => "`git clone` takes whatever is on the default branch today".to_owned(),
            };
            cx.report(at, message)
                .help("name a tag with `--branch`, or check out a commit");
        }
    }
}

fn read<'a>(script: &'a Script, clones: &mut Vec<Clone<'a>>) {
    for found in script.commands_of(const { &Programs::of(&["git"]) }) {
        let Some(invocation) = found.command.unwrapped() else {
            continue;
        };
        if invocation.name() != Some("git") {
            continue;
        }
        let Some(git) = Git::of(&invocation) else {
            continue;
        };
        match git.verb {
            "clone" => clones.extend(clone(&git)),
            // Mostly each clone is followed by what belongs to it.
            "checkout" | "reset" | "switch" | "fetch" | "pull" | "worktree" if git.pins() => {
                clones.pop();
            }
            "checkout" | "switch" => {
                let mut operands = git.operands();
                if let (Some(branch), None, Some(clone)) =
                    (operands.next(), operands.next(), clones.last_mut())
                    && let Some(name) = branch
                        .literal()
                        .filter(|name| moves(name) && !name.contains('.'))
                {
                    clone.at = branch.span;
                    clone.branch = Some(name);
                }
            }
            _ => {}
        }
    }
}

/// A command of git.
struct Git<'a> {
    verb: &'a str,
    /// What stands behind the verb.
    args: Vec<Argument<'a>>,
}

/// Options of `git` itself and of the verbs looked at that take a value, by git(1), git-clone(1),
/// git-checkout(1) and git-reset(1).
const VALUES: &[&str] = &[
    "C",
    "c",
    "b",
    "branch",
    "o",
    "origin",
    "u",
    "upload-pack",
    "j",
    "jobs",
    "config",
    "depth",
    "revision",
    "reference",
    "reference-if-able",
    "separate-git-dir",
    "shallow-since",
    "shallow-exclude",
    "server-option",
    "template",
    "bundle-uri",
    "git-dir",
    "work-tree",
];

impl<'a> Git<'a> {
    fn of(invocation: &Invocation<'a>) -> Option<Git<'a>> {
        let mut arguments = invocation.arguments(VALUES);
        let verb = arguments.find_map(|argument| match argument {
            Argument::Operand(word) => Some(word),
            Argument::Flag(_) => None,
        })?;
        Some(Git {
            verb: verb.literal()?,
            args: arguments.collect(),
        })
    }

    fn operands(&self) -> impl Iterator<Item = &'a Word> {
        self.args.iter().filter_map(|argument| match argument {
            Argument::Operand(word) => Some(*word),
            Argument::Flag(_) => None,
        })
    }

    /// Whether it names something that does not move, or that only the build knows.
    fn pins(&self) -> bool {
        self.operands().any(|word| {
            word.text().is_none_or(|text| {
                let reference = text.strip_prefix("origin/").unwrap_or(text);
                !moves(reference) && reference != "origin" && reference != "FETCH_HEAD"
            })
        })
    }
}

/// Whether a name is that of a branch and not of a version or commit.
fn moves(name: &str) -> bool {
    let is_commit = name.len() >= 7 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    !name.bytes().any(|byte| byte.is_ascii_digit()) && !is_commit
}

fn clone<'a>(git: &Git<'a>) -> Option<Clone<'a>> {
    let mut branch = None;
    for argument in &git.args {
        let Argument::Flag(flag) = argument else {
            continue;
        };
        match flag.name {
            "b" | "branch" => branch = flag.value,
            "revision" | "mirror" | "bare" | "no-checkout" | "n" => return None,
            _ => {}
        }
    }
    let url = git.operands().next()?;
    let text = url.leading_piece();
    // A path, or whatever is in a variable.
    let is_remote = text.contains("://") && !text.starts_with("file:")
        || text
            .split_once(':')
            .is_some_and(|(host, _)| host.contains('@'));
    if !is_remote {
        return None;
    }
    // Options may be in variables.
    let is_open = |word: &Word| {
        word.leading_piece().is_empty() && word.unquoted_expansions().next().is_some()
    };
    if git.operands().any(is_open) {
        return None;
    }
    match branch {
        None => Some(Clone {
            at: url.span,
            branch: None,
        }),
        Some(branch) => {
            let name = branch.text?;
            moves(name).then_some(Clone {
                at: branch.word.span,
                branch: Some(name),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn clones_of_what_moves_are_found() {
        dockerfile(
            "unpinned-git-clone",
            r#"
FROM debian:13
RUN git -c a=b clone --depth=1 \
      "https://a.example/$B.git" /src && sudo git clone git@a.example:b.git -b master
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^ `git clone` takes whatever is on the default branch today
#                                                                              ^^^^^^ `git clone` takes whatever is on `master`
RUN git clone /src && git clone "$URL" && git clone $OPTIONS https://a.example/b && git clone file:///src
RUN git clone --mirror https://a.example/b && git clone -b release/1.x https://a.example/b && echo git clone https://a
FROM debian:13
RUN git clone https://a.example/b
#             ^^^^^^^^^^^^^^^^^^^ `git clone` takes
RUN git clone https://a.example/c
RUN cd c && git checkout -q $COMMIT && git status
FROM debian:13
RUN git clone https://a.example/b && cd b && git checkout next
#                                                         ^^^^ `git clone` takes whatever is on `next`
FROM debian:13
RUN git clone https://a.example/b && cd b && git fetch origin 0123456789 && git checkout FETCH_HEAD
"#,
        );
    }
}
