//! Resource limits of processes.

use super::shapes::INT;
use super::{Cast, Form, Key, Names, Object, Shape, Types, entries, key, mapping, object};

static ULIMIT: Object = object("a ulimit", &[ULIMIT_KEYS]).requires(&["soft", "hard"]);
static ULIMIT_KEYS: &[Key] = &[
    key(
        "hard",
        &INT,
        "Highest value to which a process may raise the limit.",
    ),
    key("soft", &INT, "Limit that is enforced."),
];
static ULIMIT_SHAPE: Shape = mapping(&ULIMIT).or_word(Types::INT, Some(Cast::Int), Form::Any);
pub(super) static ULIMITS: Shape = entries(Names::Any, &ULIMIT_SHAPE);
