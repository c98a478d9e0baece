//! Flags mounts whose submounts come out of the container.

use crate::compose::File;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let documents = file.documents();
    for owned in documents.flat_map(File::containers) {
        for mount in &owned.container.volumes {
            let Some(propagation) = &mount.bind.propagation else {
                continue;
            };
            if let Some(word @ ("shared" | "rshared")) = propagation.value.known() {
                let message = format!("`{word}` makes mounts of the container appear on the host");
                let finding = cx.report(propagation.at, message);
                finding.help("leave it out, or use `rslave` to see mounts of the host only");
                if propagation.value.literal().is_some() {
                    let edit = Edit::replace(propagation.at.span, "rprivate");
                    let title =
                        "write the default `rprivate`; mounts then stay where they are made";
                    finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn both_forms_and_jobs_count() {
        compose(
            "shared-mount-propagation",
            r#"
services:
  a:
    image: x
    volumes:
      - "/a:/b:ro,shared"
#                 ^^^^^^ info: `shared` makes mounts
      - {type: bind, source: /a, target: /c, bind: {propagation: 'rshared'}}
#                                                                ^^^^^^^^^ `rshared` makes
      - /a:/d:rslave
      - /a:/e:$MODE
      - /shared:/f
jobs:
  b:
    image: x
    triggers: {manual: true}
    volumes: ["/a:/b:rshared"]
#                    ^^^^^^^ `rshared` makes
"#,
        );
    }
}
