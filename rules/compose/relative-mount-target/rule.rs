//! Flags mounts whose path in the container is relative, or the root.

use crate::compose::File;
use crate::compose::mount::{MountType, clean};
use crate::compose::value::Text;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for owned in file.documents().flat_map(File::containers) {
        for mount in &owned.container.volumes {
            let is_path =
                mount.kind() != Some(MountType::Npipe) && mount.mistaken_drive().is_none();
            if let Some(path) = mount.target.as_ref().filter(|_| is_path) {
                target(path, cx);
            }
        }
        for mount in &owned.container.tmpfs {
            target(&mount.target, cx);
        }
    }
}

fn target(path: &Text, cx: &mut Context<'_, File>) {
    let Some(text) = path.value.known().filter(|text| !text.is_empty()) else {
        return;
    };
    match clean(text) {
        Some(clean) if clean == "/" => {
            cx.report(
                path.at,
                "nothing can be mounted at the root of the container",
            )
            .help("mount it at a folder");
        }
        Some(_) => {}
        None if is_windows(text) => {}
        None => {
            let message = format!(
                "`{}` does not begin at the root of the container",
                excerpt(text)
            );
            let finding = cx.report(path.at, message);
            finding.help("write the whole path, from `/` on");
            if path.value.literal().is_some() && !text.starts_with(['.', '~', '/']) {
                let edit = Edit::insert(path.value.span_of(0..0).start, "/");
                let title = "write `/` in front; another folder may be meant";
                finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
            }
        }
    }
}

/// Whether a path is one of Windows: `C:…`, `\\…`.
fn is_windows(path: &str) -> bool {
    let has_drive =
        path.starts_with(|c: char| c.is_ascii_alphabetic()) && path[1..].starts_with(':');
    has_drive || path.starts_with('\\')
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn every_kind_of_mount_counts() {
        compose(
            "relative-mount-target",
            r#"
services:
  a:
    image: x
    volumes:
      - "./a:data/x:ro"
#            ^^^^^^ error: `data/x` does not begin at the root
      - cache
#       ^^^^^ `cache` does not begin at the root
      - {type: bind, source: /a, target: ./b}
#                                        ^^^ `./b` does not begin
      - vv:/x/..
#          ^^^^^ nothing can be mounted at the root
      - ${D:-data}
#            ^^^^ `data` does not begin
      - $D/x
      - ./a:$D
      - c:\\data
      - {type: npipe, source: '\\.\pipe\x', target: '\\.\pipe\x'}
    tmpfs: [run, "/tmp:size=1m", "tmp:size=1m"]
#           ^^^ `run` does not begin
#                                 ^^^ `tmp` does not begin
    configs: [{source: c, target: etc/c}]
configs: {c: {content: c}}
volumes: {vv: }
"#,
        );
    }

    #[test]
    fn the_slash_goes_inside_the_quotes() {
        let text = "services: {a: {image: x, volumes: [\"./a:b\", {type: volume, target: 'c'}]}}\n";
        assert_eq!(
            fixed_compose("relative-mount-target", Applicability::Unsafe, text),
            "services: {a: {image: x, volumes: [\"./a:/b\", {type: volume, target: '/c'}]}}\n"
        );
    }
}
