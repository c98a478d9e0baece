//! Flags `VOLUME` of the socket of a container runtime.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Volume;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.volume(check);
}

/// Sockets that take orders for containers, wherever they lie.
const SOCKETS: [&str; 4] = ["docker.sock", "containerd.sock", "crio.sock", "podman.sock"];

fn check(volume: &Placed<'_, Volume>, cx: &mut Context<'_, Dockerfile>) {
    for word in &volume.paths.words {
        let value = cx.model.value_at(volume.index, word);
        let Some(path) = value.text() else { continue };
        let path = path.trim_end_matches('/');
        if SOCKETS.contains(&path.rsplit('/').next().unwrap_or_default()) {
            let message = format!("`{}` is the way to take over the host", excerpt(path));
            cx.report(word.span, message)
                .help("take it out; let those who start the container decide about the socket");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_path_is_marked() {
        dockerfile(
            "docker-socket-volume",
            r#"
FROM a
ENV RUN_DIR=/run
VOLUME /data \
  $RUN_DIR/docker.sock $OTHER/docker.sock.d
# ^^^^^^^^^^^^^^^^^^^^ error: `/run/docker.sock` is the way to take over the host
VOLUME ["/a", "/run/user/1000/podman/podman.sock"]
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `/run/user/1000/podman/podman.sock`
"#,
        );
    }
}
