//! Flags additional build contexts whose folder does not exist.

use crate::compose::extent::Extent;
use crate::compose::project::{OnDisk, Project};
use crate::compose::value::Knowledge;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

/// What a context begins with that is no path.
const NO_PATH: [&str; 3] = ["service:", "target:", "input:"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    if project.extent == Extent::Part {
        return;
    }
    for owned in project.merged.containers() {
        let Some(build) = owned.container.build.as_deref() else {
            continue;
        };
        // The file may belong to a project that begins in the folder above.
        if project.has_context_above(build) {
            continue;
        }
        for context in &build.value.additional_contexts {
            let Some(value) = &context.value else {
                continue;
            };
            let text = value.value.text();
            if NO_PATH.iter().any(|prefix| text.starts_with(prefix)) || text.ends_with(".git") {
                continue;
            }
            let what = match project.look(&value.value) {
                Some((_, OnDisk::Nothing)) => "does not exist",
                Some((_, OnDisk::File)) => "is a file, not a folder",
                Some((_, OnDisk::Folder)) | None => continue,
            };
            let message = format!("the additional context `{}` {what}", excerpt(text));
            let finding = cx.report(value.text_at(), message);
            finding.help("write the path as it is seen from the folder of this project");
            if value.value.knowledge() != Knowledge::Known {
                finding.severity(Severity::Warning);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_path_is_marked() {
        compose_among(
            "additional-context-path-not-found",
            &[("lib/a.c", ""), ("file", "")],
            "compose.yaml",
            r#"
services:
  a:
    build:
      context: .
      additional_contexts:
        one: ./lib
        two: "./libs"
#             ^^^^^^ error: the additional context `./libs` does not exist
        three: ${WHERE:-libs}
#                       ^^^^ warning: the additional context `libs` does not exist
        four: file
#             ^^^^ error: the additional context `file` is a file
        five: docker-image://debian:13
        six: service:b
        seven: https://example.com/a.git
        eight: $WHERE
        nine: oci-layout://layout
  b:
    build:
      context: .
      additional_contexts: [one=lib, two=none]
#                                        ^^^^ error: the additional context `none`
"#,
        );
    }
}
