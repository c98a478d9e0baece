//! What services share: networks, volumes, secrets, configs and models.

use super::shapes::{
    ANY_TEXT, DRIVER_OPTIONS, FLAG, KEPT_TEXTS, PAIRS, PATH, STRICT_PAIRS, TEXT_BY_KEY,
};
use super::{
    Cast, Form, Key, Map, Names, Object, Repeated, Shape, Types, entries, key, list, mapping,
    object, text, word,
};

/// A network of the file.
pub static NETWORK: Object = object("a network", &[NETWORK_KEYS]);

static NETWORK_KEYS: &[Key] = &[
    key(
        "attachable",
        &FLAG,
        "Whether containers outside the project may join.",
    ),
    key(
        "driver",
        &NETWORK_DRIVER,
        "Network driver; `bridge` by default.",
    ),
    key("driver_opts", &DRIVER_OPTIONS, "Options of the driver."),
    key(
        "enable_ipv4",
        &FLAG,
        "Whether addresses of version 4 are given out.",
    )
    .since("2.33.1"),
    key(
        "enable_ipv6",
        &FLAG,
        "Whether addresses of version 6 are given out.",
    ),
    key(
        "external",
        &EXTERNAL,
        "The network exists already and is not made by Compose.",
    ),
    key("internal", &FLAG, "Cut the network off from the outside."),
    key("ipam", &IPAM_SHAPE, "Which addresses are given out."),
    key("labels", &PAIRS, "Labels of the network."),
    key(
        "name",
        &ANY_TEXT,
        "Name of the network in place of `PROJECT_KEY`.",
    ),
];
pub(super) static NETWORK_SHAPE: Shape = mapping(&NETWORK).or_null();
static NETWORK_DRIVER: Shape = text(Form::Usually(&[
    "bridge", "host", "ipvlan", "macvlan", "none", "overlay",
]));

static IPAM: Object = object("`ipam`", &[IPAM_KEYS]);
static IPAM_KEYS: &[Key] = &[
    key("config", &POOLS, "Address pools."),
    key("driver", &ANY_TEXT, "Driver that gives out addresses."),
    key("options", &TEXT_BY_KEY, "Options of the driver."),
];
static IPAM_SHAPE: Shape = mapping(&IPAM);
static POOL: Object = object("an address pool", &[POOL_KEYS]);
static POOL_KEYS: &[Key] = &[
    key(
        "aux_addresses",
        &TEXT_BY_KEY,
        "Addresses that are taken, by host name.",
    ),
    key("gateway", &ANY_TEXT, "Address of the gateway."),
    key(
        "ip_range",
        &ANY_TEXT,
        "Part of the subnet from which addresses are given out.",
    ),
    key("subnet", &ANY_TEXT, "The subnet, such as `172.28.0.0/16`."),
];
static POOL_SHAPE: Shape = mapping(&POOL);
static POOLS: Shape = list(&POOL_SHAPE, Repeated::Kept);

/// `external`: a boolean, or in old files an object with the name.
static EXTERNAL_OBJECT: Object = object("`external`", &[EXTERNAL_KEYS]);
static EXTERNAL_KEYS: &[Key] = &[key("name", &ANY_TEXT, "Name outside the project.")
    .deprecated("write `external: true` and `name:` beside it")];
static EXTERNAL: Shape = mapping(&EXTERNAL_OBJECT).or_word(
    Types::BOOL.and(Types::TEXT),
    Some(Cast::Bool),
    Form::Usually(&["true", "false"]),
);
/// The schema does not look into `external` of secrets and configs.
static LOOSE_EXTERNAL: Shape = Shape {
    null: false,
    word: Some(super::Word {
        types: Types::BOOL.and(Types::TEXT),
        cast: Some(Cast::Bool),
        form: Form::Usually(&["true", "false"]),
    }),
    list: None,
    map: Some(Map::Anything),
};

/// A volume of the file.
pub static VOLUME: Object = object("a volume", &[VOLUME_KEYS]);

static VOLUME_KEYS: &[Key] = &[
    key(
        "driver",
        &VOLUME_DRIVER,
        "Volume driver; `local` by default.",
    ),
    key("driver_opts", &DRIVER_OPTIONS, "Options of the driver."),
    key(
        "external",
        &EXTERNAL,
        "The volume exists already and is not made by Compose.",
    ),
    key("labels", &STRICT_PAIRS, "Labels of the volume."),
    key(
        "name",
        &ANY_TEXT,
        "Name of the volume in place of `PROJECT_KEY`.",
    ),
];
pub(super) static VOLUME_SHAPE: Shape = mapping(&VOLUME).or_null();
static VOLUME_DRIVER: Shape = text(Form::Usually(&["local"]));

/// A secret of the file.
pub static SECRET: Object = object("a secret", &[SECRET_KEYS]);

static SECRET_KEYS: &[Key] = &[
    key("driver", &ANY_TEXT, "Secret driver (Swarm)."),
    key("driver_opts", &SECRET_OPTIONS, "Options of the driver."),
    key(
        "environment",
        &ANY_TEXT,
        "Variable of the host that holds the secret.",
    ),
    key(
        "external",
        &LOOSE_EXTERNAL,
        "The secret exists already (Swarm).",
    ),
    key("file", &PATH, "File that holds the secret."),
    key("labels", &STRICT_PAIRS, "Labels of the secret (Swarm)."),
    key("name", &ANY_TEXT, "Name of the secret outside the project."),
    key(
        "template_driver",
        &ANY_TEXT,
        "Driver that fills the secret in as a template (Swarm).",
    ),
];
static SECRET_OPTION: Shape = word(Types::TEXT.and(Types::INT), None, Form::Any);
static SECRET_OPTIONS: Shape = entries(Names::Any, &SECRET_OPTION);
pub(super) static SECRET_SHAPE: Shape = mapping(&SECRET);

/// A config of the file.
pub static CONFIG: Object = object("a config", &[CONFIG_KEYS]);

static CONFIG_KEYS: &[Key] = &[
    key(
        "content",
        &ANY_TEXT,
        "The config itself. Compose replaces variables in it.",
    )
    .since("2.23.1"),
    key(
        "environment",
        &ANY_TEXT,
        "Variable of the host that holds the config.",
    ),
    key(
        "external",
        &LOOSE_EXTERNAL,
        "The config exists already (Swarm).",
    ),
    key("file", &PATH, "File that holds the config."),
    key("labels", &STRICT_PAIRS, "Labels of the config (Swarm)."),
    key("name", &ANY_TEXT, "Name of the config outside the project."),
    key(
        "template_driver",
        &ANY_TEXT,
        "Driver that fills the config in as a template (Swarm).",
    ),
];
pub(super) static CONFIG_SHAPE: Shape = mapping(&CONFIG);

/// An AI model of the file.
pub static MODEL: Object = object("a model", &[MODEL_KEYS]).requires(&["model"]);

static MODEL_KEYS: &[Key] = &[
    key(
        "context_size",
        &CONTEXT_SIZE,
        "Most tokens that the model looks at.",
    ),
    key("model", &ANY_TEXT, "Model to run, as an OCI reference."),
    key("name", &ANY_TEXT, "A name for the model."),
    key(
        "runtime_flags",
        &KEPT_TEXTS,
        "Flags for the program that runs the model.",
    ),
];
pub(super) static MODEL_SHAPE: Shape = mapping(&MODEL);
static CONTEXT_SIZE: Shape = word(Types::INT, None, Form::Any);
