//! Flags disks, the kernel log and all devices of the host where a container gets them.

use crate::compose::File;
use crate::compose::device::Device;
use crate::compose::host_path;
use crate::compose::value::{Knowledge, Text, is_true};
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};

/// What stands in front of the letter, and perhaps the number, of a disk
/// (<https://www.kernel.org/doc/html/latest/admin-guide/devices.html>).
const LETTERED: [&str; 4] = ["hd", "sd", "vd", "xvd"];

/// What stands in front of the number of a block device.
const NUMBERED: [&str; 9] = [
    "dm-", "loop", "md", "mmcblk", "mtdblock", "nbd", "nvme", "rbd", "zd",
];

/// Folders of block devices.
const FOLDERS: [&str; 6] = ["block", "disk", "mapper", "md", "rbd", "zvol"];

/// Character devices that are as good as disks, or hold the kernel's log; the last two are those of `loop-control` and
/// `kmsg` by their numbers.
const OTHERS: [&str; 5] = ["kmsg", "loop-control", "zfs", "char/10:237", "char/1:11"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let documents = file.documents();
    let containers = documents.flat_map(|document| document.containers());
    for container in containers.map(|owned| owned.container) {
        if is_true(&container.privileged) {
            continue;
        }
        for device in &container.devices {
            if let Some((source, message)) = given(device) {
                let finding =
                    cx.report(source.value.span_of(0..source.value.text().len()), message);
                finding.help("mount the folder that is needed, not the device it lies on");
                if source.value.knowledge() == Knowledge::Default {
                    finding.severity(Severity::Warning);
                }
            }
        }
    }
}

/// Whether a device of the host is one that this rule is about.
pub(super) fn is_dangerous(device: &Device) -> bool {
    given(device).is_some()
}

/// The source of a device that gives the host away, and what it gives.
fn given(device: &Device) -> Option<(&Text, String)> {
    if device.is_cdi() {
        return None;
    }
    if let Some(permissions) = &device.permissions
        && !permissions.value.known()?.contains(['r', 'w'])
    {
        return None;
    }
    let source = device.source.as_ref()?;
    let written = source.value.known()?;
    let path = host_path::absolute(written)?;
    let below = path.strip_prefix("/dev")?;
    let name = match below {
        "" => {
            return Some((
                source,
                format!("`{written}` gives the container all devices of the host"),
            ));
        }
        below => below.strip_prefix('/')?,
    };
    if matches!(name, "kmsg" | "char/1:11") {
        return Some((
            source,
            format!("`{written}` gives the container the log of the host's kernel"),
        ));
    }
    is_disk(name).then(|| {
        (
            source,
            format!("`{written}` gives the container a disk of the host"),
        )
    })
}

/// Whether a path below `/dev` is that of a block device, of a folder of them, or of what makes them.
fn is_disk(name: &str) -> bool {
    if OTHERS.contains(&name) {
        return true;
    }
    let folder = name.split('/').next().unwrap_or_default();
    if FOLDERS.contains(&folder) {
        return name != "mapper/control";
    }
    let digits = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit());
    LETTERED.iter().any(|prefix| {
        name.strip_prefix(prefix).is_some_and(|rest| {
            let number = rest.trim_start_matches(|c: char| c.is_ascii_lowercase());
            number.len() < rest.len() && digits(number)
        })
    }) || NUMBERED.iter().any(|prefix| {
        name.strip_prefix(prefix).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.contains('/')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::is_disk;
    use crate::engine::testing::compose;

    #[test]
    fn disks_are_known_by_their_names() {
        for name in [
            "sda",
            "sdaa1",
            "nvme0",
            "nvme0n1p2",
            "vdb",
            "xvda1",
            "mmcblk0p1",
            "md127",
            "md/root",
            "dm-0",
            "loop3",
            "disk/by-id/x",
            "mapper/vg-lv",
            "block/8:0",
            "zfs",
            "zvol/a",
            "hdc",
            "loop-control",
            "char/10:237",
        ] {
            assert!(is_disk(name), "{name}");
        }
        for name in [
            "dri",
            "net/tun",
            "fuse",
            "ttyS0",
            "hdmi-cec0",
            "sd",
            "snd",
            "video0",
            "sr0",
            "null",
            "mapper/control",
            "vda/x",
            "sda-x",
            "nvram",
            "char/1:3",
            "zero",
            "vfio/vfio",
            "usb/lp0",
            "vdr0x",
        ] {
            assert!(!is_disk(name), "{name}");
        }
    }

    #[test]
    fn permissions_and_both_forms_are_read() {
        compose(
            "host-device-access",
            r#"
services:
  a:
    image: x
    devices:
      - "/dev/../dev//sda:/dev/b:rw"
#        ^^^^^^^^^^^^^^^^ error: `/dev/../dev//sda` gives the container a disk
      - /dev/sdb:/dev/sdb:m
      - /dev/sdc:/dev/sdc:${MODE}
      - {source: "/dev/kmsg", target: /dev/kmsg}
#                 ^^^^^^^^^ `/dev/kmsg` gives the container the log
      - ${DISK:-/dev/sdd}
#               ^^^^^^^^ warning: `/dev/sdd` gives
      - ${DISK}
      - /device/sda
      - /devices
  b: {image: x, privileged: true, devices: [/dev/sda]}
  c: {image: x, devices: [/dev/]}
#                         ^^^^^ `/dev/` gives the container all devices
"#,
        );
    }
}
