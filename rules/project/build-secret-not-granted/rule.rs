//! Flags secrets that a Dockerfile mounts and its build is not given.
//!
//! Without its secret a mount with `required` stops the build; any other is left out, so that the command finds no file
//! (`dockerfile2llb/convert_secrets.go`, `dispatchSecret`).

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::mount::{Mount, MountKind};
use crate::engine::built::{BuildUse, NotGranted, Reading};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    // What is missing here may be in another file.
    if cx.model.extent != Extent::Whole {
        return;
    }
    let Some(reading) = used.reading() else {
        return;
    };
    let Some(granted) = used.granted_secrets() else {
        return;
    };
    let without = |number| does_without(&reading, number);
    for found in reading.not_granted(MountKind::Secret, &granted, Mount::secret_id, without) {
        report(used, &reading, &found, cx);
    }
}

/// Whether a command is likely to do without the secret: it asks whether a file is there, or bears a failure.
fn does_without(reading: &Reading<'_>, number: usize) -> bool {
    const SIGNS: [&str; 7] = ["-f ", "-e ", "-s ", "-r ", "-n ", "-z ", "||"];
    let mut scripts = reading.model().scripts_of(number).iter();
    scripts.any(|script| {
        let text = script.text.text();
        SIGNS.iter().any(|sign| text.contains(sign)) || text.contains(":-")
    })
}

fn report(
    used: &BuildUse<'_>,
    reading: &Reading<'_>,
    found: &NotGranted<'_>,
    cx: &mut Context<'_, Project>,
) {
    let project = cx.model;
    let secrets = &used.build.value.secrets;
    let (id, mount, is_required) = (&*found.id, found.mount, found.is_required);
    let verb = if is_required { "needs" } else { "uses" };
    let message = format!(
        "the build {verb} the secret `{}` and is not given it",
        excerpt(id)
    );
    let fix = fix(used, id, project);
    let finding = cx.report(secrets.key().unwrap_or(used.build.key), message);
    finding.label(reading.file.location(mount.span), "mounted here");
    finding.help(match project.merged.secrets.contains(id) {
        true => format!("add `{}` to the `secrets` of the build", excerpt(id)),
        false => format!(
            "add `{}` to the `secrets` of the build and declare it under `secrets`",
            excerpt(id)
        ),
    });
    if !is_required {
        finding.severity(Severity::Warning);
    }
    if let Some(fix) = fix {
        finding.fix(fix);
    }
}

/// Gives the build a secret that the project declares.
fn fix(used: &BuildUse<'_>, id: &str, project: &Project) -> Option<Fix> {
    let build = &used.build.value;
    let is_plain = id
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte));
    if !is_plain || build.short || used.build.via.is_some() {
        return None;
    }
    project.merged.secrets.get(id)?;
    let edit = match build.secrets.items.last() {
        Some(last) => {
            let via = build.secrets.origin.as_ref()?.via;
            if via.is_some() {
                return None;
            }
            edit::insert_item_behind(project.text(last.at.file), last.at.span, id)?
        }
        None if build.secrets.is_set() => return None,
        None => used.addition(&format!("secrets: [{id}]"), project)?,
    };
    Some(Fix::new(
        format!("give the build `{id}`; its commands can then read it"),
        Applicability::Unsafe,
        vec![edit],
    ))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    const FILES: &[(&str, &str)] = &[(
        "Dockerfile",
        "FROM a AS other\nRUN --mount=type=secret,id=far x\nFROM a\n\
        RUN --mount=type=secret,id=token,required x\n\
        RUN --mount=type=secret,target=/etc/pip.conf x\n\
        RUN --mount=type=secret,id=maybe test -f /run/secrets/maybe\n\
        RUN --mount=type=secret,id=$X x\n",
    )];

    #[test]
    fn the_build_or_its_secrets_are_marked() {
        compose_among(
            "build-secret-not-granted",
            FILES,
            "compose.yaml",
            r#"
services:
  a:
    build: .
#   ^^^^^ error: the build needs the secret `token` and is not given it
#   ^^^^^ warning: the build uses the secret `pip.conf` and is not given it
  b:
    build:
      secrets: [pip.conf, other]
#     ^^^^^^^ error: the build needs the secret `token`
  c: {build: {secrets: [token, {source: pip, target: pip.conf}]}}
  d: {build: {secrets: [{source: token, target: other}, pip.conf]}}
#             ^^^^^^^ error: the build needs the secret `token`
  e: {build: {secrets: ["$X"]}}
  f: {build: {context: none}}
  g: {build: {target: other, secrets: [far]}}
  h: {build: {target: other, additional_contexts: {other: 'docker-image://a:1'}}}
"#,
        );
    }

    #[test]
    fn another_file_may_grant_it() {
        let text = "services: {a: {build: .}}\n";
        compose_among("build-secret-not-granted", FILES, "compose.prod.yaml", text);
    }
}
