//! Replaces the variables of a scalar as far as the file alone tells their values.
//!
//! Compose replaces variables after YAML is read and before anything else (`interpolation/interpolation.go`
//! and `template/template.go` of compose-go), whatever the quotes. No environment is asked here: a variable
//! with a default has its default, any other is unknown, unless an `.env` file of the project gives it a value.
//!
//! Not for: the grammar of references (`grammar::variable`) and of `.env` files (`dotenv`).

use super::environment::Environment;
use super::value::Knowledge;
use crate::grammar::variable::{self, Dialect, Operator, Piece, Template, VariableErrorKind};
use crate::text::{Cooked, CookedBuilder, Span};

/// A reference to a variable in a scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// From the dollar to the end of the name or the closing brace.
    pub span: Span,
    /// The name.
    pub name: Box<str>,
    /// Where the name stands.
    pub name_span: Span,
    /// What is done when the variable is missing or there.
    pub operator: Option<Operator>,
    /// The text behind the operator as it is written: default, alternative or message.
    pub word: Option<Box<str>>,
    /// Whether it stands inside another reference's default, alternative or message.
    pub nested: bool,
}

impl Reference {
    /// Whether the file alone does not tell the value, so that the reference is left as it is written.
    pub fn is_left_in_place(&self) -> bool {
        !self.operator.is_some_and(Operator::tolerates_unset)
    }

    /// Whether an empty variable counts as one that is not set.
    pub fn is_filled(&self) -> bool {
        self.operator == Some(Operator::RequiredFilled)
    }

    /// Whether the project does not load without the variable.
    pub fn is_required(&self) -> bool {
        self.operator.is_some_and(Operator::is_required)
    }
}

/// A text with its variables replaced.
#[derive(Clone, Debug, PartialEq)]
pub struct Interpolated {
    /// The text; a variable whose value is unknown stands in it as it is written.
    pub text: Cooked<'static>,
    /// How much of it is known.
    pub knowledge: Knowledge,
    /// The variables, in the order of the file.
    pub references: Vec<Reference>,
    /// Whether a reference is malformed, so that nothing was replaced.
    pub malformed: bool,
}

/// What stands for a variable whose value is unknown in a [`masked`] text.
pub const UNKNOWN: char = '\u{fffc}';

