//! The variables of a project: what its `.env` files say.
//!
//! The environment of the machine is never asked. It would win over every value here, so that a value from here is
//! what holds as long as nobody sets the variable.
//!
//! Not for: the grammar of such files (`dotenv`), and the environment of containers.

use std::collections::HashMap;

/// Variables with their values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    values: HashMap<Box<str>, Box<str>>,
    is_closed: bool,
}

impl Environment {
    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(|value| &**value)
    }

    /// Whether there is no variable.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Gives a variable a value, over the one that it has.
    pub fn set(&mut self, name: &str, value: &str) {
        self.values.insert(name.into(), value.into());
    }

    /// These variables, and those of another environment that are not among them.
    pub fn over(&self, other: &Environment) -> Environment {
        let mut values = other.values.clone();
        values.extend(self.values.clone());
        Environment {
            values,
            is_closed: self.is_closed,
        }
    }

    /// The same, but nobody sets any other variable: those that have no value are empty, as Compose takes them on a
    /// machine without them.
    pub fn closed(mut self) -> Environment {
        self.is_closed = true;
        self
    }

    /// Whether variables that have no value here are known to have none at all.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// All variables, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut all: Vec<(&str, &str)> = self
            .values
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        all.sort_unstable();
        all.into_iter()
    }
}
