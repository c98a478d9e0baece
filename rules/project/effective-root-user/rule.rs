//! Flags services that run as root though their image does not.

use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Field, Scalar};
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::model::Setting;
use crate::dockerfile::runs_as::{is_root, without_group};
use crate::engine::built::{BuildUse, Reading};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::image::ImageReference;
use crate::knowledge::images::{DefaultUser, image};
use crate::text::Location;
use crate::yaml::edit;

/// Programs that need root to prepare files for others.
const PREPARE: [&str; 5] = ["chgrp", "chmod", "chown", "install ", "mkdir"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(built);
    on.merged_service(pulled);
}

/// A service whose Dockerfile is known.
fn built(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let Some(user) = root(used.container.user.as_deref()) else {
        return;
    };
    if prepares(used.container) || !used.is_settled(cx.model) {
        return;
    }
    let Some(reading) = used.reading() else {
        return;
    };
    if let Some((name, place)) = not_root(&reading) {
        report(user, &name, Some(place), cx);
    }
}

/// A service with an image that is known.
fn pulled(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let Some(user) = root(container.user.as_deref()) else {
        return;
    };
    if container.build.is_some() || prepares(container) {
        return;
    }
    let text = container
        .image
        .as_ref()
        .and_then(|image| image.value.known());
    let Some(facts) = text.and_then(|text| image(&ImageReference::parse(text).ok()?)) else {
        return;
    };
    if facts.user == Some(DefaultUser::NonRoot) {
        report(user, facts.runs_as.unwrap_or("another user"), None, cx);
    }
}

/// The user of a service, if it is root for sure.
fn root(user: Option<&Field<Scalar>>) -> Option<&Field<Scalar>> {
    user.filter(|user| {
        let text = user.value.known();
        text.is_some_and(|text| is_root(without_group(text)))
    })
}

/// Whether the container seems to prepare files for others and to end then.
fn prepares(container: &crate::compose::container::Container) -> bool {
    let commands = [&container.command, &container.entrypoint];
    commands.into_iter().flatten().any(|command| {
        let words = command.value.words();
        words.iter().any(|word| {
            let text = word.value.text();
            PREPARE.iter().any(|program| text.contains(program))
        })
    })
}

/// The user that the Dockerfile says the image runs as, if it is not root, and where.
fn not_root(reading: &Reading<'_>) -> Option<(String, Location)> {
    let model = reading.model();
    match model.final_config(reading.stage).user() {
        Setting::Set(user) => {
            let name = user.value.text()?;
            let place = reading.file.location(user.instruction.span);
            (!is_root(without_group(name))).then(|| (name.to_owned(), place))
        }
        Setting::Inherited => {
            let root = model.root_of(reading.stage);
            let facts = model.base_facts(reading.stage)?;
            let place = reading
                .file
                .location(model.ast.instructions.get(root.from)?.span);
            let name = facts.runs_as.unwrap_or("another user");
            (facts.user == Some(DefaultUser::NonRoot)).then(|| (name.to_owned(), place))
        }
        Setting::Nothing => None,
    }
}

fn report(
    user: &Field<Scalar>,
    name: &str,
    place: Option<Location>,
    cx: &mut Context<'_, Project>,
) {
    let text = cx.model.text(user.key.file);
    let entry = user.entry(text).filter(|_| user.via.is_none());
    let edit = entry.and_then(|entry| edit::remove_entry(text, entry));
    let message = match name {
        "another user" => "the service runs as root, and its image as another user".to_owned(),
        name => format!(
            "the service runs as root, and its image as `{}`",
            excerpt(name)
        ),
    };
    let finding = cx.report(user.text_at(), message);
    finding.help("take `user` out, and make the files that it needs belong to that user");
    if let Some(place) = place {
        finding.label(place, "the image runs as this user");
    }
    if let Some(edit) = edit {
        finding.fix(Fix::new(
            "take `user` out; files that belong to root may then be out of reach",
            Applicability::Unsafe,
            vec![edit],
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_user_is_marked() {
        let files = [
            ("Dockerfile", "FROM debian:13\nUSER app:app\n"),
            (
                "root/Dockerfile",
                "FROM debian:13\nUSER app\nRUN x\nUSER 0\n",
            ),
            ("base/Dockerfile", "FROM gcr.io/distroless/static:nonroot\n"),
            ("none/Dockerfile", "FROM debian:13\n"),
        ];
        compose_among(
            "effective-root-user",
            &files,
            "compose.yaml",
            r#"
services:
  a: {build: ., user: root}
#                     ^^^^ warning: the service runs as root, and its image as `app:app`
  b: {build: ., user: "0:0"}
#                      ^^^ warning: the service runs as root, and its image as `app:app`
  c: {build: base, user: root}
#                        ^^^^ warning: the service runs as root, and its image as
  d: {build: ., user: app}
  e: {build: root, user: root}
  f: {build: none, user: root}
  g: {build: ., user: $U}
  h: {build: ., user: root, command: chown -R app /data}
  i: {image: example/x, user: root}
"#,
        );
    }
}
