//! Flags formats of env files that Compose does not know.

use crate::compose::File;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for owned in file.documents().flat_map(File::containers) {
        for env_file in &owned.container.env_file {
            let Some(format) = &env_file.format else {
                continue;
            };
            let Some(word) = format
                .value
                .known()
                .filter(|word| !matches!(*word, "" | "raw"))
            else {
                continue;
            };
            let message = format!("`{}` is no format of env files", excerpt(word));
            let finding = cx.report(format.at, message);
            finding.help("write `raw`, or leave `format` out");
            // A file that is missing is not read.
            if env_file.is_required() != Some(true) {
                finding.severity(Severity::Warning);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_raw_is_known() {
        compose(
            "env-file-unsupported-format",
            r#"
services:
  a:
    image: a
    env_file:
      - {path: a.env, format: "RAW"}
#                             ^^^^^ error: `RAW` is no format of env files
      - {path: a.env, format: foo, required: false}
#                             ^^^ warning: `foo` is no format
      - {path: a.env, format: "${F:-raw}"}
      - {path: a.env, format: ""}
"#,
        );
    }
}
