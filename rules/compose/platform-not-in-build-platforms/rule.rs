//! Flags platforms that a service runs on and is not built for.
//!
//! Compose compares the texts (`compose-go`, `loader/validate.go`).

use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Field, Scalar};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::Edit;
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let (Some(field), Some(build)) = (&service.container.platform, &service.container.build) else {
        return;
    };
    let platforms = &build.value.platforms;
    let known: Option<Vec<&str>> = platforms
        .iter()
        .map(|platform| platform.value.known())
        .collect();
    let (Some(platform), Some(known)) = (field.value.known(), known) else {
        return;
    };
    if platform.is_empty() || known.is_empty() || known.contains(&platform) {
        return;
    }
    let text = cx.text();
    let file = cx.source.id;
    let message = format!("the image is not built for `{platform}`");
    let finding = cx.report(field.text_at(), message);
    if let Some(key) = platforms.key() {
        finding.label(key, "it is built for these");
    }
    let same = known
        .iter()
        .find(|other| normalised(other) == normalised(platform));
    if let Some(same) = same {
        finding.help(format!("write `{same}`; Compose compares the texts"));
        if let Some(edit) = rewritten(field, same).filter(|_| field.at.file == file) {
            let title = format!("write `{same}`");
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
        return;
    }
    finding.help("add it to `build.platforms`, or leave `platform` out");
    let last = platforms.iter().last();
    let Some(last) = last.filter(|last| last.at.file == file && field.value.literal().is_some())
    else {
        return;
    };
    if let Some(edit) = edit::insert_item_behind(text, last.at.span, platform) {
        let title = format!("build for `{platform}` as well; its base images may not exist there");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

fn rewritten(field: &Field<Scalar>, platform: &str) -> Option<Edit> {
    field.value.literal()?;
    Some(Edit::replace(field.text_at().span, platform))
}

/// A platform as Docker understands it (<https://github.com/containerd/platforms>): the usual names of
/// architectures, without the variant that they have anyhow.
fn normalised(platform: &str) -> String {
    let lower = platform.to_ascii_lowercase();
    let mut parts = lower.splitn(3, '/');
    let mut next = || parts.next().unwrap_or_default();
    let (os, architecture, variant) = (next(), next(), next());
    let (architecture, variant) = match (architecture, variant) {
        ("x86_64" | "x86-64" | "amd64", "v1") => ("amd64", ""),
        ("x86_64" | "x86-64", variant) => ("amd64", variant),
        ("aarch64" | "arm64", "8" | "v8") => ("arm64", ""),
        ("aarch64", variant) => ("arm64", variant),
        ("armhf", "") | ("arm", "" | "7") => ("arm", "v7"),
        ("armel", "") => ("arm", "v6"),
        other => other,
    };
    format!("{os}/{architecture}/{variant}")
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_text_has_to_be_in_the_list() {
        compose(
            "platform-not-in-build-platforms",
            r#"
services:
  a:
    platform: "linux/arm64"
#              ^^^^^^^^^^^ the image is not built for `linux/arm64`
    build: {platforms: [linux/amd64]}
  b: {platform: "${P:-linux/arm64}", build: {platforms: [linux/amd64]}}
#                     ^^^^^^^^^^^ the image is not built for `linux/arm64`
  c: {platform: "${P}", build: {platforms: [linux/amd64]}}
  d: {platform: linux/arm64, build: {platforms: [linux/amd64, "${P}"]}}
  e: {platform: "", build: {platforms: [linux/amd64]}}
  f: {platform: linux/arm64, build: {context: .}}
  g: {platform: linux/arm64, build: {platforms: [linux/arm64]}}
"#,
        );
    }
}
