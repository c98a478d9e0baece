//! Flags services that join networks beside a network mode.

use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let (Some(mode), Some(networks)) = (&container.network_mode, container.networks.key()) else {
        return;
    };
    if container.networks.is_empty() || !mode.value.text.is_something() {
        return;
    }
    cx.report(networks, "`networks` stands beside `network_mode`")
        .label(mode.whole(), "the network mode takes the place of networks")
        .help("keep either `network_mode` or `networks`");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn both_have_to_say_something() {
        compose(
            "network-mode-and-networks",
            r#"
x-base: &base
  networks: {n: {}}
# ^^^^^^^^ `networks` stands beside
services:
  a: {image: x, "networks": [n], network_mode: "service:b"}
#               ^^^^^^^^^^ `networks` stands beside
  b: {<<: *base, image: x, network_mode: "${M:-none}"}
  c: {image: x, networks: [n], network_mode: "${M}"}
  d: {image: x, networks: [n], network_mode: ""}
  e: {image: x, networks: {}, network_mode: host}
networks: {n: {}}
"#,
        );
    }
}
