//! Reading on after an error.

use std::sync::Arc;

use super::Yaml;
use super::parse::read;
use crate::diagnostic::{Parse, SyntaxError};
use crate::text::Span;

/// Reads a YAML file.
pub fn parse(text: &Arc<str>) -> Parse<Yaml> {
    let attempt = read(text, text);
    let errors = attempt.failure.iter().map(|failure| {
        let message = format!("invalid YAML: {:?}", failure.problem);
        SyntaxError::new("invalid-yaml", Span::empty(failure.at), message)
    });
    let errors = errors.collect();
    Parse {
        tree: Yaml {
            documents: attempt.documents,
        },
        errors,
    }
}
