//! Flags SSH agents that a build is given and no command uses.

use crate::compose::project::Project;
use crate::compose::value::PairsForm;
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::mount::MountKind;
use crate::dockerfile::source::SourceKind;
use crate::engine::built::{BuildUse, Reading};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let ssh = &used.build.value.ssh;
    if ssh.is_empty() || !used.is_settled(cx.model) || fetches_context(used) {
        return;
    }
    let Some(reading) = used.reading().filter(|reading| !reading.is_open()) else {
        return;
    };
    if reading.may_be_made_of_triggers() || used.build.via.is_some() {
        return;
    }
    let Some(origin) = ssh.origin.as_ref().filter(|origin| origin.via.is_none()) else {
        return;
    };
    let mut mounted: Vec<String> = Vec::new();
    for (_, mount) in reading.mounts(MountKind::Ssh) {
        match mount.ssh_id() {
            Some(id) => mounted.push(id),
            None => return,
        }
    }
    let fetches = fetches(&reading);
    for pair in ssh {
        let Some(id) = pair.name.value.known() else {
            continue;
        };
        // Nothing but `default` goes without a path in a list.
        if ssh.form == PairsForm::List && pair.value.is_none() && id != "default" {
            continue;
        }
        if mounted.iter().any(|known| known == id) || fetches && id == "default" {
            continue;
        }
        let text = cx.model.text(pair.at.file);
        let edit = removal(text, origin.key.span, origin.at.span, pair.at.span, used);
        let at = pair.name.text_at();
        let message = match id {
            "default" => "the build is given your SSH agent, and no command uses it".to_owned(),
            id => format!(
                "the build is given the SSH agent `{}`, and no command uses it",
                excerpt(id)
            ),
        };
        let finding = cx.report(at, message);
        finding.help("take it out, or mount it with `RUN --mount=type=ssh`");
        if let Some(edit) = edit {
            finding.fix(Fix::new(
                "take it out; a step that uses it in another way no longer can",
                Applicability::Unsafe,
                vec![edit],
            ));
        }
    }
}

/// Whether a context of the build may be fetched over SSH.
fn fetches_context(used: &BuildUse<'_>) -> bool {
    let build = &used.build.value;
    let context = build.context.iter().map(|context| &context.value);
    let others = build.additional_contexts.iter();
    let others = others.filter_map(|pair| pair.value.as_ref().map(|value| &value.value));
    let dockerfile = build.dockerfile.iter().map(|file| &file.value);
    context.chain(others).chain(dockerfile).any(|value| {
        value
            .known()
            .is_none_or(|text| text.contains("://") || text.contains('@'))
    })
}

/// Whether `ADD` fetches a repository over SSH, or may do so.
fn fetches(reading: &Reading<'_>) -> bool {
    let mut instructions = reading.instructions();
    instructions.any(|(_, instruction)| {
        let InstructionKind::Add(add) = &instruction.kind else {
            return false;
        };
        add.paths.words.iter().any(|word| {
            word.literal()
                .is_none_or(|text| SourceKind::of(&text) == SourceKind::Git)
        })
    })
}

fn removal(text: &str, key: Span, list: Span, pair: Span, used: &BuildUse<'_>) -> Option<Edit> {
    let ssh = &used.build.value.ssh;
    if ssh.items.len() == 1 {
        return edit::remove_entry(text, edit::entry(key, list));
    }
    match ssh.form {
        PairsForm::List => edit::remove_item(text, pair),
        PairsForm::Mapping => edit::remove_entry(text, pair),
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_id_is_marked() {
        let files = [
            ("Dockerfile", "FROM a\nRUN --mount=type=ssh git clone x\n"),
            ("none/Dockerfile", "FROM a\nRUN x\n"),
            ("add/Dockerfile", "FROM a\nADD git@example.com:a/b.git /b\n"),
            ("bare/Dockerfile", "FROM a\n"),
        ];
        compose_among(
            "unused-build-ssh",
            &files,
            "compose.yaml",
            r#"
services:
  a:
    build:
      ssh:
        - default
        - "other=key"
#          ^^^^^ info: the build is given the SSH agent `other`, and no command
  b: {build: {context: none, ssh: [default]}}
#                                  ^^^^^^^ info: the build is given your SSH agent, and no
  c: {build: {context: add, ssh: [default]}}
  d: {build: {context: bare, ssh: [default]}}
  e: {build: {context: 'git@example.com:a/b.git', ssh: [default]}}
"#,
        );
    }
}
