//! How many containers run, with which resources, and where.

use super::shapes::{
    ANY_TEXT, COUNT, DURATION, FLOAT, KEPT_TEXTS, NUMBER, PAIRS, STRICT_PAIRS, TEXTS,
};
use super::{Form, Key, Object, Repeated, Shape, Types, key, list, mapping, object, text, word};

/// `deploy`
pub static DEPLOY: Object = object("`deploy`", &[DEPLOY_KEYS]);

static DEPLOY_KEYS: &[Key] = &[
    key(
        "endpoint_mode",
        &ENDPOINT_MODE,
        "How clients find the service (Swarm).",
    ),
    key(
        "labels",
        &PAIRS,
        "Labels of the service, not of its containers (Swarm).",
    ),
    key(
        "mode",
        &MODE,
        "Whether one container runs on each node or a number in all (Swarm).",
    ),
    key(
        "placement",
        &PLACEMENT_SHAPE,
        "On which nodes containers may run (Swarm).",
    ),
    key("replicas", &COUNT, "How many containers run."),
    key(
        "resources",
        &RESOURCES_SHAPE,
        "Limits and reservations of memory, CPUs and devices.",
    ),
    key(
        "restart_policy",
        &RESTART_POLICY_SHAPE,
        "When a container is started again; replaces `restart`.",
    ),
    key(
        "rollback_config",
        &UPDATE_CONFIG_SHAPE,
        "How a failed update is taken back (Swarm).",
    ),
    key(
        "update_config",
        &UPDATE_CONFIG_SHAPE,
        "How containers are replaced (Swarm).",
    ),
];
pub(super) static DEPLOY_SHAPE: Shape = mapping(&DEPLOY).or_null();

static ENDPOINT_MODE: Shape = text(Form::Usually(&["vip", "dnsrr"]));
static MODE: Shape = text(Form::Usually(&[
    "replicated",
    "global",
    "replicated-job",
    "global-job",
]));

static UPDATE_CONFIG: Object = object("an update's configuration", &[UPDATE_CONFIG_KEYS]);
static UPDATE_CONFIG_KEYS: &[Key] = &[
    key("delay", &DURATION, "Pause between groups of containers."),
    key(
        "failure_action",
        &FAILURE_ACTION,
        "What is done when an update fails.",
    ),
    key(
        "max_failure_ratio",
        &FLOAT,
        "Share of failures that is tolerated.",
    ),
    key(
        "monitor",
        &DURATION,
        "How long a new container is watched for failure.",
    ),
    key(
        "order",
        &ORDER,
        "Whether the old container stops before the new one starts.",
    ),
    key(
        "parallelism",
        &COUNT,
        "How many containers are replaced at a time.",
    ),
];
static UPDATE_CONFIG_SHAPE: Shape = mapping(&UPDATE_CONFIG);
static FAILURE_ACTION: Shape = text(Form::Usually(&["continue", "rollback", "pause"]));
static ORDER: Shape = text(Form::OneOf(&["start-first", "stop-first"]));

static RESOURCES: Object = object("`resources`", &[RESOURCES_KEYS]);
static RESOURCES_KEYS: &[Key] = &[
    key(
        "limits",
        &LIMITS_SHAPE,
        "The most that a container may use.",
    ),
    key(
        "reservations",
        &RESERVATIONS_SHAPE,
        "The least that a container is given.",
    ),
];
static RESOURCES_SHAPE: Shape = mapping(&RESOURCES);
static LIMITS: Object = object("`limits`", &[LIMITS_KEYS]);
static LIMITS_KEYS: &[Key] = &[
    key("cpus", &FLOAT, "Number of CPUs, fractions allowed."),
    key("memory", &MEMORY, "Memory as text, such as `512M`."),
    key("pids", &PIDS, "Most processes and threads."),
];
static LIMITS_SHAPE: Shape = mapping(&LIMITS);
static MEMORY: Shape = text(Form::ByteSize);
static PIDS: Shape = word(Types::INT, Some(super::Cast::Int), Form::Any);
static RESERVATIONS: Object = object("`reservations`", &[RESERVATIONS_KEYS]);
static RESERVATIONS_KEYS: &[Key] = &[
    key("cpus", &FLOAT, "Number of CPUs, fractions allowed (Swarm)."),
    key(
        "devices",
        &DEVICE_REQUESTS,
        "Devices, such as graphics cards.",
    ),
    key(
        "generic_resources",
        &GENERIC_RESOURCES,
        "Resources of the user's own making (Swarm).",
    ),
    key("memory", &MEMORY, "Memory as text, such as `512M`."),
];
static RESERVATIONS_SHAPE: Shape = mapping(&RESERVATIONS);

