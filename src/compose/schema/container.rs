//! Keys of everything that runs a container: services, jobs and `pre_start` steps.

use super::attachment::{MODELS, NETWORKS};
use super::block_io::BLOCK_IO_SHAPE;
use super::capability::CAPABILITY;
use super::grant::{CONFIG_GRANTS, SECRET_GRANTS};
use super::mount::MOUNTS;
use super::shapes::{
    ANY_TEXT, BYTES, COMMAND, CONTAINER_PATH, COUNT, DEDUPED_TEXTS, DURATION, EXTRA_HOSTS, FLAG,
    FLOAT, IMAGE, NUMBER, PAIRS, PATH, PATH_OR_PATHS, PLATFORM, STRICT_FLAG, TEXT_OR_DEDUPED_TEXTS,
    TEXTS, USER, VARIABLES, WHOLE_BYTES,
};
use super::ulimit::ULIMITS;
use super::{
    Cast, Form, Key, Names, Object, Repeated, Shape, Types, entries, key, list, mapping, object,
    text, word,
};

/// A step of `pre_start`: a container of its own that has to end well before the service starts.
pub static PRE_START: Object = object("a `pre_start` step", &[CONTAINER, PRE_START_KEYS]);

static PRE_START_KEYS: &[Key] = &[key(
    "per_replica",
    &FLAG,
    "Run the step for each replica instead of once for the service.",
)];

