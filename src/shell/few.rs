//! A list that is mostly one element long and then costs no allocation.

use std::fmt;
use std::ops::{Deref, DerefMut};

/// Elements in order: parts of a word, commands of a pipeline, pipelines of a list. Reads like a slice.
#[derive(Clone, PartialEq, Eq)]
pub enum Few<T> {
    /// Exactly one.
    One(T),
    /// Any number, none included.
    Many(Vec<T>),
}

impl<T> Few<T> {
    /// No element.
    pub fn new() -> Few<T> {
        Few::Many(Vec::new())
    }

    /// These elements, in a list that is exactly as long as need be.
    pub fn of(mut elements: impl ExactSizeIterator<Item = T>) -> Few<T> {
        if elements.len() == 1
            && let Some(only) = elements.next()
        {
            return Few::One(only);
        }
        Few::Many(elements.collect())
    }

    /// Appends an element.
    pub fn push(&mut self, element: T) {
        match self {
            Few::Many(elements) if elements.capacity() == 0 => *self = Few::One(element),
            Few::Many(elements) => elements.push(element),
            Few::One(_) => {
                if let Few::One(first) = std::mem::replace(self, Few::Many(Vec::with_capacity(4))) {
                    let Few::Many(elements) = self else { return };
                    elements.push(first);
                    elements.push(element);
                }
            }
        }
    }
}

impl<T> Default for Few<T> {
    fn default() -> Few<T> {
        Few::new()
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Few::One(element) => std::slice::from_ref(element),
            Few::Many(elements) => elements,
        }
    }
}

impl<T> DerefMut for Few<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match self {
            Few::One(element) => std::slice::from_mut(element),
            Few::Many(elements) => elements,
        }
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> IntoIterator for Few<T> {
    type Item = T;
    type IntoIter = std::iter::Chain<std::option::IntoIter<T>, std::vec::IntoIter<T>>;

    fn into_iter(self) -> Self::IntoIter {
        let (one, many) = match self {
            Few::One(element) => (Some(element), Vec::new()),
            Few::Many(elements) => (None, elements),
        };
        one.into_iter().chain(many)
    }
}

impl<T> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, elements: I) {
        for element in elements {
            self.push(element);
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Few<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_keep_their_order() {
        let mut few = Few::new();
        assert!(few.is_empty());
        for n in 0..5 {
            few.push(n);
            assert_eq!(*few, (0..=n).collect::<Vec<_>>());
        }
        let mut one = Few::new();
        one.extend([1]);
        assert!(matches!(one, Few::One(1)));
    }
}
