//! Development with `docker compose watch`, and commands run in a container's life.

use super::shapes::{COMMAND, CONTAINER_PATH, FLAG, STRICT_FLAG, TEXT_OR_TEXTS, USER, VARIABLES};
use super::{Form, Key, Object, Repeated, Shape, key, list, mapping, object, text};

/// `develop`
pub static DEVELOP: Object = object("`develop`", &[DEVELOP_KEYS]);

static DEVELOP_KEYS: &[Key] = &[key(
    "watch",
    &WATCHES,
    "Paths that `docker compose watch` looks at, and what it does.",
)];
pub(super) static DEVELOP_SHAPE: Shape = mapping(&DEVELOP).or_null();

/// An item of `develop.watch`.
pub static WATCH: Object = object("a `watch` item", &[WATCH_KEYS]).requires(&["path", "action"]);

static WATCH_KEYS: &[Key] = &[
    key("action", &ACTION, "What is done when a file changes."),
    key(
        "exec",
        &HOOK_SHAPE,
        "Command to run in the container after `sync+exec`.",
    )
    .since("2.32.2"),
    key(
        "ignore",
        &TEXT_OR_TEXTS,
        "Patterns of files that do not matter.",
    ),
    key(
        "include",
        &TEXT_OR_TEXTS,
        "Patterns of files that matter; all by default.",
    ),
    key(
        "initial_sync",
        &STRICT_FLAG,
        "Copy all files when watching begins.",
    ),
    key(
        "path",
        &WATCH_PATH,
        "File or directory of the host to watch.",
    ),
    key(
        "target",
        &CONTAINER_PATH,
        "Where in the container the files go.",
    ),
];
static WATCH_SHAPE: Shape = mapping(&WATCH);
static WATCHES: Shape = list(&WATCH_SHAPE, Repeated::Kept);
static WATCH_PATH: Shape = text(Form::Path);
static ACTION: Shape = text(Form::OneOf(&[
    "rebuild",
    "sync",
    "restart",
    "sync+restart",
    "sync+exec",
]));

/// A command that runs in the service's container: `post_start`, `pre_stop` and `watch[].exec`.
pub static HOOK: Object = object("a hook", &[HOOK_KEYS]).requires(&["command"]);

static HOOK_KEYS: &[Key] = &[
    key("command", &COMMAND, "Command to run."),
    key(
        "environment",
        &VARIABLES,
        "Environment variables for the command.",
    ),
    key("privileged", &FLAG, "Run the command with all privileges."),
    key("user", &USER, "User that the command runs as."),
    key(
        "working_dir",
        &CONTAINER_PATH,
        "Directory in which the command starts.",
    ),
];
static HOOK_SHAPE: Shape = mapping(&HOOK);
pub(super) static HOOKS: Shape = list(&HOOK_SHAPE, Repeated::Kept);
