//! Words of instructions that BuildKit itself reads: quotes, escapes and variables.
//!
//! A [`Word`] keeps the text as BuildKit's parser hands it on (`raw`), the bytes it came from, and its
//! [`Template`]: what is left after quotes and escapes, and where variables stand. What a variable stands
//! for is the model's business, not this module's.

use std::borrow::Cow;
use std::ops::Range;

use crate::grammar::variable::{Piece, Reference, Template, Value};
use crate::text::span::offset;
use crate::text::{Cooked, CookedBuilder, Span};

/// A word of an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The text with quotes and escapes kept and line continuations joined. For an element of a JSON
    /// array: the decoded string.
    pub raw: Box<str>,
    /// Where it stands in the file, quotes included.
    pub span: Span,
    /// Map of `raw` to the file, where it is not simply the bytes of `span`.
    map: Option<Box<Cooked<'static>>>,
    /// How `raw` is to be read; `None` when it is plain text.
    template: Option<Box<Template>>,
}

impl Word {
    /// A word that stands for itself.
    pub(super) fn plain(text: Cooked<'_>, span: Span) -> Word {
        let is_bytes_of_span = text.text().len() == span.len() as usize && text.is_verbatim();
        Word {
            raw: text.text().into(),
            span,
            map: (!is_bytes_of_span).then(|| Box::new(text.into_owned())),
            template: None,
        }
    }

    /// A word that stands for itself and whose text is the bytes of the file from `start` on.
    pub(super) fn verbatim(text: &str, start: u32) -> Word {
        let len = offset(text.len());
        Word {
            raw: text.into(),
            span: Span::new(start, start + len),
            map: None,
            template: None,
        }
    }

    /// The same word with the parts that it was found to have.
    pub(super) fn with_template(self, template: Template) -> Word {
        Word {
            template: Some(Box::new(template)),
            ..self
        }
    }

    /// The raw text with its map to the file, for a grammar that looks inside the word.
    pub fn cooked(&self) -> Cooked<'_> {
        match &self.map {
            Some(map) => map.slice(0..self.raw.len()),
            None => Cooked::verbatim(&self.raw, self.span.start),
        }
    }

    /// The bytes of the file that a range of `raw` came from.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        match &self.map {
            Some(map) => map.span(range),
            None => {
                let inside = Span::from_range(range);
                Span::new(self.span.start + inside.start, self.span.start + inside.end)
            }
        }
    }

    /// How `raw` is to be read, where it is more than plain text. Its ranges are bytes of `raw`.
    pub fn template(&self) -> Option<&Template> {
        self.template.as_deref()
    }

    /// The text without quotes and escapes. Variables stay as they are written.
    pub fn value(&self) -> Cow<'_, str> {
        let Some(template) = &self.template else {
            return Cow::Borrowed(&self.raw);
        };
        match template.pieces.as_slice() {
            [] => Cow::Borrowed(""),
            [only] => Cow::Borrowed(self.text(piece_range(only))),
            pieces => Cow::Owned(
                pieces
                    .iter()
                    .map(|piece| self.text(piece_range(piece)))
                    .collect(),
            ),
        }
    }

    /// The text without quotes and escapes, with its map to the file. Variables stay as they are written.
    pub fn value_cooked(&self) -> Cooked<'_> {
        let Some(template) = &self.template else {
            return self.cooked();
        };
        let mut builder = CookedBuilder::with_capacity(self.raw.len());
        for piece in &template.pieces {
            let range = piece_range(piece);
            let (text, span) = (self.text(range.clone()), self.span_of(range));
            if text.len() == span.len() as usize {
                builder.verbatim(text, span.start);
            } else {
                builder.replaced(text, span);
            }
        }
        builder.finish(self.span.start)
    }

    /// The text without quotes and escapes, if no variable is in it.
    pub fn literal(&self) -> Option<Cow<'_, str>> {
        (!self.has_variables()).then(|| self.value())
    }

    /// The text without quotes and escapes, if the file alone tells it: every variable in it has a default
    /// there, and stands for it.
    pub fn shipped(&self) -> Option<Cow<'_, str>> {
        let Some(template) = self.template().filter(|_| self.has_variables()) else {
            return Some(self.value());
        };
        let has_default = |reference: &Reference| {
            let modifier = reference.modifier.as_ref();
            modifier.is_some_and(|modifier| modifier.operator.tolerates_unset())
        };
        if !template.references().all(has_default) {
            return None;
        }
        let expanded = template.expand(&self.raw, &mut |_| Value::Unset);
        expanded.known().map(|text| Cow::Owned(text.to_owned()))
    }

    /// Whether a variable is in it.
    pub fn has_variables(&self) -> bool {
        self.template.as_ref().is_some_and(|template| {
            template
                .pieces
                .iter()
                .any(|piece| matches!(piece, Piece::Reference(_)))
        })
    }

    /// Every variable in it, those in defaults and patterns of others included, in the order of the file.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.template().into_iter().flat_map(Template::references)
    }

    /// The name of a variable in this word, and where the name stands.
    pub fn name_of(&self, reference: &Reference) -> (&str, Span) {
        (
            self.text(reference.name.clone()),
            self.span_of(reference.name.clone()),
        )
    }

    fn text(&self, range: Range<usize>) -> &str {
        self.raw.get(range).unwrap_or_default()
    }
}

fn piece_range(piece: &Piece) -> Range<usize> {
    match piece {
        Piece::Literal(range) => range.clone(),
        Piece::Reference(reference) => reference.range.clone(),
    }
}

#[cfg(test)]
mod tests {
    use crate::dockerfile::ast::InstructionKind;
    use crate::dockerfile::parse::parse;

    #[test]
    fn a_word_is_shipped_if_its_variables_have_defaults() {
        for (value, expected) in [
            ("pw", Some("pw")),
            ("\"a b\"", Some("a b")),
            ("'$PW'", Some("$PW")),
            ("a\\$b", Some("a$b")),
            ("$PW", None),
            ("${PW:?pw}", None),
            ("a$PW", None),
            ("${PW:-pw}", Some("pw")),
            ("x-${PW-}", Some("x-")),
            ("${A:-${B:-pw}}", Some("pw")),
            ("${A:-$B}", None),
            ("${A:+pw}", Some("")),
        ] {
            let tree = parse(&format!("ENV A={value}")).tree;
            let InstructionKind::Env(env) = &tree.instructions[0].kind else {
                panic!("{tree:?}");
            };
            let word = env.pairs[0].value.as_ref().expect("a value");
            assert_eq!(word.shipped().as_deref(), expected, "{value}");
        }
    }
}
