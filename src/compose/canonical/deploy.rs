//! `deploy`, and the devices that are reserved.

use serde_json::{Value, json};

use super::object::{Alone, Object};
use crate::compose::deploy::{Deploy, UpdateConfig};
use crate::compose::device::{DeviceRequest, Gpus};

pub(super) fn deploy(deploy: &Deploy) -> Value {
    let mut object = Object::default();
    object.text("mode", &deploy.mode);
    object.text("endpoint_mode", &deploy.endpoint_mode);
    object.integer("replicas", &deploy.replicas);
    object.pairs("labels", &deploy.labels, Alone::Empty);
    object.put("resources", resources(deploy));
    if let Some(policy) = &deploy.restart_policy {
        let policy = &policy.value;
        let mut restart = Object::default();
        restart.text("condition", &policy.condition);
        restart.duration("delay", &policy.delay);
        restart.integer("max_attempts", &policy.max_attempts);
        restart.duration("window", &policy.window);
        object.put("restart_policy", restart.finish());
    }
    let mut placement = Object::default();
    if let Some(field) = &deploy.placement {
        placement.texts("constraints", &field.value.constraints);
        let spread = field.value.spread.iter();
        let preferences = spread.map(|text| json!({ "spread": super::object::shown(&text.value) }));
        placement.put_list("preferences", preferences.collect());
        placement.integer("max_replicas_per_node", &field.value.max_replicas_per_node);
    }
    object.put("placement", placement.finish());
    for (key, config) in [
        ("update_config", &deploy.update_config),
        ("rollback_config", &deploy.rollback_config),
    ] {
        if let Some(config) = config {
            object.put(key, update(&config.value));
        }
    }
    object.finish()
}

fn resources(deploy: &Deploy) -> Value {
    let mut object = Object::default();
    let Some(resources) = &deploy.resources else {
        return object.finish();
    };
    if let Some(field) = &resources.value.limits {
        let mut limits = Object::default();
        limits.float("cpus", &field.value.cpus);
        limits.bytes("memory", &field.value.memory);
        limits.integer("pids", &field.value.pids);
        object.put("limits", limits.finish());
    }
    if let Some(field) = &resources.value.reservations {
        let mut reservations = Object::default();
        reservations.float("cpus", &field.value.cpus);
        reservations.bytes("memory", &field.value.memory);
        let devices = field.value.devices.iter().map(request);
        reservations.put_list("devices", devices.collect());
        let generic = field.value.generic_resources.iter().map(|resource| {
            let mut spec = Object::default();
            spec.text("kind", &resource.kind);
            spec.integer("value", &resource.value);
            json!({ "discrete_resource_spec": spec.finish() })
        });
        reservations.put_list("generic_resources", generic.collect());
        object.put("reservations", reservations.finish());
    }
    object.finish()
}

fn update(config: &UpdateConfig) -> Value {
    let mut object = Object::default();
    object.integer("parallelism", &config.parallelism);
    object.duration("delay", &config.delay);
    object.text("failure_action", &config.failure_action);
    object.duration("monitor", &config.monitor);
    object.float("max_failure_ratio", &config.max_failure_ratio);
    object.text("order", &config.order);
    object.finish()
}

/// A request for devices; without a number and without names it is for all of them.
fn request(request: &DeviceRequest) -> Value {
    let mut object = Object::default();
    object.texts("capabilities", &request.capabilities);
    object.text("driver", &request.driver);
    object.integer("count", &request.count);
    if request.count.is_none() && request.device_ids.is_empty() {
        object.put("count", json!(-1));
    }
    object.texts("device_ids", &request.device_ids);
    object.pairs("options", &request.options, Alone::Empty);
    object.finish()
}

pub(super) fn gpus(gpus: &Gpus) -> Value {
    match gpus {
        Gpus::All => json!([{ "count": -1 }]),
        Gpus::Requests(requests) => requests.iter().map(request).collect(),
    }
}
