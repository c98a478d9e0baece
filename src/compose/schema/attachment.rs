//! What a container uses of the file's networks and models.

use super::shapes::{ANY_TEXT, DEDUPED_TEXTS, DRIVER_OPTIONS};
use super::{
    Form, Key, Names, Object, Repeated, Shape, Space, Types, entries, key, mapping, object, text,
    word,
};

static MODEL_USE: Object = object("a use of a model", &[MODEL_USE_KEYS]);
static MODEL_USE_KEYS: &[Key] = &[
    key(
        "endpoint_var",
        &ANY_TEXT,
        "Variable that gets the model's address.",
    ),
    key(
        "model_var",
        &ANY_TEXT,
        "Variable that gets the model's name.",
    ),
];
static MODEL_USE_SHAPE: Shape = mapping(&MODEL_USE).or_null();
static MODEL_NAME: Shape = text(Form::Name(Space::Model));
pub(super) static MODELS: Shape = entries(Names::Resource(Some(Space::Model)), &MODEL_USE_SHAPE)
    .or_list(&MODEL_NAME, Repeated::Refused);

static ATTACHMENT: Object = object("a service's network", &[ATTACHMENT_KEYS]);
static ATTACHMENT_KEYS: &[Key] = &[
    key(
        "aliases",
        &DEDUPED_TEXTS,
        "More host names of the service on this network.",
    ),
    key(
        "driver_opts",
        &DRIVER_OPTIONS,
        "Options for the network's driver.",
    )
    .since("2.27.1"),
    key(
        "gw_priority",
        &WHOLE_OR_FLOAT,
        "The network with the highest number is the default gateway.",
    )
    .since("2.33.1"),
    key(
        "interface_name",
        &ANY_TEXT,
        "Name of the network interface in the container.",
    )
    .since("2.36.0"),
    key(
        "ipv4_address",
        &ANY_TEXT,
        "Fixed IPv4 address on this network.",
    ),
    key(
        "ipv6_address",
        &ANY_TEXT,
        "Fixed IPv6 address on this network.",
    ),
    key("link_local_ips", &DEDUPED_TEXTS, "Link-local addresses."),
    key(
        "mac_address",
        &ANY_TEXT,
        "Hardware address on this network.",
    )
    .since("2.23.2"),
    key(
        "priority",
        &WHOLE_OR_FLOAT,
        "Networks are joined in the order of this number, highest first.",
    ),
];
static WHOLE_OR_FLOAT: Shape = word(Types::NUMBER, None, Form::Any);
static ATTACHMENT_SHAPE: Shape = mapping(&ATTACHMENT).or_null();
static NETWORK_NAME: Shape = text(Form::Name(Space::Network));
pub(super) static NETWORKS: Shape =
    entries(Names::Resource(Some(Space::Network)), &ATTACHMENT_SHAPE)
        .or_list(&NETWORK_NAME, Repeated::Refused);
