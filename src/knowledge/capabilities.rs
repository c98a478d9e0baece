//! Linux capabilities: which there are, which of them Docker gives to every container, and what the others are
//! good for in the wrong hands.
//!
//! Sources, read on 2026-11-23: `capabilities(7)` of the Linux man-pages for names and rights, up to
//! `CAP_CHECKPOINT_RESTORE`, the last one of `linux/capability.h`; `daemon/pkg/oci/caps` of moby/moby for the set
//! that Docker gives by default (`defaults.go`) and for how names are read and added and dropped ones are
//! combined (`utils.go`).
//!
//! Not for: what a container's file says.

use Class::{Adjacent, Availability, Bounded, Default, Disclosure, Other, Reaching, Takeover};

/// A capability.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Capability {
    /// Its name in capitals, without `CAP_`.
    pub name: &'static str,
    /// What having it amounts to.
    pub class: Class,
    /// What it allows, as the end of a sentence that begins with "lets the container".
    pub allows: &'static str,
}

/// What having a capability amounts to, in a container that is otherwise as Docker makes it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Class {
    /// Docker gives it to every container.
    Default,
    /// The container controls the host.
    Takeover,
    /// One step from control of the host, or of what all containers share.
    Adjacent,
    /// It changes or watches the whole host.
    Reaching,
    /// It can make the host or its neighbours slow or stop them.
    Availability,
    /// It shows what the host keeps to itself.
    Disclosure,
    /// It ends at the container's borders, as long as these are whole.
    Bounded,
    /// None of these.
    Other,
}

const fn capability(name: &'static str, class: Class, allows: &'static str) -> Capability {
    Capability {
        name,
        class,
        allows,
    }
}

/// All capabilities, sorted by name.
pub const CAPABILITIES: [Capability; 41] = [
    capability(
        "AUDIT_CONTROL",
        Other,
        "change the rules of the kernel's audit",
    ),
    capability("AUDIT_READ", Other, "read the kernel's audit log"),
    capability("AUDIT_WRITE", Default, "write to the kernel's audit log"),
    capability("BLOCK_SUSPEND", Other, "keep the host from suspending"),
    capability("BPF", Adjacent, "load programs into the kernel"),
    capability(
        "CHECKPOINT_RESTORE",
        Other,
        "choose process ids and look into mapped files",
    ),
    capability("CHOWN", Default, "give files to any user"),
    capability("DAC_OVERRIDE", Default, "ignore the permissions of files"),
    capability(
        "DAC_READ_SEARCH",
        Bounded,
        "read every file and open files by their handles",
    ),
    capability("FOWNER", Default, "act as the owner of any file"),
    capability(
        "FSETID",
        Default,
        "keep the set-user-ID bit of files that it changes",
    ),
    capability(
        "IPC_LOCK",
        Availability,
        "keep any amount of memory from being swapped out",
    ),
    capability(
        "IPC_OWNER",
        Other,
        "use shared memory and semaphores of others",
    ),
    capability("KILL", Default, "send signals to any process"),
    capability("LEASE", Availability, "hold up whoever opens a file"),
    capability("LINUX_IMMUTABLE", Other, "make files immutable"),
    capability("MAC_ADMIN", Other, "change mandatory access control"),
    capability("MAC_OVERRIDE", Other, "ignore mandatory access control"),
    capability("MKNOD", Default, "create device files"),
    capability(
        "NET_ADMIN",
        Adjacent,
        "configure interfaces, routes and the firewall",
    ),
    capability("NET_BIND_SERVICE", Default, "listen on ports below 1024"),
    capability(
        "NET_BROADCAST",
        Other,
        "nothing, since the kernel does not use it",
    ),
    capability("NET_RAW", Default, "send and receive raw packets"),
    capability(
        "PERFMON",
        Reaching,
        "watch what the kernel and all processes do",
    ),
    capability("SETFCAP", Default, "set the capabilities of files"),
    capability("SETGID", Default, "take any group"),
    capability(
        "SETPCAP",
        Default,
        "hand capabilities on and drop them for good",
    ),
    capability("SETUID", Default, "become any user"),
    capability("SYSLOG", Disclosure, "read the kernel's log and addresses"),
    capability(
        "SYS_ADMIN",
        Takeover,
        "mount file systems and do almost anything",
    ),
    capability("SYS_BOOT", Adjacent, "load another kernel"),
    capability("SYS_CHROOT", Default, "change its root directory"),
    capability(
        "SYS_MODULE",
        Takeover,
        "load modules into the host's kernel",
    ),
    capability(
        "SYS_NICE",
        Availability,
        "take CPU time from everything else on the host",
    ),
    capability("SYS_PACCT", Other, "switch process accounting on and off"),
    capability(
        "SYS_PTRACE",
        Bounded,
        "read and change the memory of other processes",
    ),
    capability(
        "SYS_RAWIO",
        Takeover,
        "read and write the host's memory and hardware",
    ),
    capability("SYS_RESOURCE", Other, "raise its own resource limits"),
    capability("SYS_TIME", Reaching, "set the clock of the host"),
    capability("SYS_TTY_CONFIG", Other, "take over virtual terminals"),
    capability("WAKE_ALARM", Other, "wake the host up"),
];

/// Whether a word stands for all capabilities. With `CAP_` in front it stands for none.
pub fn is_all(word: &str) -> bool {
    word.eq_ignore_ascii_case("ALL")
}

/// The capability that a word names, in any case and with or without `CAP_` in front.
pub fn named(word: &str) -> Option<&'static Capability> {
    let name = match word.get(..4) {
        Some(prefix) if prefix.eq_ignore_ascii_case("CAP_") => &word[4..],
        _ => word,
    };
    CAPABILITIES
        .iter()
        .find(|capability| capability.name.eq_ignore_ascii_case(name))
}

impl Capability {
    /// Whether Docker gives it to every container.
    pub fn is_default(&self) -> bool {
        self.class == Default
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_docker_reads_them() {
        for (word, name) in [
            ("SYS_ADMIN", Some("SYS_ADMIN")),
            ("cap_sys_admin", Some("SYS_ADMIN")),
            ("Cap_Bpf", Some("BPF")),
            ("ALL", None),
            ("CAP_ALL", None),
            ("CAP_CAP_BPF", None),
            ("SYS-ADMIN", None),
            ("", None),
            ("CAP_", None),
            ("ä€", None),
        ] {
            assert_eq!(named(word).map(|found| found.name), name, "{word}");
        }
        assert!(is_all("all"));
        assert!(!is_all("CAP_ALL"));
    }

    #[test]
    fn the_table_is_sorted_and_has_dockers_defaults() {
        assert!(CAPABILITIES.is_sorted_by_key(|capability| capability.name));
        let defaults = CAPABILITIES.iter().filter(|found| found.is_default());
        assert_eq!(defaults.count(), 14);
    }
}
