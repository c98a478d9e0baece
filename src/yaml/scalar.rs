//! What a scalar means to Docker's YAML reader.
//!
//! Not for: Compose's casts by path, which come after interpolation.

use super::ScalarStyle;
use super::node::CoreTag;

/// A scalar's text and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scalar<'d> {
    /// The text, unquoted, unescaped and folded.
    pub value: &'d str,
    /// How it is written.
    pub style: ScalarStyle,
    /// Its explicit tag, if it is one of YAML's own.
    pub tag: Option<CoreTag>,
}

/// The type and value of a scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolved {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`; never `yes` or `on`.
    Bool(bool),
    /// A whole number in any base that fits.
    Int(i128),
    /// Any other number, infinity and not-a-number included.
    Float(f64),
    /// Text.
    Str,
}

impl Scalar<'_> {
    /// Nothing or text; numbers are not told apart yet.
    pub fn resolve(&self) -> Resolved {
        if self.value.is_empty() {
            Resolved::Null
        } else {
            Resolved::Str
        }
    }
}
