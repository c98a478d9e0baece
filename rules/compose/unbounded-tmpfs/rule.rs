//! Flags memory mounts without a size.

use crate::compose::File;
use crate::compose::mount::{MountType, TmpfsMount};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::Edit;

const HELP: &str = "give it a size, such as `size=64m`";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for owned in file.documents().flat_map(File::containers) {
        owned
            .container
            .tmpfs
            .iter()
            .for_each(|mount| short(mount, cx));
        for mount in &owned.container.volumes {
            let is_bounded = mount
                .tmpfs
                .size
                .as_ref()
                .is_some_and(|size| !size.value.is(&0));
            if mount.kind() == Some(MountType::Tmpfs) && !is_bounded {
                let at = mount.target.as_ref().map_or(mount.at, |target| target.at);
                cx.report(at, "this memory mount may take half of the host's memory")
                    .help(HELP);
            }
        }
    }
}

fn short(mount: &TmpfsMount, cx: &mut Context<'_, File>) {
    let is_bounded = mount.options.iter().any(|option| {
        // An unknown option may be the size.
        option
            .value
            .known()
            .is_none_or(|option| option.starts_with("size=") || option.starts_with("nr_blocks="))
    });
    if is_bounded || mount.target.value.known().is_none() {
        return;
    }
    let is_literal = mount.target.value.literal().is_some();
    let (end, text) = match mount.options.last() {
        Some(option) => (option.at.span.end, ",size=64m"),
        None => (mount.target.at.span.end, ":size=64m"),
    };
    let finding = cx.report(
        mount.target.at,
        "this memory mount may take half of the host's memory",
    );
    finding.help(HELP);
    if is_literal {
        let title = "allow 64 MB; a program that writes more fails";
        let edits = vec![Edit::insert(end, text.to_owned())];
        finding.fix(Fix::new(title, Applicability::Unsafe, edits));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_path_is_marked() {
        compose(
            "unbounded-tmpfs",
            r#"
services:
  a: {image: a, tmpfs: "/tmp:mode=755"}
#                       ^^^^ this memory mount
  b: {image: b, tmpfs: ["/tmp:${OPTIONS}", "${DIR}"]}
  c: {image: c, volumes: [{type: tmpfs, target: /a, tmpfs: {mode: 0755}}]}
#                                               ^^ this memory mount
"#,
        );
    }
}
