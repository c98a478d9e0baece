//! Flags services that are named by links, namespaces and the like and do not exist.

use crate::compose::project::Project;
use crate::compose::uses::UsedBy;
use crate::engine::undefined::{is_certain, of, report};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

/// Keys of which Compose makes dependencies (`GetDependencies` in `types/types.go` of compose-go).
const KEYS: &[UsedBy] = &[
    UsedBy::Links,
    UsedBy::VolumesFrom,
    UsedBy::NetworkMode,
    UsedBy::Ipc,
    UsedBy::Pid,
    UsedBy::Uts,
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for undefined in of(project, KEYS) {
        // A service that waits for a job is another matter.
        let is_job = undefined.job.is_some() && !undefined.is_job;
        if is_job || !is_certain(project, undefined) {
            continue;
        }
        let used = &undefined.used;
        let name = excerpt(&used.name);
        let message = format!("there is no service `{name}` for `{}`", used.by.key());
        report(cx, undefined, message, "name a service of the project");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn every_key_is_looked_at() {
        compose(
            "undefined-service-reference",
            r#"
services:
  a:
    image: x
    links: [b, "c:d", b:c]
#               ^ error: there is no service `c` for `links`
    volumes_from: [e:ro, "container:f", b]
#                  ^ there is no service `e` for `volumes_from`
    network_mode: "service:g"
#                          ^ there is no service `g` for `network_mode`
    ipc: service:h
#                ^ there is no service `h` for `ipc`
    pid: service:i
#                ^ there is no service `i` for `pid`
    uts: ${U:-service:j}
#                     ^ there is no service `j` for `uts`
    depends_on: [k]
  b: {image: x, network_mode: "service:${S}", pid: host}
  l: {image: x, links: [m]}
jobs:
  m: {image: x, network_mode: "service:n", triggers: {manual: true}}
#                                      ^ there is no service `n` for `network_mode`
"#,
        );
    }
}
