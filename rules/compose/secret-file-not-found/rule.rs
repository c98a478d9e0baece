//! Flags secrets and configs whose file does not exist.

use crate::compose::project::{OnDisk, Project};
use crate::compose::resource::FileObject;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(|project, cx| {
        for secret in &project.merged.secrets {
            check("secret", secret, cx);
        }
        for config in &project.merged.configs {
            check("config", config, cx);
        }
    });
}

fn check(what: &str, object: &FileObject, cx: &mut Context<'_, Project>) {
    let Some(file) = object.file.as_ref().filter(|_| !object.is_external()) else {
        return;
    };
    let Some((_, found)) = cx.model.look(&file.value) else {
        return;
    };
    let path = excerpt(file.value.text());
    match found {
        OnDisk::File => {}
        OnDisk::Folder => {
            cx.report(
                file.at,
                format!("`{path}` is a folder, not the file of a {what}"),
            )
            .help("name the file")
            .severity(Severity::Error);
        }
        OnDisk::Nothing => {
            let finding = cx.report(
                file.at,
                format!("`{path}`, the file of a {what}, does not exist"),
            );
            finding.help("correct the path, or make the file");
            if what == "secret" {
                finding.severity(Severity::Info);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn paths_begin_at_the_folder_of_the_file() {
        compose_among(
            "secret-file-not-found",
            &[("app/there", "x"), ("here", "x"), ("app/folder/x", "x")],
            "app/compose.yaml",
            r#"
services:
  a: {image: x}
secrets:
  a: {file: there}
  b: {file: "./here"}
#           ^^^^^^^^ info: `./here`, the file of a secret, does not exist
  c: {file: folder}
#           ^^^^^^ error: `folder` is a folder
  d: {file: /etc/nowhere}
  e: {file: ~/nowhere}
  f: {file: $WHERE}
configs:
  a: {file: "${F:-nowhere}"}
#           ^^^^^^^^^^^^^^^ warning: `nowhere`, the file of a config, does not exist
  b: {file: ../here}
"#,
        );
    }
}
