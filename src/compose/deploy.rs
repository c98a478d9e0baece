//! How many containers run, with which resources, and where.
//!
//! Not for: the service's own `mem_limit`, `cpus` and so on (`container`).

use super::device::DeviceRequest;
use super::reader::{Reader, Slot};
use super::tree::Node;
use super::value::{Extension, List, Pairs, Scalar, Setting, Text, Typed};
use crate::grammar::duration::Duration;
use crate::text::Location;

/// `deploy`
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Deploy {
    /// `replicated`, `global` and so on (Swarm).
    pub mode: Setting<Scalar>,
    /// `vip` or `dnsrr` (Swarm).
    pub endpoint_mode: Setting<Scalar>,
    /// How many containers run.
    pub replicas: Setting<Typed<i64>>,
    /// Labels of the service (Swarm).
    pub labels: Pairs,
    /// Limits and reservations.
    pub resources: Setting<Resources>,
    /// When a container is started again.
    pub restart_policy: Setting<RestartPolicy>,
    /// On which nodes containers run (Swarm).
    pub placement: Setting<Placement>,
    /// How containers are replaced (Swarm).
    pub update_config: Setting<UpdateConfig>,
    /// How a failed update is taken back (Swarm).
    pub rollback_config: Setting<UpdateConfig>,
    /// Keys that begin with `x-`.
    pub extensions: Vec<Extension>,
}

/// `deploy.resources`
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Resources {
    /// The most that a container may use.
    pub limits: Setting<Limits>,
    /// The least that a container is given.
    pub reservations: Setting<Reservations>,
}

/// `deploy.resources.limits`
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Limits {
    /// Number of CPUs.
    pub cpus: Setting<Typed<f64>>,
    /// Memory in bytes.
    pub memory: Setting<Typed<i64>>,
    /// Most processes.
    pub pids: Setting<Typed<i64>>,
}

/// `deploy.resources.reservations`
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Reservations {
    /// Number of CPUs (Swarm).
    pub cpus: Setting<Typed<f64>>,
    /// Memory in bytes.
    pub memory: Setting<Typed<i64>>,
    /// Devices.
    pub devices: List<DeviceRequest>,
    /// Resources of the user's own making (Swarm).
    pub generic_resources: List<GenericResource>,
}

/// An item of `generic_resources`.
#[derive(Clone, Debug, PartialEq)]
pub struct GenericResource {
    /// All of it.
    pub at: Location,
    /// What is counted.
    pub kind: Setting<Scalar>,
    /// How many.
    pub value: Setting<Typed<i64>>,
}

/// `deploy.restart_policy`
#[derive(Clone, Debug, PartialEq, Default)]
pub struct RestartPolicy {
    /// `none`, `on-failure` or `any`. Without it, Compose never restarts.
    pub condition: Setting<Scalar>,
    /// Pause before a restart (Swarm).
    pub delay: Setting<Typed<Duration>>,
    /// How often a restart is tried.
    pub max_attempts: Setting<Typed<i64>>,
    /// How long a container has to run to count as started (Swarm).
    pub window: Setting<Typed<Duration>>,
}

/// `deploy.placement`
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Placement {
    /// Conditions that a node has to meet.
    pub constraints: List<Text>,
    /// Labels over whose values containers are spread.
    pub spread: Vec<Text>,
    /// Most containers on one node.
    pub max_replicas_per_node: Setting<Typed<i64>>,
}

/// `deploy.update_config` and `deploy.rollback_config`
#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateConfig {
    /// How many containers at a time.
    pub parallelism: Setting<Typed<i64>>,
    /// Pause between groups.
    pub delay: Setting<Typed<Duration>>,
    /// What is done when it fails.
    pub failure_action: Setting<Scalar>,
    /// How long a new container is watched.
    pub monitor: Setting<Typed<Duration>>,
    /// Share of failures that is tolerated.
    pub max_failure_ratio: Setting<Typed<f64>>,
    /// `start-first` or `stop-first`.
    pub order: Setting<Scalar>,
}

