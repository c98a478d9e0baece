//! Flags known images that do not work without what is taken from them.

use super::capabilities_not_dropped::can_be_hardened;
use super::host_takeover_capability::is_all;
use crate::compose::container::Container;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Text, is_true};
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::runs_as::is_below;
use crate::engine::{Context, Hooks};
use crate::knowledge::capabilities;
use crate::knowledge::hardening::{self, Needs};
use crate::text::Location;
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let is_hardened = container.cap_drop.iter().any(is_all) || is_true(&container.read_only);
    if !is_hardened || !can_be_hardened(service, cx.model) || container.user.is_some() {
        return;
    }
    if let Some((name, needs)) = needs(container)
        && !is_configured(container, &needs)
    {
        check_capabilities(container, &name, &needs, cx);
        check_paths(container, &name, &needs, cx);
    }
}

/// What is mounted in the container, by its path there; `None` where that is unknown.
fn targets(container: &Container) -> impl Iterator<Item = Option<&str>> {
    let mounts = container.volumes.iter().map(|mount| mount.target.as_ref());
    let memory = container.tmpfs.iter().map(|tmpfs| Some(&tmpfs.target));
    mounts
        .chain(memory)
        .map(|target: Option<&Text>| target?.value.known())
}

/// Whether the file that may say otherwise is perhaps replaced.
fn is_configured(container: &Container, needs: &Needs) -> bool {
    let Some(file) = needs.configuration else {
        return false;
    };
    !container.configs.is_empty()
        || targets(container).any(|target| target.is_none_or(|target| is_below(file, target)))
}

/// The image of a container, and what it needs where it is started in the usual way, if that is known.
pub(super) fn needs(container: &Container) -> Option<(String, Needs)> {
    if container.entrypoint.is_some() || container.build.is_some() {
        return None;
    }
    let reference = container.known_reference()?;
    let needs = hardening::needs(reference)?;
    if let Some(command) = &container.command {
        let words = command.value.words();
        let first = words.first()?.value.known()?;
        if !first.starts_with('-') && !needs.programs.contains(&first) {
            return None;
        }
    }
    Some((reference.familiar_name()?.into_owned(), needs))
}

fn check_capabilities(
    container: &Container,
    name: &str,
    needs: &Needs,
    cx: &mut Context<'_, Project>,
) {
    let added = &container.cap_add;
    let Some(all) = container.cap_drop.iter().find(|item| is_all(item)) else {
        return;
    };
    if added
        .iter()
        .any(|item| is_all(item) || item.value.known().is_none())
    {
        return;
    }
    let has = |name: &&str| {
        let mut names = added
            .iter()
            .filter_map(|item| capabilities::named(item.value.known()?));
        names.any(|found| found.name == *name)
    };
    let missing: Vec<&str> = needs
        .capabilities
        .iter()
        .copied()
        .filter(|name| !has(name))
        .collect();
    if missing.is_empty() {
        return;
    }
    let text = cx.model.text(all.at.file);
    let at = Location {
        file: all.at.file,
        span: all.value.span_of(0..all.value.text().len()),
    };
    let list = missing.join(", ");
    let finding = cx.report(at, format!("`{name}` does not start without {list}"));
    finding.help(format!("add `cap_add: [{list}]`, or set `user`"));
    if let Some(image) = &container.image {
        finding.label(
            image.at,
            "its entrypoint starts as root and becomes another user",
        );
    }
    let entry = container
        .cap_drop
        .entry(text)
        .filter(|_| !added.is_set())
        .filter(|_| {
            container
                .cap_drop
                .key()
                .is_some_and(|key| key.file == at.file)
        });
    let edit = entry
        .and_then(|entry| edit::insert_entry_behind(text, entry, &format!("cap_add: [{list}]")));
    if let Some(edit) = edit {
        let title = format!("add `cap_add: [{list}]`; more may be needed for old data");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

fn check_paths(container: &Container, name: &str, needs: &Needs, cx: &mut Context<'_, Project>) {
    let Some(read_only) = container
        .read_only
        .as_ref()
        .filter(|_| is_true(&container.read_only))
    else {
        return;
    };
    // A file beside the configured one may be read by it and name other paths.
    let folder = needs
        .configuration
        .and_then(|file| Some(file.rsplit_once('/')?.0));
    let is_beside = |target: Option<&str>| match (target, folder) {
        (Some(target), Some(folder)) => is_below(target, folder),
        (None, _) => true,
        (Some(_), None) => false,
    };
    if targets(container).any(is_beside) {
        return;
    }
    let is_writable = |path: &str| {
        targets(container).flatten().any(|target| {
            let target = target
                .strip_prefix("/var/run")
                .map_or_else(|| target.to_owned(), |rest| format!("/run{rest}"));
            is_below(path, target.trim_end_matches('/'))
        })
    };
    let missing: Vec<&str> = needs
        .writes
        .iter()
        .copied()
        .filter(|path| !is_writable(path))
        .collect();
    if missing.is_empty() {
        return;
    }
    let list = missing.join(", ");
    let finding = cx.report(read_only.key, format!("`{name}` cannot write to {list}"));
    finding.help(format!("add `tmpfs: [{list}]`"));
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_known_images_started_in_the_usual_way_count() {
        compose(
            "over-hardened-service",
            r#"
services:
  a: {image: "docker.io/library/mysql:8", cap_drop: ["all"], cap_add: [SETUID], command: [--skip-name-resolve]}
#                                                     ^^^ warning: `mysql` does not start without SETGID
  b: {image: "mysql:8", cap_drop: [ALL], entrypoint: /x}
  c: {image: "mysql:8", cap_drop: [ALL], command: bash}
  d: {image: "mysql:8", cap_drop: [ALL], cap_add: ["${D}"]}
  e: {image: "example/mysql:8", cap_drop: [ALL]}
  f: {image: "redis:8", cap_drop: [ALL]}
  g: {image: "nginx:1.29", cap_drop: [ALL], cap_add: [CHOWN], command: nginx -g "daemon off;"}
#                                     ^^^ `nginx` does not start without SETGID, SETUID
  h: {image: "nginx:1.29", read_only: true, volumes: ["./a:/usr/share/nginx/html"]}
#                          ^^^^^^^^^ `nginx` cannot write to /var/cache/nginx, /run
  i: {image: "nginx:1.29", read_only: true, tmpfs: /run, volumes: ["cache:/var/cache"]}
  j: {image: "nginx:1.29", read_only: true, volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]}
  m: {image: "nginx:1.29", read_only: true, volumes: ["./a.conf:/etc/nginx/conf.d/a.conf"], cap_drop: [ALL]}
#                                                                                                      ^^^ `nginx` does not start without CHOWN
  k: {image: "nginx:1.29", read_only: true, volumes: ["${K}:/k"]}
#                          ^^^^^^^^^ `nginx` cannot write
  l: {image: "nginxinc/nginx-unprivileged:1.29", read_only: true, cap_drop: [ALL]}
volumes: {cache: {}}
"#,
        );
    }
}
