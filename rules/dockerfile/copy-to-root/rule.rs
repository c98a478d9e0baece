//! Flags copies of the build context, or of parts of it, into the root folder of an image.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Instruction;
use crate::dockerfile::source::{self, ContextSource};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.instruction(check);
}

fn check(instruction: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    let file = cx.model;
    let sources = file.sources_of(instruction.index);
    let (Some(first), Some(paths)) = (sources.first(), source::paths(instruction.node)) else {
        return;
    };
    let Some(destination) = paths.destination() else {
        return;
    };
    let is_plain = destination.literal().is_some_and(|path| *path == *"/");
    let stage = file.stage_of(instruction.index);
    let is_image =
        stage.is_some_and(|stage| stage.is_output && !file.root_of(stage).is_from_scratch());
    if !is_plain || !is_image || !sources.iter().all(|source| source.is_sure) {
        return;
    }
    let spreads = |source: &ContextSource| {
        let word = &paths.words[source.word];
        source.is_everything() || word.value().ends_with('/') || is_folder(file, source)
    };
    let what = if sources.iter().any(ContextSource::is_everything) {
        "the whole context"
    } else if sources.iter().all(is_overlay) {
        return;
    } else if sources.len() > 1 {
        "several files"
    } else if spreads(first) {
        "a folder"
    } else {
        return;
    };
    cx.report(
        destination.span,
        format!("{what} is mixed with the system's folders in `/`")
            .replace("files is", "files are"),
    )
    .help("copy into a directory of its own, such as `/app/`");
}

/// Whether the context is known and has a folder of that name.
fn is_folder(file: &Dockerfile, source: &ContextSource) -> bool {
    let context = file.context();
    context.and_then(|context| context.entry(&source.path)) == Some(true)
}

/// Whether a folder is meant to be laid over the system: by its own name, or by one of those around it.
fn is_overlay(source: &ContextSource) -> bool {
    const OVERLAYS: &[&str] = &[
        "root",
        "rootfs",
        "overlay",
        "filesystem",
        "fs",
        "image",
        "files",
    ];
    // The folders of a system (Filesystem Hierarchy Standard).
    const SYSTEM: &[&str] = &[
        "bin", "boot", "etc", "home", "lib", "lib64", "media", "mnt", "opt", "root", "sbin", "srv",
        "tmp", "usr", "var",
    ];
    let mut parts = source.path.split('/');
    SYSTEM.contains(&source.name())
        || parts.any(|part| {
            OVERLAYS.contains(&part)
                || part.contains("rootfs")
                || part.contains("root_fs")
                || part.contains("root-fs")
        })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{dockerfile, dockerfile_among};

    #[test]
    fn the_destination_is_marked() {
        dockerfile(
            "copy-to-root",
            r#"
FROM a AS b
COPY --chown=1 . \
  /
# ^ info: the whole context is mixed with the system's folders in `/`
ADD ["a", "b", "/"]
#              ^^^ info: several files are mixed
COPY a/ "/"
#       ^^^ info: a folder is mixed
COPY --from=c . /
COPY a /
COPY a b /c/
COPY docker/rootfs/a docker/my-rootfs/ /
ONBUILD COPY . /
COPY $Y /
"#,
        );
    }

    #[test]
    fn a_folder_of_the_context_is_known() {
        dockerfile_among(
            "copy-to-root",
            &[("web/index.html", ""), ("run.sh", "")],
            "FROM a\nCOPY web /\n#        ^ a folder\nCOPY run.sh /\n",
        );
    }
}
