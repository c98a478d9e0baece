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
    let Options { services } = on.options();
    let built = services.clone();
    on.project(move |project, cx| {
        served::each_published(project, Kind::Datastore, &services, |port, title| {
            report(port, title, cx);
        });
    });
    on.build(move |used, cx| {
        served::each_published_by_base(used, Kind::Datastore, &built, |port, title| {
            report(port, title, cx);
        });
    });
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
    use crate::engine::testing::{compose, compose_among};

    #[test]
    fn the_image_that_a_build_begins_with_counts() {
        let files = [
            (
                "db/Dockerfile",
                "FROM postgres:17 AS base\nFROM base\nCOPY a.sql /\n",
            ),
            ("web/Dockerfile", "FROM redis:8 AS cache\nFROM node:24\n"),
        ];
        compose_among(
            "datastore-port-published",
            &files,
            "compose.yaml",
            r#"
services:
  a: {build: db, ports: ["5432:5432", "80:80", "127.0.0.1:5433:5432"]}
#                         ^^^^^^^^^ PostgreSQL is published to everyone
  mysql: {build: db, ports: ["3306:3306"]}
#                             ^^^^^^^^^ MySQL is published to everyone
  c: {build: web, ports: ["6379:6379"]}
"#,
        );
    }

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
