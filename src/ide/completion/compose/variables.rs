//! Variables: those of `.env`, and those that other places of the project use.

use std::collections::BTreeMap;

use super::Here;
use crate::ide::completion::{Completion, variable};
use crate::ide::names::NameKind;
use crate::knowledge::secrets;

impl Here<'_> {
    /// What may follow `$` and `${`.
    pub(super) fn variables(&self, typed: &str, has_brace: bool) -> Vec<Completion> {
        let known = self.known_variables();
        let items = known.into_iter().map(|(name, detail)| {
            let item = variable(self.cursor, &name, typed, has_brace);
            match detail {
                Some(detail) => item.detail(detail).rank(4),
                None => item.rank(6),
            }
        });
        items.collect()
    }

    /// Names for `environment`: those of `.env`, and those that the image sets.
    pub(super) fn environment(&self) -> Vec<(String, String)> {
        let known = self.known_variables().into_iter();
        let mut found: Vec<(String, String)> = known
            .filter_map(|(name, detail)| Some((name, detail?)))
            .collect();
        for (name, detail) in self.set_by_image() {
            if found.iter().all(|(known, _)| *known != name) {
                found.push((name, detail));
            }
        }
        found
    }

    /// The variables of the project, with a word on those that are set.
    fn known_variables(&self) -> BTreeMap<String, Option<String>> {
        let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
        for project in self.projects() {
            for (name, value) in project.environment.iter() {
                found.insert(name.to_owned(), Some(value_words(name, value)));
            }
        }
        let sources = self.team.into_iter().flat_map(|team| team.sources());
        let paths = sources.map(|source| &*source.path);
        for path in paths.chain([self.document.path()]) {
            let Some(document) = self.workspace.document(path) else {
                continue;
            };
            for name in document.names().names_of(NameKind::Variable) {
                found.entry(name.to_owned()).or_insert(None);
            }
        }
        // What is being written is no name yet.
        if let Some((typed, _)) = crate::ide::completion::open_variable(self.cursor.before())
            && found.get(typed) == Some(&None)
            && self.cursor.text.matches(typed).count() < 2
        {
            found.remove(typed);
        }
        found
    }
}

/// The value of a variable, but for one that nobody should read over a shoulder.
fn value_words(name: &str, value: &str) -> String {
    match secrets::in_env_file(name, value) {
        true => "set in .env".to_owned(),
        false => format!("{value} (.env)"),
    }
}
