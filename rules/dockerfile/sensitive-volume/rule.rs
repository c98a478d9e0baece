//! Flags `VOLUME` over folders of the system.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Volume;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.volume(check);
}

/// Folders without which a system does not run, or that stand for the kernel.
const FOLDERS: [&str; 8] = ["", "boot", "dev", "etc", "lib", "proc", "sys", "usr"];

fn check(volume: &Placed<'_, Volume>, cx: &mut Context<'_, Dockerfile>) {
    for word in &volume.paths.words {
        let value = cx.model.value_at(volume.index, word);
        let Some(path) = value.text().filter(|path| path.starts_with('/')) else {
            continue;
        };
        let mut parts = path
            .split('/')
            .filter(|part| !part.is_empty() && *part != ".");
        let folder = parts.next().unwrap_or_default();
        if parts.next().is_none() && FOLDERS.contains(&folder) {
            let message = format!("`/{folder}` belongs to the system, and a volume lies over it");
            cx.report(word.span, message)
                .help("name the folder that holds the data");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_path_is_marked() {
        dockerfile(
            "sensitive-volume",
            r#"
FROM a
VOLUME /data / //etc/. \
#              ^^^^^^^ `/etc` belongs to the system
#            ^ warning: `/` belongs to the system
  /proc/sys /etcetera usr "/usr"
#                         ^^^^^^ `/usr`
ONBUILD VOLUME ["/sys"]
#               ^^^^^^ `/sys`
"#,
        );
    }
}
