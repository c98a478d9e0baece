//! Flags volumes without a name.

use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::mount::{Mount, MountType};
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::datastores::{self, Keeps};

/// Folders with what a build has put into the image, which people keep from being covered.
const BUILT: [&str; 6] = [".next", ".venv", "node_modules", "target", "vendor", "venv"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for owned in file.documents().flat_map(File::containers) {
        let volumes = &owned.container.volumes;
        let folders: Vec<String> = volumes
            .iter()
            .filter(|mount| mount.source.is_some())
            .filter_map(Mount::target_path)
            .collect();
        for mount in volumes {
            let is_volume = mount.kind() == Some(MountType::Volume);
            if is_volume && mount.source.is_none() && mount.mistaken_drive().is_none() {
                report(mount, &folders, owned.container, cx);
            }
        }
    }
}

fn report(mount: &Mount, folders: &[String], container: &Container, cx: &mut Context<'_, File>) {
    let (Some(target), Some(path)) = (&mount.target, mount.target_path()) else {
        return;
    };
    let is_island = folders.iter().any(|folder| {
        let inside = path.strip_prefix(folder.trim_end_matches('/'));
        inside.is_some_and(|inside| inside.starts_with('/'))
    });
    let name = path.rsplit('/').next().unwrap_or_default();
    if is_island || BUILT.contains(&name) {
        return;
    }
    let message = format!("the volume at `{}` has no name", excerpt(&path));
    let finding = cx.report(target.at, message);
    finding.help("declare a volume and mount it by its name, or use a tmpfs");
    if holds_data(container, &path) {
        finding.severity(Severity::Warning);
    }
}

/// Whether the container's image is a database that keeps its data there.
fn holds_data(container: &Container, path: &str) -> bool {
    container
        .reference()
        .and_then(datastores::of)
        .filter(|store| store.keeps() == Keeps::Data)
        .is_some_and(|store| {
            let data = store.data_of_any_version().unwrap_or_default();
            data.contains(&path)
        })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn paths_alone_are_marked() {
        compose(
            "anonymous-volume",
            r#"
services:
  a:
    image: "postgres:17"
    volumes:
      - "/cache/"
#        ^^^^^^^ info: the volume at `/cache` has no name
      - /var/lib/postgresql/data
#       ^^^^^^^^^^^^^^^^^^^^^^^^ warning: the volume at `/var/lib/postgresql/data`
      - {type: volume, target: '/b'}
#                              ^^^^ info: the volume at `/b`
      - .:/app
      - /app/node_modules
      - /code/node_modules
      - /application
#       ^^^^^^^^^^^^ the volume at `/application`
      - $DIR
      - {type: tmpfs, target: /t}
      - v:/v
"#,
        );
    }
}
