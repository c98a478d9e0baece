//! Variables that a file asks for and no file with variables sets.
//!
//! Without any such file, whoever runs the project has to set all, and nothing is said.

use crate::compose::environment::Environment;
use crate::compose::interpolate::{self, Reference};
use crate::diagnostic::{Applicability, Fix, Severity, SyntaxError};
use crate::grammar::excerpt;
use crate::grammar::variable::Value;
use crate::text::Edit;
use crate::yaml::{Document, NodeId, Place, Yaml};

/// How many names are compared with those that are set.
const MAX_COMPARED: usize = 200;

/// Keys below which a dollar is mostly meant for a shell in the container.
const OF_SHELLS: [&str; 7] = [
    "command",
    "content",
    "dockerfile_inline",
    "entrypoint",
    "healthcheck",
    "post_start",
    "pre_stop",
];

/// What there is to say of the variables of a file.
pub(super) fn unset(yaml: &Yaml, environment: &Environment) -> Vec<SyntaxError> {
    let mut errors = Vec::new();
    if environment.is_empty() {
        return errors;
    }
    let mut left = MAX_COMPARED;
    for document in &yaml.documents {
        for id in document.ids() {
            let is_key = matches!(document.place(id), Place::Key(_));
            let text = document.scalar(id).map(|scalar| scalar.value);
            if is_key || !text.is_some_and(|text| text.contains('$')) {
                continue;
            }
            let Some(raw) = document.cooked(id) else {
                continue;
            };
            let read = interpolate::interpolate(&raw, None);
            for reference in read.references.iter().filter(|_| !read.malformed) {
                if reference.nested {
                    continue;
                }
                if reference.is_required() {
                    errors.extend(required(reference, environment));
                } else if reference.operator.is_none() && !is_for_a_shell(document, id) {
                    errors.extend(undefined(reference, environment, &mut left));
                }
            }
        }
    }
    errors
}

/// A variable that the file cannot do without.
fn required(reference: &Reference, environment: &Environment) -> Option<SyntaxError> {
    let name = excerpt(&reference.name);
    let message = match environment.lookup(&reference.name) {
        Value::Set(value) if value.is_empty() && reference.is_filled() => {
            format!("`{name}` is required and empty")
        }
        Value::Unknown if !environment.is_set_to_unknown(&reference.name) => {
            format!("`{name}` is required and not set")
        }
        _ => return None,
    };
    let help = "set it in the `.env` file of the project, or before the project is run";
    let rule = "missing-required-variable";
    Some(SyntaxError::new(rule, reference.name_span, message).with_help(help))
}

/// A variable that is empty unless somebody sets it elsewhere. It is a slip if another one is called nearly like it.
fn undefined(
    reference: &Reference,
    environment: &Environment,
    left: &mut usize,
) -> Option<SyntaxError> {
    let name = &*reference.name;
    let is_open = matches!(environment.lookup(name), Value::Unknown)
        && !environment.is_set_to_unknown(name)
        && !Environment::is_usual(name);
    // Small letters are mostly a part of something else, such as a hash.
    if !is_open || name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let similar = match left.checked_sub(1) {
        Some(rest) => {
            *left = rest;
            environment.similar(name)
        }
        None => None,
    };
    let message = format!("nothing sets `{}`, so that it is empty", excerpt(name));
    let error = SyntaxError::new("undefined-variable", reference.name_span, message);
    Some(match similar {
        Some(similar) => {
            let edit = Edit::replace(reference.name_span, similar);
            let title = format!("write `{similar}`; it may not be what was meant");
            error
                .with_severity(Severity::Warning)
                .with_help(format!("did you mean `{}`?", excerpt(similar)))
                .with_fix(Fix::new(title, Applicability::Unsafe, vec![edit]))
        }
        None => error.with_severity(Severity::Info).with_help(
            "set it in the `.env` file of the project; with `:?` behind the name Compose stops without it",
        ),
    })
}

fn is_for_a_shell(document: &Document, node: NodeId) -> bool {
    document.ancestors(node).any(|ancestor| {
        let key = document.key_of(ancestor);
        let key = key.and_then(|key| document.as_str(key));
        key.is_some_and(|key| OF_SHELLS.contains(&key))
    })
}
