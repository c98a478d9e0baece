//! Names that a file declares, for looking up what services refer to.
//!
//! Not for: names that other files declare.

use std::collections::HashMap;

use super::value::Named;

/// For how many unknown names a similar one is looked for: comparing each with all is what costs.
const MAX_SUGGESTIONS: usize = 100;

/// What is declared under names of one kind, in all documents of a file.
pub struct Declared<'f, T> {
    by_name: HashMap<&'f str, &'f T>,
    /// In the order of the file, so that of equally similar names the first is suggested.
    names: Vec<&'f str>,
    suggestions: usize,
}

/// Something that an unknown name may mean.
pub struct Near<'f, T> {
    /// What is declared.
    pub item: &'f T,
    /// Whether the names are so much alike that the unknown one is hardly somebody else's.
    pub is_slip: bool,
}

impl<'f, T: Named> Declared<'f, T> {
    /// Everything of one kind; of two with the same name the first counts.
    pub fn new(items: impl Iterator<Item = &'f T>) -> Declared<'f, T> {
        let mut declared = Declared {
            by_name: HashMap::new(),
            names: Vec::new(),
            suggestions: MAX_SUGGESTIONS,
        };
        for item in items {
            let name = &*item.name().value;
            declared.by_name.entry(name).or_insert(item);
            declared.names.push(name);
        }
        declared
    }

    /// Whether something is declared under a name.
    pub fn contains(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// What is declared under the name that is spelt most like this one, if one is near. After many such
    /// questions nothing is suggested any more.
    pub fn nearest(&mut self, name: &str) -> Option<Near<'f, T>> {
        self.suggestions = self.suggestions.checked_sub(1)?;
        let length = name.chars().count();
        let limit = (length / 3).clamp(1, 4);
        let near = self
            .names
            .iter()
            .filter(|known| known.len().abs_diff(name.len()) <= 2 * limit);
        let near = near.map(|known| (strsim::damerau_levenshtein(known, name), *known));
        let (distance, known) = near.min_by_key(|(distance, _)| *distance)?;
        // Of two letters, one that differs makes another word.
        if distance > limit || 2 * distance >= length {
            return None;
        }
        let is_slip = distance <= length / 5 && !differ_in_numbers_only(name, known);
        Some(Near {
            item: *self.by_name.get(known)?,
            is_slip,
        })
    }
}

/// Whether two names are the same but for their digits, as those of numbered things are.
fn differ_in_numbers_only(a: &str, b: &str) -> bool {
    let letters = |text: &'_ str| {
        text.chars()
            .filter(|c| !c.is_ascii_digit())
            .collect::<String>()
    };
    letters(a) == letters(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::value::Name;
    use crate::text::{FileId, Located, Location, Span};

    struct Thing(Name);

    impl Named for Thing {
        fn name(&self) -> &Name {
            &self.0
        }
    }

    fn things(names: &[&str]) -> Vec<Thing> {
        let at = Location {
            file: FileId(0),
            span: Span::empty(0),
        };
        names
            .iter()
            .map(|name| {
                Thing(Located {
                    value: (*name).into(),
                    at,
                })
            })
            .collect()
    }

    #[test]
    fn slips_are_told_from_other_names() {
        let things = things(&["frontend", "db", "worker-1"]);
        let mut declared = Declared::new(things.iter());
        for (name, wanted) in [
            ("fronted", Some(("frontend", true))),
            ("frntnd", Some(("frontend", false))),
            ("worker-2", Some(("worker-1", false))),
            ("dc", None),
            ("backend", None),
        ] {
            let near = declared.nearest(name);
            let near = near.map(|near| (&*near.item.0.value, near.is_slip));
            assert_eq!(near, wanted, "{name}");
        }
        assert!(declared.contains("db") && !declared.contains("backend"));
    }

    #[test]
    fn suggestions_end() {
        let things = things(&["frontend"]);
        let mut declared = Declared::new(things.iter());
        for _ in 0..MAX_SUGGESTIONS {
            assert!(declared.nearest("fronted").is_some());
        }
        assert!(declared.nearest("fronted").is_none());
    }
}
