//! Flags keys that only Docker Swarm heeds.

use crate::compose::File;
use crate::compose::mount::MountType;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Scalar, Setting, is_true};
use crate::engine::{Context, Hooks};
use crate::text::Location;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    if project.is_for_swarm() {
        return;
    }
    for document in project.merged.documents() {
        for service in &document.services {
            deploy(service, cx);
        }
        containers(document, cx);
        declared(document, cx);
    }
}

fn report(key: &str, at: Location, help: &str, cx: &mut Context<'_, Project>) {
    cx.report(at, format!("`{key}` has no effect outside Swarm"))
        .help(help);
}

/// A key that is there, and known to say something else than the default.
fn other(field: &Setting<Scalar>, default: &str) -> Option<Location> {
    let field = field.as_ref()?;
    field.value.known().filter(|value| *value != default)?;
    Some(field.key)
}

fn deploy(service: &Service, cx: &mut Context<'_, Project>) {
    let Some(deploy) = service.deploy.as_ref().map(|deploy| &deploy.value) else {
        return;
    };
    let remove = "leave it out, or deploy the file to a Swarm";
    let labels = "put labels of the container under `labels` of the service";
    let policy = deploy.restart_policy.as_ref().map(|policy| &policy.value);
    let resources = deploy.resources.as_ref();
    let reserved = resources.and_then(|resources| resources.value.reservations.as_ref());
    let reserved = reserved.map(|reserved| &reserved.value);
    let found = [
        ("deploy.mode", other(&deploy.mode, "replicated"), remove),
        (
            "deploy.endpoint_mode",
            other(&deploy.endpoint_mode, "vip"),
            remove,
        ),
        ("deploy.labels", deploy.labels.key(), labels),
        (
            "deploy.placement",
            deploy.placement.as_ref().map(|field| field.key),
            remove,
        ),
        (
            "deploy.update_config",
            deploy.update_config.as_ref().map(|field| field.key),
            remove,
        ),
        (
            "deploy.rollback_config",
            deploy.rollback_config.as_ref().map(|field| field.key),
            remove,
        ),
        (
            "restart_policy.delay",
            policy.and_then(|policy| Some(policy.delay.as_ref()?.key)),
            remove,
        ),
        (
            "restart_policy.window",
            policy.and_then(|policy| Some(policy.window.as_ref()?.key)),
            remove,
        ),
        (
            "reservations.cpus",
            reserved.and_then(|reserved| Some(reserved.cpus.as_ref()?.key)),
            "use `cpu_shares` to prefer a service, or a limit",
        ),
        (
            "reservations.generic_resources",
            reserved.and_then(|reserved| reserved.generic_resources.key()),
            remove,
        ),
    ];
    for (key, at, help) in found {
        if let Some(at) = at {
            report(key, at, help, cx);
        }
    }
}

fn containers(document: &File, cx: &mut Context<'_, Project>) {
    for owned in document.containers() {
        for port in &owned.container.ports {
            if let Some(mode) = other(&port.mode, "ingress") {
                report("mode", mode, "leave it out", cx);
            }
        }
        for mount in &owned.container.volumes {
            if let (Some(MountType::Cluster), Some(kind)) = (mount.kind(), &mount.kind) {
                report(
                    "cluster",
                    kind.at,
                    "mount a volume of the type `volume`",
                    cx,
                );
            }
        }
    }
}

fn declared(document: &File, cx: &mut Context<'_, Project>) {
    for (section, objects) in [
        ("secrets", &document.secrets),
        ("configs", &document.configs),
    ] {
        for object in objects {
            if let Some(at) = object.labels.key() {
                report(&format!("{section}.labels"), at, "leave it out", cx);
            }
            if let Some(at) = object.driver_opts.key() {
                report(&format!("{section}.driver_opts"), at, "leave it out", cx);
            }
        }
    }
    for network in &document.networks {
        let is_here = network
            .driver
            .as_ref()
            .is_none_or(|driver| driver.value.is("bridge"));
        if let Some(flag) = network.attachable.as_ref()
            && is_true(&network.attachable)
            && is_here
            && !network.is_external()
        {
            let help = "leave it out: containers can join this network anyway";
            report("attachable", flag.key, help, cx);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn keys_are_marked_and_defaults_are_not() {
        compose(
            "swarm-only-attribute",
            r#"
x-deploy: &deploy
  "update_config": {order: start-first}
# ^^^^^^^^^^^^^^^ warning: `deploy.update_config` has no effect
services:
  a:
    image: x
    deploy:
      <<: *deploy
      mode: replicated
      endpoint_mode: dnsrr
#     ^^^^^^^^^^^^^ `deploy.endpoint_mode` has no effect
      restart_policy: {condition: any, delay: 5s, window: 5s}
#                                      ^^^^^ `restart_policy.delay` has
#                                                 ^^^^^^ `restart_policy.window` has
      resources: {reservations: {cpus: "1", memory: 1m}, limits: {cpus: "1"}}
#                                ^^^^ `reservations.cpus` has
    ports: [{target: 80, mode: host}, {target: 81, mode: ingress}]
#                        ^^^^ `mode` has no effect
    volumes: [{type: cluster, source: b, target: /b}]
#                    ^^^^^^^ `cluster` has no effect
networks:
  n: {attachable: true}
#     ^^^^^^^^^^ `attachable` has no effect
secrets: {s: {file: ./s, labels: {a: b}}}
#                        ^^^^^^ `secrets.labels` has no effect
"#,
        );
    }
}
