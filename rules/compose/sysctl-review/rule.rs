//! Flags kernel parameters that make the network of a container less strict.

use crate::compose::File;
use crate::engine::{Context, Hooks};

/// The last part of a parameter, the value that weakens, and what it does
/// (<https://docs.kernel.org/networking/ip-sysctl.html>).
const WEAK: [(&str, &str, &str); 7] = [
    ("accept_redirects", "1", "lets neighbours redirect packets"),
    (
        "accept_source_route",
        "1",
        "lets senders choose the way of packets",
    ),
    ("forwarding", "1", "passes packets on between networks"),
    ("ip_forward", "1", "passes packets on between networks"),
    (
        "route_localnet",
        "1",
        "lets others reach what listens on 127.0.0.1",
    ),
    ("rp_filter", "0", "lets packets with forged senders in"),
    (
        "tcp_syncookies",
        "0",
        "lets a flood of connections stop the service",
    ),
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let documents = file.documents();
    let containers = documents.flat_map(|document| document.containers());
    for pair in containers.flat_map(|owned| &owned.container.sysctls) {
        let (Some(name), Some(value)) = (pair.name.value.known(), &pair.value) else {
            continue;
        };
        if !name.starts_with("net.ipv4.") && !name.starts_with("net.ipv6.") {
            continue;
        }
        let last = name.rsplit('.').next().unwrap_or_default();
        let weak = WEAK.iter().find(|(weak, number, _)| {
            *weak == last
                && value
                    .value
                    .known()
                    .is_some_and(|value| value.trim() == *number)
        });
        if let Some((_, _, what)) = weak {
            let place = pair.name.value.span_of(0..name.len());
            cx.report(place, format!("`{name}` {what}"))
                .help("leave it out unless the service is there for it");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn names_and_values_count() {
        compose(
            "sysctl-review",
            r#"
services:
  a: {image: x, sysctls: ["net.ipv4.conf.eth0.route_localnet=1", net.ipv4.ip_forward=0, "net.ipv4.ip_forward=${A}"]}
#                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: `net.ipv4.conf.eth0.route_localnet` lets others
  b: {image: x, sysctls: {net.ipv6.conf.all.forwarding: "1", net.ipv6.conf.all.disable_ipv6: 1}}
#                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `net.ipv6.conf.all.forwarding` passes
"#,
        );
    }
}
