//! Flags devices of the host that a container gets, other than those that give the host away.

use super::host_device_access::is_dangerous;
use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::device::{DeviceRequest, Gpus};
use crate::compose::value::is_true;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            check_container(owned.container, cx);
        }
        for service in &document.services {
            let resources = service
                .deploy
                .as_ref()
                .and_then(|deploy| deploy.value.resources.as_ref());
            let reservations =
                resources.and_then(|resources| resources.value.reservations.as_ref());
            if let Some(reservations) = reservations {
                check_requests(&reservations.value.devices.items, cx);
            }
        }
    }
}

fn check_container(container: &Container, cx: &mut Context<'_, File>) {
    if is_true(&container.privileged) {
        return;
    }
    for device in container
        .devices
        .iter()
        .filter(|device| !is_dangerous(device))
    {
        let Some(source) = &device.source else {
            continue;
        };
        let Some(path) = source.value.known() else {
            continue;
        };
        let place = source.value.span_of(0..path.len());
        cx.report(place, format!("the container gets the device `{path}`"))
            .help("keep it if the service is there for it, with no more permissions than it needs");
    }
    match &container.gpus {
        Some(gpus) if gpus.value == Gpus::All => {
            cx.report(gpus.at, "the container gets all graphics cards")
                .help("name the one it needs");
        }
        Some(gpus) => {
            if let Gpus::Requests(requests) = &gpus.value {
                check_requests(requests, cx);
            }
        }
        None => {}
    }
}

/// Reports requests for all devices of a kind.
fn check_requests(requests: &[DeviceRequest], cx: &mut Context<'_, File>) {
    for request in requests {
        let count = request.count.as_ref();
        if let Some(count) = count.filter(|count| count.value.is(&-1)) {
            cx.report(count.at, "the container gets all devices of this kind")
                .help("name the one it needs with `device_ids`");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn every_way_to_a_device_is_found() {
        compose(
            "any-host-device",
            r#"
services:
  a: {image: x, devices: ["/dev/dri:/dev/dri", /dev/sda, "${A}", {source: /dev/fuse}, "vendor.com/class=name"]}
#                          ^^^^^^^^ info: the container gets the device `/dev/dri`
#                                                                         ^^^^^^^^^ the container gets the device `/dev/fuse`
#                                                                                      ^^^^^^^^^^^^^^^^^^^^^ the container gets the device `vendor
  b: {image: x, gpus: [{count: 1}, {count: -1}]}
#                                          ^^ the container gets all devices
  c: {image: x, gpus: "all"}
#                     ^^^^^ the container gets all graphics cards
  d: {image: x, privileged: true, devices: [/dev/dri]}
"#,
        );
    }
}
