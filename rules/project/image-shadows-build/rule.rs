//! Flags images that are built here under the name of an official image.

use crate::compose::container::Container;
use crate::compose::project::Project;
use crate::compose::value::{Field, Scalar};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::built::BuildUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::image::ImageReference;
use crate::knowledge::official::is_official;
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let container = used.container;
    let Some(image) = container.image.as_deref() else {
        return;
    };
    let is_always_built = container
        .pull_policy
        .as_deref()
        .is_some_and(|policy| policy.value.known().is_none_or(|policy| policy == "build"));
    if is_always_built {
        return;
    }
    let Some(text) = image.value.literal() else {
        return;
    };
    let Ok(reference) = ImageReference::parse(text) else {
        return;
    };
    // A name without a tag is often only a name, such as `caddy` in a project about Caddy.
    let is_release = reference.tag.as_ref().is_some_and(|tag| {
        let tag = &*tag.value;
        tag.starts_with(|c: char| c.is_ascii_digit()) || tag == "latest"
    });
    let Some(name) = reference.familiar_name() else {
        return;
    };
    if reference.is_official() != Some(true) || !is_release || !is_official(&name) {
        return;
    }
    let message = format!(
        "the image is built under the name of the official `{}`",
        excerpt(&name)
    );
    let fix = fix(image, container, cx.model);
    let finding = cx.report(image.text_at(), message);
    finding.label(used.build.key, "built from this");
    finding.help("give it a name of its own; a pull replaces it, and other projects get it");
    finding.fixes.extend(fix);
}

/// Has the image built each time, so that no pull replaces it.
fn fix(image: &Field<Scalar>, container: &Container, project: &Project) -> Option<Fix> {
    let text = project.text(image.key.file);
    let is_here = image.key.file == image.at.file && image.via.is_none();
    let place = image
        .entry(text)
        .filter(|_| is_here && container.pull_policy.is_none())?;
    let edit = edit::insert_entry_behind(text, place, "pull_policy: build")?;
    let title = "build it each time; the name stays that of another image";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_name_is_marked() {
        compose(
            "image-shadows-build",
            r#"
services:
  a: {build: ., image: "nginx:1.27"}
#                       ^^^^^^^^^^ warning: the image is built under the name of the official `nginx`
  b: {build: ., image: docker.io/library/postgres:latest}
#                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the image is built under
  c: {build: ., image: 'nginx:1.27', pull_policy: build}
  d: {build: ., image: team/nginx:1.27}
  e: {build: ., image: example.com/nginx:1.27}
  f: {build: ., image: nginx}
  g: {build: ., image: 'nginx:team'}
  h: {build: ., image: 'web:1.27'}
  i: {image: 'nginx:1.27'}
  j: {build: ., image: 'nginx:$TAG'}
"#,
        );
    }
}
