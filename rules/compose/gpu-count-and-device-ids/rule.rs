//! Flags device requests with a number and names.

use crate::compose::File;
use crate::compose::device::{DeviceRequest, Gpus};
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.service(check);
}

fn check(service: &Service, cx: &mut Context<'_, File>) {
    if let Some(gpus) = &service.container.gpus
        && let Gpus::Requests(requests) = &gpus.value
    {
        requests.iter().for_each(|request| report(request, cx));
    }
    let reservations = service.deploy.as_ref().and_then(|deploy| {
        let resources = deploy.value.resources.as_ref()?;
        resources.value.reservations.as_ref()
    });
    if let Some(reservations) = reservations {
        let devices = reservations.value.devices.iter();
        devices.for_each(|request| report(request, cx));
    }
}

fn report(request: &DeviceRequest, cx: &mut Context<'_, File>) {
    let (Some(count), Some(ids)) = (&request.count, request.device_ids.key()) else {
        return;
    };
    cx.report(count.key, "`count` stands beside `device_ids`")
        .label(ids, "these devices are asked for by name")
        .help("keep either `count` or `device_ids`");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn an_empty_list_and_a_zero_count_as_well() {
        compose(
            "gpu-count-and-device-ids",
            r#"
x-gpu: &gpu
  count: all
# ^^^^^ `count` stands beside
  device_ids: []
services:
  a: {image: x, gpus: [*gpu, {count: 0, device_ids: ["0"]}]}
#                             ^^^^^ `count` stands beside
  b:
    image: x
    deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: "${N}", device_ids: ["0"]}]}}}
#                                                                       ^^^^^ `count` stands beside
  c: {image: x, gpus: all}
  d: {image: x, gpus: [{count: 1}, {device_ids: ["0"]}]}
"#,
        );
    }
}
