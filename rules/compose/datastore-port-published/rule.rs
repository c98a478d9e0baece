//! Flags published ports of datastores.

use serde::Deserialize;

use crate::compose::port::Port;
use crate::compose::project::Project;
use crate::compose::value::Knowledge;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::served::{self, Kind};
use crate::engine::{Context, Hooks};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Options {
    services: Vec<String>,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let options: Options = on.options();
    on.project(move |project, cx| check(&options, project, cx));
}

fn check(options: &Options, project: &Project, cx: &mut Context<'_, Project>) {
    for owned in project.merged.containers() {
        let (owner, container) = (&owned.owner.value, owned.container);
        let is_meant = options.services.iter().any(|name| **name == **owner);
        let mut ports = container.ports.iter();
        let is_open = ports.any(|port| port.is_on_loopback() == Some(false));
        if is_meant || !is_open || !container.has_network_of_its_own() {
            continue;
        }
        let served = served::of(owner, container);
        for port in &container.ports {
            let published = served::published(&served, port);
            let published = published.filter(|served| served.kind == Kind::Datastore);
            if let Some(served) = published
                && port.is_on_loopback() == Some(false)
            {
                report(port, served.title, cx);
            }
        }
    }
}

fn report(port: &Port, title: &str, cx: &mut Context<'_, Project>) {
    let Some((at, scalar)) = port.exposure() else {
        return;
    };
    let (text, file) = (cx.text(), cx.source.id);
    let finding = cx.report(at, format!("{title} is published to everyone"));
    finding.help(
        "remove the port, or put `127.0.0.1:` in front; a firewall of the host does not close it",
    );
    if scalar.knowledge() == Knowledge::Default {
        finding.severity(Severity::Info);
    }
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
    fn images_and_names_tell_datastores() {
        compose(
            "datastore-port-published",
            r#"
x-port: &port {target: 5432, host_ip: "0.0.0.0"}
#                                      ^^^^^^^ PostgreSQL is published to everyone
services:
  a: {image: "registry.example.com/library/postgres:${V}", ports: [*port, "127.0.0.1:5432:5432", "5432:5432/udp"]}
  b: {image: redis, ports: ["${B:-6379}:6379", "80:80"]}
#                                 ^^^^^^^^^^ info: Redis is published to everyone
  my_mysql_1: {image: "${I}", ports: ["3306:3306", "5432:5432"]}
#                                      ^^^^^^^^^ MySQL is published to everyone
  c: {image: rabbitmq, ports: ["15672:15672", "5672:5672"]}
#                                              ^^^^^^^^^ RabbitMQ is published to everyone
  d: {image: redis, ports: ["6379:6379"], network_mode: host}
  dbx: {image: x, ports: ["5432:5432"]}
  e: {image: "redis", ports: ["6379-6380:6379-6380"]}
#                              ^^^^^^^^^^^^^^^^^^^ Redis is published to everyone
"#,
        );
    }
}
