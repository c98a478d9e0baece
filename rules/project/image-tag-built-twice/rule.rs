//! Flags images that two services build in different ways under one name.

use std::collections::HashMap;

use crate::compose::build::Build;
use crate::compose::profiles::Together;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Pair, Scalar, Setting};
use crate::engine::built::BuildUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::image::ImageReference;
use crate::text::{Location, order};

/// How many names of images one build may have.
const MAX_NAMES: usize = 64;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.builds(check);
}

/// A build and the place where it names its image.
struct Named<'n> {
    used: &'n BuildUse<'n>,
    service: Option<&'n Service>,
    at: Location,
}

fn check(builds: &[BuildUse<'_>], cx: &mut Context<'_, Project>) {
    let project = cx.model;
    let mut seen: HashMap<String, Named<'_>> = HashMap::new();
    for used in builds {
        let image = used.container.image.iter();
        let image = image.map(|image| (&image.value, image.text_at()));
        let tags = used.build.value.tags.iter();
        let tags = tags.map(|tag| (&tag.value, tag.text_at()));
        for (name, at) in image.chain(tags).take(MAX_NAMES) {
            let Some(text) = name.known() else {
                continue;
            };
            let Some(identity) = ImageReference::parse(text)
                .ok()
                .and_then(|image| image.identity())
            else {
                continue;
            };
            let named = Named {
                used,
                service: project.service(&used.owner.value),
                at,
            };
            match seen.get(&identity) {
                None => {
                    seen.insert(identity, named);
                }
                Some(first) if differ(first, &named) => report(first, &named, text, cx),
                Some(_) => {}
            }
        }
    }
}

/// Whether both are built in one go, and from something else.
fn differ(first: &Named<'_>, second: &Named<'_>) -> bool {
    let is_same_place = first.at == second.at;
    let together = match (first.service, second.service) {
        (Some(a), Some(b)) => a.can_run_together(b) == Together::Yes,
        _ => false,
    };
    let (a, b) = (&first.used.build.value, &second.used.build.value);
    !is_same_place && together && is_known(a) && is_known(b) && parts(a) != parts(b)
}

/// What decides about the image.
fn parts(build: &Build) -> (Vec<String>, Vec<(String, String)>) {
    let context = build
        .context
        .as_ref()
        .map_or(".", |field| field.value.text());
    let path = build.dockerfile_path().unwrap_or_default();
    let text = |setting: &Setting<Scalar>| {
        let field = setting.as_ref();
        field.map_or_else(String::new, |field| field.value.text().to_owned())
    };
    let mut arguments: Vec<(String, String)> = build.args.iter().map(argument).collect();
    order::sort(&mut arguments);
    let context = crate::compose::build::without_dots(context);
    let target = text(&build.target).to_lowercase();
    let own = vec![context, path, text(&build.dockerfile_inline), target];
    (own, arguments)
}

fn argument(pair: &Pair) -> (String, String) {
    let value = pair.value.as_ref();
    let value = value.map_or_else(String::new, |value| value.value.text().to_owned());
    (pair.name.value.text().to_owned(), value)
}

/// Whether no variable without a default decides about the image.
fn is_known(build: &Build) -> bool {
    let settings = [
        &build.context,
        &build.dockerfile,
        &build.dockerfile_inline,
        &build.target,
    ];
    let mut settings = settings.into_iter().flatten();
    settings.all(|field| field.value.known().is_some())
        && build.args.iter().all(|pair| {
            let value = pair.value.as_ref();
            pair.name.value.known().is_some()
                && value.is_none_or(|value| value.value.known().is_some())
        })
}

fn report(first: &Named<'_>, second: &Named<'_>, image: &str, cx: &mut Context<'_, Project>) {
    let other = &first.used.owner.value;
    let message = format!(
        "`{}` builds another image under the name `{}`",
        excerpt(other),
        excerpt(image)
    );
    cx.report(second.at, message)
        .label(first.at, "the other build; the last one that ends wins")
        .help("give each image a name of its own");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_second_name_is_marked() {
        compose(
            "image-tag-built-twice",
            r#"
services:
  a: {image: app, build: ./a}
  b: {image: "docker.io/library/app:latest", build: ./b}
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `a` builds another image under the name
  c: {image: 'app:2', build: {context: a, target: x}}
  d: {image: 'd', build: {context: a, target: y, tags: ['app:2']}}
#                                                        ^^^^^ error: `c` builds another image
  e: {image: 'app:2', build: {context: ./a/., target: X}}
  f: {image: g, build: {context: a, args: [V=1]}}
  h: {image: g, build: {context: a, args: {V: 2}}}
#            ^ error: `f` builds another image under the name `g`
"#,
        );
    }

    #[test]
    fn one_image_for_two_services_is_fine() {
        compose(
            "image-tag-built-twice",
            r#"
services:
  a: {image: app, build: {context: ., args: [V=1]}}
  b: {image: app, build: {args: {V: "1"}, dockerfile: Dockerfile}}
  c: {image: app}
  d: {image: x, build: a, profiles: [one]}
  e: {image: x, build: b, profiles: [two]}
  f: {image: "y:$V", build: a}
  g: {image: "y:$V", build: b}
  h: {image: z, build: $A}
  i: {image: z, build: b}
"#,
        );
    }
}
