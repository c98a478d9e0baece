//! Flags names of users and groups in images from scratch that have no lists of names.
//!
//! That BuildKit takes an unknown name of `--chown` for 0: `readUser` in its
//! `solver/llbsolver/file/user_linux.go`. That the runtime refuses one of `USER`: `GetExecUser` in
//! `github.com/moby/sys/user`.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::{Command, Instruction, InstructionKind, List, User};
use crate::dockerfile::model::Base;
use crate::dockerfile::word::Word;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};

/// The number of the user `nonroot` in Google's distroless images.
const NUMBER: &str = "65532";

/// How far a chain of stages is followed.
const MAX_STAGES: usize = 64;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    if model.root_of(stage).base != Base::Scratch || !stage.is_built {
        return;
    }
    let inherited = model.chain(stage).skip(1).take(MAX_STAGES);
    let inherits_names = inherited
        .flat_map(|stage| stage.instructions.clone())
        .any(|index| brings_names(model, stage, index));
    if inherits_names {
        return;
    }
    for index in stage.instructions.clone() {
        let instruction = &model.ast.instructions[index];
        let owner = match &instruction.kind {
            InstructionKind::Copy(copy) => copy.chown.as_ref(),
            InstructionKind::Add(add) => add.chown.as_ref(),
            _ => None,
        };
        if let Some(owner) = owner {
            for name in names(owner) {
                let message = format!(
                    "`{}` stands for root: the image has no list of names",
                    excerpt(&name.text)
                );
                report(&name, message, cx);
            }
        }
        if brings_names(model, stage, index) {
            return;
        }
    }
    let user = model.final_config(stage).user().effective();
    if let Some(user) = user.filter(|_| stage.is_target)
        && let InstructionKind::User(User { user: Some(word) }) = &user.instruction.kind
    {
        for name in names(word) {
            let message = format!(
                "the container does not start: the image has no list with `{}`",
                excerpt(&name.text)
            );
            report(&name, message, cx);
        }
    }
}

fn report(name: &Name, message: String, cx: &mut Context<'_, Dockerfile>) {
    let title = "write a number; files that belong to another one have to be readable for it";
    cx.report(name.span, message)
        .help("write a number, or copy `/etc/passwd` and `/etc/group` from another stage")
        .fix(Fix::new(
            title,
            Applicability::Unsafe,
            vec![Edit::replace(name.span, NUMBER)],
        ));
}

/// A name of a user or group.
struct Name {
    text: String,
    span: Span,
}

/// The names in `user:group`, if no variable is in it. Whether root has to be in a list depends on the runtime.
fn names(word: &Word) -> Vec<Name> {
    let Some(text) = word.literal() else {
        return Vec::new();
    };
    let cooked = word.value_cooked();
    let mut names = Vec::new();
    let mut start = 0;
    for part in text.split(':').take(2) {
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number && part != "root" {
            names.push(Name {
                text: part.to_owned(),
                span: cooked.span(start..start + part.len()),
            });
        }
        start += part.len() + 1;
    }
    names
}

/// Whether an instruction can bring `/etc/passwd` into the image.
pub(crate) fn brings_names(model: &Dockerfile, stage: &Stage, index: usize) -> bool {
    let paths = match &model.ast.instructions[index].kind {
        InstructionKind::Copy(copy) => &copy.paths,
        InstructionKind::Add(add) => &add.paths,
        InstructionKind::Run(_) | InstructionKind::Shell(_) | InstructionKind::Onbuild(_) => {
            return true;
        }
        _ => return false,
    };
    let Some(destination) = paths.destination() else {
        return true;
    };
    let value = model.value_at(index, destination);
    let Some(path) = value.text() else {
        return true;
    };
    let path = path.trim_end_matches('/');
    match path {
        "" => !paths
            .sources()
            .iter()
            .all(|source| is_file(model, stage, source)),
        "." | "./" => true,
        _ => {
            path == "/etc"
                || path.ends_with("/passwd")
                || path == "/etc/group"
                || !path.starts_with('/')
                || is_archive(paths)
        }
    }
}

/// Whether a source is a file for sure: its name has an ending, or the image runs it.
fn is_file(model: &Dockerfile, stage: &Stage, source: &Word) -> bool {
    let Some(path) = source.literal() else {
        return false;
    };
    let name = path.rsplit('/').next().unwrap_or_default();
    if name.is_empty() || path.contains(['*', '?', '[']) || is_archive_name(name) {
        return false;
    }
    let has_ending = name.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty()
            && matches!(
                ending,
                "crt" | "pem" | "so" | "json" | "yaml" | "yml" | "sh"
            )
    });
    let config = model.final_config(stage);
    let launches = [config.entrypoint(), config.cmd()];
    let is_run = launches
        .iter()
        .filter_map(|launch| launch.effective())
        .filter_map(|launch| program(launch.instruction))
        .any(|program| program.trim_start_matches(['.', '/']) == name);
    has_ending || is_run
}

fn program(instruction: &Instruction) -> Option<&str> {
    match instruction.command()? {
        Command::Exec(form) => form.arguments.first().map(|word| &*word.raw),
        Command::Shell(_) => None,
    }
}

fn is_archive(paths: &List) -> bool {
    paths
        .sources()
        .iter()
        .any(|source| is_archive_name(&source.raw))
}

fn is_archive_name(name: &str) -> bool {
    name.contains(".tar") || name.ends_with(".tgz") || name.ends_with(".txz")
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn names_are_marked_one_by_one() {
        dockerfile(
            "named-user-without-passwd",
            r#"
FROM scratch AS base
COPY --chown=1:wheel a /usr/bin/a
#              ^^^^^ `wheel` stands for root: the image has no list of names
FROM base
COPY --from=x /a.crt /
COPY --from=x /server /
COPY --chown="app:app" \
#             ^^^ `app` stands for root
#                 ^^^ `app` stands for root
  b /usr/lib/
USER app
USER app:5
#    ^^^ the container does not start: the image has no list with `app`
CMD ["/server"]
"#,
        );
    }

    #[test]
    fn what_can_bring_the_lists_is_enough() {
        for line in [
            "COPY --from=a / /",
            "COPY --from=a /rootfs /",
            "COPY --from=a /server /",
            "COPY --from=a /etc /etc",
            "COPY passwd /etc/passwd",
            "ADD root.tar.xz /",
            "COPY . .",
            "COPY x $WHERE",
            "RUN [\"/a\"]",
            "SHELL [\"/busybox/sh\", \"-c\"]",
        ] {
            let text = format!("FROM scratch\n{line}\nCOPY --chown=u a /b\nUSER u\nCMD [\"/b\"]\n");
            dockerfile("named-user-without-passwd", &text);
        }
        dockerfile(
            "named-user-without-passwd",
            "FROM a\nUSER u\nFROM scratch AS unused\nUSER u\nFROM scratch\nUSER 1:2\n",
        );
    }
}
