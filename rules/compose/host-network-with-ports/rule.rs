//! Flags published ports of containers in the host's network or in none.
//!
//! With the network of another container the engine refuses ports, which is another matter.

use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let (Some(mode), Some(ports)) = (&container.network_mode, &container.ports.origin) else {
        return;
    };
    let known = mode.value.text.known();
    let message = match known {
        Some("host") => "`ports` has no effect in the network of the host",
        Some("none") => "`ports` has no effect without a network",
        _ => return,
    };
    if container.ports.is_empty() {
        return;
    }
    let (text, file) = (cx.text(), cx.source.id);
    let finding = cx.report(ports.key, message);
    finding.label(mode.whole(), "the network is chosen here");
    finding.help("remove `ports`, or `network_mode`");
    if ports.key.file == file && ports.at.file == file && ports.via.is_none() {
        let entry = ports.key.span.cover(ports.at.span);
        if let Some(edit) = edit::remove_entry(text, entry) {
            let title = "remove `ports`; the network stays as it is";
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn known_modes_count() {
        compose(
            "host-network-with-ports",
            r#"
x-ports: &ports ["8080:80"]
x-host: &host
  network_mode: host
services:
  a: {image: x, network_mode: "${A:-host}", "ports": *ports}
#                                           ^^^^^^^ `ports` has no effect in the network of the host
  b: {<<: *host, image: x, ports: [80]}
#                          ^^^^^ `ports` has no effect in the network
  c: {image: x, network_mode: none, ports: [80]}
#                                   ^^^^^ `ports` has no effect without a network
  d: {image: x, network_mode: "${D}", ports: [80]}
  e: {image: x, network_mode: "service:a", ports: [80]}
  f: {image: x, network_mode: host, ports: []}
"#,
        );
    }
}
