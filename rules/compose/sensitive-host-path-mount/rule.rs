//! Flags mounts of places on the host that tell or hold too much.

use super::writable_cgroups::writable_groups;
use crate::compose::File;
use crate::compose::host_path::HostPath;
use crate::compose::value::{Knowledge, is_true};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::host_paths::{self, Area};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            for path in document.host_paths(owned.container) {
                // Of a container without privileges another rule says more.
                let may_change_groups = path.mount.and_then(writable_groups).is_some();
                if may_change_groups && !is_true(&owned.container.privileged) {
                    continue;
                }
                let area = path.absolute().and_then(|path| host_paths::area(&path));
                if let Some(area) = area {
                    report(&path, area, cx);
                }
            }
        }
    }
}

fn report(path: &HostPath<'_>, area: Area, cx: &mut Context<'_, File>) {
    let is_writable = path.read_only == Some(false);
    let help = match area {
        // Other rules speak of these.
        Area::Root | Area::Programs => return,
        Area::System if is_writable => return,
        Area::Public if !is_writable => return,
        Area::Public => "end the mount with `:ro`",
        Area::Devices => match path.absolute().as_deref() {
            Some("/dev/shm") => "set `shm_size`, or share the memory of a service with `ipc`",
            Some("/dev/hugepages") => "use a volume with the driver options of a hugetlbfs",
            _ => "list what is needed under `devices`",
        },
        Area::Credentials => "give the program its own credentials, as `secrets`",
        Area::System | Area::Kernel | Area::State | Area::Home => {
            "mount only the part that the program needs, read-only"
        }
    };
    let text = cx.text();
    let written = excerpt(path.path.text());
    let message = match (area, is_writable) {
        (Area::Credentials, _) => format!("`{written}` of the host holds credentials"),
        (Area::Devices, _) => format!("`{written}` of the host leads to devices"),
        (_, true) => format!("the container can change `{written}` of the host"),
        (_, false) => format!("the container can read `{written}` of the host"),
    };
    let finding = cx.report(path.via.unwrap_or(path.at), message);
    finding.help(help);
    if path.via.is_some() {
        finding.label(path.at, "this is the path of the host");
        finding.also_suppress_at(path.at.span);
    }
    if path.path.knowledge() == Knowledge::Default || area == Area::Public {
        finding.severity(Severity::Info);
    }
    if area == Area::Public
        && let Some(edit) = path.mount.and_then(|mount| mount.read_only_edit(text))
    {
        let title = "mount it read-only; the program can then no longer write to it";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn places_count_and_what_lies_beside_them_does_not() {
        compose(
            "sensitive-host-path-mount",
            r#"
services:
  a:
    image: x
    volumes:
      - "/etc/shadow:/s:ro"
#        ^^^^^^^^^^^ warning: the container can read `/etc/shadow`
      - /dev:/dev
#       ^^^^ `/dev` of the host leads to devices
      - /dev/shm:/dev/shm
#       ^^^^^^^^ `/dev/shm` of the host leads to devices
      - /var/run/dbus:/run/dbus
#       ^^^^^^^^^^^^^ the container can change `/var/run/dbus`
      - /home/me:/me:ro
#       ^^^^^^^^ the container can read `/home/me`
      - ${AWS:-~/.aws}:/aws
#              ^^^^^^ info: `~/.aws` of the host holds credentials
      - /dev/null:/n
      - /etc/hosts:/h:ro
      - /etc:/e
      - /usr/bin:/u:ro
      - /home/me/data:/d
      - ~/.docker/run/docker.sock:/var/run/docker.sock
      - /varnish:/v
      - /sys/fs/cgroup:/sys/fs/cgroup
    secrets: [key]
#             ^^^ `~/.ssh/id_rsa` of the host holds credentials
secrets:
  key: {file: ~/.ssh/id_rsa}
"#,
        );
    }
}
