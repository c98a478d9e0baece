//! Flags published ports of admin pages and debuggers.

use serde::Deserialize;

use crate::compose::port::Port;
use crate::compose::project::Project;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::served::{self, Kind};
use crate::engine::{Context, Hooks};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Options {
    services: Vec<String>,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let Options { services } = on.options();
    let built = services.clone();
    on.project(move |project, cx| {
        served::each_published(project, Kind::Administration, &services, |port, title| {
            report(port, title, cx);
        });
    });
    on.build(move |used, cx| {
        served::each_published_by_base(used, Kind::Administration, &built, |port, title| {
            report(port, title, cx);
        });
    });
}

fn report(port: &Port, title: &str, cx: &mut Context<'_, Project>) {
    let Some((at, _)) = port.exposure() else {
        return;
    };
    let (text, file) = (cx.text(), cx.source.id);
    let finding = cx.report(at, format!("{title} is published to everyone"));
    finding.help(
        "put `127.0.0.1:` in front, and reach it through a tunnel or a proxy that asks who it is",
    );
    if port.at.file == file
        && let Some(edit) = port.bound_to_loopback(text)
    {
        let title = "bind the port to this host; other machines cannot reach it then";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn pages_are_known_by_their_image() {
        compose(
            "admin-port-published",
            r#"
x-port: &port {target: 8080, published: "80"}
#                                        ^^ Adminer is published to everyone
services:
  a: {image: "adminer:${TAG}", ports: [*port, "127.0.0.1:8080:8080", "${IP}:8080:8080", "81:81"]}
  b: {image: traefik, command: "--api.insecure --ping", ports: ["192.168.0.1:8080:8080", "80:80"]}
#                                                                ^^^^^^^^^^^ Traefik's page is published to everyone
  c: {image: traefik, command: --api.insecure=false, ports: ["8080:8080"]}
  d: {image: adminer, ports: ["8080:8080"], network_mode: none}
  e: {image: adminer, ports: ["8080-8081:8080-8081"]}
#                              ^^^^^^^^^^^^^^^^^^^ Adminer is published to everyone
"#,
        );
    }

    #[test]
    fn debuggers_are_known_by_what_starts_them() {
        compose(
            "admin-port-published",
            r#"
services:
  a: {image: x, command: [node, --inspect-brk=0.0.0.0, a.js], ports: ["1:9229"]}
#                                                                      ^^^^^^ the debugger of Node.js is published to everyone
  b: {image: x, environment: ["JAVA_TOOL_OPTIONS=-Xmx1g -agentlib:jdwp=transport=dt_socket"], ports: ["5005:5005"]}
#                                                                                                      ^^^^^^^^^ the Java debugger is published to everyone
  c: {image: x, entrypoint: /go/bin/dlv debug, ports: ["2345:2345", "80:80"]}
#                                                       ^^^^^^^^^ the Go debugger is published to everyone
  d: {image: x, command: python -m debugpy --listen 0.0.0.0, ports: ["5678:5678/udp"]}
  e: {image: x, command: node --inspector, ports: ["9229:9229"]}
"#,
        );
    }
}
