//! Flags containers that get a capability that is one step from the host.

use super::host_takeover_capability::added;
use serde::Deserialize;

use crate::compose::container::Container;
use crate::diagnostic::Severity;
use crate::engine::Hooks;
use crate::knowledge::capabilities::Class;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Options {
    vpn_images: Vec<String>,
}

impl Options {
    /// Whether the container's image is one of those, or has the name of one as a word of its own.
    fn has_vpn(&self, container: &Container) -> bool {
        container.image_name().is_some_and(|name| {
            let mut words = name.split(['-', '_']);
            self.vpn_images.iter().any(|image| image == name)
                || words.any(|word| self.vpn_images.iter().any(|image| image == word))
        })
    }
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let options: Options = on.options();
    on.compose(move |file, cx| {
        added(
            file,
            Class::Adjacent,
            cx,
            |container, capability, finding| {
                if capability.name == "NET_ADMIN" && options.has_vpn(container) {
                    finding.help("keep it only if the network is set up inside the container");
                    finding.severity(Severity::Info);
                } else {
                    finding.help("leave it out unless the program fails without it");
                }
            },
        );
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn a_vpn_of_an_unknown_tag_is_one_too() {
        compose(
            "host-adjacent-capability",
            r#"
services:
  a:
    image: qmcgaw/gluetun:${TAG}
    cap_add: [CAP_NET_ADMIN, bpf]
#             ^^^^^^^^^^^^^ info: `CAP_NET_ADMIN` lets the container configure
#                            ^^^ warning: `bpf` lets the container load
  e: {image: example/transmission-openvpn, cap_add: [NET_ADMIN]}
#                                                    ^^^^^^^^^ info: `NET_ADMIN` lets
  b: {image: "${IMAGE}", cap_add: ["sys_boot"]}
#                                   ^^^^^^^^ warning: `sys_boot` lets the container load
  c: {image: x, privileged: true, cap_add: [NET_ADMIN]}
  d: {image: x, cap_add: [ALL, NET_ADMIN]}
"#,
        );
    }
}
