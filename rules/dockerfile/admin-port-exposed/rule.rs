//! Flags `EXPOSE` of ports through which systems are administered or debugged.

use std::ops::RangeInclusive;

use crate::diagnostic::Severity;
use crate::dockerfile::ast::Expose;
use crate::dockerfile::model::Base;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::image::ImageReference;
use crate::grammar::port::Protocol;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.expose(check);
}

/// A port that gives more than a service.
struct AdminPort {
    ports: RangeInclusive<u16>,
    /// What listens there.
    service: &'static str,
    /// It counts only in images with one of these in their names; in every image if there is none.
    only: &'static [&'static str],
    /// In images with one of these in their names it is what they are for.
    expected: &'static [&'static str],
}

const fn everywhere(ports: RangeInclusive<u16>, service: &'static str) -> AdminPort {
    AdminPort {
        ports,
        service,
        only: &[],
        expected: &[],
    }
}

/// Numbers after IANA's "Service Name and Transport Protocol Port Number Registry" and the documentation of
/// Docker, Kubernetes, the Java platform and Node.js.
const PORTS: &[AdminPort] = &[
    AdminPort {
        expected: &["git", "gerrit", "gogs", "sftp", "ssh", "forgejo", "bastion"],
        ..everywhere(22..=22, "SSH")
    },
    everywhere(23..=23, "Telnet"),
    everywhere(111..=111, "the RPC port mapper"),
    everywhere(512..=513, "remote login without encryption"),
    AdminPort {
        expected: &["syslog", "log", "fluent", "vector"],
        ..everywhere(514..=514, "the remote shell without encryption")
    },
    AdminPort {
        expected: &["rsync"],
        ..everywhere(873..=873, "rsync")
    },
    everywhere(1099..=1099, "Java's remote objects and management"),
    everywhere(2375..=2376, "Docker's interface"),
    AdminPort {
        expected: &["etcd"],
        ..everywhere(2379..=2380, "etcd")
    },
    everywhere(3389..=3389, "remote desktops"),
    AdminPort {
        only: &[
            "java", "jdk", "jre", "temurin", "corretto", "zulu", "liberica", "maven", "gradle",
            "tomcat", "wildfly", "jetty", "spring",
        ],
        ..everywhere(5005..=5005, "Java's debugger")
    },
    AdminPort {
        expected: &["vnc"],
        ..everywhere(5800..=5800, "remote desktops")
    },
    AdminPort {
        expected: &["vnc"],
        ..everywhere(5900..=5900, "remote desktops")
    },
    everywhere(5985..=5986, "Windows Remote Management"),
    everywhere(6443..=6443, "Kubernetes' interface"),
    AdminPort {
        only: &["node"],
        ..everywhere(9229..=9229, "Node's debugger")
    },
    everywhere(10250..=10250, "the kubelet's interface"),
];

fn check(expose: &Placed<'_, Expose>, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let Some(stage) = model.stage_of(expose.index) else {
        return;
    };
    if !stage.is_output {
        return;
    }
    for port in model.exposed_ports(expose.index, expose.instruction) {
        let Ok(mapping) = &port.port else { continue };
        let Some(numbers) = &mapping.container.numbers else {
            continue;
        };
        if mapping.protocol() != Some(Protocol::Tcp) {
            continue;
        }
        let names = || base_name(model, stage);
        let found = PORTS.iter().find(|admin| {
            numbers.start() <= admin.ports.end()
                && admin.ports.start() <= numbers.end()
                && (admin.only.is_empty() || names().is_some_and(|name| is_any(&name, admin.only)))
        });
        let Some(admin) = found else { continue };
        let number = (*admin.ports.start()).max(*numbers.start());
        let message = format!("port `{number}` is for {}", admin.service);
        let span = port.text.span(mapping.container.range.clone());
        let finding = cx.report(span, message);
        finding.help("take it out of the image that is shipped");
        if let Some(name) = names().filter(|name| is_any(name, admin.expected)) {
            finding.severity(Severity::Info).help(format!(
                "see to it that only those who need `{}` reach it",
                excerpt(&name)
            ));
        }
    }
}

/// The name of the image that a stage's chain begins with, as far as defaults tell.
fn base_name(model: &Dockerfile, stage: &Stage) -> Option<String> {
    let Base::Image(value) = &model.root_of(stage).base else {
        return None;
    };
    let reference = ImageReference::parse(value.text()?).ok()?;
    reference
        .familiar_name()
        .map(|name| name.to_ascii_lowercase())
}

fn is_any(name: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_port_is_marked() {
        dockerfile(
            "admin-port-exposed",
            r#"
FROM debian
ARG SSH=22
EXPOSE 80 22 \
#         ^^ warning: port `22` is for SSH
  0.0.0.0:2222:22/TCP $SSH 500-600
#                          ^^^^^^^ port `512` is for remote login
#                     ^^^^ port `22`
#              ^^ port `22`
EXPOSE 22/udp 222 $OTHER 2378 9229
"#,
        );
    }

    #[test]
    fn images_that_are_made_for_it_are_a_remark() {
        dockerfile(
            "admin-port-exposed",
            "FROM quay.io/coreos/etcd:v3 AS a\nFROM a\nEXPOSE 2379 22\n#           ^^ warning: port `22`\n#      ^^^^ info: port `2379` is for etcd\n",
        );
        dockerfile(
            "admin-port-exposed",
            "FROM node:24\nEXPOSE 9229\n#      ^^^^ warning: port `9229` is for Node's debugger\n",
        );
    }
}
