//! Keys of mappings.

use super::place::Step;
use super::{Here, Spot};
use crate::compose::schema::{Form, Key, Map, Names, Shape};
use crate::ide::completion::{Completion, CompletionKind, in_name};
use crate::text::Span;
use crate::text::span::offset;

impl Here<'_> {
    /// The keys that the mapping at the cursor may have besides those that it has.
    pub(super) fn keys(&self, spot: &Spot) -> Vec<Completion> {
        let span = self.key_span();
        let has_colon = self.has_colon(span);
        let is_free = |name: &str| !self.place.siblings.iter().any(|(key, _)| key == name);
        if let Some(object) = spot.object {
            let free = object.keys().filter(|key| is_free(key.name));
            let items = free.map(|key| {
                let item = self.entry(key.name, Some(key.shape), span, has_colon);
                let is_needed = object.required.contains(&key.name);
                let mut item = item.doc(words(key)).rank(if is_needed { 3 } else { 5 });
                item.is_deprecated = key.deprecated.is_some();
                if item.is_deprecated {
                    item = item.rank(8);
                }
                item
            });
            return items.collect();
        }
        let Some(shape) = spot.shape else {
            return Vec::new();
        };
        let Some(Map::Entries { names, values }) = &shape.map else {
            return Vec::new();
        };
        let known: Vec<(String, String)> = match (names, spot.key.map(|key| key.name)) {
            (Names::Resource(Some(space)), _) => self.names(*space),
            (_, Some("args")) if self.place.path.len() == 4 => self.arguments(),
            (_, Some("environment")) => self.environment(),
            (_, Some("sysctls")) => Here::sysctls(),
            (_, Some("ulimits")) => {
                let limits = ["core", "cpu", "memlock", "nofile", "nproc", "stack"];
                limits.map(|name| (name.to_owned(), String::new())).to_vec()
            }
            _ => Vec::new(),
        };
        let own = self.owner();
        let free = known
            .into_iter()
            .filter(|(name, _)| is_free(name) && own != Some(name));
        let items = free.map(|(name, detail)| {
            let item = self.entry(&name, Some(values), span, has_colon).rank(2);
            if detail.is_empty() {
                item
            } else {
                item.detail(detail)
            }
        });
        items.collect()
    }

    fn key_span(&self) -> Span {
        let mut span = self.cursor.word(&self.place.typed, in_name);
        // A closing quote belongs to what is replaced.
        if let Some(quote) = self.place.quote {
            span.start -= 1;
            let rest = self
                .cursor
                .text
                .get(span.end as usize..)
                .unwrap_or_default();
            span.end += u32::from(rest.starts_with(quote));
        }
        span
    }

    fn has_colon(&self, span: Span) -> bool {
        let rest = self
            .cursor
            .text
            .get(span.end as usize..)
            .unwrap_or_default();
        rest.trim_start_matches([' ', '\t']).starts_with(':')
    }

    /// A key with what follows it.
    fn entry(
        &self,
        name: &str,
        shape: Option<&'static Shape>,
        span: Span,
        has_colon: bool,
    ) -> Completion {
        let item = Completion::new(name, CompletionKind::Key, span);
        if has_colon {
            return item;
        }
        let is_null = |shape: &Shape| shape.null && shape.word.is_none();
        match shape {
            Some(shape) if is_null(shape) && self.names_nothing() => item.text(format!("{name}:")),
            Some(shape) if shape.word.is_none() && !self.place.is_flow => {
                let step = self.step();
                let indent = " ".repeat(self.place.column + step);
                let dash = if shape.map.is_none() { "- " } else { "" };
                item.text(format!("{name}:\n{indent}{dash}"))
            }
            _ => item.text(format!("{name}: ")),
        }
    }

    /// Whether keys here mostly stand alone: volumes and networks that a file declares or a service uses.
    fn names_nothing(&self) -> bool {
        let section = self.place.path.last();
        let names = ["networks", "volumes", "models"];
        matches!(section, Some(Step::Key(section)) if names.contains(&section.as_str()))
    }

    /// How many blanks the file indents by.
    fn step(&self) -> usize {
        let mut lines = self.cursor.text.lines().take(200);
        let indent = lines.find_map(|line| {
            let trimmed = line.trim_start_matches(' ');
            let indent = line.len() - trimmed.len();
            (indent > 0 && !trimmed.is_empty() && !trimmed.starts_with(['#', '-']))
                .then_some(indent)
        });
        indent.filter(|indent| *indent <= 8).unwrap_or(2)
    }

    /// Items of a list whose dash is not written yet, as names that are offered with their dash.
    pub(super) fn dashed(&self, name: &str) -> Completion {
        let typed = self.place.typed.as_str();
        let start = self.cursor.at - offset(typed.len().min(self.cursor.before().len()));
        let span = Span::new(start, self.cursor.word(typed, in_name).end);
        Completion::new(format!("- {name}"), CompletionKind::Name, span)
    }
}

/// What a key means, in Markdown.
fn words(key: &Key) -> String {
    let mut text = key.doc.to_owned();
    if let Some(version) = key.since {
        text.push_str(&format!("\n\nDocker Compose {version} and later"));
    }
    if let Some(instead) = key.deprecated {
        text.push_str(&format!("\n\nDeprecated: {instead}"));
    }
    let word = key.shape.word;
    if let Some(word) = word
        && let Form::OneOf(values) = word.form
    {
        let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
        text.push_str(&format!("\n\n{}", values.join(", ")));
    }
    text
}