/// Keys that services, jobs and `pre_start` steps share.
pub(super) static CONTAINER: &[Key] = &[
    key("annotations", &PAIRS, "OCI annotations of the container."),
    key(
        "blkio_config",
        &BLOCK_IO_SHAPE,
        "Limits and weights for block devices.",
    ),
    key(
        "cap_add",
        &CAPABILITIES,
        "Kernel capabilities to add to the default set.",
    ),
    key(
        "cap_drop",
        &CAPABILITIES,
        "Kernel capabilities to take away; `ALL` takes all.",
    ),
    key(
        "cgroup",
        &CGROUP,
        "Control group namespace: `host` or `private`.",
    )
    .since("2.15.0"),
    key(
        "cgroup_parent",
        &ANY_TEXT,
        "Control group under which the container's own is made.",
    ),
    key(
        "command",
        &COMMAND,
        "Replaces the image's CMD. A text is split into words; no shell runs it.",
    ),
    key(
        "configs",
        &CONFIG_GRANTS,
        "Configs to mount, by name or with target and mode.",
    ),
    key("cpu_count", &COUNT, "Number of usable CPUs (Windows)."),
    key(
        "cpu_percent",
        &PERCENT,
        "Usable share of the CPUs in percent (Windows).",
    ),
    key(
        "cpu_period",
        &NUMBER,
        "Length of a CPU scheduler period in microseconds.",
    ),
    key(
        "cpu_quota",
        &NUMBER,
        "CPU time in each scheduler period, in microseconds.",
    ),
    key(
        "cpu_rt_period",
        &NUMBER,
        "Length of a real-time scheduler period in microseconds.",
    ),
    key(
        "cpu_rt_runtime",
        &NUMBER,
        "Real-time CPU time in each period, in microseconds.",
    ),
    key(
        "cpu_shares",
        &NUMBER,
        "Weight when containers compete for the CPU; 1024 is usual.",
    ),
    key(
        "cpus",
        &FLOAT,
        "Number of CPUs that the container may use, fractions allowed.",
    ),
    key(
        "cpuset",
        &ANY_TEXT,
        "CPUs to run on, such as `0-3` or `0,1`.",
    ),
    key(
        "credential_spec",
        &CREDENTIAL_SPEC_SHAPE,
        "Credentials of a Windows service account.",
    ),
    key(
        "device_cgroup_rules",
        &TEXTS,
        "Rules for devices, such as `c 1:3 mr`.",
    ),
    key(
        "devices",
        &DEVICES,
        "Devices of the host: `HOST[:CONTAINER[:PERMISSIONS]]`.",
    ),
    key(
        "dns",
        &TEXT_OR_DEDUPED_TEXTS,
        "Name servers to use instead of Docker's own.",
    ),
    key("dns_opt", &DEDUPED_TEXTS, "Options for `resolv.conf`."),
    key(
        "dns_search",
        &TEXT_OR_DEDUPED_TEXTS,
        "Domains in which short host names are looked up.",
    ),
    key("domainname", &ANY_TEXT, "Domain name of the container."),
    key(
        "entrypoint",
        &COMMAND,
        "Replaces the image's ENTRYPOINT, and clears its CMD.",
    ),
    key(
        "env_file",
        &ENV_FILE,
        "Files with environment variables; `environment` wins over them.",
    ),
    key(
        "environment",
        &VARIABLES,
        "Environment variables; one without a value is passed through.",
    ),
    key(
        "extra_hosts",
        &EXTRA_HOSTS,
        "Lines for `/etc/hosts`: `HOST=IP`, or a mapping.",
    ),
    key(
        "gpus",
        &GPUS,
        "Graphics devices: `all`, or a list of requests.",
    )
    .since("2.30.0"),
    key(
        "group_add",
        &GROUPS,
        "More groups, by name or number, for the container's user.",
    ),
    key("hostname", &ANY_TEXT, "Host name inside the container."),
    key(
        "image",
        &IMAGE,
        "Image to start from; with `build`, the name to give to what is built.",
    ),
    key(
        "init",
        &FLAG,
        "Run an init process that passes signals on and reaps children.",
    ),
    key("ipc", &IPC, "Inter-process communication namespace to use."),
    key("isolation", &ISOLATION, "Isolation technology (Windows)."),
    key(
        "label_file",
        &PATH_OR_PATHS,
        "Files with labels; `labels` wins over them.",
    )
    .since("2.32.2"),
    key("labels", &PAIRS, "Labels of the container."),
    key(
        "logging",
        &LOGGING_SHAPE,
        "Where the container's output goes.",
    ),
    key(
        "mac_address",
        &ANY_TEXT,
        "Hardware address of the container's network interface.",
    )
    .deprecated("set `mac_address` under `networks`"),
    key(
        "mem_limit",
        &BYTES,
        "Most memory that the container may use.",
    ),
    key(
        "mem_reservation",
        &WHOLE_BYTES,
        "Memory that the container should always get.",
    ),
    key(
        "mem_swappiness",
        &WHOLE_BYTES,
        "How readily the kernel swaps the container out, 0 to 100.",
    ),
    key(
        "memswap_limit",
        &BYTES,
        "Most memory and swap together; `-1` for no limit on swap.",
    ),
    key("models", &MODELS, "AI models that the service uses.").since("2.38.0"),
    key(
        "network_mode",
        &NETWORK_MODE,
        "Network namespace, in place of `networks`.",
    ),
    key(
        "networks",
        &NETWORKS,
        "Networks to join, by name or with addresses and aliases.",
    ),
    key(
        "oom_kill_disable",
        &FLAG,
        "Keep the kernel from killing the container when memory runs out.",
    ),
    key(
        "oom_score_adj",
        &OOM_SCORE,
        "How soon the kernel kills the container, -1000 to 1000.",
    ),
    key("pid", &PID, "Process namespace to use."),
    key(
        "pids_limit",
        &NUMBER,
        "Most processes and threads; `-1` for no limit.",
    ),
    key(
        "platform",
        &PLATFORM,
        "Platform to run on, such as `linux/arm64`.",
    ),
    key(
        "privileged",
        &FLAG,
        "Give the container all capabilities and devices of the host.",
    ),
    key(
        "pull_policy",
        &PULL_POLICY,
        "When the image is pulled or built.",
    ),
    key(
        "pull_refresh_after",
        &ANY_TEXT,
        "Age at which `pull_policy: refresh` pulls again.",
    ),
    key(
        "read_only",
        &FLAG,
        "Make the container's root filesystem read-only.",
    ),
    key("runtime", &RUNTIME, "OCI runtime to use, such as `runc`."),
    key(
        "secrets",
        &SECRET_GRANTS,
        "Secrets to mount, by name or with target and mode.",
    ),
    key(
        "security_opt",
        &TEXTS,
        "Security options, such as `no-new-privileges:true`.",
    ),
    key("shm_size", &BYTES, "Size of `/dev/shm`."),
    key(
        "stop_grace_period",
        &DURATION,
        "Time between the stop signal and the kill.",
    ),
    key(
        "stop_signal",
        &STOP_SIGNAL,
        "Signal that asks the container to stop; SIGTERM by default.",
    ),
    key(
        "storage_opt",
        &STORAGE_OPTIONS,
        "Options of the storage driver, such as `size`.",
    ),
    key(
        "sysctls",
        &PAIRS,
        "Kernel parameters to set inside the container.",
    ),
    key(
        "tmpfs",
        &TMPFS,
        "Paths at which to mount memory: `PATH[:OPTIONS]`.",
    ),
    key(
        "ulimits",
        &ULIMITS,
        "Resource limits of processes, such as `nofile`.",
    ),
    key(
        "use_api_socket",
        &STRICT_FLAG,
        "Mount the Docker API's socket and the user's registry credentials.",
    )
    .since("2.37.1"),
    key(
        "user",
        &USER,
        "User, or `USER:GROUP`, that the process runs as.",
    ),
    key(
        "userns_mode",
        &HOST_ONLY,
        "User namespace: `host` switches remapping off.",
    ),
    key(
        "uts",
        &HOST_ONLY,
        "Host name namespace: `host` shares the host's.",
    )
    .since("2.15.1"),
    key(
        "volumes",
        &MOUNTS,
        "Volumes and host paths to mount: `[SOURCE:]TARGET[:OPTIONS]`.",
    ),
    key(
        "volumes_from",
        &VOLUMES_FROM,
        "Services or containers whose mounts to take over.",
    ),
    key(
        "working_dir",
        &CONTAINER_PATH,
        "Directory in which the command starts.",
    ),
];

