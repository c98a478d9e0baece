//! Flags ports that the container's user cannot open.

use crate::compose::container::Container;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{List, Text};
use crate::engine::{Context, Hooks};

/// The kernel parameter with the first port that everybody may open; Docker sets it to 0 in containers since 20.10
/// (<https://github.com/moby/moby/pull/41030>).
const FIRST_OPEN: &str = "net.ipv4.ip_unprivileged_port_start";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let first = container.sysctls.get(FIRST_OPEN).and_then(|pair| {
        let value = pair.value.as_ref()?;
        Some((value, value.value.known()?.parse::<u16>().ok()?))
    });
    let Some((value, first)) = first else {
        return;
    };
    if !is_other_user(container)
        || !has(&container.cap_drop, "ALL")
        || ["ALL", "NET_BIND_SERVICE"]
            .iter()
            .any(|name| has(&container.cap_add, name))
        || container.privileged.is_some()
    {
        return;
    }
    for port in &container.ports {
        let below = port
            .target_numbers()
            .filter(|target| *target.start() < first);
        if let (Some(below), Some(target)) = (below, &port.target) {
            let message = format!("the container's user may not open port {}", below.start());
            cx.report(target.text_at(), message)
                .label(value.text_at(), "ports from here up are free")
                .help("listen on a higher port, or add `NET_BIND_SERVICE` to `cap_add`");
        }
    }
}

/// Whether the user is certainly not root.
fn is_other_user(container: &Container) -> bool {
    let user = container.user.as_ref().and_then(|user| user.value.known());
    let name = user.and_then(|user| user.split(':').next());
    name.is_some_and(|name| !name.is_empty() && name != "root" && name.parse() != Ok(0_u32))
}

/// Whether a capability is in a list, with or without its prefix.
fn has(list: &List<Text>, wanted: &str) -> bool {
    list.iter().any(|item| match item.value.known() {
        Some(name) => {
            let upper = name.to_ascii_uppercase();
            upper.strip_prefix("CAP_").unwrap_or(&upper) == wanted
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn all_conditions_have_to_be_met() {
        compose(
            "privileged-container-port-nonroot",
            r#"
x-base: &base
  cap_drop: [all]
  sysctls: {net.ipv4.ip_unprivileged_port_start: 100}
services:
  a: {<<: *base, image: x, user: "1000:0", ports: ["80:8080", "8080:80/udp", "${A}:81"]}
#                                                                   ^^ the container's user may not open port 80
#                                                                                  ^^ the container's user may not open port 81
  b: {<<: *base, image: x, user: root, ports: ["8080:80"]}
  c: {<<: *base, image: x, ports: ["8080:80"]}
  d: {<<: *base, image: x, user: d, ports: ["8080:80"], cap_add: [CAP_NET_BIND_SERVICE]}
  e: {image: x, user: e, ports: ["8080:80"], sysctls: ["net.ipv4.ip_unprivileged_port_start=100"]}
  f: {image: x, user: f, ports: ["8080:80"], cap_drop: [ALL], sysctls: ["net.ipv4.ip_unprivileged_port_start=100"]}
#                                      ^^ the container's user may not open port 80
"#,
        );
    }
}
