//! Mounts of a container in the long form.

use super::shapes::{ANY_TEXT, CONTAINER_PATH, FLAG, STRICT_PAIRS};
use super::{Form, Key, Object, Repeated, Shape, Types, key, list, mapping, object, text, word};

/// An item of `volumes` in the long form.
pub static MOUNT: Object = object("a mount", &[MOUNT_KEYS]).requires(&["type", "target"]);
static MOUNT_KEYS: &[Key] = &[
    key(
        "bind",
        &BIND_SHAPE,
        "Options of a mount of the host's files.",
    ),
    key(
        "consistency",
        &CONSISTENCY,
        "How closely both sides agree; ignored on Linux.",
    ),
    key("image", &IMAGE_SHAPE, "Options of a mount of an image.").since("2.35.0"),
    key("read_only", &FLAG, "Whether the container may only read."),
    key(
        "source",
        &ANY_TEXT,
        "Path of the host, name of the volume or image.",
    ),
    key(
        "target",
        &CONTAINER_PATH,
        "Where in the container it is mounted.",
    ),
    key("tmpfs", &TMPFS_SHAPE, "Options of a mount of memory."),
    key("type", &TYPE, "What is mounted."),
    key("volume", &VOLUME_SHAPE, "Options of a mount of a volume."),
];
static MOUNT_SHAPE: Shape = mapping(&MOUNT).or_text(Form::Mount);
pub(super) static MOUNTS: Shape = list(&MOUNT_SHAPE, Repeated::DroppedInServices);

static TYPE: Shape = text(Form::OneOf(&[
    "bind", "volume", "tmpfs", "cluster", "npipe", "image",
]));
static CONSISTENCY: Shape = text(Form::Usually(&["consistent", "cached", "delegated"]));

static BIND: Object = object("`bind`", &[BIND_KEYS]);
static BIND_KEYS: &[Key] = &[
    key(
        "create_host_path",
        &FLAG,
        "Make the host's path if it is missing.",
    ),
    key(
        "propagation",
        &PROPAGATION,
        "Whether mounts made later are seen on the other side.",
    ),
    key(
        "recursive",
        &RECURSIVE,
        "What becomes of mounts below the source.",
    ),
    key(
        "selinux",
        &SELINUX,
        "Relabel for SELinux: `z` shared, `Z` private.",
    ),
];
static BIND_SHAPE: Shape = mapping(&BIND);
static PROPAGATION: Shape = text(Form::Usually(&[
    "private", "rprivate", "shared", "rshared", "slave", "rslave",
]));
static RECURSIVE: Shape = text(Form::OneOf(&[
    "enabled", "disabled", "writable", "readonly",
]));
static SELINUX: Shape = text(Form::OneOf(&["z", "Z"]));

static VOLUME: Object = object("`volume`", &[VOLUME_KEYS]);
static VOLUME_KEYS: &[Key] = &[
    key("labels", &STRICT_PAIRS, "Labels of the volume."),
    key(
        "nocopy",
        &FLAG,
        "Do not fill a new volume with the image's files.",
    ),
    key(
        "subpath",
        &ANY_TEXT,
        "Path in the volume to mount instead of all of it.",
    ),
];
static VOLUME_SHAPE: Shape = mapping(&VOLUME);

static TMPFS: Object = object("`tmpfs`", &[TMPFS_KEYS]);
static TMPFS_KEYS: &[Key] = &[
    key("mode", &MODE, "Permissions, as an octal number."),
    key("size", &SIZE, "Most bytes that it may hold."),
];
static TMPFS_SHAPE: Shape = mapping(&TMPFS);
/// Text is allowed by the schema and refused by decoding.
static MODE: Shape = word(Types::NUMBER, None, Form::Range(0, u32::MAX as i64));
static SIZE: Shape = word(Types::INT.and(Types::TEXT), None, Form::PositiveSize);

static IMAGE: Object = object("`image`", &[IMAGE_KEYS]);
static IMAGE_KEYS: &[Key] = &[key(
    "subpath",
    &ANY_TEXT,
    "Path in the image to mount instead of all of it.",
)
.since("2.35.0")];
static IMAGE_SHAPE: Shape = mapping(&IMAGE);
