//! Flags published ports without a port of the host.

use crate::compose::File;
use crate::compose::port::{HostPorts, Port};
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            if owned.container.has_network_of_its_own() {
                owned
                    .container
                    .ports
                    .iter()
                    .for_each(|port| report(port, cx));
            }
        }
    }
}

fn report(port: &Port, cx: &mut Context<'_, File>) {
    if port.host_ports() == Some(HostPorts::Ephemeral)
        && let Some(target) = &port.target
    {
        let message = format!(
            "`{}` gets a port of the host that nobody knows beforehand",
            target.value.scalar.text()
        );
        cx.report(target.text_at(), message)
            .help("name the port of the host, or use `expose`");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn ports_without_one_of_the_host_are_found() {
        compose(
            "ephemeral-host-port",
            r#"
x-port: &port {target: 443, host_ip: "::1"}
#                      ^^^ `443` gets a port of the host
services:
  a: {image: x, ports: [*port, "127.0.0.1::80/udp", "90-91", "${P}", "${P}:1", "0:5"]}
#                                          ^^ `80` gets a port of the host
#                                                    ^^^^^ `90-91` gets a port of the host
#                                                                                 ^ `5` gets a port of the host
  b: {image: x, ports: [1], network_mode: none}
"#,
        );
    }
}
