//! Flags volumes and folders that several services mount.

use std::collections::BTreeMap;

use crate::compose::mount::{Mount, MountType};
use crate::compose::project::Project;
use crate::compose::value::Text;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::host_paths;
use crate::text::Location;

/// A service's use of a volume or folder.
struct Use<'p> {
    service: &'p str,
    at: Location,
    is_writable: bool,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let mut uses: BTreeMap<(bool, &str), Vec<Use<'_>>> = BTreeMap::new();
    for service in &project.merged.services {
        for mount in &service.container.volumes {
            if let Some((key, source)) = shared(mount) {
                uses.entry(key).or_default().push(Use {
                    service: &service.name.value,
                    at: source.at,
                    is_writable: mount.is_read_only() == Some(false),
                });
            }
        }
    }
    for ((_, name), uses) in &uses {
        let Some(first) = uses
            .first()
            .filter(|_| uses.iter().any(|used| used.is_writable))
        else {
            continue;
        };
        let mut services: Vec<&str> = uses.iter().map(|used| used.service).collect();
        services.dedup();
        let Some(second) = uses.iter().find(|used| used.service != first.service) else {
            continue;
        };
        let count = services.len();
        let message = format!(
            "`{}` is shared by {count} services, and can be written to",
            excerpt(name)
        );
        let finding = cx.report(second.at, message);
        finding.help("give each a volume of its own, or mount it read-only in all but one");
        if first.at != second.at {
            finding.label(
                first.at,
                format!("`{}` has it first", excerpt(first.service)),
            );
        }
    }
}

/// What several services may mount, and where it is named.
fn shared(mount: &Mount) -> Option<((bool, &str), &Text)> {
    let source = mount.source.as_ref()?;
    let name = source.value.known()?;
    let is_path = match mount.kind()? {
        MountType::Volume => false,
        MountType::Bind => true,
        _ => return None,
    };
    let name = name.trim_end_matches('/');
    let file = name.rsplit('/').next().unwrap_or_default();
    let is_system = host_paths::area(name).is_some() || host_paths::RUNTIME_SOCKETS.contains(&file);
    let is_nothing = name.is_empty() || is_path && is_system;
    (!is_nothing).then_some(((is_path, name), source))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn one_that_writes_is_enough() {
        compose(
            "shared-volume",
            r#"
services:
  a: {image: x, volumes: ["vv:/a", "./b:/b:ro", /etc/localtime:/etc/localtime, "vv:/aa"]}
  b: {image: x, volumes: ["vv:/a:ro", "./b/:/b:ro", /etc/localtime:/etc/localtime]}
#                          ^^ info: `vv` is shared by 3 services
  c: {image: x, volumes: [{type: volume, source: 'vv', target: /c}, "./c:/c"]}
  d: {image: x, volumes: ["${V}:/a", "ww:/b", /anonymous]}
volumes: {vv: , ww: }
"#,
        );
    }
}
