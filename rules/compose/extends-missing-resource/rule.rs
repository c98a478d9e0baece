//! Flags services that get, by `extends`, names of things that the project does not declare.

use std::collections::HashSet;

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::schema::Space;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    if project.extent != Extent::Whole {
        return;
    }
    let mut seen = HashSet::new();
    for undefined in project.undefined() {
        let Some(through) = &undefined.through else {
            continue;
        };
        let used = &undefined.used;
        if !seen.insert((through.at, used.space, &used.name)) {
            continue;
        }
        let (kind, section) = match used.space {
            Space::Service | Space::ServiceOrJob | Space::Profile => ("service", "services"),
            Space::Network => ("network", "networks"),
            Space::Volume => ("volume", "volumes"),
            Space::Secret => ("secret", "secrets"),
            Space::Config => ("config", "configs"),
            Space::Model => ("model", "models"),
        };
        let (base, name) = (excerpt(&through.base.value), excerpt(&used.name));
        let message =
            format!("`{base}` brings the {kind} `{name}`, which this project does not have");
        let finding = cx.report(through.at, message);
        finding
            .help(format!(
                "declare it under `{section}` here too; `extends` does not bring it along"
            ))
            .label(used.at, "it is used here");
        let merged = &project.merged;
        let edit = match used.space {
            Space::Network => {
                let section = (section, &merged.networks);
                project.declaration(through.at, section, |network| network.at, &used.name)
            }
            Space::Volume => {
                let section = (section, &merged.volumes);
                project.declaration(through.at, section, |volume| volume.at, &used.name)
            }
            // They need more than a name.
            _ => None,
        };
        if let Some(edit) = edit.filter(|_| used.is_literal) {
            let title =
                format!("declare `{name}` here; it may need what the other file says of it");
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn chains_of_files_are_followed() {
        let b = "services:\n  a: {extends: {file: c.yaml, service: d}, depends_on: [e]}\n  e: {image: x}\n";
        let c = "services:\n  d: {extends: f, image: x, secrets: [s]}\n  f: {volumes: ['vol:/v', './w:/w']}\n";
        compose_among(
            "extends-missing-resource",
            &[("b.yaml", b), ("c.yaml", c)],
            "compose.yaml",
            r#"
services:
  one: {extends: {file: b.yaml, service: "a"}}
#                                         ^ error: `a` brings the service `e`
#                                         ^ error: `a` brings the volume `vol`
  two: {extends: {file: c.yaml, service: f}, image: x, networks: [n]}
#                                        ^ error: `f` brings the volume `vol`
  three: {extends: {file: b.yaml, service: e}}
secrets: {s: {file: ./s}}
"#,
        );
    }

    #[test]
    fn what_is_declared_here_counts() {
        let b = "services:\n  a: {image: x, volumes: ['vol:/v'], networks: [n]}\nnetworks: {n: }\n";
        compose_among(
            "extends-missing-resource",
            &[("b.yaml", b)],
            "compose.yaml",
            "services:\n  a: {extends: {file: b.yaml, service: a}}\nvolumes: {vol: }\nnetworks: {n: }\n",
        );
    }
}
