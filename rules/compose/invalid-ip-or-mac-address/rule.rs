//! Flags texts that are no addresses.
//!
//! Addresses are read as Go's `net/netip` and `net.ParseMAC` read them, with which Compose and the engine do.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::compose::File;
use crate::compose::network::{Attachment, Network};
use crate::compose::value::{Scalar, Setting, Text};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Location, Span};

/// How many bytes a hardware address has.
const MAC_LENGTHS: [usize; 3] = [6, 8, 20];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

/// What a text is to be.
#[derive(Clone, Copy)]
enum Wanted {
    Ip,
    Ipv4,
    Ipv6,
    Subnet,
    Mac,
}

impl Wanted {
    fn is_met_by(self, text: &str) -> bool {
        match self {
            // The zone of a link-local address is no part of it.
            Wanted::Ip => match text.split_once('%') {
                Some((address, zone)) => !zone.is_empty() && address.parse::<Ipv6Addr>().is_ok(),
                None => text.parse::<IpAddr>().is_ok(),
            },
            Wanted::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Wanted::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Wanted::Subnet => is_subnet(text),
            Wanted::Mac => is_mac(text),
        }
    }

    fn message(self, text: &str) -> String {
        let what = match self {
            Wanted::Ip => "IP address",
            Wanted::Ipv4 => "IPv4 address",
            Wanted::Ipv6 => "IPv6 address",
            Wanted::Subnet => "range of addresses",
            Wanted::Mac => "hardware address",
        };
        format!("`{}` is no {what}", excerpt(text))
    }

    fn help(self, text: &str) -> &'static str {
        match self {
            Wanted::Subnet if text.parse::<IpAddr>().is_ok() => {
                "write how many bits belong to the network, such as `172.28.0.0/16`"
            }
            Wanted::Subnet => "write a range such as `172.28.0.0/16`",
            Wanted::Mac => "write six pairs of hexadecimal digits, such as `02:42:ac:11:00:02`",
            _ if is_subnet(text) => "leave out the slash and what follows",
            Wanted::Ipv4 if text.parse::<Ipv6Addr>().is_ok() => "write it below `ipv6_address`",
            Wanted::Ipv6 if text.parse::<Ipv4Addr>().is_ok() => "write it below `ipv4_address`",
            _ => "write one address",
        }
    }
}

fn is_subnet(text: &str) -> bool {
    let Some((address, bits)) = text.split_once('/') else {
        return false;
    };
    let most = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    let is_number =
        bits == "0" || (!bits.starts_with('0') && bits.bytes().all(|b| b.is_ascii_digit()));
    is_number && bits.parse::<u8>().is_ok_and(|bits| bits <= most)
}

/// Pairs of hexadecimal digits between colons or hyphens, or groups of four between dots.
fn is_mac(text: &str) -> bool {
    let (separator, digits) = match text {
        text if text.contains(':') => (':', 2),
        text if text.contains('-') => ('-', 2),
        _ => ('.', 4),
    };
    let is_group =
        |group: &str| group.len() == digits && group.bytes().all(|b| b.is_ascii_hexdigit());
    let bytes = text.split(separator).count() * digits / 2;
    MAC_LENGTHS.contains(&bytes) && text.split(separator).all(is_group)
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            let container = owned.container;
            texts(Wanted::Ip, container.dns.iter(), cx);
            setting(Wanted::Mac, &container.mac_address, cx);
            for attachment in &container.networks {
                attached(attachment, cx);
            }
        }
        for network in &document.networks {
            addresses(network, cx);
        }
    }
}

fn attached(attachment: &Attachment, cx: &mut Context<'_, File>) {
    setting(Wanted::Ipv4, &attachment.ipv4_address, cx);
    setting(Wanted::Ipv6, &attachment.ipv6_address, cx);
    setting(Wanted::Mac, &attachment.mac_address, cx);
    texts(Wanted::Ip, attachment.link_local_ips.iter(), cx);
}

