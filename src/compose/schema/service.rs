//! Services and jobs.

use super::build::BUILD;
use super::container::{CONTAINER, PRE_START};
use super::deploy::DEPLOY_SHAPE;
use super::develop::{DEVELOP_SHAPE, HOOKS};
use super::shapes::{ANY_TEXT, COUNT, DURATION, FLAG, PROFILES};
use super::{
    Cast, Form, Key, Names, Object, Repeated, Shape, Space, Types, entries, key, list, mapping,
    object, text, word,
};

/// A service.
pub static SERVICE: Object = object("a service", &[CONTAINER, WORKLOAD, SERVICE_KEYS]);

/// A job: containers that run to their end.
pub static JOB: Object = object("a job", &[CONTAINER, WORKLOAD, JOB_KEYS]).requires(&["triggers"]);

/// Keys that services and jobs share, but not `pre_start` steps.
static WORKLOAD: &[Key] = &[
    key(
        "build",
        &BUILD_SHAPE,
        "How to build the image: a context, or all details.",
    ),
    key(
        "depends_on",
        &DEPENDS_ON,
        "Services that start before this one, and what to wait for.",
    ),
    key(
        "expose",
        &EXPOSE,
        "Ports that other containers may use; nothing is published.",
    ),
    key(
        "healthcheck",
        &HEALTHCHECK_SHAPE,
        "How to tell whether the container is healthy.",
    ),
    key(
        "ports",
        &PORTS,
        "Ports to publish on the host: `[[IP:][HOST:]CONTAINER[/PROTOCOL]`.",
    ),
    key("stdin_open", &FLAG, "Keep standard input open."),
    key("tty", &FLAG, "Give the container a terminal."),
];

static SERVICE_KEYS: &[Key] = &[
    key(
        "attach",
        &FLAG,
        "Whether `docker compose up` shows the service's output.",
    )
    .since("2.20.0"),
    key(
        "container_name",
        &ANY_TEXT,
        "Name of the container in place of a generated one.",
    ),
    key(
        "deploy",
        &DEPLOY_SHAPE,
        "How many containers run, with which resources.",
    ),
    key(
        "develop",
        &DEVELOP_SHAPE,
        "What `docker compose watch` does.",
    )
    .since("2.22.0"),
    key(
        "extends",
        &EXTENDS,
        "A service whose configuration this one begins with.",
    ),
    key(
        "external_links",
        &EXTERNAL_LINKS,
        "Containers outside this project: `NAME[:ALIAS]`.",
    ),
    key(
        "links",
        &LINKS,
        "Services to reach under another name: `SERVICE[:ALIAS]`.",
    ),
    key(
        "post_start",
        &HOOKS,
        "Commands to run in the container once it has started.",
    )
    .since("2.30.0"),
    key(
        "pre_start",
        &PRE_START_STEPS,
        "Containers that run to their end before the service starts.",
    )
    .since("5.3.0"),
    key(
        "pre_stop",
        &HOOKS,
        "Commands to run in the container before it is stopped.",
    )
    .since("2.30.0"),
    key(
        "profiles",
        &PROFILES,
        "The service is started only when one of these is asked for.",
    ),
    key(
        "provider",
        &PROVIDER_SHAPE,
        "A program outside Docker that provides the service.",
    )
    .since("2.36.0"),
    key("restart", &RESTART, "When the container is started again."),
    key(
        "scale",
        &COUNT,
        "How many containers run; `deploy.replicas` says the same.",
    ),
];

static JOB_KEYS: &[Key] = &[
    key(
        "extends",
        &EXTENDS,
        "A job whose configuration this one begins with.",
    ),
    key(
        "profiles",
        &PROFILES,
        "The job can be run only when one of these is asked for.",
    ),
    key("triggers", &TRIGGERS_SHAPE, "What starts the job."),
];

static BUILD_SHAPE: Shape = mapping(&BUILD).or_text(Form::Path);
static RESTART: Shape = text(Form::Usually(&[
    "no",
    "always",
    "on-failure",
    "unless-stopped",
]));

static DEPENDENCY: Object = object("a dependency", &[DEPENDENCY_KEYS]).requires(&["condition"]);
static DEPENDENCY_KEYS: &[Key] = &[
    key("condition", &CONDITION, "What to wait for."),
    key(
        "required",
        &FLAG,
        "Whether the dependency has to be there; it has to unless `false`.",
    )
    .since("2.20.0"),
    key(
        "restart",
        &FLAG,
        "Restart this service when Compose restarts the dependency.",
    )
    .since("2.17.0"),
];
static DEPENDENCY_SHAPE: Shape = mapping(&DEPENDENCY);
static CONDITION: Shape = text(Form::OneOf(&[
    "service_started",
    "service_healthy",
    "service_completed_successfully",
]));
static SERVICE_NAME: Shape = text(Form::Name(Space::ServiceOrJob));
static DEPENDS_ON: Shape = entries(
    Names::Resource(Some(Space::ServiceOrJob)),
    &DEPENDENCY_SHAPE,
)
.or_list(&SERVICE_NAME, Repeated::Refused);

static EXPOSED: Shape = word(Types::TEXT.and(Types::INT), None, Form::ExposedPort);
static EXPOSE: Shape = list(&EXPOSED, Repeated::DroppedInServices);

