//! Words of instructions that BuildKit itself reads: quotes, escapes and variables.
//!
//! A [`Word`] keeps three things: the text as BuildKit's parser hands it on (`raw`), the bytes it came
//! from, and its parts after quotes and escapes were understood. What a variable stands for is the
//! model's business, not this module's.

use std::borrow::Cow;

use crate::text::{Cooked, CookedBuilder, Span, Spanned};

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
    /// What the word is made of; `None` when it is plain text, equal to `raw`.
    parts: Option<Box<[Part]>>,
}

/// A part of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Plain text, after quotes and escapes were taken away.
    Text(Text),
    /// A variable that is to be replaced.
    Variable(Box<Variable>),
}

/// Plain text in a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text that stays.
    pub value: Box<str>,
    /// Its bytes in the file, quotes excluded, escape characters included.
    pub span: Span,
    /// The quotes around it.
    pub quote: Quote,
}

/// Which quotes a part of a word stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Quote {
    /// None.
    #[default]
    None,
    /// `'…'`: nothing inside is special.
    Single,
    /// `"…"`: variables are replaced.
    Double,
}

/// A use of a variable: `$NAME`, `${NAME}` or `${NAME:-default}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name; its span is the name alone.
    pub name: Spanned<Box<str>>,
    /// From `$` to the last byte, `}` included.
    pub span: Span,
    /// Whether it is written with braces.
    pub braces: bool,
    /// The quotes it stands in (never [`Quote::Single`]).
    pub quote: Quote,
    /// What is done with the value.
    pub modifier: Option<Modifier>,
}

/// What follows the name in `${NAME…}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modifier {
    /// What it does.
    pub operator: Operator,
    /// The operator's bytes: `:-`, `##`, `/` …
    pub span: Span,
    /// The text after the operator: default, alternative, message or pattern. It may hold variables.
    pub argument: Vec<Part>,
    /// For a replacement: what comes in the place of the pattern.
    pub replacement: Vec<Part>,
}

/// What a modifier does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `-`, `:-`: another text when the variable is unset.
    Default {
        /// With `:`, an empty value counts as unset.
        or_empty: bool,
    },
    /// `+`, `:+`: another text when the variable is set.
    Alternative {
        /// With `:`, an empty value counts as unset.
        or_empty: bool,
    },
    /// `?`, `:?`: the build stops when the variable is unset.
    Required {
        /// With `:`, an empty value counts as unset.
        or_empty: bool,
    },
    /// `#`, `##`: takes a pattern away at the start.
    RemovePrefix {
        /// With `##`, the longest match.
        longest: bool,
    },
    /// `%`, `%%`: takes a pattern away at the end.
    RemoveSuffix {
        /// With `%%`, the longest match.
        longest: bool,
    },
    /// `/`, `//`: replaces a pattern.
    Replace {
        /// With `//`, every match.
        all: bool,
    },
}

impl Word {
    /// A word without quotes, escapes and variables, as it stands in the file.
    pub fn plain(raw: impl Into<Box<str>>, span: Span) -> Word {
        Word {
            raw: raw.into(),
            span,
            map: None,
            parts: None,
        }
    }

    /// A word with the parts that it was found to have. `map` is given where `raw` is not the bytes of
    /// `span` one for one.
    pub(super) fn new(
        raw: Box<str>,
        span: Span,
        map: Option<Box<Cooked<'static>>>,
        parts: Option<Box<[Part]>>,
    ) -> Word {
        Word {
            raw,
            span,
            map,
            parts,
        }
    }

