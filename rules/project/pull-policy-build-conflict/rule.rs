//! Flags pull policies that do not go with how the image is made.

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::engine::{Context, Hooks};
use crate::grammar::image::ImageReference;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    // What is missing here may be in another file.
    if project.extent != Extent::Whole {
        return;
    }
    for owned in project.merged.containers() {
        let container = owned.container;
        let Some(policy) = container.pull_policy.as_deref() else {
            continue;
        };
        let Some(text) = policy.value.known() else {
            continue;
        };
        let image = container.image.as_deref();
        let at = policy.text_at();
        match (text, &container.build, image) {
            ("build", None, Some(_)) => {
                cx.report(at, "the image is to be built, and nothing says how")
                    .help("add `build`, or take `pull_policy` out");
            }
            ("always", Some(_), None) => {
                cx.report(at, "the image is to be pulled, and it has no name to pull")
                    .help("name it with `image`, or take `pull_policy` out");
            }
            (_, None, Some(image)) if is_periodic(text) => {
                let digest = image
                    .value
                    .known()
                    .and_then(|image| ImageReference::parse(image).ok()?.digest);
                if let Some(digest) = digest {
                    let place = image.value.location_of(digest.range);
                    cx.report(
                        at,
                        "the image is pulled again and again, and it cannot change",
                    )
                    .label(place, "the digest says which one it is")
                    .help("take `pull_policy` out, or the digest");
                }
            }
            _ => {}
        }
    }
}

/// Whether a policy asks for newer images from time to time.
fn is_periodic(policy: &str) -> bool {
    matches!(policy, "daily" | "weekly") || policy.starts_with("every_")
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{check, compose};
    use crate::workspace::kind::Kind;

    #[test]
    fn the_policy_is_marked() {
        compose(
            "pull-policy-build-conflict",
            r#"
services:
  a: {image: x, pull_policy: "build"}
#                             ^^^^^ warning: the image is to be built, and nothing says how
  b: {build: ., pull_policy: always}
#                            ^^^^^^ warning: the image is to be pulled, and it has no name
  c:
    image: x@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
    pull_policy: every_12h
#                ^^^^^^^^^ warning: the image is pulled again and again
  d: {image: x, build: ., pull_policy: build}
  e: {image: x, build: ., pull_policy: always}
  f: {image: x, pull_policy: daily}
  g: {image: x, pull_policy: $P}
  h: {image: x, pull_policy: never}
"#,
        );
        let text = "services: {a: {image: x, pull_policy: build}}\n";
        let options = &serde_json::Value::Null;
        check(
            "pull-policy-build-conflict",
            options,
            "prod.yaml",
            Kind::Compose,
            text,
        );
    }
}
