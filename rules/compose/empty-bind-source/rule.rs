//! Flags bind mounts in the long form whose source is nothing.

use crate::compose::File;
use crate::compose::mount::MountType;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for owned in file.documents().flat_map(File::containers) {
        for mount in &owned.container.volumes {
            if mount.short.is_none()
                && mount.kind() == Some(MountType::Bind)
                && let Some(source) = mount.source.as_ref()
                && source.value.is_empty()
                && !source.at.span.is_empty()
            {
                let message = "the source is empty, so that the folder of the project is mounted";
                cx.report(source.at, message)
                    .help("name a path, or stop without one: `${NAME:?}`");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_known_emptiness_counts() {
        compose(
            "empty-bind-source",
            r#"
services:
  a:
    image: x
    volumes:
      - {type: bind, source: "${A:-}", target: /a}
#                            ^^^^^^^^ warning: the source is empty
      - {type: bind, source: '', target: /b}
#                            ^^ the source is empty
      - {type: bind, source: $A, target: /c}
      - {type: volume, source: "${A:-}", target: /d}
      - {type: bind, source: "${A:-}/x", target: /e}
"#,
        );
    }
}
