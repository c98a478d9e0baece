//! Flags images without a version in places besides `image`: contexts of builds, mounts and AI models.

use std::ops::Range;

use crate::compose::mount::MountType;
use crate::compose::project::Project;
use crate::compose::value::Scalar;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::image::ImageReference;

/// What an additional context begins with that is an image.
const SCHEME: &str = "docker-image://";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for owned in project.merged.containers() {
        let contexts = owned.container.build.iter();
        let contexts = contexts.flat_map(|build| &build.value.additional_contexts);
        for value in contexts.filter_map(|pair| pair.value.as_ref()) {
            if value.value.text().starts_with(SCHEME) {
                image(&value.value, SCHEME.len()..value.value.text().len(), cx);
            }
        }
        for mount in &owned.container.volumes {
            if let (Some(MountType::Image), Some(source)) = (mount.kind(), &mount.source) {
                image(&source.value, 0..source.value.text().len(), cx);
            }
        }
    }
    for model in &project.merged.models {
        if let Some(name) = &model.model {
            let text = name.value.text();
            // Others than those on Docker Hub have versions of another kind.
            if text.starts_with("ai/") {
                image(&name.value, 0..text.len(), cx);
            }
        }
    }
}

fn image(value: &Scalar, range: Range<usize>, cx: &mut Context<'_, Project>) {
    if value.known().is_none() {
        return;
    }
    let text = &value.text()[range.clone()];
    let Ok(reference) = ImageReference::parse(text) else {
        return;
    };
    let is_latest = reference
        .tag
        .as_ref()
        .is_some_and(|tag| &*tag.value == "latest");
    if reference.digest.is_some() || !reference.is_untagged() && !is_latest {
        return;
    }
    let message = match is_latest {
        true => format!("`{}` is another image every week", excerpt(text)),
        false => format!("`{}` has no tag", excerpt(text)),
    };
    cx.report(value.location_of(range), message)
        .help("name a version, or a digest");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_reference_is_marked() {
        compose(
            "unpinned-auxiliary-image",
            r#"
services:
  a:
    image: x:1
    build:
      context: .
      additional_contexts:
        one: docker-image://debian
#                           ^^^^^^ warning: `debian` has no tag
        two: "docker-image://example.com/a:latest"
#                            ^^^^^^^^^^^^^^^^^^^^ warning: `example.com/a:latest` is another image every week
        three: docker-image://debian:13
        four: docker-image://$IMAGE
        five: ./debian
        six: docker-image://debian@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
    volumes:
      - {type: image, source: example/data, target: /data}
#                             ^^^^^^^^^^^^ warning: `example/data` has no tag
      - {type: volume, source: data, target: /data}
models:
  one: {model: ai/smollm2}
#              ^^^^^^^^^^ warning: `ai/smollm2` has no tag
  two: {model: "ai/smollm2:360M-Q4_K_M"}
  three: {model: hf.co/example/model}
volumes: {data: }
"#,
        );
    }
}
