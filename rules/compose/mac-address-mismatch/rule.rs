//! Flags hardware addresses of services that differ from that of their main network.
//!
//! docker/compose, `pkg/compose/create.go` (`prepareContainerMACAddress`); the main network is the first of
//! `NetworksByPriority` of compose-go.

use crate::compose::container::Container;
use crate::compose::network::Attachment;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let (Some(own), Some(main)) = (&container.mac_address, main_network(container)) else {
        return;
    };
    let Some(address) = &main.mac_address else {
        return;
    };
    let (Some(text), Some(other)) = (own.value.known(), address.value.known()) else {
        return;
    };
    if !text.is_empty() && !other.is_empty() && text != other {
        let network = main.network.value.text();
        let message = format!("`mac_address` differs from that in the network `{network}`");
        cx.report(own.text_at(), message)
            .label(address.text_at(), "the address in the network")
            .help("remove the service's own `mac_address`");
    }
}

/// The network with the highest priority; of several the first by name. `None` if a priority is unknown.
fn main_network(container: &Container) -> Option<&Attachment> {
    let mut main: Option<(f64, &str, &Attachment)> = None;
    for attachment in &container.networks {
        let priority = match &attachment.priority {
            Some(priority) => priority.value.value?,
            None => 0.0,
        };
        let name = attachment.network.value.known()?;
        let is_first = main.is_none_or(|(highest, first, _)| {
            priority > highest || (priority == highest && name < first)
        });
        if is_first {
            main = Some((priority, name, attachment));
        }
    }
    main.map(|(_, _, attachment)| attachment)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_main_network_counts() {
        compose(
            "mac-address-mismatch",
            r#"
x-mac: &mac {mac_address: "02:00:00:00:00:02"}
services:
  a: {image: x, mac_address: "02:00:00:00:00:01", networks: {n: *mac}}
#                             ^^^^^^^^^^^^^^^^^ `mac_address` differs from that in the network `n`
  b: {image: x, mac_address: "02:00:00:00:00:01", networks: {n: *mac, m: }}
  c: {image: x, mac_address: "02:00:00:00:00:01", networks: {m: , n: {mac_address: "02:00:00:00:00:02", priority: 1}}}
#                             ^^^^^^^^^^^^^^^^^ `mac_address` differs from that in the network `n`
  d: {image: x, mac_address: "02:00:00:00:00:02", networks: {n: *mac}}
  e: {image: x, mac_address: "${MAC}", networks: {n: *mac}}
networks: {m: {}, n: {}}
"#,
        );
    }
}
