//! Flags labels that belong to Compose.

use std::collections::HashSet;
use std::path::PathBuf;

use crate::compose::File;
use crate::compose::project::Project;
use crate::compose::value::Pairs;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Location;

/// What the labels of Compose begin with (the Compose Specification, `labels`).
const RESERVED: &str = "com.docker.compose";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
    on.project(check_files);
}

/// Labels in files under `label_file`.
fn check_files(project: &Project, cx: &mut Context<'_, Project>) {
    let containers = project.merged.containers().map(|owned| owned.container);
    let named = containers.flat_map(|container| container.label_file.iter());
    let named = named.filter_map(|path| project.local_path(&path.value));
    let named: HashSet<PathBuf> = named.collect();
    for file in &project.variables {
        if !named.contains(&file.path) {
            continue;
        }
        for entry in file.entries.iter().filter(|entry| is_reserved(&entry.name)) {
            let at = Location {
                file: file.id,
                span: entry.name_span,
            };
            tell(&entry.name, at, cx);
        }
    }
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            report(&owned.container.labels, cx);
        }
        for service in &document.services {
            if let Some(deploy) = &service.deploy {
                report(&deploy.value.labels, cx);
            }
        }
        for network in &document.networks {
            report(&network.labels, cx);
        }
        for volume in &document.volumes {
            report(&volume.labels, cx);
        }
    }
}

fn report(labels: &Pairs, cx: &mut Context<'_, File>) {
    for label in labels {
        let Some(name) = label.name.value.known() else {
            continue;
        };
        if is_reserved(name) {
            tell(name, label.name.text_at(), cx);
        }
    }
}

fn is_reserved(name: &str) -> bool {
    let rest = name.strip_prefix(RESERVED);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn tell<M>(name: &str, at: Location, cx: &mut Context<'_, M>) {
    let message = format!("the label `{}` belongs to Compose", excerpt(name));
    cx.report(at, message)
        .help("give the label a prefix of your own");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, compose_among};

    #[test]
    fn files_with_labels_are_read() {
        let compose = "services: {a: {image: x, label_file: a.labels, env_file: a.env}}\n";
        let files = [
            ("compose.yaml", compose),
            ("a.env", "com.docker.compose.x=1\n"),
        ];
        compose_among("reserved-label-prefix", &files, "compose.yaml", compose);
    }

    #[test]
    fn labels_of_everything_count() {
        compose(
            "reserved-label-prefix",
            r#"
x-labels: &labels
  com.docker.compose.project: a
# ^^^^^^^^^^^^^^^^^^^^^^^^^^ the label `com.docker.compose.project` belongs
services:
  a: {image: x, labels: *labels}
  b: {image: x, labels: ["com.docker.compose=1", com.docker.composer=2, "com.example=com.docker.compose"]}
#                         ^^^^^^^^^^^^^^^^^^ the label `com.docker.compose` belongs
  c: {image: x, deploy: {labels: {"com.docker.compose.x": }}}
#                                 ^^^^^^^^^^^^^^^^^^^^^^ the label `com.docker.compose.x` belongs
networks: {n: {labels: *labels}}
volumes: {v: {labels: [com.docker.compose.volume]}}
#                      ^^^^^^^^^^^^^^^^^^^^^^^^^ the label `com.docker.compose.volume` belongs
"#,
        );
    }
}
