//! Flags volumes of databases that are mounted where the database keeps no data.

use crate::compose::mount::{Mount, MountType};
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::Knowledge;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::knowledge::datastores::{self, Datastore, Layout};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    // What is built has only its name in common with the image, and what starts another way may keep data elsewhere.
    if container.build.is_some()
        || container.entrypoint.is_some()
        || container.volumes_from.is_set()
    {
        return;
    }
    let Some(image) = &container.image else {
        return;
    };
    let Some(store) = container.reference().and_then(datastores::of) else {
        return;
    };
    let Some(layout) = store.layout() else {
        return;
    };
    let data = layout.data.unwrap_or_default();
    let is_moved = store
        .moved_by()
        .iter()
        .any(|name| container.environment.get(name).is_some());
    if data.is_empty() || is_moved || has_data(service, layout, data) {
        return;
    }
    let command = container.command.as_ref().map(|command| command.at);
    let said = command.and_then(|at| cx.model.text(at.file).get(at.span.range()));
    let said = said.unwrap_or_default();
    for mount in &container.volumes {
        if let Some(target) = mount.target_path()
            && let Some(mistaken) = layout.mistaken.iter().find(|path| **path == target)
            && !said.contains(mistaken)
            && is_for_data(mount)
        {
            let is_doubtful = !container.env_file.is_empty() && !store.moved_by().is_empty()
                || image.value.knowledge() == Knowledge::Default
                || mistaken.starts_with("/data");
            report(mount, mistaken, data, &store, is_doubtful, cx);
        }
    }
}

/// Whether something is mounted where the data is, or inside.
fn has_data(service: &Service, layout: &Layout, data: &[&str]) -> bool {
    let mounts = service.container.volumes.iter().map(Mount::target_path);
    let tmpfs = service.container.tmpfs.iter();
    let tmpfs = tmpfs.map(|mount| crate::compose::mount::clean(mount.target.value.known()?));
    // A path that is not known may be the right one.
    mounts.chain(tmpfs).any(|target| {
        target.is_none_or(|target| {
            let inside = |directory: &&str| {
                let rest = target.strip_prefix(directory);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            !layout.mistaken.contains(&&*target) && data.iter().any(inside)
        })
    })
}

/// Whether a mount can be meant to take data.
fn is_for_data(mount: &Mount) -> bool {
    mount.is_read_only() == Some(false)
        && matches!(mount.kind(), Some(MountType::Volume | MountType::Bind))
}

fn report(
    mount: &Mount,
    mistaken: &str,
    data: &[&str],
    store: &Datastore,
    is_doubtful: bool,
    cx: &mut Context<'_, Project>,
) {
    let (Some(target), Some(right)) = (&mount.target, data.first()) else {
        return;
    };
    let title = match store.major {
        Some(major) => format!("{} {major}", store.title()),
        None => store.title().to_owned(),
    };
    let is_here = target.at.file == cx.source.id;
    let finding = cx.report(target.at, format!("{title} keeps no data in `{mistaken}`"));
    finding.help(format!("mount it at `{right}`"));
    if is_doubtful {
        finding.severity(Severity::Warning);
    }
    if is_here && target.value.literal().is_some() {
        let whole = target.value.span_of(0..target.value.text().len());
        let edit = Edit::replace(whole, *right);
        let title = format!("mount it at `{right}`; data that is in it already has to be moved");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    const RULE: &str = "datastore-volume-wrong-path";

    #[test]
    fn the_version_decides() {
        compose(
            RULE,
            r#"
volumes: {d: }
services:
  a: {image: postgres, volumes: ["dd:/var/lib/postgresql/data"]}
#                                    ^^^^^^^^^^^^^^^^^^^^^^^^ error: PostgreSQL 18 keeps no data in `/var/lib/postgresql/data`
  b: {image: "postgres:16-alpine", volumes: ["vv:/var/lib/postgresql/"]}
#                                                ^^^^^^^^^^^^^^^^^^^^ error: PostgreSQL 16 keeps no data in `/var/lib/postgresql`
  c: {image: "postgres:${V:-18}", volumes: [{type: volume, source: d, target: /var/lib/postgresql/data}]}
#                                                                             ^^^^^^^^^^^^^^^^^^^^^^^^ warning: PostgreSQL 18 keeps
  d: {image: "postgres:$V", volumes: ["dd:/var/lib/postgresql/data"]}
  e: {image: "mongo:8", volumes: ["dd:/data"]}
#                                     ^^^^^ warning: MongoDB 8 keeps no data in `/data`
  f: {image: "example/postgres:18", volumes: ["dd:/var/lib/postgresql/data"]}
  g: {image: "redis", volumes: ["dd:/var/lib/redis"]}
#                                   ^^^^^^^^^^^^^^ error: Redis keeps no data in `/var/lib/redis`
"#,
        );
    }

    #[test]
    fn what_puts_data_elsewhere_is_respected() {
        compose(
            RULE,
            r#"
volumes: {d: }
services:
  a: {image: "mysql:9", volumes: ["dd:/var/lib/mysql", "ee:/data"]}
  b: {image: "postgres:18", build: ., volumes: ["dd:/var/lib/postgresql/data"]}
  c: {image: "postgres:18", environment: [PGDATA], volumes: ["dd:/var/lib/postgresql/data"]}
  d: {image: "redis:8", command: redis-server --dir /var/lib/redis, volumes: ["dd:/var/lib/redis"]}
  e: {image: "postgres:18", volumes: ["dd:/var/lib/postgresql/data", "ee:$PGDATA"]}
  f: {image: "mongo:8", volumes: ["./dump:/data:ro"]}
  g: {image: "postgres:18", volumes: ["dd:/var/lib/postgresql/18/docker"]}
  h: {image: "postgres:18", env_file: .env, volumes: ["dd:/var/lib/postgresql/data"]}
#                                                         ^^^^^^^^^^^^^^^^^^^^^^^^ warning: PostgreSQL 18
"#,
        );
    }
}