/// The text with its variables replaced by their defaults, and each that has none by [`UNKNOWN`]: a `$` in it is a
/// part of the value. `None` if a reference is malformed.
pub fn masked(raw: &Cooked<'_>) -> Option<Cooked<'static>> {
    let template = variable::parse(raw.text(), Dialect::Compose);
    if !template.errors.is_empty() {
        return None;
    }
    let mut builder = CookedBuilder::with_capacity(raw.text().len());
    mask(raw, &template.pieces, &mut builder);
    Some(builder.finish(raw.start_of(0)))
}

fn mask(raw: &Cooked<'_>, pieces: &[Piece], out: &mut CookedBuilder) {
    for piece in pieces {
        let reference = match piece {
            Piece::Literal(range) => {
                out.cooked(&raw.slice(range.clone()));
                continue;
            }
            Piece::Reference(reference) => reference,
        };
        match reference.modifier.as_deref() {
            Some(modifier) if modifier.operator.is_default() => {
                mask(raw, &modifier.word.pieces, out);
            }
            Some(modifier) if modifier.operator.tolerates_unset() => {}
            _ => {
                let span = raw.span(reference.range.clone());
                out.replaced(UNKNOWN.encode_utf8(&mut [0; 4]), span);
            }
        }
    }
}

/// Replaces the variables of a text. What `environment` says wins over defaults.
pub fn interpolate(raw: &Cooked<'_>, environment: Option<&Environment>) -> Interpolated {
    let template = variable::parse(raw.text(), Dialect::Compose);
    let mut builder = CookedBuilder::with_capacity(raw.text().len());
    let knowledge = if template.errors.is_empty() {
        replace(raw, &template.pieces, environment, &mut builder)
    } else {
        builder.cooked(raw);
        Knowledge::Unknown
    };
    Interpolated {
        references: references(raw, &template),
        text: builder.finish(raw.start_of(0)),
        knowledge,
        malformed: !template.errors.is_empty(),
    }
}

/// The variables that a text cannot do without: those with `?`, outside the defaults of others.
pub fn required(raw: &Cooked<'_>) -> Vec<Reference> {
    let template = variable::parse(raw.text(), Dialect::Compose);
    if !template.errors.is_empty() {
        return Vec::new();
    }
    let all = references(raw, &template).into_iter();
    all.filter(|reference| reference.is_required() && !reference.nested)
        .collect()
}

/// What is wrong with the references of a text: the offending bytes and a message.
pub fn errors(raw: &Cooked<'_>) -> Vec<(Span, VariableErrorKind, String)> {
    if !raw.text().contains('$') {
        return Vec::new();
    }
    let template = variable::parse(raw.text(), Dialect::Compose);
    let mut errors = Vec::with_capacity(template.errors.len());
    for error in &template.errors {
        let span = raw.span(error.range.clone());
        errors.push((span, error.kind, error.message(raw.text())));
    }
    errors
}

/// Writes the pieces with the values of their variables, or their defaults. Where a value is unknown, its reference
/// is copied.
fn replace(
    raw: &Cooked<'_>,
    pieces: &[Piece],
    environment: Option<&Environment>,
    out: &mut CookedBuilder,
) -> Knowledge {
    let mut knowledge = Knowledge::Known;
    for piece in pieces {
        let here = match piece {
            Piece::Literal(range) => {
                out.cooked(&raw.slice(range.clone()));
                Knowledge::Known
            }
            Piece::Reference(reference) => value(raw, reference, environment, out),
        };
        knowledge = knowledge.worse(here);
    }
    knowledge
}

/// Writes what stands in for a reference.
fn value(
    raw: &Cooked<'_>,
    reference: &variable::Reference,
    environment: Option<&Environment>,
    out: &mut CookedBuilder,
) -> Knowledge {
    let name = raw.text().get(reference.name.clone()).unwrap_or_default();
    if environment.is_some_and(|environment| environment.is_set_to_unknown(name)) {
        out.cooked(&raw.slice(reference.range.clone()));
        return Knowledge::Unknown;
    }
    let set = environment.and_then(|environment| environment.get(name));
    let is_closed = environment.is_some_and(Environment::is_closed);
    let modifier = reference.modifier.as_deref();
    let modifier = modifier.map(|modifier| (modifier.operator, &modifier.word));
    let filled = set.filter(|value| !value.is_empty());
    // The value that the variable gives, the word that stands in for it, or nothing.
    let (value, word) = match modifier {
        None => (set, None),
        Some((Operator::DefaultIfEmpty, word)) => (filled, Some(word)),
        Some((Operator::DefaultIfUnset, word)) => (set, Some(word)),
        Some((Operator::AlternativeIfFilled, word)) => (Some(""), filled.map(|_| word)),
        Some((Operator::AlternativeIfSet, word)) => (Some(""), set.map(|_| word)),
        Some((Operator::RequiredFilled, _)) => (filled, None),
        Some((Operator::Required, _)) => (set, None),
        Some(_) => (None, None),
    };
    let is_alternative = matches!(
        modifier,
        Some((
            Operator::AlternativeIfFilled | Operator::AlternativeIfSet,
            _
        ))
    );
    let known = match set {
        Some(_) => Knowledge::EnvFile,
        None => Knowledge::Default,
    };
    match (value, word) {
        (_, Some(word)) if is_alternative || value.is_none() => {
            known.worse(replace(raw, &word.pieces, environment, out))
        }
        (Some(_), _) if is_alternative => known,
        (Some(value), _) => {
            out.replaced(value, raw.span(reference.range.clone()));
            known
        }
        (None, _)
            if is_closed && !reference_is_required(modifier.map(|(operator, _)| operator)) =>
        {
            known
        }
        (None, _) => {
            out.cooked(&raw.slice(reference.range.clone()));
            Knowledge::Unknown
        }
    }
}

fn reference_is_required(operator: Option<Operator>) -> bool {
    operator.is_some_and(Operator::is_required)
}

impl Knowledge {
    /// What is known of two parts together.
    pub fn worse(self, other: Knowledge) -> Knowledge {
        match (self, other) {
            (Knowledge::Unknown, _) | (_, Knowledge::Unknown) => Knowledge::Unknown,
            (Knowledge::EnvFile, _) | (_, Knowledge::EnvFile) => Knowledge::EnvFile,
            (Knowledge::Default, _) | (_, Knowledge::Default) => Knowledge::Default,
            (Knowledge::Known, Knowledge::Known) => Knowledge::Known,
        }
    }
}

fn references(raw: &Cooked<'_>, template: &Template) -> Vec<Reference> {
    let owned = |range: std::ops::Range<usize>| -> Box<str> {
        raw.text().get(range).unwrap_or_default().into()
    };
    let mut outer_end = 0;
    let mut all = Vec::new();
    for reference in template.references() {
        let nested = reference.range.start < outer_end;
        outer_end = outer_end.max(reference.range.end);
        let modifier = reference.modifier.as_deref();
        all.push(Reference {
            span: raw.span(reference.range.clone()),
            name: owned(reference.name.clone()),
            name_span: raw.span(reference.name.clone()),
            operator: modifier.map(|modifier| modifier.operator),
            word: modifier.map(|modifier| owned(modifier.word.range.clone())),
            nested,
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> (String, Knowledge) {
        let interpolated = interpolate(&Cooked::verbatim(text, 0), None);
        (interpolated.text.text().to_owned(), interpolated.knowledge)
    }

    #[test]
    fn defaults_are_taken() {
        let table = [
            ("a", "a", Knowledge::Known),
            ("$$a", "$a", Knowledge::Known),
            ("$1", "$1", Knowledge::Known),
            ("$A", "$A", Knowledge::Unknown),
            ("${A:-b}", "b", Knowledge::Default),
            ("${A-b}c", "bc", Knowledge::Default),
            ("${A:-}", "", Knowledge::Default),
            ("${A:+b}", "", Knowledge::Default),
            ("${A:?b}", "${A:?b}", Knowledge::Unknown),
            ("${A:-${B:-c}}", "c", Knowledge::Default),
            ("${A:-${B}}", "${B}", Knowledge::Unknown),
            ("${A:-b}${", "${A:-b}${", Knowledge::Unknown),
        ];
        for (text, value, knowledge) in table {
            assert_eq!(check(text), (value.to_owned(), knowledge), "{text}");
        }
    }

    #[test]
    fn variables_of_the_project_are_taken() {
        let mut environment = Environment::default();
        environment.set("A", "a");
        environment.set("E", "");
        let table = [
            ("x$A", "xa", Knowledge::EnvFile),
            ("${A:-b}", "a", Knowledge::EnvFile),
            ("${E:-b}", "b", Knowledge::EnvFile),
            ("${E-b}", "", Knowledge::EnvFile),
            ("${A:+b}", "b", Knowledge::EnvFile),
            ("${E:+b}", "", Knowledge::EnvFile),
            ("${E+b}", "b", Knowledge::EnvFile),
            ("${B:-$A}", "a", Knowledge::EnvFile),
            ("${A:?b}", "a", Knowledge::EnvFile),
            ("${E:?b}", "${E:?b}", Knowledge::Unknown),
            ("${B:-c}", "c", Knowledge::Default),
            ("$B", "$B", Knowledge::Unknown),
        ];
        for (text, value, knowledge) in table {
            let interpolated = interpolate(&Cooked::verbatim(text, 0), Some(&environment));
            let found = (interpolated.text.text(), interpolated.knowledge);
            assert_eq!(found, (value, knowledge), "{text}");
        }
        let closed = environment.closed();
        let interpolated = interpolate(&Cooked::verbatim("a${B}c", 0), Some(&closed));
        assert_eq!(interpolated.text.text(), "ac");
    }

    #[test]
    fn a_default_keeps_its_place() {
        let interpolated = interpolate(&Cooked::verbatim("x${A:-bc}y", 100), None);
        assert_eq!(interpolated.text.text(), "xbcy");
        assert_eq!(interpolated.text.span(1..3), Span::new(106, 108));
    }

    #[test]
    fn nested_references_are_listed() {
        let interpolated = interpolate(&Cooked::verbatim("${A:-${B}}$C", 0), None);
        let names: Vec<_> = interpolated
            .references
            .iter()
            .map(|reference| (&*reference.name, reference.nested))
            .collect();
        assert_eq!(names, [("A", false), ("B", true), ("C", false)]);
    }

    #[test]
    fn malformed_references_are_errors() {
        let errors = errors(&Cooked::verbatim("a ${1} b", 10));
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].1, VariableErrorKind::BadName);
        assert!(errors[0].0.start == 12);
    }
}
