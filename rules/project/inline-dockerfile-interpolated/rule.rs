//! Flags variables of a Dockerfile in a Compose file that Compose replaces before the Dockerfile is read.
//!
//! Compose replaces `$NAME` in every value, `dockerfile_inline` included; with `$$` one dollar is left.

use std::collections::HashSet;

use crate::compose::project::Project;
use crate::compose::value::{Field, Scalar};
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::parse::parse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::predefined::{Predefined, predefined};
use crate::text::{Edit, Location};

/// Variables that the image or its shell sets. On the machine that builds they mean something else.
const OF_THE_IMAGE: [&str; 4] = ["HOME", "HOSTNAME", "PATH", "PWD"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for owned in project.merged.containers() {
        let build = owned.container.build.as_deref();
        let inline = build.and_then(|build| build.value.dockerfile_inline.as_deref());
        if let Some(inline) = inline.filter(|inline| !inline.value.references().is_empty()) {
            check_text(inline, cx);
        }
    }
}

fn check_text(inline: &Field<Scalar>, cx: &mut Context<'_, Project>) {
    let project = cx.model;
    let raw = inline.value.raw().text();
    let model = Dockerfile::new(parse(raw).tree);
    let set = set_in(&model);
    for reference in inline.value.references() {
        let name = &*reference.name;
        // A default, an alternative or a message is meant for Compose as likely as for the Dockerfile.
        if reference.operator.is_some()
            || reference.nested
            || project.environment.get(name).is_some()
            || project.environment.is_set_to_unknown(name)
        {
            continue;
        }
        let whose = match () {
            () if set.contains(name) => "the Dockerfile sets",
            () if OF_THE_IMAGE.contains(&name) => "the image sets",
            () if predefined(name) == Some(Predefined::Platform) => "the builder sets",
            () => continue,
        };
        let at = Location {
            file: inline.value.file(),
            span: reference.span,
        };
        let text = project.text(at.file);
        let message = format!("Compose replaces `{}`, which {whose}", excerpt(name));
        let finding = cx.report(at, message);
        finding.help("write `$$` to leave it to the Dockerfile");
        if text.as_bytes().get(at.span.start as usize) == Some(&b'$') {
            finding.fix(Fix::new(
                "double the dollar",
                Applicability::Safe,
                vec![Edit::insert(at.span.start, "$")],
            ));
        }
    }
}

/// The names that a Dockerfile gives values, with `ARG`, `ENV` or in a command.
fn set_in(model: &Dockerfile) -> HashSet<Box<str>> {
    let definitions = model.definitions().iter();
    let mut names: HashSet<Box<str>> = definitions
        .map(|definition| definition.name.clone())
        .collect();
    let scripts = model
        .scripts()
        .iter()
        .filter_map(|script| script.script.as_ref());
    for found in scripts.flat_map(|script| script.commands()) {
        let assignments = found.command.assignments.iter();
        names.extend(assignments.map(|assignment| assignment.name.value.as_str().into()));
    }
    names
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, compose_among};

    #[test]
    fn the_reference_is_marked() {
        compose(
            "inline-dockerfile-interpolated",
            r#"
services:
  a: {build: {dockerfile_inline: "ARG BASE=13\nFROM debian:${BASE}\n"}}
#                                                          ^^^^^^^ error: Compose replaces `BASE`, which the Dockerfile sets
  b: {build: {dockerfile_inline: "FROM a\nENV PATH=/app/bin:$PATH\n"}}
#                                                           ^^^^^ error: Compose replaces `PATH`, which
  c: {build: {dockerfile_inline: "FROM a\nENV DIR=/app\nWORKDIR $DIR\nUSER $$DIR\n"}}
#                                                               ^^^^ error: Compose replaces `DIR`
  d: {build: {dockerfile_inline: "FROM a\nRUN name=x; echo $name $OTHER\n"}}
#                                                          ^^^^^ error: Compose replaces `name`
  e: {build: {dockerfile_inline: "FROM a\nRUN fetch $TARGETARCH\n"}}
#                                                   ^^^^^^^^^^^ error: Compose replaces `TARGETARCH`, which the builder
  f: {build: {dockerfile_inline: "ARG V=1\nFROM a:${V:-2} AS ${V:?}\n"}}
  g: {build: {dockerfile_inline: "FROM a:$TAG"}}
"#,
        );
    }

    #[test]
    fn what_the_project_sets_is_meant() {
        compose_among(
            "inline-dockerfile-interpolated",
            &[(".env", "BASE=12\n")],
            "compose.yaml",
            "services: {a: {build: {dockerfile_inline: \"ARG BASE\\nFROM a:$BASE\"}}}\n",
        );
    }
}