static PERCENT: Shape = word(Types::INT, Some(Cast::Float), Form::Range(0, 100));
static OOM_SCORE: Shape = word(Types::INT, Some(Cast::Int), Form::Range(-1000, 1000));
static CGROUP: Shape = text(Form::OneOf(&["host", "private"]));
static IPC: Shape = text(Form::Usually(&[
    "none",
    "private",
    "shareable",
    "host",
    "service:",
]));
/// The schema allows null; the program then crashes.
static PID: Shape = text(Form::Usually(&["host", "service:", "container:"]));
static HOST_ONLY: Shape = text(Form::Usually(&["host"]));
static NETWORK_MODE: Shape = text(Form::Usually(&[
    "bridge",
    "host",
    "none",
    "service:",
    "container:",
]));
static ISOLATION: Shape = text(Form::Usually(&["default", "process", "hyperv"]));
static RUNTIME: Shape = text(Form::Usually(&["runc", "nvidia", "runsc"]));
static PULL_POLICY: Shape = text(Form::PullPolicy);
static STOP_SIGNAL: Shape = text(Form::Usually(&[
    "SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGKILL",
]));
static STORAGE_OPTIONS: Shape = entries(Names::Any, &LOGGING_OPTION);

static CAPABILITIES: Shape = list(&CAPABILITY, Repeated::DroppedInServices);

static GROUP: Shape = word(Types::TEXT.and(Types::INT), None, Form::Any);
static GROUPS: Shape = list(&GROUP, Repeated::Refused);

static TMPFS_MOUNT: Shape = text(Form::Tmpfs);
static TMPFS: Shape = list(&TMPFS_MOUNT, Repeated::DroppedInServices).or_text(Form::Tmpfs);

static VOLUME_SOURCE: Shape = text(Form::Link);
static VOLUMES_FROM: Shape = list(&VOLUME_SOURCE, Repeated::Refused);

static DEVICE: Object = object("a device", &[DEVICE_KEYS]).requires(&["source", "target"]);
static DEVICE_KEYS: &[Key] = &[
    key("permissions", &ANY_TEXT, "Any of `r`, `w` and `m`."),
    key("source", &PATH, "Path of the device on the host."),
    key(
        "target",
        &CONTAINER_PATH,
        "Path of the device in the container.",
    ),
];
static DEVICE_SHAPE: Shape = mapping(&DEVICE).or_text(Form::Device);
static DEVICES: Shape = list(&DEVICE_SHAPE, Repeated::Dropped);

/// `gpus` misses the line of the schema that would refuse unknown keys.
static GPU: Object = object("a `gpus` item", &[super::deploy::DEVICE_REQUEST_KEYS]).open();
static GPU_SHAPE: Shape = mapping(&GPU);
static GPUS: Shape = list(&GPU_SHAPE, Repeated::Kept).or_text(Form::OneOf(&["all"]));

static ENV_FILE_ITEM: Object = object("an `env_file` item", &[ENV_FILE_KEYS])
    .requires(&["path"])
    .without_extensions();
static ENV_FILE_KEYS: &[Key] = &[
    key(
        "format",
        &ENV_FILE_FORMAT,
        "`raw` takes values as they are, without quotes and variables.",
    )
    .since("2.30.0"),
    key("path", &PATH, "Path of the file, relative to this one."),
    key(
        "required",
        &FLAG,
        "Whether a missing file is an error; it is unless `false`.",
    )
    .since("2.24.0"),
];
static ENV_FILE_FORMAT: Shape = text(Form::Usually(&["raw"]));
static ENV_FILE_SHAPE: Shape = mapping(&ENV_FILE_ITEM).or_text(Form::Path);
static ENV_FILE: Shape = list(&ENV_FILE_SHAPE, Repeated::Dropped).or_text(Form::Path);

static CREDENTIAL_SPEC: Object = object("`credential_spec`", &[CREDENTIAL_SPEC_KEYS]);
static CREDENTIAL_SPEC_KEYS: &[Key] = &[
    key("config", &ANY_TEXT, "Config that holds the specification."),
    key("file", &PATH, "File that holds the specification."),
    key(
        "registry",
        &ANY_TEXT,
        "Value of the Windows registry that holds the specification.",
    ),
];
static CREDENTIAL_SPEC_SHAPE: Shape = mapping(&CREDENTIAL_SPEC);

static LOGGING: Object = object("`logging`", &[LOGGING_KEYS]);
static LOGGING_KEYS: &[Key] = &[
    key(
        "driver",
        &LOGGING_DRIVER,
        "Logging driver; the daemon's own by default.",
    ),
    key(
        "options",
        &LOGGING_OPTIONS,
        "Options of the driver, such as `max-size`.",
    ),
];
static LOGGING_SHAPE: Shape = mapping(&LOGGING);
static LOGGING_DRIVER: Shape = text(Form::Usually(&[
    "awslogs",
    "etwlogs",
    "fluentd",
    "gcplogs",
    "gelf",
    "journald",
    "json-file",
    "local",
    "none",
    "splunk",
    "syslog",
]));
static LOGGING_OPTION: Shape = word(Types::TEXT.and(Types::NUMBER), None, Form::Any).or_null();
static LOGGING_OPTIONS: Shape = entries(Names::Any, &LOGGING_OPTION);
