//! Flags interface names that a driver option overrules.
//!
//! docker/compose, `pkg/compose/create.go`: "ignoring interface_name".

use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

/// The driver option that names the interface.
const OPTION: &str = "com.docker.network.endpoint.ifname";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    for attachment in &service.container.networks {
        let Some(field) = &attachment.interface_name else {
            continue;
        };
        let option = attachment.driver_opts.get(OPTION);
        let Some(option) = option.and_then(|option| option.value.as_ref()) else {
            continue;
        };
        let (Some(name), Some(other)) = (field.value.known(), option.value.known()) else {
            continue;
        };
        if !name.is_empty() && name != other {
            let (name, other) = (excerpt(name), excerpt(other));
            let message = format!("`{name}` is ignored: a driver option says `{other}`");
            cx.report(field.text_at(), message)
                .label(option.text_at(), "the name that counts")
                .help("remove the driver option");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn known_names_are_compared() {
        compose(
            "interface-name-conflict",
            r#"
x-opts: &opts {com.docker.network.endpoint.ifname: eth1}
services:
  a: {image: x, networks: {n: {interface_name: "lan0", driver_opts: *opts}}}
#                                               ^^^^ `lan0` is ignored: a driver option says `eth1`
  b: {image: x, networks: {n: {interface_name: eth1, driver_opts: *opts}}}
  c: {image: x, networks: {n: {interface_name: "${I}", driver_opts: *opts}}}
  d: {image: x, networks: {n: {interface_name: lan0, driver_opts: {other: eth1}}}}
networks: {n: {}}
"#,
        );
    }
}