static DEVICE_REQUEST: Object =
    object("a device reservation", &[DEVICE_REQUEST_KEYS]).requires(&["capabilities"]);
pub(super) static DEVICE_REQUEST_KEYS: &[Key] = &[
    key(
        "capabilities",
        &TEXTS,
        "What the device has to be able to do, such as `gpu`.",
    ),
    key("count", &DEVICE_COUNT, "How many devices, or `all`."),
    key("device_ids", &TEXTS, "Which devices, in place of `count`."),
    key(
        "driver",
        &ANY_TEXT,
        "Driver of the device, such as `nvidia`.",
    ),
    key("options", &STRICT_PAIRS, "Options of the driver."),
];
static DEVICE_COUNT: Shape = word(Types::INT.and(Types::TEXT), None, Form::DeviceCount);
static DEVICE_REQUEST_SHAPE: Shape = mapping(&DEVICE_REQUEST);
pub(super) static DEVICE_REQUESTS: Shape = list(&DEVICE_REQUEST_SHAPE, Repeated::Kept);

static GENERIC_RESOURCE: Object = object("a generic resource", &[GENERIC_RESOURCE_KEYS]);
static GENERIC_RESOURCE_KEYS: &[Key] = &[key(
    "discrete_resource_spec",
    &DISCRETE_SHAPE,
    "A resource that is counted.",
)];
static GENERIC_RESOURCE_SHAPE: Shape = mapping(&GENERIC_RESOURCE);
static GENERIC_RESOURCES: Shape = list(&GENERIC_RESOURCE_SHAPE, Repeated::Kept);
static DISCRETE: Object = object("`discrete_resource_spec`", &[DISCRETE_KEYS]);
static DISCRETE_KEYS: &[Key] = &[
    key("kind", &ANY_TEXT, "What is counted."),
    key("value", &NUMBER, "How many are needed."),
];
static DISCRETE_SHAPE: Shape = mapping(&DISCRETE);

static RESTART_POLICY: Object = object("`restart_policy`", &[RESTART_POLICY_KEYS]);
static RESTART_POLICY_KEYS: &[Key] = &[
    key(
        "condition",
        &CONDITION,
        "`none`, `on-failure` or `any`; without it there is no restart.",
    ),
    key("delay", &DURATION, "Pause before a restart (Swarm)."),
    key("max_attempts", &COUNT, "How often a restart is tried."),
    key(
        "window",
        &DURATION,
        "How long a container has to run to count as started (Swarm).",
    ),
];
static RESTART_POLICY_SHAPE: Shape = mapping(&RESTART_POLICY);
static CONDITION: Shape = text(Form::Usually(&["none", "on-failure", "any"]));

static PLACEMENT: Object = object("`placement`", &[PLACEMENT_KEYS]);
static PLACEMENT_KEYS: &[Key] = &[
    key(
        "constraints",
        &KEPT_TEXTS,
        "Conditions that a node has to meet.",
    ),
    key(
        "max_replicas_per_node",
        &COUNT,
        "Most containers on one node.",
    ),
    key(
        "preferences",
        &PREFERENCES,
        "How containers are spread over nodes.",
    ),
];
static PLACEMENT_SHAPE: Shape = mapping(&PLACEMENT);
static PREFERENCE: Object = object("a placement preference", &[PREFERENCE_KEYS]);
static PREFERENCE_KEYS: &[Key] = &[key(
    "spread",
    &ANY_TEXT,
    "Label of nodes over whose values containers are spread.",
)];
static PREFERENCE_SHAPE: Shape = mapping(&PREFERENCE);
static PREFERENCES: Shape = list(&PREFERENCE_SHAPE, Repeated::Kept);
