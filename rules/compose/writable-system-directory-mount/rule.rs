//! Flags mounts through which a container can change the system of the host.

use crate::compose::File;
use crate::compose::host_path::HostPath;
use crate::compose::value::Knowledge;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::host_paths::{self, Area};

/// What a system keeps in `/etc` by itself, or runs by what stands there. Applications have folders of their own beside
/// it, which may have been made for the container.
const OF_THE_SYSTEM: [&str; 34] = [
    "alternatives",
    "apt",
    "containerd",
    "cron",
    "crontab",
    "default",
    "dnsmasq",
    "docker",
    "environment",
    "fstab",
    "gshadow",
    "init",
    "kubernetes",
    "ld.so",
    "letsencrypt",
    "modprobe",
    "modules",
    "netplan",
    "network",
    "pam.d",
    "pki",
    "profile",
    "rc",
    "security",
    "selinux",
    "shadow",
    "shells",
    "ssh",
    "ssl",
    "sudoers",
    "sysctl",
    "systemd",
    "udev",
    "yum",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            for path in document.host_paths(owned.container) {
                let area = path.absolute().and_then(|path| host_paths::area(&path));
                if let Some(area) = area {
                    report(&path, area, cx);
                }
            }
        }
    }
}

fn report(path: &HostPath<'_>, area: Area, cx: &mut Context<'_, File>) {
    if !matches!(area, Area::System | Area::Programs) || path.read_only != Some(false) {
        return;
    }
    let text = cx.text();
    let written = excerpt(path.path.text());
    let message = format!("the container can change `{written}` of the host");
    let finding = cx.report(path.via.unwrap_or(path.at), message);
    finding.help("mount it read-only, or only the part that the program needs");
    if path.via.is_some() {
        finding.label(path.at, "this is the path of the host");
        finding.also_suppress_at(path.at.span);
    }
    if path.path.knowledge() == Knowledge::Default || is_of_an_application(path) {
        finding.severity(Severity::Warning);
    }
    if let Some(edit) = path.mount.and_then(|mount| mount.read_only_edit(text)) {
        let title = "mount it read-only; the program can then no longer write to it";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// Whether a path is one in `/etc` that no system has by itself.
fn is_of_an_application(path: &HostPath<'_>) -> bool {
    let absolute = path.absolute();
    let inside = absolute
        .as_deref()
        .and_then(|path| path.strip_prefix("/etc/"));
    inside.is_some_and(|name| !OF_THE_SYSTEM.iter().any(|known| name.starts_with(known)))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn whole_names_of_folders_count() {
        compose(
            "writable-system-directory-mount",
            r#"
services:
  a:
    image: x
    volumes:
      - "/etc/nginx:/etc/nginx:z"
#        ^^^^^^^^^^ warning: the container can change `/etc/nginx` of the host
      - /etc/cron.d:/cron
#       ^^^^^^^^^^^ error: the container can change `/etc/cron.d`
      - /usr/local/../bin/:/b
#       ^^^^^^^^^^^^^^^^^^ the container can change `/usr/local/../bin/`
      - {type: bind, source: /proc, target: /p, read_only: false}
#                            ^^^^^ the container can change `/proc`
      - ${ETC:-/etc}:/c
#              ^^^^ warning: the container can change `/etc`
      - bound:/d
#       ^^^^^ the container can change `/root`
      - /etc:/e:ro
      - /etc:/f:$MODE
      - /etcetera:/g
      - /usr/share:/h
      - /:/i
volumes:
  bound: {driver_opts: {o: bind, device: /root}}
"#,
        );
    }

    #[test]
    fn mounts_become_read_only_in_every_form() {
        let fixed = |text| {
            fixed_compose(
                "writable-system-directory-mount",
                Applicability::Unsafe,
                text,
            )
        };
        assert_eq!(
            fixed(
                "services: {a: {image: x, volumes: ['/etc:/a', \"/boot:/b:z\", '/root:/c:rw,z', {type: bind, source: /proc, target: /d}]}}\n"
            ),
            "services: {a: {image: x, volumes: ['/etc:/a:ro', \"/boot:/b:z,ro\", '/root:/c:ro,z', {type: bind, source: /proc, read_only: true, target: /d}]}}\n"
        );
    }
}
