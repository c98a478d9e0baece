//! Flags ports of the host and addresses that several containers of one service want.

use crate::compose::port::{HostPorts, Port};
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Field, Scalar, Typed};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let file = &project.merged;
    let mut is_for_swarm: Option<bool> = None;
    for service in &file.services {
        let Some(replicas) = service.replicas() else {
            continue;
        };
        let Some(count) = replicas.value.value.filter(|count| *count > 1) else {
            continue;
        };
        // Swarm does not know `scale`.
        let is_scaled = service.scale.is_some();
        if service.provider.is_none()
            && (is_scaled
                || !is_updated(service)
                    && !*is_for_swarm.get_or_insert_with(|| project.is_for_swarm()))
        {
            replicated(service, count, replicas, cx);
        }
    }
}

/// Whether somebody thought about how Swarm runs and updates the containers of a service.
fn is_updated(service: &Service) -> bool {
    service.deploy.as_ref().is_some_and(|deploy| {
        let deploy = &deploy.value;
        deploy.mode.is_some()
            || deploy.endpoint_mode.is_some()
            || deploy.update_config.is_some()
            || deploy.rollback_config.is_some()
    })
}

fn replicated(
    service: &Service,
    count: i64,
    replicas: &Field<Typed<i64>>,
    cx: &mut Context<'_, Project>,
) {
    let container = &service.container;
    if container.has_network_of_its_own() {
        for port in &container.ports {
            published(port, count, replicas, cx);
        }
    }
    for attachment in &container.networks {
        for address in [&attachment.ipv4_address, &attachment.ipv6_address] {
            if let Some(address) = address.as_deref() {
                fixed(address, count, replicas, cx);
            }
        }
    }
}

fn published(port: &Port, count: i64, replicas: &Field<Typed<i64>>, cx: &mut Context<'_, Project>) {
    let Some(published) = &port.published else {
        return;
    };
    let message = match port.host_ports() {
        Some(HostPorts::Fixed(numbers)) if numbers.len() == 1 => {
            format!(
                "{count} containers want port {} of the host",
                numbers.start()
            )
        }
        Some(HostPorts::Fixed(numbers)) => {
            let (first, last) = (numbers.start(), numbers.end());
            format!("{count} containers want all of the ports {first} to {last} of the host")
        }
        Some(HostPorts::Pool(numbers)) if i64::try_from(numbers.len()).is_ok_and(|n| n < count) => {
            let size = numbers.len();
            format!("{count} containers choose from {size} ports of the host")
        }
        _ => return,
    };
    let file = cx.source.id;
    let at = published.text_at();
    let finding = cx.report(at, message);
    finding.label(replicas.text_at(), "so many containers run");
    finding.help("give a range with a port for each container, or leave the host's port out");
    let is_literal = published.value.scalar.literal().is_some();
    let has_one_target = port
        .target_numbers()
        .is_some_and(|target| target.len() == 1);
    let first = port
        .published_numbers()
        .map(|numbers| i64::from(*numbers.start()));
    if let Some(first) = first
        && let Ok(last) = u16::try_from(first.saturating_add(count - 1))
        && is_literal
        && has_one_target
        && at.file == file
    {
        let edit = Edit::replace(at.span, format!("{first}-{last}"));
        let title = format!("publish on the ports {first} to {last}; others may be in use");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

fn fixed(
    address: &Field<Scalar>,
    count: i64,
    replicas: &Field<Typed<i64>>,
    cx: &mut Context<'_, Project>,
) {
    if address.value.is_something() {
        let message = format!("{count} containers want the same address");
        cx.report(address.text_at(), message)
            .label(replicas.text_at(), "so many containers run")
            .help("leave the address out: Docker gives each container one");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn each_container_needs_a_port() {
        compose(
            "replicas-with-fixed-host-port",
            r#"
x-port: &port {target: 80, published: 8080}
#                                     ^^^^ 2 containers want port 8080 of the host
services:
  a: {image: x, scale: 2, ports: [*port, "${A:-90}:90", "80", "100-101:1", "${A}:1"]}
#                                              ^^ 2 containers want port 90 of the host
  b: {image: x, scale: 3, ports: ["100-101:1", "200-201:200-201"]}
#                                  ^^^^^^^ 3 containers choose from 2 ports
#                                               ^^^^^^^ 3 containers want all of the ports 200 to 201
  c: {image: x, scale: "${C}", ports: [*port]}
  d: {image: x, scale: 3, ports: [*port], network_mode: host}
  e: {image: x, scale: 1, ports: [*port]}
  f: {image: x, deploy: {replicas: 2}, networks: {n: {ipv6_address: "::1"}, m: {ipv4_address: "${F}"}}}
#                                                                    ^^^ 2 containers want the same address
networks: {n: {}, m: {}}
"#,
        );
    }

    #[test]
    fn swarm_publishes_once_for_all() {
        compose(
            "replicas-with-fixed-host-port",
            r#"
services:
  a: {image: x, deploy: {replicas: 2}, ports: ["80:80"]}
  b: {image: x, scale: 2, ports: ["81:80"]}
#                                  ^^ 2 containers want port 81
networks: {n: {driver: overlay}}
"#,
        );
    }
}
