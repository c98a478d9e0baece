//! The variables that Compose replaces: `${NAME}` in Compose files, and the lines of `.env`.

use super::occurrence::{Form, Local, NameKind, Names, Occurrence, Part, Role};
use crate::compose::dotenv::{self, Format};
use crate::compose::interpolate::{Reference, interpolate};
use crate::grammar::variable::{self, Dialect};
use crate::text::{Cooked, Span};
use crate::yaml::{Kind, Place, Yaml};

/// The variable whose value is the list of profiles that are active.
const PROFILES: &str = "COMPOSE_PROFILES";

/// Reads the variables in all values of a file.
pub(super) fn in_yaml(yaml: &Yaml, names: &mut Names<'_>) {
    for document in &yaml.documents {
        for node in document.ids() {
            let Kind::Scalar(scalar) = document.kind(node) else {
                continue;
            };
            let is_key = matches!(document.place(node), Place::Key(_));
            if is_key || !scalar.value.contains('$') {
                continue;
            }
            let Some(raw) = document.cooked(node) else {
                continue;
            };
            for Reference {
                name, name_span, ..
            } in interpolate(&raw, None).references
            {
                used(&name, name_span, names);
            }
        }
    }
}

fn used(name: &str, span: Span, names: &mut Names<'_>) {
    if !name.is_empty() {
        let entity = names.only(NameKind::Variable, Part::Whole, name);
        names.add_use(entity, span, Form::Exact);
    }
}

/// Reads an `.env` file of a project.
pub(super) fn read(text: &str) -> Local {
    let mut names = Names::new(text);
    for entry in dotenv::parse(text, Format::Dotenv).tree {
        if entry.name.is_empty() {
            continue;
        }
        let entity = names.only(NameKind::Variable, Part::Whole, &entry.name);
        names.declare(entity, entry.name_span, entry.span);
        let Some(value) = &entry.value else { continue };
        let text = value.text.text();
        if value.is_interpolated() && text.contains('$') {
            for reference in variable::parse(text, Dialect::Compose).references() {
                let name = text.get(reference.name.clone()).unwrap_or_default();
                used(name, value.text.span(reference.name.clone()), &mut names);
            }
        }
        if &*entry.name == PROFILES {
            profiles(&value.text, &mut names);
        }
    }
    names.finish()
}

fn profiles(list: &Cooked<'_>, names: &mut Names<'_>) {
    let mut start = 0;
    for item in list.text().split(',') {
        let name = item.trim();
        let at = start + (item.len() - item.trim_start().len());
        start += item.len() + 1;
        if name.is_empty() || name.contains('$') {
            continue;
        }
        let entity = names.only(NameKind::Profile, Part::Whole, name);
        let span = list.span(at..at + name.len());
        names.add(Occurrence {
            span,
            entity,
            role: Role::Use,
            form: Form::Exact,
            full: span,
            leads: None,
        });
    }
}
