//! Flags published ports that belong to the system.

use serde::Deserialize;

use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::port::{HostPorts, Port};
use crate::engine::{Context, Hooks};

/// The first port that everybody may open (`net.ipv4.ip_unprivileged_port_start`).
const UNPRIVILEGED: u16 = 1024;

/// The ports of the web.
const WEB: [u16; 2] = [80, 443];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Options {
    edge_services: Vec<String>,
    edge_images: Vec<String>,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let options: Options = on.options();
    on.compose(move |file, cx| check(&options, file, cx));
}

fn check(options: &Options, file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            let mut edge = options.edge_services.iter();
            if edge.any(|name| **name == *owned.owner.value)
                || !owned.container.has_network_of_its_own()
            {
                continue;
            }
            let is_edge = is_edge(options, owned.container);
            for port in &owned.container.ports {
                report(port, is_edge, cx);
            }
        }
    }
}

/// Whether the image is one of those that stand in front of others.
fn is_edge(options: &Options, container: &Container) -> bool {
    let name = container.image_name();
    name.is_some_and(|name| options.edge_images.iter().any(|edge| edge == name))
}

fn report(port: &Port, is_edge: bool, cx: &mut Context<'_, File>) {
    let numbers = match port.host_ports() {
        Some(HostPorts::Fixed(numbers) | HostPorts::Pool(numbers)) => numbers,
        Some(HostPorts::Ephemeral) | None => return,
    };
    let first = *numbers.start();
    let is_web = numbers.clone().all(|number| WEB.contains(&number));
    if first >= UNPRIVILEGED || is_edge && is_web {
        return;
    }
    if let Some(published) = &port.published {
        let message = format!("port {first} of the host is one of the system's");
        cx.report(published.text_at(), message)
            .help("publish on a port from 1024 up, or name the service in `edge-services`");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn ports_of_the_host_count() {
        compose(
            "privileged-host-port",
            r#"
x-port: &port {target: 8080, published: "70"}
#                                        ^^ port 70 of the host is one of the system's
services:
  a: {image: x, ports: [*port, "127.0.0.1:1000-1030:1"]}
#                                         ^^^^^^^^^ port 1000 of the host
  b: {image: "nginx:${TAG}", ports: ["80:80", "81:81"]}
#                                              ^^ port 81 of the host
  c: {image: x, ports: ["1024:80", "80", "${P}:80"]}
  d: {image: x, ports: ["80:80"], network_mode: host}
"#,
        );
    }
}
