//! Flags ports that are published on every address of the host.

use std::collections::HashSet;
use std::net::IpAddr;

use serde::Deserialize;

use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::network::Network;
use crate::compose::port::{Port, PortHost};
use crate::compose::value::Knowledge;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks, served};

/// The option of the bridge driver that says where ports are bound by default
/// (<https://docs.docker.com/engine/network/port-publishing/>).
const DEFAULT_BINDING: &str = "com.docker.network.bridge.host_binding_ipv4";

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
    let networks = file
        .documents()
        .flat_map(|document| document.networks.iter());
    let bound: HashSet<&str> = networks
        .filter(|network| has_other_binding(network))
        .map(|network| &*network.key.value)
        .collect();
    for document in file.documents() {
        for owned in document.containers() {
            let is_edge = options
                .edge_services
                .iter()
                .any(|name| **name == *owned.owner.value);
            if !is_edge
                && owned.container.has_network_of_its_own()
                && !binds_elsewhere(&bound, owned.container)
            {
                container(options, &owned.owner.value, owned.container, cx);
            }
        }
    }
}

/// Whether the container joins one of the networks that bind ports to another address by default.
fn binds_elsewhere(bound: &HashSet<&str>, container: &Container) -> bool {
    if container.networks.is_empty() {
        return bound.contains("default");
    }
    let mut joined = container.networks.iter();
    joined.any(|joined| {
        joined
            .network
            .value
            .known()
            .is_some_and(|name| bound.contains(name))
    })
}

/// Whether a network binds ports to another address by default, or may do so.
fn has_other_binding(network: &Network) -> bool {
    let Some(binding) = network.driver_opts.get(DEFAULT_BINDING) else {
        return false;
    };
    let address = binding
        .value
        .as_ref()
        .and_then(|address| address.value.known());
    match address.map(str::parse::<IpAddr>) {
        Some(Ok(address)) => !address.to_canonical().is_unspecified(),
        Some(Err(_)) => false,
        None => true,
    }
}

fn container(options: &Options, owner: &str, container: &Container, cx: &mut Context<'_, File>) {
    let open = container.ports.iter();
    let mut open = open
        .filter(|port| port.is_on_all_interfaces() == Some(true))
        .peekable();
    if open.peek().is_none() {
        return;
    }
    let is_edge = is_edge(options, container);
    let served = served::of(owner, container);
    for port in open {
        // That it is a database or a page for administrators is worse, and said by rules of their own.
        let is_worse = served::published(&served, port).is_some();
        let is_meant = is_worse || is_edge && is_web(port);
        if !is_meant {
            report(port, cx);
        }
    }
}

/// Whether the container's image is one of those that stand in front of others.
fn is_edge(options: &Options, container: &Container) -> bool {
    // The tag may be unknown while the name is not.
    let name = container.image_name();
    name.is_some_and(|name| options.edge_images.iter().any(|edge| edge == name))
}

fn is_web(port: &Port) -> bool {
    port.published_numbers()
        .is_some_and(|ports| ports.clone().all(|port| WEB.contains(&port)))
}

fn report(port: &Port, cx: &mut Context<'_, File>) {
    let Some((at, scalar)) = port.exposure() else {
        return;
    };
    let shown = scalar.text();
    let text = cx.text();
    let message = match &port.host_ip {
        PortHost::Absent => format!("`{shown}` is published on every address of the host"),
        _ => format!("`{shown}` publishes the port on every address of the host"),
    };
    let finding = cx.report(at, message);
    finding.help("bind it to `127.0.0.1`, or name the service in the option `edge-services`");
    if scalar.knowledge() == Knowledge::Default {
        finding.severity(Severity::Info);
    }
    if let Some(edit) = port.bound_to_loopback(text) {
        let title = "bind the port to this host; other machines cannot reach it then";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::engine::testing::{check, compose};
    use crate::workspace::kind::Kind;

    #[test]
    fn every_spelling_of_every_address_counts() {
        compose(
            "port-bound-to-all-interfaces",
            r#"
services:
  a:
    image: x
    ports:
      - 8080:80
#       ^^^^^^^ `8080:80` is published on every address
      - "8000-8010:8000-8010/udp"
#        ^^^^^^^^^^^^^^^^^^^^^^^ `8000-8010:8000-8010/udp` is published
      - 80
#       ^^ `80` is published
      - "0.0.0.0:81:81"
#        ^^^^^^^ `0.0.0.0` publishes the port
      - "[::]:82:82"
#        ^^^^ `[::]` publishes the port
      - "::ffff:0.0.0.0:83:83"
#        ^^^^^^^^^^^^^^ `::ffff:0.0.0.0` publishes the port
      - {target: 84, host_ip: "0:0::0"}
#                              ^^^^^^ `0:0::0` publishes the port
      - {target: 85}
#                ^^ `85` is published
      - {target: 86, published: "${P:-86}"}
#                                     ^^ `86` is published
      - 127.0.0.2:90:90
      - "[fe80::1]:91:91"
      - ${IP}:92:92
      - ${P}:93
      - "${IP:-127.0.0.1}:94:94"
"#,
        );
    }

    #[test]
    fn only_ports_of_an_own_network_are_published() {
        compose(
            "port-bound-to-all-interfaces",
            r#"
services:
  a: {image: x, network_mode: host, ports: [1]}
  b: {image: x, network_mode: "service:a", ports: [2]}
  c: {image: x, network_mode: "${M}", ports: [3]}
  d: {image: x, network_mode: bridge, ports: [4]}
#                                             ^ `4` is published
jobs:
  e: {image: x, ports: [5], triggers: {manual: true}}
#                       ^ `5` is published
"#,
        );
    }

    #[test]
    fn a_network_may_bind_ports_elsewhere() {
        compose(
            "port-bound-to-all-interfaces",
            r#"
services:
  a: {image: x, networks: [near], ports: [1]}
  b: {image: x, networks: [open], ports: [2]}
#                                         ^ `2` is published
  c: {image: x, ports: [3]}
#                       ^ `3` is published
networks:
  near:
    driver_opts:
      com.docker.network.bridge.host_binding_ipv4: 127.0.0.1
  open:
    driver_opts:
      com.docker.network.bridge.host_binding_ipv4: 0.0.0.0
"#,
        );
    }

    #[test]
    fn the_web_ports_of_a_proxy_are_meant_for_everyone() {
        compose(
            "port-bound-to-all-interfaces",
            r#"
services:
  a:
    image: docker.io/library/caddy:${TAG}
    ports: ["80:8080", "443:443/udp", "2019:2019"]
#                                      ^^^^^^^^^ `2019:2019` is published
  b: {image: registry/my-caddy, ports: ["80:80"]}
#                                        ^^^^^ `80:80` is published
"#,
        );
        check(
            "port-bound-to-all-interfaces",
            &json!({ "edge-images": ["my-caddy"], "edge-services": ["c"] }),
            "compose.yaml",
            Kind::Compose,
            r#"
services:
  b: {image: registry/my-caddy, ports: ["80:80"]}
  c: {image: x, ports: ["8080:80"]}
"#,
        );
    }

    #[test]
    fn ports_of_a_part_are_published_all_the_same() {
        check(
            "port-bound-to-all-interfaces",
            &Value::Null,
            "compose.override.yaml",
            Kind::Compose,
            "services:\n  a: {ports: [80]}\n#             ^^ `80` is published\n",
        );
    }
}