fn addresses(network: &Network, cx: &mut Context<'_, File>) {
    let Some(ipam) = &network.ipam else {
        return;
    };
    for pool in &ipam.value.config {
        setting(Wanted::Subnet, &pool.subnet, cx);
        setting(Wanted::Subnet, &pool.ip_range, cx);
        setting(Wanted::Ip, &pool.gateway, cx);
        let others = pool.aux_addresses.iter();
        texts(
            Wanted::Ip,
            others.filter_map(|pair| pair.value.as_ref()),
            cx,
        );
    }
}

fn setting(wanted: Wanted, setting: &Setting<Scalar>, cx: &mut Context<'_, File>) {
    if let Some(field) = setting {
        report(wanted, &field.value, field.text_at(), cx);
    }
}

fn texts<'t>(wanted: Wanted, texts: impl Iterator<Item = &'t Text>, cx: &mut Context<'_, File>) {
    for text in texts {
        report(wanted, &text.value, text.text_at(), cx);
    }
}

fn report(wanted: Wanted, scalar: &Scalar, at: Location, cx: &mut Context<'_, File>) {
    let Some(text) = scalar.known().filter(|text| !text.is_empty()) else {
        return;
    };
    if !wanted.is_met_by(text) {
        let span: Span = at.span;
        cx.report(span, wanted.message(text))
            .help(wanted.help(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::testing::compose;

    #[test]
    fn addresses_are_read_as_go_reads_them() {
        for (wanted, text, met) in [
            (Wanted::Ip, "fe80::1%eth0", true),
            (Wanted::Ip, "010.0.0.1", false),
            (Wanted::Ip, "[::1]", false),
            (Wanted::Ip, "1.2.3", false),
            (Wanted::Subnet, "10.0.0.0/8", true),
            (Wanted::Subnet, "10.0.0.0/08", false),
            (Wanted::Subnet, "10.0.0.0/33", false),
            (Wanted::Subnet, "2001:db8::/64", true),
            (Wanted::Subnet, "10.0.0.0/", false),
            (Wanted::Mac, "02:42:ac:11:00:02", true),
            (Wanted::Mac, "02-42-AC-11-00-02", true),
            (Wanted::Mac, "0242.ac11.0002", true),
            (Wanted::Mac, "02:42:ac:11:00", false),
            (Wanted::Mac, "02:42:ac:11:00:0g", false),
            (Wanted::Mac, "0242ac110002", false),
        ] {
            assert_eq!(wanted.is_met_by(text), met, "{text}");
        }
    }

    #[test]
    fn every_place_is_looked_at() {
        compose(
            "invalid-ip-or-mac-address",
            r#"
x-dns: &dns [dns.example.com, "${DNS:-1.2.3}", "${DNS}"]
#            ^^^^^^^^^^^^^^^ `dns.example.com` is no IP address
#                                     ^^^^^ `1.2.3` is no IP address
services:
  a:
    image: x
    dns: *dns
    mac_address: "zz"
#                 ^^ `zz` is no hardware address
    networks:
      n:
        ipv4_address: ::1
#                     ^^^ `::1` is no IPv4 address
        ipv6_address: 1.2.3.4
#                     ^^^^^^^ `1.2.3.4` is no IPv6 address
        mac_address: 1:2
#                    ^^^ `1:2` is no hardware address
        link_local_ips: [169.254.1.1, b]
#                                     ^ `b` is no IP address
    pre_start: [{image: y, dns: c}]
#                               ^ `c` is no IP address
  b: {image: x, networks: {n: {ipv4_address: ""}}}
networks:
  n:
    ipam:
      config:
        - {subnet: 10.0.0.1, ip_range: d, gateway: 10.0.0.1/8, aux_addresses: {e: f}}
#                  ^^^^^^^^ `10.0.0.1` is no range of addresses
#                                      ^ `d` is no range of addresses
#                                                  ^^^^^^^^^^ `10.0.0.1/8` is no IP address
#                                                                                 ^ `f` is no IP address
"#,
        );
    }
}
