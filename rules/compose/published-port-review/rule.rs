//! Lists published ports.

use crate::compose::File;
use crate::compose::port::{HostPorts, Port, PortHost};
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            if owned.container.has_network_of_its_own() {
                for port in &owned.container.ports {
                    report(&owned.owner.value, port, cx);
                }
            }
        }
    }
}

fn report(owner: &str, port: &Port, cx: &mut Context<'_, File>) {
    let at = match &port.short {
        Some(short) => short.span_of(0..short.text().len()),
        None => port.at.span,
    };
    let target = port
        .target
        .as_ref()
        .map(|target| target.value.scalar.text());
    let protocol = match &port.protocol {
        Some(protocol) => protocol.value.scalar.text().to_ascii_lowercase(),
        None => "tcp".to_owned(),
    };
    let address = match &port.host_ip {
        PortHost::Absent => "every address".to_owned(),
        PortHost::Given(address) => format!("`{}`", address.value.scalar.text()),
        PortHost::Unknown => "an address that a variable names".to_owned(),
    };
    let number = match (&port.published, port.host_ports()) {
        (_, Some(HostPorts::Ephemeral)) | (None, _) => "some port".to_owned(),
        (Some(published), _) => format!("port `{}`", published.value.scalar.text()),
    };
    let target = target.unwrap_or("?");
    let message = format!("`{owner}` publishes `{target}/{protocol}` on {number} of {address}");
    cx.report(at, message)
        .help("remove it if only other services need it");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn every_form_is_listed() {
        compose(
            "published-port-review",
            r#"
x-port: &port {target: 443, host_ip: "::1"}
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `a` publishes `443/tcp` on some port of `::1`
services:
  a: {image: x, ports: [*port, "127.0.0.1:8080:80", "${P}:90/UDP", 70]}
#                               ^^^^^^^^^^^^^^^^^ `a` publishes `80/tcp` on port `8080` of `127.0.0.1`
#                                                    ^^^^^^^^^^^ `a` publishes `90/udp` on port `${P}` of an address that a variable names
#                                                                  ^^ `a` publishes `70/tcp` on some port of every address
  b: {image: x, ports: ["1:1"], network_mode: none}
"#,
        );
    }
}
