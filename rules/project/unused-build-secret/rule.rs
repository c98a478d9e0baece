//! Flags secrets that a build is given and no command mounts.

use std::collections::HashSet;

use crate::compose::project::Project;
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::mount::MountKind;
use crate::engine::built::BuildUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let secrets = &used.build.value.secrets;
    if secrets.is_empty() || !used.is_settled(cx.model) {
        return;
    }
    let Some(reading) = used.reading().filter(|reading| !reading.is_open()) else {
        return;
    };
    if reading.may_be_made_of_triggers() {
        return;
    }
    let mut mounted: HashSet<String> = HashSet::new();
    for (_, mount) in reading.mounts(MountKind::Secret) {
        match mount.secret_id() {
            Some(id) => mounted.insert(id),
            None => return,
        };
    }
    for grant in secrets {
        let Some(name) = used.secret_name(grant) else {
            continue;
        };
        let Some(id) = name.known() else {
            continue;
        };
        // A credential for the context itself.
        let is_for_builder = id.starts_with("GIT_AUTH_");
        if is_for_builder || mounted.contains(id) || used.build.via.is_some() {
            continue;
        }
        let is_shared = secrets
            .origin
            .as_ref()
            .is_none_or(|origin| origin.via.is_some());
        if is_shared {
            continue;
        }
        let text = cx.model.text(grant.at.file);
        let removal = secrets.removal(text, &[grant.at.span]);
        let at = name.location_of(0..id.len());
        let finding = cx.report(
            at,
            format!(
                "no command of the build mounts the secret `{}`",
                excerpt(id)
            ),
        );
        finding.help("take it out, or mount it with `RUN --mount=type=secret`");
        if let Some(edits) = removal {
            finding.fix(Fix::new(
                "take the secret out; a command that reads it in another way no longer can",
                Applicability::Unsafe,
                edits,
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_name_is_marked() {
        let files = [
            (
                "Dockerfile",
                "FROM a AS x\nRUN --mount=type=secret,id=far y\nFROM b\nRUN --mount=type=secret,id=near y\n",
            ),
            (
                "open/Dockerfile",
                "FROM a\nRUN --mount=type=secret,id=$X y\n",
            ),
            ("bare/Dockerfile", "FROM a\n"),
        ];
        compose_among(
            "unused-build-secret",
            &files,
            "compose.yaml",
            r#"
services:
  a:
    build:
      secrets:
        - near
        - "far"
#          ^^^ info: no command of the build mounts the secret `far`
        - {source: near, target: other}
#                                ^^^^^ info: no command of the build mounts the secret `other`
        - {source: other, target: near}
        - $X
        - GIT_AUTH_TOKEN
  b: {build: {context: open, secrets: [a]}}
  c: {build: {context: bare, secrets: [a]}}
  d: {build: {context: none, secrets: [a]}}
"#,
        );
    }
}
