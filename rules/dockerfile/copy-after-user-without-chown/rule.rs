//! Flags files that belong to root because `COPY` does not know of `USER`.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::{InstructionKind, List};
use crate::dockerfile::model::{Setting, Value};
use crate::dockerfile::runs_as::{is_below, is_root, without_group};
use crate::dockerfile::word::Word;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::mode::{Mode, OTHERS_WRITE};
use crate::shell::permissions::owner_use;
use crate::text::Edit;

/// Places that programs only read.
const READ_ONLY: [&str; 11] = [
    "/bin",
    "/boot",
    "/docker-entrypoint.d",
    "/docker-entrypoint-initdb.d",
    "/etc",
    "/lib",
    "/lib64",
    "/run",
    "/sbin",
    "/tmp",
    "/usr",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    if !stage.is_built || model.is_perhaps_for_windows(stage) {
        return;
    }
    // From the end, so that what happens later is known: who gets files, and who runs something.
    let mut given: Vec<String> = Vec::new();
    let mut runner = None;
    let mut findings = Vec::new();
    for index in stage.instructions.clone().rev() {
        let instruction = &model.ast.instructions[index];
        let Setting::Set(user) = model.config_at(index).user() else {
            continue;
        };
        match &instruction.kind {
            InstructionKind::Run(_) => {
                runner = Some(user.index);
                given.extend(given_away(model, index));
            }
            InstructionKind::Copy(copy) if copy.chown.is_none() => {
                let is_seen = runner == Some(user.index);
                let kept = belongs_to_root(model, index, &copy.paths, copy.chmod.as_ref(), &given);
                if is_seen && kept {
                    findings.push((index, user));
                }
            }
            InstructionKind::Add(add) if add.chown.is_none() => {
                let is_seen = runner == Some(user.index);
                let kept = belongs_to_root(model, index, &add.paths, add.chmod.as_ref(), &given);
                if is_seen && kept {
                    findings.push((index, user));
                }
            }
            _ => {}
        }
    }
    for (index, user) in findings.into_iter().rev() {
        let Some(name) = user.value.text() else {
            continue;
        };
        if name.is_empty() || is_root(without_group(name)) {
            continue;
        }
        let keyword = &model.ast.instructions[index].keyword;
        let message = format!(
            "what this copies belongs to root, not to `{}`",
            excerpt(without_group(name))
        );
        let finding = cx.report(keyword.span, message);
        finding
            .help("name the owner with `--chown`, unless the files are only read")
            .label(user.instruction.keyword.span, "commands run as this user");
        let is_plain =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b':' | b'.');
        if matches!(user.value, Value::Known(_)) && name.bytes().all(is_plain) {
            let edit = Edit::insert(keyword.span.end, format!(" --chown={name}"));
            let title = "let the files belong to that user; the program can change them then";
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
}

/// The files and directories that commands of an instruction give to somebody; nothing known is all.
fn given_away(model: &Dockerfile, index: usize) -> Vec<String> {
    let mut given = Vec::new();
    for found in model.run_commands(index) {
        let Some(invocation) = found.command.unwrapped() else {
            continue;
        };
        if invocation.is_any(&["chgrp", "chmod", "setfacl"]) {
            given.extend(
                invocation
                    .args()
                    .iter()
                    .filter_map(|word| word.text())
                    .filter(|path| path.starts_with('/'))
                    .map(str::to_owned),
            );
        }
        if let Some(change) = owner_use(&invocation) {
            for target in change.targets {
                match target.text() {
                    Some(path) => given.push(model.path_at(index, path)),
                    None => given.push("/".to_owned()),
                }
            }
        }
    }
    given
}

/// Whether files stay root's in a place where somebody else may want to write.
fn belongs_to_root(
    model: &Dockerfile,
    index: usize,
    paths: &List,
    chmod: Option<&Word>,
    given: &[String],
) -> bool {
    let Some(destination) = paths.destination() else {
        return false;
    };
    let value = model.value_at(index, destination);
    let Some(text) = value.text() else {
        return false;
    };
    let path = model.path_at(index, text);
    if !path.starts_with('/') {
        return false;
    }
    let is_read_only = READ_ONLY.iter().any(|place| is_below(&path, place))
        || path.contains("/bin/")
        || path.ends_with("/bin");
    // A single file, of which the program seldom writes the original.
    let is_file = !is_whole(paths);
    let is_open = chmod.is_some_and(|chmod| {
        let value = model.value_at(index, chmod);
        value
            .text()
            .and_then(Mode::parse)
            .is_none_or(|mode| mode.sets(OTHERS_WRITE))
    });
    let is_given = given
        .iter()
        .take(MAX_PATHS)
        .any(|given| is_below(&path, given) || is_below(given, &path));
    !is_read_only && !is_file && !is_open && !is_given
}

/// How many paths are compared.
const MAX_PATHS: usize = 64;

/// Whether a source is a whole directory.
fn is_whole(paths: &List) -> bool {
    paths.sources().iter().any(|source| {
        let raw = &*source.raw;
        matches!(raw, "." | "./" | "/" | "*" | "./*") || raw.ends_with('/') || raw.ends_with("/*")
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_keyword_is_marked() {
        dockerfile(
            "copy-after-user-without-chown",
            r#"
FROM debian:13 AS build
USER app:app
COPY . /src
#^^^ info: what this copies belongs to root, not to `app`
RUN make
ADD \
#^^ info: what this copies
  src/ /more
RUN make more
COPY . /last
FROM build
COPY --from=build /out/ /srv
#^^^ info: what this copies
COPY a.json /srv/
RUN make install
COPY . /what/the/image/runs
CMD ["server"]
"#,
        );
    }

    #[test]
    fn other_owners_and_places_are_silent() {
        for text in [
            "FROM a\nCOPY . /b\nRUN c\n",
            "FROM a\nUSER root\nCOPY . /b\nRUN c\n",
            "FROM a\nUSER 0:5\nCOPY . /b\nRUN c\n",
            "FROM a\nUSER $U\nCOPY . /b\nRUN c\n",
            "FROM a\nUSER u\nCOPY --chown=u . /b\nRUN c\n",
            "FROM a\nUSER u\nCOPY --chmod=777 . /b\nRUN c\n",
            "FROM a\nUSER u\nCOPY . /b\nUSER root\nRUN chown -R u /b\nUSER u\nRUN c\n",
            "FROM a\nUSER u\nCOPY . /b/c\nRUN sudo chown -R u $HOME\n",
            "FROM a\nUSER u\nCOPY . /usr/src\nRUN c\n",
            "FROM a\nUSER u\nCOPY . b\nRUN c\n",
            "FROM a\nUSER u\nCOPY . /b\nUSER root\nRUN c\n",
            "FROM a\nUSER u\nCOPY . /b\n",
            "# escape=`\nFROM a\nUSER u\nCOPY . /b\nRUN c\n",
        ] {
            dockerfile("copy-after-user-without-chown", text);
        }
    }
}
