//! Flags hardware addresses that are not below a network.

use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Field, Scalar};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let Some(address) = &container.mac_address else {
        return;
    };
    if address.value.is_empty() || container.network_mode.is_some() {
        return;
    }
    let (text, file) = (cx.text(), cx.source.id);
    let finding = cx.report(address.key, "`mac_address` is set for the service");
    finding.help("write it below the network that it is for");
    let is_here = address.key.file == file;
    if is_here
        && !container.networks.is_set()
        && service.extends.is_none()
        && let Some(edit) = below_default(address, text)
    {
        let title = "write the address below `networks.default`";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// The address in the network that a service joins which names none.
fn below_default(address: &Field<Scalar>, text: &str) -> Option<Edit> {
    let entry = address.entry(text)?;
    let written = address.at.span.text(text);
    let is_one_line = !written.contains('\n') && !written.starts_with(['|', '>']);
    let networks = format!("networks: {{default: {{mac_address: {written}}}}}");
    is_one_line.then(|| Edit::replace(entry, networks))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn only_the_key_of_the_service_counts() {
        compose(
            "deprecated-service-mac-address",
            r#"
x-mac: &mac
  mac_address: "02:00:00:00:00:01"
# ^^^^^^^^^^^ `mac_address` is set for the service
services:
  a: {image: x, "mac_address": '${A}'}
#               ^^^^^^^^^^^^^ `mac_address` is set for the service
  b: {<<: *mac, image: x}
  c: {image: x, mac_address: ""}
  d: {image: x, network_mode: bridge, mac_address: "02:00:00:00:00:01"}
  e: {image: x, networks: {default: *mac}}
"#,
        );
    }

    #[test]
    fn the_address_moves_only_where_no_network_is_named() {
        let fixed = |text: &str| {
            fixed_compose(
                "deprecated-service-mac-address",
                Applicability::Unsafe,
                text,
            )
        };
        let flow = "services:\n  a: {image: x, mac_address: '02:00:00:00:00:01'}\n";
        let wanted =
            "services:\n  a: {image: x, networks: {default: {mac_address: '02:00:00:00:00:01'}}}\n";
        assert_eq!(fixed(flow), wanted);
        let named = "services:\n  a:\n    image: x\n    mac_address: '02:00:00:00:00:01'\n    networks: [n]\nnetworks: {n: {}}\n";
        assert_eq!(fixed(named), named);
    }
}
