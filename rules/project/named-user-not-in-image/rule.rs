//! Flags services that run as a user whose name the image that is built for them cannot know.
//!
//! That the runtime refuses a name without an entry: `GetExecUser` in `github.com/moby/sys/user`. The names of
//! Google's distroless images: `common/variables.bzl` of `GoogleContainerTools/distroless`.

use crate::compose::container::Container;
use crate::compose::project::Project;
use crate::compose::value::{Field, Scalar};
use crate::dockerfile::model::Base;
use crate::engine::built::{BuildUse, Reading};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

/// The users and groups of distroless images.
const DISTROLESS: [&str; 5] = ["nobody", "nonroot", "root", "staff", "tty"];

/// How far a chain of stages is followed.
const MAX_STAGES: usize = 64;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let container = used.container;
    let Some(user) = &container.user else {
        return;
    };
    if !used.is_settled(cx.model) || gets_names(container) {
        return;
    }
    let Some(known) = used.reading().and_then(|reading| names(&reading)) else {
        return;
    };
    let Some(text) = user.value.known() else {
        return;
    };
    let mut start = 0;
    for part in text.split(':').take(2) {
        let range = start..start + part.len();
        start += part.len() + 1;
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number || part == "root" || known.contains(&part) {
            continue;
        }
        report(user, part, range, known.is_empty(), cx);
    }
}

fn report(
    user: &Field<Scalar>,
    name: &str,
    range: std::ops::Range<usize>,
    is_empty: bool,
    cx: &mut Context<'_, Project>,
) {
    let why = match is_empty {
        true => "has no list of users",
        false => "knows only `root`, `nobody` and `nonroot`",
    };
    let name = excerpt(name);
    cx.report(
        user.value.location_of(range),
        format!("the container does not start as `{name}`: its image {why}"),
    )
    .help("write a number, or copy `/etc/passwd` and `/etc/group` into the image");
}

/// The names that an image knows besides `root`; `None` where it may know others.
fn names(reading: &Reading<'_>) -> Option<&'static [&'static str]> {
    let model = reading.model();
    let known: &[&str] = match &model.root_of(reading.stage).base {
        Base::Scratch => &[],
        Base::Image(image) if image.known()?.starts_with("gcr.io/distroless/") => &DISTROLESS,
        Base::Image(_) | Base::Stage(_) | Base::Unresolved => return None,
    };
    let stages = model.chain(reading.stage).take(MAX_STAGES);
    let mut all = stages.flat_map(|stage| stage.instructions.clone().map(move |at| (stage, at)));
    let brings = |(stage, at)| super::named_user_without_passwd::brings_names(model, stage, at);
    (!all.any(brings)).then_some(known)
}

/// Whether a list of names may be mounted.
fn gets_names(container: &Container) -> bool {
    let is_list = |target: &Scalar| {
        let path = target.known().map(|path| path.trim_end_matches('/'));
        path.is_none_or(|path| matches!(path, "/etc" | "/etc/passwd" | "/etc/group" | ""))
    };
    let mounts = container.volumes.iter();
    let targets = mounts.filter_map(|mount| Some(&mount.target.as_ref()?.value));
    let grants = container.configs.iter().chain(&container.secrets);
    let files = grants.filter_map(|grant| Some(&grant.target.as_ref()?.value));
    targets.chain(files).any(is_list)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_name_is_marked() {
        let files = [
            (
                "Dockerfile",
                "FROM golang AS b\nRUN useradd app\nFROM scratch\nCOPY --from=b /app /app\n",
            ),
            (
                "static/Dockerfile",
                "FROM gcr.io/distroless/static:nonroot\nCOPY app /app\n",
            ),
            (
                "names/Dockerfile",
                "FROM scratch\nCOPY passwd /etc/passwd\n",
            ),
            ("root/Dockerfile", "FROM scratch\nADD root.tar /\n"),
            ("debian/Dockerfile", "FROM debian:13\n"),
        ];
        compose_among(
            "named-user-not-in-image",
            &files,
            "compose.yaml",
            r#"
services:
  a: {build: ., user: "app"}
#                      ^^^ error: the container does not start as `app`: its image has no list of users
  b: {build: ., user: 1000:app}
#                          ^^^ error: the container does not start as `app`
  c: {build: static, user: app:nonroot}
#                          ^^^ error: the container does not start as `app`: its image knows only
  d: {build: static, user: nobody}
  e: {build: names, user: app}
  f: {build: root, user: app}
  g: {build: debian, user: app}
  h: {build: ., user: "1000:1000"}
  i: {build: ., user: "$UID"}
  j: {build: ., user: root}
  k: {build: ., user: app, volumes: ["/etc/passwd:/etc/passwd:ro"]}
"#,
        );
    }
}
