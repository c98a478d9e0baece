//! Flags services that name no network.

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let has_container = service.provider.is_none() && service.has_source();
    if cx.model.extent == Extent::Part
        || !has_container
        || container.networks.is_set()
        || container.network_mode.is_some()
        || cx.model.merged.services.len() < 2
    {
        return;
    }
    let name = &service.name;
    let message = format!(
        "`{}` is only on the network that all services share",
        name.value
    );
    cx.report(name.at, message)
        .help("list the `networks` that it needs");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn services_that_name_no_network_are_marked() {
        compose(
            "default-network-only",
            r#"
x-base: &base
  image: x
  networks: [n]
services:
  "a":
# ^^^ info: `a` is only on the network
    image: x
  b: {<<: *base}
  c: {image: x, network_mode: none}
  d: {provider: {type: y}}
networks:
  n:
"#,
        );
    }
}
