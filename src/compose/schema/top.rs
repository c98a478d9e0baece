//! The file as a whole.

use super::resource::{CONFIG_SHAPE, MODEL_SHAPE, NETWORK_SHAPE, SECRET_SHAPE, VOLUME_SHAPE};
use super::service::{JOB, SERVICE};
use super::shapes::{ANY_TEXT, PATH};
use super::{
    Form, Key, Names, Object, Repeated, Shape, Types, entries, key, list, mapping, object, word,
};

/// A Compose file.
pub static FILE: Object = object("a Compose file", &[FILE_KEYS]);

static FILE_KEYS: &[Key] = &[
    key(
        "configs",
        &CONFIGS,
        "Configuration files that services can be given.",
    ),
    key(
        "include",
        &INCLUDES,
        "Other Compose files that become part of the project.",
    )
    .since("2.20.0"),
    key(
        "jobs",
        &JOBS,
        "Containers that run to their end, by hand or by schedule.",
    )
    .since("5.0.0"),
    key("models", &MODELS, "AI models that services can use.").since("2.38.0"),
    key(
        "name",
        &ANY_TEXT,
        "Name of the project; the directory's by default.",
    ),
    key("networks", &NETWORKS, "Networks that services can join."),
    key("secrets", &SECRETS, "Secrets that services can be given."),
    key(
        "services",
        &SERVICES,
        "The containers that make up the project.",
    ),
    key(
        "version",
        &ANY_TEXT,
        "Version of old file formats; ignored.",
    )
    .deprecated("remove it"),
    key(
        "volumes",
        &VOLUMES,
        "Volumes that services can mount by name.",
    ),
];

const ANY_NAME: Names = Names::Resource(None);
static SERVICE_SHAPE: Shape = mapping(&SERVICE);
static SERVICES: Shape = entries(ANY_NAME, &SERVICE_SHAPE);
static JOB_SHAPE: Shape = mapping(&JOB);
static JOBS: Shape = entries(ANY_NAME, &JOB_SHAPE);
static NETWORKS: Shape = entries(ANY_NAME, &NETWORK_SHAPE);
static VOLUMES: Shape = entries(ANY_NAME, &VOLUME_SHAPE);
static SECRETS: Shape = entries(ANY_NAME, &SECRET_SHAPE);
static CONFIGS: Shape = entries(ANY_NAME, &CONFIG_SHAPE);
static MODELS: Shape = entries(ANY_NAME, &MODEL_SHAPE);

/// Compose does not check the keys of an include against the schema.
static INCLUDE: Object = object("an `include` item", &[INCLUDE_KEYS])
    .without_extensions()
    .open();
static INCLUDE_KEYS: &[Key] = &[
    key(
        "env_file",
        &ENV_FILES,
        "Files with the included file's variables; its `.env` by default.",
    ),
    key(
        "path",
        &PATHS,
        "The file, or the files that are merged into one.",
    ),
    key(
        "project_directory",
        &DIRECTORY,
        "Directory from which the included file's paths count.",
    ),
];
static DIRECTORY: Shape = word(Types::TEXT.and(Types::NUMBER), None, Form::Path).or_null();
static ENV_FILES: Shape = list(&PATH, Repeated::Kept).or_text(Form::Path).or_null();
static PATHS: Shape = list(&PATH, Repeated::Kept).or_text(Form::Path).or_null();
static INCLUDE_SHAPE: Shape = mapping(&INCLUDE).or_text(Form::Path).or_null();
static INCLUDES: Shape = list(&INCLUDE_SHAPE, Repeated::Kept).or_null();
