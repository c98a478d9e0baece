//! Flags containers that run an SSH server: by the port, the program or the image.

use crate::compose::File;
use crate::compose::command::Command;
use crate::compose::container::Container;
use crate::compose::value::{Setting, Text};
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::text::Location;

/// The port of SSH.
const SSH: u16 = 22;

/// Images (last part of the name) that are SSH servers and nothing else.
const SERVERS: [&str; 4] = ["docker-sshd", "openssh-server", "sshd", "ubuntu-sshd"];

/// Images (last part of the name) that offer something through SSH: git forges and SFTP servers.
const OFFERING: [&str; 11] = [
    "forgejo",
    "gerrit",
    "gitea",
    "gitlab",
    "gitlab-ce",
    "gitlab-ee",
    "gogs",
    "onedev",
    "sftp",
    "sftpgo",
    "soft-serve",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let documents = file.documents();
    let containers = documents.flat_map(|document| document.containers());
    for container in containers.map(|owned| owned.container) {
        let name = container.image_name().unwrap_or_default();
        let Some((at, message)) = sign(container, name) else {
            continue;
        };
        let finding = cx.report(at, message);
        finding.help("remove it, and use `docker compose exec` to look inside");
        if OFFERING.contains(&name) {
            finding.help("keep it only if it is used, and only with keys");
            finding.severity(Severity::Info);
        }
    }
}

/// What tells that a container runs an SSH server: the surest sign only.
fn sign(container: &Container, image: &str) -> Option<(Location, &'static str)> {
    let program = server(&container.entrypoint).or_else(|| server(&container.command));
    if let Some(program) = program {
        return Some((program.at, "the container starts an SSH server"));
    }
    if let Some(field) = container
        .image
        .as_ref()
        .filter(|_| SERVERS.contains(&image))
    {
        return Some((field.at, "the image is an SSH server"));
    }
    let published = container.ports.iter().find_map(|port| {
        let target = port.target.as_ref()?;
        (target.value.value == Some(SSH..=SSH)).then_some(target.at)
    });
    if let Some(at) = published {
        return Some((at, "the container publishes the port of an SSH server"));
    }
    let exposed = container.expose.iter().find_map(|port| {
        let ports = port.ports.value.value.clone();
        (ports == Some(SSH..=SSH)).then_some(port.ports.at)
    });
    exposed.map(|at| (at, "the container has the port of an SSH server"))
}

/// The SSH server among the words of a command: its program, or that of a script of a shell.
fn server(command: &Setting<Command>) -> Option<&Text> {
    let first = command.as_ref()?.value.words().first()?;
    let is_server = first
        .value
        .known()
        .is_some_and(|word| word.rsplit('/').next() == Some("sshd"));
    is_server.then_some(first)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn one_sign_is_enough() {
        compose(
            "sshd-in-container",
            r#"
services:
  a: {image: x, entrypoint: ["/usr/sbin/sshd", "-D"], ports: ["2222:22"]}
#                            ^^^^^^^^^^^^^^^^ warning: the container starts
  b: {image: x, ports: ["80", {target: 22}], expose: ["22"]}
#                                      ^^ warning: the container publishes
  c: {image: x, expose: ["22/tcp"]}
#                         ^^ the container has the port
  d: {image: linuxserver/openssh-server:9, expose: ["22"]}
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the image is an SSH server
  e: {image: atmoz/sftp, ports: ["22:22"]}
#                                    ^^ info: the container publishes
  f: {image: x, ports: ["22:80", "20-30:20-30"], command: ssh-keygen, expose: ["2222"]}
"#,
        );
    }
}
