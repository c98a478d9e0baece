//! Flags files with variables that are not there.

use crate::compose::container::EnvFile;
use crate::compose::project::Project;
use crate::compose::project::disk::OnDisk;
use crate::compose::value::List;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for owned in project.merged.containers() {
        for file in &owned.container.env_file {
            let Some((path, found)) = project.look(&file.path.value) else {
                continue;
            };
            if file.is_required() == Some(false) && found != OnDisk::Folder {
                continue;
            }
            let shown = excerpt(file.path.value.text());
            let message = match found {
                OnDisk::File => continue,
                OnDisk::Nothing if file.is_required().is_none() => continue,
                OnDisk::Nothing => format!("there is no file `{shown}`"),
                OnDisk::Folder => format!("`{shown}` is a folder, not a file"),
            };
            let finding = cx.report(file.path.text_at(), message);
            finding.help("correct the path, or write it as `path:` with `required: false`");
            let list = &owned.container.env_file;
            if found == OnDisk::Nothing
                && let Some(edit) = optional(file, list, project.text(file.path.at.file))
            {
                let title = "let the project start without the file";
                finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
            }
            let service = project.service(&owned.owner.value);
            if found == OnDisk::Nothing && project.disk.is_made_later(&path) {
                finding.severity(Severity::Info);
            } else if service.is_some_and(|service| !service.profiles.is_empty()) {
                // Compose only looks once a profile of the service is active.
                finding.severity(Severity::Warning);
            }
        }
    }
}

/// Says that a file need not be there.
fn optional(file: &EnvFile, list: &List<EnvFile>, text: &str) -> Option<Edit> {
    let path = file.path.at;
    if let Some(required) = &file.required {
        return required.via.is_none().then(|| {
            let at = required.at.span;
            Edit::replace(at, "false")
        });
    }
    let source = text.get(path.span.range())?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/~".contains(&byte);
    let is_quoted = source.starts_with(['"', '\'']);
    if source.contains('\n') || !(is_quoted || source.bytes().all(is_plain)) {
        return None;
    }
    if file.at != path {
        let before = text.get(..path.span.range().start)?.trim_end();
        let key = before.strip_suffix(':')?.strip_suffix("path")?.len();
        let entry = Span::from_range(key..path.span.range().end);
        return edit::insert_entry_behind(text, entry, "required: false");
    }
    let item = format!("{{path: {source}, required: false}}");
    let is_only = list.origin.as_ref().is_some_and(|origin| origin.at == path);
    let item = match is_only {
        true => format!("[{item}]"),
        false => item,
    };
    Some(Edit::replace(path.span, item))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, compose_among};

    #[test]
    fn what_is_not_there_is_told() {
        let files = [
            ("there.env", "A=b\n"),
            ("folder/x", ""),
            (".env.sample", ""),
            ("config/.gitignore", "*.env\n!kept.env\n"),
            (
                "sub/compose.yaml",
                "services: {s: {image: x, env_file: t.env}}\n",
            ),
            ("sub/t.env", ""),
        ];
        compose_among(
            "env-file-not-found",
            &files,
            "compose.yaml",
            r#"
include: [sub/compose.yaml]
services:
  a:
    image: x
    env_file: [there.env, "nix.env", folder, .env, config/a.env, config/kept.env]
#                          ^^^^^^^ error: there is no file `nix.env`
#                                    ^^^^^^ error: `folder` is a folder, not a file
#                                            ^^^^ info: there is no file `.env`
#                                                  ^^^^^^^^^^^^ info: there is no file `config/a.env`
#                                                                ^^^^^^^^^^^^^^^ error: there is no file `config/kept.env`
  b:
    image: x
    env_file:
      - {path: nix.env, required: false}
      - {path: "${D:-nix}.env"}
#                    ^^^^^^^^ error: there is no file `nix.env`
      - {path: nix2.env, required: "${R}"}
      - /etc/nix.env
      - ${E}.env
      - ../nix.env
  c: {image: x, profiles: [p], env_file: nix.env}
#                                        ^^^^^^^ warning: there is no file `nix.env`
jobs:
  j: {image: x, env_file: nix.env, triggers: {manual: true}}
#                         ^^^^^^^ error: there is no file `nix.env`
"#,
        );
    }

    #[test]
    fn without_a_disk_nothing_is_said() {
        compose(
            "env-file-not-found",
            "services: {a: {image: x, env_file: a.env}}\n",
        );
    }
}
