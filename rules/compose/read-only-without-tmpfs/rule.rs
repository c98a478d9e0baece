//! Flags read-only services without a place for temporary files.

use super::capabilities_not_dropped::can_be_hardened;
use super::over_hardened_service::needs;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::is_true;
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::runs_as::is_below;
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

/// Where programs put temporary files.
const PLACES: [&str; 4] = ["/run", "/tmp", "/var/run", "/var/tmp"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let Some(read_only) = container
        .read_only
        .as_ref()
        .filter(|_| is_true(&container.read_only))
    else {
        return;
    };
    let mounts = container.volumes.iter().map(|mount| mount.target.as_ref());
    let mut targets = mounts.chain(container.tmpfs.iter().map(|tmpfs| Some(&tmpfs.target)));
    let has_place = targets.any(|target| {
        let target = target.and_then(|target| target.value.known());
        target.is_none_or(|target| {
            PLACES
                .iter()
                .any(|place| is_below(target, place) || is_below(place, target))
        })
    });
    if has_place || !container.volumes_from.is_empty() || needs(container).is_some() {
        return;
    }
    if !can_be_hardened(service, cx.model) {
        return;
    }
    let (source, text) = (cx.source.id, cx.text());
    let finding = cx.report(read_only.key, "nothing can be written to `/tmp`");
    finding.help("add `tmpfs: [/tmp]`, or a volume where the program writes");
    let is_here =
        read_only.key.file == source && read_only.via.is_none() && !container.tmpfs.is_set();
    let entry = read_only.entry(text).filter(|_| is_here);
    if let Some(edit) =
        entry.and_then(|entry| edit::insert_entry_behind(text, entry, "tmpfs: [/tmp]"))
    {
        let title = "add `tmpfs: [/tmp]`; its files use memory";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn any_place_will_do() {
        compose(
            "read-only-without-tmpfs",
            r#"
services:
  a: {image: x, "read_only": true, tmpfs: /data}
#               ^^^^^^^^^^^ info: nothing can be written to `/tmp`
  b: {image: x, read_only: true, tmpfs: "/var/tmp:size=1m"}
  c: {image: x, read_only: true, volumes: ["${C}"]}
  d: {image: x, read_only: "${D}"}
  e: {image: x, read_only: true, volumes: [{type: tmpfs, target: /tmp/a}]}
"#,
        );
    }
}
