//! Flags labels that belong to Compose.

use crate::compose::File;
use crate::compose::value::Pairs;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

/// What the labels of Compose begin with (the Compose Specification, `labels`).
const RESERVED: &str = "com.docker.compose";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
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
        let rest = name.strip_prefix(RESERVED);
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) {
            let message = format!("the label `{}` belongs to Compose", excerpt(name));
            cx.report(label.name.text_at(), message)
                .help("give the label a prefix of your own");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

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
