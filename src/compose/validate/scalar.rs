//! Types of scalars: what is found, what is wanted, what Compose's casts make of it.

use super::{Place, Validator};
use crate::compose::cast;
use crate::compose::schema::{Cast, Form, Map, Shape, Types, Word};
use crate::compose::value::{Knowledge, Scalar};
use crate::diagnostic::{Applicability, Fix, Severity, SyntaxError};
use crate::grammar::excerpt;
use crate::text::{Edit, FileId, Span};
use crate::yaml::{self, Kind, NodeId, Resolved};

/// What a message calls a value that is found.
pub(super) fn found(kind: Kind<'_>) -> &'static str {
    match kind {
        Kind::Scalar(scalar) => match scalar.resolve() {
            Resolved::Null => "empty",
            Resolved::Bool(_) => "a boolean",
            Resolved::Int(_) | Resolved::Float(_) => "a number",
            Resolved::Str => "a string",
        },
        Kind::Sequence(_) => "a list",
        Kind::Mapping(_) => "a mapping",
        Kind::Alias(_) => "an alias",
    }
}

/// What a message says a value has to be: all kinds that are allowed, joined with `or`.
pub(super) fn wanted(shape: &Shape) -> String {
    let mut kinds = Vec::new();
    if let Some(word) = &shape.word {
        let types = word.types;
        if word.cast == Some(Cast::Bool) || types.has(Types::BOOL) {
            kinds.push("true or false");
        }
        if types.has(Types::TEXT) && word.cast.is_none() {
            kinds.push("a string");
        }
        if types.has(Types::NUMBER) {
            kinds.push("a number");
        } else if types.has(Types::INT) {
            kinds.push("a whole number");
        }
    }
    if shape.list.is_some() {
        kinds.push("a list");
    }
    if matches!(
        shape.map,
        Some(Map::Object(_) | Map::Entries { .. } | Map::Anything)
    ) {
        kinds.push("a mapping");
    }
    match kinds.as_slice() {
        [] => "empty".to_owned(),
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        one => one.concat(),
    }
}

impl Validator<'_> {
    /// Compares a scalar that is not null with what is allowed.
    pub(super) fn scalar(
        &mut self,
        node: NodeId,
        scalar: yaml::Scalar<'_>,
        word: &'static Word,
        shape: &'static Shape,
        place: &Place<'_>,
    ) {
        let resolved = scalar.resolve();
        if resolved != Resolved::Str {
            return self.number(node, resolved, word, shape, place);
        }
        let has_variable = scalar.value.contains('$');
        if !has_variable && word.cast.is_none() {
            if !word.types.has(Types::TEXT) {
                return self.wrong_type(node, shape, place);
            }
            if matches!(word.form, Form::Any | Form::Usually(_)) {
                return;
            }
        }
        let Some(raw) = self.document.cooked(node) else {
            return;
        };
        let (raw, file) = (raw.into_owned(), FileId::default());
        let scalar = Scalar::read(raw, scalar.style, resolved, file, self.environment);
        if let Some(cast) = word.cast {
            if scalar.knowledge() != Knowledge::Unknown {
                self.cast(node, &scalar, cast, word, place);
            }
            return;
        }
        if !word.types.has(Types::TEXT) {
            // What a variable is replaced by is text, whatever it is; but it may not be there to be replaced.
            if scalar.knowledge() != Knowledge::Unknown {
                self.wrong_type(node, shape, place);
            }
            return;
        }
        self.form(node, &scalar, word, place);
    }

    /// A number or boolean of YAML.
    fn number(
        &mut self,
        node: NodeId,
        resolved: Resolved,
        word: &'static Word,
        shape: &'static Shape,
        place: &Place<'_>,
    ) {
        let types = word.types;
        let allowed = match resolved {
            Resolved::Bool(_) => types.has(Types::BOOL),
            Resolved::Int(_) => types.has(Types::INT),
            Resolved::Float(number) if !number.is_finite() => false,
            Resolved::Float(number) => {
                types.has(Types::FLOAT) || types.has(Types::INT) && is_whole(number, word)
            }
            Resolved::Null | Resolved::Str => true,
        };
        if !allowed {
            return self.quotable(node, resolved, word, shape, place);
        }
        let number = match resolved {
            Resolved::Int(number) => i64::try_from(number).ok(),
            Resolved::Float(number) => cast::whole(number),
            _ => return,
        };
        match word.form {
            Form::Range(low, high) => match (resolved, number) {
                (_, Some(number)) => self.range(node, number, low, high, place),
                // A fraction or a very large number.
                (Resolved::Float(number), None) if number >= 0.0 || low < 0 => {}
                _ => self.out_of_range(node, low, high, place),
            },
            Form::PositiveSize => {
                if let Some(number) = number {
                    self.range(node, number, 0, i64::MAX, place);
                }
            }
            Form::Port | Form::ExposedPort | Form::PublishedPort | Form::TargetPort => {
                self.port_number(node, number, word, place);
            }
            _ => {}
        }
    }

    /// A number or boolean where only text is allowed: quoting it is nearly always what is meant.
    fn quotable(
        &mut self,
        node: NodeId,
        resolved: Resolved,
        word: &'static Word,
        shape: &'static Shape,
        place: &Place<'_>,
    ) {
        let span = self.document.span(node);
        let source = span.text(self.document.text());
        let found = match resolved {
            Resolved::Bool(_) => "a boolean",
            Resolved::Float(number) if !number.is_finite() => "infinite",
            Resolved::Float(_) if word.types.has(Types::INT) => "a fraction",
            _ => "a number",
        };
        let wanted = wanted(shape);
        let message = format!("{} must be {wanted}, not {found}", place.subject());
        let mut error = SyntaxError::new("invalid-type", span, message);
        let is_duration = matches!(word.form, Form::Duration);
        if is_duration && matches!(resolved, Resolved::Int(_)) {
            let text = format!("{source}s");
            let fix = Fix::new(
                format!("write `{text}`"),
                Applicability::Safe,
                vec![self.replace(node, &text)],
            );
            error = error
                .with_help(format!("write `{text}` for seconds"))
                .with_fix(fix);
        } else if word.types.has(Types::TEXT) && word.cast.is_none() && !source.contains('\n') {
            let text = format!("\"{source}\"");
            let fix = Fix::new(
                "quote the value",
                Applicability::Unsafe,
                vec![self.replace(node, &text)],
            );
            error = error
                .with_help(format!("write `{}`", excerpt(&text)))
                .with_fix(fix);
        }
        self.push(error);
    }

    /// A word that is a boolean in YAML 1.1. Compose takes it, with a warning.
    fn old_boolean(&mut self, span: Span, scalar: &Scalar, flag: bool) {
        let message = format!("`{}` is a boolean in YAML 1.1 only", excerpt(scalar.text()));
        let mut error = SyntaxError::new("yaml-1-1-boolean", span, message)
            .with_severity(Severity::Info)
            .with_help(format!("write `{flag}`"));
        if scalar.literal().is_some() {
            let edit = Edit::replace(span, flag.to_string());
            error = error.with_fix(Fix::new(
                format!("write `{flag}`"),
                Applicability::Safe,
                vec![edit],
            ));
        }
        self.remarks.push(error);
    }

    /// Text that Compose turns into another type because of where it stands.
    fn cast(
        &mut self,
        node: NodeId,
        scalar: &Scalar,
        cast: Cast,
        word: &'static Word,
        place: &Place<'_>,
    ) {
        let text = scalar.text();
        let span = self.document.span(node);
        let subject = place.subject();
        let shown = excerpt(text);
        match cast {
            Cast::Bool => match cast::boolean_word(text) {
                None => {
                    let message = format!("{subject} must be true or false, not `{shown}`");
                    self.error("invalid-boolean", span, message);
                }
                Some(flag) if !text.eq_ignore_ascii_case(&flag.to_string()) => {
                    self.old_boolean(span, scalar, flag);
                }
                Some(_) => {}
            },
            Cast::Int => match cast::whole_number(text) {
                None => {
                    let message = format!("{subject} must be a whole number, not `{shown}`");
                    self.error("invalid-string-format", span, message);
                }
                Some(number) => match word.form {
                    Form::Range(low, high) => self.range(node, number, low, high, place),
                    Form::TargetPort => self.port_number(node, Some(number), word, place),
                    _ => {}
                },
            },
            Cast::Float => {
                let number = cast::number(text).filter(|number| number.is_finite());
                match number {
                    // Go also reads hexadecimal floats, which nobody writes.
                    None if text.to_ascii_lowercase().contains("0x") => {}
                    None => {
                        let message = format!("{subject} must be a number, not `{shown}`");
                        self.error("invalid-string-format", span, message);
                    }
                    Some(number) => {
                        if let Form::Range(low, high) = word.form {
                            match cast::whole(number) {
                                Some(number) => self.range(node, number, low, high, place),
                                None => self.out_of_range(node, low, high, place),
                            }
                        }
                    }
                }
            }
        }
    }

    fn range(&mut self, node: NodeId, number: i64, low: i64, high: i64, place: &Place<'_>) {
        if number < low || number > high {
            self.out_of_range(node, low, high, place);
        }
    }

    fn out_of_range(&mut self, node: NodeId, low: i64, high: i64, place: &Place<'_>) {
        let subject = place.subject();
        let message = if high == i64::MAX {
            format!("{subject} must be {low} or more")
        } else {
            format!("{subject} must be between {low} and {high}")
        };
        self.error("number-out-of-range", self.document.span(node), message);
    }
}

/// A float without a fraction counts as a whole number, but not where ports are read.
fn is_whole(number: f64, word: &Word) -> bool {
    let is_port = matches!(word.form, Form::Port | Form::ExposedPort);
    number.fract() == 0.0 && !is_port
}
