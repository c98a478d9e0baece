//! Values as far as the file alone tells them.

/// What is known of a value before the build.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Value {
    /// It is this text in every build.
    Known(Box<str>),
    /// It is this text unless a build argument says otherwise.
    Default(Box<str>),
    /// Only the build will tell.
    #[default]
    Unknown,
}

impl Value {
    /// The text, also where a build argument can change it.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Known(text) | Value::Default(text) => Some(text),
            Value::Unknown => None,
        }
    }

    /// The text, if every build has it.
    pub fn known(&self) -> Option<&str> {
        match self {
            Value::Known(text) => Some(text),
            Value::Default(_) | Value::Unknown => None,
        }
    }

    /// Another text, known as well as this one.
    pub(super) fn map(&self, f: impl FnOnce(&str) -> Option<String>) -> Value {
        match self {
            Value::Known(text) => f(text).map_or(Value::Unknown, |text| Value::Known(text.into())),
            Value::Default(text) => {
                f(text).map_or(Value::Unknown, |text| Value::Default(text.into()))
            }
            Value::Unknown => Value::Unknown,
        }
    }
}
