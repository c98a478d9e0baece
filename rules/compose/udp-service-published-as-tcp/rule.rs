//! Flags ports of services that speak UDP and are published for TCP.

use crate::compose::port::Port;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::grammar::image::ImageReference;
use crate::grammar::port::Protocol;
use crate::text::Edit;
use crate::yaml::{ScalarStyle, edit};

/// How a port is served.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    /// UDP only.
    Udp,
    /// UDP, and TCP as well.
    Both,
}

/// The images (the end of their names) and their ports for UDP, from the Dockerfile or the Compose file in the
/// repository of each, 2026-11-23; WireGuard is UDP by its protocol. Images that can be told to use TCP on the same
/// port, such as those of OpenVPN, are left out.
const SERVERS: &[(&str, u16, Over)] = &[
    ("adguard/adguardhome", 53, Over::Both),
    ("adguard/adguardhome", 67, Over::Udp),
    ("coredns/coredns", 53, Over::Both),
    ("cturra/ntp", 123, Over::Udp),
    ("hwdsl2/ipsec-vpn-server", 500, Over::Udp),
    ("hwdsl2/ipsec-vpn-server", 4500, Over::Udp),
    ("itzg/minecraft-bedrock-server", 19132, Over::Udp),
    ("linuxserver/wireguard", 51820, Over::Udp),
    ("pihole/pihole", 53, Over::Both),
    ("pihole/pihole", 67, Over::Udp),
    ("technitium/dns-server", 53, Over::Both),
    ("wg-easy/wg-easy", 51820, Over::Udp),
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let name = container
        .reference()
        .and_then(ImageReference::familiar_name);
    let Some(name) = name else {
        return;
    };
    let servers = SERVERS.iter().filter(|(image, ..)| {
        let rest = name.strip_suffix(image);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    });
    for (_, number, over) in servers {
        let published = |protocol: Protocol| {
            let mut ports = container.ports.iter();
            ports.find(|port| serves(port, *number, protocol))
        };
        let unknown = container
            .ports
            .iter()
            .any(|port| port.protocol().is_none() || port.target_numbers().is_none());
        if let (Some(port), None, false) =
            (published(Protocol::Tcp), published(Protocol::Udp), unknown)
        {
            report(port, *number, *over, cx);
        }
    }
}

fn serves(port: &Port, number: u16, protocol: Protocol) -> bool {
    port.protocol() == Some(protocol)
        && port
            .target_numbers()
            .is_some_and(|target| target.contains(&number))
}

fn report(port: &Port, number: u16, over: Over, cx: &mut Context<'_, Project>) {
    let Some(target) = &port.target else {
        return;
    };
    let (text, file) = (cx.text(), cx.source.id);
    let finding = cx.report(
        target.text_at(),
        format!("port {number} is served over UDP, but published for TCP"),
    );
    finding.help(match over {
        Over::Udp => "write `/udp` behind it",
        Over::Both => "publish it once more, with `/udp` behind it",
    });
    if port.at.file != file {
        return;
    }
    if let Some(edit) = for_udp(port, over, text) {
        let title = match over {
            Over::Udp => "publish it for UDP",
            Over::Both => "publish it for UDP as well",
        };
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// An edit of the short form; the long form has no short way to say it.
fn for_udp(port: &Port, over: Over, text: &str) -> Option<Edit> {
    let short = port.short.as_ref()?;
    let literal = short.literal()?;
    let without = literal.split('/').next()?;
    let is_one_line = !matches!(short.style(), ScalarStyle::Literal | ScalarStyle::Folded);
    if !is_one_line {
        return None;
    }
    let quote = match short.style() {
        ScalarStyle::DoubleQuoted => "\"",
        ScalarStyle::SingleQuoted => "'",
        _ => "",
    };
    match over {
        Over::Udp => {
            let span = short.span_of(0..literal.len());
            Some(Edit::replace(span, format!("{without}/udp")))
        }
        Over::Both => {
            let item = format!("{quote}{without}/udp{quote}");
            edit::insert_item_behind(text, port.at.span, &item)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn known_images_are_looked_at() {
        compose(
            "udp-service-published-as-tcp",
            r#"
x-ports: &ports
  - "51820:51820"
#          ^^^^^ port 51820 is served over UDP
services:
  a: {image: lscr.io/linuxserver/wireguard, ports: *ports}
  b: {image: "ghcr.io/wg-easy/wg-easy:${TAG}", ports: [{target: 51820, published: 1}]}
#                                                               ^^^^^ port 51820 is served over UDP
  c: {image: example/wireguard, ports: *ports}
  d: {image: pihole/pihole, ports: ["53:53/udp", "53:53"]}
  e: {image: pihole/pihole, ports: ["53:53", "${E}"]}
  f: {image: pihole/pihole, ports: ["53:53", "53:53/${E}"]}
  g: {image: my-wg-easy/wg-easy, ports: *ports}
"#,
        );
    }
}