impl Deploy {
    pub(super) fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Setting<Deploy> {
        if !cx.is_mapping(slot.node) {
            return None;
        }
        let mut deploy = Deploy::default();
        for slot in cx.slots(slot.node) {
            let slot = &slot;
            match slot.name {
                "mode" => deploy.mode = cx.scalar_field(slot),
                "endpoint_mode" => deploy.endpoint_mode = cx.scalar_field(slot),
                "replicas" => deploy.replicas = cx.integer(slot),
                "labels" => deploy.labels = cx.pairs(slot),
                "resources" => deploy.resources = section(cx, slot, resources),
                "restart_policy" => deploy.restart_policy = section(cx, slot, restart_policy),
                "placement" => deploy.placement = section(cx, slot, placement),
                "update_config" => deploy.update_config = section(cx, slot, update_config),
                "rollback_config" => deploy.rollback_config = section(cx, slot, update_config),
                name if name.starts_with("x-") => deploy.extensions.push(slot.extension()),
                _ => {}
            }
        }
        Some(slot.field(deploy))
    }
}

/// A mapping as the value of a key.
fn section<T: Default>(
    cx: &Reader<'_>,
    slot: &Slot<'_>,
    read: fn(&Reader<'_>, &Slot<'_>, &mut T),
) -> Setting<T> {
    if !cx.is_mapping(slot.node) {
        return None;
    }
    let mut value = T::default();
    for slot in cx.slots(slot.node) {
        read(cx, &slot, &mut value);
    }
    Some(slot.field(value))
}

fn resources(cx: &Reader<'_>, slot: &Slot<'_>, resources: &mut Resources) {
    match slot.name {
        "limits" => resources.limits = section(cx, slot, limits),
        "reservations" => resources.reservations = section(cx, slot, reservations),
        _ => {}
    }
}

fn limits(cx: &Reader<'_>, slot: &Slot<'_>, limits: &mut Limits) {
    match slot.name {
        "cpus" => limits.cpus = cx.float(slot),
        "memory" => limits.memory = cx.bytes(slot),
        "pids" => limits.pids = cx.integer(slot),
        _ => {}
    }
}

fn reservations(cx: &Reader<'_>, slot: &Slot<'_>, reservations: &mut Reservations) {
    match slot.name {
        "cpus" => reservations.cpus = cx.float(slot),
        "memory" => reservations.memory = cx.bytes(slot),
        "devices" => reservations.devices = cx.list(slot, |node| DeviceRequest::read(cx, node)),
        "generic_resources" => {
            reservations.generic_resources = cx.list(slot, |node| generic_resource(cx, node));
        }
        _ => {}
    }
}

fn generic_resource(cx: &Reader<'_>, node: Node) -> Option<GenericResource> {
    let mut resource = GenericResource {
        at: cx.at(node),
        kind: None,
        value: None,
    };
    let spec = cx.slot(node, "discrete_resource_spec")?;
    for slot in cx.slots(spec.node) {
        match slot.name {
            "kind" => resource.kind = cx.scalar_field(&slot),
            "value" => resource.value = cx.integer(&slot),
            _ => {}
        }
    }
    Some(resource)
}

fn restart_policy(cx: &Reader<'_>, slot: &Slot<'_>, policy: &mut RestartPolicy) {
    match slot.name {
        "condition" => policy.condition = cx.scalar_field(slot),
        "delay" => policy.delay = cx.duration(slot),
        "max_attempts" => policy.max_attempts = cx.integer(slot),
        "window" => policy.window = cx.duration(slot),
        _ => {}
    }
}

fn placement(cx: &Reader<'_>, slot: &Slot<'_>, placement: &mut Placement) {
    match slot.name {
        "constraints" => placement.constraints = cx.texts(slot),
        "preferences" => {
            let preferences = cx.items(slot.node).into_iter();
            placement.spread = preferences
                .flat_map(|node| cx.slots(node))
                .filter(|slot| slot.name == "spread")
                .filter_map(|slot| cx.text(slot.node))
                .collect();
        }
        "max_replicas_per_node" => placement.max_replicas_per_node = cx.integer(slot),
        _ => {}
    }
}

fn update_config(cx: &Reader<'_>, slot: &Slot<'_>, config: &mut UpdateConfig) {
    match slot.name {
        "parallelism" => config.parallelism = cx.integer(slot),
        "delay" => config.delay = cx.duration(slot),
        "failure_action" => config.failure_action = cx.scalar_field(slot),
        "monitor" => config.monitor = cx.duration(slot),
        "max_failure_ratio" => config.max_failure_ratio = cx.float(slot),
        "order" => config.order = cx.scalar_field(slot),
        _ => {}
    }
}
