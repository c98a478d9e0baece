//! Limits and weights for block devices.

use super::shapes::{PATH, WHOLE_BYTES};
use super::{Form, Key, Object, Repeated, Shape, Types, key, list, mapping, object, word};

static BLOCK_IO: Object = object("`blkio_config`", &[BLOCK_IO_KEYS]).without_extensions();
static BLOCK_IO_KEYS: &[Key] = &[
    key(
        "device_read_bps",
        &BLOCK_LIMITS,
        "Most bytes a second to read from a device.",
    ),
    key(
        "device_read_iops",
        &BLOCK_LIMITS,
        "Most reads a second from a device.",
    ),
    key(
        "device_write_bps",
        &BLOCK_LIMITS,
        "Most bytes a second to write to a device.",
    ),
    key(
        "device_write_iops",
        &BLOCK_LIMITS,
        "Most writes a second to a device.",
    ),
    key(
        "weight",
        &BLOCK_WEIGHT,
        "Share of the bandwidth, 10 to 1000.",
    ),
    key(
        "weight_device",
        &BLOCK_WEIGHTS,
        "Share of the bandwidth for each device.",
    ),
];
pub(super) static BLOCK_IO_SHAPE: Shape = mapping(&BLOCK_IO);
static BLOCK_LIMIT: Object =
    object("a limit of `blkio_config`", &[BLOCK_LIMIT_KEYS]).without_extensions();
static BLOCK_LIMIT_KEYS: &[Key] = &[
    key("path", &PATH, "Path of the device on the host."),
    key("rate", &WHOLE_BYTES, "Bytes or operations a second."),
];
static BLOCK_LIMIT_SHAPE: Shape = mapping(&BLOCK_LIMIT);
static BLOCK_LIMITS: Shape = list(&BLOCK_LIMIT_SHAPE, Repeated::Kept);
/// The schema allows text as well; decoding then refuses it.
static BLOCK_WEIGHT: Shape = word(Types::INT, None, Form::Range(0, 65_535));
static BLOCK_WEIGHT_ITEM: Object =
    object("a weight of `blkio_config`", &[BLOCK_WEIGHT_KEYS]).without_extensions();
static BLOCK_WEIGHT_KEYS: &[Key] = &[
    key("path", &PATH, "Path of the device on the host."),
    key(
        "weight",
        &BLOCK_WEIGHT,
        "Share of the bandwidth, 10 to 1000.",
    ),
];
static BLOCK_WEIGHT_SHAPE: Shape = mapping(&BLOCK_WEIGHT_ITEM);
static BLOCK_WEIGHTS: Shape = list(&BLOCK_WEIGHT_SHAPE, Repeated::Kept);
