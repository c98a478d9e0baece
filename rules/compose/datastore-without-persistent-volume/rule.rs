//! Flags databases without a volume for their data.

use std::path::Path;

use super::capabilities_not_dropped::addition;
use crate::compose::extent::Extent;
use crate::compose::mount::{Mount, clean};
use crate::compose::project::Project;
use crate::compose::resource::Volume;
use crate::compose::service::Service;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::datastores::{self, Datastore, Keeps};

/// Words in the names of files and folders, and of profiles and services, that are there for a while.
const PASSING: [&str; 10] = [
    "ci",
    "demo",
    "dev",
    "devcontainer",
    "development",
    "e2e",
    "fixtures",
    "test",
    "testdata",
    "tests",
];

/// Arguments with which a database keeps its data elsewhere, or does not care about it.
const ELSEWHERE: [&str; 5] = ["-D", "datadir", "data-dir", "dbpath", "fsync=off"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    if cx.model.extent != Extent::Whole
        || container.build.is_some()
        || container.entrypoint.is_some()
        || container.volumes_from.is_set()
    {
        return;
    }
    let Some(image) = &container.image else {
        return;
    };
    let store = container.reference().and_then(datastores::of);
    let Some(store) = store.filter(|store| store.keeps() == Keeps::Data) else {
        return;
    };
    let Some(data) = data(&store) else {
        return;
    };
    let mut moved = store.moved_by().iter();
    let is_moved = moved.any(|name| container.environment.get(name).is_some());
    let command = container.command.as_ref().map(|command| command.at);
    let said = command.and_then(|at| cx.model.text(at.file).get(at.span.range()));
    let said = said.unwrap_or_default();
    if is_moved
        || ELSEWHERE.iter().any(|word| said.contains(word))
        || is_kept(service, &store, &data)
    {
        return;
    }
    let is_passing = is_passing(service, &cx.source.path);
    let name = excerpt(&service.name.value);
    let message = format!("`{name}` keeps its data in no volume that outlives it");
    let fix = data.first().and_then(|path| fix(service, path, cx));
    let finding = cx.report(image.at, message);
    finding.fixes.extend(fix);
    if let Some(path) = data.first() {
        finding.help(format!(
            "mount a named volume at `{path}`, or a tmpfs if it may be lost"
        ));
    }
    if is_passing {
        finding.severity(Severity::Info);
    }
}

/// Mounts a named volume where the data is, and declares it.
fn fix(service: &Service, path: &str, cx: &Context<'_, Project>) -> Option<Fix> {
    let project = cx.model;
    let volumes = &service.container.volumes;
    let name = format!("{}-data", service.name.value);
    let is_plain = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte));
    if volumes.is_set() || !is_plain || project.merged.volumes.get(&name).is_some() {
        return None;
    }
    let mount = addition(service, &format!("volumes: [\"{name}:{path}\"]"), cx)?;
    let section = ("volumes", &project.merged.volumes);
    let place = |volume: &Volume| volume.at;
    let declared = project.declaration(service.at, section, place, &name)?;
    let title = format!("keep the data in a volume `{name}`; what is there now is not moved");
    Some(Fix::new(
        title,
        Applicability::Unsafe,
        vec![mount, declared],
    ))
}

/// Where the data is, in every version that the image may have.
fn data(store: &Datastore) -> Option<Vec<&'static str>> {
    match store.layout() {
        Some(layout) => layout.data.map(<[_]>::to_vec),
        None => store.data_of_any_version(),
    }
    .filter(|data| !data.is_empty())
}

/// Whether something is mounted at, in or above a folder with data, or where it is mistaken for one.
fn is_kept(service: &Service, store: &Datastore, data: &[&str]) -> bool {
    let mistaken = store.layout().map_or(&[][..], |layout| layout.mistaken);
    let volumes = service.container.volumes.iter().map(Mount::target_path);
    let tmpfs = service.container.tmpfs.iter();
    let tmpfs = tmpfs.map(|mount| clean(mount.target.value.known()?));
    volumes.chain(tmpfs).any(|target| {
        target.is_none_or(|target| {
            let is_at = |path: &&str| is_inside(&target, path) || is_inside(path, &target);
            mistaken.contains(&&*target) || data.iter().any(is_at)
        })
    })
}

fn is_inside(path: &str, directory: &str) -> bool {
    let rest = path.strip_prefix(directory.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether the service is there for tests or development, as far as names tell.
fn is_passing(service: &Service, path: &Path) -> bool {
    let is_word = |text: &str| {
        let lower = text.to_ascii_lowercase();
        let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| PASSING.contains(&word))
    };
    path.iter().any(|part| part.to_str().is_some_and(is_word))
        || is_word(&service.name.value)
        || service
            .profiles
            .iter()
            .any(|profile| is_word(profile.value.text()))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, compose_among};

    const RULE: &str = "datastore-without-persistent-volume";

    #[test]
    fn mounts_at_and_above_the_data_count() {
        compose(
            RULE,
            r#"
x-db: &db {image: "mysql:9"}
#                 ^^^^^^^^^ warning: `a` keeps its data in no volume
services:
  a: {<<: *db, volumes: [./init:/docker-entrypoint-initdb.d, ./my.cnf:/etc/my.cnf]}
  b: {image: "mysql:$V"}
#            ^^^^^^^^^^ `b` keeps its data
  c: {image: "mysql:9", volumes: ["dd:/var/lib"]}
  d: {image: "mysql:9", volumes: [/var/lib/mysql/]}
  e: {image: "mysql:9", tmpfs: ["/var/lib/mysql:size=1g"]}
  f: {image: "mysql:9", volumes: ["dd:$DIR"]}
  g: {image: "mysql:9", volumes_from: [d]}
  h: {image: "mysql:9", command: [--datadir=/d], volumes: ["dd:/d"]}
  i: {image: "postgres:18", environment: {PGDATA: /d}, volumes: ["dd:/d"]}
  j: {image: "postgres:18", volumes: ["dd:/var/lib/postgresql/data"]}
  k: {image: "redis:8"}
  l: {image: "example/mysql:9"}
  m: {image: "mysql:9", build: .}
  n: {image: "mysql:9", profiles: [test]}
#            ^^^^^^^^^ info: `n` keeps
volumes: {dd: }
"#,
        );
    }

    #[test]
    fn names_of_folders_make_it_a_note() {
        let text = "services:\n  a:\n    image: mongo:8\n#          ^^^^^^^ info: `a` keeps\n";
        compose_among(RULE, &[], "test/compose.yaml", text);
        let text = "services:\n  a:\n    image: mongo:8\n";
        compose_among(RULE, &[], "compose.override.yaml", text);
    }
}