    /// The raw text with its map to the file, for a grammar that looks inside the word.
    pub fn cooked(&self) -> Cooked<'_> {
        match &self.map {
            Some(map) => map.slice(0..self.raw.len()),
            None => Cooked::verbatim(&self.raw, self.span.start),
        }
    }

    /// The parts, where the word is more than plain text; otherwise empty.
    pub fn parts(&self) -> &[Part] {
        self.parts.as_deref().unwrap_or_default()
    }

    /// The text without quotes and escapes. Variables stay as they are written.
    pub fn value(&self) -> Cow<'_, str> {
        match &self.parts {
            None => Cow::Borrowed(&self.raw),
            Some(parts) => {
                if let [Part::Text(text)] = &**parts {
                    return Cow::Borrowed(&text.value);
                }
                let mut value = String::with_capacity(self.raw.len());
                write_parts(parts, &mut value);
                Cow::Owned(value)
            }
        }
    }

    /// The text without quotes and escapes, with its map to the file. Variables stay as they are written.
    pub fn value_cooked(&self) -> Cooked<'_> {
        let Some(parts) = &self.parts else {
            return self.cooked();
        };
        let mut builder = CookedBuilder::with_capacity(self.raw.len());
        for part in parts {
            let (text, span) = match part {
                Part::Text(text) => (Cow::Borrowed(&*text.value), text.span),
                Part::Variable(variable) => {
                    let mut text = String::new();
                    write_variable(variable, &mut text);
                    (Cow::Owned(text), variable.span)
                }
            };
            if text.len() == span.len() as usize {
                builder.verbatim(&text, span.start);
            } else {
                builder.replaced(&text, span);
            }
        }
        builder.finish(self.span.start)
    }

    /// The text without quotes and escapes, if no variable is in it.
    pub fn literal(&self) -> Option<Cow<'_, str>> {
        (!self.has_variables()).then(|| self.value())
    }

    /// Whether a variable is in it.
    pub fn has_variables(&self) -> bool {
        self.parts()
            .iter()
            .any(|part| matches!(part, Part::Variable(_)))
    }

    /// Whether any of it stands in quotes or is escaped.
    pub fn is_quoted(&self) -> bool {
        self.parts()
            .iter()
            .any(|part| matches!(part, Part::Text(text) if text.quote != Quote::None))
            || self.raw.starts_with(['"', '\''])
    }

    /// Every variable in it, those in defaults and patterns of others included, in the order of the file.
    pub fn variables(&self) -> Vec<&Variable> {
        let mut found = Vec::new();
        collect_variables(self.parts(), &mut found);
        found
    }
}

/// Appends every variable in `parts` to `found`, outer ones before those in their modifiers.
fn collect_variables<'p>(parts: &'p [Part], found: &mut Vec<&'p Variable>) {
    for part in parts {
        if let Part::Variable(variable) = part {
            found.push(variable);
            if let Some(modifier) = &variable.modifier {
                collect_variables(&modifier.argument, found);
                collect_variables(&modifier.replacement, found);
            }
        }
    }
}

fn write_parts(parts: &[Part], out: &mut String) {
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(&text.value),
            Part::Variable(variable) => write_variable(variable, out),
        }
    }
}

fn write_variable(variable: &Variable, out: &mut String) {
    out.push('$');
    if variable.braces {
        out.push('{');
    }
    out.push_str(&variable.name.value);
    if let Some(modifier) = &variable.modifier {
        out.push_str(modifier.operator.as_str());
        write_parts(&modifier.argument, out);
        if matches!(modifier.operator, Operator::Replace { .. }) {
            out.push('/');
            write_parts(&modifier.replacement, out);
        }
    }
    if variable.braces {
        out.push('}');
    }
}

impl Operator {
    /// The operator as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Operator::Default { or_empty: false } => "-",
            Operator::Default { or_empty: true } => ":-",
            Operator::Alternative { or_empty: false } => "+",
            Operator::Alternative { or_empty: true } => ":+",
            Operator::Required { or_empty: false } => "?",
            Operator::Required { or_empty: true } => ":?",
            Operator::RemovePrefix { longest: false } => "#",
            Operator::RemovePrefix { longest: true } => "##",
            Operator::RemoveSuffix { longest: false } => "%",
            Operator::RemoveSuffix { longest: true } => "%%",
            Operator::Replace { all: false } => "/",
            Operator::Replace { all: true } => "//",
        }
    }
}
