//! Flags files with labels that are not there.

use crate::compose::project::Project;
use crate::compose::project::disk::OnDisk;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for owned in project.merged.containers() {
        for file in &owned.container.label_file {
            let Some((path, found)) = project.look(&file.value) else {
                continue;
            };
            let shown = excerpt(file.value.text());
            let message = match found {
                OnDisk::File => continue,
                OnDisk::Nothing => format!("there is no file `{shown}`"),
                OnDisk::Folder => format!("`{shown}` is a folder, not a file"),
            };
            let finding = cx.report(file.text_at(), message);
            finding.help("correct the path, or add the file");
            if found == OnDisk::Nothing && project.disk.is_made_later(&path) {
                finding.severity(Severity::Info);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn what_is_not_there_is_told() {
        compose_among(
            "label-file-not-found",
            &[("there.labels", "a=b\n"), (".gitignore", "made.*\n")],
            "compose.yaml",
            r#"
services:
  a: {image: x, label_file: [there.labels, "nix.labels", ./made.labels, "${L}"]}
#                                           ^^^^^^^^^^ error: there is no file `nix.labels`
#                                                        ^^^^^^^^^^^^^ info: there is no file `./made.labels`
"#,
        );
    }
}
