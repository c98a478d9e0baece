//! How the instruction at the cursor is written, and which part of it the cursor is in.

use std::path::Path;

use super::line::{self, At, Line};
use super::words::{self, Form};
use super::workspace::Workspace;
use crate::dockerfile::keyword::Keyword;

/// The forms of an instruction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signatures {
    /// The forms.
    pub forms: Vec<Signature>,
    /// Which form the text follows so far.
    pub active: usize,
}

/// A form of an instruction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature {
    /// How it is written.
    pub label: &'static str,
    /// What the instruction does, in Markdown.
    pub documentation: &'static str,
    /// The parts of the label that are filled in, each with what it means, in Markdown.
    pub parameters: &'static [(&'static str, &'static str)],
    /// The parameter that the cursor is in.
    pub active: Option<usize>,
}

/// How the instruction at a byte is written. Only of Dockerfiles, and not where a keyword is still being written.
pub fn signatures(workspace: &Workspace<'_>, path: &Path, at: u32) -> Option<Signatures> {
    let document = workspace.document(path)?;
    let dockerfile = document.dockerfile()?;
    let At::Line(line) = line::at(&dockerfile.model, document.text(), at) else {
        return None;
    };
    let found = words::instruction(line.keyword);
    let form = |form: &Form| Signature {
        label: form.label,
        documentation: found.doc,
        parameters: form.parameters,
        active: active(form, &line),
    };
    Some(Signatures {
        forms: found.forms.iter().map(form).collect(),
        active: form_of(&line),
    })
}

/// Which of its forms an instruction follows.
fn form_of(line: &Line) -> usize {
    let first = line.arguments().first().unwrap_or(&line.current);
    let is_array = first.starts_with('[');
    match line.keyword {
        Keyword::Cmd | Keyword::Entrypoint => usize::from(!is_array && !first.is_empty()),
        Keyword::Run => usize::from(is_array),
        Keyword::Healthcheck => {
            let is_none = !first.is_empty() && "NONE".starts_with(&first.to_ascii_uppercase());
            usize::from(is_none)
        }
        _ => 0,
    }
}

/// The parameter of a form that the cursor is in.
fn active(form: &Form, line: &Line) -> Option<usize> {
    let named = |name: &str| form.parameters.iter().position(|(known, _)| *known == name);
    let arguments = line.arguments().len();
    let is_flag = line.current.starts_with("--") && line.takes_flags();
    if is_flag {
        return named("[flags]").or_else(|| named("--platform=platform"));
    }
    let words = |place: usize| named(["source…", "destination"][place]);
    let is_array = form.label.contains('[') && form.label.contains('"');
    match line.keyword {
        Keyword::Copy | Keyword::Add => words(usize::from(arguments > 0)),
        Keyword::From => match arguments {
            0 => named("image"),
            1 => None,
            _ => named("name"),
        },
        Keyword::Arg => named(if line.current.contains('=') {
            "default"
        } else {
            "name"
        }),
        Keyword::Env | Keyword::Label => {
            let is_value = line.current.contains('=') || is_old_form(line);
            named(if is_value { "value" } else { "key" })
        }
        Keyword::Expose => named(if line.current.contains('/') {
            "protocol"
        } else {
            "port"
        }),
        Keyword::User => named(if line.current.contains(':') {
            "group"
        } else {
            "user"
        }),
        Keyword::Healthcheck => match arguments {
            0 => None,
            _ => named("command"),
        },
        _ if is_array => {
            let elements = line.rest.matches(',').count();
            named(if elements == 0 {
                "\"executable\""
            } else {
                "\"param\""
            })
        }
        Keyword::Volume => named("path…"),
        Keyword::Onbuild => named("instruction"),
        _ => form.parameters.len().checked_sub(1),
    }
}

/// Whether key and value are separated by a blank, as they were in old files.
fn is_old_form(line: &Line) -> bool {
    let first = line.arguments().first();
    first.is_some_and(|first| !first.contains('='))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::Scene;

    /// The form that counts and the parameter that the cursor is in.
    fn check(text: &str) -> Option<(&'static str, Option<&'static str>)> {
        let scene = Scene::new(&[("Dockerfile", text)]);
        let workspace = scene.workspace();
        let found = signatures(&workspace, &scene.path, scene.at)?;
        let form = &found.forms[found.active];
        let active = form.active.map(|active| form.parameters[active].0);
        Some((form.label, active))
    }

    #[test]
    fn the_parameter_at_the_cursor_is_active() {
        let copy = "COPY [flags] source… destination";
        let from = "FROM [--platform=platform] image [AS name]";
        for (text, form, active) in [
            ("FROM a\nCOPY ¦", copy, Some("source…")),
            ("FROM a\nCOPY --fr¦", copy, Some("[flags]")),
            (
                "FROM a\nCOPY --from=b a \\\n  # x\n  ¦",
                copy,
                Some("destination"),
            ),
            ("FROM ¦", from, Some("image")),
            ("FROM --platform=l¦", from, Some("--platform=platform")),
            ("FROM a AS ¦\n", from, Some("name")),
            ("ARG A=¦", "ARG name[=default]", Some("default")),
            ("FROM a\nENV A¦", "ENV key=value…", Some("key")),
            ("FROM a\nENV A b¦", "ENV key=value…", Some("value")),
            ("FROM a\nUSER a:¦", "USER user[:group]", Some("group")),
            (
                "FROM a\nEXPOSE 80/¦",
                "EXPOSE port[/protocol]…",
                Some("protocol"),
            ),
            (
                "FROM a\nCMD [\"a\", ¦",
                "CMD [\"executable\", \"param\"…]",
                Some("\"param\""),
            ),
            ("FROM a\nCMD a ¦", "CMD command", Some("command")),
            ("FROM a\nRUN a ¦", "RUN [flags] command", Some("command")),
            ("FROM a\nHEALTHCHECK NO¦", "HEALTHCHECK NONE", None),
            (
                "FROM a\nONBUILD RUN ¦",
                "RUN [flags] command",
                Some("command"),
            ),
        ] {
            assert_eq!(check(text), Some((form, active)), "{text}");
        }
    }

    #[test]
    fn there_is_none_where_no_instruction_is() {
        for text in ["FRO¦", "¦", "# FROM ¦", "FROM a\n¦\n", "FOO a ¦"] {
            assert_eq!(check(text), None, "{text}");
        }
    }
}
