//! Values of flags that are, or begin with, one of a few words: shell completions offer these.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, Error};

/// A parser of values, and the words that completions offer for them.
#[derive(Clone, Debug)]
pub struct Words<T> {
    parse: fn(&str) -> Result<T, String>,
    words: Vec<&'static str>,
}

impl<T> Words<T> {
    /// Values that `parse` understands, which gives a sentence for those that it does not.
    pub fn new(
        parse: fn(&str) -> Result<T, String>,
        words: impl IntoIterator<Item = &'static str>,
    ) -> Words<T> {
        Words {
            parse,
            words: words.into_iter().collect(),
        }
    }
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Words<T> {
    type Value = T;

    fn parse_ref(&self, cmd: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<T, Error> {
        self.parse.parse_ref(cmd, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.words.iter().copied().map(PossibleValue::new)))
    }
}
