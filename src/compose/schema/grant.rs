//! What a container is given of the file's secrets and configs.

use super::shapes::{ANY_TEXT, MODE};
use super::{Form, Key, Object, Repeated, Shape, Space, key, list, mapping, object};

static GRANT_KEYS: &[Key] = &[
    key(
        "gid",
        &ANY_TEXT,
        "Group that owns the file in the container.",
    ),
    key("mode", &MODE, "Permissions of the file, in octal."),
    key(
        "source",
        &ANY_TEXT,
        "Name of the secret or config that the file declares.",
    ),
    key(
        "target",
        &ANY_TEXT,
        "Where the file appears in the container.",
    ),
    key(
        "uid",
        &ANY_TEXT,
        "User that owns the file in the container.",
    ),
];
static SECRET_GRANT: Object = object("a secret's grant", &[GRANT_KEYS]).requires(&["source"]);
static SECRET_GRANT_SHAPE: Shape = mapping(&SECRET_GRANT).or_text(Form::Name(Space::Secret));
pub(super) static SECRET_GRANTS: Shape = list(&SECRET_GRANT_SHAPE, Repeated::Dropped);
static CONFIG_GRANT: Object = object("a config's grant", &[GRANT_KEYS]).requires(&["source"]);
static CONFIG_GRANT_SHAPE: Shape = mapping(&CONFIG_GRANT).or_text(Form::Name(Space::Config));
pub(super) static CONFIG_GRANTS: Shape = list(&CONFIG_GRANT_SHAPE, Repeated::Dropped);
