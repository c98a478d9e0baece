//! Flags kernel parameters that no container can set, or not in a namespace that it shares with the host.

use crate::compose::container::Container;
use crate::compose::link::Namespace;
use crate::compose::project::Project;
use crate::compose::value::Setting;
use crate::engine::{Context, Hooks};
use crate::text::Location;

/// Parameters of the IPC namespace, beside `fs.mqueue.`
/// (`libcontainer/configs/validate/validator.go` of opencontainers/runc).
const IPC: [&str; 8] = [
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
    "kernel.sem",
    "kernel.shm_rmid_forced",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let containers = project.merged.containers().map(|owned| owned.container);
    for container in containers.filter(|container| container.runtime.is_none()) {
        for pair in &container.sysctls {
            let Some(written) = pair.name.value.known().filter(|name| !name.is_empty()) else {
                continue;
            };
            let Some(fault) = fault(&with_dots(written), container) else {
                continue;
            };
            let (what, help, key) = match fault {
                Fault::OfHost => (
                    "belongs to the whole host",
                    "set it on the host, in `/etc/sysctl.d`",
                    None,
                ),
                Fault::OfKey => ("is set by a key of its own", "set `hostname` instead", None),
                Fault::Shared(key) => (
                    "cannot be set in a namespace of the host",
                    "set it on the host, or give the container a namespace of its own",
                    Some(key),
                ),
            };
            let at = Location {
                file: pair.name.at.file,
                span: pair.name.value.span_of(0..written.len()),
            };
            let finding = cx.report(
                at,
                format!("`{written}` {what}, so that the container does not start"),
            );
            finding.help(help);
            if let Some(key) = key {
                finding.label(key, "the namespace is that of the host");
            }
        }
    }
}

/// Why a parameter cannot be set.
enum Fault {
    /// It exists once for the host.
    OfHost,
    /// There is a key for it.
    OfKey,
    /// The container shares it with the host, by this value.
    Shared(Location),
}

fn fault(name: &str, container: &Container) -> Option<Fault> {
    let shared = |namespace: &Setting<Namespace>| {
        let host = namespace
            .as_ref()
            .filter(|namespace| namespace.value.text.is("host"))?;
        Some(Fault::Shared(host.at))
    };
    if IPC.contains(&name) || name.starts_with("fs.mqueue.") {
        shared(&container.ipc)
    } else if name.starts_with("net.") {
        shared(&container.network_mode)
    } else if name == "kernel.domainname" {
        shared(&container.uts)
    } else if name == "kernel.hostname" {
        Some(Fault::OfKey)
    } else {
        Some(Fault::OfHost)
    }
}

/// The name with dots between its parts: where a slash comes first, the slashes separate.
fn with_dots(name: &str) -> String {
    match name.find(['.', '/']) {
        Some(at) if name[at..].starts_with('/') => name
            .chars()
            .map(|c| match c {
                '.' => '/',
                '/' => '.',
                c => c,
            })
            .collect(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn parameters_are_looked_up_with_the_namespaces() {
        compose(
            "host-affecting-sysctl",
            r#"
services:
  a:
    image: x
    ipc: host
    uts: host
    sysctls:
      "vm/swappiness": 1
#     ^^^^^^^^^^^^^^^ error: `vm/swappiness` belongs to the whole host
      net/ipv4/conf/eth0.1/rp_filter: 1
      kernel.sem: 1
#     ^^^^^^^^^^ `kernel.sem` cannot be set in a namespace of the host
      kernel.domainname: b
#     ^^^^^^^^^^^^^^^^^ `kernel.domainname` cannot
  b: {image: x, network_mode: "${B}", sysctls: ["net.core.somaxconn=1", "${C}", "${D:-fs.file-max}=1", "user.max=${E}"]}
#                                                                                     ^^^^^^^^^^^ `fs.file-max` belongs
#                                                                                                       ^^^^^^^^ `user.max` belongs
"#,
        );
    }
}
