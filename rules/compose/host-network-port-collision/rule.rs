//! Flags services in the host's network whose ports others want.

use std::collections::HashMap;

use crate::compose::port::HostPorts;
use crate::compose::profiles::Together;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};
use crate::grammar::port::Protocol;
use crate::knowledge::{admin_ports, datastores};
use crate::text::Location;

/// How many services that want the same port are compared.
const MAX_COMPARED: usize = 16;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

/// A service that takes a port of the host.
struct Taker<'p> {
    service: &'p Service,
    /// Where the file says so.
    at: Location,
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let services = &project.merged.services;
    let hosts: Vec<(&Service, Location, &[u16])> = services.iter().filter_map(in_host).collect();
    if hosts.is_empty() {
        return;
    }
    let mut takers: HashMap<u16, Vec<Taker<'_>>> = HashMap::new();
    for (_, _, ports) in &hosts {
        for port in *ports {
            takers.entry(*port).or_default();
        }
    }
    for service in services {
        published(service, &mut takers);
    }
    for (service, at, ports) in hosts {
        let others = ports.iter().find_map(|port| {
            let meets =
                |taker: &&Taker<'_>| service.can_run_together(taker.service) == Together::Yes;
            let found = takers.get(port)?.iter().take(MAX_COMPARED).find(meets)?;
            Some((*port, found.service, found.at))
        });
        if let Some((port, other, place)) = others {
            let (name, other) = (&service.name.value, &other.name.value);
            let message = format!("`{name}` serves on port {port} of the host, as `{other}` does");
            cx.report(at, message)
                .label(place, "the port is wanted here")
                .help("give one of them another port, or its own network");
        }
        for port in ports {
            if let Some(takers) = takers.get_mut(port) {
                takers.push(Taker { service, at });
            }
        }
    }
}

/// A service in the host's network with the place that says so and the ports that its image serves on.
fn in_host(service: &Service) -> Option<(&Service, Location, &'static [u16])> {
    let container = &service.container;
    let mode = container.network_mode.as_ref()?;
    let is_as_made = container.command.is_none() && container.entrypoint.is_none();
    if !mode.value.text.is("host") || !is_as_made || service.provider.is_some() {
        return None;
    }
    let reference = container.reference()?;
    let ports = match datastores::of(reference) {
        Some(store) => store.ports(),
        None => admin_ports::of(reference)?.ports,
    };
    Some((service, mode.at, ports))
}

/// Notes which of the ports a service publishes.
fn published<'p>(service: &'p Service, takers: &mut HashMap<u16, Vec<Taker<'p>>>) {
    if !service.container.has_network_of_its_own() {
        return;
    }
    for port in &service.container.ports {
        if port.protocol() != Some(Protocol::Tcp) {
            continue;
        }
        let (Some(HostPorts::Fixed(numbers)), Some(place)) = (port.host_ports(), &port.published)
        else {
            continue;
        };
        for (_, takers) in takers.iter_mut().filter(|(port, _)| numbers.contains(port)) {
            takers.push(Taker {
                service,
                at: place.text_at(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn known_images_take_known_ports() {
        compose(
            "host-network-port-collision",
            r#"
services:
  a: {image: postgres, network_mode: "host"}
#                                    ^^^^^^ `a` serves on port 5432 of the host, as `b` does
  b: {image: x, ports: ["5000-6000:5000-6000"]}
  c: {image: mysql, network_mode: host, profiles: [p]}
  d: {image: mysql, network_mode: host, profiles: [q]}
  e: {image: mysql, network_mode: host, profiles: [q]}
#                                 ^^^^ `e` serves on port 3306 of the host, as `d` does
  f: {image: redis, network_mode: host}
  g: {image: x, ports: ["6379:6379/udp", "6380:6379", "6379"]}
  h: {image: x, ports: ["6379:1"], network_mode: "service:g"}
  i: {image: "adminer:5", network_mode: host}
#                                       ^^^^ `i` serves on port 8080 of the host, as `j` does
  j: {image: x, ports: ["8080:80"]}
"#,
        );
    }
}