static PORT: Object = object("a port", &[PORT_KEYS]).requires(&["target"]);
static PORT_KEYS: &[Key] = &[
    key(
        "app_protocol",
        &ANY_TEXT,
        "What is spoken on the port, such as `http`.",
    )
    .since("2.26.0"),
    key(
        "host_ip",
        &HOST_IP,
        "Address of the host to listen on; all by default.",
    ),
    key("mode", &PORT_MODE, "`host` or `ingress` (Swarm)."),
    key("name", &ANY_TEXT, "A name for people."),
    key("protocol", &PROTOCOL, "`tcp`, `udp` or `sctp`."),
    key(
        "published",
        &PUBLISHED,
        "Port of the host, or a range; any free one by default.",
    ),
    key("target", &TARGET, "Port of the container."),
];
static HOST_IP: Shape = text(Form::IpAddress);
static PORT_MODE: Shape = text(Form::Usually(&["host", "ingress"]));
static PROTOCOL: Shape = text(Form::Protocol(&["tcp", "udp", "sctp"]));
static PUBLISHED: Shape = word(Types::TEXT.and(Types::INT), None, Form::PublishedPort);
static TARGET: Shape = word(Types::INT, Some(Cast::Int), Form::TargetPort);
static PORT_SHAPE: Shape = mapping(&PORT).or_word(Types::TEXT.and(Types::INT), None, Form::Port);
static PORTS: Shape = list(&PORT_SHAPE, Repeated::DroppedInServices);

/// `healthcheck`
pub static HEALTHCHECK: Object = object("`healthcheck`", &[HEALTHCHECK_KEYS]);

static HEALTHCHECK_KEYS: &[Key] = &[
    key("disable", &FLAG, "Switch the image's health check off."),
    key("interval", &DURATION, "Time between checks."),
    key(
        "retries",
        &RETRIES,
        "Failures in a row that make the container unhealthy.",
    ),
    key(
        "start_interval",
        &DURATION,
        "Time between checks during the start period.",
    )
    .since("2.20.2"),
    key(
        "start_period",
        &DURATION,
        "Time after the start in which failures do not count.",
    ),
    key(
        "test",
        &TEST,
        "The check: a text for the shell, or CMD, CMD-SHELL or NONE and words.",
    ),
    key("timeout", &DURATION, "How long a check may take."),
];
static HEALTHCHECK_SHAPE: Shape = mapping(&HEALTHCHECK);
static RETRIES: Shape = word(Types::NUMBER, Some(Cast::Int), Form::Range(0, i64::MAX));
static TEST: Shape = list(&ANY_TEXT, Repeated::Kept).or_text(Form::Any);

static EXTENDS_OBJECT: Object = object("`extends`", &[EXTENDS_KEYS])
    .requires(&["service"])
    .without_extensions()
    .open();
static EXTENDS_KEYS: &[Key] = &[
    key(
        "file",
        &EXTENDS_FILE,
        "File in which the service is declared; this one by default.",
    ),
    key("service", &ANY_TEXT, "Name of the service to begin with."),
];
static EXTENDS_FILE: Shape = text(Form::Path).or_null();
static EXTENDS: Shape = mapping(&EXTENDS_OBJECT).or_text(Form::Name(Space::Service));

static LINK: Shape = text(Form::Link);
static LINKS: Shape = list(&LINK, Repeated::DroppedInServices);
static EXTERNAL_LINKS: Shape = list(&ANY_TEXT, Repeated::Refused);

static PRE_START_SHAPE: Shape = mapping(&PRE_START);
static PRE_START_STEPS: Shape = list(&PRE_START_SHAPE, Repeated::Kept);

static PROVIDER: Object = object("`provider`", &[PROVIDER_KEYS]).requires(&["type"]);
static PROVIDER_KEYS: &[Key] = &[
    key("options", &PROVIDER_OPTIONS, "Options of the provider."),
    key(
        "type",
        &ANY_TEXT,
        "Program or plug-in that provides the service.",
    ),
];
static PROVIDER_SHAPE: Shape = mapping(&PROVIDER);
static PROVIDER_VALUE: Shape = word(
    Types::TEXT.and(Types::NUMBER).and(Types::BOOL),
    None,
    Form::Any,
);
static PROVIDER_OPTION: Shape = word(
    Types::TEXT.and(Types::NUMBER).and(Types::BOOL),
    None,
    Form::Any,
)
.or_list(&PROVIDER_VALUE, Repeated::Kept);
static PROVIDER_OPTIONS: Shape = entries(Names::Any, &PROVIDER_OPTION);

static TRIGGERS: Object = object("`triggers`", &[TRIGGER_KEYS]).one_of(&["manual", "schedule"]);
static TRIGGER_KEYS: &[Key] = &[
    key(
        "manual",
        &FLAG,
        "Whether the job may be run by hand; it may unless `false`.",
    ),
    key("schedule", &SCHEDULES, "Times at which the job runs."),
];
static TRIGGERS_SHAPE: Shape = mapping(&TRIGGERS);
static SCHEDULE: Object = object("a schedule", &[SCHEDULE_KEYS]).requires(&["cron"]);
static SCHEDULE_KEYS: &[Key] = &[
    key(
        "concurrency",
        &CONCURRENCY,
        "What happens when the last run still goes on.",
    ),
    key("cron", &CRON, "When to run, as a crontab line."),
    key(
        "missed_fires",
        &MISSED_FIRES,
        "What happens about runs that were missed.",
    ),
    key(
        "timezone",
        &ANY_TEXT,
        "Time zone of the crontab line, such as `Europe/Paris`.",
    ),
];
static SCHEDULE_SHAPE: Shape = mapping(&SCHEDULE).or_text(Form::Cron);
static SCHEDULES: Shape = list(&SCHEDULE_SHAPE, Repeated::Kept);
static CRON: Shape = text(Form::Cron);
static CONCURRENCY: Shape = text(Form::OneOf(&["forbid", "queue"]));
static MISSED_FIRES: Shape = text(Form::OneOf(&["one", "skip"]));
