//! Flags containers that get the socket of a container runtime, or a folder in which it lies.

use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::host_path::HostPath;
use crate::compose::value::Knowledge;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::knowledge::host_paths::RUNTIME_SOCKETS;

/// The socket through which systemd takes orders.
const SYSTEMD: &str = "systemd/private";

/// Folders below `/run` in which such a socket lies. `/var/run` leads to `/run`, but `/var` does not.
const FOLDERS: [&str; 5] = ["", "containerd", "crio", "podman", "systemd"];

/// The pipe through which Docker takes orders on Windows.
const PIPE: &str = r"\\.\pipe\docker_engine";

/// Images that are made to stand between the socket and others.
const PROXIES: [&str; 3] = [
    "tecnativa/docker-socket-proxy",
    "linuxserver/socket-proxy",
    "wollomatic/socket-proxy",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            let container = owned.container;
            for path in document.host_paths(container) {
                if let Some(message) = message(&path) {
                    report(document, container, &path, message, cx);
                }
            }
        }
    }
}

/// What a path of the host gives away, if it does.
fn message(path: &HostPath<'_>) -> Option<String> {
    let written = path.path.known()?;
    if written.replace('/', r"\").eq_ignore_ascii_case(PIPE) {
        return Some(format!(
            "`{written}` gives the container control of the host"
        ));
    }
    let absolute = path.absolute()?;
    let name = absolute.rsplit('/').next().unwrap_or_default();
    let below_run = ["/run", "/var/run"]
        .iter()
        .find_map(|run| absolute.strip_prefix(run));
    let below_run = below_run.filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let below_run = below_run.map(|rest| rest.trim_start_matches('/'));
    if RUNTIME_SOCKETS.contains(&name) || below_run == Some(SYSTEMD) {
        Some(format!(
            "`{written}` gives the container control of the host"
        ))
    } else if below_run.is_some_and(|rest| FOLDERS.contains(&rest)) {
        let socket = match below_run {
            Some("containerd") => "containerd",
            Some("crio") => "CRI-O",
            Some("podman") => "Podman",
            Some("systemd") => "systemd",
            _ => "the container runtime",
        };
        Some(format!("`{written}` holds the socket of {socket}"))
    } else {
        None
    }
}

fn report(
    file: &File,
    container: &Container,
    path: &HostPath<'_>,
    message: String,
    cx: &mut Context<'_, File>,
) {
    let finding = cx.report(path.via.unwrap_or(path.at), message);
    if path.via.is_some() {
        finding.label(path.at, "this is the path of the host");
        finding.also_suppress_at(path.at.span);
    }
    if is_closed_proxy(file, container) {
        finding.severity(Severity::Info);
        finding.help("let it pass on only the requests that are needed");
        return;
    }
    finding.help("put a socket proxy in between that passes on only the requests that are needed");
    if path.path.knowledge() == Knowledge::Default {
        finding.severity(Severity::Warning);
    }
}

/// Whether the container is a socket proxy that only other containers can reach.
fn is_closed_proxy(file: &File, container: &Container) -> bool {
    // The tag may be unknown while the name is not.
    let Some(reference) = container.reference() else {
        return false;
    };
    let is_proxy = reference
        .path
        .known()
        .is_some_and(|path| PROXIES.contains(&path));
    let is_internal = |name: &str| {
        let network = file.networks.get(name);
        network.is_some_and(|network| crate::compose::value::is_true(&network.internal))
    };
    let networks = &container.networks;
    is_proxy
        && container.ports.is_empty()
        && !networks.is_empty()
        && container.network_mode.is_none()
        && networks
            .iter()
            .all(|joined| joined.network.value.known().is_some_and(is_internal))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_the_path_of_the_host_counts() {
        compose(
            "container-runtime-socket-mount",
            r#"
services:
  a:
    image: x
    volumes:
      - /var/run/docker.sock:/tmp/d:ro
#       ^^^^^^^^^^^^^^^^^^^^ `/var/run/docker.sock` gives
      - "//run/./x/../containerd/containerd.sock:/c"
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `//run/./x/../containerd/containerd.sock` gives
      - ~/.docker/run/docker.sock:/d
#       ^^^^^^^^^^^^^^^^^^^^^^^^^ `~/.docker/run/docker.sock` gives
      - /run/user/1000/podman/podman.sock:/p
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `/run/user/1000/podman/podman.sock` gives
      - ${SOCK:-/var/run/docker.sock}:/e
#               ^^^^^^^^^^^^^^^^^^^^ `/var/run/docker.sock` gives
      - {type: bind, source: /run/systemd/private, target: /s}
#                            ^^^^^^^^^^^^^^^^^^^^ `/run/systemd/private` gives
      - {type: npipe, source: '\\.\pipe\docker_engine', target: '\\.\pipe\docker_engine'}
#                             ^^^^^^^^^^^^^^^^^^^^^^^^ `\\.\pipe\docker_engine` gives
      - ./docker.sock:/var/run/docker.sock
      - ${SOCK}:/var/run/docker.sock
      - /run/docker.socket:/f
      - docker.sock:/run/docker.sock
volumes:
  docker.sock:
"#,
        );
    }

    #[test]
    fn folders_with_a_socket_count_and_those_without_do_not() {
        compose(
            "container-runtime-socket-mount",
            r#"
services:
  a:
    image: x
    volumes:
      - /run:/a
#       ^^^^ `/run` holds the socket of the container runtime
      - /var/run/:/b
#       ^^^^^^^^^ `/var/run/` holds the socket of the container runtime
      - /run/containerd:/c:ro
#       ^^^^^^^^^^^^^^^ `/run/containerd` holds the socket of containerd
      - /var/run/systemd:/d
#       ^^^^^^^^^^^^^^^^ `/var/run/systemd` holds the socket of systemd
      - /run/user/1000:/e
      - /run/systemd/journal:/f
      - /runner:/g
      - /var:/h
"#,
        );
    }

    #[test]
    fn roundabout_ways_are_followed() {
        compose(
            "container-runtime-socket-mount",
            r#"
services:
  a:
    image: x
    volumes: ["bound:/x", "other:/y"]
#              ^^^^^ `/var/run/docker.sock` gives
    secrets: [socket]
#             ^^^^^^ `/run/crio/crio.sock` gives
    configs: [{source: conf, target: /c}]
#                      ^^^^ `/run/podman` holds the socket of Podman
jobs:
  b:
    image: x
    triggers: {manual: true}
    volumes: ["bound:/x"]
#              ^^^^^ `/var/run/docker.sock` gives
volumes:
  bound: {driver_opts: {type: none, o: "rw,bind", device: /var/run/docker.sock}}
  other: {driver: nfs, driver_opts: {o: bind, device: /var/run/docker.sock}}
secrets:
  socket: {file: /run/crio/crio.sock}
configs:
  conf: {file: /run/podman}
"#,
        );
    }
}
