//! Places on the disk of a Linux host that mean something: what a container that gets them gets with them.
//!
//! From the Filesystem Hierarchy Standard 3.0 (<https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html>), the
//! manual pages `proc(5)`, `sysfs(5)` and `systemd` `file-hierarchy(7)`, and Docker's description of its data
//! directory (<https://docs.docker.com/engine/daemon/#daemon-data-directory>), 2026-11-23.
//!
//! Not for: sockets of container runtimes, beyond their names, and what a rule makes of a place.

/// Sockets that take orders for containers, wherever they lie. Docker Desktop, rootless Docker and others have
/// them below a home directory.
pub const RUNTIME_SOCKETS: [&str; 4] =
    ["docker.sock", "containerd.sock", "crio.sock", "podman.sock"];

/// What a place on the host's disk is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Area {
    /// The root, and so everything.
    Root,
    /// Files that the system runs on, which not everybody may read, or which tell much about it. Who changes them
    /// controls the host.
    System,
    /// Programs and libraries, which everybody may read. Who changes them controls the host.
    Programs,
    /// A file of `/etc` that everybody may read and that containers often get, such as `/etc/localtime`.
    Public,
    /// The kernel's settings in `/sys`.
    Kernel,
    /// Devices.
    Devices,
    /// State of services below `/run`: the system bus, secrets, what users run.
    State,
    /// A whole home directory, or all of them.
    Home,
    /// A directory of a home that holds keys and passwords.
    Credentials,
}

/// Directories of [`Area::System`], with everything below them.
const SYSTEM: [&str; 6] = [
    "/boot",
    "/etc",
    "/proc",
    "/root",
    "/var/lib/containerd",
    "/var/lib/docker",
];

/// Directories of [`Area::Programs`], with everything below them.
const PROGRAMS: [&str; 8] = [
    "/bin",
    "/lib/modules",
    "/sbin",
    "/usr/bin",
    "/usr/lib/modules",
    "/usr/local/bin",
    "/usr/local/sbin",
    "/usr/sbin",
];

/// Directories of [`Area::Programs`] below which applications have their own.
const ONLY_THEMSELVES: [&str; 4] = ["/lib", "/lib64", "/usr", "/usr/lib"];

/// What everybody may read below `/etc`.
const PUBLIC: [&str; 18] = [
    "/etc/alternatives",
    "/etc/ca-certificates",
    "/etc/fonts",
    "/etc/group",
    "/etc/hostname",
    "/etc/hosts",
    "/etc/localtime",
    "/etc/locale.conf",
    "/etc/machine-id",
    "/etc/nsswitch.conf",
    "/etc/os-release",
    "/etc/passwd",
    "/etc/pki/ca-trust",
    "/etc/pki/tls/certs",
    "/etc/protocols",
    "/etc/resolv.conf",
    "/etc/ssl/certs",
    "/etc/timezone",
];

/// Devices that give nothing away.
const HARMLESS_DEVICES: [&str; 5] = ["full", "null", "random", "urandom", "zero"];

/// Directories below `/run` with state of services. Those in which only sockets of container runtimes lie are left
/// to others.
const STATE: [&str; 6] = ["credentials", "dbus", "keys", "secrets", "systemd", "user"];

/// Directories of a home with keys and passwords.
const CREDENTIALS: [&str; 5] = [".aws", ".docker", ".gnupg", ".kube", ".ssh"];

/// What a path is. It begins with `/` or `~` and has no detours; `None` if it is nothing of the system.
pub fn area(path: &str) -> Option<Area> {
    if path == "/" {
        return Some(Area::Root);
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    if RUNTIME_SOCKETS.contains(&name) {
        return None;
    }
    let is_below = |list: &[&str]| list.iter().any(|directory| is_at_or_below(path, directory));
    if is_below(&PUBLIC) {
        return Some(Area::Public);
    }
    if path == "/var/lib" || is_below(&SYSTEM) {
        return Some(Area::System);
    }
    if ONLY_THEMSELVES.contains(&path) || is_below(&PROGRAMS) {
        return Some(Area::Programs);
    }
    if is_at_or_below(path, "/sys") {
        return Some(Area::Kernel);
    }
    if is_at_or_below(path, "/dev") {
        let below = path.strip_prefix("/dev/").unwrap_or_default();
        return (!HARMLESS_DEVICES.contains(&below)).then_some(Area::Devices);
    }
    let below_run = ["/run/", "/var/run/"]
        .iter()
        .find_map(|run| path.strip_prefix(run));
    if let Some(below) = below_run {
        let first = below.split('/').next().unwrap_or_default();
        // Through these systemd takes orders, which is the business of whoever looks for sockets.
        let is_socket = matches!(below, "systemd" | "systemd/private");
        return (STATE.contains(&first) && !is_socket).then_some(Area::State);
    }
    home(path)
}

/// What a path is if it is somebody's home or in one.
fn home(path: &str) -> Option<Area> {
    if matches!(path, "~" | "/home" | "/Users") {
        return Some(Area::Home);
    }
    let inside = match path.strip_prefix("~/") {
        Some(inside) => inside,
        None => {
            let homes = ["/home/", "/Users/"];
            let of_user = homes.iter().find_map(|homes| path.strip_prefix(homes))?;
            match of_user.split_once('/') {
                Some((_, inside)) => inside,
                None => return Some(Area::Home),
            }
        }
    };
    let first = inside.split('/').next().unwrap_or_default();
    CREDENTIALS.contains(&first).then_some(Area::Credentials)
}

/// Whether a path is a directory or something in it.
fn is_at_or_below(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_by_whole_names() {
        for (path, wanted) in [
            ("/", Some(Area::Root)),
            ("/etc", Some(Area::System)),
            ("/etc/shadow", Some(Area::System)),
            ("/etc/localtime", Some(Area::Public)),
            ("/etc/ssl/certs/a.pem", Some(Area::Public)),
            ("/etc/ssl/private", Some(Area::System)),
            ("/etcetera", None),
            ("/var/lib", Some(Area::System)),
            ("/var/lib/postgresql", None),
            ("/var/lib/docker/volumes", Some(Area::System)),
            ("/usr", Some(Area::Programs)),
            ("/usr/share/fonts", None),
            ("/usr/local/bin/tool", Some(Area::Programs)),
            ("/lib/modules", Some(Area::Programs)),
            ("/libs", None),
            ("/sys/fs/cgroup", Some(Area::Kernel)),
            ("/dev", Some(Area::Devices)),
            ("/dev/net/tun", Some(Area::Devices)),
            ("/dev/urandom", None),
            ("/run", None),
            ("/run/docker.sock", None),
            ("/var/run/docker.sock", None),
            ("/run/user/1000/podman/podman.sock", None),
            ("/var/run/dbus/system_bus_socket", Some(Area::State)),
            ("/run/systemd", None),
            ("/run/systemd/journal", Some(Area::State)),
            ("/run/app", None),
            ("/home", Some(Area::Home)),
            ("/home/me", Some(Area::Home)),
            ("/homepage", None),
            ("/home/me/app/data", None),
            ("/home/me/.ssh/id_rsa", Some(Area::Credentials)),
            ("~", Some(Area::Home)),
            ("~/.aws", Some(Area::Credentials)),
            ("~/.docker/run/docker.sock", None),
            ("~/.config", None),
            ("/root/.ssh", Some(Area::System)),
            ("/srv/.ssh", None),
        ] {
            assert_eq!(area(path), wanted, "{path}");
        }
    }
}
