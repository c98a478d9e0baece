//! Flags services with nothing to make a container from.

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    if cx.model.extent != Extent::Whole
        || container.build.is_some()
        || service.provider.is_some()
        || service.extends.is_some()
        // A service of null is refused for its type, a misspelt key for its name.
        || !service.has_keys() && !is_braces(service, cx)
        || !service.unknown.is_empty()
        || extends_itself(service, cx.model)
    {
        return;
    }
    let name = &service.name.value;
    match &container.image {
        None => {
            let message = format!("`{name}` has neither an image nor a build");
            cx.report(service.name.at, message)
                .help("add `image` or `build`");
        }
        Some(image) if image.value.is_empty() => {
            cx.report(image.at, format!("the image of `{name}` has no name"))
                .help("name the image");
        }
        Some(_) => {}
    }
}

/// Whether the services that this one extends lead back to one of them, so that what it is in the end is not known.
fn extends_itself(service: &Service, project: &Project) -> bool {
    let mut seen = vec![(service.name.at.file, &*service.name.value)];
    while let Some(&(file, name)) = seen.last() {
        let mut edges = project.extended.iter();
        let Some(edge) = edges.find(|edge| edge.at.file == file && *edge.service == *name) else {
            return false;
        };
        let next = (edge.base.at.file, &*edge.base.value);
        if seen.contains(&next) {
            return true;
        }
        seen.push(next);
    }
    false
}

/// Whether nothing is said of a service in so many words: `{}`.
fn is_braces(service: &Service, cx: &Context<'_, Project>) -> bool {
    service.at.file == cx.source.id && service.at.span.text(cx.text()).starts_with('{')
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::engine::testing::{check, compose};
    use crate::workspace::kind::Kind;

    #[test]
    fn every_service_needs_a_source() {
        compose(
            "missing-image-or-build",
            r#"
x-base: &base
  command: y
services:
  a: *base
# ^ `a` has neither an image nor a build
  "b": {command: y, profiles: [p]}
# ^^^ `b` has neither an image nor a build
  c: {image: "${C:-}"}
#            ^^^^^^^^ the image of `c` has no name
  d: {image: "${D}"}
  e: {build: {}}
  f: {extends: e}
  g: {extends: a}
# ^ `g` has neither an image nor a build
  h: {imgae: x}
  i: {}
# ^ `i` has neither an image nor a build
  j:
  k: {extends: l}
  l: {extends: k}
"#,
        );
    }

    #[test]
    fn parts_are_left_alone() {
        let text = "services:\n  a: {command: x}\n  b: {image: y}\n";
        for path in ["compose.override.yaml", "compose.prod.yaml", "base.yaml"] {
            check(
                "missing-image-or-build",
                &Value::Null,
                path,
                Kind::Compose,
                text,
            );
        }
    }
}
