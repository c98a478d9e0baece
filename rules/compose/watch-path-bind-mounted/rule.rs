//! Flags watch rules about paths that are mounted anyhow.
//!
//! docker/compose, `pkg/compose/watch.go` (`checkIfPathAlreadyBindMounted`): only for `sync` and `sync+restart`.

use crate::compose::build::without_dots;
use crate::compose::mount::{Mount, MountType};
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Field, Scalar, Text};
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    if service.watch.is_empty() {
        return;
    }
    let bound: Vec<Bound<'_>> = service.container.volumes.iter().filter_map(bound).collect();
    for watch in &service.watch {
        let action = watch.action.as_ref();
        let syncs =
            action.is_some_and(|action| action.value.is("sync") || action.value.is("sync+restart"));
        let Some(path) = watch.path.as_ref().filter(|_| syncs) else {
            continue;
        };
        let Some(place) = place(&path.value) else {
            continue;
        };
        let mounted = bound.iter().find(|bound| {
            // Paths of another file may count from another folder.
            bound.source.at.file == path.at.file && is_inside(&place, &bound.place)
        });
        if let Some(mounted) = mounted {
            report(path, mounted, cx);
        }
    }
}

/// A mount of a path of the host.
struct Bound<'s> {
    source: &'s Text,
    place: String,
}

fn bound(mount: &Mount) -> Option<Bound<'_>> {
    let source = mount.source.as_ref()?;
    (mount.kind()? == MountType::Bind).then_some(())?;
    Some(Bound {
        source,
        place: place(&source.value)?,
    })
}

/// A path without detours. Home directories and paths of Windows are left out.
fn place(path: &Scalar) -> Option<String> {
    let path = path.known()?;
    let is_elsewhere = path.starts_with('~') || path.contains(['\\', ':']);
    (!path.is_empty() && !is_elsewhere).then(|| without_dots(path))
}

/// Whether a path without detours is another one or lies in it.
fn is_inside(path: &str, folder: &str) -> bool {
    if path.starts_with('/') != folder.starts_with('/') || folder.starts_with("..") {
        return path == folder;
    }
    match folder {
        "" => !path.starts_with(".."),
        "/" => true,
        _ => path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
    }
}

fn report(path: &Field<Scalar>, mounted: &Bound<'_>, cx: &mut Context<'_, Project>) {
    let message = "the path is mounted already, so that nobody watches it";
    cx.report(path.text_at(), message)
        .label(mounted.source.text_at(), "mounted here")
        .help("remove the mount or the rule, or use the action `restart`");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::testing::compose;

    #[test]
    fn folders_hold_what_is_below_them() {
        for (path, folder, wanted) in [
            ("a", "", true),
            ("../a", "", false),
            ("a/b", "a", true),
            ("ab", "a", false),
            ("/a", "/", true),
            ("a", "/", false),
            ("../a", "../a", true),
        ] {
            assert_eq!(is_inside(path, folder), wanted, "{path} in {folder}");
        }
    }

    #[test]
    fn only_mounts_of_the_same_service_count() {
        compose(
            "watch-path-bind-mounted",
            r#"
x-watch: &watch
  watch:
    - {path: "./src/", action: sync, target: /a}
#             ^^^^^^ the path is mounted already
    - {path: ./lib, action: sync+restart, target: /a}
    - {path: src, action: restart}
    - {path: src, action: sync+exec, target: /a, exec: {command: b}}
services:
  a: {build: ., volumes: ["./lib/../src:/a"], develop: *watch}
  b: {build: ., volumes: ["src:/a", "/src:/b", "./src2:/c", "${S}:/d"], develop: *watch}
volumes: {src: {}}
"#,
        );
    }
}
