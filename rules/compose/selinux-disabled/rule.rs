//! Flags containers without the separation of SELinux.

use super::seccomp_disabled::report;
use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::value::is_true;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            let container = owned.container;
            if is_true(&container.privileged) {
                continue;
            }
            for option in container.security_options() {
                if !option.key.value.is("label") || option.known_value() != Some("disable") {
                    continue;
                }
                let message = "the container runs without the separation of SELinux";
                let finding = report(container, &option, &[option.text.at.span], message, cx);
                finding.help("label mounted folders with the option `z` or `Z` instead");
                if has_socket(document, container) {
                    finding.help("keep it only if the container cannot do without the socket");
                    finding.severity(Severity::Info);
                }
            }
        }
    }
}

/// Whether the container gets the socket of a container engine, which SELinux would keep it from.
fn has_socket(file: &File, container: &Container) -> bool {
    is_true(&container.use_api_socket)
        || file.host_paths(container).iter().any(|path| {
            let path = path.path.text();
            path.ends_with("/docker.sock") || path.ends_with("/podman.sock")
        })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn every_such_label_counts() {
        compose(
            "selinux-disabled",
            r#"
services:
  a: {image: x, security_opt: ["label:disable", label=level:s0]}
#                               ^^^^^^^^^^^^^ warning: the container runs without
  b: {image: x, security_opt: [label=disable], use_api_socket: true}
#                              ^^^^^^^^^^^^^ info: the container runs without
  c: {image: x, security_opt: [label=disable], privileged: true}
  d: {image: x, security_opt: ["label=${D}"]}
"#,
        );
    }
}
