//! Flags options of mounts that belong to mounts of another type.

use crate::compose::File;
use crate::compose::mount::{Mount, MountType};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for owned in file.documents().flat_map(File::containers) {
        for mount in &owned.container.volumes {
            if let (None, Some(kind)) = (&mount.short, mount.kind()) {
                report(mount, kind, cx);
            }
        }
    }
}

fn report(mount: &Mount, kind: MountType, cx: &mut Context<'_, File>) {
    let text = cx.text();
    for (section, field) in &mount.sections {
        if *section == kind {
            continue;
        }
        let name = word(*section);
        let message = format!("`{name}` has no effect on a mount of type `{}`", word(kind));
        let finding = cx.report(field.key, message);
        finding.help(format!("correct the type, or leave `{name}` out"));
        let edit = field
            .entry(text)
            .and_then(|entry| edit::remove_entry(text, entry));
        if let Some(edit) = edit {
            let title = format!("remove `{name}`; the type may be what is wrong");
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
    if let (MountType::Tmpfs, Some(source)) = (kind, &mount.source) {
        cx.report(source.at, "a mount of type `tmpfs` has no source")
            .help("leave `source` out, or use the type `volume` or `bind`");
    }
}

/// The type as it is written.
fn word(kind: MountType) -> &'static str {
    match kind {
        MountType::Bind => "bind",
        MountType::Volume => "volume",
        MountType::Tmpfs => "tmpfs",
        MountType::Npipe => "npipe",
        MountType::Cluster => "cluster",
        MountType::Image => "image",
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn sections_of_other_types_are_marked() {
        compose(
            "mount-option-type-mismatch",
            r#"
x-options: &options {size: 1m}
services:
  a:
    image: x
    volumes:
      - {type: 'volume', source: v, target: /a, "tmpfs": *options, volume: {nocopy: true}}
#                                               ^^^^^^^ `tmpfs` has no effect on a mount of type `volume`
      - {type: $T, source: v, target: /b, bind: {}}
      - {type: "${T:-bind}", source: /v, target: /c, image: {subpath: x}}
#                                                    ^^^^^ `image` has no effect on a mount of type `bind`
volumes: {v: }
"#,
        );
    }
}
