//! Flags known images that do not work without what is taken from them.

use super::capabilities_not_dropped::can_be_hardened;
use super::host_takeover_capability::is_all;
use crate::compose::container::Container;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::is_true;
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::runs_as::is_below;
use crate::engine::{Context, Hooks};
use crate::grammar::image::ImageReference;
use crate::knowledge::capabilities;
use crate::knowledge::hardening::{self, Needs};
use crate::text::Location;
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    if !can_be_hardened(service, cx.model) || container.user.is_some() {
        return;
    }
    if let Some((name, needs)) = needs(container) {
        check_capabilities(container, &name, &needs, cx);
        check_paths(container, &name, &needs, cx);
    }
}

/// The image of a container, and what it needs where it is started in the usual way, if that is known.
pub(super) fn needs(container: &Container) -> Option<(String, Needs)> {
    if container.entrypoint.is_some() || container.build.is_some() {
        return None;
    }
    let image = container.image.as_ref()?.value.known()?;
    let reference = ImageReference::parse(image).ok()?;
    let needs = hardening::needs(&reference)?;
    if let Some(command) = &container.command {
        let words = command.value.words(command.at);
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
    let (source, text) = (cx.source.id, cx.text());
    let at = Location {
        file: all.at.file,
        span: all.value.span_of(0..all.value.text().len()),
    };
    let list = missing.join(", ");
    let finding = cx.report(at, format!("`{}` does not start without {list}", name));
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
        .filter(|_| at.file == source && !added.is_set());
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
    let targets = || {
        let mounts = container.volumes.iter().map(|mount| mount.target.as_ref());
        mounts.chain(container.tmpfs.iter().map(|tmpfs| Some(&tmpfs.target)))
    };
    let is_unknown =
        targets().any(|target| target.and_then(|target| target.value.known()).is_none());
    let is_configured = targets().flatten().any(|target| {
        let target = target.value.text();
        needs
            .configuration
            .iter()
            .any(|path| is_below(target, path))
    });
    let grants = !container.configs.is_empty();
    if is_unknown || is_configured || grants {
        return;
    }
    let is_writable = |path: &str| {
        targets().flatten().any(|target| {
            let target = target.value.text();
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
    let finding = cx.report(read_only.key, format!("`{}` cannot write to {list}", name));
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
  k: {image: "nginx:1.29", read_only: true, volumes: ["${K}:/k"]}
#                          ^^^^^^^^^ `nginx` cannot write
  l: {image: "nginxinc/nginx-unprivileged:1.29", read_only: true, cap_drop: [ALL]}
volumes: {cache: {}}
"#,
        );
    }
}
