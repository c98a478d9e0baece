//! Replaces the variables of a scalar as far as the file alone tells their values.
//!
//! Compose replaces variables after YAML is read and before anything else (`interpolation/interpolation.go`
//! and `template/template.go` of compose-go), whatever the quotes. No environment is asked here: a variable
//! with a default has its default, any other is unknown.
//!
//! Not for: the grammar of references (`grammar::variable`) and values from `.env` files (`project`).

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

/// The text with its variables replaced, and each whose value is unknown by [`UNKNOWN`]: what is behind a `$` in it
/// is a part of the value. `None` if a reference is malformed.
pub fn masked(raw: &Cooked<'_>) -> Option<Cooked<'static>> {
    let template = variable::parse(raw.text(), Dialect::Compose);
    if !template.errors.is_empty() {
        return None;
    }
    let mut builder = CookedBuilder::with_capacity(raw.text().len());
    replace(raw, &template.pieces, Some(UNKNOWN), &mut builder);
    Some(builder.finish(raw.start_of(0)))
}

/// Replaces the variables of a text.
pub fn interpolate(raw: &Cooked<'_>) -> Interpolated {
    let template = variable::parse(raw.text(), Dialect::Compose);
    let mut builder = CookedBuilder::with_capacity(raw.text().len());
    let knowledge = if template.errors.is_empty() {
        replace(raw, &template.pieces, None, &mut builder)
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

/// Writes the pieces with their defaults. Where a value is unknown, `unknown` is written, or its reference copied.
fn replace(
    raw: &Cooked<'_>,
    pieces: &[Piece],
    unknown: Option<char>,
    out: &mut CookedBuilder,
) -> Knowledge {
    let mut knowledge = Knowledge::Known;
    for piece in pieces {
        let here = match piece {
            Piece::Literal(range) => {
                out.cooked(&raw.slice(range.clone()));
                Knowledge::Known
            }
            Piece::Reference(reference) => {
                let modifier = reference.modifier.as_deref();
                match modifier.map(|modifier| (modifier.operator, &modifier.word)) {
                    Some((operator, word)) if operator.is_default() => {
                        replace(raw, &word.pieces, unknown, out).worse(Knowledge::Default)
                    }
                    // `${A:+b}`: without the variable, nothing.
                    Some((operator, _)) if operator.tolerates_unset() => Knowledge::Default,
                    _ => {
                        let range = reference.range.clone();
                        match unknown {
                            Some(mark) => {
                                out.replaced(mark.encode_utf8(&mut [0; 4]), raw.span(range));
                            }
                            None => out.cooked(&raw.slice(range)),
                        }
                        Knowledge::Unknown
                    }
                }
            }
        };
        knowledge = knowledge.worse(here);
    }
    knowledge
}

impl Knowledge {
    /// What is known of two parts together.
    pub fn worse(self, other: Knowledge) -> Knowledge {
        match (self, other) {
            (Knowledge::Unknown, _) | (_, Knowledge::Unknown) => Knowledge::Unknown,
            (Knowledge::Default, _) | (_, Knowledge::Default) => Knowledge::Default,
            _ => Knowledge::Known,
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
        let interpolated = interpolate(&Cooked::verbatim(text, 0));
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
    fn a_masked_text_tells_unknown_variables_from_dollars() {
        let mask = |text| masked(&Cooked::verbatim(text, 0)).map(|masked| masked.text().to_owned());
        assert_eq!(
            mask("a$$B${C}-${D:-e$F}").as_deref(),
            Some("a$B\u{fffc}-e\u{fffc}")
        );
        assert_eq!(mask("${"), None);
    }

    #[test]
    fn a_default_keeps_its_place() {
        let interpolated = interpolate(&Cooked::verbatim("x${A:-bc}y", 100));
        assert_eq!(interpolated.text.text(), "xbcy");
        assert_eq!(interpolated.text.span(1..3), Span::new(106, 108));
    }

    #[test]
    fn nested_references_are_listed() {
        let interpolated = interpolate(&Cooked::verbatim("${A:-${B}}$C", 0));
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
