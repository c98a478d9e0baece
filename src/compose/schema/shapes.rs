//! Shapes that several objects share.

use super::{Cast, Form, Names, Repeated, Shape, Space, Types, entries, list, text, word};

pub(super) static ANY_TEXT: Shape = text(Form::Any);
pub(super) static PATH: Shape = text(Form::Path);
pub(super) static CONTAINER_PATH: Shape = text(Form::ContainerPath);
pub(super) static DURATION: Shape = text(Form::Duration);
pub(super) static IMAGE: Shape = text(Form::Image);
pub(super) static PLATFORM: Shape = text(Form::Platform);
pub(super) static USER: Shape = text(Form::User);

/// A boolean that is also read from text.
pub(super) static FLAG: Shape = word(
    Types::BOOL.and(Types::TEXT),
    Some(Cast::Bool),
    Form::Usually(&["true", "false"]),
);
/// A boolean that text is not accepted for.
pub(super) static STRICT_FLAG: Shape = word(Types::BOOL, None, Form::Usually(&["true", "false"]));

/// A whole number that is not negative, also read from text.
pub(super) static COUNT: Shape = word(Types::INT, Some(Cast::Int), Form::Range(0, i64::MAX));
/// A whole number, also read from text.
pub(super) static INT: Shape = word(Types::INT, Some(Cast::Int), Form::Any);
/// A number whose text form has to be whole.
pub(super) static NUMBER: Shape = word(Types::NUMBER, Some(Cast::Int), Form::Any);
/// A number, also read from text.
pub(super) static FLOAT: Shape = word(Types::NUMBER, Some(Cast::Float), Form::Any);
/// A number of bytes, or text with a unit.
pub(super) static BYTES: Shape = word(Types::NUMBER.and(Types::TEXT), None, Form::ByteSize);
/// A whole number of bytes, or text with a unit.
pub(super) static WHOLE_BYTES: Shape = word(Types::INT.and(Types::TEXT), None, Form::ByteSize);
/// A file mode: a number, or its octal digits as text.
pub(super) static MODE: Shape = word(Types::INT.and(Types::TEXT), None, Form::FileMode);

/// Text of any kind, where a text that is there twice is refused.
pub(super) static TEXTS: Shape = list(&ANY_TEXT, Repeated::Refused);
/// The same, but a text that is there twice is dropped.
pub(super) static DEDUPED_TEXTS: Shape = list(&ANY_TEXT, Repeated::DroppedInServices);
/// The same, but a text that is there twice is kept.
pub(super) static KEPT_TEXTS: Shape = list(&ANY_TEXT, Repeated::Kept);
pub(super) static TEXT_OR_TEXTS: Shape = list(&ANY_TEXT, Repeated::Refused).or_text(Form::Any);
pub(super) static TEXT_OR_DEDUPED_TEXTS: Shape =
    list(&ANY_TEXT, Repeated::DroppedInServices).or_text(Form::Any);
pub(super) static PATH_OR_PATHS: Shape = list(&PATH, Repeated::Kept).or_text(Form::Path);
pub(super) static PLATFORMS: Shape = list(&PLATFORM, Repeated::Kept);

/// A command: nothing, a line that is split into words, or the words.
pub(super) static COMMAND: Shape = list(&ANY_TEXT, Repeated::Kept)
    .or_text(Form::CommandLine)
    .or_null();

/// Any scalar.
pub(super) static SCALAR: Shape = word(
    Types::TEXT.and(Types::NUMBER).and(Types::BOOL),
    None,
    Form::Any,
)
.or_null();
static PAIR: Shape = text(Form::Pair);
static VARIABLE: Shape = text(Form::Variable);
/// Keys and values as a mapping or as a list of `KEY=VALUE`.
pub(super) static PAIRS: Shape =
    entries(Names::Filled, &SCALAR).or_list(&PAIR, Repeated::DroppedInServices);
/// The same where a pair that is there twice is refused.
pub(super) static STRICT_PAIRS: Shape =
    entries(Names::Filled, &SCALAR).or_list(&PAIR, Repeated::Refused);
/// The same for environment variables, whose names must not end with a blank in the list form.
pub(super) static VARIABLES: Shape =
    entries(Names::Filled, &SCALAR).or_list(&VARIABLE, Repeated::DroppedInServices);

/// Text or a number.
static OPTION: Shape = word(Types::TEXT.and(Types::NUMBER), None, Form::Any);
/// Options of a driver.
pub(super) static DRIVER_OPTIONS: Shape = entries(Names::Any, &OPTION);
/// Text by key.
pub(super) static TEXT_BY_KEY: Shape = entries(Names::Filled, &ANY_TEXT);

static HOST: Shape = text(Form::ExtraHost);
static ADDRESS: Shape = text(Form::HostAddress);
static ADDRESSES: Shape = list(&ADDRESS, Repeated::Kept).or_text(Form::HostAddress);
/// Additional host names.
pub(super) static EXTRA_HOSTS: Shape =
    entries(Names::Host, &ADDRESSES).or_list(&HOST, Repeated::Refused);

static PROFILE: Shape = text(Form::Name(Space::Profile));
pub(super) static PROFILES: Shape = list(&PROFILE, Repeated::DroppedInServices);
